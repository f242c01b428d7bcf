"""A setting of the site of which every version is kept, so that a change can be taken back."""

from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.models import RevisionMixin


class KeptSetting(RevisionMixin, BaseGenericSetting):
    """What editors change in one form for the whole site; `campaign.earlier_settings` keeps and puts back."""

    class Meta:
        abstract = True
