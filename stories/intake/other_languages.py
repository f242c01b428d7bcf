"""Languages beside English and Welsh in which people write to us, and which of them are read here."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stories.core import snapshot

# Code: the name that its speakers have for it, and ours; most spoken first by people who write little English.
NAMES: dict[str, tuple[str, str | Promise]] = {
    "pl": ("Polski", _("Polish")),
    "ro": ("Română", _("Romanian")),
    "pa": ("ਪੰਜਾਬੀ", _("Panjabi")),
    "ur": ("اردو", _("Urdu")),
    "pt": ("Português", _("Portuguese")),
    "es": ("Español", _("Spanish")),
    "ar": ("العربية", _("Arabic")),
    "bn": ("বাংলা", _("Bengali")),
    "gu": ("ગુજરાતી", _("Gujarati")),
    "uk": ("Українська", _("Ukrainian")),
}
# For a question: each by both its names, and one for all the rest.
CHOICES = [*((code, format_lazy("{} ({})", *names)) for code, names in NAMES.items()), ("other", _("Another language"))]
OURS = {code: words for code, (_own, words) in NAMES.items()}
RIGHT_TO_LEFT = frozenset({"ur", "ar"})
BUILDER = "languages_read"


def languages_read() -> frozenset[str]:
    """Codes of the languages that at least two moderators read; one of whom writes the text, and one agrees."""
    return frozenset(snapshot.get_built(BUILDER) or ())
