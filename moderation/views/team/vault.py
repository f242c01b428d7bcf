"""Unlocking and locking the vault, and what a screen shows while it is locked."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import unquote, urlencode, urlsplit

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.account import LogoutView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from moderation.forces import answers
from moderation.models import ModeratorKey
from moderation.team import audit_log, keys, login_throttle, rotation, vault, vault_session
from moderation.team.permissions import MODERATORS, Refused, roles_that_may, why_not
from moderation.views.decorators import StaffRequest, refusal, require_permission
from moderation.views.pages import Question, ask_first
from moderation.views.team.people import in_hand_of
from stories.intake import receive

_OWN_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a form field
_CARRIED = frozenset({_OWN_TOKEN, "digest", "version", "next", "step"})


class VaultScreen(WagtailAdminTemplateMixin):
    """What the vault's screens share: who may see them, and the way back to the keys."""

    permission = "unlock the vault"
    header_icon = "key"
    request: HttpRequest

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if reason := why_not(self.permission, request.user):
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

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.failure = keys.why_locked(self.person)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: UnlockForm) -> HttpResponse:
        name = self.person.get_username()
        if wait := login_throttle.seconds_to_wait(self.request, login_throttle.UNLOCK, name=name):
            self.failure = Refused(login_throttle.wait_message(wait))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        try:
            return self.take(form.cleaned_data["words"])
        except vault.WrongPassphrase as wrong:
            login_throttle.count_wrong_try(self.request, login_throttle.UNLOCK, name=name)
            form.add_error("words", wrong.reason)
            return self.form_invalid(form)
        except Refused as failure:
            self.failure = failure
            return self.form_invalid(form)

    def take(self, words: str) -> HttpResponse:
        """Open the vault with these words; raises `Refused`."""
        opened = vault.unlock_vault(self.person, words)
        response = redirect(own_next(self.request) or reverse("wagtailadmin_home"))
        vault_session.keep_open(self.request, response, opened)
        audit_log.log_vault(ModeratorKey.objects.get(moderator=self.person.pk, is_current=True), audit_log.UNLOCK)
        answers.move_sealed_answers(opened)
        messages.success(
            self.request,
            _("The vault is open. It locks when you log out, or after 30 minutes without work."),
            extra_tags="unlock",
        )
        return response

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        is_open = vault_session.vault_of(self.request, works=False) is not None
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {"failure": self.failure, "next": own_next(self.request), "is_open": is_open}


def own_next(request: HttpRequest) -> str:
    """Return where to go afterwards: an address of our own admin, or nothing."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    path = unquote(urlsplit(target).path)
    is_here = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure())
    return target if is_here and path.startswith(reverse("wagtailadmin_home")) and ".." not in path else ""


@require_POST
def lock_vault(request: HttpRequest) -> HttpResponse:
    """Lock the vault in this browser."""
    response = redirect("vault_unlock")
    vault_session.shut_vault(request, response)
    messages.success(request, _("The vault is locked."), extra_tags="lock")
    return response


class LogOut(LogoutView):
    """Wagtail's log-out, which also takes the vault's cookie back; the session's box is gone already."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        vault_session.forget_vault(response)
        return response


# --- While it is locked ---------------------------------------------------------------------


def needs_vault(view: Callable[..., Any]) -> Callable[..., Any]:
    """Give `view` the open vault as `request.vault`; while it is locked, say what to do instead.

    What a POST carried is shown again and can be sent again, so that a lock never costs a word.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> Any:
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

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=403)

    post = put = delete = get

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        back = self.request.get_full_path() if self.request.method == "GET" else _came_from(self.request)
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {
            "why": keys.why_locked(self.person),
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


class KeysView(VaultScreen, TemplateView):
    """Every moderator and their key; nothing here is secret."""

    permission = "see the people"
    template_name = "moderation/vault/keys.html"
    page_title = gettext_lazy("Keys")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        queue = vault.current_queue_key()
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {
            "holders": keys.share_holders(),
            "is_moderator": MODERATORS in roles_that_may(self.person),
            "is_open": vault_session.vault_of(self.request, works=False) is not None,
            "queue": queue,
            "fingerprint": vault.key_fingerprint(queue.public) if queue else "",
            "recent": keys.recent_admissions(),
            "should_rotate": keys.should_rotate(),
            "is_unfinished": rotation.is_unfinished(),
        }


class MakeKeyView(VaultScreen, TemplateView):
    """Make one's own key, and see its six words this one time."""

    template_name = "moderation/vault/make_key.html"
    page_title = gettext_lazy("Make my key")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        now = vault.current_key(self.person)
        return context | {
            "key": now,
            "is_admitted": now and keys.is_admitted(now),
            "is_last": now and keys.is_last(now),
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        now = vault.current_key(self.person)
        # A page that is sent twice must not replace the key whose words were just written down.
        if request.POST.get("replaces", "") != (str(now.pk) if now else ""):
            messages.warning(
                request, _("You made a key a moment ago, and its words were shown then. It is still good.")
            )
            return redirect("vault_keys")
        words = keys.make_key(self.person)
        made = get_object_or_404(ModeratorKey, moderator=self.person, is_current=True)
        self.page_title = gettext_lazy("Your six words")
        shown = {"words": words.split(), "fingerprint": vault.key_fingerprint(made.public)}
        return self.render_to_response(self.get_context_data() | shown)


class WordsBackView(UnlockView):
    """Have one's six words typed back once, to see that the paper is right; it opens nothing."""

    form_class = WordsForm
    page_title = gettext_lazy("Type your six words back")
    header_icon = "key"

    extra_context = {"checks_paper": True}

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def take(self, words: str) -> HttpResponse:
        vault.refuse_other_words(self.person, words)
        messages.success(self.request, _("Your paper is right. Have your key admitted now."))
        return redirect("vault_keys")


class FingerprintForm(forms.Form):
    """What the owner of a key read out."""

    fingerprint = forms.CharField(
        label=gettext_lazy("The fingerprint that they read to you"),
        help_text=gettext_lazy("Eight groups of four letters and numbers. Spaces and capitals don’t matter."),
        max_length=60,
        error_messages={"required": gettext_lazy("Type the fingerprint that they read to you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


@method_decorator(needs_vault, name="dispatch")
class AdmitView(VaultScreen, FormView):
    """Admit another moderator's key, once its fingerprint was compared by voice."""

    kwargs: dict[str, int]
    permission = "admit a key"
    form_class = FingerprintForm
    template_name = "moderation/vault/admit.html"

    @cached_property
    def key(self) -> ModeratorKey:
        rows = ModeratorKey.objects.select_related("moderator")
        found: ModeratorKey = get_object_or_404(rows, pk=self.kwargs["key_id"], is_current=True)
        return found

    def get_page_title(self) -> str:
        return _("Admit the key of %(who)s") % {"who": user_display_name(self.key.moderator)}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {"key": self.key, "is_own": self.key.moderator_id == self.person.pk}

    def form_valid(self, form: FingerprintForm) -> HttpResponse:
        key = self.key
        try:
            keys.admit_key(key, by=self.request.vault, fingerprint=form.cleaned_data["fingerprint"])  # type: ignore[attr-defined]
        except Refused as failure:
            form.add_error("fingerprint", failure.reason)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("%(who)s can read from now on, and agree to texts in 48 hours.")
            % {"who": user_display_name(key.moderator)},
        )
        return redirect("vault_keys")


@require_http_methods(["GET", "POST"])
@require_permission("stop a key")
def stop_key(request: StaffRequest, key_id: int) -> HttpResponse:
    """Stop a key; asks once, and then it holds at once."""
    key = get_object_or_404(ModeratorKey.objects.select_related("moderator"), pk=key_id, is_current=True)
    who = {"who": user_display_name(key.moderator)}

    def stop() -> str:
        keys.stop_key(key, by=request.user)
        return _("The key of %(who)s opens nothing now.") % who

    says = [
        _(
            "From the next click on it opens nothing, wherever it is in use. They keep their log-in. Another moderator "
            "can admit them again later."
        ),
        in_hand_of(key.moderator),
        _("This is the only key that opens the vault. Without it only the recovery paper does.")
        if keys.is_last(key)
        else "",
        _("If they left the team, or the key may be in other hands, change the team’s key afterwards."),
    ]
    question = Question(
        _("Stop the key of %(who)s") % who,
        " ".join(filter(None, says)),
        _("Stop this key"),
        "key",
        ((reverse("vault_keys"), _("Keys")),),
    )
    return ask_first(request, question, why_not=None, do=stop, after=reverse("vault_keys"))


@method_decorator(needs_vault, name="dispatch")
class RotateView(VaultScreen, TemplateView):
    """Change the team's key, a batch with each press, until nothing stands on the old one."""

    template_name = "moderation/vault/rotate.html"
    page_title = gettext_lazy("Change the team’s key")
    header_icon = "rotate"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        queue = vault.refuse_other_mode()
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {
            "is_unfinished": rotation.is_unfinished(),
            "left": rotation.left_to_reseal(),
            "is_done": "done" in self.request.GET,
            "fingerprint": vault.key_fingerprint(queue.public),
            "is_as_pinned": receive.is_as_pinned(queue),
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        vault, left = request.vault, 1  # type: ignore[attr-defined]
        try:
            if not rotation.is_unfinished():
                vault = rotation.begin_rotation(by=vault)
            left = rotation.reseal_some(by=vault)
            if left:
                messages.info(request, _still_left(left))
        except Refused as failure:
            messages.error(request, failure.reason)
        response = redirect(reverse("vault_rotate") + ("" if left else "?done"))
        # The old key and the new while something is left to move, in this session only; then the new one alone.
        vault_session.keep_open(request, response, vault if left else vault.without_retired())
        return response


def _still_left(left: int) -> str:
    return ngettext(
        "%(count)s account still stands on the old key. Go on until none is left.",
        "%(count)s accounts still stand on the old key. Go on until none is left.",
        left,
    ) % {"count": left}
