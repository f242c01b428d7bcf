"""The second factor at the log-in: who has passed it, setting one up, checking a code, taking one away.

In the database lies neither a secret nor a recovery code, only what SECRET_KEY makes one from or
compares one with. Under another SECRET_KEY nobody has a factor, and each is asked to set one up.
"""

import hashlib
from collections.abc import Callable, MutableMapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from moderation.errors import Refused
from moderation.models import SecondFactor
from moderation.people import recovery_codes

PASSED, _BEGUN = "second_factor", "second_factor_begun"
# What may be reached with a password alone: the step itself, the log-out, and what draws these pages.
OPEN_BEFORE = frozenset(
    {
        *("room_log_in", "room_code", "room_set_up", "room_log_out"),
        *("wagtailadmin_sprite", "wagtailadmin_javascript_catalog"),
    }
)
# Each wrong code in a row doubles the wait for the next; from this many on it stays at a bit over an hour.
_GROWS_UNTIL = 13
_FIGURES = 6


class TooSoon(Refused):
    """The last code was wrong, and the next one isn't looked at yet."""

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        in_seconds = ngettext("Wait %(count)s second", "Wait %(count)s seconds", seconds) % {"count": seconds}
        in_minutes = ngettext("Wait %(count)s minute", "Wait %(count)s minutes", minutes) % {"count": minutes}
        wait = in_seconds if seconds < 100 else in_minutes
        super().__init__(_("%(wait)s, then type the code that your phone shows by then.") % {"wait": wait})


# --- At the door ----------------------------------------------------------------------------


def detour(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse | None:
    """Answer in a screen's place while the second factor isn't passed; None where the screen may answer itself."""
    name = request.resolver_match.url_name if request.resolver_match else None
    if name in OPEN_BEFORE or is_passed(request):
        return None
    if request.method == "POST" and getattr(view, "keeps_words", False):
        # Its own door gives the words back, which a redirect would drop.
        return None
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    back = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    return redirect(f"{reverse('room_code')}?{urlencode({'next': back})}")


def is_passed(request: HttpRequest) -> bool:
    """True where nothing more is asked of this log-in: nobody is logged in, or no factor is needed, or it was given."""
    if request.user.is_anonymous:
        return True
    factor = of(request.user)
    if factor is None:
        return not settings.SECOND_FACTOR_REQUIRED
    return bool(request.session.get(PASSED) == factor.pk)


def let_pass(request: HttpRequest) -> None:
    """Remember in this session that the factor was given; a session that somebody knew before is another one now."""
    factor = of(request.user)
    request.session.cycle_key()
    request.session[PASSED] = factor and factor.pk


# --- One person's ---------------------------------------------------------------------------


def of(person: Any) -> SecondFactor | None:
    """This person's factor, or None until they have set one up."""
    return SecondFactor.objects.filter(user=person.pk, confirmed=True, name=_made_under()).first()


def everybody_with_one() -> set[int]:
    """The people who have set up a factor."""
    return set(SecondFactor.objects.filter(confirmed=True, name=_made_under()).values_list("user", flat=True))


def begun(person: Any, session: MutableMapping[str, Any]) -> SecondFactor:
    """The factor that is being set up in this session; a reloaded page shows the same secret again.

    Every other session gets one of its own: whoever looked at a secret before mustn't know the one that is taken.
    """
    waiting = SecondFactor.objects.filter(user=person.pk, confirmed=False, name=_made_under())
    factor = waiting.filter(key=session.get(_BEGUN, "")).first()
    if factor is None:
        factor = SecondFactor.objects.create(user=person, confirmed=False, name=_made_under())
        # Not its number, which a database gives again after a rollback.
        session[_BEGUN] = factor.key
    return factor


@transaction.atomic
def confirm(person: Any, code: str, session: MutableMapping[str, Any]) -> list[str] | None:
    """Take the factor that was begun here for good if `code` is of it; returns recovery codes, to be shown once."""
    factor = begun(person, session)
    if not _opens(factor, recovery_codes.plain(code)):
        return None
    TOTPDevice.objects.filter(user=person.pk).exclude(pk=factor.pk).delete()
    SecondFactor.objects.filter(pk=factor.pk).update(confirmed=True)
    return recovery_codes.make(person)


@transaction.atomic
def is_right(person: Any, typed: str, *, is_known: bool = False) -> bool:
    """True where `typed` is a code of this person's factor or a recovery code, which is then used up.

    Raises `TooSoon`, but never for a recovery code, which nobody guesses, nor in a browser that `is_known`, whose
    tries are counted apart: otherwise whoever has the password alone could shut its owner out.
    """
    code = recovery_codes.plain(typed)
    devices = SecondFactor.objects.filter(user=person.pk, confirmed=True, name=_made_under())
    factor = devices.select_for_update().first()
    if factor is None:
        return False
    if is_of_a_phone(code):
        return _opens(factor, code, waits=not is_known)
    recovery = StaticDevice.objects.select_for_update().filter(user=person.pk).first()
    return recovery is not None and _opens(recovery, recovery_codes.stored(code), waits=False)


def is_of_a_phone(typed: str) -> bool:
    """True where `typed` has the form of a phone's code, which can be guessed as a recovery code can't."""
    code = recovery_codes.plain(typed)
    return code.isdigit() and len(code) == _FIGURES


def _opens(device: Any, token: str, *, waits: bool = True) -> bool:
    if not waits:
        device.throttling_failure_timestamp = None
    _is_allowed, why = device.verify_is_allowed()
    if why:
        raise TooSoon(int((why["locked_until"] - timezone.now()).total_seconds()) + 1)
    if device.verify_token(token):
        return True
    if device.throttling_failure_count > _GROWS_UNTIL:
        device.throttling_failure_count = _GROWS_UNTIL
        device.save(update_fields=["throttling_failure_count"])
    return False


def wrong_in_a_row(person: Any) -> int:
    """How many wrong codes came since the last right one: whoever sent them had the password."""
    counts = [
        *SecondFactor.objects.filter(user=person.pk).values_list("throttling_failure_count", flat=True),
        *StaticDevice.objects.filter(user=person.pk).values_list("throttling_failure_count", flat=True),
    ]
    return max(counts, default=0)


@transaction.atomic
def take_away(person: Any) -> None:
    """Forget this person's factor and recovery codes; after their next password they set up another."""
    TOTPDevice.objects.filter(user=person.pk).delete()
    StaticDevice.objects.filter(user=person.pk).delete()


def _made_under() -> str:
    """Name the SECRET_KEY that a factor's secret comes from, so that one of an older key isn't asked for."""
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=8, person=b"heard totp name").hexdigest()
