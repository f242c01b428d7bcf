"""The words that stories are sorted by, which editors keep, and how it goes at the moment, which coordinators say."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
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


def test_editor_sees_and_opens_each_list(browser):
    for model, words in MODELS.items():
        word = words.objects.first()

        assert word.name in room.text_of(browser.get(_address(model, "list"))), model
        assert browser.get(_address(model, "edit", word.pk)).status_code == 200
        assert browser.get(_address(model, "add")).status_code == 200


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


def test_word_that_a_story_uses_stays(browser, alice, bob):
    factories.live_story()

    for model, slug in {"force": "kent", "outcome": "closed", "theme": "waiting", "contentnote": "threats"}.items():
        response = browser.post(_address(model, "delete", slug), follow=True)
        browser.post(f"{reverse('wagtail_bulk_action', args=['stories', model, 'delete'])}?id={slug}")

        assert MODELS[model].objects.filter(pk=slug).exists(), model
        assert "is used by stories, so it stays" in room.text_of(response)


def test_word_that_a_sealed_account_may_be_sorted_by_stays(browser, alice):
    factories.submission_at("prepared")

    for model, slug in {"force": "gwent", "outcome": "closed", "theme": "waiting"}.items():
        response = browser.post(_address(model, "delete", slug), follow=True)

        assert MODELS[model].objects.filter(pk=slug).exists(), model
        assert "may be chosen in an account that is still with us" in room.text_of(response)


def test_word_that_nothing_is_sorted_by_goes_and_none_is_copied(browser):
    assert browser.get("/admin/snippets/stories/theme/copy/waiting/").status_code == 404

    browser.post(_address("theme", "delete", "believed"))

    assert not Theme.objects.filter(pk="believed").exists()


def test_coordinator_sets_it_and_contributors_read_it_at_once(coordinator):
    back_on = lifecycle.today() + timedelta(days=10)

    room.press(coordinator, "room_usual_wait", pace="away", back_on=back_on.isoformat())

    assert f"We are away until {back_on.day} {back_on:%B %Y}" in room.text_of(room.reader().get("/tell/", secure=True))
    assert "We are away until" in room.text_of(room.see(coordinator, "room_usual_wait"))


def test_day_of_return_goes_with_away_alone_and_is_yet_to_come(coordinator):
    today = lifecycle.today()
    past = room.press(coordinator, "room_usual_wait", pace="away", back_on=today.isoformat())
    assert "Choose a day after today" in room.text_of(past)
    assert not UsualWait.objects.exists()

    room.press(coordinator, "room_usual_wait", pace="slow", back_on=(today + timedelta(days=10)).isoformat())

    assert UsualWait.objects.values_list("pace", "back_on").get() == ("slow", None)


def test_no_other_words_can_be_set(coordinator):
    for pace in ("", "soon", "<b>"):
        room.press(coordinator, "room_usual_wait", pace=pace)
        assert not UsualWait.objects.exists()
    with pytest.raises(IntegrityError):
        UsualWait.objects.create(pk=1, pace="soon")
