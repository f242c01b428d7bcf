"""The newcomer's way in, behind a one-time link: a password, a second step, six words. Nobody is logged in here.

The link's own page does nothing until its button is pressed. From there on the address names no
link, so that it stands in no history but the newcomer's own and in no referrer.
"""

import tomllib
from pathlib import Path

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from moderation.forms.room import worded_field
from moderation.models import Invitation
from moderation.team import invitations, keys, login_throttle, rights, second_factor, vault
from moderation.team.permissions import Refused
from moderation.views.pages import refusals_in
from moderation.views.team.log_in import WRONG_FIRST_CODE, NewCodeForm, shown_secret
from moderation.views.team.vault import SixWordsForm

_TITLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
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
    if wait := login_throttle.wait_message(request, login_throttle.WELCOME):
        return _page(request, "wait", status=429, too_many=wait)
    invitation = invitations.invitation_behind(token)
    if invitation is None:
        login_throttle.count_wrong_try(request, login_throttle.WELCOME)
        return _page(request, "ended", status=404)
    if request.user.is_authenticated:
        return _page(request, "somebody_else", invitation=invitation)
    form = AgainForm(request.POST or None) if invitations.next_step(invitation) != invitations.PASSWORD else None
    if request.method == "POST" and (form is None or _is_same_person(request, form, invitation)):
        request.session.cycle_key()
        request.session[_OPENED] = str(invitation.pk)
        if form is not None:
            request.session[_PASSWORD_GIVEN] = str(invitation.pk)
        return redirect("room_welcome_step")
    return _page(request, "begin", invitation=invitation, form=form)


def _is_same_person(request: HttpRequest, form: AgainForm, invitation: Invitation) -> bool:
    name = _name(invitation)
    if login_throttle.wait_message(request, login_throttle.WELCOME, name=name):
        form.add_error(None, _("That was too many tries. Wait a quarter of an hour, and try again."))
        return False
    if not form.is_valid():
        return False
    if not invitations.newcomer_of(invitation).check_password(form.cleaned_data["password"]):
        login_throttle.count_wrong_try(request, login_throttle.WELCOME, name=name)
        form.add_error("password", _("That isn’t the password you chose. Ask for another link if it is gone."))
    return not form.errors


@never_cache
@sensitive_post_parameters()
def welcome_step(request: HttpRequest) -> HttpResponse:
    """Answer with the next step. A form that belongs to another step, such as one sent twice, changes nothing."""
    opened = _opened_here(request)
    if opened is None or request.user.is_authenticated:
        return _page(request, "ended", status=404)
    step = invitations.next_step(opened)
    is_sent = request.method == "POST" and request.POST.get("step") == step
    if is_sent and (wait := login_throttle.wait_message(request, login_throttle.WELCOME, name=_name(opened))):
        return _page(request, "wait", status=429, too_many=wait)
    return _STEPS[step](request, opened, is_sent)


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
    return _page(request, "password", invitation=invitation, form=form)


def _factor(request: HttpRequest, invitation: Invitation, is_sent: bool) -> HttpResponse:
    person, form = invitation.person, NewCodeForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        if codes := second_factor.set_up_phone(person, form.cleaned_data["code"], request.session):
            return _page(request, "recovery_codes", codes=codes, step=invitations.next_step(invitation))
        login_throttle.count_wrong_try(request, login_throttle.WELCOME, name=_name(invitation))
        form.add_error("code", WRONG_FIRST_CODE)
    return _page(request, "factor", form=form, **shown_secret(person, request.session))


def _words(request: HttpRequest, invitation: Invitation, is_sent: bool) -> HttpResponse:
    key = vault.current_key(invitation.person)
    if is_sent and "make" in request.POST:
        # A page that is sent twice must not replace the key whose words were just written down.
        if request.POST.get("replaces", "") == str(key.pk if key else ""):
            return _page(request, "words", words=keys.make_key(invitation.person, is_newcomer=True).split())
        is_sent = False
    form = SixWordsForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            return _finished(request, invitation, words=form.cleaned_data["words"])
        except Refused as refusal:
            if isinstance(refusal, vault.WrongPassphrase):
                login_throttle.count_wrong_try(request, login_throttle.WELCOME, name=_name(invitation))
            form.add_error("words", refusal.reason)
    return _page(request, "words_back" if key else "make_words", form=form, key=key)


def _finished(request: HttpRequest, invitation: Invitation, *, words: str = "") -> HttpResponse:
    invitations.finish_invitation(invitation, words=words)
    request.session.flush()
    key = vault.current_key(invitation.person)
    waits = rights.waiting_rights().filter(person=invitation.person).first()
    return _page(request, "done", fingerprint=vault.key_fingerprint(key.public) if key else "", waits=waits)


_STEPS = {
    invitations.PASSWORD: _password,
    invitations.FACTOR: _factor,
    invitations.WORDS: _words,
    invitations.READY: lambda request, opened, is_sent: (
        _finished(request, opened) if is_sent else _page(request, "ready")
    ),
}


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: object) -> HttpResponse:
    context = {"shown": name, "page_title": _TITLES[name], **context}
    headers = {"Cache-Control": "no-store"}
    return TemplateResponse(request, "moderation/welcome.html", context, status=status, headers=headers)
