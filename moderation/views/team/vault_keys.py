"""The Keys screen: who holds a key, and the deeds that make, admit, stop and change one."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name

from moderation.models import ModeratorKey
from moderation.team import keys, rotation, vault, vault_session
from moderation.team.permissions import MODERATORS, Refused, roles_that_may
from moderation.views.team.people import in_hand_of
from moderation.views.team.vault import UnlockView, VaultScreen, WordsForm, needs_vault
from stories.intake import receive


class KeysView(VaultScreen, TemplateView):
    """Every moderator and their key; nothing here is secret."""

    deed = "see the people"
    template_name = "moderation/vault/keys.html"
    page_title = gettext_lazy("Keys")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        queue = vault.current_queue_key()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "holders": keys.share_holders(),
            "is_moderator": MODERATORS in roles_that_may(self.request.user),
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now = _own_key(self.request)
        return context | {
            "key": now,
            "is_admitted": now and keys.is_admitted(now),
            "is_last": now and keys.is_last(now),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = _own_key(request)
        # A page that is sent twice must not replace the key whose words were just written down.
        if request.POST.get("replaces", "") != (str(now.pk) if now else ""):
            messages.warning(
                request, _("You made a key a moment ago, and its words were shown then. It is still good.")
            )
            return redirect("vault_keys")
        words = keys.make_key(request.user)
        made = get_object_or_404(ModeratorKey, moderator=request.user, is_current=True)
        self.template_name, self.page_title = "moderation/vault/words.html", gettext_lazy("Your six words")
        shown = {"words": words.split(), "fingerprint": vault.key_fingerprint(made.public)}
        return self.render_to_response(self.get_context_data() | shown)


class WordsBackView(UnlockView):
    """Have one's six words typed back once, to see that the paper is right; it opens nothing."""

    form_class = WordsForm
    template_name = "moderation/vault/words_back.html"
    page_title = gettext_lazy("Type your six words back")
    header_icon = "key"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def take(self, words: str) -> HttpResponse:
        vault.refuse_other_words(self.request.user, words)
        messages.success(self.request, _("Your paper is right. Have your key admitted now."))
        return redirect("vault_keys")


def _own_key(request: HttpRequest) -> ModeratorKey | None:
    return ModeratorKey.objects.filter(moderator=request.user.pk, is_current=True).first()


class KeyScreen(VaultScreen):
    """A screen about one moderator's key."""

    kwargs: dict[str, Any]

    @cached_property
    def key(self) -> ModeratorKey:
        rows = ModeratorKey.objects.select_related("moderator")
        found: ModeratorKey = get_object_or_404(rows, pk=self.kwargs["key_id"], is_current=True)
        return found

    def get_page_title(self) -> str:
        return str(self.page_title) % {"who": user_display_name(self.key.moderator)}


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
class AdmitView(KeyScreen, FormView):
    """Admit another moderator's key, once its fingerprint was compared by voice."""

    deed = "admit a key"
    form_class = FingerprintForm
    template_name = "moderation/vault/admit.html"
    page_title = gettext_lazy("Admit the key of %(who)s")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"key": self.key, "is_own": self.key.moderator_id == self.request.user.pk}

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


class StopView(KeyScreen, TemplateView):
    """Stop a key; asks once, and then it holds at once."""

    deed = "stop a key"
    template_name = "moderation/vault/stop.html"
    page_title = gettext_lazy("Stop the key of %(who)s")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        about = {"key": self.key, "is_last": keys.is_last(self.key), "in_hand": in_hand_of(self.key.moderator)}
        return context | about

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = self.key
        keys.stop_key(key, by=request.user)
        messages.success(
            request, _("The key of %(who)s opens nothing now.") % {"who": user_display_name(key.moderator)}
        )
        return redirect("vault_keys")


@method_decorator(needs_vault, name="dispatch")
class RotateView(VaultScreen, TemplateView):
    """Change the team's key, a batch with each press, until nothing stands on the old one."""

    template_name = "moderation/vault/rotate.html"
    page_title = gettext_lazy("Change the team’s key")
    header_icon = "rotate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        queue = vault.refuse_other_mode()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "is_unfinished": rotation.is_unfinished(),
            "left": rotation.left_to_reseal(),
            "is_done": "done" in self.request.GET,
            "fingerprint": vault.key_fingerprint(queue.public),
            "is_as_pinned": receive.is_as_pinned(queue),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
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
        vault_session.open_for(request, response, vault if left else vault.without_retired())
        return response


def _still_left(left: int) -> str:
    return ngettext(
        "%(count)s account still stands on the old key. Go on until none is left.",
        "%(count)s accounts still stand on the old key. Go on until none is left.",
        left,
    ) % {"count": left}
