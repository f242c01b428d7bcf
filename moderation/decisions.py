"""A moderator's decisions about a submission, short of a story: each one deed, one transaction, one event.

Words that go to a contributor, and a decision that they are told, can be taken back for ten minutes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from moderation import claims, reading, working_copies
from moderation.facts import TextFacts, load_facts, load_text_facts
from moderation.models import ReleaseWish
from moderation.policies import decisions as rules
from moderation.policies.access import why_not_allowed, why_not_claim
from moderation.policies.danger import DangerFacts, why_not_calm
from moderation.team.permissions import Refused, refuse_if
from moderation.team.vault import OpenVault
from stories.core import journal, lifecycle, sealed_store
from stories.core.dates import Quarter
from stories.figures import releases
from stories.intake import questions, retention
from stories.intake.messages import MODERATOR, remember_before, seal_message, sends_at
from stories.models import CountedAnswers, OnItsWay, SealedText, Submission


def decline_account(submission: Submission, *, reason: str, by: User, note: str = "") -> None:
    """End it without a story, for a reason of the closed list; a note goes sealed to the contributor."""
    with _deed_on(submission, decided_by=by) as row:
        refuse_if(rules.why_not_decline(load_facts(row, by), reason))
        _on_its_way(row, "decline", note, by=by, reason=reason)


def ask_contributor(submission: Submission, question: str, *, by: User) -> None:
    """Send the contributor a sealed question, which reaches them ten minutes later; then it waits for their answer."""
    with _deed_on(submission, decided_by=by) as row:
        refuse_if(rules.why_not_ask(load_facts(row, by), question))
        _on_its_way(row, "ask", question, by=by)


def hold_account(
    submission: Submission,
    *,
    look_again_on: date,
    by: User,
    reason: str = "safety",
    keep_until: date | None = None,
    waits_for: str = "",
) -> None:
    """Keep it undecided until a day on which somebody looks again, or until a later one, where it is held already.

    `keep_until` is when it is erased if nobody decides; 30 days after the other day, where none is given.
    The contributor is told both. A date that was told before never comes sooner. `waits_for`, which court and which
    hearing, is for colleagues, and sealed.
    """
    with _deed_on(submission, decided_by=by) as row:
        until = keep_until or rules.least_kept(look_again_on)
        move = "hold again" if row.status == Submission.Status.HELD else "hold"
        days = {"look_again_on": look_again_on, "keep_until": until}
        refuse_if(rules.why_not_hold(load_facts(row, by), reason, **days, move=move))
        _decided(row, move, by=by, reason=reason)
        if waits_for.strip():
            _seal_note(row, waits_for, about="hold", by=by)
        row.look_again_on, row.erase_on = look_again_on, max(row.erase_on, until)
        row.save(update_fields=["look_again_on", "erase_on"])


def write_note(submission: Submission, note: str, *, about: str, by: User) -> None:
    """Seal a note for colleagues, erased with the account; needs no claim, and no open vault that could lock."""
    with _deed_on(submission) as row:
        refuse_if(rules.why_not_note(load_facts(row, by)))
        _seal_note(row, note, about=about, by=by)
        lifecycle.record_event(row, "note", by=by)


def _seal_note(row: Submission, text: str, *, about: str, by: User) -> None:
    note = {"by": by.get_username(), "text": text.strip(), "about": about, "day": lifecycle.today().isoformat()}
    sealed_store.add_sealed(row, SealedText.Kind.NOTE, note)


def release_hold(submission: Submission, *, by: User) -> bool:
    """Let a held one go on once two people want it: the first asks, a second does it. True once it is let go."""
    with _deed_on(submission) as row:
        facts = load_facts(row, by)
        refuse_if(rules.why_not_release(facts))
        if rules.who_asked_to_release(facts) is None:
            wish = {"asked_by": by, "asked_on": lifecycle.today()}
            ReleaseWish.objects.update_or_create(submission=row, defaults=wish)
            lifecycle.record_event(row, "ask to release", by=by)
            return False
        _decided(row, "release", by=by)
        row.look_again_on = None
        row.save(update_fields=["look_again_on"])
        return True


def stop_waiting(submission: Submission, *, by: User) -> None:
    with _deed_on(submission) as row:
        refuse_if(rules.why_not_triage("stop waiting", load_facts(row, by), move="stop waiting"))
        _decided(row, "stop waiting", by=by)


def count_answers(submission: Submission, *, vault: OpenVault) -> None:
    """Keep its ticked answers for the totals and write no story; the vault shows whether they may be counted."""
    with _deed_on(submission) as row:
        seen = reading.unsealed_texts(row, vault=vault)
        refuse_if(rules.why_not_count(seen.facts, seen.answers))
        # Agreed to before, and so in the totals: its story stays when its text is sent back.
        if seen.facts.story is None:
            keep_counted_answers(seen.answers)
        _decided(row, "count", by=vault.moderator)


def mark_urgent(submission: Submission, *, by: User) -> None:
    with _deed_on(submission) as row:
        refuse_if(rules.why_not_mark_urgent(load_facts(row, by)))
        _mark(row, "urgent", is_urgent=True, by=by)


def mark_not_urgent(submission: Submission, *, vault: OpenVault) -> None:
    """Take it out of the urgent lane: one person's no to a bare tick; what may speak of danger needs two people's."""
    with _deed_on(submission) as row:
        refuse_if(rules.why_not_mark_urgent(load_facts(row, vault.moderator)))
        # What is erased has nothing left that could be answered.
        danger = DangerFacts() if row.is_empty else reading.unsealed_texts(row, vault=vault).danger
        refuse_if(why_not_calm(danger))
        _mark(row, "not urgent", is_urgent=False, by=vault.moderator)


def take_out_of_flood(submission: Submission, *, by: User) -> None:
    with _deed_on(submission) as row:
        refuse_if(rules.why_not_triage("take out of the flood", load_facts(row, by)))
        _mark(row, "out of the flood", is_flood=False, by=by)


def _mark(row: Submission, deed: str, *, by: User, **marks: bool) -> None:
    for name, value in marks.items():
        setattr(row, name, value)
    row.save(update_fields=[*marks])
    lifecycle.record_event(row, deed, by=by)


@contextmanager
def _deed_on(submission: Submission, *, decided_by: User | None = None) -> Iterator[Submission]:
    """Lock the row for one deed, which is done whole or not at all; the caller's row says afterwards what it did.

    A second reader who decides about it takes it in hand with that, and reads it second no more.
    """
    with transaction.atomic():
        row = Submission.objects.select_for_update().get(pk=submission.pk)
        is_put_forward = row.status == Submission.Status.PREPARED
        if decided_by and is_put_forward and why_not_claim(load_facts(row, decided_by)) is None:
            claims.take_claim(row, by=decided_by)
        yield row
        submission.refresh_from_db()


def _on_its_way(row: Submission, deed: str, words: str, *, by: User, reason: str = "") -> None:
    """Do a deed that can be taken back: a first yes stays in its place, where nobody can add a second to it."""
    message = _sealed_message(row, words) if words.strip() else None
    remember_before([row], deed, message=message)
    lifecycle.advance(row, deed, by=by, reason=reason)
    claims.end_claim(row)


def _decided(row: Submission, deed: str, *, by: User, reason: str = "") -> None:
    lifecycle.advance(row, deed, by=by, reason=reason)
    # A yes that was given before counts for nothing once the text has to come forward again.
    working_copies.end_agreements(row)
    claims.end_claim(row)
    ReleaseWish.objects.filter(submission=row).delete()


_MESSAGE = "message"
_NAMES = {
    _MESSAGE: gettext_lazy("A message goes to the contributor"),
    "ask": gettext_lazy("A question goes to the contributor"),
    "decline": gettext_lazy("The contributor is told that no story comes of it"),
}


@dataclass(frozen=True)
class Leaving:
    """One thing on its way: what it is in words, the text that it carries (if any), and when it is sent."""

    says: object
    message: UUID | None
    sends_at: datetime


def send_message(submission: Submission, text: str, *, by: User) -> SealedText:
    """Send a contributor a message that changes nothing about where it stands; raises `Refused`."""
    with _deed_on(submission) as row:
        refuse_if(rules.why_not_write_to(load_facts(row, by), text))
        lifecycle.record_event(row, _MESSAGE, by=by)
        return _sealed_message(row, text)


def leaving_messages(facts: TextFacts) -> list[Leaving]:
    deed = facts.on_its_way
    messages = [text for text in facts.texts if text.kind == SealedText.Kind.MESSAGE]
    found = [
        Leaving(_NAMES[_MESSAGE], text.pk, text.sends_at)
        for text in messages
        if text.sends_at and text.sends_at > timezone.now() and (deed is None or text.pk != deed.message)
    ]
    return found + ([Leaving(_NAMES[deed.deed], deed.message, deed.sends_at)] if deed else [])


@transaction.atomic
def take_back(submission: Submission, message: UUID | str | None, *, by: User) -> None:
    """Erase a message that isn't sent yet, and undo the deed that it came with; raises `Refused`.

    Without a `message`, the deed that came without words. One that a form names can be anything.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    facts = load_text_facts(row, by)
    # Any moderator can, in case a colleague has to.
    refuse_if(why_not_allowed("ask", facts))
    found = next((each for each in leaving_messages(facts) if str(each.message or "") == str(message or "")), None)
    if found is None:
        raise Refused(_("It is sent already, or was taken back, so it stays as it is."))
    deed = facts.on_its_way
    if deed is not None and deed.message == found.message:
        _undo(facts, deed, row, by=by)
    else:
        lifecycle.record_event(row, "take back", by=by)
    if found.message is not None:
        row.texts.filter(pk=found.message).delete()
        journal.note_deed("replaced", found.message)
    transaction.on_commit(retention.scrub_database, robust=True)
    submission.refresh_from_db()


def _sealed_message(row: Submission, text: str) -> SealedText:
    sealed = seal_message(row, text.strip(), sender=MODERATOR)
    sealed.sends_at = sends_at()
    sealed.save(update_fields=["sends_at"])
    claims.clear_away_soon()
    return sealed


def _undo(facts: TextFacts, before: OnItsWay, row: Submission, *, by: User) -> None:
    """Have it stand as it stood, in the hands of whoever takes it back."""
    status, forward = before.status, facts.newest and facts.first_yes(facts.newest)
    done = max((event.number for event in facts.events if event.deed == before.deed), default=0)
    wanted = (event for event in facts.events if event.deed in (*lifecycle.MESSAGES, *lifecycle.CHANGES))
    # What was put forward stands again while it is the newest text, and its contributor wanted nothing else meanwhile.
    can_stand = forward and done and not any(event.number > done for event in wanted)
    if status == Submission.Status.PREPARED and not can_stand:
        status = Submission.Status.RECEIVED
        working_copies.end_agreements(row)
    lifecycle.advance(row, f"back to {status}", by=by)
    row.erase_on = before.erase_on
    row.save(update_fields=["erase_on"])
    before.delete()
    if why_not_claim(load_facts(row, by)) is None:
        claims.take_claim(row, by=by)


# The totals of one person are that person's answers, and of two or three nearly so.
FEWEST_PEOPLE = releases.FEWEST_IN_A_QUARTER


@transaction.atomic
def keep_counted_answers(answers: Mapping[str, object]) -> CountedAnswers | None:
    """Add to the totals, if their contributor agreed to be counted and answered any of it; returns the totals.

    Called inside the deed that decides, once: no deed that counts goes from a state that such a deed led to, but for
    what left the batch again. That has a story already, and whoever decides about it anew asks for that first.
    """
    added = Counter(what_counts(answers))
    if not answers.get("consent_count") or not added:
        return None
    row = _open_quarter()
    row.people += 1
    # In the order of names, because the order in which answers first came would tell whose they are.
    row.totals = dict(sorted((added + Counter(row.totals)).items()))
    row.save(update_fields=["people", "totals"])
    return row


def what_counts(answers: Mapping[str, object]) -> Iterator[str]:
    """Name each published table that one person's answers are part of, and their places in it."""
    for table in (*((name,) for name in questions.COUNTED), *questions.COUNTED_TOGETHER):
        ticked = [answers.get(name) for name in table]
        given = [sorted(set(each)) if isinstance(each, list) else [str(each)] for each in ticked]
        if all(ticked):
            yield " ".join(table)
            for slugs in product(*given):
                yield " ".join(f"{name}.{slug}" for name, slug in zip(table, slugs, strict=True))


def _open_quarter() -> CountedAnswers:
    """Return the locked totals of this quarter, or of an earlier one that goes on because few are in it."""
    quarter = str(Quarter.of(lifecycle.today()))
    rows = CountedAnswers.objects.select_for_update()
    last = rows.order_by("-quarter").first()
    if last and (last.people < FEWEST_PEOPLE or last.quarter == quarter):
        return last
    return rows.get_or_create(quarter=quarter)[0]
