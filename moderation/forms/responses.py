"""The forms of letters and of forces' answers; which stories, asks and months fit is a rule of `policies.responses`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation.forces import answers
from moderation.forms.room import CALENDAR, SAYS, worded_field, year_choices
from moderation.policies import responses as policies
from moderation.team.permissions import Refused
from stories.core import dates, lifecycle
from stories.models import Force, Letter
from stories.reading import ask_progress

_SLUG = re.compile(r"(?:^|/)([0-9a-z]{12})(?:[/?#]|$)")
_A_LINK = _("Copy the whole address from your browser, with its https://")


def _forces() -> Iterator[tuple[str, object]]:
    yield "", _("Choose a force")
    yield from Force.objects.order_by("name").values_list("pk", "name")


def _months() -> Iterator[tuple[str, str]]:
    """This month and each before it, back to the first year that stories are of."""
    yield "", "—"
    today = lifecycle.today()
    for number in range(today.year * 12 + today.month - 1, dates.FIRST_YEAR * 12 - 1, -1):
        month = date(number // 12, number % 12 + 1, 1)
        yield month.isoformat(), date_format(month, "F Y")


def _asks() -> Iterator[tuple[str, object]]:
    yield "", _("No ask")
    yield from ((ask.slug, f"{ask.sentence} ({ask.whom})") for ask in ask_progress.get_asks())


def letter_label(letter: Letter) -> str:
    """A letter by what tells it from others."""
    return f"{letter.force}, {date_format(letter.month, 'F Y')}: {letter.role}"


def story_slugs(typed: str) -> list[str]:
    """The slugs of addresses; one that isn't a story's is said back as it was typed."""
    found = [(_SLUG.search(each.lower()), each) for each in typed.split()]
    if unknown := [each for slug, each in found if slug is None]:
        said = _("We don’t know what this points to: %(typed)s. Copy a story’s address from your browser.")
        raise forms.ValidationError(said, params={"typed": ", ".join(unknown)})
    return sorted({slug[1] for slug, _each in found if slug})


class LetterForm(forms.Form):
    """Asked in which month, which office, about what."""

    force = worded_field("LetterForm.force", forms.ChoiceField, choices=_forces)
    month = worded_field("LetterForm.month", forms.TypedChoiceField, choices=_months, coerce=date.fromisoformat)
    role = worded_field("LetterForm.role", max_length=120)
    stories = worded_field("LetterForm.stories", max_length=None)
    ask = worded_field("LetterForm.ask", forms.ChoiceField, choices=_asks)

    def clean_stories(self) -> list[str]:
        return story_slugs(self.cleaned_data["stories"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            _add_slips(self, policies.letter_slips(**data))
        return data


class ResponseForm(WagtailAdminModelForm):
    """A force's answer: a draft may lack anything, what is put forward may not."""

    is_draft = False

    about_year = worded_field(
        "ResponseForm.about_year", forms.TypedChoiceField, choices=year_choices, coerce=int, empty_value=None
    )
    month = worded_field(
        "ResponseForm.month", forms.TypedChoiceField, choices=_months, coerce=date.fromisoformat, empty_value=None
    )
    ask = worded_field("ResponseForm.ask", forms.ChoiceField, choices=_asks)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["story_slugs"] = "\n".join(
            each if each.startswith("/") else f"/stories/{each}/"
            for each in self.initial.get("story_slugs", "").split()
        )
        for name in ("source_url", "evidence_url"):
            self.fields[name].validators = [URLValidator(schemes=["https", "http"], message=_A_LINK)]
        open_letters = Letter.objects.filter(Q(answer=None) | Q(pk=self.instance.letter_id))
        self.fields["letter"].queryset = open_letters.select_related("force").order_by("month")
        self.fields["letter"].label_from_instance = letter_label

    def defer_required_fields(self) -> None:
        self.is_draft = True
        super().defer_required_fields()

    def clean_story_slugs(self) -> str:
        return " ".join(story_slugs(self.cleaned_data["story_slugs"]))

    def _post_clean(self) -> None:
        """Say what keeps it from being put forward, once the row holds what was typed."""
        super()._post_clean()
        if self.is_draft or self.errors:
            return
        try:
            _add_slips(self, answers.entering_slips(self.instance))
        except Refused as refused:
            self.add_error(None, refused.reason)


WIDGETS: dict[str, forms.Widget] = {
    **dict.fromkeys(("kind", "checked"), forms.RadioSelect()),
    **{
        name: AdminAutoHeightTextInput(attrs={"rows": rows})
        for name, rows in {"words": 8, "context": 3, "story_slugs": 2, "why_it_stays": 2}.items()
    },
    # The browser's own: Wagtail's bring a script in the page, which the policy of the admin forbids.
    "force": forms.Select(),
    "due_on": CALENDAR,
}
HELP: dict[str, str] = SAYS["ResponseForm"]["help_texts"]


def _add_slips(form: forms.BaseForm, slips: policies.Slips) -> None:
    for name, reason in slips.items():
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, reason)
