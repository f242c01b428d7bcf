"""The gate before everything public: numbers and addresses that lead straight to one person or one case."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from stories.core import tables
from stories.core.scanner import CannotLook, Look, scan_fields
from stories.pii import Finding, url_names
from stories.pii.replacements import Looked, Wording, group_wordings
from stories.pii.tokens import fold_text

SAYS: dict[str, str] = tables.read(__file__)

# Of these a sure finding needs a written reason; names, places and days are weighed by the people who read.
HELD_BACK = frozenset(
    {
        *("PHONE", "EMAIL", "POSTCODE", "ADDRESS", "HANDLE", "NI_NUMBER", "NHS_NUMBER", "BANK"),
        *("VRM", "CRIME_REF", "COLLAR_NUMBER"),
    }
)

# A field for an office or a role takes none of these.
NAMES = frozenset({"PERSON", "OFFICER_NAME"})

# What of a story are words, of which somebody could have written anything; the rest comes from lists.
WORDS_OF_A_STORY = ("title", "text", "differently", "well")
# Fewer letters and digits than these are no reason.
_SHORTEST_REASON = 3


def looked_at(fields: Mapping[str, str], look: Look, *, names: Iterable[str] = WORDS_OF_A_STORY) -> list[Looked]:
    """Look through the words of a story, or the fields of these names; raises `CannotLook`.

    A look takes a while, so never inside a transaction that locks.
    """
    return [(fields[name], look.surely(fields[name])) for name in names]


def held_back(texts: Iterable[str]) -> list[Wording]:
    """Return what is held back in these texts together.

    By rules alone: the kinds that are held back have a shape, which the name model adds nothing to, and a page is
    looked at while whoever publishes it waits. A name is held back within a link alone, which nobody reads as words.
    Raises `CannotLook`.
    """
    whole = "\n\n".join(text for text in texts if text)
    sight = scan_fields(whole, by_rules_alone=True)
    if sight.is_blind:
        raise CannotLook
    return group_wordings([(whole, sorted([*_held(sight.found), *url_names.find_in_links(whole)]))])


def held_back_in_addresses(paths: Iterable[str]) -> list[Wording]:
    """Return what is held back in these addresses of our own pages, or parts of them, names among it."""
    return group_wordings((path, _held(url_names.find_in_path(path), also=NAMES)) for path in paths)


def sure_ones(looked: Iterable[Looked]) -> list[Wording]:
    """Return each wording that is held back in these texts and their findings, once."""
    return group_wordings((text, _held(found)) for text, found in looked)


def _held(found: Iterable[Finding], *, also: Collection[str] = ()) -> list[Finding]:
    return [each for each in found if each.kind in also or is_held_back(each.kind, sure=each.sure)]


def is_held_back(kind: str, *, sure: bool) -> bool:
    return sure and kind in HELD_BACK


def names_somebody(words: str) -> bool:
    """True where a person seems to be named, in a field that takes an office or a role alone."""
    return any(found.kind in NAMES for found in scan_fields(words).found)


def why_not(held_back: Iterable[Wording], *, left: Mapping[str, str]) -> str | None:
    """Say that some of the `sure_ones` have no reason in `left`, by key; names kinds and how many, never the words."""
    without = without_reason(held_back, left=left)
    if not without:
        return None
    asked = SAYS["one_without_reason" if len(without) == 1 else "some_without_reason"]
    return asked % {"kinds": kinds_in_words(without)}


def without_reason(held_back: Iterable[Wording], *, left: Mapping[str, str]) -> list[Wording]:
    return [each for each in held_back if not is_reason(left.get(each.key, ""))]


def is_reason(why: str) -> bool:
    """True for what a reader can read: blanks, dots and letters without a shape are no reason."""
    return sum(letter.isalnum() for letter in fold_text(why).text) >= _SHORTEST_REASON


def why_not_looked() -> str:
    """Say that words can't go public which nobody could look through."""
    return SAYS["not_looked"]


def kinds_in_words(held_back: Iterable[Wording]) -> str:
    """Name the kinds with how many there are of each, such as “phone number, 2 × email address”."""
    many = Counter(_kind_in_words(each) for each in held_back)
    return ", ".join(kind if times == 1 else f"{times} × {kind}" for kind, times in many.items())


def _kind_in_words(held_back: Wording) -> str:
    kind = _(held_back.fitting.moderator)
    if held_back.found.why == url_names.WHY_IN_OURS:
        return _("%(kind)s in the address of the page") % {"kind": kind}
    return _("%(kind)s in a link") % {"kind": kind} if held_back.found.why == url_names.WHY else kind
