"""The anonymity check: what a reader looks for before saying yes, how a line is answered, and two readers' answers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from moderation.models import Agreement
from stories.core import publication_gate, tables
from stories.intake.receive import cleaned_words

FIRST, SECOND = Agreement.Place.FIRST, Agreement.Place.SECOND
CLEAR, STAYS, LEFT = "clear", "stays", "left"
LONGEST_REASON = 300
# Fields that go with a wording, by its key: why it stays, what was put in its place, and one's own words for it.
REASON, PUT, OWN = "left-", "put-", "own-"
_OF_A_WORDING = re.compile(f"({REASON}|{PUT}|{OWN})([0-9a-f]{{32}})")
# A field that says what a reason is for: for a page that gives it back without its text looked through.
BESIDE_A_REASON = "of-"

_WORDS: dict[str, dict[str, str]] = tables.read(__file__)
# Its lines, in the order in which they are asked, and the answers to each.
ANONYMITY_CHECK, ANSWERS = _WORDS["lines"], _WORDS["answers"]


@dataclass(frozen=True)
class Answered:
    """One reader's answers by line, and their reasons; `place` says which reader, `by` whose they are."""

    answers: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    by: int = 0
    digest: str = ""
    # A second reader who found less, saw both and takes the first's answers over says why in a sentence.
    joined: str = ""


def answered_check(check: Mapping[str, str], reasons: Mapping[str, str]) -> Answered:
    """The check as it is judged and kept: reasons without what hides in them, and only beside an answer for them."""
    wanted = {name: why for name, why in clean_reasons(reasons).items() if check.get(name) in (STAYS, LEFT)}
    return Answered({name: check[name] for name in ANONYMITY_CHECK if check.get(name)}, wanted)


def why_not_checked(check: Answered) -> str | None:
    """Say which line keeps a text from being put forward: one unanswered, without its reason, or still to change."""
    still = next((label for name, label in ANONYMITY_CHECK.items() if check.answers.get(name) == LEFT), None)
    says = _("The anonymity check says that there is still something to change: %(line)s.")
    return why_not_answered(check) or (says % {"line": still} if still else None)


def why_not_answered(check: Answered) -> str | None:
    """Say which line of the anonymity check has no answer yet, or lacks the reason that goes with its answer."""
    for name in unfinished_fields(check):
        says = _("Answer the anonymity check: %(line)s.")
        if check.answers.get(name) == STAYS:
            says = _("Write in a few words why it stays: %(line)s.")
        return says % {"line": ANONYMITY_CHECK[name]}
    return None


def unfinished_fields(check: Answered) -> Iterator[str]:
    """The lines that have no answer yet, or lack the reason that goes with it."""
    for name in ANONYMITY_CHECK:
        answer = check.answers.get(name)
        if answer not in ANSWERS or (answer == STAYS and not publication_gate.is_reason(check.reasons.get(name, ""))):
            yield name


@dataclass(frozen=True)
class Line:
    """One line of the check as both answered it, in words."""

    label: str
    first: str
    first_why: str
    second: str
    second_why: str
    is_same: bool


@dataclass(frozen=True)
class Checks:
    """The answers about one text since it was last put forward, oldest first."""

    all: tuple[Answered, ...]
    # Who answered otherwise than the first reader when the very same words came forward before.
    differed: frozenset[int] = frozenset()

    @property
    def first(self) -> Answered | None:
        return next((each for each in self.all if each.place == FIRST), None)

    def by_second_reader(self, person: int | None) -> Answered | None:
        return self._of_second_readers.get(person)

    @property
    def differing(self) -> Answered | None:
        """A second reader's answers that aren't the first's. Whoever reads after them, the text has to go back, unless
        they join the first's answers.
        """
        return next((each for each in self._of_second_readers.values() if self.many(each)["different"]), None)

    @property
    def _of_second_readers(self) -> dict[int | None, Answered]:
        """What each second reader says in the end."""
        return {each.by: each for each in self.all if each.place == SECOND}

    def may_join(self, person: int | None) -> bool:
        """True where this second reader and nobody else differs, and the first marked more on every line of it."""
        first, second = self.first, self.by_second_reader(person)
        if first is None or second is None or second is not self.differing:
            return False
        both = ((first.answers.get(name), second.answers.get(name)) for name in ANONYMITY_CHECK)
        return all(one == two or (one, two) == (STAYS, CLEAR) for one, two in both)

    def many(self, second: Answered) -> dict[str, int]:
        """On how many lines both say the same; reasons may differ."""
        first = self.first.answers if self.first else {}
        same = sum(first.get(name) == second.answers.get(name) for name in ANONYMITY_CHECK)
        return {"same": same, "different": len(ANONYMITY_CHECK) - same}

    def lines(self, second: Answered) -> Iterator[Line]:
        """Both answers to each line, for whoever has given theirs."""
        first = self.first or Answered({})
        for name, label in ANONYMITY_CHECK.items():
            one, two = first.answers.get(name, ""), second.answers.get(name, "")
            yield Line(
                *(label, ANSWERS.get(one, ""), first.reasons.get(name, "")),
                *(ANSWERS.get(two, ""), second.reasons.get(name, "")),
                is_same=one == two,
            )


def fields_by_wording(posted: Mapping[str, str], prefix: str = REASON) -> dict[str, str]:
    """What was typed of this sort, by the key of its wording."""
    found = ((name, _OF_A_WORDING.fullmatch(name)) for name in posted)
    return {match[2]: str(posted[name]) for name, match in found if match and match[1] == prefix}


def clean_reasons(left: Mapping[str, str]) -> dict[str, str]:
    reasons = {key: " ".join(cleaned_words(why).split())[:LONGEST_REASON] for key, why in left.items()}
    return {key: why for key, why in reasons.items() if why}


def field_label(name: str, posted: Mapping[str, str]) -> str:
    if line := re.fullmatch("(?:check|why)-([a-z]+)", name):
        label = ANONYMITY_CHECK.get(line[1])
        return _("The anonymity check, %(line)s") % {"line": label} if label else ""
    reason = _OF_A_WORDING.fullmatch(name)
    if reason is None or reason[1] != REASON:
        return ""
    words = posted.get(BESIDE_A_REASON + reason[2], "")
    return _("Leave “%(words)s”, because …") % {"words": words} if words else _("Leave it, because …")
