"""Everything that can be in the body of a page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaign.blocks.asks import ActionButtonBlock, AskBlock
from campaign.blocks.live import FiguresBlock, HelpLinesBlock, LawBlock, NamedFigureBlock
from campaign.blocks.stories import StoryQuoteBlock
from campaign.blocks.words import (
    ContentsBlock,
    HeadingBlock,
    NoticeBlock,
    PictureBlock,
    QuoteBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
    repeated_headings,
)

_WORDS, _STORIES = gettext_lazy("Words"), gettext_lazy("From stories and figures")
_DOING = gettext_lazy("For the reader to do")


class Body(blocks.StreamBlock):
    """Everything that can stand in a page."""

    heading = HeadingBlock(group=_WORDS)
    text = TextBlock(group=_WORDS)
    steps = StepsBlock(group=_WORDS)
    notice = NoticeBlock(group=_WORDS)
    table = TableBlock(group=_WORDS)
    quote = QuoteBlock(group=_WORDS)
    image = PictureBlock(group=_WORDS)
    contents = ContentsBlock(group=_WORDS)
    story_quote = StoryQuoteBlock(group=_STORIES)
    figure = NamedFigureBlock(group=_STORIES)
    figures = FiguresBlock(group=_STORIES)
    ask = AskBlock(group=_DOING)
    action_button = ActionButtonBlock(group=_DOING)
    help_lines = HelpLinesBlock(group=_DOING)
    law = LawBlock(group=_DOING)

    class Meta:
        block_counts = {"contents": {"max_num": 1}}

    def clean(self, value: Any) -> Any:
        """Refuse two headings with one name: a link to the second would lead to the first."""
        cleaned = super().clean(value)
        if again := repeated_headings(cleaned):
            said = _("Another heading of this page says the same. Give this one words of its own.")
            raise StreamBlockValidationError(block_errors={place: ValidationError(said) for place in again})
        return cleaned
