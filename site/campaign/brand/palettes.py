"""The palettes of the site: each a set of values for the colours of tokens.css, tested for its contrast."""

from django.utils.translation import gettext_lazy as _

# The first is what tokens.css says to everybody; the others stand there under their names.
DEFAULT = "moss"
PALETTES = [(DEFAULT, _("Moss: green")), ("bark", _("Bark: brown")), ("slate", _("Slate: grey"))]
