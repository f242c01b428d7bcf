"""The forms of letters and of forces' answers; which stories, asks and months fit is a rule of `policies.responses`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation.forms import year_choices
from moderation.policies import responses as policies
from moderation.redacting import anonymity
from moderation.responses.entering import Entered
from stories import agreed_response, dates, lifecycle
from stories.models import Force, Letter, Response
from stories.public import asks

LONGEST_WORDS = 10_000
_SLUG = re.compile(r"(?:^|/)([0-9a-z]{12})(?:[/?#]|$)")
_ADDRESSES = _("One address a line, as the browser shows it: stories that are on the site and name this force.")
_A_LINK = _("Copy the whole address from your browser, with its https://")


def _forces() -> Iterator[tuple[str, Any]]:
    yield "", _("Choose a force")
    yield from Force.objects.order_by("name").values_list("pk", "name")


def _months() -> Iterator[tuple[str, str]]:
    """This month and each before it, back to the first year that stories are of."""
    yield "", "—"
    today = lifecycle.today()
    for number in range(today.year * 12 + today.month - 1, dates.FIRST_YEAR * 12 - 1, -1):
        month = date(number // 12, number % 12 + 1, 1)
        yield month.isoformat(), date_format(month, "F Y")


def _asks() -> Iterator[tuple[str, Any]]:
    yield "", _("No ask")
    yield from ((ask.slug, f"{ask.sentence} ({ask.whom})") for ask in asks.read())


def _letters() -> Iterator[tuple[str, Any]]:
    yield "", _("None: it spoke by itself")
    for letter in Letter.objects.filter(answer=None).select_related("force").order_by("month"):
        yield str(letter.pk), in_words(letter)


def in_words(letter: Letter) -> str:
    """A letter by what tells it from others."""
    return f"{letter.force}, {date_format(letter.month, 'F Y')}: {letter.role}"


class _AboutStories(forms.Form):
    """What both forms have: a force, stories by address, an ask."""

    def clean_stories(self) -> str:
        """The slugs, with a blank between; an address that isn't a story's is said back as it was typed."""
        found: list[str] = []
        unknown: list[str] = []
        for typed in self.cleaned_data["stories"].split():
            slug = _SLUG.search(typed.lower())
            (found if slug else unknown).append(slug[1] if slug else typed)
        if unknown:
            said = _("We don’t know what this points to: %(typed)s. Copy a story’s address from your browser.")
            raise forms.ValidationError(said, params={"typed": ", ".join(unknown)})
        return " ".join(sorted(set(found)))

    def _say(self, slips: policies.Slips) -> None:
        for name, reason in slips.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, reason)


class LetterForm(_AboutStories):
    """Asked in which month, which office, about what."""

    force = forms.ChoiceField(
        label=_("Force"), choices=_forces, error_messages={"required": _("Choose the force that you asked.")}
    )
    month = forms.ChoiceField(
        label=_("Month it was sent"), choices=_months, error_messages={"required": _("Choose the month.")}
    )
    role = forms.CharField(
        label=_("To which office"),
        max_length=120,
        help_text=_("An office, never a name: “Head of Public Protection”. The force’s page shows it."),
        error_messages={"required": _("Write which office you asked.")},
    )
    stories = forms.CharField(
        label=_("Stories it is about"),
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_ADDRESSES,
    )
    ask = forms.ChoiceField(label=_("And, or, the ask it is about"), choices=_asks, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            slips = policies.letter_slips(data["force"], **self.asked())
            self._say(slips)
        return data

    def asked(self) -> dict[str, Any]:
        """What `letters.record` takes of it."""
        data = self.cleaned_data
        about = {"slugs": data["stories"].split(), "ask": data["ask"]}
        return {"month": date.fromisoformat(data["month"]), "role": data["role"], **about}


class ResponseForm(_AboutStories):
    """A force's answer. `version` is the number of the one that the form began with, 0 for none."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    force = forms.ChoiceField(
        label=_("Force"), choices=_forces, error_messages={"required": _("Choose the force that said it.")}
    )
    letter = forms.ChoiceField(label=_("The letter that it answers"), choices=_letters, required=False)
    kind = forms.ChoiceField(
        label=_("What kind of answer"),
        choices=Response.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of answer it is.")},
    )
    words = forms.CharField(
        label=_("Its exact words"),
        max_length=LONGEST_WORDS,
        strip=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 8}),
        help_text=_("As the force wrote or said it, without quotation marks around it, and nothing left out."),
        error_messages={"required": _("Write what the force said, in its exact words.")},
    )
    owner = forms.CharField(
        label=_("Whose the change is"),
        max_length=120,
        required=False,
        help_text=_("For a change that is planned: an office, never a name."),
    )
    due_on = forms.DateField(
        label=_("By when"),
        required=False,
        # The browser's own: Wagtail's brings a script in the page, which the policy of the admin forbids.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For a change that is planned: the last day by which it is to be done."),
    )
    evidence_url = forms.CharField(
        label=_("Link to what shows the change"),
        max_length=200,
        required=False,
        validators=[URLValidator(schemes=["https", "http"], message=_A_LINK)],
        help_text=_("For a change that was made: something that anybody can open."),
    )
    context = forms.CharField(
        label=_("What it is about, in our words"),
        max_length=2_000,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("Only what a reader needs to understand it. It stands below the force’s words, apart from them."),
    )
    about_year = forms.ChoiceField(label=_("Year it is about"), choices=year_choices, required=False)
    month = forms.ChoiceField(
        label=_("Month it was said"),
        choices=_months,
        required=False,
        help_text=_("Leave it empty where you can’t find out. A month is never guessed."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("Where these words stand, or how they reached us: “A letter to Heard”."),
        error_messages={"required": _("Write where its words can be found, or how they came.")},
    )
    source_url = forms.CharField(
        label=_("Link to the source"),
        max_length=200,
        required=False,
        validators=[URLValidator(schemes=["https", "http"], message=_A_LINK)],
    )
    stories = forms.CharField(
        label=_("Stories it answers"),
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_ADDRESSES,
    )
    ask = forms.ChoiceField(label=_("The ask it answers"), choices=_asks, required=False)
    checked = forms.ChoiceField(
        label=_("How you made sure"),
        choices=tuple(policies.CHECKED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you made sure that the force said it.")},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._say(policies.response_slips(self.entered().fields, letter=self._letter()))
        return data

    def entered(self) -> Entered:
        """What `entering` takes of it."""
        data = {name: str(value or "") for name, value in self.cleaned_data.items()}
        fields = {name: data[name] for name in agreed_response.FIELDS}
        return Entered(fields, data["checked"], self.left(), self._letter())

    def left(self) -> dict[str, str]:
        """Why what could lead to somebody stays, by the key of its wording, as typed."""
        left: dict[str, str] = anonymity.reasons_in_form(self.data) if self.is_bound else self.initial.get("left", {})
        return left

    def typed(self) -> dict[str, str]:
        """The words of each field as the browser holds them, whether or not the form is valid."""
        return {name: str(self[name].value() or "")[:LONGEST_WORDS] for name in agreed_response.WORDS}

    def _letter(self) -> Letter | None:
        chosen = self.cleaned_data["letter"]
        return Letter.objects.filter(pk=chosen).first() if chosen else None


class SendResponseBackForm(forms.Form):
    """One of the closed reasons, and the digest of what was read."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.ChoiceField(
        label=_("Why it goes back"),
        choices=tuple(policies.SEND_BACK.items()),
        widget=forms.RadioSelect,
        help_text=_("Whoever entered it reads this, and tells the force."),
        error_messages={"required": _("Choose why it goes back, so that who entered it knows.")},
    )
