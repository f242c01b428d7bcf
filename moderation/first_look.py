"""The first look: six questions about risk, law and age, answered before anybody edits, and sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from moderation import claims, policies, reading, reopening
from moderation.errors import refuse_if
from moderation.policies.risks import RiskFacts, bearing
from moderation.risk.danger import ALARMS, URGENT_RISKS, is_alarm
from moderation.risk.risks import RISKS, Risk
from moderation.safekeeping.vault import OpenVault
from stories import lifecycle
from stories.models import Event, SealedText, Submission
from stories.telling import sealed_store

DEED = "first look"


@dataclass(frozen=True)
class Alarm:
    """An earlier first look that said yes or not sure to danger or age: whose it was, and what they wrote with it."""

    by: str
    risks: list[Risk]
    note: str


@dataclass(frozen=True)
class Taken:
    """The newest first look, for a screen: what was answered, by whom, and what was flagged."""

    answers: Mapping[str, str]
    note: str
    by: str
    day: Any
    flagged: list[Risk] = field(default_factory=list)
    unsure: list[Risk] = field(default_factory=list)
    why_no_case: str = ""
    why_not_begun: str | None = None
    # Before the newest one; whoever says no after them reads what they said.
    alarms: list[Alarm] = field(default_factory=list)


@transaction.atomic
def take(
    submission: Submission, answers: Mapping[str, str], *, vault: OpenVault, note: str = "", why_no_case: str = ""
) -> None:
    """Seal the six answers as the newest first look, take it in hand where there is work, and mark it urgent where
    it can't wait. Raises `Refused` where somebody else has it in hand and nobody took one yet.
    """
    row, _story = lifecycle.lock_both(submission.pk)
    # What is erased has no account: there is nothing to take a first look at.
    theirs = reading.answers(row, vault=vault)
    refuse_if(policies.why_not_first_look(row, answers, vault.moderator, theirs=theirs, why_no_case=why_no_case))
    if _is_to_be_claimed(row, by=vault.moderator):
        claims.take(row, by=vault.moderator)
    dangers = reading.danger_of(row, vault=vault).dangers
    keep(row, answers, theirs=bearing(theirs), by=vault.moderator, note=note, dangers=dangers, why_no_case=why_no_case)
    submission.refresh_from_db()


def _is_to_be_claimed(row: Submission, *, by: Any) -> bool:
    """True of an account on which its first reader works; a text that waits for its second, or is decided, is free.

    A second person's answers take nothing out of the hands of the one who works on it.
    """
    if row.status not in lifecycle.OPEN_TO_WORK or row.status in lifecycle.PUT_FORWARD:
        return False
    return not policies.is_in_other_hands(row, by) or not Event.objects.filter(submission=row, deed=DEED).exists()


def keep(
    row: Submission,
    answers: Mapping[str, str],
    *,
    theirs: Mapping[str, Any],
    by: Any,
    note: str = "",
    dangers: int = 0,
    why_no_case: str = "",
) -> None:
    """Seal a first look and leave its event, which names nothing of it.

    `theirs` is what its contributor answered, `dangers` of how many texts its label says that they speak of danger.
    A yes or not sure to danger or age ends every yes to a text that isn't public yet.
    """
    payload = {"by": by.pk, "answers": dict(answers), "theirs": dict(theirs), "note": note.strip()}
    payload |= {"dangers": dangers, "why_no_case": why_no_case.strip()}
    sealed_store.add(row, SealedText.Kind.FIRST_LOOK, payload)
    lifecycle.record(row, DEED, by=by)
    if not is_alarm(answers):
        return
    if not row.is_urgent:
        row.is_urgent = True
        row.save(update_fields=["is_urgent"])
        lifecycle.record(row, "urgent", by=by)
    reopening.for_danger(row, by=by)


def facts(submission: Submission, answers: Mapping[str, Any], *, vault: OpenVault) -> RiskFacts:
    """Load what the rules about a first look judge; `answers` are its contributor's."""
    done = Event.objects.filter(submission=submission, deed__in=(DEED, "release")).order_by("number")
    danger = reading.danger_of(submission, vault=vault)
    return RiskFacts(submission.status, answers, danger, list(done.values_list("deed", flat=True)))


def newest(submission: Submission, facts: RiskFacts) -> Taken | None:
    """The newest first look as a screen shows it, or None before there is one."""
    if not facts.looks:
        return None
    look = facts.looks[-1]
    said = look["answers"]
    event = Event.objects.filter(submission=submission, deed=DEED).select_related("by").last()
    return Taken(
        answers=said,
        note=look.get("note", ""),
        by=event.by.get_username() if event and event.by else "",
        day=event.day if event else None,
        flagged=[risk for risk in RISKS if said.get(risk.slug) == "yes"],
        unsure=[risk for risk in RISKS if said.get(risk.slug) == "not-sure"],
        why_no_case=look.get("why_no_case", ""),
        why_not_begun=policies.why_not_begun(facts),
        alarms=_alarms(facts.looks[:-1]),
    )


def _alarms(looks: Sequence[Mapping[str, Any]]) -> list[Alarm]:
    """Those of them that said yes or not sure to danger or age, in their order."""
    raised = [look for look in looks if is_alarm(look["answers"])]
    names = {user.pk: user.get_username() for user in User.objects.filter(pk__in={look["by"] for look in raised})}
    return [
        Alarm(
            names.get(look["by"], ""),
            [risk for risk in RISKS if risk.slug in URGENT_RISKS and look["answers"].get(risk.slug) in ALARMS],
            look.get("note", ""),
        )
        for look in raised
    ]
