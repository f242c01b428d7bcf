"""The log-in's two steps: name and password, then a phone's code, a security key or a recovery code."""

import base64
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LoginView

from moderation.team import audit_log, login_throttle, second_factor
from moderation.views.decorators import StaffRequest
from moderation.views.team.vault import own_next

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class LogIn(LoginView):
    """Wagtail's log-in with a limit of wrong tries, which doesn't say whether the name exists."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        name = request.POST.get("username", "")
        if wait := login_throttle.seconds_to_wait(request, login_throttle.LOG_IN, name=name):
            return self._wait(wait)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        if form.non_field_errors():
            login_throttle.count_wrong_try(self.request, login_throttle.LOG_IN, name=form.data.get("username", ""))
        response: HttpResponse = super().form_invalid(form)
        return response

    def _wait(self, seconds: int) -> HttpResponse:
        form = self.get_form_class()(self.request)
        context = self.get_context_data(form=form) | {"too_many": login_throttle.wait_message(seconds)}
        return self.render_to_response(context, status=429)


class CodeInput(forms.TextInput):
    """A field for a code: phones fill it in by themselves, and what was typed never comes back in the page."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        super().__init__({"autocomplete": "one-time-code", **plain, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, object] = super().get_context(name, None, attrs)
        return context


class CodeForm(forms.Form):
    """The code that the phone shows, or one of the recovery codes; or what a security key answered in the browser."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("The six figures that your phone shows now, or one of your recovery codes."),
        max_length=60,
        required=False,
        widget=CodeInput,
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        if not (self.errors or self.cleaned_data.get("code") or self.cleaned_data.get("credential")):
            self.add_error("code", _("Type your code."))
        return self.cleaned_data


class NewCodeForm(forms.Form):
    """The first code of a factor that is being set up."""

    code = forms.CharField(
        label=gettext_lazy("The code that your phone shows now"),
        help_text=gettext_lazy("Six figures. They change every thirty seconds."),
        max_length=60,
        error_messages={"required": gettext_lazy("Type the six figures that your phone shows.")},
        widget=CodeInput(attrs={"inputmode": "numeric"}),
    )


class ReplacingForm(NewCodeForm):
    """The same for somebody who has a factor: an open session alone mustn't put another phone in its place."""

    current = forms.CharField(
        label=gettext_lazy("A code of the phone you have used until now, or a recovery code"),
        max_length=60,
        error_messages={"required": gettext_lazy("Type a code of your phone until now, or a recovery code.")},
        widget=CodeInput,
    )
    field_order = ("current", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code that your new phone shows now")
        self.fields["code"].widget.attrs["autofocus"] = False


class KeyForm(forms.Form):
    """What a new key answered in the browser, and a code: an open session alone mustn't add one."""

    credential = forms.JSONField(widget=forms.HiddenInput)
    current = forms.CharField(
        label=gettext_lazy("The code that your phone shows now, or a recovery code"),
        max_length=60,
        error_messages={"required": gettext_lazy("Type your code.")},
        widget=CodeInput,
    )


@method_decorator((never_cache, sensitive_post_parameters("code", "current")), name="dispatch")
class StepView(FormView):
    """What both screens of the second step share: somebody gave a password and nothing else yet."""

    template_name = "moderation/log_in/second_step.html"
    request: StaffRequest
    shown: str
    page_title: "StrPromise"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_anonymous:
            return redirect_to_login(own_next(request) or reverse("wagtailadmin_home"), reverse("wagtailadmin_login"))
        response: Any = self._elsewhere() or super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return cast(HttpResponse, response)

    def _elsewhere(self) -> HttpResponse | None:
        raise NotImplementedError

    def _name(self) -> str:
        """The name that wrong codes count under."""
        return self.request.user.get_username()

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if wait := login_throttle.seconds_to_wait(request, login_throttle.CODE, name=self._name()):
            form = self.get_form_class()()
            return self.render_to_response(
                self.get_context_data(form=form, too_many=login_throttle.wait_message(wait)), status=429
            )
        return super().post(request, *args, **kwargs)

    def refuse(self, form: forms.Form, reason: str, *, field: str = "code") -> HttpResponse:
        login_throttle.count_wrong_try(self.request, login_throttle.CODE, name=self._name())
        form.add_error(field, reason)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {"shown": self.shown, "page_title": self.page_title, "next": own_next(self.request)}


class CodeView(StepView):
    """The second step: a code or a key, and the door is open."""

    form_class = CodeForm
    shown = "code"
    page_title = gettext_lazy("The second step")

    def _elsewhere(self) -> HttpResponse | None:
        if second_factor.is_passed(self.request):
            return redirect(own_next(self.request) or "wagtailadmin_home")
        if second_factor.phone_of(self.request.user) is None:
            return redirect(f"{reverse('room_set_up')}?{urlencode({'next': own_next(self.request)})}")
        return None

    def _name(self) -> str:
        """No count of a recovery code or a key is of a name, which somebody could fill: nobody guesses those."""
        return super()._name() if second_factor.is_phone_code(self.request.POST.get("code", "")) else ""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        if second_factor.security_keys(self.request.user).exists():
            context["js_data"] = second_factor.begin_with_key(self.request, is_new=False)
        return context

    def form_valid(self, form: forms.Form) -> HttpResponse:
        person, typed = self.request.user, form.cleaned_data
        if typed["credential"] and not second_factor.is_right_key(self.request, typed["credential"]):
            return self.refuse(form, _("That key didn’t answer as yours does. Try it again, or type a code."))
        if not typed["credential"] and not second_factor.is_right_code(person, typed["code"]):
            return self.refuse(form, _("That isn’t right. Type the code that your phone shows now."))
        second_factor.mark_passed(self.request)
        if second_factor.recovery_codes_left(person):
            return redirect(own_next(self.request) or "wagtailadmin_home")
        return show_new_codes(self.request, second_factor.make_recovery_codes(person))


class SetUpView(StepView):
    """Set up a second factor: the first time, after somebody took the old one away, or for another phone."""

    shown = "set_up"
    page_title = gettext_lazy("Set up your second step")

    def _elsewhere(self) -> HttpResponse | None:
        has_one = second_factor.phone_of(self.request.user) is not None
        return redirect("room_code") if has_one and not second_factor.is_passed(self.request) else None

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**kwargs) | shown_secret(self.request.user, self.request.session)

    def get_form_class(self) -> type[NewCodeForm]:
        return ReplacingForm if second_factor.phone_of(self.request.user) else NewCodeForm

    def form_valid(self, form: NewCodeForm) -> HttpResponse:
        is_theirs, codes = self._set_up(**form.cleaned_data)
        if not is_theirs:
            return self.refuse(form, wrong_current_code(), field="current")
        if codes is None:
            return self.refuse(form, wrong_first_code())
        second_factor.mark_passed(self.request)
        return show_new_codes(self.request, codes)

    @transaction.atomic
    def _set_up(self, *, code: str, current: str = "") -> tuple[bool, list[str] | None]:
        """Say whether `current` is theirs, and return new recovery codes where `code` is of the new phone too."""
        person = self.request.user
        is_theirs = second_factor.phone_of(person) is None or second_factor.is_right_code(person, current)
        codes = second_factor.set_up_phone(person, code, self.request.session) if is_theirs else None
        # A recovery code isn't used up by a slip of the finger in the field beside it.
        transaction.set_rollback(is_theirs and codes is None)
        if codes:
            audit_log.log_deed("set up a second factor", person, by=person)
        return is_theirs, codes


class KeyView(StepView):
    """Security keys beside the phone: those that are there, and another."""

    form_class = KeyForm
    shown = "key"
    page_title = gettext_lazy("Security keys")

    def _elsewhere(self) -> HttpResponse | None:
        return redirect("room_set_up") if second_factor.phone_of(self.request.user) is None else None

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        keys, options = (
            second_factor.security_keys(self.request.user),
            second_factor.begin_with_key(self.request, is_new=True),
        )
        return super().get_context_data(**kwargs) | {"keys": keys, "js_data": options}

    def form_valid(self, form: KeyForm) -> HttpResponse:
        person = self.request.user
        if not second_factor.is_right_code(person, form.cleaned_data["current"]):
            return self.refuse(form, wrong_current_code(), field="current")
        if not second_factor.add_key(self.request, form.cleaned_data["credential"]):
            return self.refuse(form, _("The key didn’t answer. Try it again."), field="current")
        audit_log.log_deed("add a security key", person, by=person)
        return redirect("room_key")


@require_POST
@require_admin_access
def remove_key(request: StaffRequest, pk: int) -> HttpResponse:
    """Remove a security key of one's own."""
    get_object_or_404(second_factor.security_keys(request.user), pk=pk).delete()
    audit_log.log_deed("remove a security key", request.user, by=request.user)
    return redirect("room_key")


def show_new_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The one page that ever shows these recovery codes."""
    on = own_next(request) or reverse("wagtailadmin_home")
    context = {"shown": "recovery_codes", "codes": codes, "page_title": _("Your recovery codes"), "next": on}
    return TemplateResponse(request, "moderation/log_in/second_step.html", context)


def wrong_first_code() -> str:
    return _("That isn’t the code for this picture. Wait for the next one, check your phone’s clock, and type it.")


def wrong_current_code() -> str:
    return _("That isn’t right. Type the code that your phone until now shows, or a recovery code.")


def shown_secret(person: User, session: Any) -> dict[str, Any]:
    """What a page shows of a phone that is being set up: its picture, which was drawn here, and the same in letters."""
    secret, adapter = second_factor.pending_secret(session), get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    letters = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"picture": base64.b64encode(picture.encode()).decode(), "letters": letters}
