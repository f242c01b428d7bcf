"""The words that stories are sorted by, which editors keep, and how it goes at the moment, which coordinators say."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from moderation.team.permissions import EDITORS
from stories.core import lifecycle, snapshot
from stories.models import ContentNote, Force, Outcome, Theme, UsualWait
from tests import factories
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
