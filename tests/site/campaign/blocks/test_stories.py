"""A passage of a story: what a form refuses, and what a page shows of it while it may."""

import pytest

from stories.models import Story
from tests import factories
from tests.site.campaign.blocks.rendering import BODY, refusals, shown

PASSAGE = "I rang 101 and waited."


@pytest.fixture
def story(laid, alice, bob):
    story = factories.live_story()
    Story.objects.filter(pk=story.pk).update(may_quote=True)
    return story


def quoting(story, passage=PASSAGE):
    return {"story": story.slug, "passage": passage}


def test_the_passage_is_shown_with_the_way_to_its_story(story):
    html = shown("story_quote", quoting(story))

    assert f"<p>{PASSAGE}</p>" in html
    assert f'<a href="/stories/{story.slug}/">{story.title}</a>' in html


@pytest.mark.parametrize("changes", [{"status": "hidden"}, {"may_quote": False}])
def test_nothing_is_shown_or_taken_once_it_may_not_be_quoted(changes, story):
    Story.objects.filter(pk=story.pk).update(**changes)

    assert shown("story_quote", quoting(story)).strip() == ""
    assert set(refusals("story_quote", quoting(story))) == {"story"}


def test_a_passage_that_the_story_does_not_say_is_neither_taken_nor_shown(story):
    asked = quoting(story, "I rang 999 and waited.")

    assert "doesn’t say exactly this" in refusals("story_quote", asked)["passage"][0]
    assert shown("story_quote", asked).strip() == ""


def test_a_draft_keeps_what_could_not_be_published(story):
    block = BODY.child_blocks["story_quote"]
    block.defer_required_validation()
    try:
        assert refusals("story_quote", quoting(story, "Not yet copied")) == {}
        assert refusals("story_quote", {"story": "", "passage": ""}) == {}
    finally:
        block.restore_deferred_validation()


def test_quoting_a_story_costs_one_query(story, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown("story_quote", quoting(story))
