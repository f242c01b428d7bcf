"""The anonymity check of both readers: each sealed with the text it is about, and compared once both have answered."""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any

from moderation import reading
from moderation.models import WorkingCopy
from moderation.reading import Unsealed
from moderation.redaction.anonymity_check import FIRST, Answered, Checks
from moderation.team.vault import OpenVault
from stories.core import lifecycle, sealed_store
from stories.models import SealedText


def checks_of(seen: Unsealed, copy: WorkingCopy) -> Checks:
    """What both answered about this version since it last came forward, and who differed about it before."""
    rounds = _rounds([_answered(payload) for payload in seen.checks])
    if not rounds or rounds[-1][0].digest != copy.digest:
        return Checks(())
    return Checks(rounds[-1], differed=_differed(copy, rounds[:-1], seen.vault))


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
    if not digests:
        return set()
    others = copy.submission.working_copies.filter(digest__in=digests).select_related("sealed")
    said = {each.digest: reading.working_copy(each.sealed, vault=vault)["fields"] for each in others}
    mine = reading.working_copy(copy.sealed, vault=vault)["fields"] if said else {}
    return {digest for digest, fields in said.items() if fields == mine}


def seal_check(copy: WorkingCopy, check: Answered, *, place: str, by: Any) -> None:
    """Keep one reader's answers; the first's begin a new round. Call it inside the transaction of the deed."""
    payload = {
        "by": by.pk,
        "place": str(place),
        "digest": copy.digest,
        "answers": dict(check.answers),
        "reasons": dict(check.reasons),
    }
    sealed_store.add_sealed(copy.submission, SealedText.Kind.CHECK, payload)


def check_counts(many: Mapping[str, int]) -> lifecycle.Counts:
    """What an event keeps of it, for the figure of how often the two agree."""
    return {"readers": dict(many)}


def _answered(payload: Mapping[str, Any]) -> Answered:
    return Answered(**{name: payload[name] for name in ("answers", "reasons", "place", "by", "digest")})
