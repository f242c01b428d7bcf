"""The sealed tokens in forms, and their hourly keys: random, kept in memory or Redis, good for two hours, then gone."""

import base64
import os
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeGuard

from django.conf import settings
from django.core.cache import cache
from nacl.exceptions import CryptoError

from stories.crypto.sealing import DoesNotOpen, SealingError, from_blocks, safe_under, to_blocks

HOUR = 3600
KEY_BYTES = 32
_BLOCK = 256  # bytes


class StaleToken(SealingError):
    """This token is no longer good: old, changed, issued for something else or not ours."""


def seal_token(key: bytes, /, *, purpose: str, at: int, **words: str) -> str:
    """Return URL-safe base64 in 256-byte blocks; `at` is in whole minutes since 1970. Raises BadKey, CannotSeal."""
    content = {"purpose": purpose, "at": at, "words": words}
    box = safe_under(key).encrypt(to_blocks(content, size=_BLOCK))
    return _written(box)


def open_token(keys: Sequence[bytes], token: str, *, purpose: str) -> dict[str, Any]:
    """Return the token's words and its `at`, trying each 32-byte key in turn. Raises StaleToken, BadKey."""
    box = _box(token)
    for safe in [safe_under(key) for key in keys]:
        with suppress(CryptoError, DoesNotOpen):
            content: dict[str, Any] = from_blocks(safe.decrypt(box))
            if content.get("purpose") != purpose:
                raise StaleToken
            return {**content["words"], "at": content["at"]}
    raise StaleToken


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


def current_key() -> bytes:
    """The key of this hour, made by whichever process first needs it."""
    return _from_redis(_hour(), make=True) or _from_folder(_hour(), make=True)


def good_keys() -> list[bytes]:
    """The key of this hour and that of the last, newest first; also those used here while Redis was away."""
    destroy_stale_keys()
    older = [kept(hour, make=False) for hour in (_hour(), _hour() - 1) for kept in (_from_redis, _from_folder)]
    return [*dict.fromkeys(key for key in (current_key(), *older) if key)]


def destroy_stale_keys() -> None:
    """Delete the keys that are no longer good; a quiet site would keep its last one for days."""
    _destroy_older(Path(settings.RUN_DIR), _hour())


def _hour() -> int:
    return int(time.time()) // HOUR


def _from_redis(hour: int, *, make: bool) -> bytes:
    """The key that every machine has; empty where there is no Redis, or it doesn't answer."""
    if not settings.TOKEN_KEYS_IN_CACHE:
        return b""
    name = f"token-key:{hour}"
    fresh = secrets.token_bytes(KEY_BYTES)
    if make and not cache.add(name, fresh, timeout=2 * HOUR) and not _is_key(cache.get(name)):
        # Something else was written there, and no form would open for an hour.
        cache.set(name, fresh, timeout=2 * HOUR)
    key = cache.get(name)
    return key if _is_key(key) else b""


def _is_key(value: object) -> TypeGuard[bytes]:
    return isinstance(value, bytes) and len(value) == KEY_BYTES


def _from_folder(hour: int, *, make: bool) -> bytes:
    folder = Path(settings.RUN_DIR)
    path = folder / f"token-{hour}.key"
    try:
        return path.read_bytes()
    except OSError:
        if not make:
            return b""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{secrets.token_hex(8)}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
    try:
        # A whole key under its name, or the one that another process wrote first.
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink()
    _destroy_older(folder, hour)
    return path.read_bytes()


def _destroy_older(folder: Path, hour: int) -> None:
    for path in folder.glob("token-*.key"):
        if int(path.stem.removeprefix("token-")) < hour - 1:
            path.unlink(missing_ok=True)
