"""Rules of writing a version, putting it forward, agreeing to it and sending it back, and of blind second readings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from moderation.facts import Facts, TextFacts
from moderation.models import WorkingCopy
from moderation.policies import access, danger as dangers
from moderation.policies.access import REASONS, reason_if
from moderation.policies.danger import RiskFacts, Statement
from moderation.policies.stories import why_not_corrected
from moderation.redaction.anonymity_check import Answered, Checks, why_not_answered, why_not_checked
from moderation.team.keys import NEW_KEY_WAITS
from moderation.team.permissions import in_words, why_not
from moderation.team.vault import OpenVault
from stories.core import lifecycle, publication_gate
from stories.core.lifecycle import OPEN_TO_WORK
from stories.core.sealed_store import Payload
from stories.intake import questions
from stories.pii.replacements import Wording

# What notes are about that nobody waits for: danger, a case, a call about it, and what a hold waits for.
SEEN_AT_ONCE = (dangers.NOTED, "case", "safeguarding", "hold")


@dataclass(frozen=True)
class Opened:
    """A text to say yes to, opened. `digest` is of the text on their screen, `payload` sealed with it."""

    facts: TextFacts
    copy: WorkingCopy
    digest: str
    payload: Payload
    account: Mapping[str, str]
    answers: Payload
    checks: Checks
    risks: RiskFacts
    vault: OpenVault

    @property
    def fields(self) -> dict[str, str]:
        return self.payload["fields"]

    @property
    def left(self) -> Mapping[str, str]:
        return self.payload.get("left", {})


def why_not_write(facts: Facts) -> str | None:
    decided = reason_if(facts.status not in OPEN_TO_WORK, "text_decided")
    return why_not("write a working copy", facts.person) or decided or access.why_not_holder(facts)


def why_not_keep(facts: TextFacts) -> str | None:
    """Say that a version which would end somebody's yes is never made by itself: a slip of the hand could."""
    newest = facts.newest
    if newest is None:
        return None
    if newest.digest == facts.submission.yes_to_digest:
        return f"{REASONS['contributor_said_yes']} {REASONS['press_save']}"
    is_agreed = any(yes.working_copy_id == newest.pk for yes in facts.agreements)
    return f"{REASONS['somebody_agreed']} {REASONS['press_save']}" if is_agreed else None


def most_shown(answers: Mapping[str, object]) -> str:
    """The place that the contributor lets us show at the most; nothing, where they didn't say."""
    return questions.WHERE[questions.how_much_of_where(answers.get("place_shown"))]


def why_not_published(fields: Mapping[str, str], answers: Mapping[str, object]) -> str | None:
    if not answers.get("consent_publish"):
        return REASONS["no_consent"]
    if questions.how_much_of_where(fields["place_shown"]) > questions.how_much_of_where(answers.get("place_shown")):
        return REASONS["shows_too_much"]
    return None


def why_not_forward_yet(
    facts: TextFacts, answers: Mapping[str, object], risks: RiskFacts, vault: OpenVault
) -> str | None:
    """Say, before anybody answers the check, why this person can put no text of it forward, whatever it says."""
    return (
        why_not("put forward", facts.person)
        or access.why_not_holder(facts)
        or lifecycle.why_not("put forward", status=facts.status)
        # An exercise is for the hours in which a new key can't say yes.
        or (None if access.why_not_for_real(facts.submission) else why_not_trusted(vault))
        or why_not_read_up(facts)
        or dangers.why_not_reads(facts.person, risks.danger)
        or reason_if(not answers.get("consent_publish"), "no_consent")
        or dangers.why_not_begun(risks)
    )


def why_not_put_forward(
    opened: Opened, *, held_back: Iterable[Wording], check: Answered, danger: Statement
) -> str | None:
    """Say why the first reader can't put exactly this text forward, by what was seen in it and their say of danger."""
    facts, fields = opened.facts, opened.fields
    return (
        why_not_forward_yet(facts, opened.answers, opened.risks, opened.vault)
        or _why_not_shown(facts, opened.copy, opened.digest)
        or reason_if(opened.copy.written_by_id != facts.person.pk, "not_own_version")
        or reason_if(not fields["title"].strip() or not fields["text"].strip(), "not_whole")
        or why_not_published(fields, opened.answers)
        or why_not_corrected(facts, fields)
        or publication_gate.why_not(held_back, left=opened.left)
        or why_not_checked(check)
        or dangers.why_not_no_danger(danger, opened.risks.danger)
    )


def why_not_trusted(vault: OpenVault) -> str | None:
    opens_at = vault.admitted_at + NEW_KEY_WAITS
    if timezone.now() >= opens_at:
        return None
    return REASONS["new_key"] % {"when": in_words(opens_at)}


def why_not_read_up(facts: TextFacts) -> str | None:
    """Say that the contributor wrote or changed something which this person hasn't opened."""
    return reason_if(facts.done_since_opened(lifecycle.MESSAGES), "unread") or reason_if(
        facts.done_since_opened(lifecycle.CHANGES), "unread_choice"
    )


def _why_not_shown(facts: TextFacts, copy: WorkingCopy, digest: str) -> str | None:
    """Say that the text which stood on a screen, named by `digest`, isn't the one that waits."""
    is_other = digest != copy.digest or facts.newest is None or facts.newest.pk != copy.pk
    return reason_if(is_other, "text_changed")


def why_not_answer(opened: Opened, *, check: Answered) -> str | None:
    # Whoever has seen both can't answer as if they hadn't.
    before = opened.checks.by_second_reader(opened.facts.person.pk)
    is_other = before is not None and before.answers != check.answers
    return (
        _why_not_a_reader(opened)
        or why_not_unfolded(opened.facts)
        or reason_if(is_other, "checked_already")
        or why_not_answered(check)
    )


def why_not_agree(opened: Opened, *, held_back: Iterable[Wording], danger: Statement) -> str | None:
    """Say why this person can't agree, as second reader, to exactly this text; as `why_not_put_forward` takes it."""
    facts, risks = opened.facts, opened.risks
    left = publication_gate.why_not(held_back, left=opened.left)
    is_checked = opened.checks.by_second_reader(facts.person.pk)
    return (
        _why_not_a_reader(opened)
        or why_not_unfolded(facts)
        # A second reader can't change a word.
        or (left and f"{left} {REASONS['send_back_for_that']}")
        or reason_if(not is_checked, "check_first")
        or dangers.why_not_begun(risks)
        or dangers.why_not_first_no(dangers.first_no(facts, opened.copy, risks.danger), risks.danger)
        or dangers.why_not_no_danger(danger, risks.danger)
    )


def why_not_join(opened: Opened, sentence: str) -> str | None:
    may_join = opened.checks.may_join(opened.facts.person.pk)
    return (
        reason_if(not may_join, "cannot_join")
        or _why_not_to_second(opened)
        or why_not_unfolded(opened.facts)
        or reason_if(not dangers.is_sentence(sentence), "join_unexplained")
    )


def _why_not_a_reader(opened: Opened) -> str | None:
    return _why_not_to_second(opened) or why_not_same(opened.checks)


def _why_not_to_second(opened: Opened) -> str | None:
    facts = opened.facts
    return (
        why_not("agree", facts.person)
        or access.why_not_for_real(facts.submission)
        or lifecycle.why_not("agree", status=facts.status)
        or why_not_trusted(opened.vault)
        or why_not_read_up(facts)
        or dangers.why_not_reads(facts.person, opened.risks.danger)
        or _why_not_shown(facts, opened.copy, opened.digest)
        or why_not_second(facts, opened.copy)
        or why_not_published(opened.fields, opened.answers)
        or why_not_corrected(facts, opened.fields)
        or why_not_seen(facts, opened.copy, opened.answers)
        or why_not_again(opened.checks, facts.person.pk)
    )


def why_not_unfolded(facts: TextFacts) -> str | None:
    """Say that this person hasn't read the account that the text is made of, as it stands now."""
    return reason_if(not (facts.submission.is_erased or facts.is_unfolded), "folded")


def why_not_second(facts: TextFacts, copy: WorkingCopy) -> str | None:
    if reason := access.why_not_conflicted(facts):
        return reason
    if facts.person.pk in facts.writers:
        return REASONS["wrote_it"]
    first = facts.first_yes(copy)
    if first is None or first.digest != copy.digest:
        return REASONS["not_put_forward"]
    if first.by_id == facts.person.pk:
        return REASONS["put_it_forward"]
    if not access.approval_is_valid("put forward", facts, first.by_id):
        return REASONS["first_gone"]
    # Whoever took it in hand since it came forward could see its first reader's reasons.
    return reason_if(facts.was_mine_since_put_forward, "not_blind")


def is_for_second(facts: TextFacts) -> bool:
    """True where this person could be the second reader of what was put forward, and doesn't work on it themselves."""
    copy = facts.newest if facts.status in lifecycle.PUT_FORWARD else None
    return copy is not None and why_not_second(facts, copy) is None and access.why_not_holder(facts) is not None


def why_not_seen(facts: TextFacts, copy: WorkingCopy, answers: Mapping[str, object]) -> str | None:
    waits = answers.get("consent_ask_again") and facts.submission.yes_to_digest != copy.digest
    return reason_if(waits, "not_shown_yet")


def why_not_same(checks: Checks) -> str | None:
    if checks.first is None:
        return REASONS["no_first_check"]
    return reason_if(checks.differing is not None, "checks_differ")


def why_not_send_back(facts: TextFacts, copy: WorkingCopy, note: str) -> str | None:
    return (
        access.why_not_allowed("send back", facts)
        or lifecycle.why_not("send back", status=facts.status)
        or _why_not_shown(facts, copy, copy.digest)
        or reason_if(not note.strip(), "no_note")
    )


def reads_blind(facts: TextFacts) -> bool:
    """True where no page may show this person a note or a reason, because they may still be its second reader."""
    may_be_second = facts.status in lifecycle.PUT_FORWARD and facts.person.pk not in facts.writers
    return may_be_second and not facts.was_mine_since_put_forward


def is_note_for_later(facts: TextFacts, note: Payload, *, is_blind: bool) -> bool:
    """True of a note that may say what was answered, for whoever has yet to answer the check, or may come to."""
    is_in_work = facts.status in OPEN_TO_WORK and facts.status not in lifecycle.PUT_FORWARD
    knows_it = facts.is_mine or facts.person.pk in facts.writers or note["by"] == facts.person.name
    # Blind even to their own: it may say what both answered about the text before this one.
    return note.get("about") not in SEEN_AT_ONCE and (is_blind or (is_in_work and not knows_it))


def why_not_again(checks: Checks, person: int | None) -> str | None:
    """Say that this person has seen what the first reader answers about these very words."""
    return reason_if(person in checks.differed, "compared_already")
