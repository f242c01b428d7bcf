"""The forms with words for a contributor: begun from ready words, seen as they will read them, then sent."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation.conversation.ready_words import Ready
from moderation.forms import LONGEST_NOTE
from moderation.models import ReadyWords
from stories.core import decline_reasons


class WordsForm(forms.Form):
    """Words for a contributor. `words` names the field they stand in, `purpose` the part of the library."""

    words: str
    purpose: str

    # What the preview showed, so that nothing else is sent; empty before there was one.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, library: Sequence[Ready] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.library = library
        self.fields["ready"] = forms.ChoiceField(
            label=_("Ready words"),
            choices=[("", _("None of them")), *((str(ready.pk), ready.title) for ready in library)],
            required=False,
            help_text=_("They go into the box below, where you can change them. What stands there stays."),
        )
        self.order_fields(["reason", "ready", self.words])

    def with_ready_words(self) -> dict[str, str]:
        """What was typed, with the chosen ready words put after it."""
        typed = self.data.get(self.words, "").strip()
        chosen = next((ready.text for ready in self.library if str(ready.pk) == self.data.get("ready")), "")
        return {**self.data.dict(), self.words: "\n\n".join(filter(None, (typed, chosen))), "ready": ""}  # type: ignore[attr-defined]

    @cached_property
    def digest(self) -> str:
        """Name exactly what would be sent, of a form that is valid."""
        sent = "\n".join([self.cleaned_data.get("reason", ""), self.text])
        return hashlib.sha256(sent.encode()).hexdigest()

    @property
    def text(self) -> str:
        found: str = self.cleaned_data[self.words]
        return found

    @property
    def is_seen(self) -> bool:
        """True if the preview showed just this."""
        return bool(self.cleaned_data["seen"] == self.digest)


class DeclineForm(WordsForm):
    """A reason of the closed list, and a note if one helps."""

    words = "note"
    purpose = ReadyWords.Purpose.DECLINE

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=lambda: [(slug, reason.moderator) for slug, reason in decline_reasons.REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason from the list; the contributor reads it in plain words.")},
    )
    note = forms.CharField(
        label=_("A note to the contributor, if it helps"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 6}),
        help_text=_("They read the reason in plain words anyway. This is sealed, and opens with their code."),
    )


class AskForm(WordsForm):
    """One question to the contributor."""

    words = "question"
    purpose = ReadyWords.Purpose.QUESTION

    question = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 6}),
        error_messages={"required": _("Write your question. They read it when they come back with their code.")},
        help_text=_("Ask one thing, kindly. They may read it beside the person they fear, so name nobody."),
    )
