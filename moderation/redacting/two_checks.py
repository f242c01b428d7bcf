"""The anonymity check of both readers: each sealed with the text it is about, and compared once both have answered."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from moderation import reading
from moderation.models import Agreement, WorkingCopy
from moderation.redacting.anonymity import ANONYMITY_CHECK, ANSWERS, Answered
from moderation.safekeeping.vault import OpenVault
from stories import lifecycle
from stories.models import SealedText
from stories.telling import sealed_store

FIRST, SECOND = Agreement.Place.FIRST, Agreement.Place.SECOND


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
    """What was answered about one text since it was last put forward, oldest first."""

    all: tuple[Answered, ...]
    # Who answered otherwise than the first reader when the very same words came forward before.
    differed: frozenset[int] = frozenset()

    @property
    def first(self) -> Answered | None:
        return next((each for each in self.all if each.place == FIRST), None)

    def of(self, user: Any) -> Answered | None:
        """What this person answered as a second reader."""
        return next((each for each in self.all if each.place == SECOND and each.by == user.pk), None)

    @property
    def differing(self) -> Answered | None:
        """A second reader's answers that aren't the first's. Whoever reads after them, the text has to go back."""
        return next((each for each in self.all if each.place == SECOND and self.many(each)["different"]), None)

    def many(self, second: Answered) -> Mapping[str, int]:
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
                *(str(label), str(ANSWERS.get(one, "")), first.reasons.get(name, "")),
                *(str(ANSWERS.get(two, "")), second.reasons.get(name, "")),
                is_same=one == two,
            )


def about(copy: WorkingCopy, *, vault: OpenVault) -> Checks:
    """Open what both answered about this version since it last came forward, and who differed about it before."""
    rounds = _rounds([_answered(payload) for payload in reading.checks(copy.submission, vault=vault)])
    if not rounds or rounds[-1][0].digest != copy.digest:
        return Checks(())
    return Checks(rounds[-1], differed=_differed(copy, rounds[:-1], vault))


def _rounds(answered: list[Answered]) -> list[tuple[Answered, ...]]:
    """Each time that a text came forward: the first reader's answers, then those of whoever read after them."""
    begins = [number for number, each in enumerate(answered) if each.place == FIRST]
    return [tuple(answered[begin:end]) for begin, end in pairwise([*begins, len(answered)])]


def _differed(copy: WorkingCopy, rounds: list[tuple[Answered, ...]], vault: OpenVault) -> frozenset[int]:
    found = [second for answers in rounds if (second := Checks(answers).differing)]
    same = _same_words(copy, {each.digest for each in found}, vault)
    return frozenset(each.by for each in found if each.digest in same)


def _same_words(copy: WorkingCopy, digests: Collection[str], vault: OpenVault) -> set[str]:
    """Those of these digests whose versions say exactly what this one says: saving it again changes no word."""
    others = copy.submission.working_copies.filter(digest__in=digests).select_related("sealed")
    said = {each.digest: reading.working_copy(each.sealed, vault=vault)["fields"] for each in others}
    mine = reading.working_copy(copy.sealed, vault=vault)["fields"] if said else {}
    return {digest for digest, fields in said.items() if fields == mine}


def seal(copy: WorkingCopy, check: Answered, *, place: str, by: Any) -> None:
    """Keep one reader's answers; the first's begin a new round. Call it inside the transaction of the deed."""
    payload = {
        "by": by.pk,
        "place": str(place),
        "digest": copy.digest,
        "answers": dict(check.answers),
        "reasons": dict(check.reasons),
    }
    sealed_store.add(copy.submission, SealedText.Kind.CHECK, payload)


def counts(many: Mapping[str, int]) -> lifecycle.Counts:
    """What an event keeps of it, for the figure of how often the two agree."""
    return {"readers": dict(many)}


def _answered(payload: Mapping[str, Any]) -> Answered:
    return Answered(**{name: payload[name] for name in ("answers", "reasons", "place", "by", "digest")})
