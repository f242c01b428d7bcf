"""The forms of the moderators' room; what they check is shape, while rules stand in `policies`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation import reasons
from moderation.anonymity import ANONYMITY_CHECK, CLEAR, LEFT
from moderation.working_copies import EMPTY
from stories import decline_reasons, lifecycle
from stories.models import ContentNote, Force, Outcome, Theme

LONGEST_TEXT = 20_000
LONGEST_LIST = 200
LONGEST_NOTE = 4_000
LONGEST_TITLE = 120
FIRST_YEAR, BEFORE = 2015, 2014
_LINE_END = re.compile("\r\n?")
# Followed by the script that puts neutral words in.
_FOLLOWED = {"data-room-replace-target": "field", "data-action": "input->room-replace#follow"}

PLACES = (
    ("force", _("The force")),
    ("region", _("Only the region")),
    ("nation", _("Only the nation")),
    ("nothing", _("Nothing")),
)


def _forces() -> Iterator[tuple[str, Any]]:
    yield "", _("No force")
    yield from Force.objects.values_list("pk", "name")


def _names(column: str) -> Iterator[tuple[str, Any]]:
    yield "", "—"
    names = Force.objects.order_by(column).values_list(column, flat=True).distinct()
    yield from ((name, name) for name in names)


def _regions() -> Iterator[tuple[str, Any]]:
    return _names("region")


def _nations() -> Iterator[tuple[str, Any]]:
    return _names("nation")


def _years() -> Iterator[tuple[str, Any]]:
    yield "", "—"
    yield from ((str(year), str(year)) for year in range(lifecycle.today().year, FIRST_YEAR - 1, -1))
    yield str(BEFORE), _("Before 2015")


def _outcomes() -> Iterator[tuple[str, Any]]:
    yield "", "—"
    yield from Outcome.objects.values_list("pk", "name")


def _themes() -> Iterator[tuple[str, Any]]:
    yield from Theme.objects.values_list("pk", "name")


def _content_notes() -> Iterator[tuple[str, Any]]:
    yield from ContentNote.objects.values_list("pk", "name")


class WorkingCopyForm(forms.Form):
    """One version of the text and its facets. `version` is the one it began with, `token` keeps it alive."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, required=False, widget=forms.TextInput(attrs=_FOLLOWED)
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        required=False,
        strip=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 18, **_FOLLOWED}),
        help_text=_("Rewrite what could identify somebody; a blank line begins a new paragraph."),
    )
    place_shown = forms.ChoiceField(
        label=_("How much about where"), choices=PLACES, required=False, widget=forms.RadioSelect
    )
    force = forms.ChoiceField(label=_("Force"), choices=_forces, required=False)
    region = forms.ChoiceField(
        label=_("Region"), choices=_regions, required=False, help_text=_("Only where no force is chosen.")
    )
    nation = forms.ChoiceField(label=_("Nation"), choices=_nations, required=False)
    year = forms.ChoiceField(label=_("Year they first told the police"), choices=_years, required=False)
    outcome = forms.ChoiceField(label=_("What came of it"), choices=_outcomes, required=False)
    themes = forms.MultipleChoiceField(
        label=_("Themes"), choices=_themes, required=False, widget=forms.CheckboxSelectMultiple
    )
    content_notes = forms.MultipleChoiceField(
        label=_("Content notes"), choices=_content_notes, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_themes(self) -> str:
        return self._joined("themes")

    def clean_content_notes(self) -> str:
        return self._joined("content_notes")

    def _joined(self, name: str) -> str:
        joined = " ".join(sorted(self.cleaned_data[name]))
        if len(joined) > LONGEST_LIST:
            raise forms.ValidationError(_("Tick fewer: these are more than a story has room for."))
        return joined

    def fields_of_text(self) -> dict[str, str]:
        """What a working copy seals, of a form that is valid."""
        return {name: self.cleaned_data[name] for name in EMPTY}

    def typed(self) -> dict[str, str]:
        """Title and text as the browser's own fields hold them, whether or not the form is valid."""
        longest = {"title": LONGEST_TITLE, "text": LONGEST_TEXT}
        # What is too long has to be shortened first, and looking through all of it could take minutes.
        return {name: _LINE_END.sub("\n", str(self[name].value() or ""))[:most] for name, most in longest.items()}

    def left(self) -> dict[str, str]:
        """Why what could identify somebody stays, by the key of its wording, as typed."""
        return reasons.in_form(self.data)


def working_copy_form(fields: Mapping[str, str], *, version: int) -> WorkingCopyForm:
    """The form as it stands for `fields` of a version (0: the first isn't written yet)."""
    lists = {name: fields[name].split() for name in ("themes", "content_notes")}
    return WorkingCopyForm(initial={**fields, **lists, "version": version})


class CheckForm(forms.Form):
    """The anonymity check, one line after another, and the digest of the text that it is about."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in ANONYMITY_CHECK.items():
            self.fields[f"check-{name}"] = forms.ChoiceField(
                label=label, choices=((CLEAR, _("None left")), (LEFT, _("Something is left"))), widget=forms.RadioSelect
            )

    def check(self) -> dict[str, str]:
        """The answers by line, as `anonymity.why_not_checked` reads them; unanswered ones are left out."""
        answers = {name: self.cleaned_data.get(f"check-{name}", "") for name in ANONYMITY_CHECK}
        return {name: answer for name, answer in answers.items() if answer}


class SendBackForm(forms.Form):
    """What should change, for the first reader."""

    note = forms.CharField(
        label=_("What should change"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=_("Only moderators read this; it is sealed like the account."),
    )


class DeclineForm(forms.Form):
    """A reason of the closed list, and a note if one helps."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=lambda: [(slug, reason.moderator) for slug, reason in decline_reasons.REASONS.items()],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A note to the contributor, if it helps"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 5}),
        help_text=_("They read the reason in plain words anyway. This is sealed, and opens with their code."),
    )


class AskForm(forms.Form):
    """One question to the contributor."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 6}),
        help_text=_("Ask one thing, kindly. They may read it beside the person they fear, so name nobody."),
    )


class HoldForm(forms.Form):
    """Why it waits, and the day on which somebody looks again."""

    reason = forms.ChoiceField(
        label=_("Held for"),
        choices=(("legal", _("A legal reason: a case, a charge, an order")), ("safety", _("Somebody’s safety"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it waits.")},
    )
    look_again_on = forms.DateField(
        label=_("Look again on"),
        error_messages={
            "required": _("Choose the day on which somebody looks again."),
            "invalid": _("Write the day as year, month and day, such as 2027-03-14."),
        },
        # The browser's own calendar: Wagtail's needs a script inside the page, which our policy refuses.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("What it holds is kept for at least 30 days after this day. The contributor sees the date."),
    )


class NoWordsForm(forms.Form):
    """For a deed that is a button and nothing else."""
