"""The blocks of a page for trainers: each field of such a page takes its own, so that every pack has the same shape."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaign import rich_text
from campaign.blocks.live import NamedFigureBlock
from campaign.blocks.stories import TrainingQuoteBlock
from campaign.blocks.words import NoticeBlock, StepsBlock, TextBlock
from campaign.editing import HELP, NEEDED

# How long a session takes: short enough to fit a briefing at the start of a shift.
SESSION = 20
_FEWEST, _MOST = 2, 3


class PartBlock(blocks.StreamBlock):
    """A part of a session. Where there is too little or too much of it, the form says in `Meta.asked` what to do."""

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        try:
            return super().clean(value)
        except StreamBlockValidationError as refused:
            _say_what_is_needed(refused)
            # Of itself a stream of blocks says nothing but how many it takes.
            of_itself = [ValidationError(self.meta.asked)] if refused.non_block_errors else None
            raise StreamBlockValidationError(refused.block_errors, of_itself) from refused


class PlanStepBlock(blocks.StructBlock):
    """One step of a session."""

    minutes = blocks.IntegerBlock(label=gettext_lazy("Minutes"), min_value=1, max_value=SESSION)
    title = blocks.CharBlock(label=gettext_lazy("What happens"), max_length=80)
    text = blocks.RichTextBlock(
        label=gettext_lazy("How"), features=rich_text.INLINE_FEATURES, help_text=HELP["PlanStepBlock.text"]
    )

    class Meta:
        icon = "time"
        label = gettext_lazy("Step")


class PlanBlock(PartBlock):
    """The steps of a session, in their order."""

    step = PlanStepBlock()

    class Meta:
        min_num = 3
        asked = gettext_lazy("Add steps until there are three or more, which take 20 minutes together.")

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Refuse steps that don't fill the session; a draft may still be short of it."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (reason := why_not_a_session(cleaned)):
            raise StreamBlockValidationError(non_block_errors=[ValidationError(reason)])
        return cleaned


def minutes_of(plan: Iterable[blocks.StreamValue.StreamChild]) -> int:
    """The minutes of a plan's steps together; a draft's step may have no minutes yet."""
    return sum(step.value.get("minutes") or 0 for step in plan)


def why_not_a_session(plan: Iterable[blocks.StreamValue.StreamChild]) -> str | None:
    """Say why these steps make no session, or None."""
    said = _("The steps take %(minutes)d minutes together. A session takes %(session)d.")
    minutes = minutes_of(plan)
    return None if minutes == SESSION else said % {"minutes": minutes, "session": SESSION}


class PassagesBlock(PartBlock):
    """Two or three passages of stories; two of one story count."""

    training_quote = TrainingQuoteBlock()

    class Meta:
        min_num, max_num = _FEWEST, _MOST
        asked = gettext_lazy("Choose two passages, or three at most.")


class QuestionsBlock(PartBlock):
    """Questions for the room."""

    question = blocks.CharBlock(label=gettext_lazy("Question"), max_length=250, icon="help")

    class Meta:
        min_num, max_num = 2, 6
        asked = gettext_lazy("Ask two questions or more, and six at most.")


class PackFigureBlock(PartBlock):
    """The one figure of a session."""

    figure = NamedFigureBlock()

    class Meta:
        min_num = max_num = 1
        asked = gettext_lazy("Choose one figure.")


class GoodBlock(PartBlock):
    """A good example, in our words and in theirs. Ours stand whatever becomes of theirs."""

    text = TextBlock()
    training_quote = TrainingQuoteBlock()

    class Meta:
        block_counts = {"text": {"min_num": 1}, "training_quote": {"max_num": _MOST}}
        asked = gettext_lazy("Write a paragraph of your own; the passages beside it are three at most.")


class InsteadBlock(blocks.StructBlock):
    """Words not to say, and words to say."""

    instead_of = blocks.CharBlock(label=gettext_lazy("Instead of"), max_length=200)
    say = blocks.CharBlock(label=gettext_lazy("Say"), max_length=250)

    class Meta:
        icon = "comment"
        label = gettext_lazy("Words")


class WordingBlock(PartBlock):
    """The list of such words."""

    words = InsteadBlock()

    class Meta:
        min_num = 2
        asked = gettext_lazy("Add words until there are two or more: what not to say, and what to say.")


class NotesBlock(PartBlock):
    """Notes for whoever leads the session."""

    text = TextBlock()
    steps = StepsBlock()
    notice = NoticeBlock()

    class Meta:
        asked = gettext_lazy("Add a paragraph or more for whoever leads the session.")


def _say_what_is_needed(refused: ValidationError) -> None:
    """In place of “this field is required”, however deep it stands."""
    for inner in getattr(refused, "block_errors", {}).values():
        _say_what_is_needed(inner)
    if getattr(refused, "code", None) == "required":
        refused.message = NEEDED
