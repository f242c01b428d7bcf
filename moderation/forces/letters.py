"""Letters that ask forces: the record that one was sent, and its words, made from the record and kept nowhere."""

import re
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from moderation import event_words
from moderation.forces import answers
from moderation.policies import responses as policies
from moderation.team.permissions import refuse_if, why_not
from stories.core import snapshot
from stories.intake.receive import cleaned_words
from stories.models import Letter, Story
from stories.reading import ask_progress

_MORE_THAN_A_LINE = re.compile(r"\n{3,}")


@transaction.atomic
def record_letter(
    force: str, *, month: date, role: str, stories: Iterable[str] = (), ask: str = "", by: User
) -> Letter:
    """Keep that a letter was sent; all but who wrote it down is public at once. Raises `Refused`."""
    role, slugs = " ".join(cleaned_words(role).split()), list(stories)
    slips = policies.letter_slips(force, month=month, role=role, stories=slugs, ask=ask)
    refuse_if(why_not("record a letter", by) or next(iter(slips.values()), None))
    letter = Letter(force_id=force, month=month.replace(day=1), role=role, ask=ask, written_down_by=by)
    refuse_if(letter.why_not_public())
    letter.save()
    letter.stories.set(Story.live.filter(slug__in=slugs))
    log(letter, event_words.letter_action("record a letter"), user=by, title=letter.pk.hex[:12])
    snapshot.invalidate()
    return letter


@transaction.atomic
def take_out_letter(letter: Letter, *, by: User) -> None:
    """Take the record of a letter out again, that was never sent or was written down wrong. Raises `Refused`."""
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    refuse_if(why_not_take_out(row, by))
    log(row, event_words.letter_action("take out a letter"), user=by, title=row.pk.hex[:12])
    row.delete()
    snapshot.invalidate()


def why_not_take_out(letter: Letter, user: User) -> str | None:
    """Say why this person can't take out the record of a letter: its answer stands, stood, or was put forward."""
    if reason := why_not("record a letter", user):
        return reason
    is_answered = letter.is_answered or letter.answer_id or answers.draft_in_hand(letter)
    return _("Its answer was entered already, so its record stays.") if is_answered else None


def letter_text(letter: Letter) -> str:
    """The letter as plain text: addresses and the ask's sentence, never a story's title or a word of it. What stands in
    square brackets is for whoever sends it; a name of ours is in no record.
    """
    ask = ask_progress.asks_by_slug().get(letter.ask)
    context = {"letter": letter, "site": settings.BASE_URL, "stories": live_slugs(letter), "ask": ask}
    return _MORE_THAN_A_LINE.sub("\n\n", render_to_string("moderation/letter.txt", context)).strip() + "\n"


def why_not_send(letter: Letter) -> str | None:
    """Say that nothing is left of what it was about: the force could open none of it."""
    if live_slugs(letter) or letter.ask in ask_progress.asks_by_slug():
        return None
    return _("What this letter was about isn’t on the site any more. If you haven’t sent it yet, don’t.")


def live_slugs(letter: Letter) -> list[str]:
    """A story that came down since is gone from the letter too."""
    return list(letter.stories.filter(status="live").order_by("slug").values_list("slug", flat=True))
