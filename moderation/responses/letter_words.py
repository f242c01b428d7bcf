"""The letter that Heard writes to a force: made from its record each time, and kept nowhere."""

import re

from django.conf import settings
from django.template.loader import render_to_string

from stories.models import Letter
from stories.public import asks

_MORE_THAN_A_LINE = re.compile(r"\n{3,}")


def text(letter: Letter) -> str:
    """Return it as plain text: addresses and the ask's sentence, never a story's title or a word of it.

    What stands in square brackets is for whoever sends it; a name of ours is in no record.
    """
    context = {
        "letter": letter,
        "site": settings.BASE_URL,
        # A story that came down since is gone from the letter too.
        "stories": list(letter.stories.filter(status="live").order_by("slug").values_list("slug", flat=True)),
        "ask": asks.by_slug().get(letter.ask),
    }
    return _MORE_THAN_A_LINE.sub("\n\n", render_to_string("moderation/letter.txt", context)).strip() + "\n"
