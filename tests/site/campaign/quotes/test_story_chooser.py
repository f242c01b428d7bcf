import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from campaign.blocks.stories import QuotableStoryChooser
from stories.models import Story
from tests import factories


@pytest.fixture
def story(laid, alice, bob):
    return told("Nobody called me back", may_quote=True)


def told(title, **changes):
    story = factories.live_story(fields={"title": title})
    Story.objects.filter(pk=story.pk).update(**changes)
    return Story.objects.get(pk=story.pk)


def listed(browser, view="choose_results", **query):
    answer = browser.get(reverse(f"quotable_stories:{view}"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_editor_is_shown_the_stories_that_may_be_quoted_and_no_others(editor, story):
    told("Not to be quoted")
    told("Taken down", may_quote=True, status="hidden")

    shown = listed(editor)

    assert story.title in shown
    assert "Not to be quoted" not in shown
    assert "Taken down" not in shown


@pytest.mark.parametrize(
    ("words", "is_found"), [("called ME", True), ("waited", True), ("SLUG", True), ("heron", False)]
)
def test_a_story_is_found_by_words_of_it_or_the_address_of_its_page(words, is_found, editor, story):
    shown = listed(editor, q=words.replace("SLUG", f"https://heard.example/stories/{story.slug}/"))

    assert (story.title in shown) is is_found


def test_what_was_chosen_is_told_by_its_public_address_alone(editor, story):
    answer = editor.get(reverse("quotable_stories:chosen", args=[story.slug]))

    assert answer.json()["result"] == {"id": story.slug, "title": story.title, "edit_url": None}
    assert str(story.pk) not in listed(editor, "choose")


@pytest.mark.parametrize("changes", [{"may_quote": False}, {"status": "hidden"}])
def test_a_made_up_address_tells_nothing_of_another_story(changes, editor, story):
    Story.objects.filter(pk=story.pk).update(**changes)

    for name in (story.slug, str(story.pk)):
        assert editor.get(reverse("quotable_stories:chosen", args=[name])).status_code == 404


def test_it_gives_no_right_over_a_story_and_no_door_to_make_one(editor, story):
    for door in ("create/", "chosen-multiple/"):
        assert editor.post(f"/admin/stories-to-quote/{door}").status_code == 404
    user = User.objects.get(username="edith")
    assert not any("story" in permission for permission in user.get_all_permissions())
    assert editor.get(f"/admin/stories/{story.pk}/").status_code in (302, 403)


def test_the_field_keeps_a_story_that_may_not_be_quoted_any_more_and_names_none(story):
    Story.objects.filter(pk=story.pk).update(may_quote=False)

    data = QuotableStoryChooser().get_value_data(story.slug)

    assert data["id"] == story.slug
    assert story.title not in data["title"]
