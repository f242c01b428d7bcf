import json

import pytest
from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.models import Revision

from campaign.models import ContentPage
from stories.core import takedown
from stories.models import Story
from tests import factories
from tests.site.campaign import posting
from tests.site.campaign.finding import page_at

PASSAGE = "I rang 101 and waited."


@pytest.fixture
def story(laid, alice, bob):
    story = factories.live_story()
    Story.objects.filter(pk=story.pk).update(may_quote=True)
    return story


def quote(story):
    """In a public page, in an older version of it, in a draft, and in somebody's preview."""
    page = page_at("privacy")
    quoted = {"type": "story_quote", "value": {"story": story.slug, "passage": PASSAGE}, "id": "a1"}
    page.body = json.dumps([quoted, {"type": "text", "value": "<p>Beside it</p>", "id": "a2"}])
    for intro in ("Older", "Public"):
        page.intro = intro
        page.save_revision().publish()
    page.intro = f"[A draft of /stories/{story.slug}/"
    page.save_revision()
    return page


def kept():
    pages = ContentPage.objects.annotate(words=Cast("body", TextField())).values_list("words", flat=True)
    versions = Revision.objects.annotate(words=Cast("content", TextField())).values_list("words", flat=True)
    return [*pages, *versions, *FormState.objects.values_list("data", flat=True)]


def holding(words):
    return [each for each in kept() if words in each.replace("+", " ")]


def test_words_of_a_story_that_is_gone_are_in_no_page_no_version_and_no_preview(editor, story):
    page = quote(story)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    editor.post(preview, posting.unchanged(page))
    before = len(holding(PASSAGE))

    takedown.remove_story(story)

    assert before >= 5
    assert holding(PASSAGE) == []
    assert len(holding("Beside it")) >= 4


def test_words_that_a_correction_took_out_are_in_no_page_and_no_version(story, alice, bob):
    quote(story)

    factories.correct(story, text="I waited for two months.")

    assert holding(PASSAGE) == []
    assert len(holding("Beside it")) >= 3


def test_a_block_that_is_not_whole_stops_no_removal(story):
    page = page_at("privacy")
    odd = [{"type": "story_quote", "value": None}, {"type": "story_quote"}, {"type": "text", "value": story.slug}, None]
    Revision.objects.create(content_object=page, base_content_type_id=1, content={"body": json.dumps(odd)})

    takedown.remove_story(story)

    assert Story.objects.get(pk=story.pk).status == "removed"


def test_words_of_a_story_that_is_hidden_stay_for_it_may_come_back(story):
    quote(story)

    takedown.hide_story(story)

    assert holding(PASSAGE)


def test_a_page_whose_quoted_story_is_gone_still_opens(editor, story):
    page = quote(story)

    takedown.remove_story(story)

    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert page_at("privacy").intro == "Public"
