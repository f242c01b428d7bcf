"""Open findings, what a text still holds that could identify somebody: listed, marked, counted, and replaced.

Nothing of it is stored but the counts.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from moderation.redaction.anonymity_check import PUT, REASON
from moderation.team.permissions import Refused
from stories.core import lifecycle, publication_gate
from stories.core.scanner import CannotLook, Look
from stories.intake import receive
from stories.pii import Finding, to_utf16, words_for
from stories.pii.indirect import Combination, point_at_one_person
from stories.pii.kinds import BY_HAND, INDIRECT, KINDS, RELATIONS
from stories.pii.model import names
from stories.pii.replacements import Edit, Looked, Wording, group_wordings, key_of, replace_wordings

# A screen with hundreds of entries would freeze, and nobody works through them in one go. What somebody wrote a
# reason for is listed beyond that: the second reader weighs each reason.
MOST_LISTED = 60
_AROUND = 40
OWN = "*"
_WORD = re.compile(r"\w+")
# Of one wording, by field: its places, and the edits there.
_Numbers = tuple[dict[str, list[Any]], dict[str, list[Any]]]


@dataclass(frozen=True)
class Entry:
    """One wording with a few words around the first place where it stands.

    Its `number` names it in the page: an address stays in a browser's history, and a number says nothing.
    """

    number: int
    wording: Wording
    before: str
    after: str
    # The field in which that is.
    field: str
    # Where it stands in each field, as JavaScript counts: {"text": [[start, end], …]}.
    places: str
    # What putting words in at each of these places takes with it: see `_places_and_edits`.
    edits: str
    neutral: tuple[str, ...]
    needs_reason: bool
    reason: str
    # What took the place of these words in an earlier version; it is offered first.
    put: str = ""
    # One's own words for it that somebody has typed and not put in.
    own: str = ""
    # The keys of other wordings of the same person or number, between spaces: one press is for all of them.
    same: str = ""

    @property
    def is_open(self) -> bool:
        """True of what nobody has decided about."""
        return not publication_gate.is_reason(self.reason)

    @property
    def holds_back(self) -> bool:
        """True where the text can't be put forward with it."""
        return self.needs_reason and self.is_open

    @property
    def kind(self) -> str:
        return _(self.wording.fitting.moderator)

    @property
    def why(self) -> str:
        return _(self.wording.fitting.why)


@dataclass(frozen=True)
class Remaining:
    """The wordings of a text in all its fields, what matters most first, with the reasons written for them by key.

    They are looked at when first asked for. `language` is the one that the account is written in, and `put` has the
    words that took the place of others, by the key of these; `own` those that somebody has typed for one.
    """

    fields: Mapping[str, str]
    left: Mapping[str, str]
    language: str
    look: Look
    put: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def looked(self) -> dict[str, Looked]:
        """Each text with all that is marked in it; only the direct ones can hold it back."""
        fields = {name: self.fields[name] for name in publication_gate.WORDS_OF_A_STORY}
        return {name: (text, self.look.with_indirect(text)) for name, text in fields.items()}

    @cached_property
    def together(self) -> Combination | None:
        """What in the text may point at one person together, or nothing."""
        text = self.fields["text"]
        found = self.look(text)
        direct = set(found)
        return point_at_one_person(text, found, [each for each in self.looked["text"][1] if each not in direct])

    @property
    def together_keys(self) -> str:
        """The keys of its details, for a script that takes the warning away once too few of them are left."""
        parts = self.together.findings if self.together else ()
        return " ".join(key_of(each.kind, self.fields["text"][each.start : each.end]) for each in parts)

    @property
    def blurred_first(self) -> Entry | None:
        """The entry of the detail whose place neutral words would take first, where it is listed."""
        if self.together is None:
            return None
        first = self.together.first
        key = key_of(first.kind, self.fields["text"][first.start : first.end])
        return next((entry for entry in self.entries if entry.wording.key == key), None)

    @property
    def is_blind(self) -> bool:
        return any(self.look.sight(text).is_blind for text, _found in self.looked.values())

    @cached_property
    def wordings(self) -> list[Wording]:
        return group_wordings(self.looked.values())

    @cached_property
    def same(self) -> dict[str, list[str]]:
        return same_wordings(self.wordings)

    @cached_property
    def held_back(self) -> list[Wording]:
        return publication_gate.sure_ones((text, self.look(text)) for text, _found in self.looked.values())

    @property
    def why_not(self) -> str | None:
        if self.is_blind:
            return publication_gate.why_not_looked()
        return publication_gate.why_not(self.held_back, left=self.left)

    @property
    def unlisted(self) -> int:
        return len(self.wordings) - len(self.entries)

    @property
    def unlisted_fields(self) -> list[tuple[str, str]]:
        """The reasons and the words put in that stand beside no entry, as fields to be carried on unseen."""
        listed = {entry.wording.key for entry in self.entries}
        both = ((REASON, self.left), (PUT, self.put))
        return [(name + key, words) for name, said in both for key, words in said.items() if key not in listed]

    @property
    def still_open(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_open]

    @property
    def without_reason(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.holds_back]

    @property
    def sure_kinds(self) -> str:
        return publication_gate.kinds_in_words(each for each in self.wordings if each.is_sure)

    @property
    def unsure_kinds(self) -> str:
        return publication_gate.kinds_in_words(each for each in self.wordings if not each.is_sure)

    @cached_property
    def entries(self) -> list[Entry]:
        held_back = {each.key for each in self.held_back}
        reasons = {key: why.strip() for key, why in self.left.items()}
        ranked = sorted(self.wordings, key=lambda each: _rank(each, held_back, reasons))
        listed = [each for at, each in enumerate(ranked) if at < MOST_LISTED or reasons.get(each.key)]
        neutral = {each.key: self.offered(each) for each in listed}
        found = _places_and_edits(self.looked, neutral)
        entries = []
        for number, each in enumerate(listed, 1):
            field = next(iter(found[each.key][0]))
            places, edits = (json.dumps(numbers, separators=(",", ":")) for numbers in found[each.key])
            around, reason = _around(self.looked[field][0], each), reasons.get(each.key, "")
            needs_reason, words = each.key in held_back, neutral[each.key]
            beside = self.put.get(each.key, ""), self.own.get(each.key, ""), " ".join(self.same.get(each.key, ()))
            entries.append(Entry(number, each, *around, field, places, edits, words, needs_reason, reason, *beside))
        return entries

    def offered(self, wording: Wording) -> tuple[str, ...]:
        """The neutral words for it; first those that took its place before, or that of the same person."""
        together = (wording.key, *self.same.get(wording.key, ()))
        before = [self.put[key] for key in together if self.put.get(key)]
        return tuple(dict.fromkeys([*before, *neutral_in_language(wording.fitting.replacements, self.language)]))


_NAMES = frozenset({"PERSON", "OFFICER_NAME"})
# Of fewer digits two numbers can be alike by chance.
_FEWEST_DIGITS = 5


def same_wordings(wordings: Iterable[Wording]) -> dict[str, list[str]]:
    """By key, the other wordings of one person or number: "Ravi Holt" and "Holt", "01632 960456" without its space.

    A part that two whole names have could be either's, so it stands alone.
    """
    names: dict[frozenset[str], list[str]] = defaultdict(list)
    numbers: dict[str, list[str]] = defaultdict(list)
    for each in wordings:
        digits = "".join(letter for letter in each.words if letter.isdigit())
        if each.found.kind in _NAMES:
            names[frozenset(_WORD.findall(each.words.casefold()))].append(each.key)
        elif len(digits) >= _FEWEST_DIGITS and not any(letter.isalpha() for letter in each.words):
            numbers[digits].append(each.key)
    with_word: dict[str, set[frozenset[str]]] = defaultdict(set)
    for name in names:
        for word in name:
            with_word[word].add(name)

    def longer(name: frozenset[str]) -> set[frozenset[str]]:
        return set.intersection(*(with_word[word] for word in name)) - {name} if name else set()

    people: dict[frozenset[str], list[str]] = defaultdict(list)
    for name, keys in names.items():
        wholes = [whole for whole in longer(name) if not longer(whole)]
        people[wholes[0] if len(wholes) == 1 else name] += keys
    together = (*people.values(), *numbers.values())
    return {key: [each for each in group if each != key] for group in together if len(group) > 1 for key in group}


def what_is_missed(shown: object, look: Look) -> dict[str, bool]:
    """The warnings about a page's marks and its list, once everything on it is looked at."""
    is_blind = isinstance(shown, Remaining) and shown.is_blind
    return {
        "is_blind": is_blind or look.is_blind,
        "is_without_names": look.is_without_names,
        "is_in_a_hurry": look.is_in_a_hurry,
        "by_rules_alone": not names.is_here(),
    }


def neutral_in_language(replacements: Iterable[str], language: str) -> tuple[str, ...]:
    with translation.override(language):
        return tuple(_(words) for words in replacements)


def _rank(wording: Wording, held_back: Collection[str], reasons: Mapping[str, str]) -> int:
    """Order what leads straight to somebody before all else, first where it has no reason."""
    if wording.key in held_back:
        return 1 if publication_gate.is_reason(reasons.get(wording.key, "")) else 0
    return 2 if wording.is_sure else 3


def _places_and_edits(looked: Mapping[str, Looked], neutral: Mapping[str, tuple[str, ...]]) -> dict[str, _Numbers]:
    """By key: where each stands in each field; and for each place which characters before and after it give way too,
    and to which words: `redact` in numbers.

    `ways` are the different ones: by the words put in, "" for none and "*" for one's own. Under the name of a field
    stands the number of its way for each place.
    """
    found: dict[str, _Numbers] = {key: ({}, {"ways": []}) for key in neutral}
    for name, (text, findings) in looked.items():
        floor = 0
        for each, wide in zip(findings, to_utf16(text, findings), strict=True):
            key = key_of(each.kind, text[each.start : each.end])
            if key in found:
                places, edits = found[key]
                places.setdefault(name, []).append((wide.start, wide.end))
                way, ways = _way(text, each, neutral[key], floor), edits["ways"]
                ways += [] if way in ways else [way]
                edits.setdefault(name, []).append(ways.index(way))
            floor = each.end
    return found


def _way(text: str, found: Finding, neutral: tuple[str, ...], floor: int) -> dict[str, list[int | str]]:
    """The edits that differ from putting the words where the finding stands."""
    way: dict[str, list[int | str]] = {}
    for words in (*neutral, "", OWN):
        done = Edit(text, found.start, found.end, f"[{OWN}]" if words == OWN else words, floor=floor)
        before, after = found.start - done.start, done.end - found.end
        if words == OWN and (before or after):
            way[words] = [before, after]
        elif words != OWN and (before or after or done.words != words):
            way[words] = [before, after, done.words]
    return way


def _around(text: str, wording: Wording) -> tuple[str, str]:
    start, end = wording.found.start, wording.found.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before[before.find(" ") + 1 :]
    if end + _AROUND < len(text):
        after = after[: after.rfind(" ") + 1] + "…"
    return before, after


@dataclass(frozen=True)
class Piece:
    """Some plain text, or a finding with what it is in words, which the screen translates."""

    text: str
    key: str = ""
    kind: str = ""
    why: str = ""
    others: str = ""
    is_sure: bool = True


def marked_pieces(looked: Looked) -> list[Piece]:
    """Return the pieces of a text and its findings in order; joined they are the text again."""
    text, findings = looked
    pieces: list[Piece] = []
    place = 0
    for finding in findings:
        words, (kind, others) = text[finding.start : finding.end], words_for(finding)
        marked = Piece(words, key_of(finding.kind, words), kind.moderator, kind.why, others, finding.sure)
        pieces += [Piece(text[place : finding.start]), marked]
        place = finding.end
    return [piece for piece in [*pieces, Piece(text[place:])] if piece.text]


def what_is_seen(
    fields: Mapping[str, str], account: Mapping[str, str], *, look: Look
) -> tuple[list[Wording], lifecycle.Counts]:
    """Look through a version and its account: what holds it back, and the counts, which alone are kept of it.

    Raises `Refused` where the version can't be looked through.

    A look takes a while, so never inside a transaction that locks.
    """
    looked = looked_at(fields, look)
    stays = group_wordings(looked)
    # This is only counted: an account on which the finder fails keeps nobody from putting their text forward.
    was = group_wordings((words, look(words)) for words in account.values())
    whole = "\n".join(bare_words(text) for text, _found in looked)
    # Words that still stand there, found or not, aren't replaced.
    gone = [each for each in was if bare_words(each.words) not in whole]
    kinds = {"replaced": gone, "left": stays}
    counts = {what: dict(Counter(each.found.kind for each in found)) for what, found in kinds.items()}
    return publication_gate.sure_ones(looked), counts


def looked_at(
    fields: Mapping[str, str],
    look: Look,
    *,
    names: Iterable[str] = publication_gate.WORDS_OF_A_STORY,
    why_not: str = "",
) -> list[Looked]:
    """Look through the words of a version; raises `Refused`."""
    try:
        return publication_gate.looked_at(fields, look, names=names)
    except CannotLook:
        raise Refused(why_not or publication_gate.why_not_looked()) from None


def bare_words(text: str) -> str:
    """Return the bare words of a text, each between spaces, so that "Meg" isn't in "Megan"."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


# What a button asks for in place of a number of the neutral words.
TAKE_OUT, OWN_WORDS = "out", "own"
LONGEST_OWN = 200


def replace_findings(
    fields: Mapping[str, str],
    asked: str,
    *,
    language: str,
    longest: Mapping[str, int],
    own: str = "",
    put: Mapping[str, str] | None = None,
) -> tuple[dict[str, str], dict[str, str], str]:
    """Do what a button asked for: `key:number of the neutral words`, `key:out` or `key:own`; raises `Refused`.

    Returns the fields with the words in place, `put` with these, and what to say of it: never the words taken out.
    `longest` says how many characters each field may have; `own` are the words that somebody typed.
    """
    typed = {name: receive.cleaned_words(fields[name]) for name in publication_gate.WORDS_OF_A_STORY}
    why_not = _("We could not look through this text just now, so nothing is replaced, and nothing is saved yet.")
    look, put = Look(), dict(put or {})
    looked_at(typed, look, why_not=why_not)
    key, _colon, number = asked.partition(":")
    there = Remaining(typed, {}, language, look, put)
    wording = next((each for each in there.wordings if each.key == key), None)
    if wording is None:
        raise Refused(_("Those words don’t stand in the text any more. Nothing is replaced, and nothing saved yet."))
    neutral = _chosen(there.offered(wording), number, own=" ".join(own.split())[:LONGEST_OWN])
    together = {key: neutral, **dict.fromkeys(there.same.get(key, ()), neutral)}
    done = {name: replace_wordings(text, found, together) for name, (text, found) in there.looked.items()}
    times = sum(each.times for each in there.wordings if each.key in together)
    if too_long := [name for name, words in done.items() if len(words) > longest[name]]:
        if "title" in too_long:
            raise Refused(_("With these words the title would be too long. Shorten it first; nothing is saved yet."))
        raise Refused(_("With these words the text would be too long. Shorten it first; nothing is saved yet."))
    if not neutral:
        said = ngettext("Taken out, in one place.", "Taken out, in %(times)d places.", times)
    else:
        said = ngettext("%(words)s stands there now, once.", "%(words)s stands there now, %(times)d times.", times)
    return {**fields, **done}, put | together, said % {"words": neutral, "times": times}


def _chosen(offered: tuple[str, ...], number: str, *, own: str) -> str:
    if number == OWN_WORDS and not own:
        raise Refused(_("Write your own words first. Nothing is replaced, and nothing saved yet."))
    chosen = {str(place): words for place, words in enumerate(offered)} | {TAKE_OUT: "", OWN_WORDS: own}
    if number not in chosen:
        raise Refused(_("Choose the neutral words from the list. Nothing is replaced, and nothing saved yet."))
    return chosen[number]


def replaceable_kinds(language: str) -> list[tuple[str, tuple[str, ...]]]:
    """The kinds that selected words can be, as a moderator names them, with the neutral words in that language."""
    named: dict[str, list[str]] = {}
    found = ((kind.moderator, kind.replacements) for kind in (*KINDS.values(), *RELATIONS.values(), *INDIRECT.values()))
    for name, replacements in (*found, *BY_HAND.items()):
        for words in neutral_in_language(replacements, language):
            offered = named.setdefault(_(name), [])
            offered += [] if words in offered else [words]
    return [(kind, tuple(words)) for kind, words in sorted(named.items())]
