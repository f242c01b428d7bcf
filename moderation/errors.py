"""What can stand in the way of a moderator's deed, each with a sentence to show."""


class Refused(Exception):
    """The deed isn't allowed; `reason` says why, and what to do instead."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def refuse_if(reason: str | None) -> None:
    """Raise `Refused` where a policy gives a reason."""
    if reason:
        raise Refused(reason)
