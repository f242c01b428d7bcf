"""Tokens that travel in a form: sealed words, each good for one named purpose."""

import base64
from collections.abc import Sequence
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from stories.telling import sealing
from stories.telling.errors import BadKey, DoesNotOpen, StaleToken, WrongPurpose

_BLOCK = 256  # bytes


def issue(key: bytes, /, *, purpose: str, at: int, **words: str) -> str:
    """Return a token of URL-safe base64 whose length shows only 256-byte blocks.

    `key` is 32 bytes; `at` is in whole minutes since 1970. Raises BadKey, CannotSeal.
    """
    content = {"purpose": purpose, "at": at, "words": words}
    box = _safe(key).encrypt(sealing.to_blocks(content, size=_BLOCK))
    return _written(box)


def read(keys: Sequence[bytes], token: str, *, purpose: str) -> dict[str, Any]:
    """Return the token's words and its `at`, trying each 32-byte key in turn.

    Raises StaleToken when none opens it, WrongPurpose when it was issued for
    something else, BadKey.
    """
    content = _content(keys, _box(token))
    if content.get("purpose") != purpose:
        raise WrongPurpose
    return {**content["words"], "at": content["at"]}


def _safe(key: bytes) -> SecretBox:
    if len(key) != SecretBox.KEY_SIZE:
        raise BadKey
    return SecretBox(bytes(key))


def _written(box: bytes) -> str:
    return base64.urlsafe_b64encode(box).rstrip(b"=").decode("ascii")


def _box(token: str) -> bytes:
    try:
        box = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        box = b""
    # The decoder skips characters it does not know and ignores spare bits: one box
    # has one token only if it is written back the same.
    if not box or _written(box) != token:
        raise StaleToken
    return box


def _content(keys: Sequence[bytes], box: bytes) -> dict[str, Any]:
    for safe in [_safe(key) for key in keys]:
        try:
            return sealing.from_blocks(safe.decrypt(box))
        except (CryptoError, DoesNotOpen):
            continue
    raise StaleToken
