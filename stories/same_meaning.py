"""Words under which people have told and answered: whoever changes them says first that they mean the same.

What somebody answered is kept as a slug and shown with the words of the day, so words of another meaning would have
them say what they never said.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

FIELD = "means_the_same"
WHY_NOT = _(
    "Tick this if it still means what it meant to those who answered. If it means something else, leave the old words: "
    "their answers would be turned round."
)


def field() -> forms.BooleanField:
    """A tick beside the words; the form asks for it, with `WHY_NOT`, where they have changed."""
    label = _("It means the same as before")
    help_text = _("People answered under the words that stood here. Their stories and figures are shown with yours.")
    return forms.BooleanField(label=label, help_text=help_text, required=False)
