"""Pages for trainers: what a session is made of, whose words it may hold, and what becomes of it when they go."""

import html
import json
import re

import pytest
from django.urls import reverse
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from campaign import initial_content
from campaign.blocks import learning
from campaign.editing import NEEDED, HeldBack
from campaign.initial_content import creating
from campaign.models import LearningPage
from campaign.quotes import quoting_pages, story_quotes
from heard.demo import pages as demo_learning, stories as demo_stories
from stories.core.takedown import quoting_places
from stories.figures import counts
from stories.models import Story
from tests import factories
from tests.site.campaign.asking import page_at

PASSAGE, OTHER, WELL = "I rang 101 and waited.", "Nobody rang.", "She rang on the day she had said."
ADDRESS = "/learning/the-first-call/"
SLUGS = [session["slug"] for session in initial_content.initial_data("learning")]


@pytest.fixture
def story(laid, alice, bob):
    return told(text=f"{PASSAGE} {OTHER}", well=WELL, title="Two months")


def told(**fields):
    story = factories.live_story(fields=fields)
    Story.objects.filter(pk=story.pk).update(may_train=True, may_quote=False)
    return Story.objects.get(pk=story.pk)


@pytest.fixture
def session(story):
    page = page_at("the-first-call")
    page.passages = json.dumps([quoting(story), quoting(story, OTHER)])
    page.good.append(("training_quote", quoting(story, WELL)["value"]))
    page.save_revision().publish()
    return page_at("the-first-call")


def quoting(story, passage=PASSAGE):
    return {"type": "training_quote", "value": {"story": story.slug, "passage": passage}}


def words_at(reader, address=ADDRESS):
    answer = reader.get(address, secure=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_session_has_each_of_its_parts_and_the_sum_of_its_minutes(session, reader):
    words = words_at(reader)

    for part in ("care", "plan", "notes", "passages", "questions", "figure", "good", "wording", "turn-to", "licence"):
        assert words.count(f'id="{part}"') == 1, part
    assert re.search(r"<b>20</b></td><td><b>Minutes in all", words)
    assert 'href="/the-law/officers-card/"' in words
    assert "https://creativecommons.org/licenses/by/4.0/" in words
    assert "What people told us isn’t ours to license." in words
    assert "may have lived this" in words
    assert "116 123" in words
    assert counts.named_figure("stories-with-never-taken-on").caution in words


def test_form_says_when_the_steps_take_longer_or_less():
    block = learning.PlanBlock()
    step = {"type": "step", "value": {"minutes": 5, "title": "Read", "text": "<p>Aloud.</p>"}}

    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(block.to_python([step] * 3))

    assert "take 15 minutes together" in str(refused.value.non_block_errors)


def test_form_says_what_to_do_where_something_is_missing_and_keeps_what_was_typed(editor):
    step = ("step", {"minutes": "7", "title": "", "text": rich_text("<p>Read it aloud.</p>")})
    parts = {name: streamfield([]) for name in ("notes", "passages", "questions", "figure", "good", "wording")}
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
    typed = {"title": "The second call", "slug": "the-second-call", "aim": "", "for_whom": ""}
    typed |= {"plan": streamfield([step])}
    page = page_at("the-first-call")

    data = nested_form_data(typed | parts | {"comments": comments, "action-publish": "1"})
    words = html.unescape(editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).content.decode())

    asked = [field.stream_block.meta.asked for field in page._meta.concrete_fields if isinstance(field, StreamField)]
    assert len(asked) == 7
    assert [str(each) for each in asked if str(each) not in words] == []
    # Of the aim, of whom it is for, and of the title of a step.
    assert words.count(str(NEEDED)) >= 3
    assert "This field is required" not in words
    assert "items is" not in words
    assert all(each in words for each in ("The second call", "Read it aloud."))


def test_session_that_lacks_a_part_goes_public_by_no_way(session):
    for part in ("plan", "passages", "questions", "figure", "good", "wording", "notes"):
        page = page_at("the-first-call")
        setattr(page, part, "[]")

        with pytest.raises(HeldBack, match="missing yet"):
            page.save_revision().publish()


def test_editor_of_a_session_chooses_among_those_alone(editor, story):
    other = factories.live_story(fields={"title": "For quoting alone"})
    Story.objects.filter(pk=other.pk).update(may_quote=True)

    listed = editor.get(reverse("training_stories:choose_results")).content.decode()

    assert story.title in listed
    assert "For quoting alone" not in listed
    assert editor.get(reverse("training_stories:chosen", args=[other.slug])).status_code == 404
    assert editor.get(reverse("quotable_stories:chosen", args=[story.slug])).status_code == 404


def test_form_refuses_a_passage_of_a_story_that_does_not_allow_training(story):
    block = learning.PASSAGES.child_blocks["training_quote"]
    asked = block.to_python(quoting(story)["value"])
    assert block.clean(asked)["passage"] == PASSAGE

    Story.objects.update(may_train=False, may_quote=True)

    with pytest.raises(Exception, match="Validation error") as refused:
        block.clean(asked)
    assert "doesn’t allow training" in str(refused.value.block_errors["story"])


@pytest.mark.parametrize("changes", [{"status": "hidden"}, {"may_train": False}])
def test_passages_that_may_not_be_shown_leave_no_gap_and_no_plan_hangs_in_the_air(changes, session, reader):
    Story.objects.update(**changes)

    words = words_at(reader)

    assert not any(said in words for said in (PASSAGE, OTHER, WELL, "<blockquote", "Two months"))
    assert "No passage can be shown here just now." in words
    assert 'id="good"' in words
    assert "A good first call is short." in words


def test_editor_is_told_on_the_first_screen_and_above_the_form(session, editor):
    before = editor.get("/admin/").content.decode()
    Story.objects.update(may_train=False)

    first = editor.get("/admin/").content.decode()
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[session.pk])).content.decode()

    assert "Passages that are shown no more" not in before
    assert "Passages that are shown no more" in first
    assert reverse("wagtailadmin_pages:edit", args=[session.pk]) in first
    assert "3 passages on this page aren’t shown any more" in html.unescape(form)


def test_gap_is_counted_once_for_each_passage_and_only_on_public_pages(session, story):
    assert quoting_pages.quote_gaps() == []
    assert [place.address for place in quoting_places(story)] == [f"https://heard.example{ADDRESS}"]

    Story.objects.update(status="hidden")
    assert [gap[1:] for gap in quoting_pages.quote_gaps()] == [("The first call", " (3)")]

    session.unpublish()
    assert quoting_pages.quote_gaps() == []


def test_public_session_can_still_be_changed_after_a_passage_left_it(session):
    Story.objects.update(may_train=False)
    session.aim = "After this you ring back."

    session.save_revision().publish()

    assert LearningPage.objects.get(pk=session.pk).aim == "After this you ring back."


def test_new_site_has_the_sessions_as_drafts_and_laying_again_brings_none_back(laid, reader):
    assert set(LearningPage.objects.values_list("slug", "live")) == {(slug, False) for slug in SLUGS}
    assert reader.get(ADDRESS, secure=True).status_code == 404

    page_at("why-people-stop").delete()
    creating.create_initial_content()

    assert not Page.objects.filter(slug="why-people-stop").exists()


def test_drafts_lack_nothing_but_passages(laid):
    for page in LearningPage.objects.all():
        assert page.why_not_public() == "Something is missing yet: what people told us.", page.slug
        for name in ("plan", "questions", "figure", "good", "wording", "notes"):
            stream = getattr(page, name)
            stream.stream_block.clean(stream)


def test_each_passage_of_the_demo_is_word_for_word_in_a_story_that_allows_training():
    stories = {story["title"]: story for story in json.loads((demo_stories.DATA / "stories.json").read_text())}
    names = ("title", "text", "differently", "well")

    assert set(demo_learning._PASSAGES) == set(SLUGS)
    for slug, parts in demo_learning._PASSAGES.items():
        assert 2 <= len(parts["passages"]) <= 3, slug
        assert any(
            story_quotes.holds_passage(Story(well=stories[title].get("well", "")), words)
            for title, words in parts["good"]
        )
        for title, words in [*parts["passages"], *parts["good"]]:
            told = stories[title]
            assert told["consent_training"], title
            assert story_quotes.holds_passage(Story(**{name: told.get(name, "") for name in names}), words), words
