"""The doors of the room: who is let in, what a refusal looks like, and words that outlive a log-out."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from moderation import unsent
from moderation.facts import Facts
from moderation.policies.access import why_not_conflicted
from moderation.redaction import anonymity_check
from moderation.team import keys, second_factor, vault_session
from moderation.team.permissions import why_not
from moderation.team.vault import OpenVault
from moderation.views.pages import KEYS, QUESTIONS, room_page, telling
from stories.core import faults
from stories.crypto import tokens

View = Callable[..., Any]
logger = logging.getLogger(__name__)
# The name of a form field, and no secret.
TOKEN = "room_token"  # noqa: S105
_PURPOSE = "moderators-words"
_FORM_ONLY = (TOKEN, "csrfmiddlewaretoken", "version", "window", "digest", "next", "step")


class StaffRequest(HttpRequest):
    """A request behind Wagtail's own door, which lets in nobody who isn't logged in."""

    user: User


class VaultRequest(StaffRequest):
    """The same with the vault that `needs_vault` opened."""

    vault: OpenVault


def room_view(
    permission: str, *methods: str, with_vault: bool = False, keeps_words: bool = False
) -> Callable[[View], View]:
    """Let in who has `permission`, by GET and POST unless `methods` are named; everybody else reads why not."""

    def decorate(view: View) -> View:
        inside = needs_vault(view) if with_vault else view

        @require_http_methods(methods or ("GET", "POST"))
        @wraps(view)
        def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if reason := why_not(permission, request.user):
                return refusal(request, reason)
            try:
                response = inside(request, *args, **kwargs)
            except (DatabaseError, OSError) as error:
                if permission != "take a story down" or request.method != "POST":
                    raise
                logger.error("A story could not be taken down: %s", faults.Fault(error))
                response = _still_up_page(request)
            response["Cache-Control"] = "no-store"
            return response

        # For docs/roles.md, which says of every address whose it is.
        door.permission = permission  # type: ignore[attr-defined]
        return guard_words(door) if keeps_words else door

    return decorate


def _still_up_page(request: HttpRequest) -> HttpResponse:
    """Say that the story isn't down; of an answer with this status no session is saved, which would fail, too."""
    said = QUESTIONS["story still up"]
    context = {"says": said["says"], "button": said["button"], "back": reverse("room_stories:index")}
    return room_page(request, "confirm", said["title"], said["icon"], context, status=503)


def refusal(request: HttpRequest, reason: str) -> HttpResponse:
    """A page that says who may do this, and what a superuser can do about it."""
    context = {"reason": reason, "is_superuser": request.user.is_superuser}  # type: ignore[union-attr]
    return room_page(request, "refused", _("This door is for others"), "lock", context, status=403)


def needs_vault(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give `view` the open vault as `request.vault`; while it is locked, say what to do instead.

    What a POST carried is shown again and can be sent again, so that a lock never costs a word.
    """

    @wraps(view)
    def guarded(request: VaultRequest, *args: object, **kwargs: object) -> HttpResponse:
        opened = vault_session.vault_of(request)
        if opened is None:
            return _locked_page(request)
        request.vault = opened
        return view(request, *args, **kwargs)

    return guarded


def _locked_page(request: StaffRequest) -> HttpResponse:
    if reason := why_not("unlock the vault", request.user):
        return refusal(request, reason)
    is_post = request.method == "POST"
    referer = urlsplit(request.headers.get("referer", ""))
    # An address that only takes POST is no place to go back to: the page whose form was sent is.
    came_from = referer.path if referer.netloc == request.get_host() else reverse("wagtailadmin_home")
    back = came_from if is_post else request.get_full_path()
    context = {
        "why": keys.why_locked(request.user),
        "unlock_url": f"{reverse('vault_unlock')}?{urlencode({'next': back})}",
        "is_post": is_post,
        **posted_words(request, with_short=True),
    }
    title = _("The vault is locked")
    return room_page(request, "vault/locked", title, "lock", context, under=[KEYS], status=403)


def words_token(user: User | AnonymousUser) -> str:
    """The token of a form with words, instead of Django's own, which a log-out and log-in would spoil.

    It is sealed under keys that are gone after two hours, and good for this person alone.
    """
    minute = int(time.time()) // 60
    return tokens.seal_token(tokens.current_key(), purpose=_PURPOSE, at=minute, user=str(user.pk))


def guard_words(view: View) -> View:
    """Guard a POST that carries words somebody typed: whatever is wrong with its session, the words come back.

    Such a view stands outside Wagtail's own door, which answers a logged-out POST with the log-in
    page and drops what was typed. Its forms carry `words_token`.
    """
    inside = require_admin_access(view)

    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not _is_from_here(request):
            # Another site's form, shown as one's own words, would be one press from being saved.
            raise PermissionDenied
        if request.method == "POST" and not _is_whole(request):
            return _give_back(request)
        response: HttpResponse = inside(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND and "pk" in kwargs:
            # It was sent: what a script kept of it meanwhile is of no use.
            unsent.forget(cast(UUID, kwargs["pk"]), request.path, by=cast(User, request.user))
        return response

    # `second_factor.detour` leaves such a form to its own door, too.
    door.keeps_words = True  # type: ignore[attr-defined]
    return door


def _is_from_here(request: HttpRequest) -> bool:
    """True unless the browser says that a page of another site sent this."""
    origin = request.headers.get("origin")
    # Names alone: behind a proxy neither scheme nor port need be what the browser knows.
    return origin is None or urlsplit(origin).hostname == urlsplit(f"//{request.get_host()}").hostname


def _is_whole(request: HttpRequest) -> bool:
    """True for a log-in that is alive and a form that was made for it."""
    if not _is_logged_in(request):
        return False
    try:
        sealed = tokens.open_token(tokens.good_keys(), request.POST.get(TOKEN, ""), purpose=_PURPOSE)
    except tokens.StaleToken:
        return False
    return bool(sealed["user"] == str(request.user.pk))


def _is_logged_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated and second_factor.is_passed(request)


def wants_json(request: HttpRequest) -> bool:
    """True where a script sent the form, whose page still holds the words."""
    return request.headers.get("accept", "").startswith("application/json")


def _give_back(request: HttpRequest) -> HttpResponse:
    is_in = _is_logged_in(request)
    token = words_token(request.user) if is_in else request.POST.get(TOKEN, "")
    if wants_json(request) and not is_in:
        said = _("You are logged out. Leave this page open and log in again in another tab.")
        return JsonResponse({"problem": said, "is_out": True}, status=401)
    if wants_json(request):
        said = _("This page was open for a long time. Press “Save a new version”.")
        # For whom the token is: the script sends again only what that same person typed.
        answer = {"problem": said, "token": token, "person": request.user.pk}
        return JsonResponse(answer, status=403, headers={"Cache-Control": "no-store"})
    context = {
        "is_in": is_in,
        "action": request.get_full_path(),
        "log_in_url": reverse("wagtailadmin_login"),
        "token": token,
        "token_name": TOKEN,
        **posted_words(request),
    }
    status, headers = 200 if is_in else 401, {"Cache-Control": "no-store"}
    return TemplateResponse(request, "moderation/kept_words.html", context, status=status, headers=headers)


def posted_words(request: HttpRequest, *, with_short: bool = False) -> dict[str, object]:
    """Part what was typed, which is shown, from what only rides along; `with_short` shows a single short word too."""
    shown, hidden = [], []
    for name, value in ((name, value) for name, values in request.POST.lists() for value in values):
        is_short = with_short and value.strip() and (len(value) <= 30 or "\n" in value)
        is_typed = " " in value.strip() or is_short
        if is_typed and name not in _FORM_ONLY and not name.startswith(anonymity_check.BESIDE_A_REASON):
            label = anonymity_check.field_label(name, request.POST)
            rows = min(value.count("\n") + len(value) // 70 + 1, 20)
            shown.append((name, label or name.capitalize(), value, rows))
        elif name not in (TOKEN, "csrfmiddlewaretoken"):
            hidden.append((name, value))
    return {"shown": shown, "hidden": hidden}


def button_view(
    permission: str,
    find: Callable[[object], object],
    deed: Callable[..., object],
    said: object = "",
    *,
    after: str | Callable[..., str] = "room_queue",
    with_vault: bool = False,
) -> View:
    def press(request: StaffRequest, pk: object) -> HttpResponse:
        row = find(pk)
        with telling(request):
            messages.success(request, deed(row, by=request.user) or said)
        return redirect(after if isinstance(after, str) else after(row))

    return room_view(permission, "POST", with_vault=with_vault)(press)


def not_theirs(request: HttpRequest, facts: Facts) -> HttpResponse | None:
    """Send who knows somebody in it to their own page, where that can be undone; None where it is theirs to read."""
    if reason := why_not_conflicted(facts):
        messages.warning(request, reason)
        return redirect("room_care")
    return None
