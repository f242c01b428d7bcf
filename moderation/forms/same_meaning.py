"""The form of a word that stories and answers stand under: whoever changes it says that it means the same."""

from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm

from stories import same_meaning


class SameMeaningForm(WagtailAdminModelForm):
    """Asks for the tick where one of these fields has changed; of a new row only where `asks_when_new`."""

    says = frozenset({"name", "explanation", "nation", "region", "answer", "words"})
    asks_when_new = False

    means_the_same = same_meaning.field()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        is_asked = self.asks_when_new or not self.instance._state.adding
        if is_asked and self.says & set(self.changed_data) and not data.get(same_meaning.FIELD):
            self.add_error(same_meaning.FIELD, same_meaning.WHY_NOT)
        return data
