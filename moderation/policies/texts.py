"""Who may write a version, put it forward, agree to it, or send it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moderation import reading, two_people, unopened, versions
from moderation.deeds import why_not
from moderation.models import Agreement, WorkingCopy
from moderation.personal.care import why_not_apart
from moderation.policies.blind import why_not_again, why_not_blind
from moderation.policies.corrections import why_not_corrected
from moderation.policies.in_hand import why_not_holder
from moderation.policies.practice import why_not_for_real
from moderation.policies.standing import is_stood_by
from moderation.redacting import what_stays
from moderation.redacting.anonymity import Answered, why_not_answered, why_not_checked
from moderation.redacting.two_checks import Checks
from moderation.safekeeping.vault import OpenVault
from stories import going_public, lifecycle
from stories.identifying.wordings import Wording
from stories.lifecycle import OPEN_TO_WORK
from stories.models import Submission
from stories.telling import questions

NEW_KEY_WAITS = timedelta(hours=48)


@dataclass(frozen=True)
class Opened:
    """A version with an open vault: what somebody would say yes to, and what its contributor answered.

    `digest` is of the text that stood on their screen, `payload` what is sealed with the version.
    """

    copy: WorkingCopy
    digest: str
    vault: OpenVault
    payload: dict[str, Any]
    answers: dict[str, Any]

    @property
    def submission(self) -> Submission:
        return self.copy.submission

    @property
    def fields(self) -> dict[str, str]:
        found: dict[str, str] = self.payload["fields"]
        return found

    @property
    def left(self) -> Mapping[str, str]:
        """Why what could identify somebody stays, by the key of its wording."""
        found: Mapping[str, str] = self.payload.get("left", {})
        return found


def why_not_write(submission: Submission, user: Any) -> str | None:
    """Say why this person can't write a version now."""
    if reason := why_not("write a working copy", user):
        return reason
    if submission.status not in OPEN_TO_WORK:
        return _("This is decided, or withdrawn, so its text can’t change here.")
    return why_not_holder(submission, user)


def why_not_put_forward(opened: Opened, *, held_back: Iterable[Wording], check: Answered) -> str | None:
    """Say why the first reader can't put exactly this text forward; `held_back` is what was seen in it."""
    submission, user = opened.submission, opened.vault.moderator
    return (
        why_not("put forward", user)
        or why_not_holder(submission, user)
        or lifecycle.why_not("put forward", status=submission.status)
        # An exercise is for the hours in which a new key can't say yes.
        or (None if why_not_for_real(submission) else why_not_trusted(opened.vault))
        or why_not_read_up(submission, user)
        or _why_not_this_text(opened.copy, opened.digest)
        or _why_not_the_writer(opened.copy, user)
        or _why_not_whole(opened.fields)
        or why_not_published(opened.fields, opened.answers)
        or why_not_corrected(submission, opened.fields)
        or going_public.why_not(held_back, left=opened.left)
        or why_not_checked(check)
    )


def why_not_answer(opened: Opened, *, checks: Checks, check: Answered) -> str | None:
    """Say why this person can't answer the anonymity check of exactly this text as its second reader."""
    return (
        _why_not_a_reader(opened, checks)
        or why_not_answered(check)
        or _why_not_once_more(checks.of(opened.vault.moderator), check)
    )


def why_not_agree(opened: Opened, *, held_back: Iterable[Wording], checks: Checks) -> str | None:
    """Say why this person can't agree, as the second reader, to exactly this text; `held_back` was seen in it."""
    return (
        _why_not_a_reader(opened, checks)
        or why_not_unfolded(opened.submission, opened.vault.moderator)
        or what_stays.why_not_agree(held_back, left=opened.left)
        or (None if checks.of(opened.vault.moderator) else _("Answer the anonymity check first."))
    )


def _why_not_a_reader(opened: Opened, checks: Checks) -> str | None:
    submission, user = opened.submission, opened.vault.moderator
    return (
        why_not("agree", user)
        or why_not_for_real(submission)
        or lifecycle.why_not("agree", status=submission.status)
        or why_not_trusted(opened.vault)
        or why_not_read_up(submission, user)
        or _why_not_this_text(opened.copy, opened.digest)
        or why_not_second(opened.copy, user)
        or why_not_published(opened.fields, opened.answers)
        or why_not_corrected(submission, opened.fields)
        or why_not_seen(opened.copy, opened.answers)
        or why_not_again(checks, user)
        or why_not_same(checks)
    )


def why_not_unfolded(submission: Submission, user: Any) -> str | None:
    """Say that this person hasn't read the account that the text is made of, as it stands now."""
    if submission.is_erased or reading.has_unfolded(submission, user):
        return None
    return _("Unfold the account and read it beside the text first. A yes is to both.")


def _why_not_once_more(before: Answered | None, check: Answered) -> str | None:
    """Whoever has seen both can't answer as if they hadn't."""
    if before is not None and before.answers != check.answers:
        return _("You have answered this check already, and your first answers count.")
    return None


def why_not_same(checks: Checks) -> str | None:
    """Say that the two readers' checks differ, or that there is nothing to compare with."""
    if checks.first is None:
        return _("No anonymity check of its first reader is kept with this text. Send it back for one.")
    if checks.differing is not None:
        return _(
            "The two readers answered the anonymity check differently, so this text goes back to its first reader."
        )
    return None


def why_not_second(copy: WorkingCopy, user: Any) -> str | None:
    """Say why this person isn't a second pair of eyes for this submission."""
    if reason := why_not_apart(copy.submission, user):
        return reason
    first = Agreement.objects.filter(working_copy=copy, place=Agreement.Place.FIRST).first()
    refused = two_people.why_not_second(
        user,
        writers=versions.writers(copy.submission),
        first=first,
        digest=copy.digest,
        stands_by=lambda giver: is_stood_by("put forward", copy.submission, giver),
    )
    return refused or why_not_blind(copy.submission, user)


def is_for_second(submission: Submission, user: Any) -> bool:
    """True where this person could be the second reader of what was put forward, and doesn't work on it themselves."""
    copy = versions.current(submission) if submission.status in lifecycle.PUT_FORWARD else None
    return copy is not None and why_not_second(copy, user) is None and why_not_holder(submission, user) is not None


def why_not_send_back(copy: WorkingCopy, note: str, user: Any) -> str | None:
    """Say why this person can't give the text back to its first reader."""
    return (
        why_not("send back", user)
        or why_not_apart(copy.submission, user)
        or lifecycle.why_not("send back", status=copy.submission.status)
        or _why_not_newest(copy)
        or (None if note.strip() else _("Say in a sentence what should change, so that the first reader knows."))
    )


def why_not_trusted(vault: OpenVault) -> str | None:
    """Say why this person's key can't say yes yet."""
    opens_at = vault.admitted_at + NEW_KEY_WAITS
    if timezone.now() < opens_at:
        when = date_format(timezone.localtime(opens_at), "l j F, H:i")
        return _("Your key was admitted less than 48 hours ago. You can read now, and agree from %(when)s.") % {
            "when": when
        }
    return None


def why_not_read_up(submission: Submission, user: Any) -> str | None:
    """Say that the contributor wrote or changed something which this person hasn't opened."""
    if unopened.new_to(user, submission):
        return _(
            "The contributor has written, and you haven’t read it yet. It may ask for a change. Read it, then decide."
        )
    if unopened.changed_for(user, submission):
        return _("The contributor has changed an answer or a choice. Open the account again, then decide.")
    return None


def why_not_seen(copy: WorkingCopy, answers: Mapping[str, Any]) -> str | None:
    """Say that the contributor has still to see the text, where they asked to."""
    if answers.get("consent_ask_again") and copy.submission.yes_to_digest != copy.digest:
        return _("The contributor asked to see the final text first, and hasn’t said yes to this one yet.")
    return None


def _why_not_this_text(copy: WorkingCopy, digest: str) -> str | None:
    newest = versions.current(copy.submission)
    return two_people.why_not_this_text(digest, copy.digest, is_newest=newest is not None and newest.pk == copy.pk)


def _why_not_newest(copy: WorkingCopy) -> str | None:
    return _why_not_this_text(copy, copy.digest)


def _why_not_the_writer(copy: WorkingCopy, user: Any) -> str | None:
    if copy.written_by_id != user.pk:
        return _("Save this as your own version first: who puts a text forward answers for it.")
    return None


def _why_not_whole(fields: Mapping[str, str]) -> str | None:
    if not fields["title"].strip() or not fields["text"].strip():
        return _("A story has a title and a text. Add what is missing and save, then put it forward.")
    return None


def why_not_published(fields: Mapping[str, str], answers: Mapping[str, Any]) -> str | None:
    """Say why its contributor's choices don't allow these words to be a story."""
    if not answers.get("consent_publish"):
        return _("The contributor didn’t agree to a story. It can be counted or declined, not published.")
    if questions.how_much_of_where(fields["place_shown"]) > questions.how_much_of_where(answers.get("place_shown")):
        return _("The contributor chose to show less about where it was. Choose no more than they did.")
    return None


def most_shown(answers: Mapping[str, Any]) -> str:
    """How much about where the contributor lets us show; nothing, where they didn't say."""
    return questions.WHERE[questions.how_much_of_where(answers.get("place_shown"))]
