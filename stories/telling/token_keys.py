"""The hourly keys that seal tokens: random, kept in memory or Redis, good for two hours, then gone."""

import os
import secrets
import time
from pathlib import Path
from typing import TypeGuard

from django.conf import settings
from django.core.cache import cache

HOUR = 3600
KEY_BYTES = 32


def current() -> bytes:
    """The key of this hour, made by whichever process first needs it."""
    return _key(_hour(), make=True)


def still_good() -> list[bytes]:
    """The key of this hour and that of the last, newest first."""
    return [key for key in (current(), _key(_hour() - 1, make=False)) if key]


def destroy_stale() -> None:
    """Delete the keys that are no longer good; a quiet site would keep its last one for days."""
    if not settings.TOKEN_KEYS_IN_CACHE:
        _destroy_older(Path(settings.RUN_DIR), _hour())


def _hour() -> int:
    return int(time.time()) // HOUR


def _key(hour: int, *, make: bool) -> bytes:
    return _from_redis(hour, make=make) if settings.TOKEN_KEYS_IN_CACHE else _from_folder(hour, make=make)


def _from_redis(hour: int, *, make: bool) -> bytes:
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
    except FileNotFoundError:
        if not make:
            return b""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_once(path)
    _destroy_older(folder, hour)
    return path.read_bytes()


def _write_once(path: Path) -> None:
    """Write a whole key under its name, or leave the one that another process wrote first."""
    fresh = path.with_name(f".{secrets.token_hex(8)}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _destroy_older(folder: Path, hour: int) -> None:
    for path in folder.glob("token-*.key"):
        if int(path.stem.removeprefix("token-")) < hour - 1:
            path.unlink(missing_ok=True)
