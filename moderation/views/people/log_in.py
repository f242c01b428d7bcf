"""The log-in's two steps: name and password, then a code of the second factor or a recovery code."""

from typing import Any, cast
from urllib.parse import urlencode

import segno
from django import forms
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin.views.account import LoginView

from moderation.errors import Refused
from moderation.log import record
from moderation.models import SecondFactor
from moderation.people import second_factor, tries
from moderation.views.safekeeping.vault import own_next


class LogIn(LoginView):
    """Wagtail's log-in with a limit of wrong tries, which doesn't say whether the name exists."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("username", "")
        if wait := tries.seconds_to_wait(request, "log-in", name=name):
            return self._wait(wait)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        if form.non_field_errors():
            tries.was_wrong(self.request, "log-in", name=form.data.get("username", ""))
        response: HttpResponse = super().form_invalid(form)
        return response

    def form_valid(self, form: forms.Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if second_factor.of(self.request.user) is None and second_factor.is_passed(self.request):
            tries.know(self.request, response)
        return response

    def _wait(self, seconds: int) -> HttpResponse:
        form = self.get_form_class()(self.request)
        context = self.get_context_data(form=form) | {"too_many": tries.too_many(seconds)}
        return self.render_to_response(context, status=429)


class CodeInput(forms.TextInput):
    """A field for a code: phones fill it in by themselves, and what was typed never comes back in the page."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        super().__init__({"autocomplete": "one-time-code", **plain, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        return context


class CodeForm(forms.Form):
    """The code that the phone shows, or one of the recovery codes."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("The six figures that your phone shows now, or one of your recovery codes."),
        max_length=60,
        error_messages={"required": gettext_lazy("Type your code.")},
        widget=CodeInput,
    )


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


@method_decorator((never_cache, sensitive_post_parameters("code")), name="dispatch")
class StepView(FormView):
    """What both screens of the second step share: somebody gave a password and nothing else yet."""

    request: HttpRequest
    page_title: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_anonymous:
            return redirect_to_login(own_next(request) or reverse("wagtailadmin_home"), reverse("wagtailadmin_login"))
        response: Any = self._elsewhere() or super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return cast(HttpResponse, response)

    def _elsewhere(self) -> HttpResponse | None:
        raise NotImplementedError

    def _door(self) -> str:
        return "code"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wait := tries.seconds_to_wait(request, self._door(), name=request.user.get_username()):
            form = self.get_form_class()()
            return self.render_to_response(self.get_context_data(form=form, too_many=tries.too_many(wait)), status=429)
        return super().post(request, *args, **kwargs)

    def refuse(self, form: forms.Form, reason: str, *, field: str = "code") -> HttpResponse:
        tries.was_wrong(self.request, self._door(), name=self.request.user.get_username())
        form.add_error(field, reason)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"page_title": self.page_title, "next": own_next(self.request)}


class CodeView(StepView):
    """The second step: a code, and the door is open."""

    form_class = CodeForm
    template_name = "moderation/log_in/code.html"
    page_title = gettext_lazy("The second step")

    def _elsewhere(self) -> HttpResponse | None:
        if second_factor.is_passed(self.request):
            return redirect(own_next(self.request) or "wagtailadmin_home")
        if second_factor.of(self.request.user) is None:
            return redirect(f"{reverse('room_set_up')}?{urlencode({'next': own_next(self.request)})}")
        return None

    def _door(self) -> str:
        is_guessable = second_factor.is_of_a_phone(self.request.POST.get("code", ""))
        return super()._door() if is_guessable else tries.RECOVERY

    def form_valid(self, form: CodeForm) -> HttpResponse:
        person, is_known = self.request.user, tries.is_known(self.request)
        try:
            is_right = second_factor.is_right(person, form.cleaned_data["code"], is_known=is_known)
        except Refused as refusal:
            form.add_error("code", f"{refusal.reason} {_('A recovery code opens at once.')}")
            return self.form_invalid(form)
        if not is_right:
            return self.refuse(form, _("That isn’t right. Type the code that your phone shows now."))
        second_factor.let_pass(self.request)
        response = redirect(own_next(self.request) or "wagtailadmin_home")
        tries.know(self.request, response)
        return response


class SetUpView(StepView):
    """Set up a second factor: the first time, after somebody took the old one away, or for another phone."""

    template_name = "moderation/log_in/set_up.html"
    page_title = gettext_lazy("Set up your second step")

    def _elsewhere(self) -> HttpResponse | None:
        has_one = second_factor.of(self.request.user) is not None
        return redirect("room_code") if has_one and not second_factor.is_passed(self.request) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        factor = second_factor.begun(self.request.user, self.request.session)
        return super().get_context_data(**kwargs) | shown(factor)

    def get_form_class(self) -> type[NewCodeForm]:
        return ReplacingForm if second_factor.of(self.request.user) else NewCodeForm

    def form_valid(self, form: NewCodeForm) -> HttpResponse:
        try:
            is_theirs, codes = self._confirmed(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
            return self.form_invalid(form)
        if not is_theirs:
            wrong = _("That isn’t right. Type the code that your phone until now shows, or a recovery code.")
            return self.refuse(form, wrong, field="current")
        if codes is None:
            return self.refuse(form, wrong_first_code())
        return self._passed(codes)

    @transaction.atomic
    def _confirmed(self, *, code: str, current: str = "") -> tuple[bool, list[str] | None]:
        """Say whether `current` is theirs, and return new recovery codes where `code` is of the new phone too."""
        request, person = self.request, self.request.user
        is_theirs = second_factor.of(person) is None
        is_theirs = is_theirs or second_factor.is_right(person, current, is_known=tries.is_known(request))
        codes = second_factor.confirm(person, code, request.session) if is_theirs else None
        # A recovery code isn't used up by a slip of the finger in the field beside it.
        transaction.set_rollback(is_theirs and codes is None)
        if codes:
            record.add("set up a second factor", item=person.get_username(), by=person)
        return is_theirs, codes

    def _passed(self, codes: list[str]) -> HttpResponse:
        second_factor.let_pass(self.request)
        on = own_next(self.request) or reverse("wagtailadmin_home")
        context = {"codes": codes, "page_title": _("Your recovery codes"), "next": on}
        response = self.response_class(self.request, "moderation/log_in/recovery_codes.html", context)
        tries.know(self.request, response)
        return response


def wrong_first_code() -> str:
    return _("That isn’t the code for this picture. Wait for the next one, check your phone’s clock, and type it.")


def shown(factor: SecondFactor) -> dict[str, Any]:
    """What a page shows of a factor that is being set up: its picture, and the same in letters."""
    return {"picture": _drawn(factor.config_url), "letters": factor.in_letters}


def _drawn(address: str) -> SafeString:
    """The QR code as a part of the page: no other host is asked, and no file is made."""
    picture = segno.make(address, error="m").svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    return mark_safe(picture)  # noqa: S308 - segno escapes what it draws, and draws it as dots
