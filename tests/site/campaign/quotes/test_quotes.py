"""Passages of stories: what is one, how an editor chooses it, and how it leaves every page with its story."""

import json

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.models import Revision

from campaign.blocks.stories import QuotableStoryBlock, QuotableStoryChooser
from campaign.models import ContentPage
from campaign.quotes import story_quotes
from stories.core import publication_gate, takedown
from stories.models import Story
from stories.models.outward import Outward
from tests import factories
from tests.site.campaign import posting
from tests.site.campaign.asking import page_at

STORY = Story(
    title="Nobody called me back",
    text="I rang 101.\r\n\r\nThey said it was unlawful, (perhaps).  Nobody\ncalled.",
    differently="Ring back.",
    well="She listened.",
)


PASSAGES = ("I rang 101.", "I rang 101. They said", "it was unlawful", " Nobody called. ", "(perhaps)", ", (perhaps).")
PASSAGES += ("Nobody called me back", "Ring back", "She listened.")
NO_PASSAGES = ("", "  ", "lawful", "I ran", "I rang … unlawful", "i rang 101", "I rang 101, they said")
NO_PASSAGES += ("called. Ring back", ".*")


def test_whole_words_of_the_story_in_their_order_are_a_passage_and_nothing_else_is():
    assert [passage for passage in PASSAGES if not story_quotes.holds_passage(STORY, passage)] == []
    assert [passage for passage in NO_PASSAGES if story_quotes.holds_passage(STORY, passage)] == []


def listed(browser, view="choose_results", **query):
    answer = browser.get(reverse(f"quotable_stories:{view}"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_editor_is_shown_and_finds_the_stories_that_may_be_quoted_and_no_others(editor, story):
    for title, changes in (("Not to be quoted", {}), ("Taken down", {"may_quote": True, "status": "hidden"})):
        other = factories.live_story(fields={"title": title})
        Story.objects.filter(pk=other.pk).update(**changes)

    shown = listed(editor)

    assert story.title in shown
    assert "Not to be quoted" not in shown
    assert "Taken down" not in shown
    address = f"https://heard.example/stories/{story.slug}/"
    for words, is_found in {"called ME": True, "waited": True, address: True, "heron": False}.items():
        assert (story.title in listed(editor, q=words)) is is_found, words


def test_chosen_one_is_told_by_its_public_address_alone_and_gives_no_right_over_it(editor, story):
    answer = editor.get(reverse("quotable_stories:chosen", args=[story.slug]))

    chosen = {"id": story.slug, "title": f"{story.title} (quoting allowed)", "edit_url": None}
    assert answer.json()["result"] == chosen | {"passage": "Ring back, even with no news."}
    assert str(story.pk) not in listed(editor, "choose")
    for door in ("create/", "chosen-multiple/"):
        assert editor.post(f"/admin/stories-to-quote/{door}").status_code == 404, door
    user = User.objects.get(username="edith")
    assert not any("story" in permission for permission in user.get_all_permissions())
    assert editor.get(f"/admin/stories/{story.pk}/").status_code in (302, 403)


def test_a_story_offers_passages_of_itself_and_says_what_its_contributor_allows(editor, story):
    offered = story_quotes.offered_passages(story)
    assert offered
    assert all(story_quotes.holds_passage(story, words) for words in offered)
    address, shown = reverse("quotable_stories:chosen", args=[story.slug]), listed(editor)

    for number, words in enumerate(offered):
        assert f'{address}?passage={number}" data-chooser-modal-choice>{words}<' in shown
        assert editor.get(address, {"passage": number}).json()["result"]["passage"] == words
    for beyond in (len(offered), "²", "nine"):
        assert editor.get(address, {"passage": beyond}).json()["result"]["passage"] in ("", offered[0])
    Story.objects.filter(pk=story.pk).update(may_train=True)
    assert "quoting, training" in listed(editor)


def test_a_made_up_address_tells_nothing_of_another_story_and_the_field_names_none(editor, story):
    for changes in ({"may_quote": False}, {"may_quote": True, "status": "hidden"}):
        Story.objects.filter(pk=story.pk).update(**changes)
        data = QuotableStoryChooser().get_value_data(story.slug)

        assert data["id"] == story.slug
        assert story.title not in data["title"]
        for name in (story.slug, str(story.pk)):
            assert editor.get(reverse("quotable_stories:chosen", args=[name])).status_code == 404


def test_an_address_drawn_by_lot_holds_no_page_back_whatever_it_looks_like(db):
    value = {"story": "61gan7556132", "passage": "She listened."}
    page = ContentPage(title="Listening", body=json.dumps([{"type": "story_quote", "value": value}]))

    assert publication_gate.held_back([value["story"]]), "as words it would be held back"
    assert page.why_not_public() is None
    value["passage"] = "Ring 07700 900123."
    page.body = json.dumps([{"type": "story_quote", "value": value}])
    assert "phone number" in page.why_not_public()


def test_whatever_a_block_calls_a_story_is_the_address_of_one():
    rows = [model for model in apps.get_models() if issubclass(model, Outward)]
    streams = [getattr(row, name).field.stream_block for row in rows for name in story_quotes.quoting_streams(row)]
    named = [each for stream in streams for name, each in blocks_within(stream) if name == "story"]

    assert named
    assert [each for each in named if not isinstance(each, QuotableStoryBlock)] == []


def blocks_within(block):
    inside = dict(getattr(block, "child_blocks", {}))
    if hasattr(block, "child_block"):
        inside["item"] = block.child_block
    for name, each in inside.items():
        yield name, each
        yield from blocks_within(each)


PASSAGE = "I rang 101 and waited."


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
    # Blocks that aren't whole stop nothing.
    odd = [{"type": "story_quote", "value": None}, {"type": "story_quote"}, {"type": "text", "value": story.slug}, None]
    Revision.objects.create(content_object=page, base_content_type_id=1, content={"body": json.dumps(odd)})
    takedown.hide_story(story)
    # One that is hidden may come back.
    before = len(holding(PASSAGE))

    takedown.remove_story(story)

    assert before >= 5
    assert holding(PASSAGE) == []
    assert len(holding("Beside it")) >= 4
    assert Story.objects.get(pk=story.pk).status == "removed"
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert page_at("privacy").intro == "Public"


def test_words_that_a_correction_took_out_are_in_no_page_and_no_version(story, alice, bob):
    quote(story)

    factories.correct(story, text="I waited for two months.")

    assert holding(PASSAGE) == []
    assert len(holding("Beside it")) >= 3
