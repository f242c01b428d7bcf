"""What could identify somebody in typed words, as the check page shows it: marked, and listed in groups."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from stories import looking
from stories.identifying import Finding, find, to_utf16
from stories.identifying.wordings import Wording, key_of, wordings
from stories.looking import Sight

# A longer list is no help to anyone; all of them stay marked in the text.
MOST_LISTED = 30
# Fields whose words may be published; what gives somebody away is never published, so it isn't looked at.
FIELDS = ("account", "differently", "well")
# In a flood of looks nothing longer is looked at; most accounts are shorter.
LONGEST_QUICK = 4_000
# Whole sentences rather than a name or a number: they come after all else.
_LAST = ("TOGETHER", "SEARCHABLE")


class Look:
    """Looks at texts for one request, at each of them once: a look costs a fifth of a second.

    `is_quick` is asked before the first: by rules alone, it costs a tenth of that, and a long text is passed over.
    """

    def __init__(self, *, is_quick: Callable[[], bool] = lambda: False) -> None:
        self._is_quick = cache(is_quick)
        self._known: dict[str, Sight] = {}

    def at(self, text: str) -> list[Finding]:
        """Return what was found, in order; nothing where we could not look, for that keeps nobody from sending."""
        if text.strip() and text not in self._known:
            self._known[text] = self._sight(text)
        return self._known[text].found if text in self._known else []

    def missed(self, text: str) -> bool:
        """True for a text that we could not look at: nothing found in it says nothing."""
        return text in self._known and self._known[text].is_blind

    def hurried(self, text: str) -> bool:
        """True for a text that we looked at by rules alone, in whole or in part, which miss more names."""
        return text in self._known and self._known[text].is_without_names

    def _sight(self, text: str) -> Sight:
        is_quick = self._is_quick()
        if is_quick and len(text) > LONGEST_QUICK:
            return Sight([], is_blind=True)
        sight = looking.through(text, find=find, by_rules_alone=is_quick)
        return replace(sight, is_without_names=is_quick or sight.is_without_names)


@dataclass(frozen=True)
class Place:
    """Where a wording first stands, counted as a browser counts."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Listed:
    """One wording of the list. Its `number` names it in the page: an address keeps that, and it says nothing.

    `standing` is what was chosen for it and changes no word: "keep", "own" or nothing.
    """

    number: int
    wording: Wording
    first: Place
    standing: str

    @property
    def neutral(self) -> list[str]:
        """The neutral words that fit it, in this language."""
        return [_(words) for words in self.wording.fitting.replacements]


@dataclass(frozen=True)
class Group:
    """Wordings that are called the same; of all of them we are sure, or of none."""

    label: str
    is_sure: bool
    listed: list[Listed]

    @property
    def why(self) -> str:
        """How such words could identify somebody, each reason once."""
        reasons = dict.fromkeys(each.wording.fitting.why for each in self.listed)
        return " ".join(f"{capfirst(_(why))}." for why in reasons)


class Spotted:
    """What was spotted in the words of one form; `standing` is what somebody chose that changes no word, by key."""

    def __init__(self, texts: Mapping[str, str], look: Look, *, standing: Mapping[str, str] | None = None) -> None:
        self.looked = {name: (texts[name], look.at(texts[name])) for name in FIELDS if texts[name].strip()}
        self.missed = any(look.missed(text) for text, _found in self.looked.values())
        self.hurried = any(look.hurried(text) for text, _found in self.looked.values())
        all_of_them = sorted(wordings(self.looked.values()), key=_rank)
        self._wordings = {wording.key: wording for wording in all_of_them}
        self._first = self._places()
        self.groups = list(self._grouped(all_of_them[:MOST_LISTED], standing or {}))
        self.more = max(0, len(all_of_them) - MOST_LISTED)
        self._listed = {each.wording.key: each for group in self.groups for each in group.listed}

    def has_unsure(self) -> bool:
        return not all(wording.is_sure for wording in self._wordings.values())

    def wants_own(self) -> bool:
        """True if own words were chosen for something, and none are typed yet."""
        return any(each.standing == "own" for each in self._listed.values())

    def marked(self, name: str) -> SafeString:
        """Return one text as HTML, each finding in a `<mark>` that says what it is."""
        (text, found), at = self.looked[name], 0
        parts: list[str] = []
        for each, as_shown in zip(found, to_utf16(text, found), strict=True):
            place = Place(name, as_shown.start, as_shown.end)
            parts += [text[at : each.start], self._mark(text[each.start : each.end], each.kind, place)]
            at = each.end
        whole = format_html_join("", "{}", ((part,) for part in [*parts, text[at:]]))
        # It was escaped just above.
        return mark_safe(whole.replace("\n", "<br>"))  # noqa: S308

    def _places(self) -> dict[str, Place]:
        first: dict[str, Place] = {}
        for name, (text, found) in self.looked.items():
            for each, as_shown in zip(found, to_utf16(text, found), strict=True):
                place = Place(name, as_shown.start, as_shown.end)
                first.setdefault(key_of(each.kind, text[each.start : each.end]), place)
        return first

    def _grouped(self, listed: list[Wording], standing: Mapping[str, str]) -> Iterator[Group]:
        alike: dict[tuple[str, bool], list[Wording]] = {}
        for wording in listed:
            alike.setdefault((_label(wording), wording.is_sure), []).append(wording)
        numbers = count(1)
        for (label, is_sure), group in alike.items():
            yield Group(
                label,
                is_sure,
                [
                    Listed(next(numbers), wording, self._first[wording.key], standing.get(wording.key, ""))
                    for wording in group
                ],
            )

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


def is_passage(wording: Wording) -> bool:
    """True for what only says something as a whole: a quoted sentence, or details that stand together."""
    return wording.found.kind in _LAST


def _rank(wording: Wording) -> tuple[int, bool]:
    """Sure before unsure, and last what only says something as a whole."""
    kind = wording.found.kind
    return _LAST.index(kind) + 1 if kind in _LAST else 0, not wording.is_sure
