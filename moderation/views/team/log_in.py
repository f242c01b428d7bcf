"""Getting in: the log-in's two steps, and a newcomer's way behind a one-time link.

The steps are name and password, then a phone's code, a security key or a recovery code. A newcomer chooses a password,
sets up the second step and gets six words; nobody is logged in there. The link's own page does nothing until its button
is pressed. From there on the address names no link, so that it stands in no history but the newcomer's own and in no
referrer.
"""

import base64
from collections.abc import Callable
from functools import partial, wraps
from textwrap import wrap
from typing import Any, cast
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LoginView

from moderation.forms.room import worded_field
from moderation.models import Invitation
from moderation.team import audit_log, invitations, keys, rights, second_factor, throttle, vault
from moderation.team.permissions import MODERATORS, Refused
from moderation.views.decorators import StaffRequest, View
from moderation.views.pages import refusals_in
from moderation.views.team.vault import PLAIN, SixWordsForm, WordsInput, own_next
from stories.core import tables


class LogIn(LoginView):
    """Wagtail's log-in with a limit of wrong tries, which doesn't say whether the name exists."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        name = request.POST.get("username", "")
        if wait := throttle.wait_message(request, throttle.LOG_IN, name=name):
            context = self.get_context_data(form=self.get_form_class()(request), too_many=wait)
            return self.render_to_response(context, status=429)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        if form.non_field_errors():
            throttle.count_wrong_try(self.request, throttle.LOG_IN, name=form.data.get("username", ""))
        return super().form_invalid(form)


def _code_field(name: str, **attrs: object) -> Any:
    attrs = {**PLAIN, "autocomplete": "one-time-code", "autofocus": True, **attrs}
    return worded_field(name, max_length=60, widget=WordsInput(attrs=attrs))


class CodeForm(forms.Form):
    """The code that the phone shows, or one of the recovery codes; or what a security key answered in the browser."""

    code = _code_field("CodeForm.code")
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        if not (self.errors or self.cleaned_data.get("code") or self.cleaned_data.get("credential")):
            self.add_error("code", _("Type your code."))
        return self.cleaned_data


class NewCodeForm(forms.Form):
    code = _code_field("NewCodeForm.code", inputmode="numeric")


class ReplacingForm(forms.Form):
    """The same for somebody who has a factor: an open session alone mustn't put another phone in its place."""

    current = _code_field("ReplacingForm.current")
    code = _code_field("ReplacingForm.code", inputmode="numeric", autofocus=False)


class KeyForm(forms.Form):
    """A new key's answer in the browser, and a code: an open session alone mustn't add one."""

    credential = forms.JSONField(widget=forms.HiddenInput)
    current = _code_field("KeyForm.current")


def _step(view: Callable[[StaffRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    @never_cache
    @sensitive_post_parameters("code", "current")
    @wraps(view)
    def stepping(request: HttpRequest) -> HttpResponse:
        if request.user.is_anonymous:
            return redirect_to_login(own_next(request) or reverse("wagtailadmin_home"), reverse("wagtailadmin_login"))
        return view(cast(StaffRequest, request))

    return stepping


_WORDS = tables.read(__file__)


def _page(
    request: HttpRequest, shown: str, *, template: str = "log_in/second_step", status: int = 200, **context: object
) -> HttpResponse:
    context = {"next": own_next(request), **context, "shown": shown, "page_title": _WORDS["titles"][shown]}
    return TemplateResponse(request, f"moderation/{template}.html", context, status=status)


_welcome_page = partial(_page, template="welcome")
# What stands on a page beside its form.
Beside = Callable[[], dict[str, Any]]


def _answer(
    request: StaffRequest, shown: str, form_class: type[forms.Form], take: View, beside: Beside, *, name: str
) -> HttpResponse:
    """Have `take` answer to what was sent; else show the page. `name` is what wrong codes count under.

    A `ValidationError` of it counts as a wrong try, and is said beside its field.
    """
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_bound and (wait := throttle.wait_message(request, throttle.CODE, name=name)):
        return _page(request, shown, status=429, form=form_class(), too_many=wait, **beside())
    if form.is_valid():
        try:
            return take(**form.cleaned_data)  # type: ignore[no-any-return]
        except forms.ValidationError as wrong:
            throttle.count_wrong_try(request, throttle.CODE, name=name)
            form.add_error(None, wrong)
    return _page(request, shown, form=form, **beside())


@_step
def code_page(request: StaffRequest) -> HttpResponse:
    person, on = request.user, own_next(request)
    if second_factor.is_passed(request):
        return redirect(on or "wagtailadmin_home")
    if second_factor.phone_of(person) is None:
        return redirect(f"{reverse('room_set_up')}?{urlencode({'next': on})}")

    def take(code: str, credential: dict[str, object] | None) -> HttpResponse:
        if credential and not second_factor.take_key(request, credential, is_new=False):
            says = _("That key didn’t answer as yours does. Try it again, or type a code.")
            raise forms.ValidationError({"code": says})
        if not credential and not second_factor.is_right_code(person, code):
            raise forms.ValidationError({"code": _("That isn’t right. Type the code that your phone shows now.")})
        second_factor.mark_passed(request)
        if second_factor.recovery_codes_left(person):
            return redirect(on or "wagtailadmin_home")
        return show_new_codes(request, second_factor.make_recovery_codes(person))

    # No count of a recovery code or a key is of a name, which somebody could fill: nobody guesses those.
    name = person.get_username() if second_factor.is_phone_code(request.POST.get("code", "")) else ""

    def beside() -> dict[str, Any]:
        has_keys = second_factor.security_keys(person).exists()
        return {"js_data": second_factor.begin_with_key(request, is_new=False)} if has_keys else {}

    return _answer(request, "code", CodeForm, take, beside, name=name)


@_step
def set_up_page(request: StaffRequest) -> HttpResponse:
    """Set up a second factor: the first time, after somebody took the old one away, or for another phone."""
    person = request.user
    has_one = second_factor.phone_of(person) is not None
    if has_one and not second_factor.is_passed(request):
        return redirect("room_code")

    def take(code: str, current: str = "") -> HttpResponse:
        with transaction.atomic():
            is_theirs = not has_one or second_factor.is_right_code(person, current)
            codes = second_factor.set_up_phone(person, code, request.session) if is_theirs else None
            # A recovery code isn't used up by a slip of the finger in the field beside it.
            transaction.set_rollback(is_theirs and codes is None)
            if codes:
                audit_log.log_deed("set up a second factor", person, by=person)
        if not is_theirs:
            raise forms.ValidationError({"current": _WORDS["wrong"]["current"]})
        if codes is None:
            raise forms.ValidationError({"code": _WORDS["wrong"]["first"]})
        second_factor.mark_passed(request)
        return show_new_codes(request, codes)

    form_class = ReplacingForm if has_one else NewCodeForm
    beside = partial(shown_secret, person, request.session)
    return _answer(request, "set_up", form_class, take, beside, name=person.get_username())


@_step
def keys_page(request: StaffRequest) -> HttpResponse:
    person = request.user
    if second_factor.phone_of(person) is None:
        return redirect("room_set_up")

    def take(current: str, credential: dict[str, object]) -> HttpResponse:
        if not second_factor.is_right_code(person, current):
            raise forms.ValidationError({"current": _WORDS["wrong"]["current"]})
        if not second_factor.take_key(request, credential, is_new=True):
            raise forms.ValidationError({"current": _("The key didn’t answer. Try it again.")})
        audit_log.log_deed("add a security key", person, by=person)
        return redirect("room_key")

    def beside() -> dict[str, Any]:
        js_data = second_factor.begin_with_key(request, is_new=True)
        return {"keys": second_factor.security_keys(person), "js_data": js_data}

    return _answer(request, "key", KeyForm, take, beside, name=person.get_username())


@require_POST
@require_admin_access
def remove_key(request: StaffRequest, pk: int) -> HttpResponse:
    get_object_or_404(second_factor.security_keys(request.user), pk=pk).delete()
    audit_log.log_deed("remove a security key", request.user, by=request.user)
    return redirect("room_key")


def show_new_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The one page that ever shows these recovery codes."""
    on = own_next(request) or reverse("wagtailadmin_home")
    return _page(request, "recovery_codes", codes=codes, next=on)


def shown_secret(person: User, session: SessionBase) -> dict[str, Any]:
    """A phone that is being set up, for a page: its picture, which was drawn here, and the same in letters."""
    secret, adapter = second_factor.pending_secret(session), get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    return {"picture": base64.b64encode(picture.encode()).decode(), "letters": " ".join(wrap(secret, 4))}


# The invitation that was opened in this session.
_OPENED = "welcome"
# The invitation whose password was chosen, or typed again, in this session.
_PASSWORD_GIVEN = "welcome_password"  # noqa: S105 - where a mark is kept, no password


class AgainForm(forms.Form):
    """The password of somebody who began before, perhaps on another machine."""

    password = worded_field(
        "AgainForm.password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


@never_cache
@sensitive_post_parameters("password")
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites and what is needed; the button opens the way in this browser."""
    if wait := throttle.wait_message(request, throttle.WELCOME):
        return _welcome_page(request, "wait", status=429, too_many=wait)
    invitation = invitations.invitation_behind(token)
    if invitation is None:
        throttle.count_wrong_try(request, throttle.WELCOME)
        return _welcome_page(request, "ended", status=404)
    if request.user.is_authenticated:
        return _welcome_page(request, "somebody_else", invitation=invitation)
    form = AgainForm(request.POST or None) if invitations.next_step(invitation) != invitations.PASSWORD else None
    if request.method == "POST" and (form is None or _is_same_person(request, form, invitation)):
        request.session.cycle_key()
        request.session[_OPENED] = str(invitation.pk)
        if form is not None:
            request.session[_PASSWORD_GIVEN] = str(invitation.pk)
        return redirect("room_welcome_step")
    return _welcome_page(request, "begin", invitation=invitation, form=form)


def _is_same_person(request: HttpRequest, form: AgainForm, invitation: Invitation) -> bool:
    name = _name(invitation)
    if throttle.wait_message(request, throttle.WELCOME, name=name):
        form.add_error(None, _("That was too many tries. Wait a quarter of an hour, and try again."))
        return False
    if not form.is_valid():
        return False
    if not invitations.newcomer_of(invitation).check_password(form.cleaned_data["password"]):
        throttle.count_wrong_try(request, throttle.WELCOME, name=name)
        form.add_error("password", _("That isn’t the password you chose. Ask for another link if it is gone."))
    return not form.errors


@never_cache
@sensitive_post_parameters()
def welcome_step(request: HttpRequest) -> HttpResponse:
    """Answer with the next step. A form that belongs to another step, such as one sent twice, changes nothing."""
    opened = _opened_here(request)
    if opened is None or request.user.is_authenticated:
        return _welcome_page(request, "ended", status=404)
    step = invitations.next_step(opened)
    is_sent = request.method == "POST" and request.POST.get("step") == step
    if is_sent and (wait := throttle.wait_message(request, throttle.WELCOME, name=_name(opened))):
        return _welcome_page(request, "wait", status=429, too_many=wait)
    page = _STEPS[step](request, opened, is_sent)
    if isinstance(page, TemplateResponse) and page.context_data:
        numbers = _WORDS["steps"]
        last = numbers["words_back" if opened.role == MODERATORS else "ready"]
        page.context_data |= {"step_at": numbers.get(page.context_data["shown"]), "steps": last}
    return page


def _opened_here(request: HttpRequest) -> Invitation | None:
    pk = request.session.get(_OPENED)
    found = invitations.open_invitations().select_related("person").filter(pk=pk).first() if pk else None
    if found is None or invitations.next_step(found) == invitations.PASSWORD:
        return found
    # Whoever opened the link before the password was chosen elsewhere opens it once more, and types it.
    return found if request.session.get(_PASSWORD_GIVEN) == pk else None


def _name(invitation: Invitation) -> str:
    """The name that wrong tries of this newcomer count under, apart from anybody's log-in."""
    return f"welcome {invitation.username}"


def _password(request: HttpRequest, invitation: Invitation, is_sent: bool) -> HttpResponse:
    form = SetPasswordForm(invitations.newcomer_of(invitation), request.POST if is_sent else None)
    if is_sent and form.is_valid():
        with refusals_in(form):
            invitations.choose_password(invitation, form.cleaned_data["new_password1"])
            request.session.cycle_key()
            request.session[_PASSWORD_GIVEN] = str(invitation.pk)
            return redirect("room_welcome_step")
    return _welcome_page(request, "password", invitation=invitation, form=form)


def _factor(request: HttpRequest, invitation: Invitation, is_sent: bool) -> HttpResponse:
    person, form = invitation.person, NewCodeForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        if codes := second_factor.set_up_phone(person, form.cleaned_data["code"], request.session):
            return _welcome_page(request, "recovery_codes", codes=codes, step=invitations.next_step(invitation))
        throttle.count_wrong_try(request, throttle.WELCOME, name=_name(invitation))
        form.add_error("code", _WORDS["wrong"]["first"])
    return _welcome_page(request, "factor", form=form, **shown_secret(person, request.session))


def _words(request: HttpRequest, invitation: Invitation, is_sent: bool) -> HttpResponse:
    key = vault.current_key(invitation.person)
    if is_sent and "make" in request.POST:
        # A page that is sent twice must not replace the key whose words were just written down.
        if request.POST.get("replaces", "") == str(key.pk if key else ""):
            return _welcome_page(request, "words", words=keys.make_key(invitation.person, is_newcomer=True).split())
        is_sent = False
    form = SixWordsForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            return _finished(request, invitation, words=form.cleaned_data["words"])
        except Refused as refusal:
            if isinstance(refusal, vault.WrongPassphrase):
                throttle.count_wrong_try(request, throttle.WELCOME, name=_name(invitation))
            form.add_error("words", refusal.reason)
    return _welcome_page(request, "words_back" if key else "make_words", form=form, key=key)


def _finished(request: HttpRequest, invitation: Invitation, *, words: str = "") -> HttpResponse:
    invitations.finish_invitation(invitation, words=words)
    request.session.flush()
    key = vault.current_key(invitation.person)
    waits = rights.waiting_rights().filter(person=invitation.person).first()
    return _welcome_page(request, "done", fingerprint=vault.key_fingerprint(key.public) if key else "", waits=waits)


_STEPS = {
    invitations.PASSWORD: _password,
    invitations.FACTOR: _factor,
    invitations.WORDS: _words,
    invitations.READY: lambda request, opened, is_sent: (
        _finished(request, opened) if is_sent else _welcome_page(request, "ready")
    ),
}
