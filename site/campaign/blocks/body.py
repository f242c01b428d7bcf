"""Everything that can be in the body of a page; of it, the blocks that ask somebody for something begin here."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from campaign import fixed_pages, rich_text
from campaign.blocks import words
from campaign.blocks.live import (
    CriteriaBlock,
    FiguresBlock,
    HelpLineBlock,
    HelpLinesBlock,
    LanguageReadBlock,
    LanguagesBlock,
    LawBlock,
    NamedFigureBlock,
)
from campaign.blocks.stories import StoryQuoteBlock
from campaign.blocks.words import WithContext, block_meta
from campaign.editing import LABELS
from stories.reading import ask_progress


def actions_for(ask: str) -> list[dict[str, object]]:
    """The public actions that press the ask of that slug, with their `url` in the language of the page."""
    return [row for row in ask_progress.get_actions() if ask and row["ask"] == ask]


def open_actions_for(ask: str) -> list[dict[str, object]]:
    return [each for each in actions_for(ask) if each["is_open"]]


class AskBlock(WithContext, blocks.StructBlock):
    """An ask, as its own page tells it: its words and where it stands are kept there alone."""

    ask = SnippetChooserBlock("campaign.Ask", **LABELS["AskBlock.ask"])

    Meta = block_meta("ask")

    def extra_context(self, value: blocks.StructValue, around: dict[str, object]) -> dict[str, object]:
        slug = value["ask"].slug if value.get("ask") else ""
        # None where it is a draft, or isn't public any more: then the block shows nothing.
        return {"ask": ask_progress.asks_by_slug().get(slug), "actions": open_actions_for(slug)}


class ActionButtonValue(blocks.StructValue):
    """A button; `address` is empty where its page is gone, or what was typed leads nowhere good."""

    @property
    def address(self) -> str:
        page = self.get("page")
        return fixed_pages.address_if_live(page) if page else rich_text.safe_link(self.get("link") or "")


class ActionButtonBlock(blocks.StructBlock):
    """One thing for the reader to do: a page of ours, a page elsewhere, or a mail."""

    words = blocks.CharBlock(max_length=60, **LABELS["ActionButtonBlock.words"])
    page = blocks.PageChooserBlock(label="Page of ours", required=False)
    link = blocks.CharBlock(required=False, max_length=500, **LABELS["ActionButtonBlock.link"])

    Meta = block_meta("action_button", value_class=ActionButtonValue)

    def clean(self, value: object) -> object:
        cleaned = super().clean(value)
        page, link, reason = cleaned.get("page"), cleaned.get("link") or "", ""
        looks = (rich_text.is_own_path, rich_text.is_secure_address, rich_text.is_mail_address)
        if bool(page) == bool(link):
            reason = "Choose a page of ours or give an address: one of the two."
        elif link and not any(is_good(link) for is_good in looks):
            reason = "Begin with https://, with mailto:, or with / for a part of this site."
        if reason and not self.is_deferred_validation:
            raise StructBlockValidationError(block_errors={"link": ValidationError(reason)})
        return cleaned


_WORDS, _STORIES, _DOING = "Words", "From stories and figures", "For the reader to do"


class ReasonsBlock(blocks.StreamBlock):
    """Everything that can be a reason. It is one part of a page, so no heading stands in it."""

    text = words.TextBlock(group=_WORDS)
    quote = words.QuoteBlock(group=_WORDS)
    table = words.TableBlock(group=_WORDS)
    image = words.PictureBlock(group=_WORDS)
    story_quote = StoryQuoteBlock(group=_STORIES)
    figure = NamedFigureBlock(group=_STORIES)


class Body(blocks.StreamBlock):
    heading = words.HeadingBlock(group=_WORDS)
    text = words.TextBlock(group=_WORDS)
    steps = words.StepsBlock(group=_WORDS)
    picture_line = words.PictureLineBlock(group=_WORDS)
    notice = words.NoticeBlock(group=_WORDS)
    table = words.TableBlock(group=_WORDS)
    quote = words.QuoteBlock(group=_WORDS)
    image = words.PictureBlock(group=_WORDS)
    contents = words.ContentsBlock(group=_WORDS)
    story_quote = StoryQuoteBlock(group=_STORIES)
    figure = NamedFigureBlock(group=_STORIES)
    figures = FiguresBlock(group=_STORIES)
    ask = AskBlock(group=_DOING)
    action_button = ActionButtonBlock(group=_DOING)
    help_lines = HelpLinesBlock(group=_DOING)
    help_line = HelpLineBlock(group=_DOING)
    language_read = LanguageReadBlock(group=_DOING)
    languages = LanguagesBlock(group=_DOING)
    law = LawBlock(group=_DOING)
    criteria = CriteriaBlock(group=_DOING)

    class Meta:
        block_counts = {"contents": {"max_num": 1}}

    def clean(self, value: object) -> object:
        """Refuse two headings with one name: a link to the second would lead to the first."""
        cleaned = super().clean(value)
        if again := words.repeated_headings(cleaned):
            said = "Another heading of this page says the same. Give this one words of its own."
            raise StreamBlockValidationError(block_errors={place: ValidationError(said) for place in again})
        return cleaned
