"""Two people, one text: the first reader puts it forward, the second agrees, each to one digest."""

from collections.abc import Collection
from dataclasses import asdict, replace
from itertools import pairwise

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from moderation import claims, decisions, first_look, publishing, reading, working_copies
from moderation.facts import load_text_facts
from moderation.models import Agreement, WorkingCopy
from moderation.policies import danger as dangers, texts
from moderation.policies.danger import SealedNo, Statement
from moderation.policies.texts import Opened
from moderation.redaction import findings
from moderation.redaction.anonymity_check import FIRST, SECOND, Answered, Checks
from moderation.team.permissions import Refused, refuse_if
from moderation.team.vault import OpenVault
from stories.core import agreed_text, lifecycle, publication_gate, sealed_store
from stories.core.scanner import Look
from stories.models import SealedText, Story, Submission

# What a no is sealed to: the longest sentence fits, so that the size of none says that there was something to answer.
_SIZE_OF_A_NO = 9 * 1024  # bytes
_KEPT_OF_A_CHECK = ("answers", "reasons", "place", "by", "digest", "joined")


def put_forward(
    copy: WorkingCopy, digest: str, *, vault: OpenVault, check: Answered, danger: Statement, look: Look | None = None
) -> Agreement:
    """Record the first reader's yes to exactly the text that `digest` names; raises `Refused`.

    `check` is their anonymity check, and `danger` what they say of danger now; both are sealed with the text. `look` is
    one that a screen shares.
    """
    # A look takes seconds: what can be refused without one is refused first, and everything again under the lock.
    opened = _opened(copy, digest, vault)
    refuse_if(texts.why_not_put_forward(opened, held_back=[], check=check, danger=danger))
    # What was seen holds for as long as the version does, and a version is never changed.
    held_back, counts = findings.what_is_seen(opened.fields, opened.account, look=look or Look())
    with transaction.atomic():
        Submission.objects.select_for_update().get(pk=copy.submission_id)
        opened = _opened(copy, digest, vault)
        row = opened.facts.submission
        refuse_if(texts.why_not_put_forward(opened, held_back=held_back, check=check, danger=danger))
        # It may come forward a second time unchanged, after its contributor changed an answer.
        working_copies.end_agreements(row)
        _seal_check(opened, check, FIRST)
        waits = texts.why_not_seen(opened.facts, opened.copy, opened.answers) is not None
        Submission.objects.filter(pk=row.pk).update(waits_for_yes=waits)
        lifecycle.advance(row, "put forward", by=vault.moderator, counts=counts)
        claims.end_claim(row)
        return _record(opened, Agreement.Place.FIRST, danger=danger)


@transaction.atomic
def answer_check(copy: WorkingCopy, digest: str, *, vault: OpenVault, check: Answered) -> Checks:
    """Seal the second reader's own answers, given blind, and return both readers'; raises `Refused`.

    Answers that differ leave an event and keep everybody from agreeing until the text has come forward anew.
    """
    Submission.objects.select_for_update().get(pk=copy.submission_id)
    opened = _opened(copy, digest, vault)
    both, by = opened.checks, vault.moderator
    refuse_if(texts.why_not_answer(opened, check=check))
    if both.by_second_reader(by.pk) is None:
        both = replace(both, all=(*both.all, _seal_check(opened, check, SECOND)))
        if both.differing:
            # For the figure of how often the two agree.
            counts = {"readers": both.many(both.differing)}
            lifecycle.record_event(opened.facts.submission, "differ", by=by, counts=counts)
    return both


@transaction.atomic
def join_first(copy: WorkingCopy, digest: str, *, vault: OpenVault, sentence: str) -> None:
    """Take the first reader's answers over, who marked more, with a sentence that says why; raises `Refused`.

    Where the second saw something that the first didn't, the text goes back: nobody joins in not having seen it.
    """
    Submission.objects.select_for_update().get(pk=copy.submission_id)
    opened = _opened(copy, digest, vault)
    refuse_if(texts.why_not_join(opened, sentence))
    first = opened.checks.first
    assert first is not None  # noqa: S101 - no rule lets anybody join nobody
    _seal_check(opened, replace(first, reasons={}, joined=sentence.strip()), SECOND)


def agree_to_text(
    copy: WorkingCopy,
    digest: str,
    *,
    vault: OpenVault,
    danger: Statement,
    check: Answered | None = None,
    look: Look | None = None,
) -> Story:
    """Record the second reader's yes and write the story; raises `Refused` and leaves nothing half done.

    `danger` is what they say of danger now, after what the first reader said of it. `check` is for who hasn't answered
    the anonymity check yet; it is kept even where the yes is refused.
    """
    if check is not None:
        answer_check(copy, digest, vault=vault, check=check)
    # Before the lock, for a look takes seconds; it holds as long as the version does, which never changes.
    fields = reading.working_copy(copy.sealed, vault=vault)["fields"]
    held_back = publication_gate.sure_ones(findings.looked_at(fields, look or Look()))
    with transaction.atomic():
        _row, story = lifecycle.lock_both(copy.submission_id)
        opened = _opened(copy, digest, vault)
        refuse_if(texts.why_not_agree(opened, danger=danger, held_back=held_back))
        return _agreed(opened, story, danger=danger)


def _agreed(opened: Opened, story: Story | None, *, danger: Statement) -> Story:
    facts, row, by = opened.facts, opened.facts.submission, opened.vault.moderator
    if agreed_text.text_digest(agreed_text.canonical_text(opened.fields), salt=opened.payload["salt"]) != opened.digest:
        raise Refused(_("The sealed text doesn’t carry its digest. Tell a coordinator before anything else."))
    mine, first = opened.checks.by_second_reader(by.pk), facts.first_yes(opened.copy)
    second = _record(opened, Agreement.Place.SECOND, danger=danger)
    assert first is not None  # noqa: S101 - no rule lets a second yes pass without a first
    assert mine is not None  # noqa: S101 - nor without its own check
    # All that they wrote is opened; their yes to the text, the one thing more, holds nothing to open. What comes
    # from here on keeps the story out of the batch until somebody opens it.
    Submission.objects.filter(pk=row.pk).update(unopened_since=None)
    # Whoever joined the first is counted with what they said on their own, when it differed.
    lifecycle.advance(row, "agree", by=by, counts=None if mine.joined else {"readers": opened.checks.many(mine)})
    claims.end_claim(row)
    if story is None:
        decisions.keep_counted_answers(opened.answers)
    return publishing.write_story(story, opened, first_reader=first.by, second_reader=second.by)


@transaction.atomic
def send_back(submission: Submission, note: str, *, by: User) -> None:
    """Give the newest text back to its first reader with a sealed note; needs no open vault. Raises `Refused`."""
    row, _story = lifecycle.lock_both(submission.pk)
    facts = load_text_facts(row, by)
    if facts.newest is None:
        raise Refused(_("There is no text to send back."))
    refuse_if(texts.why_not_send_back(facts, facts.newest, note))
    working_copies.send_back(row, note, by=by)
    submission.refresh_from_db()


def _opened(copy: WorkingCopy, digest: str, vault: OpenVault) -> Opened:
    """The version as it is now, opened; raises `Refused` where it is gone.

    With the row locked before it, the second of two requests at once sees what the first did.
    """
    facts = load_text_facts(copy.submission_id, vault.moderator)
    found = next((each for each in facts.versions if each.pk == copy.pk), None)
    if found is None:
        raise Refused(_("This text was erased, or withdrawn by its contributor."))
    seen = reading.Unsealed(facts, vault=vault)
    payload = seen.version(found) if found is facts.newest else reading.working_copy(found.sealed, vault=vault)
    return Opened(
        facts,
        found,
        digest,
        payload,
        account=seen.account,
        answers=seen.answers,
        checks=checks_of(seen, found) if facts.status in lifecycle.PUT_FORWARD else Checks(()),
        risks=first_look.risk_facts(seen),
        vault=vault,
    )


def _record(opened: Opened, place: Agreement.Place, *, danger: Statement) -> Agreement:
    """Keep a yes, and sealed with it what its reader said of danger: of every one, so that none stands out."""
    facts, copy, by = opened.risks.danger, opened.copy, opened.vault.moderator
    no = SealedNo(by.pk, str(place), copy.digest, len(facts.looks), facts.dangers, danger.text.strip())
    payload = {"about": dangers.ABOUT, **asdict(no)}
    sealed_store.add_sealed(copy.submission, SealedText.Kind.NOTE, payload, size=_SIZE_OF_A_NO)
    return Agreement.objects.create(
        working_copy=copy,
        digest=copy.digest,
        place=place,
        by=by,
        day=lifecycle.today(),
        # The rules let nobody come this far with another answer; the triggers take no row without it.
        no_danger=danger.now == "no",
    )


def checks_of(seen: reading.Unsealed, copy: WorkingCopy) -> Checks:
    """Both readers' answers about this version since it last came forward, and those who differed about it before."""
    answered = [
        Answered(**{name: payload[name] for name in _KEPT_OF_A_CHECK if name in payload}) for payload in seen.checks
    ]
    # Each time that a text came forward: the first reader's answers, then those of whoever read after them.
    begins = [number for number, each in enumerate(answered) if each.place == FIRST]
    rounds = [tuple(answered[begin:end]) for begin, end in pairwise([*begins, len(answered)])]
    if not rounds or rounds[-1][0].digest != copy.digest:
        return Checks(())
    before = [second for answers in rounds[:-1] if (second := Checks(answers).differing)]
    same = _same_words(copy, {each.digest for each in before}, seen.vault)
    return Checks(rounds[-1], differed=frozenset(each.by for each in before if each.digest in same))


def _same_words(copy: WorkingCopy, digests: Collection[str], vault: OpenVault) -> set[str]:
    """Those of these digests whose versions say exactly what this one says: saving it again changes no word."""
    if not digests:
        return set()
    others = copy.submission.working_copies.filter(digest__in=digests).select_related("sealed")
    said = {each.digest: reading.working_copy(each.sealed, vault=vault)["fields"] for each in others}
    mine = reading.working_copy(copy.sealed, vault=vault)["fields"] if said else {}
    return {digest for digest, fields in said.items() if fields == mine}


def _seal_check(opened: Opened, check: Answered, place: str) -> Answered:
    """Keep one reader's answers, as it returns them; the first's begin a new round."""
    sealed = replace(check, by=opened.vault.moderator.pk, place=str(place), digest=opened.copy.digest)
    sealed_store.add_sealed(opened.copy.submission, SealedText.Kind.CHECK, asdict(sealed))
    return sealed
