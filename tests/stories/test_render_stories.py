import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from stories.models import Story
from stories.public.search import asking, store, terms
from tests import factories

pytestmark = pytest.mark.django_db


def said():
    out = io.StringIO()
    call_command("render_stories", stdout=out)
    return out.getvalue().strip()


def test_story_of_an_older_renderer_is_made_again_and_search_laid_anew():
    story = factories.live_story(fields={"text": "One & two.\n\nThree."})
    Story.objects.update(renderer=0, opening="One")
    store.take_out([story.sequence])

    assert said() == "Rendered again: 1. The words of search are laid anew for 1."

    made = Story.objects.get()
    assert made.body == "<p>One &amp; two.</p>\n<p>Three.</p>"
    assert made.opening == "One & two. Three."
    assert asking.ask(terms.read("three"), asking.Choices(), size=20).stories == [made]
    assert said() == "Rendered again: 0. The words of search are laid anew for 1."


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "<p>Other words.</p>"},
        {"body": "<p>One &amp; two.</p>\n<p>Three.</p><script>"},
        {"body": "<p>One &amp; two.</p>"},
        {"opening": "Two"},
    ],
)
def test_database_refuses_a_rendering_of_other_words(changes):
    factories.live_story(fields={"text": "One & two.\n\nThree."})

    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(**changes)
