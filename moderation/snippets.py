"""The lists that stories are sorted by, for editors: names change, slugs never, and what is in use stays."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from moderation.forces import answers
from moderation.team import permissions
from moderation.views.decorators import StaffRequest
from stories.models import ContentNote, Demand, Force, Outcome, Response, SealedText, Story, Theme
from stories.models.taxonomies import SortedWord

# With more, one of them would single somebody out.
MOST_OUTCOMES = 8


class ListViewSet(SnippetViewSet):
    """A list whose slug is written once: addresses, filters and sealed answers hold it."""

    copy_view_enabled = False
    slug = "slug"
    list_display = ["name", "slug", "order"]
    others: tuple[str, ...] = ("name", "explanation", "order")
    list_per_page = 50
    base_form_class = WagtailAdminModelForm

    def _bound(self, *, is_new: bool) -> Any:
        panels = [FieldPanel(self.slug, read_only=not is_new), *map(FieldPanel, self.others)]
        return ObjectList(panels, base_form_class=self.base_form_class).bind_to_model(self.model)

    def get_edit_handler(self) -> object:
        return self._bound(is_new=False)

    def get_form_class(self, for_update: bool = False) -> type:
        return self._bound(is_new=not for_update).get_form_class()

    def get_add_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        return super().get_add_view_kwargs(**kwargs) | {"panel": self._bound(is_new=True)}


class ForceViewSet(ListViewSet):
    model = Force
    icon = "site"
    slug = "id"
    others = ("name", "nation", "region", "kind", "column", "row", "about")
    list_display = ["name", "region", "nation"]
    list_filter = ["nation", "kind"]
    search_fields = ["name"]
    list_per_page = 60


class OutcomeForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, object]:
        if self.instance._state.adding and Outcome.objects.count() >= MOST_OUTCOMES:
            raise ValidationError(_("Eight outcomes are the most: with more, one of them would single somebody out."))
        return super().clean()


class Lists(SnippetViewSetGroup):
    menu_label = gettext_lazy("Lists")
    menu_name = "lists"
    menu_icon = "list-ul"
    menu_order = 400
    items = (
        ForceViewSet,
        ListViewSet(model=Outcome, icon="tick-inverse", base_form_class=OutcomeForm),
        ListViewSet(model=Theme, icon="tag"),
        ListViewSet(model=ContentNote, icon="info-circle"),
        ListViewSet(model=Demand, icon="list-ul"),
    )


def why_not_delete(word: Model) -> str | None:
    """Say why a word of a list can't go: a story that stands under it, or comes to, would lose its agreed text."""
    if not isinstance(word, Force | SortedWord):
        return None
    used = _("“%(name)s” is used by stories, so it stays. You can change its name.")
    # What an account or a working copy was sorted by is sealed with it: nobody can look which word it is.
    sealed = _("“%(name)s” may be chosen in an account that is still with us, so it stays. You can change its name.")
    said = used if _is_used(word) else sealed if SealedText.objects.exists() else ""
    return said % {"name": word} if said else None


def _is_used(word: Force | SortedWord) -> bool:
    if isinstance(word, Force):
        return word.stories.exists() or word.responses.exists()
    if isinstance(word, Outcome):
        return Story.objects.filter(outcome=word).exists()
    column = {Theme: "themes", ContentNote: "content_notes", Demand: "demand"}[type(word)]
    texts = Story.objects.filter(**{f"{column}__contains": word.pk}).values_list(column, flat=True)
    return any(word.pk in text.split() for text in texts)


def refuse_to_delete(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """For the hook before snippets are deleted, one or many."""
    reasons = [reason for word in instances if (reason := why_not_delete(word))]
    if any(isinstance(word, Response) for word in instances):
        reasons += filter(None, [permissions.why_not("take a response down", request.user)])
    if not reasons:
        return None
    for reason in reasons:
        messages.error(request, reason)
    return redirect(instances[0].snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]


def log_deletion(request: StaffRequest, instances: list[Model]) -> None:
    """Write down whose press takes an answer down, or drops a draft. Afterwards, Wagtail's row has lost its id."""
    for row in instances if request.method == "POST" else ():
        if isinstance(row, Response):
            answers.log_answer(row, "take a response down" if row.live else "drop a response", by=request.user)
