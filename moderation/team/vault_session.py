"""An open vault between two requests: sealed in the session under a key that only a second cookie holds.

Neither the database nor the session cookie is enough. Thirty minutes without work lock it, to the minute; the
stamp is ours, so that the editor's own pings don't move it.
"""

import base64
import hashlib
import json
import time
from typing import TypedDict, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from moderation.models import KeyShare
from moderation.team.permissions import why_not
from moderation.team.vault import OpenVault
from stories.crypto import sealing

COOKIE = "heard_vault"
IDLE_SECONDS = 30 * 60
STAMPED_EVERY = 60  # seconds
_BOX, _SEEN = "vault_box", "vault_seen"


class _Held(TypedDict):
    moderator: int
    keys: dict[str, str]


def keep_open(request: HttpRequest, response: HttpResponseBase, vault: OpenVault) -> None:
    """Keep `vault` for this session, and hand the browser the one key that opens it again."""
    key = random(SecretBox.KEY_SIZE)
    request.session[_BOX] = _sealed(vault, key)
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


def _sealed(vault: OpenVault, key: bytes) -> str:
    keys = {str(epoch): private.hex() for epoch, private in vault.keys.items()}
    plain = json.dumps(_Held(moderator=vault.moderator.pk, keys=keys)).encode()
    return base64.b64encode(SecretBox(key).encrypt(plain)).decode()


def shut_vault(request: HttpRequest, response: HttpResponseBase | None = None) -> None:
    """Lock the vault of this session.

    With a response it is a person who locks: the session also gets another name, so that a slow
    request that began before can't put the box back when it ends.
    """
    for name in (_BOX, _SEEN):
        request.session.pop(name, None)
    request._heard_vault = None  # type: ignore[attr-defined]
    KNOWN_URGENCY.clear()
    if response is not None:
        request.session.cycle_key()
        forget_vault(response)


def forget_vault(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, path=settings.SESSION_COOKIE_PATH, samesite="Strict")


def vault_of(request: HttpRequest, *, works: bool = True) -> OpenVault | None:
    """Return this session's open vault, or None where it is locked.

    `works` is False for requests that a page makes by itself: they don't keep the vault open.
    """
    if not hasattr(request, "_heard_vault"):
        request._heard_vault = _opened(request)  # type: ignore[attr-defined]
        if request._heard_vault is None and _BOX in request.session:  # type: ignore[attr-defined]
            shut_vault(request)
    now = int(time.time())
    # To the minute, for each new stamp is a row of the database written.
    if request._heard_vault and works and now - request.session[_SEEN] >= STAMPED_EVERY:  # type: ignore[attr-defined]
        request.session[_SEEN] = now
    return request._heard_vault  # type: ignore[attr-defined]


def _opened(request: HttpRequest) -> OpenVault | None:
    box, seen = request.session.get(_BOX), request.session.get(_SEEN, 0)
    if not box or time.time() - seen > IDLE_SECONDS:
        return None
    held = _unsealed(box, request.COOKIES.get(COOKIE, ""))
    if held is None or held["moderator"] != request.user.pk or why_not("unlock the vault", request.user):
        return None
    keys = {int(epoch): bytes.fromhex(private) for epoch, private in held["keys"].items()}
    shares = list(KeyShare.objects.filter(key__moderator=request.user.pk, key__is_current=True).select_related("epoch"))
    current = next((share.epoch for share in shares if share.epoch.is_current), None)
    # A stopped key, a changed team's key that this session doesn't hold, and a public key that was swapped in the
    # database all lock the vault at the next request.
    if current is None or not sealing.matches(bytes(current.public), keys.get(current.epoch, b"")):
        return None
    # What a finished rotation retired has no share any more, and no session keeps it either.
    used = {epoch: private for epoch, private in keys.items() if epoch in {share.epoch_id for share in shares}}
    admitted = min(share.admitted_at for share in shares if share.epoch_id in used)
    vault = OpenVault(cast(User, request.user), admitted_at=admitted, keys=used)
    if used != keys:
        request.session[_BOX] = _sealed(vault, base64.urlsafe_b64decode(request.COOKIES[COOKIE]))
    return vault


def _unsealed(box: str, cookie: str) -> _Held | None:
    try:
        return json.loads(SecretBox(base64.urlsafe_b64decode(cookie)).decrypt(base64.b64decode(box)))
    except (CryptoError, ValueError, TypeError):
        return None


# Of 16 bytes each: about 4 MB. Past that, all is forgotten and opened again as it is asked for.
MOST = 30_000
# The urgency of sealed labels by a hash under the key that opens them.
KNOWN_URGENCY: dict[bytes, bool] = {}


def known_urgency(box: bytes, *, private: bytes) -> bool | None:
    return KNOWN_URGENCY.get(_name(box, private))


def keep_urgency(box: bytes, *, private: bytes, urgent: bool) -> None:
    if len(KNOWN_URGENCY) >= MOST:
        KNOWN_URGENCY.clear()
    KNOWN_URGENCY[_name(box, private)] = urgent


def _name(box: bytes, private: bytes) -> bytes:
    return hashlib.blake2b(box, key=private, digest_size=16, person=b"label").digest()
