"""An open vault between two requests: sealed in the session under a key that only a second cookie holds.

Neither the database nor the session cookie is enough. Thirty minutes without work lock it; the
stamp is ours, so that the editor's own pings don't move it.
"""

import base64
import binascii
import json
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from moderation.models import KeyShare
from moderation.vault import OpenVault

COOKIE = "heard_vault"
IDLE_SECONDS = 30 * 60
_BOX, _SEEN = "vault_box", "vault_seen"


def open_for(request: HttpRequest, response: HttpResponseBase, vault: OpenVault) -> None:
    """Keep `vault` for this session, and hand the browser the one key that opens it again."""
    key = random(SecretBox.KEY_SIZE)
    keys = {str(epoch): private.hex() for epoch, private in vault.keys.items()}
    plain = json.dumps({"moderator": vault.moderator.pk, "keys": keys}).encode()
    request.session[_BOX] = base64.b64encode(SecretBox(key).encrypt(plain)).decode()
    request.session[_SEEN] = int(time.time())
    request._heard_vault = vault  # type: ignore[attr-defined]
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(key).decode(),
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def shut(request: HttpRequest, response: HttpResponseBase | None = None) -> None:
    """Lock the vault of this session."""
    for name in (_BOX, _SEEN):
        request.session.pop(name, None)
    request._heard_vault = None  # type: ignore[attr-defined]
    if response is not None:
        response.delete_cookie(COOKIE, path=settings.SESSION_COOKIE_PATH, samesite="Strict")


def vault_of(request: HttpRequest, *, works: bool = True) -> OpenVault | None:
    """Return this session's open vault, or None where it is locked.

    `works` is False for requests that a page makes by itself: they don't keep the vault open.
    """
    if not hasattr(request, "_heard_vault"):
        request._heard_vault = _opened(request)  # type: ignore[attr-defined]
        if request._heard_vault is None and _BOX in request.session:  # type: ignore[attr-defined]
            shut(request)
    vault: OpenVault | None = request._heard_vault  # type: ignore[attr-defined]
    if vault and works:
        request.session[_SEEN] = int(time.time())
    return vault


def _opened(request: HttpRequest) -> OpenVault | None:
    box, seen = request.session.get(_BOX), request.session.get(_SEEN, 0)
    if not box or time.time() - seen > IDLE_SECONDS:
        return None
    held = _unsealed(box, request.COOKIES.get(COOKIE, ""))
    if held is None or held["moderator"] != request.user.pk or not request.user.is_active:
        return None
    admitted = _still_admitted(request.user, held["keys"])
    if admitted is None:
        return None
    keys = {int(epoch): bytes.fromhex(private) for epoch, private in held["keys"].items()}
    return OpenVault(request.user, admitted_at=admitted, keys=keys)


def _unsealed(box: str, cookie: str) -> dict[str, Any] | None:
    try:
        key = base64.urlsafe_b64decode(cookie)
        held: dict[str, Any] = json.loads(SecretBox(key).decrypt(base64.b64decode(box)))
    except (CryptoError, ValueError, TypeError, binascii.Error):
        return None
    return held


def _still_admitted(moderator: Any, keys: dict[str, str]) -> datetime | None:
    """Return when this person's key was admitted; None once its share was taken away."""
    shares = KeyShare.objects.filter(
        key__moderator=moderator, key__is_current=True, epoch_id__in=[int(epoch) for epoch in keys]
    )
    dates = list(shares.values_list("admitted_at", flat=True))
    return min(dates) if dates else None
