"""Letters to forces and what forces answered, on one page; and answers as Wagtail's snippets.

On the page of an answer a second person reads what waits.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn, Table, TitleColumn
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import WorkflowState
from wagtail.snippets.views import snippets as wagtail_views
from wagtail.snippets.views.snippets import SnippetViewSet

from moderation.forces import answers
from moderation.forms.room import CALENDAR, SAYS, worded_field, year_choices
from moderation.forms.stories import StoriesField, StoryFinding
from moderation.models import ResponseEntry, SendBackForm
from moderation.policies import responses as rules
from moderation.redaction.findings import marked_pieces
from moderation.team import permissions
from moderation.views.decorators import StaffRequest, needs_vault, room_view
from moderation.views.lists.stories import DeedPolicy
from moderation.views.pages import QUESTIONS, Place, ask_first, refusals_in, room_page, telling
from stories.core import dates, lifecycle, publication_gate
from stories.core.scanner import Look
from stories.models import Force, Letter, Response, Story
from stories.reading import ask_progress, story_facts as public_facts

_A_LINK = gettext_lazy("Copy the whole address from your browser, with its https://")


def _forces() -> Iterator[tuple[str, object]]:
    yield "", _("Choose a force")
    yield from Force.objects.order_by("name").values_list("pk", "name")


def _months() -> Iterator[tuple[str, str]]:
    yield "", "—"
    today = lifecycle.today()
    for number in range(today.year * 12 + today.month - 1, dates.FIRST_YEAR * 12 - 1, -1):
        month = date(number // 12, number % 12 + 1, 1)
        yield month.isoformat(), date_format(month, "F Y")


def _asks() -> Iterator[tuple[str, object]]:
    yield "", _("No ask")
    yield from ((ask.slug, f"{ask.sentence} ({ask.whom})") for ask in ask_progress.get_asks())


def letter_label(letter: Letter) -> str:
    return f"{letter.force}, {date_format(letter.month, 'F Y')}: {letter.role}"


class LetterForm(StoryFinding, forms.Form):
    force = worded_field("LetterForm.force", forms.ChoiceField, choices=_forces)
    month = worded_field("LetterForm.month", forms.TypedChoiceField, choices=_months, coerce=date.fromisoformat)
    role = worded_field("LetterForm.role", max_length=120)
    stories = worded_field("LetterForm.stories", StoriesField)
    ask = worded_field("LetterForm.ask", forms.ChoiceField, choices=_asks)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            _add_slips(self, rules.letter_slips(**data))
        return data


class ResponseForm(StoryFinding, WagtailAdminModelForm):
    """A force's answer: a draft may lack anything, what is put forward may not."""

    is_draft = False

    about_year = worded_field(
        "ResponseForm.about_year", forms.TypedChoiceField, choices=year_choices, coerce=int, empty_value=None
    )
    month = worded_field(
        "ResponseForm.month", forms.TypedChoiceField, choices=_months, coerce=date.fromisoformat, empty_value=None
    )
    ask = worded_field("ResponseForm.ask", forms.ChoiceField, choices=_asks)
    story_slugs = worded_field("ResponseForm.story_slugs", StoriesField)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("source_url", "evidence_url"):
            self.fields[name].validators = [URLValidator(schemes=["https", "http"], message=_A_LINK)]
        open_letters = Letter.objects.filter(Q(answer=None) | Q(pk=self.instance.letter_id))
        self.fields["letter"].queryset = open_letters.select_related("force").order_by("month")
        self.fields["letter"].label_from_instance = letter_label

    def defer_required_fields(self) -> None:
        self.is_draft = True
        super().defer_required_fields()

    def clean_story_slugs(self) -> str:
        return " ".join(self.cleaned_data["story_slugs"])

    def _post_clean(self) -> None:
        """Say what keeps it from being put forward, once the row holds what was typed."""
        super()._post_clean()
        if not (self.is_draft or self.errors):
            with refusals_in(self):
                _add_slips(self, answers.entering_slips(self.instance))


_WIDGETS: dict[str, forms.Widget] = {
    **dict.fromkeys(("kind", "checked"), forms.RadioSelect()),
    **{
        name: AdminAutoHeightTextInput(attrs={"rows": rows})
        for name, rows in {"words": 8, "context": 3, "why_it_stays": 2}.items()
    },
    # The browser's own: Wagtail's bring a script in the page, which the policy of the admin forbids.
    "force": forms.Select(),
    "due_on": CALENDAR,
}


def _add_slips(form: forms.BaseForm, slips: rules.Slips) -> None:
    for name, reason in slips.items():
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, reason)


class _Words:
    """The part that both forms share: an answer is entered by a press, not by a pause in typing."""

    action: str
    object: Response

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False

    def get_success_url(self) -> str:
        if self.action != "submit":
            return str(super().get_success_url())  # type: ignore[misc]
        return reverse("room_answers:inspect", args=[self.object.pk])


class EnterView(_Words, wagtail_views.CreateView):
    """A new answer; `?letter=` begins with what that letter was about."""

    def get_initial(self) -> dict[str, object]:
        asked = self.request.GET.get("letter", "")
        letter = next((row for row in Letter.objects.filter(answer=None) if str(row.pk) == asked), None)
        if letter is None:
            return {}
        slugs = " ".join(answers.live_slugs(letter))
        return {"force": letter.force_id, "letter": letter.pk, "ask": letter.ask, "story_slugs": slugs}


class ChangeView(_Words, wagtail_views.EditView):
    """Another version of a draft, or the correction of what stands."""


@method_decorator(needs_vault, name="dispatch")  # type: ignore[arg-type]
class ActionView(wagtail_views.WorkflowActionView):
    """Agreeing and sending back, with the vault open, for passwords alone must publish nothing."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        with telling(request):
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
            self.task_state.refresh_from_db()
            if said := _DONE.get(self.task_state.status) if request.method == "POST" else None:
                messages.success(request, said)
            elif request.method == "POST" and self.action_name == "reject":
                messages.warning(request, _("Choose why it goes back, so that who entered it knows."))
            return response
        return redirect(self.redirect_url)

    def get_redirect_url(self) -> str:
        return reverse("room_answers:inspect", args=[self.object.pk])


_DONE = {
    "approved": gettext_lazy("Agreed. It stands on the force’s page now, and beside the stories it answers."),
    "rejected": gettext_lazy("Sent back. Whoever entered it reads why."),
}


class AnswerView(wagtail_views.InspectView):
    page_title = gettext_lazy("Answer of a force")
    object: Response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        draft = None if row.live and not row.has_unpublished_changes else row.get_latest_revision_as_object()
        state = row.current_workflow_task_state
        context = super().get_context_data(**kwargs) | {
            "answer": row,
            "state": state,
            "sent_back_for": _why_sent_back(row),
            "standing_facts": answer_facts(row) if row.live else [],
            "standing_stories": _answered_stories(row) if row.live else [],
            "why_not_enter": permissions.why_not("enter a response", self.request.user),
            "why_not_delete": permissions.why_not("take a response down", self.request.user),
            "letter": letter_label(row.letter) if row.letter else "",
        }
        return context | (self._draft_context(draft) if draft is not None else {})

    def _draft_context(self, draft: Response) -> dict[str, Any]:
        look = Look()
        found = answers.findings_in(draft, look)
        why_not = (
            rules.why_not_second_person(self.object, self.request.user)
            or rules.why_not_answered_any_more(draft.story_slugs.split(), ask=draft.ask)
            or rules.why_not_left(found.held_back, left=found.left)
        )
        return {
            "draft": draft,
            "words": {name: marked_pieces(each) for name, each in found.looked.items()},
            "remaining": found,
            "facts": answer_facts(draft),
            "stories": _answered_stories(draft),
            "same_words": answers.same_words_elsewhere(draft),
            "why_not": why_not or (publication_gate.why_not_looked() if look.is_blind else None),
            "why_not_send_back": permissions.why_not("send a response back", self.request.user),
            "send_back": SendBackForm(),
            "is_by_rules_alone": look.is_without_names,
        }


def _why_sent_back(row: Response) -> str:
    state = row.current_workflow_state
    if state is None or state.status != state.STATUS_NEEDS_CHANGES or state.current_task_state is None:
        return ""
    return str(state.current_task_state.comment)


_PANELS = (
    *("force", "letter", "ask", "story_slugs", "words", "kind", "owner", "due_on", "evidence_url", "context"),
    *("about_year", "month", "source", "source_url", "checked", "why_it_stays"),
)


class _NobodyMay:
    """A lock by hand would stand before the lock of what waits, and let its owner write on."""

    def user_has_permission(self, permission: str) -> bool:
        return False


class AnswerViewSet(SnippetViewSet):
    model = Response
    icon = "comment"
    base_url_path = "answers/entered"
    admin_url_namespace = "room_answers"
    # The room's own menu leads there, so that nobody needs a second one named "Snippets".
    menu_item_is_registered = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_template_name = "moderation/forces/response.html"
    list_display = ["force", "kind", "month", "first_reader", "second_reader"]
    list_filter = ["force", "kind", "live"]
    add_view_class = EnterView
    edit_view_class = ChangeView
    inspect_view_class = AnswerView
    lock_view_class = type("LockView", (_NobodyMay, wagtail_views.LockView), {})
    unlock_view_class = type("UnlockView", (_NobodyMay, wagtail_views.UnlockView), {})
    workflow_action_view_class = ActionView
    # Roles decide, as everywhere in the room; nobody publishes, a superuser neither.
    permission_policy = DeedPolicy(
        Response,
        view="see forces’ answers",
        **dict.fromkeys(("add", "change"), "enter a response"),
        delete="take a response down",
    )

    def register_chooser_viewset(self) -> None:
        """No field anywhere chooses an answer, so no small window makes one."""

    def get_edit_handler(self) -> object:
        help_texts = SAYS["ResponseForm"]["help_texts"]
        fields = [FieldPanel(name, widget=_WIDGETS.get(name), help_text=help_texts.get(name, "")) for name in _PANELS]
        guide = HelpPanel(
            template="moderation/forces/guide.html", heading=gettext_lazy("Make sure that it is the force")
        )
        return ObjectList([guide, *fields], base_form_class=ResponseForm).bind_to_model(self.model)


def without_publishing(items: list[Any], request: HttpRequest, context: Mapping[str, Any]) -> None:
    """Offer no button of Wagtail's that nobody may press: for the hook that arranges a snippet's buttons."""
    if issubclass(context["model"], Response):
        items[:] = [item for item in items if item.name not in ("action-publish", "action-unpublish")]


def answer_facts(row: Response) -> list[tuple[str, str]]:
    """Return [(what, value)] for all but the words and the stories; what is empty is named last, so that it is seen."""
    ask = ask_progress.asks_by_slug().get(row.ask)
    rows = [
        (_("Kind"), str(row.get_kind_display())),
        (_("Month it was said"), date_format(row.month, "F Y") if row.month else _("not known")),
        (_("Year it is about"), public_facts.year_of_a_row(str(row.about_year or ""))),
        (_("Source"), row.source),
        (_("Link to the source"), row.source_url),
        (_("Whose the change is"), row.owner),
        (_("By when"), date_format(row.due_on, "j F Y") if row.due_on else ""),
        (_("Link to what shows the change"), row.evidence_url),
        (_("Ask it answers"), ask.sentence if ask else row.ask),
    ]
    empty = ", ".join(what for what, value in rows if not value)
    return [*((what, value) for what, value in rows if value), *([(_("Left empty"), empty)] if empty else [])]


def _answered_stories(row: Response) -> list[tuple[str, Story | None]]:
    """Its stories by slug, each with its words while it is on the site."""
    live = {story.slug: story for story in Story.live.filter(slug__in=row.story_slugs.split())}
    return [(slug, live.get(slug)) for slug in row.story_slugs.split()]


FORCES: Place = (reverse_lazy("room_forces"), gettext_lazy("Forces’ answers"))
_ROWS = Letter.objects.select_related("force", "answer", "written_down_by")


@room_view("see forces’ answers", "GET")
def forces_page(request: StaffRequest) -> HttpResponse:
    context = {
        "letters": Table(_LETTERS, answers.letters_without_answer()),
        "waiting": Table(_WAITING, answers.waiting_answers()),
        "sealed": ResponseEntry.objects.count(),
        "may_record": permissions.why_not("record a letter", request.user) is None,
    }
    return room_page(request, "forces/index", FORCES[1], "comment", context)


@room_view("record a letter", keeps_words=True)
def record_letter(request: StaffRequest) -> HttpResponse:
    """Say whom you asked, when, and about what; Heard then writes the letter."""
    form, words = LetterForm(request.POST or None), QUESTIONS["record a letter"]
    if form.is_valid():
        with refusals_in(form, "role"):
            letter = answers.record_letter(**form.cleaned_data, by=request.user)
            messages.success(request, words["done"])
            return redirect("room_letter", pk=letter.pk)
    context = {"form": form, "lead": [words["lead"], words["says"]], "button": words["button"]}
    return room_page(request, "words_form", words["title"], words["icon"], context, under=[FORCES])


@room_view("see forces’ answers", "GET")
def show_letter(request: StaffRequest, pk: object) -> HttpResponse:
    letter = get_object_or_404(_ROWS, pk=pk)
    context = {
        "letter": letter,
        "words": answers.letter_text(letter),
        "why_not_send": answers.why_not_send(letter),
        "in_hand": answers.draft_in_hand(letter),
        "why_not_enter": permissions.why_not("enter a response", request.user),
        "why_not_take_out": answers.why_not_take_out(letter, request.user),
    }
    title = _("Letter to %(force)s") % {"force": letter.force}
    return room_page(request, "forces/letter", title, "mail", context, under=[FORCES])


@room_view("record a letter")
def take_out_letter(request: StaffRequest, pk: object) -> HttpResponse:
    """Take out the record of a letter that was never sent, or was written down wrong."""
    letter = get_object_or_404(_ROWS, pk=pk)
    page = (reverse("room_letter", args=[letter.pk]), _("Letter to %(force)s") % {"force": letter.force})
    return ask_first(
        request,
        QUESTIONS["take out a letter"],
        under=(FORCES, page),
        why_not=answers.why_not_take_out(letter, request.user),
        do=lambda: answers.take_out_letter(letter, by=request.user),
        after="room_forces",
    )


def _matters(row: Letter) -> str:
    count = row.stories.count()
    stories = ngettext("%(count)s story", "%(count)s stories", count) % {"count": count}
    return ", ".join(filter(None, [stories if count else "", f"/asks/{row.ask}/" if row.ask else ""]))


def _was_sent_back(row: Response) -> bool:
    return bool(row.turn == WorkflowState.STATUS_NEEDS_CHANGES)


def _state(row: Response) -> str:
    in_hand = _("waits for a second person") if row.turn else _("draft")
    return _("sent back") if _was_sent_back(row) else in_hand


def _written_by(row: Response) -> str:
    by = row.latest_revision.user if row.latest_revision else row.first_reader
    return by.get_username() if by else ""


def _force_column(url_name: str) -> TitleColumn:
    return TitleColumn("force", label=gettext_lazy("Force"), get_url=lambda row: reverse(url_name, args=[row.pk]))


_LETTERS = [
    _force_column("room_letter"),
    Column("month", label=gettext_lazy("Asked in"), accessor=lambda row: date_format(row.month, "F Y")),
    Column("role", label=gettext_lazy("Office")),
    Column("about", label=gettext_lazy("About"), accessor=_matters),
]
_WAITING = [
    _force_column("room_answers:inspect"),
    StatusTagColumn("state", label=gettext_lazy("State"), accessor=_state, primary=_was_sent_back),
    Column("by", label=gettext_lazy("Entered by"), accessor=_written_by),
]
