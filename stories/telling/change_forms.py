"""The parts of the form that can be filled in once more after sending."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from stories.telling import questions
from stories.telling.forms import TellForm

# Where somebody is under 18 we show other help and take nothing, so these answers are settled.
_SETTLED = ("adult", "adult_other")
WORDS = frozenset(question.name for question in questions.TEXTS)
ANSWERS = frozenset(questions.BY_NAME) - WORDS - {*questions.CONSENTS, *_SETTLED}


class ChangeForm(TellForm):
    """The questions of these `names` alone, filled in from what is kept."""

    def __init__(
        self, given: MultiValueDict | None = None, *, names: Collection[str], initial: Mapping[str, Any]
    ) -> None:
        super().__init__(given, initial=initial)
        self.asked = [question for question in self.asked if question.name in names]
        for name in set(self.fields) - set(names):
            del self.fields[name]

    def choices(self) -> dict[str, bool]:
        """Return the choices by field name."""
        return {name: bool(self.cleaned_data[name]) for name in questions.CONSENTS if name in self.fields}
