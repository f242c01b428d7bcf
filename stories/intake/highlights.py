"""Words that could identify somebody in what was typed, as the check page shows them: marked, and in groups."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import count, islice
from typing import NamedTuple

from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from stories.core import scanner
from stories.core.scanner import Sight
from stories.intake import questions
from stories.pii import KINDS, Finding, find_identifying, to_utf16
from stories.pii.kinds import make_finding
from stories.pii.replacements import Wording, group_wordings, key_of, replace_wordings

# A longer list is no help to anyone; all of them stay marked in the text.
MOST_LISTED = 30
# Fields whose words may be published; what gives somebody away is never published, so it isn't looked at.
FIELDS = ("account", "differently", "well")
# In a flood of looks nothing longer is looked at; most accounts are shorter.
LONGEST_QUICK = 4_000
# A quoted sentence, or details that stand together: they say something only as a whole, and come after all else.
_LAST = {"TOGETHER": 1, "SEARCHABLE": 2}
# Takes a text; what was found in it, in order, and how well we could look.
Look = Callable[[str], Sight]


def look_once(*, is_quick: Callable[[], bool] = lambda: False) -> Look:
    """Make what looks at texts for one request, at each of them once: a look costs a fifth of a second.

    `is_quick` is asked before the first: by rules alone, it costs a tenth of that, and a long text is passed over.
    Whatever fails keeps nobody from sending.
    """
    must_hurry = cache(is_quick)

    @cache
    def look(text: str) -> Sight:
        if not text.strip():
            return Sight([])
        if must_hurry() and len(text) > LONGEST_QUICK:
            return Sight([], is_blind=True)
        sight = scanner.scan_fields(text, find=find_identifying, by_rules_alone=must_hurry())
        return replace(sight, is_without_names=must_hurry() or sight.is_without_names)

    return look


class Place(NamedTuple):
    """The first place of a wording, counted as a browser counts."""

    field: str
    start: int
    end: int


class Listed(NamedTuple):
    """One wording of the list. Its `number` names it in the page: an address keeps that, and it says nothing.

    `standing` is what was chosen for it and changes no word: "keep", "own" or nothing.
    """

    number: int
    wording: Wording
    first: Place
    standing: str

    @property
    def neutral(self) -> list[str]:
        return [_(words) for words in self.wording.fitting.replacements]


class Group(NamedTuple):
    """Wordings that are called the same; of all of them we are sure, or of none."""

    label: str
    listed: list[Listed]

    @property
    def why(self) -> str:
        reasons = dict.fromkeys(each.wording.fitting.why for each in self.listed)
        return " ".join(f"{capfirst(_(why))}." for why in reasons)


class Spotted:
    """All that was spotted in one form; `standing` is what somebody chose that changes no word, by key."""

    def __init__(self, texts: Mapping[str, str], look: Look, *, standing: Mapping[str, str] | None = None) -> None:
        self.looked = {name: (texts[name], look(texts[name]).found) for name in FIELDS if texts[name].strip()}
        sights = [look(text) for text, _found in self.looked.values()]
        self.missed = any(sight.is_blind for sight in sights)
        self.hurried = any(sight.is_without_names for sight in sights)
        # Sure before unsure, and passages last.
        all_of_them = sorted(
            group_wordings(self.looked.values()), key=lambda each: (_LAST.get(each.found.kind, 0), not each.is_sure)
        )
        self._wordings = {wording.key: wording for wording in all_of_them}
        self.groups = list(self._grouped(all_of_them[:MOST_LISTED], standing or {}))
        self.more = max(0, len(all_of_them) - MOST_LISTED)
        self._listed = {each.wording.key: each for group in self.groups for each in group.listed}
        # Own words were chosen for something, and none are typed yet.
        self.wants_own = any(each.standing == OWN_WORDS for each in self._listed.values())

    def marked(self, name: str) -> SafeString:
        """Return one text as HTML, each finding in a `<mark>` that says what it is."""
        text, at = self.looked[name][0], 0
        parts: list[str] = []
        for each, place in self._placed(name):
            parts += [text[at : each.start], self._mark(text[each.start : each.end], each.kind, place)]
            at = each.end
        whole = format_html_join("", "{}", ((part,) for part in [*parts, text[at:]]))
        # It was escaped just above.
        return mark_safe(whole.replace("\n", "<br>"))  # noqa: S308

    def _placed(self, name: str) -> Iterator[tuple[Finding, Place]]:
        text, found = self.looked[name]
        for each, as_shown in zip(found, to_utf16(text, found), strict=True):
            yield each, Place(name, as_shown.start, as_shown.end)

    def _grouped(self, listed: list[Wording], standing: Mapping[str, str]) -> Iterator[Group]:
        first: dict[str, Place] = {}
        for name, (text, _found) in self.looked.items():
            for each, place in self._placed(name):
                first.setdefault(_key(text, each), place)
        alike: dict[str, list[Wording]] = {}
        for wording in listed:
            alike.setdefault(_label(wording), []).append(wording)
        numbers = count(1)
        for label, group in alike.items():
            rows = [Listed(next(numbers), each, first[each.key], standing.get(each.key, "")) for each in group]
            yield Group(label, rows)

    def _mark(self, words: str, kind: str, place: Place) -> SafeString:
        """Only the first place of a wording leads to its choices: a link at each would be many presses of Tab."""
        key = key_of(kind, words)
        wording, listed = self._wordings[key], self._listed.get(key)
        says = {"words": words, "label": _label(wording), "unsure": "" if wording.is_sure else _UNSURE}
        if listed and listed.first == place:
            return format_html(_FIRST_MARK, number=listed.number, **says)
        return format_html(_MARK, **says)


_UNSURE = mark_safe(' class="unsure"')
# What it is stands in the list; whoever hears the words hears it here too.
_LABEL = '<span class="visually-hidden"> ({label})</span>'
_MARK = f"<mark{{unsure}}>{{words}}{_LABEL}</mark>"
_FIRST_MARK = f'<mark{{unsure}} id="mark-{{number}}"><a href="#spotted-{{number}}">{{words}}{_LABEL}</a></mark>'


def _label(wording: Wording) -> str:
    label = _(wording.fitting.contributor)
    return label if wording.is_sure else _("maybe {label}").format(label=label)


KEEP, TAKE_OUT, OWN_WORDS = "keep", "take-out", "own"
# How the names of the fields begin in which something was chosen or was listed to choose for.
OF_A_CHOICE = ("swap-", "own-", "was-")
# More than stands in for a name, and a bound on what a text can grow to.
LONGEST_OWN = 200
_LONGEST_WAS = 500


@dataclass(frozen=True)
class Choices:
    """The choice for each wording, by its key: the words to put there, "" for none.

    `standing` is what was chosen and changes no word: to keep it, or own words that are still to be typed. `was` holds
    the words that the page listed under each key; `is_first_for_all` if all the others take their first suggestion.
    """

    neutral: dict[str, str]
    standing: dict[str, str]
    was: dict[str, str]
    is_first_for_all: bool = False


class Own(NamedTuple):
    """Words that somebody typed in the place of others, which are `was`; both have the key in their fields' names."""

    key: str
    words: str
    was: str


def choice_fields(given: MultiValueDict) -> Choices:
    """Read the choices of a posted form, no more than a page lists. One's own words win over those of the list."""
    swaps = {key: _in_one_line(words) for key, words in _named(given, "swap")}
    typed = {key: _in_one_line(words) for key, words in _named(given, "own")}
    own = {key: words for key, words in typed.items() if words}
    standing = {key: words for key, words in swaps.items() if words in (KEEP, OWN_WORDS) and key not in own}
    chosen = {key: "" if words == TAKE_OUT else words for key, words in swaps.items() if words}
    neutral = ((key, words) for key, words in (chosen | own).items() if key not in standing)
    # The button that chooses for all that nothing was chosen for.
    is_for_all = given.get("step") == "first-for-all"
    return Choices(dict(islice(neutral, MOST_LISTED)), standing, dict(_named(given, "was")), is_for_all)


def put_in(texts: Mapping[str, str], chosen: Choices, look: Look) -> tuple[dict[str, str], set[str]]:
    """Return the texts with the chosen words in place, and the keys of the wordings that gave way to them."""
    if not (chosen.neutral or chosen.is_first_for_all):
        return dict(texts), set()
    # A text over its limit has to come back to be made shorter, so a look at it would be for nothing.
    short = [name for name in FIELDS if len(texts[name]) <= questions.BY_NAME[name].limit]
    looked = {name: (texts[name], look(texts[name]).found) for name in short}
    spotted_now = {wording.key: wording for wording in group_wordings(looked.values())}
    if chosen.is_first_for_all:
        chosen = _with_first_suggestions(chosen, spotted_now)
    changed, gone = dict(texts), set[str]()
    for name, (text, found) in looked.items():
        wanted = list(_wanted(text, [*found, *_listed_before(text, chosen, but_for=set(spotted_now))], chosen))
        changed[name] = replace_wordings(text, wanted, chosen.neutral)
        gone |= {_key(text, each) for each in wanted}
    return changed, gone


def _with_first_suggestions(chosen: Choices, spotted_now: Mapping[str, Wording]) -> Choices:
    """Choose for what the page listed and nobody chose for; a whole passage goes only when it is chosen itself."""
    open_ones = (chosen.was.keys() & spotted_now.keys()) - chosen.neutral.keys() - chosen.standing.keys()
    first = {
        key: _(wording.fitting.replacements[0])
        for key, wording in spotted_now.items()
        if key in open_ones and wording.found.kind not in _LAST
    }
    return replace(chosen, neutral=chosen.neutral | first)


def not_put_in(given: MultiValueDict) -> list[Own]:
    """Return the own words that are still in a form, once those that were put in have been taken out of it."""
    return [Own(key, words, given.get(f"was-{key}", "")) for key, words in _named(given, "own") if words.strip()]


def _named(given: MultiValueDict, name: str) -> Iterator[tuple[str, str]]:
    for field in given:
        if field.startswith(f"{name}-"):
            yield field.partition("-")[2], given.get(field, "")


def _in_one_line(words: str) -> str:
    return " ".join(words.split())[:LONGEST_OWN].rstrip()


def _listed_before(text: str, chosen: Choices, *, but_for: set[str]) -> Iterator[Finding]:
    """Yield each place of what somebody saw in the list and we do not spot this time.

    They changed the words around it, or in a flood we look less well. What they chose to take out still goes out.
    """
    for key in chosen.neutral.keys() - but_for:
        words = chosen.was.get(key, "")
        # Only words that make this key, so that a form can have nothing replaced that no page ever listed.
        kinds = [kind for kind in KINDS if key_of(kind, words) == key] if 0 < len(words) <= _LONGEST_WAS else []
        places = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) if kinds else ()
        yield from (make_finding(place.span(), kind, sure=False) for place in places for kind in kinds)


def _wanted(text: str, found: Iterable[Finding], chosen: Choices) -> Iterator[Finding]:
    """Yield those that give way to other words, in order, none over another."""
    at = 0
    for each in sorted(found):
        if each.start >= at and _key(text, each) in chosen.neutral:
            yield each
            at = each.end


def _key(text: str, found: Finding) -> str:
    return key_of(found.kind, text[found.start : found.end])
