"""The words that stories are sorted by, how it goes just now, and choosing stories by their words."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from moderation.forms.stories import FIND
from moderation.models import SendBackForm
from moderation.team.permissions import EDITORS
from moderation.views.decorators import TOKEN, words_token
from stories.core import lifecycle, snapshot, takedown
from stories.models import ContentNote, Force, Letter, Outcome, Response, TakeDownRequest, Theme, UsualWait
from tests import at_work, factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

MODELS = {"force": Force, "outcome": Outcome, "theme": Theme, "contentnote": ContentNote}


@pytest.fixture
def browser(db):
    return factories.client_of(factories.person("erin", EDITORS), unlocked=False)


def _address(model, view, *args):
    return reverse(f"wagtailsnippets_stories_{model}:{view}", args=args)


def test_editor_sees_opens_and_shortens_each_list_and_copies_no_word(browser):
    for model, words in MODELS.items():
        word = words.objects.first()

        assert word.name in room.text_of(browser.get(_address(model, "list"))), model
        assert browser.get(_address(model, "edit", word.pk)).status_code == 200
        assert browser.get(_address(model, "add")).status_code == 200
    assert browser.get("/admin/snippets/stories/theme/copy/waiting/").status_code == 404
    browser.post(_address("theme", "delete", "believed"))
    assert not Theme.objects.filter(pk="believed").exists(), "nothing is sorted by it"


def test_name_changes_slug_never_and_an_edition_begins(browser):
    before = snapshot.snapshot_number()
    form = {"slug": "other", "name": "Waiting for years", "explanation": "", "order": 7}

    browser.post(_address("theme", "edit", "waiting"), form)

    snapshot.forget_snapshot()
    assert Theme.objects.get(slug="waiting").name == "Waiting for years"
    assert not Theme.objects.filter(slug="other").exists()
    assert snapshot.snapshot_number() > before
    kept = {name: getattr(Force.objects.get(pk="kent"), name) for name in ("nation", "region", "kind", "column", "row")}
    browser.post(_address("force", "edit", "kent"), kept | {"id": "essex-two", "name": "Kent and Medway", "about": ""})
    assert Force.objects.get(pk="kent").name == "Kent and Medway"
    assert not Force.objects.filter(pk="essex-two").exists()


def test_new_theme_gets_the_slug_that_was_typed_and_a_ninth_outcome_is_refused(browser):
    new = {"slug": "interpreter", "name": "Interpreters", "order": 20, "explanation": ""}

    browser.post(_address("theme", "add"), new)
    response = browser.post(_address("outcome", "add"), new)

    assert Theme.objects.get(slug="interpreter").name == "Interpreters"
    assert "Eight outcomes are the most" in room.text_of(response)
    assert Outcome.objects.count() == 8


@pytest.mark.parametrize(
    ("status", "slugs", "says"),
    [
        ("published", {"force": "kent", "contentnote": "threats"}, "is used by stories, so it stays"),
        ("prepared", {"force": "gwent"}, "may be chosen in an account that is still with us"),
    ],
    ids=["story", "account"],
)
def test_word_that_a_story_uses_or_a_sealed_account_may_be_sorted_by_stays(browser, alice, bob, status, slugs, says):
    factories.submission_at(status)

    for model, slug in (slugs | {"outcome": "closed", "theme": "waiting"}).items():
        response = browser.post(_address(model, "delete", slug), follow=True)
        browser.post(f"{reverse('wagtail_bulk_action', args=['stories', model, 'delete'])}?id={slug}")

        assert MODELS[model].objects.filter(pk=slug).exists(), model
        assert says in room.text_of(response), model


def test_coordinator_sets_it_with_a_day_to_come_and_contributors_read_it_at_once(coordinator):
    today = lifecycle.today()
    back_on = today + timedelta(days=10)
    for pace in ("", "soon", "<b>"):
        room.press(coordinator, "room_usual_wait", pace=pace)
    past = room.press(coordinator, "room_usual_wait", pace="away", back_on=today.isoformat())
    assert "Choose a day after today" in room.text_of(past)
    with pytest.raises(IntegrityError), transaction.atomic():
        UsualWait.objects.create(pk=1, pace="soon")
    assert not UsualWait.objects.exists()

    room.press(coordinator, "room_usual_wait", pace="away", back_on=back_on.isoformat())

    assert f"We are away until {back_on.day} {back_on:%B %Y}" in room.text_of(room.reader().get("/tell/", secure=True))
    assert "We are away until" in room.text_of(room.see(coordinator, "room_usual_wait"))
    room.press(coordinator, "room_usual_wait", pace="slow", back_on=back_on.isoformat())
    assert UsualWait.objects.values_list("pace", "back_on").get() == ("slow", None), "a day goes with away alone"


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
