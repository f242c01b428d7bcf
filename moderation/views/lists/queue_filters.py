"""What a list can be filtered by, in its address: plain columns, and labels that only an open vault can ask for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from moderation.queue.pages import Narrowing
from stories.core import lifecycle
from stories.intake import questions
from stories.intake.labels import Labels
from stories.models import Submission

_CHECKED = mark_safe(" checked")
_YES_OR_NO = (("yes", _("Yes")), ("no", _("No")))
_AGES = (("1", _("1 week or more")), ("3", _("3 weeks or more")), ("8", _("8 weeks or more")))
_MINUTES = (("5", _("Up to 5")), ("15", _("6 to 15")), ("more", _("More than 15")))
_KINDS = tuple((option.slug, _(option.words)) for option in questions.BY_NAME["kinds"].options)
_STATUSES = tuple(choice for choice in Submission.Status.choices if choice[0] != Submission.Status.DRAFT)


class _Radios(forms.RadioSelect):
    """Wagtail's radio buttons, written out at once: through Django's templates they cost a third of a page's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs)["widget"]
        options = [option for _group, some, _index in context["optgroups"] for option in some]
        lines = [
            (
                option["attrs"]["id"],
                option["name"],
                option["value"],
                _CHECKED if option["selected"] else "",
                option["label"],
            )
            for option in options
        ]
        inside = format_html_join(
            "",
            '<div><label for="{0}"><input type="radio" name="{1}" value="{2}" id="{0}"{3}> {4}</label></div>',
            lines,
        )
        return format_html('<div id="{}">{}</div>', context["attrs"]["id"], inside)


def _one_of(label: Any, choices: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=choices, widget=_Radios, empty_label=_("All"))


class QueueFilters(WagtailFilterSet):
    """The form; `narrowing` is what it comes to."""

    status = _one_of(_("Status"), _STATUSES)
    language = _one_of(_("Language"), [(code[:2], name) for code, name in settings.LANGUAGES])
    age = _one_of(_("Age"), _AGES)
    urgent = _one_of(_("Urgent"), _YES_OR_NO)
    flood = _one_of(_("From the flood"), _YES_OR_NO)
    kind = _one_of(_("What happened (sealed)"), _KINDS)
    minutes = _one_of(_("Minutes to read (sealed)"), _MINUTES)
    first = _one_of(_("Asked to see the text first (sealed)"), _YES_OR_NO)

    class Meta:
        model = Submission
        fields: list[str] = []

    def narrowing(self) -> Narrowing:
        """Return it, without what is `unknown`."""
        self.form.is_valid()
        chosen = self.form.cleaned_data
        return Narrowing(_rows(chosen), _fits(chosen))

    def unknown(self) -> list[str]:
        """The filters of the address whose value doesn't exist, for the page to name."""
        return [str(self.form.fields[name].label) for name in self.form.errors]


def _rows(chosen: dict[str, str]) -> Q:
    found = Q()
    if chosen.get("status"):
        found &= Q(status=chosen["status"])
    if chosen.get("language"):
        found &= Q(language__startswith=chosen["language"])
    for name, column in (("urgent", "is_urgent"), ("flood", "is_flood")):
        if chosen.get(name):
            found &= Q(**{column: chosen[name] == "yes"})
    if chosen.get("age"):
        found &= Q(week__lte=lifecycle.this_week() - timedelta(weeks=int(chosen["age"])))
    return found


def _fits(chosen: dict[str, str]) -> Callable[[Labels], bool] | None:
    kind, minutes, first = (chosen.get(name) for name in ("kind", "minutes", "first"))
    if not (kind or minutes or first):
        return None

    def fits(labels: Labels) -> bool:
        return (
            (not kind or kind in labels.kinds)
            and (not minutes or _takes(labels.minutes) == minutes)
            and (not first or labels.sees_first == (first == "yes"))
        )

    return fits


def _takes(minutes: int) -> str:
    return next((most for most in ("5", "15") if minutes <= int(most)), "more")
