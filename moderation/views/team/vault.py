"""Unlocking and locking the vault, what a screen shows while it is locked, and everybody's keys."""

from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.account import LogoutView

from moderation.forces import answers
from moderation.forms.room import worded_field
from moderation.models import ModeratorKey
from moderation.team import audit_log, keys, rotation, throttle, vault, vault_session
from moderation.team.permissions import MODERATORS, Refused, roles_that_may
from moderation.views.decorators import StaffRequest, VaultRequest, room_view
from moderation.views.pages import KEYS, QUESTIONS, ask_first, refusals_in, room_page
from moderation.views.team.people import in_hand_of
from stories.intake import receive


def _page(
    request: HttpRequest, name: str, title: str, context: Mapping[str, object], *, icon: str = "key", status: int = 200
) -> HttpResponse:
    under = () if name == "keys" else (KEYS,)
    return room_page(request, f"vault/{name}", title, icon, context, under=under, status=status)


# A browser that saves, corrects or spell-checks what is typed might send it elsewhere.
PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class WordsInput(forms.PasswordInput):
    """Six words in plain sight, so that a slip can be seen; like a password they never come back in the page."""

    input_type = "text"


class SixWordsForm(forms.Form):
    words = worded_field("SixWordsForm.words", max_length=500, widget=WordsInput(attrs=PLAIN | {"autofocus": True}))


def _ask_for_words(
    request: StaffRequest, form: forms.Form, take: Callable[[str], HttpResponse], title: str, context: dict[str, object]
) -> HttpResponse:
    """Have `take` answer to the six words that were sent; else ask for them, and say why it didn't."""
    name, status = request.user.get_username(), 200
    if form.is_valid():
        try:
            if wait := throttle.wait_message(request, throttle.UNLOCK, name=name):
                status = 429
                raise Refused(wait)
            return take(form.cleaned_data["words"])
        except vault.WrongPassphrase as wrong:
            throttle.count_wrong_try(request, throttle.UNLOCK, name=name)
            form.add_error("words", wrong.reason)
        except Refused as failure:
            context["failure"] = failure
    icon = "key" if "checks_paper" in context else "lock"
    return _page(request, "unlock", title, {**context, "form": form}, icon=icon, status=status)


@room_view("unlock the vault")
@sensitive_post_parameters("words")
def unlock_page(request: StaffRequest) -> HttpResponse:
    """Open the vault with six words, after the log-in and apart from it."""
    form = SixWordsForm(request.POST if request.method == "POST" else None)
    form.fields["words"].label = _("Your six words")
    is_open = vault_session.vault_of(request, works=False) is not None
    context: dict[str, object] = {"next": own_next(request), "is_open": is_open}
    if request.method == "GET":
        context["failure"] = keys.why_locked(request.user)

    def take(words: str) -> HttpResponse:
        opened = vault.unlock_vault(request.user, words)
        response = redirect(own_next(request) or reverse("wagtailadmin_home"))
        vault_session.keep_open(request, response, opened)
        audit_log.log_deed(audit_log.UNLOCK, request.user)
        answers.move_sealed_answers(opened)
        says = _("The vault is open. It locks when you log out, or after 30 minutes without work.")
        messages.success(request, says, extra_tags="unlock")
        return response

    return _ask_for_words(request, form, take, _("Unlock the vault"), context)


@room_view("unlock the vault")
@sensitive_post_parameters("words")
def type_words_back(request: StaffRequest) -> HttpResponse:
    """Have one's six words typed back once, to see that the paper is right; it opens nothing."""

    def take(words: str) -> HttpResponse:
        vault.refuse_other_words(request.user, words)
        messages.success(request, _("Your paper is right. Have your key admitted now."))
        return redirect("vault_keys")

    form = SixWordsForm(request.POST if request.method == "POST" else None)
    return _ask_for_words(request, form, take, _("Type your six words back"), {"checks_paper": True})


def own_next(request: HttpRequest) -> str:
    """Return where to go afterwards: an address of our own admin, or nothing."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    path = unquote(urlsplit(target).path)
    is_here = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure())
    return target if is_here and path.startswith(reverse("wagtailadmin_home")) and ".." not in path else ""


@require_POST
def lock_vault(request: HttpRequest) -> HttpResponse:
    response = redirect("vault_unlock")
    vault_session.shut_vault(request, response)
    messages.success(request, _("The vault is locked."), extra_tags="lock")
    return response


class LogOut(LogoutView):
    """Wagtail's log-out, which also takes the vault's cookie back; the session's box is gone already."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        vault_session.forget_vault(response)
        return response


@room_view("see the people", "GET")
def keys_page(request: StaffRequest) -> HttpResponse:
    queue = vault.current_queue_key()
    context = {
        "holders": keys.share_holders(),
        "is_moderator": MODERATORS in roles_that_may(request.user),
        "is_open": vault_session.vault_of(request, works=False) is not None,
        "queue": queue,
        "fingerprint": vault.key_fingerprint(queue.public) if queue else "",
        "recent": keys.recent_admissions(),
        "should_rotate": keys.should_rotate(),
        "is_unfinished": rotation.is_unfinished(),
    }
    return _page(request, "keys", _("Keys"), context)


@room_view("unlock the vault")
def make_key(request: StaffRequest) -> HttpResponse:
    now = vault.current_key(request.user)
    if request.method == "GET":
        context = {"key": now, "is_admitted": now and keys.is_admitted(now), "is_last": now and keys.is_last(now)}
        return _page(request, "make_key", _("Make my key"), context)
    # A page that is sent twice must not replace the key whose words were just written down.
    if request.POST.get("replaces", "") != (str(now.pk) if now else ""):
        messages.warning(request, _("You made a key a moment ago, and its words were shown then. It is still good."))
        return redirect("vault_keys")
    words = keys.make_key(request.user).split()
    made = get_object_or_404(ModeratorKey, moderator=request.user, is_current=True)
    fingerprint = vault.key_fingerprint(made.public)
    return _page(request, "make_key", _("Your six words"), {"words": words, "fingerprint": fingerprint})


class FingerprintForm(forms.Form):
    fingerprint = worded_field("FingerprintForm.fingerprint", max_length=60, widget=forms.TextInput(attrs=PLAIN))


@room_view("admit a key", with_vault=True)
def admit_key(request: VaultRequest, key_id: int) -> HttpResponse:
    key = get_object_or_404(ModeratorKey.objects.select_related("moderator"), pk=key_id, is_current=True)
    who = {"who": user_display_name(key.moderator)}
    form = FingerprintForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form, "fingerprint"):
            keys.admit_key(key, by=request.vault, fingerprint=form.cleaned_data["fingerprint"])
            messages.success(request, keys.admission_words(key.moderator))
            return redirect("vault_keys")
    context = {"form": form, "key": key, "is_own": key.moderator_id == request.user.pk}
    return _page(request, "admit", _("Admit the key of %(who)s") % who, context)


@room_view("stop a key")
def stop_key(request: StaffRequest, key_id: int) -> HttpResponse:
    key = get_object_or_404(ModeratorKey.objects.select_related("moderator"), pk=key_id, is_current=True)
    words, name = QUESTIONS["stop a key"], {"name": user_display_name(key.moderator)}
    says = [words["says"], in_hand_of(key.moderator), *([words["last"]] if keys.is_last(key) else []), words["then"]]
    return ask_first(
        request,
        words | {"title": words["title"] % name, "says": " ".join(says), "done": words["done"] % name},
        under=[KEYS],
        why_not=None,
        do=lambda: keys.stop_key(key, by=request.user),
    )


@room_view("unlock the vault", with_vault=True)
def rotation_page(request: VaultRequest) -> HttpResponse:
    """Change the team's key, a batch with each press, until nothing stands on the old one."""
    if request.method == "POST":
        return _rotated(request)
    queue = vault.refuse_other_mode()
    context = {
        "is_unfinished": rotation.is_unfinished(),
        "left": rotation.left_to_reseal(),
        "is_done": "done" in request.GET,
        "fingerprint": vault.key_fingerprint(queue.public),
        "is_as_pinned": receive.is_as_pinned(queue),
    }
    return _page(request, "rotate", _("Change the team’s key"), context, icon="rotate")


def _rotated(request: VaultRequest) -> HttpResponse:
    opened, left = request.vault, 1
    try:
        if not rotation.is_unfinished():
            opened = rotation.begin_rotation(by=opened)
        left = rotation.reseal_some(by=opened)
        if left:
            says = ngettext(
                "%(count)s account still stands on the old key. Go on until none is left.",
                "%(count)s accounts still stand on the old key. Go on until none is left.",
                left,
            )
            messages.info(request, says % {"count": left})
    except Refused as failure:
        messages.error(request, failure.reason)
    response = redirect(reverse("vault_rotate") + ("" if left else "?done"))
    # The old key and the new while something is left to move, in this session only; then the new one alone.
    vault_session.keep_open(request, response, opened if left else opened.without_retired())
    return response
