"""A text as a reader will see it: the account's words in its fields, and names instead of slugs."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from moderation.forms import PLACES
from stories import below_the_text, rendering
from stories.models import ContentNote, Force, Outcome, Theme
from stories.public import facts as public_facts

# Which of an account's texts each field begins from.
_BEGINS_FROM = {"text": "account", **{name: name for name in below_the_text.NAMES}}


def of_account(account: Mapping[str, str]) -> dict[str, str]:
    """The words that a first version begins with, by field."""
    return {name: account.get(text, "") for name, text in _BEGINS_FROM.items()}


def below_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[below_the_text.Part]:
    """What changed, word by word, in each of the short texts below the story."""
    changes = {name: rendering.compare_words(before[name], after[name]) for name in below_the_text.NAMES}
    return below_the_text.parts(changes)


def facts(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return [(what, value)] for all but what somebody wrote; “nothing” where it is empty, so that it is seen."""
    force = Force.objects.filter(pk=fields["force"]).first()
    outcome = Outcome.objects.filter(pk=fields["outcome"]).first()
    rows = [
        (_("How much about where"), str(dict(PLACES).get(fields["place_shown"], _("Nothing")))),
        (_("Force"), force.name if force else ""),
        (_("Region"), fields["region"]),
        (_("Nation"), fields["nation"]),
        (_("Year"), public_facts.year_of_a_row(fields["year"])),
        (_("What came of it"), outcome.name if outcome else ""),
        (_("Themes"), _named(Theme, fields["themes"])),
        (_("Content notes"), _named(ContentNote, fields["content_notes"])),
    ]
    return [(what, value or _("nothing")) for what, value in rows]


def _named(model: type[Model], slugs: str) -> str:
    names: Any = model._default_manager.filter(pk__in=slugs.split()).values_list("name", flat=True)
    return " · ".join(names)
