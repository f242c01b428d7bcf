"""The choices by which somebody finds the help lines for them."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from stories.telling.forms import PublicForm


class HelpForm(PublicForm):
    """For whom, and where; nothing chosen is everybody, everywhere."""

    def __init__(self, given: MultiValueDict | None = None) -> None:
        super().__init__(given)
        self.fields["who"] = forms.ChoiceField(
            label=_("Who needs somebody to talk to?"),
            choices=[("all", _("Anybody")), ("adults", _("Somebody 18 or over")), ("under-18", _("Somebody under 18"))],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["region"] = forms.ChoiceField(
            label=_("Where?"),
            choices=[
                ("uk", _("Anywhere in the UK")),
                ("england", _("England")),
                ("scotland", _("Scotland")),
                ("wales", _("Wales")),
                ("northern-ireland", _("Northern Ireland")),
                ("jersey", _("Jersey")),
                ("guernsey", _("Guernsey")),
                ("isle-of-man", _("Isle of Man")),
            ],
            widget=forms.RadioSelect,
            required=False,
        )
