"""Stories are chosen by words of them, without a script; what was ticked or typed elsewhere in the form stays."""

import pytest
from django.urls import reverse

from moderation.forms.stories import FIND
from moderation.models import SendBackForm
from moderation.views.decorators import TOKEN, words_token
from stories.core import takedown
from stories.models import Letter, Response, TakeDownRequest
from tests import at_work, factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
HERON = {"title": "The heron", "text": "A heron stood in the custody suite.", "force": "kent"}


@pytest.fixture
def heron(alice, bob):
    return factories.live_story(fields=HERON)


@pytest.fixture
def otter(alice, bob):
    return factories.live_story(fields={"title": "The otter", "text": "An otter stood at the custody desk."})


def offered(page, kind="checkbox"):
    """What the page offers to tick, by slug, and whether it is ticked."""
    found = at_work.BeautifulSoup(room.text_of(page), "html.parser").select(f".room-stories input[type={kind}]")
    return {each["value"].split("/")[2]: each.has_attr("checked") for each in found}


def draft(coordinator, **fields):
    empty = ("letter", "ask", "context", "about_year", "month", "source_url", "owner", "due_on", "evidence_url")
    whole = dict.fromkeys((*empty, "why_it_stays"), "") | {"force": "kent", "words": "We are sorry."}
    whole |= {"source": "A letter", "kind": "apology", "checked": "switchboard"}
    return room.press(coordinator, "room_answers:add", **whole | fields)


def test_words_find_stories_with_their_text_and_keep_what_was_typed(coordinator, heron, otter):
    page = draft(coordinator, story_slugs=["heron custody", FIND])

    assert offered(page) == {heron.slug: False}
    for words in (heron.text, "We are sorry.", "Found by “heron custody”"):
        assert words in room.text_of(page), words
    # The box is empty again, so that a tick alone goes on.
    assert at_work.BeautifulSoup(room.text_of(page), "html.parser").select_one("#id_story_slugs")["value"] == ""
    # What is ticked already stays so while others are looked for.
    page = draft(coordinator, story_slugs=[f"/stories/{heron.slug}/", "otter"])
    assert offered(page) == {heron.slug: True, otter.slug: False}
    takedown.hide_story(otter)
    nothing = "No story on the site has these words"
    for typed, says in {"quillfeathers": nothing, "otter": nothing, "": "Type words"}.items():
        assert says in room.text_of(draft(coordinator, story_slugs=[typed, FIND])), typed
    assert not Response.objects.exists()


def test_ticked_and_typed_addresses_are_kept_and_shown_ticked_in_the_next_form(coordinator, heron, otter):
    draft(coordinator, story_slugs=[f"/stories/{heron.slug}/", f"https://heard.example/stories/{otter.slug}/"])

    entered = Response.objects.get()
    assert entered.story_slugs.split() == sorted([heron.slug, otter.slug])
    page = room.see(coordinator, "room_answers:edit", entered.pk)
    assert offered(page) == {heron.slug: True, otter.slug: True}


def test_pressing_find_asks_for_nothing_else_and_records_no_letter(coordinator, carol, heron):
    token = {TOKEN: words_token(carol)}
    data = token | {"force": "kent", "month": "2026-03-01", "role": "Head of Custody", "ask": ""}

    page = room.text_of(room.press(coordinator, "room_letter_new", **token, stories=["heron", FIND]))
    assert "tick what you mean" in page
    assert "Choose the force" not in page
    page = room.press(coordinator, "room_letter_new", **data, stories=[f"/stories/{heron.slug}/", FIND])
    assert offered(page) == {heron.slug: True}
    assert not Letter.objects.exists()

    room.press(coordinator, "room_letter_new", **data, stories=[f"/stories/{heron.slug}/", ""])
    assert [story.slug for story in Letter.objects.get().stories.all()] == [heron.slug]


def test_objection_takes_one_story_that_was_found_by_words(coordinator, carol, heron, otter):
    data = {TOKEN: words_token(carol), "force": "kent", "ground": "force-law", "words": "The second line."}

    page = room.press(coordinator, "room_object", **data, story=["custody", FIND])
    assert offered(page, "radio") == {heron.slug: False, otter.slug: False}
    both = [f"/stories/{each.slug}/" for each in (heron, otter)]
    assert "one story" in room.text_of(room.press(coordinator, "room_object", **data, story=both))
    room.press(coordinator, "room_object", **data, story=[both[0], ""])

    assert TakeDownRequest.objects.get().story == heron


@pytest.mark.parametrize("reason", ["wrong-force", "slip"])
def test_sent_back_for_a_slip_her_own_words_are_still_there(coordinator, carol, bob, heron, reason):
    entry = factories.an_entry(by=carol, words="We are very sorry.", stories=[heron])
    state = entry.current_workflow_task_state
    browser, where = factories.client_of(bob), reverse("room_answers:inspect", args=[entry.pk])
    assert heron.text in room.text_of(browser.get(where))

    data = {"revision": state.revision_id, "reason": reason}
    browser.post(reverse("room_answers:workflow_action", args=[entry.pk, "reject", state.pk]), data)

    assert str(SendBackForm.Reason(reason).label) in room.text_of(coordinator.get(where))
    page = room.see(coordinator, "room_answers:edit", entry.pk)
    assert "We are very sorry.</textarea>" in room.text_of(page)
    assert offered(page) == {heron.slug: True}
