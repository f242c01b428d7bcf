"""What a contributor can still change of what they sent."""

from dataclasses import dataclass

from stories.telling import changing, choices
from stories.telling.coming_back import Opened


@dataclass(frozen=True)
class Offers:
    """What can be changed now; `is_being_read` says why the words cannot, while anything still can."""

    answers: bool
    words: bool
    choices: bool
    is_being_read: bool

    @property
    def is_any(self) -> bool:
        return self.answers or self.words or self.choices


def of(opened: Opened) -> Offers:
    """Say what the page can offer."""
    submission = opened.submission
    return Offers(
        answers=changing.can_answer(submission),
        words=changing.can_edit(submission),
        choices=bool(choices.of(opened)),
        is_being_read=changing.can_answer(submission) and not changing.can_edit(submission),
    )
