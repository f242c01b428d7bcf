"""The named errors of receipt codes, keys, seals and tokens; none can carry words."""


class SealingError(Exception):
    """Base of them all. It takes no arguments, so no secret can end up in a log."""

    says = "Something about a code, a key, a seal or a token is not right."

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return self.says


class UnreadableCode(SealingError):
    """What was typed cannot be a receipt code."""

    says = "This is not a receipt code: it has 16 letters and numbers."


class BadPepper(SealingError):
    """The pepper is not 32 to 64 bytes long."""

    says = "The receipt pepper must be 32 to 64 bytes long."


class BadKey(SealingError):
    """A key is not 32 bytes long, or is a public key that nothing can be sealed to."""

    says = "A key must be 32 bytes, and a public key one that can be sealed to."


class CannotSeal(SealingError):
    """The value is not plain JSON in valid Unicode, so nothing was sealed."""

    says = "Only plain JSON values in valid Unicode can be sealed."


class EmptyPassphrase(SealingError):
    """A key was about to be locked under no words at all."""

    says = "A passphrase needs at least one word."


class NotEnoughMemory(SealingError):
    """The machine lacks the memory to try a passphrase, which may be right."""

    says = "There is not enough memory to try the passphrase."


class DoesNotOpen(SealingError):
    """Wrong key or passphrase, or the box was changed."""

    says = "This does not open."


class WrongPlace(DoesNotOpen):
    """It opens, but was sealed for another row, kind or number."""

    says = "This was sealed for another place."


class StaleToken(SealingError):
    """The token opens with none of the keys: old, changed or not ours."""

    says = "This token is no longer good."


class WrongPurpose(StaleToken):
    """The token opens, but was issued for something else."""

    says = "This token was issued for something else."
