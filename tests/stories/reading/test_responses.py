"""What a force said and was asked, beside stories and on its page; and the filter that asks for it."""

from datetime import date

import pytest

from moderation import publishing
from stories.core import named_lists, snapshot, takedown
from stories.models import Story
from stories.reading.filters import StoryFilter
from tests import factories
from tests.stories.reading.export.conftest import Taker

pytestmark = pytest.mark.django_db
SAID = "Every first call is recorded from now on."


@pytest.fixture
def story(db):
    return factories.live_story(fields={"title": "Nobody rang"})


def now():
    snapshot.forget_snapshot()


def test_answer_to_a_story_stands_beside_it_before_what_was_said_in_general(story, visitor):
    factories.a_response(words="We are reading what people tell us.")
    factories.a_response(kind="planned", words=SAID, stories=[story], due_on=date(2099, 6, 1), owner="Head of Training")
    now()

    words = visitor.words(f"/stories/{story.slug}/")

    assert f"In answer to this story. A reply is not a change. Change planned · March 2026 “{SAID}”" in words
    assert "Who will make the change: Head of Training, by 1 June 2099" in words
    assert "And in general: Apology · March 2026 “We are reading what people tell us.”" in words
    assert "What the force answered Change planned" in words
    assert words.index(SAID) < words.index("We are reading")


def test_page_of_a_force_has_the_newest_month_first_and_names_the_story(story, visitor):
    for words, month in (("Older.", date(2026, 1, 1)), ("Undated.", None), ("Newer.", date(2026, 5, 1))):
        factories.a_response(words=words, month=month, stories=[story])
    factories.a_response(kind="made", words=SAID, stories=[factories.live_story()])
    now()

    words = visitor.words("/forces/kent/")

    assert words.index("“Newer.”") < words.index("“Older.”") < words.index("“Undated.”")
    assert "About the story Nobody rang" in words
    assert SAID in words
    assert SAID not in visitor.words(f"/stories/{story.slug}/"), "it answers another story"
    shows = 'href="https://www.police.uk/" rel="noreferrer">See what shows the change<'
    assert shows in visitor.read("/forces/kent/")


def test_answer_goes_with_the_last_story_that_it_answers_and_comes_back_with_it(story, visitor):
    other = factories.live_story(fields={"title": "A second one"})
    factories.a_response(words=SAID, stories=[story, other])

    shown = []
    for gone in (story, other):
        takedown.hide_story(gone)
        now()
        shown.append(visitor.words("/forces/kent/"))
    publishing.put_back(story, vault=factories.open_vault(story.first_reader))
    publishing.put_back(story, vault=factories.open_vault(story.second_reader))
    now()

    assert SAID in shown[0]
    assert "Nobody rang" not in shown[0]
    assert SAID not in shown[1]
    assert f"“{SAID}”" in visitor.words("/forces/kent/")


def test_letter_says_one_plain_line_until_something_answers_it(story, visitor):
    factories.a_letter(stories=[story], role="Head of Public Protection")
    factories.a_letter(stories=[story], role="Head of Training", month=date(2026, 1, 1))
    now()

    force, beside = visitor.words("/forces/kent/"), visitor.words(f"/stories/{story.slug}/")

    line = "Asked in March 2026 (Head of Public Protection), no answer since."
    assert line in force
    assert "We have asked it 2 times. It has not answered, as far as we know." in force
    assert f"About this story: {line}" in beside
    assert "letter" not in visitor.words("/forces/essex/").split("Follow")[0]
    # It is answered by whatever speaks of the same since.
    factories.a_response(stories=[story], month=date(2026, 2, 1))
    now()
    answered = visitor.words("/forces/kent/")
    assert "Asked in January 2026 (Head of Training), answered in February 2026." in answered
    assert line in answered
    assert "We have asked it 2 times. 1 letter has no answer yet." in answered


def test_story_is_answered_while_it_shows_its_force_and_the_response_stands(story, visitor):
    response, other = factories.a_response(words=SAID, stories=[story]), factories.live_story()
    factories.a_response(stories=[other]).delete()
    assert Story.objects.get(pk=story.pk).is_answered
    assert not Story.objects.get(pk=other.pk).is_answered

    factories.correct(story, place_shown="region", force="", region="South East", nation="England")
    now()

    assert not response.stories.get().is_answered
    assert "Kent" not in visitor.words(f"/stories/{story.slug}/")
    assert SAID not in visitor.words("/forces/kent/")


def test_choice_of_what_the_force_said_means_the_same_everywhere():
    told, silent, asked = (factories.live_story(fields={"force": force}) for force in ("kent", "essex", "surrey"))
    beside = factories.live_story(fields={"force": "kent"})
    factories.a_response(stories=[told])
    factories.a_letter("surrey", stories=[asked])
    now()
    taker = Taker()

    for choice, slugs in {
        "story": {told.slug},
        "yes": {told.slug, beside.slug},
        "asked": {asked.slug},
        "no": {silent.slug, asked.slug},
    }.items():
        query = f"?responded={choice}"
        rows = {row["id"] for row in taker.rows(f"/stories.csv{query}")}
        searched = taker.slugs(f"/stories/{query}&q=rang")

        assert set(taker.slugs(f"/stories/{query}")) == rows == set(searched) == slugs, choice
        assert taker.json(f"/stories.json{query}")["count"] == len(taker.entries(f"/stories.atom{query}")) == len(slugs)
        assert StoryFilter.of(named_lists.get_named_lists(), responded=choice).count() == len(slugs)
