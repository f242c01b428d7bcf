"""The form for one string in one language: a box for each form of it, filled with what stands."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from campaign.models import SiteWords
from campaign.site_words import asked, changing, refusals
from campaign.site_words.catalogued import FORMS
from stories import same_meaning


class SiteWordsForm(forms.Form):
    """Refuses what can't stand there beside the box that it stands in, and keeps what was typed."""

    def __init__(self, row: SiteWords, data: Any = None, *, said: Sequence[str]) -> None:
        super().__init__(data)
        self.row, self.string = row, row.string
        assert self.string is not None  # noqa: S101 - the view looked
        self.shipped = self.string.shipped(row.language)
        labels = [takes for _number, takes in FORMS[row.language]] if self.string.is_of_a_number else [_("Words")]
        for number, (label, words) in enumerate(zip(labels, said, strict=True)):
            widget = AdminAutoHeightTextInput(attrs={"lang": row.language, "rows": 2})
            self.fields[f"form-{number}"] = forms.CharField(
                label=label, required=False, strip=False, initial=words, widget=widget
            )
        self.boxes = list(self.fields)
        if asked.is_answered(self.string):
            self.fields[same_meaning.FIELD] = same_meaning.field()

    def clean(self) -> dict[str, Any]:
        """Ask the row, as it would stand."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        said = [refusals.tidied(cleaned.get(name, ""), was) for name, was in zip(self.boxes, self.shipped, strict=True)]
        stood = self.row.words
        changing.with_forms(self.row, said)
        if self.row.words not in ("", stood) and cleaned.get(same_meaning.FIELD) is False:
            self.add_error(same_meaning.FIELD, same_meaning.WHY_NOT)
        reasons = self.row.why_not_forms()
        if len(reasons) == len(self.boxes):
            for name, reason in zip(self.boxes, reasons, strict=True):
                if reason:
                    self.add_error(name, reason)
        if not self.errors:
            try:
                self.row.clean()
            except ValidationError as refused:
                self.add_error(None, refused)
        return cleaned
