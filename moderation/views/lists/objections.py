"""Forces' objections to stories: writing one down, and the two looks; `take_downs` lists them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from moderation import objections, policies, reading
from moderation.facts import load_text_facts
from moderation.forms.objections import LookForm, ObjectionForm
from moderation.policies import objections as rules
from moderation.queue import take_downs
from moderation.team.permissions import Refused
from moderation.team.vault_session import vault_of
from moderation.views.decorators import keeps_words, require_permission, words_token_context
from moderation.views.lists.stories import name_of
from moderation.views.pages import heading, telling
from moderation.views.team.vault import needs_vault
from stories.core import quotes
from stories.models import Force, TakeDownRequest
from stories.models.take_down import OF_FORCES

_ROWS = TakeDownRequest.objects.filter(ground__in=OF_FORCES).select_related(
    "story__submission", "force", "first_by", "settled_by"
)


def state_label(row: TakeDownRequest) -> str:
    """Whose turn it is, or what came of it."""
    if row.outcome:
        return str(row.get_first_outcome_display())
    return _("waits for a second look") if row.first_by_id else _("waits for a first look")


@keeps_words
@require_http_methods(["GET", "POST"])
@require_permission("record an objection")
def write_down(request: HttpRequest) -> HttpResponse:
    """Write down what a force wrote against a story."""
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            objections.write_down(
                objections.Objected(given["story"], given["force"], given["ground"], given["words"]), by=request.user
            )
        except Refused as error:
            refused = error.reason
        else:
            messages.success(request, _("Written down. Two moderators look at it, one after the other."))
            return redirect("room_take_downs")
    context = {
        "form": form,
        "media": form.media,
        "refused": refused,
        "action": request.path,
        **words_token_context(request),
        **heading(_("Write down an objection"), "warning", under=_under()),
    }
    return TemplateResponse(request, "moderation/objection_form.html", context)


@require_GET
@require_permission("see take-down requests")
def objection(request: HttpRequest, pk: object) -> HttpResponse:
    """One of them: where it stands, and with the vault open what the force wrote and what can be done."""
    return _page(request, get_object_or_404(_ROWS, pk=pk), form=LookForm())


@require_POST
@require_permission("look at an objection")
@needs_vault
def look_first(request: HttpRequest, pk: object) -> HttpResponse:
    """Choose what should come of it."""
    row, form = get_object_or_404(_ROWS, pk=pk), LookForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form=form)
    outcome, reason = form.cleaned_data["choice"].split(".")
    with telling(request):
        objections.look_first(row, outcome, reason, by=request.user)
        messages.success(request, _("Noted. Nothing has changed yet: a second moderator looks as well."))
    return redirect("room_objection", pk=row.pk)


@require_POST
@require_permission("look at an objection")
@needs_vault
def agree(request: HttpRequest, pk: object) -> HttpResponse:
    """Be the second who sees it as the form shows it, which settles it."""
    row = get_object_or_404(_ROWS, pk=pk)
    with telling(request):
        settled = objections.agree_to_objection(row, shown=request.POST.get("shown", ""), by=request.user)
        messages.success(request, _SETTLED[settled.outcome])
    return redirect("room_objection", pk=row.pk)


@require_POST
@require_permission("look at an objection")
@needs_vault
def send_back(request: HttpRequest, pk: object) -> HttpResponse:
    """See it another way than the first, so that somebody looks anew."""
    row = get_object_or_404(_ROWS, pk=pk)
    with telling(request):
        objections.send_back(row, by=request.user)
        messages.success(request, _("Sent back. Nothing has changed: somebody looks at it anew."))
    return redirect("room_objection", pk=row.pk)


_SETTLED: dict[str, Any] = {
    TakeDownRequest.Outcome.WITHHELD: gettext_lazy(
        "It is down, and its address says at whose wish and on which ground."
    ),
    TakeDownRequest.Outcome.CORRECTED: gettext_lazy(
        "Settled. Now begin the correction: until then the story stays as it is."
    ),
    TakeDownRequest.Outcome.STAYS: gettext_lazy("Settled. The story stays as it is."),
}


def _under() -> list[tuple[str, Any]]:
    return [(reverse("room_take_downs"), _("Take-down requests"))]


def _page(request: HttpRequest, row: TakeDownRequest, *, form: LookForm) -> HttpResponse:
    context = {
        "row": row,
        "force": row.force,
        "story": row.story,
        "story_name": name_of(row.story),
        "state": state_label(row),
        "reason": rules.reason_in_words(row),
        "is_late": take_downs.is_overdue(row),
        "quoted": quotes.quoting_places(row.story),
        "why_not_first": rules.why_not_look_first(row, request.user),
        "why_not_second": rules.why_not_look_second(row, request.user),
        "chosen": rules.objection_choice(row),
        "can_correct": row.outcome == TakeDownRequest.Outcome.CORRECTED
        and policies.why_not_correct(load_text_facts(row.story.submission_id, request.user)) is None,
        "form": form,
        **_words(request, row),
        **heading(_("Objection of a force"), "warning", under=_under()),
    }
    return TemplateResponse(request, "moderation/objection.html", context)


def _words(request: HttpRequest, row: TakeDownRequest) -> dict[str, Any]:
    """Which force it is and what it wrote, for a moderator whose vault is open."""
    if policies.why_not("look at an objection", request.user):
        return {"is_for_moderators": True}
    vault = vault_of(request, works=False)
    if vault is None:
        return {"is_locked": True}
    try:
        opened = reading.open_objection(row, vault=vault)
    except reading.CannotOpen as cannot:
        return {"problem": cannot.reason}
    if not opened:
        return {}
    # Its entry may have gone from the list of forces meanwhile.
    return {"words": opened["text"], "force": Force.objects.filter(pk=opened["force"]).first() or opened["force"]}
