"""The quick exit: the sites to which “Exit this page” may lead, and the one that a coordinator chose."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models.settings import SiteSetting

# A closed list, so that nobody points it at a page that harms: each is a site that anybody could have open, asks
# nothing of whoever comes, and says nothing of us.
ALLOWED_SITES = [
    ("https://www.bbc.co.uk/weather", _("BBC Weather")),
    ("https://www.bbc.co.uk/news", _("BBC News")),
    ("https://www.google.co.uk/", _("Google search")),
]
DEFAULT_SITE = ALLOWED_SITES[0][0]


def allowed_site(chosen: str) -> str:
    """The site that was chosen; the default in place of one that isn't on the list any more."""
    return chosen if chosen in dict(ALLOWED_SITES) else DEFAULT_SITE


class Exit(SiteSetting):
    """Where “Exit this page” leads: a coordinator chooses, because it is part of how safe a contributor is."""

    target = models.CharField(_("where it leads"), max_length=60, choices=ALLOWED_SITES, default=DEFAULT_SITE)

    class Meta:
        verbose_name = _("exit")
