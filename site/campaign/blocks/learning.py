"""The blocks of a page for trainers: each field of such a page takes its own, so that every pack has the same shape."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaign import rich_text
from campaign.blocks.figures import NamedFigureBlock
from campaign.blocks.stories import TrainingQuoteBlock
from campaign.blocks.words import NoticeBlock, StepsBlock, TextBlock

# How long a session takes: short enough to fit a briefing at the start of a shift.
SESSION = 20
_FEWEST, _MOST = 2, 3


class PlanStepBlock(blocks.StructBlock):
    """One step of a session."""

    minutes = blocks.IntegerBlock(label=gettext_lazy("Minutes"), min_value=1, max_value=SESSION)
    title = blocks.CharBlock(label=gettext_lazy("What happens"), max_length=80)
    text = blocks.RichTextBlock(
        label=gettext_lazy("How"), features=rich_text.INLINE_FEATURES, help_text=gettext_lazy("What you do and say.")
    )

    class Meta:
        icon = "time"
        label = gettext_lazy("Step")


class PlanBlock(blocks.StreamBlock):
    """The steps of a session, in their order."""

    step = PlanStepBlock()

    class Meta:
        min_num = 3

    def clean(self, value: Any) -> Any:
        """Refuse steps that don't fill the session; a draft may still be short of it."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (reason := why_not_a_session(cleaned)):
            raise StreamBlockValidationError(non_block_errors=[ValidationError(reason)])
        return cleaned


def minutes_of(plan: Any) -> int:
    """How long the steps of a plan take together; a draft's step may have no minutes yet."""
    return sum(step.value.get("minutes") or 0 for step in plan)


def why_not_a_session(plan: Any) -> str | None:
    """Say why these steps make no session, or None."""
    minutes = minutes_of(plan)
    if minutes == SESSION:
        return None
    said = _("The steps take %(minutes)d minutes together. A session takes %(session)d.")
    return said % {"minutes": minutes, "session": SESSION}


class PassagesBlock(blocks.StreamBlock):
    """Two or three passages of stories; two of one story count."""

    training_quote = TrainingQuoteBlock()

    class Meta:
        min_num, max_num = _FEWEST, _MOST


class QuestionsBlock(blocks.StreamBlock):
    """What the room talks about."""

    question = blocks.CharBlock(label=gettext_lazy("Question"), max_length=250, icon="help")

    class Meta:
        min_num, max_num = 2, 6


class PackFigureBlock(blocks.StreamBlock):
    """The one figure of a session."""

    figure = NamedFigureBlock()

    class Meta:
        min_num = max_num = 1


class GoodBlock(blocks.StreamBlock):
    """What good looks like, in our words and in theirs. Ours stand whatever becomes of theirs."""

    text = TextBlock()
    training_quote = TrainingQuoteBlock()

    class Meta:
        block_counts = {"text": {"min_num": 1}, "training_quote": {"max_num": _MOST}}


class InsteadBlock(blocks.StructBlock):
    """What not to say, and what to say."""

    instead_of = blocks.CharBlock(label=gettext_lazy("Instead of"), max_length=200)
    say = blocks.CharBlock(label=gettext_lazy("Say"), max_length=250)

    class Meta:
        icon = "comment"
        label = gettext_lazy("Words")


class WordingBlock(blocks.StreamBlock):
    """What to say and not to say."""

    words = InsteadBlock()

    class Meta:
        min_num = 2


class NotesBlock(blocks.StreamBlock):
    """What whoever leads the session should know of this one."""

    text = TextBlock()
    steps = StepsBlock()
    notice = NoticeBlock()
