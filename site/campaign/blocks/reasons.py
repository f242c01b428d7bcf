"""The blocks that say why something is asked: words, what stories say, and figures by name."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaign.blocks.figures import NamedFigureBlock
from campaign.blocks.pictures import PictureBlock
from campaign.blocks.stories import StoryQuoteBlock
from campaign.blocks.tables import TableBlock
from campaign.blocks.words import QuoteBlock, TextBlock


class ReasonsBlock(blocks.StreamBlock):
    """Everything that can be a reason. It is one part of a page, so no heading stands in it."""

    text = TextBlock(group=_("Words"))
    quote = QuoteBlock(group=_("Words"))
    table = TableBlock(group=_("Words"))
    image = PictureBlock(group=_("Words"))
    story_quote = StoryQuoteBlock(group=_("From stories and figures"))
    figure = NamedFigureBlock(group=_("From stories and figures"))
