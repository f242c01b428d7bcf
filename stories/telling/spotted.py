"""What could identify somebody in typed words, as the check page shows it: marked, listed, replaceable."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from stories.identifying import KINDS, Finding, IdentifyingError, find

# A longer list is no help to anyone; all of them stay marked in the text.
MOST_LISTED = 30
KEEP = "keep"
# Fields whose words may be published; what gives somebody away is never published, so it isn't looked at.
FIELDS = ("account", "differently", "well")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Spotted:
    """The same words wherever they stand; `swap` is the name of the field that says what becomes of them."""

    swap: str
    words: str
    kind: str
    times: int
    chosen: str

    @property
    def label(self) -> str:
        return _(KINDS[self.kind].contributor)

    @property
    def why(self) -> str:
        return _(KINDS[self.kind].why)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The neutral words by their number, and `keep` last."""
        numbered = [(str(number), _(words)) for number, words in enumerate(KINDS[self.kind].replacements)]
        return [*numbered, (KEEP, _("Keep it"))]


class Look:
    """One look through the words of one form: it costs a tenth of a second, so it is taken once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = {name: texts[name] for name in FIELDS}
        self.found = {name: list(_find(text)) for name, text in self.texts.items()}

    def listed(self, chosen: Mapping[str, str]) -> list[Spotted]:
        """Return what was spotted, each wording once, in the order it first stands."""
        times: Counter[str] = Counter()
        first: dict[str, tuple[str, str]] = {}
        for name, found in ((name, found) for name, each in self.found.items() for found in each):
            words = self.texts[name][found.start : found.end]
            swap = _swap(found.kind, words)
            times[swap] += 1
            first.setdefault(swap, (words, found.kind))
        return [Spotted(swap, words, kind, times[swap], chosen.get(swap, "")) for swap, (words, kind) in first.items()]

    def marked(self, name: str) -> SafeString:
        """Return one text as HTML, each finding in a `<mark>` that says what it is."""
        text, parts, at = self.texts[name], [], 0
        for found in self.found[name]:
            parts += [escape(text[at : found.start]), _mark(text, found)]
            at = found.end
        parts.append(escape(text[at:]))
        # Every part was escaped above.
        return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308


def replaced(texts: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the texts with every wording replaced for which neutral words were chosen."""
    return {name: _replaced(text, chosen) if name in FIELDS else text for name, text in texts.items()}


def _replaced(text: str, chosen: Mapping[str, str]) -> str:
    parts, at = [], 0
    for found in _find(text) if chosen else ():
        neutral = _neutral(found.kind, chosen.get(_swap(found.kind, text[found.start : found.end]), KEEP))
        if neutral:
            parts += [text[at : found.start], neutral]
            at = found.end
    return "".join([*parts, text[at:]])


def _neutral(kind: str, choice: str) -> str:
    words = KINDS[kind].replacements
    return _(words[int(choice)]) if choice.isdecimal() and int(choice) < len(words) else ""


def _mark(text: str, found: Finding) -> str:
    words, label = escape(text[found.start : found.end]), escape(_(KINDS[found.kind].contributor))
    return f'<mark>{words} <span class="mark-label">({label})</span></mark>'


def _swap(kind: str, words: str) -> str:
    """Name the field by the words themselves, so that a choice still fits after an edit around them."""
    name = hashlib.blake2b(f"{kind} {words.casefold()}".encode(), digest_size=4).hexdigest()
    return f"swap-{name}"


def _find(text: str) -> Iterator[Finding]:
    """Yield findings that don't overlap, in order. A fault in the spotting keeps nobody from sending."""
    at = 0
    try:
        spotted = sorted(find(text))
    except IdentifyingError:
        return
    except Exception as error:
        logger.error("An account could not be looked through: %s", type(error).__name__)
        return
    for found in spotted:
        if found.start >= at:
            yield found
            at = found.end
