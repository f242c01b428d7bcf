"""What a moderator typed and didn't send: sealed, theirs alone, and gone once it is sent, emptied or erased."""

import pytest
from django.apps import apps
from django.urls import reverse

from moderation import conflict_of_interest
from stories.core import lifecycle
from stories.intake import retention
from stories.models import SealedText
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

WORDS = "The heron by the lock is hers alone."
JSON = {"accept": "application/json"}


def note_of(submission):
    return reverse("room_note", args=[submission.pk])


def keep(browser, submission, words=WORDS, **more):
    data = {"address": note_of(submission), "words-note": words} | room.token(browser) | more
    return browser.post(reverse("room_unsent", args=[submission.pk]), data, headers=JSON)


def kept(browser, submission):
    return browser.get(reverse("room_unsent", args=[submission.pk]), headers=JSON).json().get("forms")


def test_words_are_sealed_and_come_back_to_whoever_typed_them_with_an_open_vault(
    submission, browser, alice, bob, caplog
):
    caplog.set_level(0)
    locked = factories.client_of(alice, unlocked=False)

    assert keep(locked, submission).json() == {"done": True}
    assert (kept(locked, submission), kept(browser, submission)) == ({}, {note_of(submission): {"note": WORDS}})
    assert keep(browser, submission, f"{WORDS} And the swan.").json() == {"done": True}

    assert kept(browser, submission) == {note_of(submission): {"note": f"{WORDS} And the swan."}}
    assert kept(factories.client_of(bob), submission) == {}
    stored = [str(row) for model in apps.get_models() for row in model._base_manager.values()]
    stored += [record.getMessage() for record in caplog.records]
    assert not [row for row in stored if "heron" in row]
    assert SealedText.objects.filter(kind="unsent").count() == 1


@pytest.mark.parametrize("way", ["sent", "emptied", "erased"])
def test_nothing_is_kept_once_words_are_sent_emptied_or_erased(way, submission, browser):
    keep(browser, submission)
    if way == "sent":
        data = {"about": "other", "note": WORDS} | room.token(browser)
        assert browser.post(note_of(submission), data).status_code == 302
    elif way == "emptied":
        keep(browser, submission, "  ")
    else:
        retention.erase_submission(submission, on=lifecycle.today())

    assert not SealedText.objects.filter(kind="unsent").exists()


def test_refused_words_are_kept_and_none_of_another_form_or_for_who_knows_somebody(submission, browser, alice):
    for more in ({"address": "/admin/pages/3/edit/"}, {"words-note": "x" * 60_001}):
        assert keep(browser, submission, **more).status_code == 422, more
    assert not SealedText.objects.filter(kind="unsent").exists()
    keep(browser, submission)
    refused = browser.post(note_of(submission), {"about": "", "note": WORDS} | room.token(browser))
    assert refused.status_code == 200
    assert kept(browser, submission) == {note_of(submission): {"note": WORDS}}

    conflict_of_interest.declare_conflict(submission, by=alice)

    assert keep(browser, submission).status_code == 422
    assert kept(browser, submission) is None
