"""The block that shows a picture."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    """A picture with the words for those who don't see it, or marked as decoration."""

    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "campaign/blocks/picture.html"
