"""The letter that Heard writes to a force: made from its record each time, and kept nowhere."""

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from stories.models import Letter
from stories.public import asks
from stories.public.asks import PublicAsk

_MORE_THAN_A_LINE = re.compile(r"\n{3,}")


def text(letter: Letter) -> str:
    """Return it as plain text: addresses and the ask's sentence, never a story's title or a word of it.

    What stands in square brackets is for whoever sends it; a name of ours is in no record.
    """
    context = {
        "letter": letter,
        "site": settings.BASE_URL,
        "stories": _stories(letter),
        "ask": _ask(letter),
    }
    return _MORE_THAN_A_LINE.sub("\n\n", render_to_string("moderation/letter.txt", context)).strip() + "\n"


def why_not_send(letter: Letter) -> str | None:
    """Say that nothing is left of what it was about: the force could open none of it."""
    if _stories(letter) or _ask(letter):
        return None
    return _("What this letter was about isn’t on the site any more. If you haven’t sent it yet, don’t.")


def _stories(letter: Letter) -> list[str]:
    """A story that came down since is gone from the letter too."""
    return list(letter.stories.filter(status="live").order_by("slug").values_list("slug", flat=True))


def _ask(letter: Letter) -> PublicAsk | None:
    return asks.by_slug().get(letter.ask)
