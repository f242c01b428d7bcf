"""The forms of the first look: the six questions, a message to the contributor, and a coordinator's words."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation.forms import LONGEST_NOTE
from moderation.models import RiskWords
from moderation.risk.danger import Statement
from moderation.risk.risks import RISKS

ANSWERS = (("yes", _("Yes")), ("no", _("No")), ("not-sure", _("Not sure")))


class FirstLookForm(forms.Form):
    """Six answers, none of them ticked before, and a note if one helps."""

    note = forms.CharField(
        label=_("A note for whoever looks next, if it helps"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("What you did, and whom you told. Only moderators read this; it is sealed like the account."),
    )

    # Asked only where a no would be against what the contributor ticked.
    why_no_case = forms.CharField(
        label=_("Why is no case active, although they ticked an arrest, a charge or a court date?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_("One sentence. The second reader sees it; it is sealed like the account."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for risk in RISKS:
            self.fields[risk.slug] = forms.ChoiceField(
                label=risk.question,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one. “Not sure” is an answer too.")},
            )

    def answers(self) -> dict[str, str]:
        """The answers by question, of a form that is valid."""
        return {risk.slug: self.cleaned_data[risk.slug] for risk in RISKS}


class DangerForm(forms.Form):
    """What goes with a yes to a text: whether anybody is in danger now, with nothing answered before."""

    prefix = "danger"
    now = forms.ChoiceField(
        label=_("Is anybody’s life in danger now, or is the person it happened to under 18?"),
        choices=ANSWERS,
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Why is that over?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("What was done, and how you know. Both readers see it; it is sealed like the account."),
    )

    def statement(self) -> Statement:
        """What was said, as the rules judge it; what is too long is cut."""
        now, text = (str(self[name].value() or "") for name in ("now", "text"))
        return Statement(now, text.strip()[:LONGEST_NOTE])


class MessageForm(forms.Form):
    """A message to the contributor, whole, as they read it."""

    # What the preview showed, so that nothing else is sent; empty before there was one.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    message = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 12}),
        help_text=_("Change it as you like. Name nobody: they may read it beside the person they fear."),
        error_messages={"required": _("Write something first. They read it when they come back with their code.")},
    )

    @property
    def digest(self) -> str:
        """Name exactly what would be sent, of a form that is valid."""
        return hashlib.sha256(self.cleaned_data["message"].encode()).hexdigest()

    @property
    def is_seen(self) -> bool:
        """True if the preview showed just this."""
        return bool(self.cleaned_data["seen"] == self.digest)


class RiskWordsForm(forms.ModelForm):
    """What stands in one question, and the message that goes with it."""

    class Meta:
        model = RiskWords
        fields = ("what_to_do", "message", "message_cy")
        widgets = {name: AdminAutoHeightTextInput(attrs={"rows": 8}) for name in fields}
        help_texts = {
            "what_to_do": _("The first line stands before the answers, the others after them, each by itself."),
            "message": _(
                "Moderators read it through and can change it before it is sent. Help lines follow by themselves."
            ),
            "message_cy": _("For who wrote to us in Welsh. Left empty, they get the English one."),
        }
