"""What forces said, in the demo: one real answer in its own words, and two letters that say that they are invented."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model

from moderation import answers, letters
from moderation.team.vault import OpenVault
from stories.core import lifecycle
from stories.models import Response, Story

# Nobody asked these forces anything, and their pages must not say that somebody did.
INVENTED_OFFICE = "nobody: this demo invented it"
_WEEKS_AGO = (7, 20)


def record_the_apology(vaults: dict[str, OpenVault]) -> Response:
    """The public record that Heard grew from, in the force's own words and no others, by the two people it takes.

    In which month it was said isn't known for certain here, so it names none.
    """
    said = {
        "force_id": "derbyshire",
        "kind": Response.Kind.APOLOGY,
        "words": "the high standards that we would expect, and for that we apologise",
        "context": (
            "About a report made in August 2018, which the force said had not reached these standards. It opened a "
            "review of its processes and of the information and training its officers have, and began to work with "
            "the #NotYourPorn campaign. This response is real and reported; the stories on this page are invented."
        ),
        "about_year": 2018,
        "source": "Derbyshire Constabulary’s statement, as the press reported it",
        "source_url": "https://uk.style.yahoo.com/police-admit-officers-dont-know-165450842.html",
    }
    response = Response(live=False, checked=Response.Checked.PUBLIC, **said)
    answers.enter_answer(response, by=_coordinator())
    return answers.agree_to_answer(response, by=vaults["alice"].moderator)


def ask_about_invented_stories() -> None:
    """Record two letters about the demo's own stories; no force ever answers one, because none was sent."""
    for story, weeks in zip(_stories_of_two_forces(), _WEEKS_AGO, strict=False):
        month = (lifecycle.today() - timedelta(weeks=weeks)).replace(day=1)
        letters.record_letter(
            str(story.force_id), month=month, role=INVENTED_OFFICE, stories=[story.slug], by=_coordinator()
        )


def _stories_of_two_forces() -> list[Story]:
    """The newest story of each of two forces, but not of the one that really answered."""
    named = Story.live.exclude(force=None).exclude(force="derbyshire").order_by("force_id", "-sequence")
    newest: dict[str, Story] = {}
    for story in named:
        newest.setdefault(str(story.force_id), story)
    return list(newest.values())[: len(_WEEKS_AGO)]


def _coordinator() -> Any:
    return get_user_model().objects.get(username="charlie")
