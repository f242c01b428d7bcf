"""The blocks of a page for trainers: each field of such a page takes its own, so that every pack has the same shape."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaign import rich_text
from campaign.blocks.live import NamedFigureBlock
from campaign.blocks.stories import TrainingQuoteBlock
from campaign.blocks.words import BLOCKS, NoticeBlock, StepsBlock, TextBlock, block_meta
from campaign.editing import LABELS, NEEDED

# How long a session takes: short enough to fit a briefing at the start of a shift.
SESSION = 20


class PartBlock(blocks.StreamBlock):
    """A part of a session. Where there is too little or too much of it, the form says in `asked` what to do."""

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        try:
            return super().clean(value)
        except StreamBlockValidationError as refused:
            _say_what_is_needed(refused)
            # Of itself a stream of blocks says nothing but how many it takes.
            of_itself = [ValidationError(self.meta.asked)] if refused.non_block_errors else None
            raise StreamBlockValidationError(refused.block_errors, of_itself) from refused


class PlanStepBlock(blocks.StructBlock):
    minutes = blocks.IntegerBlock(label="Minutes", min_value=1, max_value=SESSION)
    title = blocks.CharBlock(label="What happens", max_length=80)
    text = blocks.RichTextBlock(features=rich_text.INLINE_FEATURES, **LABELS["PlanStepBlock.text"])

    Meta = block_meta("plan_step")


class PlanBlock(PartBlock):
    step = PlanStepBlock()

    Meta = block_meta("plan")

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Refuse steps that don't fill the session; a draft may still be short of it."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (reason := why_not_a_session(cleaned)):
            raise StreamBlockValidationError(non_block_errors=[ValidationError(reason)])
        return cleaned


def minutes_of(plan: Iterable[blocks.StreamValue.StreamChild]) -> int:
    return sum(step.value.get("minutes") or 0 for step in plan)


def why_not_a_session(plan: Iterable[blocks.StreamValue.StreamChild]) -> str | None:
    minutes = minutes_of(plan)
    return None if minutes == SESSION else f"The steps take {minutes} minutes together. A session takes {SESSION}."


class InsteadBlock(blocks.StructBlock):
    instead_of = blocks.CharBlock(label="Instead of", max_length=200)
    say = blocks.CharBlock(label="Say", max_length=250)

    Meta = block_meta("instead")


def part_block(name: str, **children: blocks.Block) -> PartBlock:
    """A part of a session by its name in blocks.toml, and the blocks that it takes."""
    return PartBlock(list(children.items()), **BLOCKS[name])


NOTES = part_block("notes", text=TextBlock(), steps=StepsBlock(), notice=NoticeBlock())
# Two of one story count.
PASSAGES = part_block("passages", training_quote=TrainingQuoteBlock())
QUESTIONS = part_block("questions", question=blocks.CharBlock(label="Question", max_length=250, icon="help"))
FIGURE = part_block("pack_figure", figure=NamedFigureBlock())
# In our words and in theirs: ours stand whatever becomes of theirs.
GOOD = part_block("good", text=TextBlock(), training_quote=TrainingQuoteBlock())
# Words not to say, and words to say.
WORDING = part_block("wording", words=InsteadBlock())


def _say_what_is_needed(refused: ValidationError) -> None:
    """In place of “this field is required”, however deep it stands."""
    for inner in getattr(refused, "block_errors", {}).values():
        _say_what_is_needed(inner)
    if getattr(refused, "code", None) == "required":
        refused.message = NEEDED
