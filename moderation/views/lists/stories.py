"""Stories in the admin: a list, a look, down and back, and the next batch. Nothing here adds, edits or deletes one."""

from functools import partial

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import BaseButton, HeaderButton
from wagtail.permission_policies.base import BasePermissionPolicy

from moderation import event_words, publishing
from moderation.facts import TextFacts, load_facts, load_text_facts
from moderation.models import PutBack
from moderation.policies.stories import who_asked_to_put_back, why_not_correct, why_not_put_back, why_not_take_down
from moderation.queue import desk
from moderation.team.permissions import MODERATORS, roles_that_may, why_not
from moderation.views.decorators import StaffRequest, VaultRequest, button_view, room_view
from moderation.views.pages import QUESTIONS, Place, ask_first, room_page
from moderation.views.room.source import facets_in_words
from stories.core import lifecycle, takedown
from stories.models import Story


class DeedPolicy(BasePermissionPolicy):
    """Wagtail's question “may this user do it?”, answered by the table of deeds; what has no deed is nobody's."""

    def __init__(self, model: type[Model], **deeds: str) -> None:
        super().__init__(model)
        self.deeds = deeds

    def user_has_permission(self, user: User, action: str) -> bool:
        deed = self.deeds.get(action)
        return deed is not None and why_not(deed, user) is None


def shows_words(story: Story, user: User) -> bool:
    """True of what is live, and for moderators of what can come back."""
    is_live = story.status == Story.Status.LIVE
    return is_live or (story.status != Story.Status.REMOVED and MODERATORS in roles_that_may(user))


def story_name(story: Story, user: User | None = None) -> str:
    """Its title, for whoever may read it; else its address."""
    is_read = story.status == Story.Status.LIVE if user is None else shows_words(story, user)
    return story.title if is_read and story.title else f"Story {story.slug}"


def _address(story: Story) -> str:
    return reverse("room_stories:inspect", args=[story.pk])


def _short_status(story: Story) -> str:
    """Its status in a word or two, for a column; the story's own page says it whole."""
    said: dict[str, str] = {
        Story.Status.AGREED: _("next batch"),
        Story.Status.HIDDEN: _("taken down, asked back") if _who_asked_back(story) else _("taken down"),
        Story.Status.REMOVED: _("removed"),
    }
    return said.get(story.status) or story.get_status_display()


def _who_asked_back(story: Story) -> str:
    wish: PutBack | None = getattr(story, "put_back", None)
    if wish is None:
        return ""
    facts = load_facts(story.submission_id, wish.asked_by)
    return facts.person.name if who_asked_to_put_back(facts) else ""


@method_decorator(room_view("list stories", "GET"), name="dispatch")
class StoriesView(IndexView):
    def get_base_queryset(self) -> QuerySet[Story]:
        return Story.objects.select_related("force", "outcome", "put_back__asked_by")


@method_decorator(room_view("list stories", "GET"), name="dispatch")
class StoryView(InspectView):
    """One story; the words of one that isn't live are for moderators."""

    def get_object(self, queryset: object = None) -> Story:
        return get_object_or_404(Story.objects.select_related("force", "outcome", "submission"), pk=self.pk)

    @cached_property
    def text_facts(self) -> TextFacts:
        return load_text_facts(self.object.submission_id, self.request.user)

    def get_page_subtitle(self) -> str:
        return story_name(self.object)

    def get_header_buttons(self) -> list[BaseButton]:
        url = reverse("room_stories:put_back", args=[self.object.pk])
        return [] if why_not_put_back(self.text_facts) else [HeaderButton(_("Put back"), url=url, icon_name="view")]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        story, facts = self.object, self.text_facts
        is_read = shows_words(story, self.request.user)
        return context | {
            "story": story,
            "is_live": story.status == Story.Status.LIVE,
            "beside": story if is_read else None,
            "facts": facets_in_words(story.public_fields()) if is_read else [],
            "events": event_words.events_told(event for event in facts.events if event.deed != "open"),
            "can_take_down": why_not_take_down(facts) is None,
            "quoted": takedown.quoting_places(story),
            "can_correct": why_not_correct(facts) is None,
            "corrected": story.submission.status in lifecycle.CORRECTED,
            "asked_back_by": _who_asked_back(story),
        }


@room_view("take a story down")
def take_story_down(request: StaffRequest, pk: object) -> HttpResponse:
    story = get_object_or_404(Story, pk=pk)
    return ask_first(
        request,
        QUESTIONS["take a story down"],
        under=story_crumbs(story),
        why_not=why_not_take_down(load_facts(story.submission_id, request.user)),
        do=lambda: publishing.take_down(story, by=request.user),
    )


@room_view("put a story back", with_vault=True)
def put_story_back(request: VaultRequest, pk: object) -> HttpResponse:
    """Put a story back, or ask for it where two have to. The vault is open, for passwords alone must not do it."""
    story, asked = get_object_or_404(Story, pk=pk), QUESTIONS["put a story back"]
    if story.hidden_by_request:
        asked = asked | {"says": asked["says_of_a_request"]}
    return ask_first(
        request,
        asked,
        under=story_crumbs(story),
        why_not=why_not_put_back(load_text_facts(story.submission_id, request.user)),
        do=lambda: publishing.put_back(story, vault=request.vault) or asked["done_once"],
    )


def story_crumbs(story: Story) -> tuple[Place, Place]:
    return (reverse("room_stories:index"), _("Stories")), (_address(story), story_name(story))


class StoryViewSet(ModelViewSet):
    """Wagtail's viewset with only the addresses that read, and our two deeds."""

    model = Story
    icon = "openquote"
    menu_order = 110
    add_to_admin_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    pk_path_converter = "uuid"
    index_view_class = StoriesView
    inspect_view_class = StoryView
    index_results_template_name = "moderation/framed_results.html"
    inspect_template_name = "moderation/story.html"
    permission_policy = DeedPolicy(Story, view="list stories")
    list_filter = ["status", "force", "outcome"]
    list_display = [
        TitleColumn("name", label=gettext_lazy("Story"), accessor=story_name, get_url=_address),
        StatusTagColumn(
            "status", label=gettext_lazy("Status"), accessor=_short_status, primary=lambda story: story.status == "live"
        ),
        Column("where", label=gettext_lazy("Where"), accessor=lambda row: row.force or row.region or row.nation),
        Column("outcome", label=gettext_lazy("What came of it")),
        Column(
            "month", label=gettext_lazy("Live since"), accessor=lambda row: row.month and date_format(row.month, "M Y")
        ),
    ]

    @property
    def url_finder_class(self) -> type:
        finder = super().url_finder_class
        finder.edit_url_name = self.get_url_name("inspect")
        return finder

    def register_permissions(self) -> None:
        """Offer no permission on stories to any group: who may do what stands in the table of deeds."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<uuid:pk>/", self.inspect_view, name="inspect"),
            path("<uuid:pk>/take-down/", take_story_down, name="take_down"),
            path("<uuid:pk>/put-back/", put_story_back, name="put_back"),
        ]


@room_view("publish a batch")
def batch(request: StaffRequest) -> HttpResponse:
    """Show what the next batch holds and what is kept out of it; a POST publishes it, if it is enough for a batch."""
    if request.method == "POST":
        if published := publishing.publish_batch(by=request.user):
            said = ngettext("%(count)d story is live now.", "%(count)d stories are live now.", len(published))
            messages.success(request, said % {"count": len(published)})
        else:
            why = publishing.why_batch_waits(publishing.waiting_stories())
            messages.warning(request, why or _("Somebody published them just before you."))
        return redirect("room_batch")
    rows = desk.batch_rows()
    waiting = [row.story for row in rows if row.story and not row.kept_out]
    context = {
        "rows": rows,
        "count": len(waiting),
        "why_it_waits": publishing.why_batch_waits(waiting),
        "oldest": min((story.agreed_week for story in waiting), default=None),
    }
    return room_page(request, "batch", _("The next batch"), "calendar-check", context)


def _story_or_404(pk: object) -> Story:
    return get_object_or_404(Story, pk=pk)


leave_out = button_view(
    "publish a batch",
    _story_or_404,
    publishing.leave_for_next_week,
    gettext_lazy("No batch takes it before Monday."),
    after="room_batch",
)
take_in = button_view(
    "publish a batch",
    _story_or_404,
    partial(publishing.leave_for_next_week, is_left=False),
    gettext_lazy("It is in the next batch again."),
    after="room_batch",
)
