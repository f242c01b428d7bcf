"""The blocks of the officers' card: short parts of short lines, because all of it has to fit on one small page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaign.law import in_force
from stories.core import lifecycle

# What fits on one side of A5 beside the offences of every nation, as the print style sets it.
MOST_LETTERS = 1400


class LinesBlock(blocks.StructBlock):
    """A part of the card: what to do, one line for each deed."""

    heading = blocks.CharBlock(label=gettext_lazy("Heading"), max_length=50)
    lines = blocks.ListBlock(
        blocks.CharBlock(label=gettext_lazy("Line"), max_length=160), label=gettext_lazy("Lines"), max_num=8
    )

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Part of the card")
        template = "campaign/blocks/card_lines.html"
        preview_value = {"heading": "Believe", "lines": ["Say that it is not their fault."]}


class SayingBlock(blocks.StructBlock):
    """What to say, beside what never to say."""

    say = blocks.ListBlock(blocks.CharBlock(max_length=120), label=gettext_lazy("Say"), max_num=6)
    never = blocks.ListBlock(blocks.CharBlock(max_length=120), label=gettext_lazy("Never say"), max_num=6)

    class Meta:
        icon = "openquote"
        label = gettext_lazy("What to say, and never to say")
        template = "campaign/blocks/card_saying.html"
        preview_value = {"say": ["It is not your fault."], "never": ["Why did you send it?"]}


class OffencesBlock(blocks.StaticBlock):
    """The offences in force today, of every nation or of the one that the reader chose."""

    class Meta:
        icon = "clipboard-list"
        label = gettext_lazy("The right offences")
        admin_text = gettext_lazy("The offences in force today, with anonymity. They come from the list of offences.")
        template = "campaign/blocks/card_offences.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        today = lifecycle.today()
        where = (parent_context or {}).get("where", "")
        return context | {"places": in_force.law_by_place(today, today, where=where)}


class CardBody(blocks.StreamBlock):
    """All that stands on the card."""

    part = LinesBlock()
    offences = OffencesBlock()
    saying = SayingBlock()

    class Meta:
        block_counts = {"offences": {"min_num": 1, "max_num": 1}, "saying": {"max_num": 1}, "part": {"max_num": 6}}

    def clean(self, value: Any) -> Any:
        """Refuse what would not fit on one side of the smallest paper."""
        cleaned = super().clean(value)
        over = _letters(cleaned) - MOST_LETTERS
        if over > 0:
            said = _("The card has to fit on one side of A5. Take out about %(letters)s letters.") % {"letters": over}
            raise StreamBlockValidationError(non_block_errors=[ValidationError(said)])
        return cleaned


def _letters(body: Any) -> int:
    return sum(len(line) for child in body if child.block_type != "offences" for line in _lines(child.value))


def _lines(value: Any) -> list[str]:
    given = [value.get(name) or [] for name in ("heading", "lines", "say", "never")]
    return [line for each in given for line in ([each] if isinstance(each, str) else each)]
