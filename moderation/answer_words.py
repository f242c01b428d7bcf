"""Where an editor gives an answer of the form other words: the slug under it never changes."""

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from moderation.forms.same_meaning import SameMeaningForm
from stories import same_meaning
from stories.models import AnswerWords
from stories.telling import questions

# Named in lists of their own, which the public reads as well.
_NAMED_ELSEWHERE = ("force", "region", "year", "outcome")
_NOT_HERE = (*_NAMED_ELSEWHERE, *questions.DECIDING)


class AnswerWordsForm(SameMeaningForm):
    """Offers every answer under its question."""

    asks_when_new = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = forms.ChoiceField(choices=_answers, label=self.fields["answer"].label)


class AnswerWordsViewSet(SnippetViewSet):
    model = AnswerWords
    icon = "edit"
    copy_view_enabled = False
    list_display = ["words", "answer", "language"]

    def get_edit_handler(self) -> Any:
        panels = [FieldPanel(name) for name in ("answer", "language", "words", same_meaning.FIELD)]
        return ObjectList(panels, base_form_class=AnswerWordsForm).bind_to_model(self.model)


def _answers() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (question.words, [(f"{question.name}.{option.slug}", option.words) for option in question.options])
        for question in questions.ASKED
        if question.options and question.name not in _NOT_HERE
    ]
