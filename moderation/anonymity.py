"""The anonymity check: what a reader looks for before saying yes, and how a line is answered."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CLEAR, LEFT = "clear", "left"

ANONYMITY_CHECK: dict[str, Any] = {
    "names": gettext_lazy("names, addresses, schools, workplaces, pictures"),
    "dates": gettext_lazy("exact dates and small places"),
    "numbers": gettext_lazy("crime references, collar numbers, phone numbers, handles"),
    "traits": gettext_lazy("jobs, nationality, visa, faith, trans history, sex work"),
    "facts": gettext_lazy("unusual facts that only few people share"),
    "search": gettext_lazy("phrases that a search engine would find"),
}


def why_not_checked(check: Mapping[str, str]) -> str | None:
    """Say which line of the anonymity check isn't answered “none left”."""
    for name, label in ANONYMITY_CHECK.items():
        answer = check.get(name)
        if not answer:
            return _("Answer the anonymity check: %(line)s.") % {"line": label}
        if answer != CLEAR:
            return _("The anonymity check says that there is still something: %(line)s.") % {"line": label}
    return None
