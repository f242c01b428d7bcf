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
from stories.core import snapshot
from stories.core.takedown import quoting_places
from stories.figures import counts
from stories.models import Story
from tests import factories
from tests.site.campaign import asking
from tests.site.campaign.asking import page_at

PASSAGE, OTHER, WELL = "I rang 101 and waited.", "Nobody rang.", "She rang on the day she had said."
ADDRESS = "/learning/the-first-call/"

SLUGS = [session["slug"] for session in initial_content.initial_data("learning")]
PARTS = ("plan", "passages", "questions", "figure", "good", "wording", "notes")


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
    links = ('href="/the-law/officers-card/"', "https://creativecommons.org/licenses/by/4.0/")
    told = ("What people told us isn’t ours to license.", "may have lived this", "116 123")
    for said in (*links, *told, counts.named_figure("stories-with-never-taken-on").caution):
        assert said in words, said


def test_form_says_what_to_do_where_something_is_missing_and_keeps_what_was_typed(editor):
    step = ("step", {"minutes": "7", "title": "", "text": rich_text("<p>Read it aloud.</p>")})
    parts = {name: streamfield([]) for name in PARTS if name != "plan"}
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
    typed = {"title": "The second call", "slug": "the-second-call", "aim": "", "for_whom": ""}
    typed |= {"plan": streamfield([step]), "comments": comments, "action-publish": "1"}
    page = page_at("the-first-call")

    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    words = html.unescape(editor.post(address, nested_form_data(typed | parts)).content.decode())

    asked = [field.stream_block.meta.asked for field in page._meta.concrete_fields if isinstance(field, StreamField)]
    assert len(asked) == len(PARTS)
    assert [str(each) for each in asked if str(each) not in words] == []
    # Of the aim, of whom it is for, and of the title of a step.
    assert words.count(str(NEEDED)) >= 3
    assert "This field is required" not in words
    assert "items is" not in words
    assert all(each in words for each in ("The second call", "Read it aloud."))
    block, step = learning.PlanBlock(), {"type": "step", "value": {"minutes": 5, "title": "Read", "text": "<p>A.</p>"}}
    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(block.to_python([step] * 3))
    assert "take 15 minutes together" in str(refused.value.non_block_errors)


def test_session_that_lacks_a_part_goes_public_by_no_way_but_after_a_passage_left_it(session):
    for part in PARTS:
        page = page_at("the-first-call")
        setattr(page, part, "[]")

        with pytest.raises(HeldBack, match="missing yet"):
            page.save_revision().publish()

    Story.objects.update(may_train=False)
    session.aim = "After this you ring back."
    session.save_revision().publish()
    assert LearningPage.objects.get(pk=session.pk).aim == "After this you ring back."


def test_editor_of_a_session_chooses_among_those_that_allow_training_alone(editor, story):
    other = factories.live_story(fields={"title": "For quoting alone"})
    Story.objects.filter(pk=other.pk).update(may_quote=True)
    block = learning.PASSAGES.child_blocks["training_quote"]
    asked = block.to_python(quoting(story)["value"])

    listed = editor.get(reverse("training_stories:choose_results")).content.decode()

    assert story.title in listed
    assert "For quoting alone" not in listed
    assert editor.get(reverse("training_stories:chosen", args=[other.slug])).status_code == 404
    assert editor.get(reverse("quotable_stories:chosen", args=[story.slug])).status_code == 404
    assert block.clean(asked)["passage"] == PASSAGE
    Story.objects.update(may_train=False, may_quote=True)
    with pytest.raises(Exception, match="Validation error") as refused:
        block.clean(asked)
    assert "doesn’t allow training" in str(refused.value.block_errors["story"])


def test_passages_that_may_not_be_shown_leave_no_gap_and_are_told_to_the_editor(session, story, editor, reader):
    edit, told = reverse("wagtailadmin_pages:edit", args=[session.pk]), "Passages that are shown no more"
    assert quoting_pages.quote_gaps() == []
    assert [place.address for place in quoting_places(story)] == [f"https://heard.example{ADDRESS}"]
    assert told not in editor.get("/admin/").content.decode()

    for changes in ({"status": "hidden"}, {"status": "live", "may_train": False}):
        Story.objects.update(**changes)
        snapshot.invalidate()
        words = asking.words_at(reader, ADDRESS)
        for said in (PASSAGE, OTHER, WELL, "<blockquote", "Two months"):
            assert said not in words, (changes, said)
        for said in ("No passage can be shown here just now.", 'id="good"', "A good first call is short."):
            assert said in words, (changes, said)
        assert [gap[1:] for gap in quoting_pages.quote_gaps()] == [("The first call", " (3)")], changes
    first, form = (editor.get(path).content.decode() for path in ("/admin/", edit))
    assert (told in first, edit in first) == (True, True)
    assert "3 passages on this page aren’t shown any more" in html.unescape(form)

    session.unpublish()
    assert quoting_pages.quote_gaps() == []


def test_new_site_has_the_sessions_as_drafts_without_passages_and_brings_none_back(laid, reader):
    assert set(LearningPage.objects.values_list("slug", "live")) == {(slug, False) for slug in SLUGS}
    assert reader.get(ADDRESS, secure=True).status_code == 404
    for page in LearningPage.objects.all():
        assert page.why_not_public() == "Something is missing yet: what people told us.", page.slug
        for name in set(PARTS) - {"passages"}:
            stream = getattr(page, name)
            stream.stream_block.clean(stream)

    page_at("why-people-stop").delete()
    creating.create_initial_content()

    assert not Page.objects.filter(slug="why-people-stop").exists()


def test_each_passage_of_the_demo_is_word_for_word_in_a_story_that_allows_training():
    stories = {story["title"]: story for story in json.loads((demo_stories.DATA / "stories.json").read_text())}
    names = ("title", "text", "differently", "well")

    assert set(demo_learning._PASSAGES) == set(SLUGS)
    for slug, parts in demo_learning._PASSAGES.items():
        assert 2 <= len(parts["passages"]) <= 3, slug
        well = {words: Story(well=stories[title].get("well", "")) for title, words in parts["good"]}
        assert any(story_quotes.holds_passage(story, words) for words, story in well.items())
        for title, words in [*parts["passages"], *parts["good"]]:
            told = stories[title]
            assert told["consent_training"], title
            assert story_quotes.holds_passage(Story(**{name: told.get(name, "") for name in names}), words), words
