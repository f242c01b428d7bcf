"""Words of the campaign that are public as soon as they are kept, and in which none of a story's may stand."""

from campaign.quotes import pasted
from stories.models.outward import OutwardWhenKept


class OwnWords(OutwardWhenKept):
    """What an editor keeps beside the pages. A story's words would stay in it when the story goes down."""

    class Meta:
        abstract = True

    def why_not_public(self) -> str | None:
        """Words of a story are refused first, whatever else stands there."""
        return pasted.why_not_here(list(pasted.texts_of(self))) or super().why_not_public()
