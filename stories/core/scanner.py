"""Looking through words for a screen or a deed: a fault in the finder shuts nobody out of what they wrote."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from stories.core import faults
from stories.pii import MAX_CHARACTERS, Finding, IdentifyingError
from stories.pii.indirect import find_indirect
from stories.pii.kinds import InAHurry
from stories.pii.replacements import look_through as look_at_any_length

# Takes a text, and `by_rules_alone` by name.
Finder = Callable[..., list[Finding]]
logger = logging.getLogger(__name__)


class CannotLook(IdentifyingError):
    """The finder fails on these words, so nothing is known of what stands in them."""


@dataclass(frozen=True)
class Sight:
    """The findings in one text, and what could not be looked for in it; in a hurry is without some names, too."""

    found: list[Finding]
    is_without_names: bool = False
    is_in_a_hurry: bool = False
    is_blind: bool = False


def scan_fields(text: str, *, find: Finder = look_at_any_length, by_rules_alone: bool = False) -> Sight:
    """Look through a text; where that fails by rules alone, and where that fails too not at all."""
    try:
        found = find(text, by_rules_alone=by_rules_alone)
        is_in_a_hurry = isinstance(found, InAHurry)
        return Sight(found, is_without_names=is_in_a_hurry, is_in_a_hurry=is_in_a_hurry)
    except IdentifyingError:
        return Sight([], is_blind=True)
    except Exception as error:
        logger.error("Some words could not be looked through: %s", faults.Fault(error))
    if by_rules_alone:
        return Sight([], is_blind=True)
    by_rules = scan_fields(text, find=find, by_rules_alone=True)
    return Sight(by_rules.found, is_without_names=True, is_blind=by_rules.is_blind)


class Look:
    """Looks at texts for one request, at each of them once, and forgets all with it: a look takes a while."""

    def __init__(self, find: Finder = look_at_any_length) -> None:
        self._find = find
        self._known: dict[str, Sight] = {}
        self._whole: dict[str, list[Finding]] = {}

    def __call__(self, text: str) -> list[Finding]:
        """Return what was found, in order; nothing where the finder fails, which `is_blind` says."""
        return self.sight(text).found

    def surely(self, text: str) -> list[Finding]:
        """Return what was found, for a rule that lets words through; raises `CannotLook`."""
        if self.sight(text).is_blind:
            raise CannotLook
        return self(text)

    def with_indirect(self, text: str) -> list[Finding]:
        """The same with what only points at somebody together with other details, in order; for moderators."""
        if text not in self._whole:
            found = self(text)
            self._whole[text] = sorted([*found, *_indirect(text, found)])
        return self._whole[text]

    @property
    def is_blind(self) -> bool:
        """True where one of the texts looked at so far could not be looked through."""
        return any(sight.is_blind for sight in self._known.values())

    @property
    def is_without_names(self) -> bool:
        """True where a fault or a hurry left one of them to the rules alone, which miss more names."""
        return any(sight.is_without_names for sight in self._known.values())

    @property
    def is_in_a_hurry(self) -> bool:
        """True where nothing failed, but one of them was too much to look at now."""
        return any(sight.is_in_a_hurry for sight in self._known.values())

    def sight(self, text: str) -> Sight:
        if text not in self._known:
            self._known[text] = scan_fields(text, find=self._find)
        return self._known[text]


def _indirect(text: str, found: list[Finding]) -> list[Finding]:
    """Nothing where the rules fail: no text waits for an indirect detail."""
    try:
        return find_indirect(text[:MAX_CHARACTERS], [each for each in found if each.end <= MAX_CHARACTERS])
    except Exception as error:
        logger.error("Indirect details could not be looked for: %s", faults.Fault(error))
        return []
