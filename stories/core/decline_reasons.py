"""Why an account isn't published: the closed list, in a moderator's words and in those the contributor reads."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    """`moderator` names it in the room; `contributor` is the sentence under the receipt code."""

    moderator: Any
    contributor: Any


REASONS: dict[str, Reason] = {
    "not-about-police": Reason(
        _("It isn’t about the police: how they dealt with a report, or what kept somebody from making one"),
        _(
            "We publish how the police dealt with a report, or what kept somebody from making one. "
            "What you wrote is about something else."
        ),
    ),
    "no-consent": Reason(
        _("Nothing was ticked that lets us publish or count it"),
        _("You ticked nothing that lets us publish or count it. We read your words, and now we erase them."),
    ),
    "not-theirs": Reason(
        _("It is somebody else’s to tell, and we don’t know that they agreed"),
        _("This is somebody else’s story, and we could not be sure that they want it told here."),
    ),
    "under-18": Reason(
        _("The contributor is under 18"),
        _("We can’t publish accounts by people under 18. Childline (0800 1111) and Report Remove can help you now."),
    ),
    "cannot-be-safe": Reason(
        _("It can’t be made safe without losing what it says"),
        _("We could not take out what might identify you and still keep what you wanted to say."),
    ),
    "legal": Reason(
        _("Publishing it could harm a case or break an order"),
        _("Publishing it could harm a court case or break the law, so we can’t."),
    ),
    "sent-twice": Reason(
        _("It was sent twice"),
        _("We had this account twice. The other one goes on."),
    ),
    "too-little": Reason(
        _("There is too little to read"),
        _("There was too little here for a story. You can write again whenever you like."),
    ),
    "flood": Reason(
        _("It came in the middle of a flood that machines sent"),
        _(
            "This came in the middle of a flood of messages, most of them sent by machines. We could not read "
            "them all, so we let it go unread. If you wrote it, we are sorry: nothing you did was wrong. "
            "Please tell us again."
        ),
    ),
    "not-an-account": Reason(
        _("It isn’t an account: an advertisement, abuse or a test"),
        _("This did not look like an account of something that happened."),
    ),
}


def reason_in_words(reason: str) -> str:
    """The sentence that the contributor reads; empty for a reason that isn't on the list."""
    return str(REASONS[reason].contributor) if reason in REASONS else ""
