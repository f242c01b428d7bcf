"""The second factor at the log-in, kept by django-allauth: a phone's codes, security keys, recovery codes.

allauth's secrets are sealed under a key made from SECRET_KEY: whoever reads a backup makes no code of them. Under
another SECRET_KEY nobody's phone counts, and each is asked to set one up. Everybody begins with a phone; a key
comes beside it.
"""

import hashlib
from collections.abc import Callable, MutableMapping
from textwrap import wrap
from typing import Any
from urllib.parse import urlencode

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from nacl.encoding import URLSafeBase64Encoder
from nacl.secret import SecretBox

PASSED, _PENDING = "second_factor", "second_factor_pending"
# What may be reached with a password alone: the step itself, the log-out, and what draws these pages.
OPEN_BEFORE = (
    *("room_log_in", "room_code", "room_set_up", "room_log_out"),
    *("wagtailadmin_sprite", "wagtailadmin_javascript_catalog"),
)


class SealedAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's way to keep a secret, and to name us to a phone or a key."""

    def encrypt(self, text: str) -> str:
        return f"{_key_name()}:{_box().encrypt(text.encode(), encoder=URLSafeBase64Encoder).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        sealed = encrypted_text.partition(":")[2].encode()
        return _box().decrypt(sealed, encoder=URLSafeBase64Encoder).decode()

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME


def _box() -> SecretBox:
    return SecretBox(hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"heard mfa seal").digest())


def _key_name() -> str:
    """Name the SECRET_KEY that a secret is sealed under, so that one of an older key isn't asked for."""
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=8, person=b"heard mfa name").hexdigest()


def second_step_redirect(request: HttpRequest, view: Callable[..., object]) -> HttpResponse | None:
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
    phone = phone_of(request.user)
    if phone is None:
        return not settings.SECOND_FACTOR_REQUIRED
    return bool(request.session.get(PASSED) == phone.pk)


def mark_passed(request: HttpRequest) -> None:
    """Remember in this session that the factor was given; a session that somebody knew before is another one now."""
    phone = phone_of(request.user)
    request.session.cycle_key()
    request.session[PASSED] = phone and phone.pk


def phone_of(person: User | AnonymousUser, *, lock: bool = False) -> Authenticator | None:
    """The phone that this person has set up under today's SECRET_KEY, or None."""
    phones = _phones().select_for_update() if lock else _phones()
    return phones.filter(user=person.pk).first()


def people_with_phone() -> set[int]:
    return set(_phones().values_list("user_id", flat=True))


def _phones() -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(type=Authenticator.Type.TOTP, data__secret__startswith=f"{_key_name()}:")


def pending_secret(session: MutableMapping[str, Any]) -> str:
    """The secret that is being set up in this session, in base 32; a reloaded page shows the same one again.

    Each session has its own: whoever looked at another mustn't know the one that is taken.
    """
    sealed = session.get(_PENDING, "")
    if not sealed.startswith(f"{_key_name()}:"):
        sealed = session[_PENDING] = SealedAdapter().encrypt(totp.generate_totp_secret())
    return SealedAdapter().decrypt(sealed)


@transaction.atomic
def set_up_phone(person: User, code: str, session: MutableMapping[str, object]) -> list[str] | None:
    """Take the phone that was begun in this session if `code` is of it; returns recovery codes, to be shown once."""
    secret = pending_secret(session)
    counter = _matching_counter(secret, code, after=0)
    if counter is None:
        return None
    Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.TOTP).delete()
    phone = totp.TOTP.activate(person, secret).instance
    phone.data["counter"] = counter
    phone.save(update_fields=["data"])
    del session[_PENDING]
    return make_recovery_codes(person)


@transaction.atomic
def is_right_code(person: User, typed: str) -> bool:
    """True where `typed` is a code of this person's phone or a recovery code, either of which works once."""
    phone = phone_of(person, lock=True)
    if phone is None:
        return False
    if is_phone_code(typed):
        secret = SealedAdapter().decrypt(phone.data["secret"])
        counter = _matching_counter(secret, typed, after=phone.data.get("counter", 0))
        phone.data["counter"] = counter or phone.data.get("counter", 0)
        is_right = counter is not None
    else:
        recovery = _recovery_codes(person)
        is_right = recovery is not None and recovery.validate_code(normalize_user_code(typed))
    # Whoever sent the wrong ones had the password.
    phone.data["wrong"] = 0 if is_right else phone.data.get("wrong", 0) + 1
    phone.save(update_fields=["data"])
    return is_right


def is_phone_code(typed: str) -> bool:
    """True where `typed` has the form of a phone's code, which can be guessed as a recovery code can't."""
    code = normalize_user_code(typed)
    return code.isdigit() and len(code) == 6


def _matching_counter(secret: str, typed: str, *, after: int) -> int | None:
    """The half minute that this code is of, if it is later than the one used last.

    allauth remembers used codes in the cache, which each process may have to itself; the row is one for all.
    """
    for counter in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if counter > after and compare_user_code(actual=typed, expected=expected):
            return counter
    return None


def remove_factor(person: User) -> None:
    """Forget this person's phone, keys and recovery codes; after their next password they set up another phone."""
    Authenticator.objects.filter(user=person.pk).delete()


@transaction.atomic
def make_recovery_codes(person: User) -> list[str]:
    """Make a person's codes and end the ones before; they are shown once, in groups of four."""
    Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(person).get_unused_codes()
    return ["-".join(wrap(code, 4)) for code in codes]


def recovery_codes_left(person: User) -> int:
    recovery = _recovery_codes(person)
    return len(recovery.get_unused_codes()) if recovery else 0


def _recovery_codes(person: User) -> RecoveryCodes | None:
    rows = Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.RECOVERY_CODES)
    row = rows.filter(data__seed__startswith=f"{_key_name()}:").first()
    return row and RecoveryCodes(row)


def security_keys(person: User | AnonymousUser) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def begin_with_key(request: HttpRequest, *, is_new: bool) -> dict[str, object]:
    """The browser's options for adding a key, or for using one of those that are there."""
    from allauth.mfa.webauthn.internal import auth as webauthn  # a library of 10 MB, for those who have a key

    with context.request_context(request):
        if is_new:
            return {"creation_options": webauthn.begin_registration(request.user, passwordless=False)}
        return {"request_options": webauthn.begin_authentication(request.user)}


def take_key(request: HttpRequest, credential: dict[str, object], *, is_new: bool) -> bool:
    """True where one of this person's keys answered what this session asked; one that is new is added."""
    from allauth.mfa.webauthn.internal import auth as webauthn

    with context.request_context(request):
        try:
            if is_new:
                webauthn.parse_registration_response(credential)
                webauthn.complete_registration(credential)
            else:
                webauthn.parse_authentication_response(credential)
                webauthn.complete_authentication(request.user, credential)
        except (ValidationError, ValueError, KeyError):
            return False
        if is_new:
            name = _("Security key %(number)d") % {"number": security_keys(request.user).count() + 1}
            webauthn.WebAuthn.add(request.user, name, credential)
    return True
