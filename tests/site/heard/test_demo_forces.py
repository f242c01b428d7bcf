"""What forces said, in the demo: nothing but what one of them really said, by the two people it takes."""

import pytest

from heard.demo import stories
from moderation.forces import letters
from stories.models import Letter, Response
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def charlie(queue_key):
    return factories.person("charlie", "Coordinators")


def test_apology_is_entered_by_one_and_agreed_by_another(charlie, alice):
    said = stories.record_the_apology({"alice": factories.open_vault(alice)})

    assert Response.objects.get() == said
    assert (said.first_reader, said.second_reader) == (charlie, alice)
    assert (said.force_id, said.about_year, said.month) == ("derbyshire", 2018, None)
    assert (said.live, said.has_unpublished_changes) == (True, False)


def test_letters_say_themselves_that_they_are_invented_and_nobody_answers_them(charlie, alice, bob):
    for force in ("kent", "essex", "derbyshire"):
        factories.live_story(force=force, fields={"force": force})

    stories.ask_about_invented_stories()

    assert {letter.force_id for letter in Letter.objects.all()} == {"kent", "essex"}
    for letter in Letter.objects.all():
        assert "this demo invented" in letters.letter_text(letter)
        assert not letter.is_answered
