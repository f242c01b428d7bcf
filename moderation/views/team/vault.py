"""Unlocking and locking the vault, and what a screen shows while it is locked."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.account import LogoutView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from moderation import answers
from moderation.models import ModeratorKey
from moderation.team import audit_log, keys, login_throttle, vault, vault_session
from moderation.team.permissions import Refused, why_not
from moderation.views.decorators import refusal

_OWN_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a form field
_CARRIED = frozenset({_OWN_TOKEN, "digest", "version", "next", "step"})


class VaultScreen(WagtailAdminTemplateMixin):
    """What the vault's screens share: who may see them, and the way back to the keys."""

    deed = "unlock the vault"
    header_icon = "key"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := why_not(self.deed, request.user):
            return refusal(request, reason)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), {"url": reverse("vault_keys"), "label": _("Keys")}, here]


class WordsInput(forms.PasswordInput):
    """Six words in plain sight, so that a slip can be seen; like a password they never come back in the page."""

    input_type = "text"


class UnlockForm(forms.Form):
    """One field for six words."""

    words = forms.CharField(
        label=gettext_lazy("Your six words"),
        help_text=gettext_lazy(
            "With spaces between them. Capitals don’t matter. Make sure that nobody sees your screen."
        ),
        max_length=500,
        error_messages={"required": gettext_lazy("Type your six words.")},
        # A browser that saves or spell-checks the words might send them elsewhere.
        widget=WordsInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )


class WordsForm(UnlockForm):
    """The six words, typed back once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Your six words, from your paper")


@method_decorator(sensitive_post_parameters("words"), name="dispatch")
class UnlockView(VaultScreen, FormView):
    """Open the vault with six words, after the log-in and apart from it."""

    form_class = UnlockForm
    template_name = "moderation/vault/unlock.html"
    page_title = gettext_lazy("Unlock the vault")
    header_icon = "lock"
    failure: Refused | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.failure = keys.why_locked(request.user)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: UnlockForm) -> HttpResponse:
        name = self.request.user.get_username()
        if wait := login_throttle.seconds_to_wait(self.request, "unlock", name=name):
            self.failure = Refused(login_throttle.wait_message(wait))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        try:
            return self.take(form.cleaned_data["words"])
        except vault.WrongPassphrase as wrong:
            login_throttle.count_wrong_try(self.request, "unlock", name=name)
            form.add_error("words", wrong.reason)
            return self.form_invalid(form)
        except Refused as failure:
            self.failure = failure
            return self.form_invalid(form)

    def take(self, words: str) -> HttpResponse:
        """Open the vault with these words; raises `Refused`."""
        opened = vault.unlock_vault(self.request.user, words)
        response = redirect(own_next(self.request) or reverse("wagtailadmin_home"))
        vault_session.open_for(self.request, response, opened)
        audit_log.log_vault(ModeratorKey.objects.get(moderator=self.request.user.pk, is_current=True), audit_log.UNLOCK)
        answers.move_sealed_answers(opened)
        messages.success(
            self.request,
            _("The vault is open. It locks when you log out, or after 30 minutes without work."),
            extra_tags="unlock",
        )
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_open = vault_session.vault_of(self.request, works=False) is not None
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"failure": self.failure, "next": own_next(self.request), "is_open": is_open}


def own_next(request: HttpRequest) -> str:
    """Return where to go afterwards: an address of our own admin, or nothing."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    path = unquote(urlsplit(target).path)
    is_here = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure())
    return target if is_here and path.startswith(reverse("wagtailadmin_home")) and ".." not in path else ""


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the vault in this browser."""
    response = redirect("vault_unlock")
    vault_session.shut_vault(request, response)
    messages.success(request, _("The vault is locked."), extra_tags="lock")
    return response


class LogOut(LogoutView):
    """Wagtail's log-out, which also takes the vault's cookie back; the session's box is gone already."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        vault_session.forget_vault(response)
        return response


# --- While it is locked ---------------------------------------------------------------------


def needs_vault(view: Callable[..., Any]) -> Callable[..., Any]:
    """Give `view` the open vault as `request.vault`; while it is locked, say what to do instead.

    What a POST carried is shown again and can be sent again, so that a lock never costs a word.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        opened = vault_session.vault_of(request)
        if opened is None:
            return LockedView.as_view()(request)
        request.vault = opened  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return guarded


class LockedView(VaultScreen, TemplateView):
    """The friendly locked screen, which answers in place of the screen that was asked for."""

    template_name = "moderation/vault/locked.html"
    page_title = gettext_lazy("The vault is locked")
    header_icon = "lock"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=403)

    post = put = delete = get

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.request.get_full_path() if self.request.method == "GET" else _came_from(self.request)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "why": keys.why_locked(self.request.user),
            "unlock_url": f"{reverse('vault_unlock')}?{urlencode({'next': back})}",
            "is_post": self.request.method == "POST",
            **_typed(self.request),
        }


def _came_from(request: HttpRequest) -> str:
    """The path of the page whose form was sent; an address that only takes POST is no place to go back to."""
    referer = urlsplit(request.headers.get("referer", ""))
    return referer.path if referer.netloc == request.get_host() else reverse("wagtailadmin_home")


def _typed(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """Part what was posted into what somebody may have typed, and what the form only carried along."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    shown = [_field(name, value) for name, value in fields if _is_typed(name, value)]
    hidden = [_field(name, value) for name, value in fields if not _is_typed(name, value) and name != _OWN_TOKEN]
    return {"shown": shown, "hidden": hidden}


def _is_typed(name: str, value: str) -> bool:
    """A digest, a token and a button's name are no words; whatever else could be is shown."""
    is_one_long_piece = len(value) > 30 and not any(letter.isspace() for letter in value)
    return bool(value.strip()) and name not in _CARRIED and not is_one_long_piece


def _field(name: str, value: str) -> dict[str, Any]:
    rows = min(max(value.count("\n") + len(value) // 80 + 1, 1), 20)
    return {"name": name, "label": name.replace("_", " ").capitalize(), "value": value, "rows": rows}
