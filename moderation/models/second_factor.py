"""A person's second factor at the log-in: six figures that their phone makes anew every thirty seconds."""

import base64
import hashlib

from django.conf import settings
from django_otp.plugins.otp_totp.models import TOTPDevice


class SecondFactor(TOTPDevice):
    """django-otp's device, whose secret isn't in the database.

    The row holds only what the secret is made from, together with SECRET_KEY: whoever reads a
    backup can't make codes of it.
    """

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        """The 20 bytes that the phone keeps too."""
        return hashlib.blake2b(
            bytes.fromhex(self.key), key=settings.SECRET_KEY.encode()[:64], digest_size=20, person=b"heard totp"
        ).digest()

    @property
    def in_letters(self) -> str:
        """The secret as people type it who can't use the picture: groups of four."""
        letters = base64.b32encode(self.bin_key).decode()
        return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
