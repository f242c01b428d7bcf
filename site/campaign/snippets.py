"""The rows that editors keep beside the pages, in Wagtail's admin: help lines, offences, asks and settings."""

from functools import partial

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CopyView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from campaign.models import Addressee, Ask, Brand, Exit, HelpLine, Menu, Offence
from stories.core import lifecycle
from stories.reading import ask_progress


class CopyToBeginWith(CopyView):
    """The form of a new row, filled in, which goes where new rows go: sent back here, it would overwrite this one."""

    http_method_names = ["get", "head", "options"]


class LiveEditView(EditView):
    """The form of a row that readers see once it is saved: by a press, and never over a change that it didn't show."""

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        # Half a telephone number would be public.
        self.autosave_enabled = False

    def is_valid(self, form: object) -> bool:
        """Refuse an edit conflict; what was typed stays in the form, which carries the newer version from then on."""
        if self.is_out_of_date:
            self.produced_error_message = _(
                "Somebody saved this meanwhile, and the history shows what. Yours is still in the form: save again to "
                "put it in place of that, or leave the page."
            )
            return False
        return bool(super().is_valid(form))


def _choice_column(name: str, label: Promise) -> Column:
    """A column with the choice of a field, in words."""
    return Column(name, label=label, accessor=f"get_{name}_display", sort_key=name)


def ask_promise(ask: Ask) -> str:
    """By when it was promised, and whether that day has come; empty where nothing is promised."""
    if ask.due is None:
        return ""
    day = date_format(ask.due, "j F Y")
    return _("Overdue: promised by %(day)s") % {"day": day} if ask.due <= lifecycle.today() else day


class AskViewSet(SnippetViewSet):
    """Each ask with where it stands and what is late: these follow from its updates, so nothing sorts by them."""

    model = Ask
    copy_view_class = CopyToBeginWith
    icon = "comment"
    menu_label = gettext_lazy("Asks")
    list_display = [
        "sentence",
        "addressee",
        Column(
            "state", label=gettext_lazy("Where it stands"), accessor=lambda ask: ask_progress.STATE_WORDS[ask.state]
        ),
        Column("promise", label=gettext_lazy("Promised by"), accessor=ask_promise),
        LiveStatusTagColumn(),
    ]
    list_filter = ["addressee", "live"]
    search_fields = ["sentence"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ask]:
        return Ask.objects.select_related("addressee").prefetch_related("updates")


class AddresseeViewSet(SnippetViewSet):
    """The bodies of whom something is asked."""

    model = Addressee
    copy_view_class = CopyToBeginWith
    icon = "group"
    menu_label = gettext_lazy("Bodies that are asked")
    list_display = ["name", _choice_column("kind", gettext_lazy("Kind"))]
    list_filter = ["kind"]


class AsksViewSetGroup(SnippetViewSetGroup):
    """Both, in one place of the menu."""

    items = (AskViewSet, AddresseeViewSet)
    menu_label = gettext_lazy("Asks")
    menu_icon = "comment"
    menu_order = 240


def last_checked(row: HelpLine | Offence) -> str:
    """The day of a row's last check, for the list."""
    if row.last_checked is None:
        return _("Not yet")
    if getattr(row, "is_as_laid", False):
        return _("Check before you open")
    day = date_format(row.last_checked, "j F Y")
    return _("Check again: last done %(day)s") % {"day": day} if row.is_due(timezone.localdate()) else day


_LAST_CHECKED = Column(
    "last_checked", label=gettext_lazy("Last checked"), accessor=last_checked, sort_key="last_checked"
)


class HelpLineViewSet(SnippetViewSet):
    """The help lines, with when each was last checked."""

    model = HelpLine
    copy_view_class = CopyToBeginWith
    edit_view_class = LiveEditView
    icon = "help"
    menu_label = gettext_lazy("Help lines")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        *("name", "phone", _choice_column("audience", gettext_lazy("For whom")), "hours_text"),
        BooleanColumn("shows", label=gettext_lazy("Shown"), sort_key="shows"),
        _LAST_CHECKED,
    ]
    list_filter = ["shows", "audience", "region"]
    ordering = ["order", "name"]


class OffenceViewSet(SnippetViewSet):
    """The offences, drafts among them, with when each was last checked."""

    model = Offence
    copy_view_class = CopyToBeginWith
    edit_view_class = LiveEditView
    icon = "clipboard-list"
    menu_label = gettext_lazy("Offences")
    menu_order = 255
    add_to_admin_menu = True
    list_display = [
        "name",
        _choice_column("stands", gettext_lazy("Stands")),
        _choice_column("jurisdiction", gettext_lazy("Where")),
        *("since", "until", _LAST_CHECKED),
    ]
    list_filter = ["stands", "jurisdiction"]
    ordering = ["order", "name"]


class ToCheck(Component):
    """On the first screen of whoever may change them: the rows of one kind that nobody has checked for long."""

    template_name = "campaign/admin/to_check.html"

    def __init__(self, model: type[HelpLine | Offence], order: int, heading: Promise, what_to_do: Promise) -> None:
        self.model, self.order, self.heading, self.what_to_do = model, order, heading, what_to_do

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        edit = self.model.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
        rows = [(row, reverse(edit, args=[row.pk])) for row in self.model.due(timezone.localdate())]
        what_to_do = str(self.what_to_do) % {"days": self.model.checked_for.days}
        name = f"{self.model._meta.model_name}-to-check"
        return {"heading": self.heading, "what_to_do": what_to_do, "rows": rows, "id": name}


class OneRowPolicy(ModelPermissionPolicy):
    """A setting has one row, which is changed, and neither added nor deleted."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        return action not in ("add", "delete") and bool(super().user_has_permission(user, action))


class SettingIndexView(IndexView):
    """The way to the one row there is."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        setting = self.model.load()
        if setting.latest_revision_id is None:
            # What the site began with can be put back too.
            setting.save_revision(clean=False, log_action="wagtail.create")
        return redirect(self.get_edit_url(setting))


class SettingViewSet(SnippetViewSet):
    """A setting of the site, with Wagtail's history: an earlier version is looked at in the form, and saved again."""

    index_view_class = SettingIndexView
    edit_view_class = LiveEditView
    copy_view_enabled = False
    add_to_settings_menu = True

    @property
    def permission_policy(self) -> OneRowPolicy:
        return OneRowPolicy(self.model)


REGISTERED = (
    *(HelpLineViewSet, OffenceViewSet, AsksViewSetGroup),
    partial(SettingViewSet, model=Brand, icon="tag", menu_label=gettext_lazy("Brand"), menu_order=10),
    partial(SettingViewSet, model=Exit, icon="logout", menu_label=gettext_lazy("Exit"), menu_order=20),
    partial(SettingViewSet, model=Menu, icon="list-ul", menu_label=gettext_lazy("Menu and footer"), menu_order=30),
)
