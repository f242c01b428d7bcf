"""Why the vault doesn't open, each with a sentence that says what to do instead."""

from django.utils.translation import gettext as _

from moderation.errors import Refused


class NotBegun(Refused):
    """There is no queue key at all."""

    def __init__(self) -> None:
        super().__init__(
            _("The vault hasn’t begun yet. Whoever runs the server begins it once, with “manage.py vault init”.")
        )


class OtherMode(Refused):
    """The demo met a real site's vault, or a real site the demo's."""

    def __init__(self, *, made_for_demo: bool) -> None:
        demo = _("The demo made this vault, and a real site never uses it. Start with an empty database of your own.")
        real = _("A real site made this vault, and the demo never opens it. Start the demo with a folder of its own.")
        super().__init__(demo if made_for_demo else real)


class WrongPassphrase(Refused):
    """The six words don't open this moderator's key."""

    def __init__(self, hint: str | None = None) -> None:
        plain = _("These six words don’t open your key. Check each word; capitals and spaces don’t matter.")
        super().__init__(f"{plain} {hint}" if hint else plain)


class TooBusy(Refused):
    """The machine lacks the memory to try a passphrase, which may well be right."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The server is short of memory and couldn’t try your words. They may well be right: "
                "try again in a minute."
            )
        )


class NotAdmitted(Refused):
    """The moderator has no key, or nobody has admitted it."""


class NoKey(NotAdmitted):
    """The moderator hasn't made a key."""

    def __init__(self) -> None:
        super().__init__(_("You have no key yet. Make one under “Keys”, then ask a moderator to admit it."))


class NotShared(NotAdmitted):
    """The key has no share: nobody admitted it, or somebody stopped it."""

    def __init__(self) -> None:
        super().__init__(
            _("Your key isn’t admitted yet, or was stopped. Ask another moderator to admit it under “Keys”.")
        )


class SwappedKey(Refused):
    """Somebody changed a key in the database: it isn't the one that belongs there."""

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(
            reason or _("The vault’s public key isn’t the team’s. Stop, and tell every moderator and the coordinator.")
        )


class OtherFingerprint(SwappedKey):
    """The queue key fits its share, but isn't the one that the environment pins."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The vault’s key isn’t the one that the server was told to expect. If the team has just changed it, "
                "ask whoever runs the server to set the new QUEUE_KEY_FINGERPRINT. If not, stop, and tell every "
                "moderator."
            )
        )


class ChangedShare(SwappedKey):
    """A share was moved to another row or altered."""

    def __init__(self) -> None:
        super().__init__(
            _("Your share of the team’s key was moved or altered in the database. Stop, and tell every moderator.")
        )
