"""The first look: six questions about risk, law and age, answered before anybody edits, and sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from moderation import claims, policies, reading
from moderation.errors import refuse_if
from moderation.policies.risks import bearing
from moderation.risk.risks import LIFE, RISKS, UNDER_18, Risk
from moderation.safekeeping.vault import OpenVault
from stories import lifecycle
from stories.models import Event, SealedText, Submission
from stories.telling import sealed_store

DEED = "first look"
# Whoever isn't sure about these is heard as if they were: somebody looks at once.
_URGENT = (LIFE, UNDER_18)
_ALARMS = ("yes", "not-sure")


@dataclass(frozen=True)
class Taken:
    """The newest first look, for a screen: what was answered, by whom, and what was flagged."""

    answers: Mapping[str, str]
    note: str
    by: str
    at: Any
    flagged: list[Risk] = field(default_factory=list)
    unsure: list[Risk] = field(default_factory=list)
    why_not_begun: str | None = None


@transaction.atomic
def take(submission: Submission, answers: Mapping[str, str], *, vault: OpenVault, note: str = "") -> None:
    """Seal the six answers as the newest first look, take it in hand, and mark it urgent where it can't wait.

    Raises `Refused` where somebody else has it in hand, or it is decided.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(policies.why_not_first_look(row, answers, vault.moderator))
    claims.take(row, by=vault.moderator)
    keep(row, answers, theirs=bearing(reading.answers(row, vault=vault)), by=vault.moderator, note=note)
    submission.refresh_from_db()


def keep(row: Submission, answers: Mapping[str, str], *, theirs: Mapping[str, Any], by: Any, note: str = "") -> None:
    """Seal a first look and leave its event, which names nothing of it. `theirs` is what its contributor answered."""
    payload = {"by": by.pk, "answers": dict(answers), "theirs": dict(theirs), "note": note.strip()}
    sealed_store.add(row, SealedText.Kind.FIRST_LOOK, payload)
    lifecycle.record(row, DEED, by=by)
    if not row.is_urgent and any(answers.get(slug) in _ALARMS for slug in _URGENT):
        row.is_urgent = True
        row.save(update_fields=["is_urgent"])
        lifecycle.record(row, "urgent", by=by)


def why_not_begun(submission: Submission, answers: Mapping[str, Any], *, vault: OpenVault) -> str | None:
    """Say why nothing of it can be put forward or agreed to yet; `answers` are its contributor's."""
    looks = reading.first_looks(submission, vault=vault)
    return policies.why_not_begun(submission, looks, answers)


def newest(submission: Submission, answers: Mapping[str, Any], *, vault: OpenVault) -> Taken | None:
    """The newest first look as a screen shows it, or None before there is one."""
    looks = reading.first_looks(submission, vault=vault)
    if not looks:
        return None
    said = looks[-1]["answers"]
    event = Event.objects.filter(submission=submission, deed=DEED).last()
    return Taken(
        answers=said,
        note=looks[-1].get("note", ""),
        by=event.by.get_username() if event and event.by else "",
        at=event.at if event else None,
        flagged=[risk for risk in RISKS if said.get(risk.slug) == "yes"],
        unsure=[risk for risk in RISKS if said.get(risk.slug) == "not-sure"],
        why_not_begun=policies.why_not_begun(submission, looks, answers),
    )
