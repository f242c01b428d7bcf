"""Ten codes on paper, each good once, for whoever hasn't got their phone.

django-otp keeps such codes as they are; ours are kept as keyed hashes, which whoever reads the
database can't type.
"""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

HOW_MANY = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH, _IN_A_GROUP = 12, 4


@transaction.atomic
def make(person: Any) -> list[str]:
    """Make a person's codes, about 59 bits each, and end the ones before; they are shown once."""
    StaticDevice.objects.filter(user=person.pk).delete()
    device = StaticDevice.objects.create(user=person, name="recovery codes")
    codes = ["".join(secrets.choice(_LETTERS) for _place in range(_LENGTH)) for _each in range(HOW_MANY)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=stored(code)) for code in codes)
    return ["-".join(code[at : at + _IN_A_GROUP] for at in range(0, _LENGTH, _IN_A_GROUP)) for code in codes]


def left(person: Any) -> int:
    """How many of a person's codes are unused."""
    return StaticToken.objects.filter(device__user=person.pk).count()


def plain(typed: str) -> str:
    """What was typed, as it is compared: case, spaces and dashes don't matter."""
    return "".join(letter for letter in typed.lower() if letter.isalnum())


def stored(code: str) -> str:
    """What lies in the database for a code: 16 hex digits, which is all that the column holds."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"heard recovery").digest()
    return hashlib.blake2b(code.encode(), key=key, digest_size=8).hexdigest()
