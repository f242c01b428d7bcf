"""Two people, one text: the first reader puts it forward, the second agrees, each to one digest."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moderation import claims, counting, first_look, policies, publishing, reading, reopening, two_people
from moderation.errors import Refused, refuse_if
from moderation.models import Agreement, WorkingCopy
from moderation.redacting import anonymity, two_checks, what_stays
from moderation.redacting.anonymity import Answered
from moderation.redacting.two_checks import Checks
from moderation.risk import danger as dangers
from moderation.risk.danger import DangerFacts, SealedNo, Statement
from moderation.safekeeping.vault import OpenVault
from stories import agreed_text, going_public, lifecycle
from stories.identifying.wordings import Wording
from stories.looking import Look
from stories.models import SealedText, Story, Submission
from stories.telling import sealed_store

# What a no is sealed to: the longest sentence fits, so that the size of none says that there was something to answer.
_SIZE_OF_A_NO = 9 * 1024  # bytes


def put_forward(
    copy: WorkingCopy,
    digest: str,
    *,
    vault: OpenVault,
    check: Mapping[str, str],
    danger: Statement,
    reasons: Mapping[str, str] | None = None,
    look: Look | None = None,
) -> Agreement:
    """Record the first reader's yes to exactly the text that `digest` names; raises `Refused`.

    `check` and `reasons` are by line of the anonymity check, and sealed with it; `danger` is what they say of danger
    now, and sealed too. `look` is one that a screen shares.
    """
    copy, answered = _there(copy), anonymity.answered(check, reasons)
    nothing_seen = what_stays.Seen([], {"replaced": {}, "left": {}})
    # A look takes seconds: what can be refused without one is refused first, and everything again under the lock.
    refuse_if(_why_not_put_forward(copy, digest, vault=vault, check=answered, danger=danger, seen=nothing_seen))
    # What was seen holds for as long as the version does, and a version is never changed.
    seen = what_stays.seen(copy, vault=vault, look=look or Look())
    return _put_forward(copy, digest, vault=vault, check=answered, danger=danger, seen=seen)


@transaction.atomic
def _put_forward(
    copy: WorkingCopy, digest: str, *, vault: OpenVault, check: Answered, danger: Statement, seen: what_stays.Seen
) -> Agreement:
    copy = _locked(copy)
    refuse_if(_why_not_put_forward(copy, digest, vault=vault, check=check, danger=danger, seen=seen))
    # It may come forward a second time unchanged, after its contributor changed an answer.
    reopening.end_agreements(copy.submission)
    two_checks.seal(copy, check, place=two_checks.FIRST, by=vault.moderator)
    waits = policies.why_not_seen(copy, reading.answers(copy.submission, vault=vault)) is not None
    Submission.objects.filter(pk=copy.submission_id).update(waits_for_yes=waits)
    lifecycle.advance(copy.submission, "put forward", by=vault.moderator, counts=seen.counts)
    claims.end(copy.submission)
    return _record(copy, Agreement.Place.FIRST, danger=danger, vault=vault)


def _why_not_put_forward(
    copy: WorkingCopy, digest: str, *, vault: OpenVault, check: Answered, danger: Statement, seen: what_stays.Seen
) -> str | None:
    opened = _opened(copy, digest, vault)
    if refused := policies.why_not_put_forward(opened, held_back=seen.held_back, check=check):
        return refused
    facts = first_look.facts(copy.submission, opened.answers, vault=vault)
    return policies.why_not_begun(facts) or policies.why_not_no_danger(danger, facts.danger)


@transaction.atomic
def answer(
    copy: WorkingCopy,
    digest: str,
    *,
    vault: OpenVault,
    check: Mapping[str, str],
    reasons: Mapping[str, str] | None = None,
) -> Checks:
    """Seal the second reader's own answers, given blind, and return both readers'; raises `Refused`.

    Answers that differ leave an event and keep everybody from agreeing until the text has come forward anew.
    """
    copy, mine = _locked(copy), anonymity.answered(check, reasons)
    both = two_checks.about(copy, vault=vault)
    refuse_if(policies.why_not_answer(_opened(copy, digest, vault), checks=both, check=mine))
    if both.of(vault.moderator) is None:
        two_checks.seal(copy, mine, place=two_checks.SECOND, by=vault.moderator)
        both = two_checks.about(copy, vault=vault)
        if both.differing:
            many = two_checks.counts(both.many(both.differing))
            lifecycle.record(copy.submission, "differ", by=vault.moderator, counts=many)
    return both


def agree(
    copy: WorkingCopy,
    digest: str,
    *,
    vault: OpenVault,
    danger: Statement,
    check: Mapping[str, str] | None = None,
    look: Look | None = None,
) -> Story:
    """Record the second reader's yes and write the story; raises `Refused` and leaves nothing half done.

    `danger` is what they say of danger now, after what the first reader said of it. `check` is for who hasn't answered
    the anonymity check yet; it is kept even where the yes is refused.
    """
    copy = _there(copy)
    if check is not None:
        answer(copy, digest, vault=vault, check=check)
    refuse_if(_why_not_agree(copy, digest, vault=vault, danger=danger, held_back=[]))
    opened = reading.working_copy(copy.sealed, vault=vault)
    held_back = going_public.sure_ones(what_stays.looked_at(opened["fields"], look or Look()))
    return _agree(copy, digest, vault=vault, danger=danger, held_back=held_back)


@transaction.atomic
def _agree(copy: WorkingCopy, digest: str, *, vault: OpenVault, danger: Statement, held_back: list[Wording]) -> Story:
    _row, story = lifecycle.lock_both(copy.submission_id)
    copy = _there(copy)
    refuse_if(_why_not_agree(copy, digest, vault=vault, danger=danger, held_back=held_back))
    opened = _opened(copy, digest, vault)
    two_people.refuse_unfit(agreed_text.canonical(opened.fields), salt=opened.payload["salt"], digest=digest)
    second = _record(copy, Agreement.Place.SECOND, danger=danger, vault=vault)
    # All that they wrote is opened; their yes to the text, the one thing more, holds nothing to open. What comes
    # from here on keeps the story out of the batch until somebody opens it.
    Submission.objects.filter(pk=copy.submission_id).update(unopened_since=None)
    lifecycle.advance(copy.submission, "agree", by=vault.moderator, counts=_counts(copy, vault))
    claims.end(copy.submission)
    first = copy.agreements.get(place=Agreement.Place.FIRST)
    if story is not None:
        return publishing.rewrite(story, copy, opened.payload, first_reader=first.by, second_reader=second.by)
    counting.keep(opened.answers)
    return publishing.write(copy, opened.payload, opened.answers, first_reader=first.by, second_reader=second.by)


def _counts(copy: WorkingCopy, vault: OpenVault) -> lifecycle.Counts:
    checks = two_checks.about(copy, vault=vault)
    mine = checks.of(vault.moderator)
    return two_checks.counts(checks.many(mine)) if mine else {}


def _why_not_agree(
    copy: WorkingCopy, digest: str, *, vault: OpenVault, danger: Statement, held_back: list[Wording]
) -> str | None:
    opened, checks = _opened(copy, digest, vault), two_checks.about(copy, vault=vault)
    if refused := policies.why_not_agree(opened, held_back=held_back, checks=checks):
        return refused
    facts = first_look.facts(copy.submission, opened.answers, vault=vault)
    return (
        policies.why_not_begun(facts)
        or policies.why_not_first_no(first_no(copy, facts.danger), facts.danger)
        or policies.why_not_no_danger(danger, facts.danger)
    )


def first_no(copy: WorkingCopy, facts: DangerFacts) -> SealedNo | None:
    """What the first reader said of danger with their yes to this version; None where they weren't asked yet."""
    if not copy.agreements.filter(place=Agreement.Place.FIRST, no_danger=True).exists():
        return None
    said = [no for no in facts.noes if no.digest == copy.digest and no.place == Agreement.Place.FIRST]
    return said[-1] if said else None


@transaction.atomic
def send_back(copy: WorkingCopy, note: str, *, by: Any) -> None:
    """Give a text back to its first reader with a sealed note; raises `Refused`.

    Sealing needs no open vault, so a note typed before it locked isn't lost.
    """
    row, _story = lifecycle.lock_both(copy.submission_id)
    refuse_if(policies.why_not_send_back(_there(copy), note, by))
    reopening.send_back(row, note, by=by)
    copy.submission.refresh_from_db()


def _locked(copy: WorkingCopy) -> WorkingCopy:
    """Take the submission's row, so that of two requests at once the second sees what the first did."""
    Submission.objects.select_for_update().get(pk=copy.submission_id)
    return _there(copy)


def _there(copy: WorkingCopy) -> WorkingCopy:
    found = WorkingCopy.objects.select_related("submission", "sealed").filter(pk=copy.pk).first()
    if found is None:
        raise Refused(_("This text was erased, or withdrawn by its contributor."))
    return found


def _opened(copy: WorkingCopy, digest: str, vault: OpenVault) -> policies.Opened:
    payload, answers = reading.working_copy(copy.sealed, vault=vault), reading.answers(copy.submission, vault=vault)
    return policies.Opened(copy, digest, vault, payload, answers)


def _record(copy: WorkingCopy, place: Agreement.Place, *, danger: Statement, vault: OpenVault) -> Agreement:
    """Keep a yes, and sealed with it what its reader said of danger: of every one, so that none stands out."""
    facts, by = reading.danger_of(copy.submission, vault=vault), vault.moderator
    no = SealedNo(by.pk, str(place), copy.digest, len(facts.looks), facts.dangers, danger.text.strip())
    sealed_store.add(copy.submission, SealedText.Kind.NOTE, {"about": dangers.ABOUT, **asdict(no)}, size=_SIZE_OF_A_NO)
    yes = two_people.a_yes(place, digest=copy.digest, by=by)
    # The rules let nobody come this far with another answer; the triggers take no row without it.
    return Agreement.objects.create(working_copy=copy, no_danger=danger.now == "no", **yes)
