"""What a first look allows: when work may begin on an account, and when it may not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from moderation.deeds import why_not
from moderation.policies.practice import why_not_for_real
from moderation.risk.risks import BEARING, CASE, RISKS, UNDER_18
from stories.lifecycle import CORRECTED, UNDECIDED
from stories.models import Event, Submission

ANSWERS = frozenset({"yes", "no", "not-sure"})
# One first look, as it was sealed.
Look = Mapping[str, Any]
# A yes to “under 18” can be a slip, and it takes as many people to undo it as to publish a text.
_PEOPLE_TO_UNDO = 2


def why_not_first_look(submission: Submission, answers: Mapping[str, str], user: Any) -> str | None:
    """Say why this person can't answer the first look so."""
    if reason := why_not("take a first look", user):
        return reason
    if submission.status not in UNDECIDED:
        return _("This is decided, or withdrawn.")
    if any(answers.get(risk.slug) not in ANSWERS for risk in RISKS):
        return _("Answer each of the six. “Not sure” is an answer too.")
    return None


def why_not_write_to(submission: Submission, text: str, user: Any) -> str | None:
    """Say why this person can't send that message to the contributor."""
    if reason := why_not("write to the contributor", user) or why_not_for_real(submission):
        return reason
    if submission.is_erased or not submission.key_under_code:
        return _("They chose to have no code, so a message can’t reach them.")
    return None if text.strip() else _("Write something first. They read it when they come back with their code.")


def bearing(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The contributor's own answers that bear on one of the six."""
    return {name: answers[name] for name in BEARING if answers.get(name)}


def why_not_begun(submission: Submission, looks: Sequence[Look], answers: Mapping[str, Any]) -> str | None:
    """Say why nothing of it can be put forward, or agreed to: `looks` are its first looks, oldest first."""
    if submission.status in CORRECTED:
        # The account had its first look, and may be erased; the story is public, and can be taken down at once.
        return None
    if not looks:
        return _("Take the first look before you put it forward: six questions about risk, law and age.")
    deeds = _deeds(submission)
    if deeds and deeds[-1] == "release":
        return _("It was held and let go. Take the first look again, for what may have changed meanwhile.")
    if bearing(answers) != looks[-1].get("theirs", {}):
        return _("The contributor changed an answer that bears on the first look. Take it again.")
    return _why_not_of_age(looks) or _why_not_active(looks, deeds)


def _why_not_of_age(looks: Sequence[Look]) -> str | None:
    if looks[-1]["answers"].get(UNDER_18) == "not-sure":
        return _("Nobody is sure that the contributor is 18 or over. Ask them kindly, then take the first look again.")
    said_no: set[str] | None = None
    for look in looks:
        answer = look["answers"].get(UNDER_18)
        if answer == "yes":
            said_no = set()
        elif answer == "no" and said_no is not None:
            said_no.add(look["by"])
    if said_no is None or len(said_no) >= _PEOPLE_TO_UNDO:
        return None
    if said_no:
        return _("Somebody answered that the contributor is under 18. A second person has to answer no as well.")
    return _("The contributor is under 18, so no story comes of it. Write to them, then decline it with care.")


def _why_not_active(looks: Sequence[Look], deeds: Iterable[str]) -> str | None:
    """A case that somebody called active can only be held, until two people have let it go."""
    if looks[-1]["answers"].get(CASE) == "not-sure":
        return _(
            "Nobody is sure that no case is active. Hold it, or ask the contributor and take the first look again."
        )
    said, is_active = iter(looks), False
    for deed in deeds:
        look = next(said, None) if deed == "first look" else None
        is_active = (is_active and deed != "release") or (look is not None and look["answers"].get(CASE) == "yes")
    if not is_active:
        return None
    return _("A case is active, so it can only be held. Once two people let it go, the first look is taken again.")


def _deeds(submission: Submission) -> list[str]:
    """The first looks and the releases, in the order in which they were done."""
    done = Event.objects.filter(submission=submission, deed__in=("first look", "release")).order_by("pk")
    return list(done.values_list("deed", flat=True))
