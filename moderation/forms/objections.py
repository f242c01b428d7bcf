"""The forms about a force's objection: writing one down, and choosing what should come of it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation.forms.room import LONGEST_NOTE
from moderation.policies.objections import REASONS
from stories.intake import take_down_requests
from stories.models import Force, Story, TakeDownRequest
from stories.models.take_down import OF_FORCES


class ObjectionForm(forms.Form):
    """What a force wrote, and about which story."""

    story = forms.CharField(
        label=_("Address of the story"),
        max_length=200,
        help_text=_("All of it, or the twelve letters at its end."),
        error_messages={"required": _("Give the address of the story.")},
    )
    force = forms.ModelChoiceField(
        label=_("Which force objects"),
        queryset=Force.objects.order_by("name"),
        empty_label=_("Choose a force"),
        help_text=_("Where the story doesn’t show this force, it is kept sealed with the words."),
        error_messages={"required": _("Choose the force that objects.")},
    )
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[(ground, ground.label) for ground in OF_FORCES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose on which ground it objects.")},
    )
    words = forms.CharField(
        label=_("What it wrote"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 8}),
        help_text=_(
            "Leave out names, crime references and anything about the person: what two moderators need is the ground "
            "and the place in the text. It is sealed; you can’t read it again."
        ),
        error_messages={"required": _("Write what the force wrote.")},
    )

    def clean_story(self) -> Story:
        """The story of that address, if it is or was on the site."""
        found = take_down_requests.find_story(self.cleaned_data["story"])
        if found is None:
            raise forms.ValidationError(_("No story has this address."))
        return found


def _choices() -> Iterator[tuple[Any, list[tuple[str, Any]]]]:
    for outcome, reasons in REASONS.items():
        label = TakeDownRequest.Outcome(outcome).label
        yield label, [(f"{outcome}.{reason}", words) for reason, words in reasons.items()]


class LookForm(forms.Form):
    """What should come of an objection, and why: one choice, because each reason belongs to one outcome."""

    choice = forms.ChoiceField(
        label=_("What should happen, and why"),
        choices=_choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should happen, and why.")},
    )
