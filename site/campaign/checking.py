"""Ask an editor to check again what nobody has checked for long: on the first screen, and in the lists."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column

from campaign.models.checked import Checked


class ToCheck(Component):
    """On the first screen of whoever may change them: the rows of one kind that nobody has checked for long."""

    template_name = "campaign/admin/to_check.html"

    def __init__(self, model: type[Checked], *, order: int, heading: Promise, what_to_do: Promise) -> None:
        self.model, self.order, self.heading, self.what_to_do = model, order, heading, what_to_do

    def is_for(self, user: Any) -> bool:
        """True for whoever may change them."""
        return bool(user.has_perm(f"{self.model._meta.app_label}.change_{self.model._meta.model_name}"))

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        rows = [(row, _edit(row)) for row in self.model.due(timezone.localdate())]
        days = {"days": self.model.checked_for.days}
        told = {"heading": self.heading, "what_to_do": str(self.what_to_do) % days, "rows": rows}
        return told | {"id": f"{self.model._meta.model_name}-to-check"}


def column() -> Column:
    """When each row of a list was last checked."""
    return Column("last_checked", label=gettext_lazy("Last checked"), accessor=in_words, sort_key="last_checked")


def in_words(row: Any) -> str:
    """When a row was last checked, for the list."""
    if row.last_checked is None:
        return _("Not yet")
    if getattr(row, "is_as_laid", False):
        return _("Check before you open")
    day = date_format(row.last_checked, "j F Y")
    return _("Check again: last done %(day)s") % {"day": day} if row.is_due(timezone.localdate()) else day


def _edit(row: Any) -> str:
    return reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk])
