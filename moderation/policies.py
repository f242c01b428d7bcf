"""Who may do what: each function returns the reason why not, or None.

Being in a group is asked by name and never through permissions, because a superuser has every
permission and must still be nobody here.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from moderation import working_copies
from moderation.models import Agreement, Claim, WorkingCopy
from moderation.vault import OpenVault
from stories import lifecycle
from stories.models import Story, Submission

MODERATORS, COORDINATORS, EDITORS = "Moderators", "Coordinators", "Editors"
NEW_KEY_WAITS = timedelta(hours=48)

# Which role may do which deed; None stands for a superuser in no group. The tests walk the real addresses.
DEEDS: dict[str, frozenset[str]] = {
    "see the queue": frozenset({MODERATORS}),
    "open an account": frozenset({MODERATORS}),
    "write a working copy": frozenset({MODERATORS}),
    "put forward": frozenset({MODERATORS}),
    "agree": frozenset({MODERATORS}),
    "take a story down": frozenset({MODERATORS}),
    "put a story back": frozenset({MODERATORS}),
    "list stories": frozenset({MODERATORS, COORDINATORS}),
    "unlock the vault": frozenset({MODERATORS}),
    "admit a key": frozenset({MODERATORS}),
    "stop a key": frozenset({MODERATORS, COORDINATORS}),
    "see the people": frozenset({MODERATORS, COORDINATORS}),
    "publish a batch": frozenset({COORDINATORS}),
    "edit pages": frozenset({EDITORS}),
}
_ROLE_NAMES = {MODERATORS: "moderators", COORDINATORS: "coordinators", EDITORS: "editors"}


def roles(user: Any) -> frozenset[str]:
    """The roles of an active person, read once for each request."""
    if not user.is_active:
        return frozenset()
    if not hasattr(user, "_heard_roles"):
        user._heard_roles = frozenset(user.groups.values_list("name", flat=True))
    found: frozenset[str] = user._heard_roles
    return found


def why_not(deed: str, user: Any) -> str | None:
    """Say why this person's roles don't allow `deed`."""
    allowed = DEEDS[deed]
    if roles(user) & allowed:
        return None
    return f"Only {' and '.join(sorted(_ROLE_NAMES[role] for role in allowed))} can do this."


def why_not_write(submission: Submission, user: Any) -> str | None:
    """Say why this person can't write a version now."""
    if reason := why_not("write a working copy", user):
        return reason
    if submission.status not in ("received", "waiting", "held", "prepared"):
        return "This is decided, so its text can't change here."
    return why_not_holder(submission, user)


def why_not_holder(submission: Submission, user: Any) -> str | None:
    """Say why this person doesn't have the submission in hand."""
    claim = Claim.objects.filter(submission=submission, expires_at__gt=timezone.now()).first()
    if claim is None:
        return "Claim it first, so that two people don't work on it at once."
    if claim.holder_id != user.pk:
        return f"{claim.holder.get_username()} has this in hand at the moment."
    return None


def why_not_put_forward(
    copy: WorkingCopy, digest: str, *, vault: OpenVault, answers: dict[str, Any], check: dict[str, str]
) -> str | None:
    """Say why the first reader can't put exactly this text forward."""
    return (
        why_not("put forward", vault.moderator)
        or why_not_holder(copy.submission, vault.moderator)
        or lifecycle.why_not("put forward", status=copy.submission.status)
        or _why_not_trusted(vault)
        or _why_not_this_text(copy, digest)
        or _why_not_the_writer(copy, vault.moderator)
        or _why_not_consented(answers)
        or why_not_checked(check)
    )


def why_not_agree(
    copy: WorkingCopy, digest: str, *, vault: OpenVault, answers: dict[str, Any], check: dict[str, str]
) -> str | None:
    """Say why this person can't be the second reader of exactly this text."""
    return (
        why_not("agree", vault.moderator)
        or lifecycle.why_not("agree", status=copy.submission.status)
        or _why_not_trusted(vault)
        or _why_not_this_text(copy, digest)
        or why_not_second(copy, vault.moderator)
        or _why_not_consented(answers)
        or _why_not_seen(copy, answers)
        or why_not_checked(check)
    )


def why_not_second(copy: WorkingCopy, user: Any) -> str | None:
    """Say why this person isn't a second pair of eyes for this submission."""
    if user.pk in working_copies.writers(copy.submission):
        return "You wrote a version of this text, so another moderator has to be its second reader."
    first = Agreement.objects.filter(working_copy=copy, place=Agreement.Place.FIRST).first()
    if first is None or first.digest != copy.digest:
        return "Nobody has put this text forward."
    if first.by_id == user.pk:
        return "You put this text forward, so another moderator has to be its second reader."
    return None


def _why_not_trusted(vault: OpenVault) -> str | None:
    opens_at = vault.admitted_at + NEW_KEY_WAITS
    if timezone.now() < opens_at:
        when = timezone.localtime(opens_at)
        return f"Your key was admitted less than 48 hours ago. You can read now, and agree from {when:%A %d %B, %H:%M}."
    return None


def _why_not_this_text(copy: WorkingCopy, digest: str) -> str | None:
    newest = working_copies.current(copy.submission)
    if newest is None or newest.pk != copy.pk or digest != copy.digest:
        return "The text has changed since you opened it. Read the new version, then decide."
    return None


def _why_not_the_writer(copy: WorkingCopy, user: Any) -> str | None:
    if copy.written_by_id != user.pk:
        return "Save this as your own version first: who puts a text forward answers for it."
    return None


def _why_not_consented(answers: dict[str, Any]) -> str | None:
    if not answers.get("consent_publish"):
        return "The contributor didn't agree to a story. It can be counted or declined, not published."
    return None


def _why_not_seen(copy: WorkingCopy, answers: dict[str, Any]) -> str | None:
    if answers.get("consent_ask_again") and copy.submission.yes_to_digest != copy.digest:
        return "The contributor asked to see the final text first, and hasn't said yes to this one yet."
    return None


def why_not_checked(check: dict[str, str]) -> str | None:
    """Say which line of the anonymity check isn't answered “none left”."""
    for name, label in ANONYMITY_CHECK.items():
        answer = check.get(name)
        if not answer:
            return f"Answer the anonymity check: {label}."
        if answer != "clear":
            return f"The anonymity check says that there is still something: {label}."
    return None


ANONYMITY_CHECK: dict[str, str] = {
    "names": "names, addresses, schools, workplaces, pictures",
    "dates": "exact dates and small places",
    "numbers": "crime references, collar numbers, phone numbers, handles",
    "traits": "jobs, nationality, visa, faith, trans history, sex work",
    "facts": "unusual facts that only few people share",
    "search": "phrases that a search engine would find",
}


def why_not_put_back(story: Story, user: Any) -> str | None:
    """Say why this person can't ask for, or do, the putting back of a story."""
    if reason := why_not("put a story back", user):
        return reason
    if story.status != Story.Status.HIDDEN:
        return "Only a story that was taken down, and not removed for good, can be put back."
    return None
