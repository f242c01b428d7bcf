"""The first look: six questions about risk, law and age, answered before anybody edits, and sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation

from moderation import claims, reading, ready_words, working_copies
from moderation.facts import load_facts
from moderation.models import RiskWords
from moderation.policies import danger
from moderation.policies.access import why_not_note_call
from moderation.team import audit_log
from moderation.team.permissions import refuse_if
from moderation.team.vault import OpenVault
from stories.core import lifecycle, sealed_store
from stories.models import SealedText, Submission

DEED = danger.FIRST_LOOK
# What the sealed note of a call is about.
CALL = "safeguarding"


@dataclass(frozen=True)
class Taken:
    """The newest first look, for a screen: by whom, what was flagged, and what they wrote with it."""

    note: str
    by: str
    day: date | None
    flagged: list[danger.Risk]
    unsure: list[danger.Risk]
    why_no_case: str
    why_not_begun: str | None
    # Before the newest one, those that said yes or not sure to danger or age: by whom, to which risks, with which note.
    # Whoever says no after them reads what they said.
    alarms: list[dict[str, object]]


@transaction.atomic
def take_first_look(
    submission: Submission, answers: Mapping[str, str], *, vault: OpenVault, note: str = "", why_no_case: str = ""
) -> None:
    """Seal the six answers as the newest first look, take it in hand where there is work, and mark it urgent where
    it can't wait. Raises `Refused` where somebody else has it in hand and nobody took one yet.
    """
    row, _story = lifecycle.lock_both(submission.pk)
    # What is erased has no account: there is nothing to take a first look at.
    seen = reading.unsealed_texts(row, vault=vault)
    refuse_if(
        danger.why_not_first_look(seen.facts, answers, theirs=seen.answers, danger=seen.danger, why_no_case=why_no_case)
    )
    is_worked_on = row.status in lifecycle.OPEN_TO_WORK and row.status not in lifecycle.PUT_FORWARD
    is_first = not any(event.deed == DEED for event in seen.facts.events)
    # A second person's answers take nothing out of the hands of the one who works on it.
    if is_worked_on and (seen.facts.claim is None or seen.facts.is_mine or is_first):
        claims.take_claim(row, by=vault.moderator)
    keep_first_look(seen, answers, note=note, why_no_case=why_no_case)
    submission.refresh_from_db()


def keep_first_look(seen: reading.Unsealed, answers: Mapping[str, str], *, note: str = "", why_no_case: str) -> None:
    """Seal a first look and leave its event, which names nothing of it; with it, what its contributor answered, and of
    how many texts its label says that they speak of danger.

    A yes or not sure to danger or age ends every yes to a text that isn't public yet.
    """
    row, by = seen.facts.submission, seen.vault.moderator
    payload = {"by": by.pk, "answers": dict(answers), "theirs": danger.bearing(seen.answers), "note": note.strip()}
    payload |= {"dangers": seen.danger.dangers, "why_no_case": why_no_case.strip()}
    sealed_store.add_sealed(row, SealedText.Kind.FIRST_LOOK, payload)
    lifecycle.record_event(row, DEED, by=by)
    if not danger.is_alarm(answers):
        return
    if not row.is_urgent:
        row.is_urgent = True
        row.save(update_fields=["is_urgent"])
        lifecycle.record_event(row, "urgent", by=by)
    working_copies.send_back_for_danger(row, by=by)


def risk_facts(seen: reading.Unsealed) -> danger.RiskFacts:
    done = [event.deed for event in seen.facts.events if event.deed in (DEED, "release")]
    return danger.RiskFacts(seen.facts.status, seen.answers, seen.danger, done)


def newest_look(seen: reading.Unsealed, facts: danger.RiskFacts) -> Taken | None:
    if not facts.danger.looks:
        return None
    *before, look = facts.danger.looks
    said = look["answers"]
    taken = [event for event in seen.facts.events if event.deed == DEED]
    names = {event.by_id: event.by.get_username() for event in taken if event.by}
    return Taken(
        note=look.get("note", ""),
        by=names.get(taken[-1].by_id, "") if taken else "",
        day=taken[-1].day if taken else None,
        flagged=[risk for risk in danger.RISKS if said.get(risk.slug) == "yes"],
        unsure=[risk for risk in danger.RISKS if said.get(risk.slug) == "not-sure"],
        why_no_case=look.get("why_no_case", ""),
        why_not_begun=danger.why_not_begun(facts),
        alarms=[
            {
                "by": names.get(each["by"], ""),
                "risks": [
                    danger.BY_SLUG[slug] for slug in danger.URGENT_RISKS if each["answers"].get(slug) in danger.ALARMS
                ],
                "note": each.get("note", ""),
            }
            for each in before
            if danger.is_alarm(each["answers"])
        ],
    )


@transaction.atomic
def note_call(submission: Submission, *, when: str, who: str, agreed: str, vault: OpenVault) -> None:
    """Seal when somebody rang the safeguarding lead, whom, and what was agreed; the event says no more than that."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(why_not_note_call(load_facts(row, vault.moderator)))
    payload = {"about": CALL, "by": vault.moderator.get_username(), "when": when, "who": who, "agreed": agreed}
    sealed_store.add_sealed(row, SealedText.Kind.NOTE, payload)
    lifecycle.record_event(row, "rang safeguarding", by=vault.moderator)


_WORDS_DEED = "edit the first look"


def what_to_do() -> dict[str, str]:
    changed = dict(RiskWords.objects.values_list("question", "what_to_do"))
    return {risk.slug: changed.get(risk.slug) or risk.what_to_do for risk in danger.RISKS}


def risk_message(risk: danger.Risk, *, language: str) -> str:
    """The message to the contributor in their language, with the site's help lines for it beneath."""
    words = risk_words_of(risk)
    with translation.override(language):
        lines = ready_words.help_lines_in_words(risk.websites)
    message = (language == "cy" and words.message_cy) or words.message or risk.message
    return f"{message}\n\n{lines}".strip()


def risk_words_of(risk: danger.Risk) -> RiskWords:
    saved = RiskWords.objects.filter(question=risk.slug).first()
    return saved or RiskWords(question=risk.slug, what_to_do=risk.what_to_do, message=risk.message)


@transaction.atomic
def save_risk_words(words: RiskWords, *, by: User) -> None:
    words.save()
    audit_log.log_deed(_WORDS_DEED, words, by=by, label=words.question)


@transaction.atomic
def restore_own_words(risk: danger.Risk, *, by: User) -> None:
    words = RiskWords.objects.filter(question=risk.slug).first()
    if words:
        audit_log.log_deed(_WORDS_DEED, words, by=by, label=risk.slug)
        words.delete()
