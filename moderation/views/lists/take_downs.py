"""Take-down requests and objections of forces: what waits, what was written, and settling each."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from moderation import publishing, reading
from moderation.facts import load_text_facts
from moderation.forces import objections
from moderation.forms.room import AnswerForm, worded_field
from moderation.forms.stories import StoriesField, StoryFinding
from moderation.policies.stories import is_up, why_not_correct, why_not_put_back, why_not_take_down, why_not_withhold
from moderation.queue import lanes
from moderation.team.permissions import why_not
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, VaultRequest, button_view, room_view
from moderation.views.lists.stories import shows_words, story_name
from moderation.views.pages import QUESTIONS, Place, refusals_in, room_page, telling
from moderation.views.room.source import facets_in_words
from stories.core import tables, takedown
from stories.intake import take_down_requests
from stories.models import Force, Story, TakeDownRequest
from stories.models.take_down import OF_FORCES

_YES_OR_NO = {True: gettext_lazy("yes"), False: gettext_lazy("no")}
_LIST: Place = (reverse_lazy("room_take_downs"), gettext_lazy("Take-down requests"))

_WORDS = tables.read(__file__)


def _state(row: TakeDownRequest) -> str:
    if not row.is_of_force:
        return _("settled") if row.settled_on else _("open")
    if row.outcome:
        return str(row.get_first_outcome_display())
    return _("waits for a second look") if row.first_by_id else _("waits for a first look")


def _address(row: TakeDownRequest) -> str:
    return reverse("room_objection" if row.is_of_force else "room_take_down", args=[row.pk])


def _force(row: TakeDownRequest) -> str:
    return str(row.force or (_("kept sealed") if row.box else _("erased"))) if row.is_of_force else ""


class StoryColumn(Column):
    """Its title, as whoever looks may read it."""

    def get_cell_context_data(self, instance: TakeDownRequest, parent_context: dict[str, Any]) -> dict[str, object]:
        context: dict[str, object] = super().get_cell_context_data(instance, parent_context)
        return context | {"value": story_name(instance.story, parent_context["request"].user)}


class TakeDownCell(Column):
    """A button that takes the story down, in one press, where it is still up."""

    cell_template_name = "moderation/cells/take_down_first.html"

    def get_cell_context_data(self, instance: TakeDownRequest, parent_context: dict[str, Any]) -> dict[str, object]:
        context: dict[str, object] = super().get_cell_context_data(instance, parent_context)
        may_take_down = why_not("take a story down", parent_context["request"].user) is None
        is_story_up = is_up(instance.story)
        is_offered = not instance.is_of_force and may_take_down and is_story_up
        return context | {
            "is_up": is_offered,
            "is_down": not is_story_up,
            "csrf_token": get_token(parent_context["request"]),
        }


@method_decorator(room_view("see take-down requests", "GET"), name="dispatch")
class TakeDownsView(BaseListingView):
    page_title = gettext_lazy("Take-down requests")
    header_icon = "no-view"
    paginate_by = 25
    index_url_name = "room_take_downs"
    results_template_name = "moderation/framed_results.html"
    no_results_message = gettext_lazy("Nobody has asked for a story to come down.")
    columns = [
        TitleColumn("ground", label=gettext_lazy("Ground"), accessor="get_ground_display", get_url=_address),
        Column("force", label=gettext_lazy("Force"), accessor=_force),
        Column("due", label=gettext_lazy("Look by"), accessor=lanes.due_label),
        StoryColumn("story", label=gettext_lazy("Story")),
        StatusTagColumn("state", label=gettext_lazy("State"), accessor=_state, primary=lambda row: not row.settled_on),
        Column("hid", label=gettext_lazy("Hid the story"), accessor=lambda row: _YES_OR_NO[row.hid_the_story]),
        Column("week", label=gettext_lazy("Week it came"), accessor=lambda row: date_format(row.week, "j F Y")),
        TakeDownCell("take_down", label=gettext_lazy("Down first, look later"), accessor="pk"),
    ]

    def get_base_queryset(self) -> QuerySet[TakeDownRequest]:
        return lanes.requests_seen_by(lanes.all_requests(), self.request.user)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        button = HeaderButton(_("Write down an objection"), url=reverse("room_object"), icon_name="plus")
        return [] if why_not("record an objection", self.request.user) else [button]


def _page_about(row: TakeDownRequest, user: User) -> dict[str, object]:
    """The request beside its story, whose words are there for whoever reads them on its own page."""
    story = row.story
    beside = story if shows_words(story, user) else None
    about = {"row": row, "story": story, "quoted": takedown.quoting_places(story), "beside": beside}
    return about | {"story_name": story_name(story, user), "facts": facets_in_words(story.public_fields())}


@room_view("settle a take-down request", "GET", with_vault=True)
def take_down_request(request: VaultRequest, pk: object) -> HttpResponse:
    row = _request_or_404(pk)
    if row.is_of_force:
        return redirect("room_objection", pk=row.pk)
    return _request_page(request, row, form=AnswerForm())


def _request_or_404(pk: object) -> TakeDownRequest:
    return get_object_or_404(lanes.all_requests(), pk=pk)


# Before anybody looks at the request; a locked vault doesn't stand in the way.
take_down_first = button_view(
    "take a story down",
    _request_or_404,
    lambda row, by: publishing.take_down(row.story, by=by),
    gettext_lazy("It is down, everywhere. Look at the request in your own time."),
    after=_address,
)
withhold_story = button_view(
    "take a story down",
    _request_or_404,
    publishing.withhold_story,
    gettext_lazy("It is down, and its address says that there is a legal reason."),
    after=_address,
    with_vault=True,
)


@room_view("settle a take-down request", "POST", keeps_words=True, with_vault=True)
def settle_request(request: VaultRequest, pk: object) -> HttpResponse:
    """Say that it needs nothing more, and seal the answer if one was written."""
    row = _request_or_404(pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            publishing.settle_request(row, by=request.user, answer=form.cleaned_data["answer"])
            messages.success(request, _("Settled. The story stays as it is."))
            return redirect("room_take_downs")
    return _request_page(request, row, form=form)


def _request_page(request: VaultRequest, row: TakeDownRequest, *, form: AnswerForm) -> HttpResponse:
    facts = load_text_facts(row.story.submission_id, request.user)
    context = {
        **_page_about(row, request.user),
        "why_not_take_down": why_not_take_down(facts),
        "why_not_put_back": why_not_put_back(facts),
        "why_not_withhold": why_not_withhold(row, facts),
        "form": form,
    }
    try:
        context["words"] = reading.take_down_words(row, vault=request.vault)
    except reading.CannotOpen as cannot:
        context["problem"] = cannot.reason
    return room_page(request, "take_down", _("Take-down request"), "no-view", context, under=[_LIST])


_GROUNDS = [(ground, ground.label) for ground in OF_FORCES]


class ObjectionForm(StoryFinding, forms.Form):
    story = worded_field("ObjectionForm.story", StoriesField, takes_one=True)
    force = worded_field("ObjectionForm.force", forms.ModelChoiceField, queryset=Force.objects.order_by("name"))
    ground = worded_field("ObjectionForm.ground", forms.ChoiceField, choices=_GROUNDS, widget=forms.RadioSelect)
    words = worded_field("ObjectionForm.words")

    def clean_story(self) -> Story:
        *others, slug = self.cleaned_data["story"]
        found = take_down_requests.find_story(slug)
        if found is None or others:
            raise forms.ValidationError(gettext_lazy("Give the address of one story."))
        return found


_CHOICES = [
    (TakeDownRequest.Outcome(outcome).label, [(f"{outcome}.{reason}", words) for reason, words in reasons.items()])
    for outcome, reasons in objections.REASONS.items()
]


class LookForm(forms.Form):
    """The outcome of an objection with its reason: one choice, because each reason belongs to one outcome."""

    choice = worded_field("LookForm.choice", forms.ChoiceField, choices=_CHOICES, widget=forms.RadioSelect)


def _objection(pk: object) -> TakeDownRequest:
    return get_object_or_404(lanes.all_requests().filter(ground__in=OF_FORCES), pk=pk)


@room_view("record an objection", keeps_words=True)
def record_objection(request: StaffRequest) -> HttpResponse:
    form, words = ObjectionForm(request.POST or None), QUESTIONS["record an objection"]
    if form.is_valid():
        with refusals_in(form):
            objections.record_objection(**form.cleaned_data, by=request.user)
            messages.success(request, words["done"])
            return redirect("room_take_downs")
    context = {"form": form, "lead": [words["says"]], "button": words["button"], "back": reverse("room_take_downs")}
    return room_page(request, "words_form", words["title"], words["icon"], context, under=[_LIST])


@room_view("see take-down requests", "GET")
def objection_page(request: StaffRequest, pk: object) -> HttpResponse:
    """One of them: where it stands, and with the vault open what the force wrote and what can be done."""
    return _objection_page(request, _objection(pk), form=LookForm())


@room_view("look at an objection", "POST", with_vault=True)
def choose_outcome(request: StaffRequest, pk: object) -> HttpResponse:
    row, form = _objection(pk), LookForm(request.POST)
    if not form.is_valid():
        return _objection_page(request, row, form=form)
    outcome, reason = form.cleaned_data["choice"].split(".")
    with telling(request):
        objections.choose_outcome(row, outcome, reason, by=request.user)
        messages.success(request, _("Noted. Nothing has changed yet: a second moderator looks as well."))
    return redirect("room_objection", pk=row.pk)


@room_view("look at an objection", "POST", with_vault=True)
def agree_to_objection(request: StaffRequest, pk: object) -> HttpResponse:
    """Be the second who sees it as the form shows it, which settles it."""
    row = _request_or_404(pk)
    with telling(request):
        settled = objections.agree_to_objection(row, shown=request.POST.get("shown", ""), by=request.user)
        messages.success(request, _WORDS["settled"][settled.outcome])
    return redirect(_address(row))


send_objection_back = button_view(
    "look at an objection",
    _request_or_404,
    objections.send_objection_back,
    gettext_lazy("Sent back. Nothing has changed: somebody looks at it anew."),
    after=_address,
    with_vault=True,
)


def _objection_page(request: StaffRequest, row: TakeDownRequest, *, form: LookForm) -> HttpResponse:
    context = {
        **_page_about(row, request.user),
        "force": row.force,
        "state": _state(row),
        "reason": objections.reason_in_words(row),
        "why_not_first": objections.why_not_look_first(row, request.user),
        "why_not_second": objections.why_not_look_second(row, request.user),
        "chosen": objections.objection_choice(row),
        "can_correct": row.outcome == TakeDownRequest.Outcome.CORRECTED
        and why_not_correct(load_text_facts(row.story.submission_id, request.user)) is None,
        "form": form,
        **_objection_words(request, row),
    }
    return room_page(request, "objection", _("Objection of a force"), "warning", context, under=[_LIST])


def _objection_words(request: StaffRequest, row: TakeDownRequest) -> dict[str, object]:
    if why_not("look at an objection", request.user):
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
