"""What isn't sent yet: a moderator's words, sealed and theirs alone, and a contributor's draft, on no screen."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import ModelLogEntry

from moderation import claims, conflict_of_interest, reading, urls
from moderation.queue import lanes
from moderation.team import rotation
from moderation.team.permissions import Refused
from moderation.views.decorators import TOKEN, words_token
from moderation.views.room.decisions import DECISIONS
from stories.core import lifecycle, sealed_store
from stories.crypto import receipts, sealing
from stories.crypto.sealing import SealingError
from stories.intake import coming_back, drafts, receive, retention
from stories.models import Event, SealedText, Submission
from tests import factories
from tests.moderation import room
from tests.vaults import opened_by

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


@pytest.fixture
def draft(queue_key):
    code = receipts.new_code()
    kept, _both = drafts.keep_draft(factories.sent(), receive.Arrival(code))
    kept.code = code
    return kept


def test_no_page_of_the_room_names_it_counts_it_or_leads_to_it(draft, browser, alice):
    Submission.objects.filter(pk=draft.pk).update(is_urgent=True, is_flood=True)
    pages = ["/admin/", "/admin/reports/site-history/"]
    pages += [reverse(name) for name in ("room_queue", "room_take_downs", "room_batch")]
    pages += [reverse("room_lane", args=[lane.slug]) for lane in lanes.LISTS]

    for address in pages:
        page = browser.get(address, follow=True).content.decode()
        assert draft.short_name not in page, address
        assert str(draft.pk) not in page, address
    assert set(lanes.lane_counts(alice).values()) == {0}
    assert not lanes.held_to_look_at_again().exists()
    assert str(draft.pk) not in browser.get("/admin/queue/new/", {"q": draft.short_name}).content.decode()
    room.press(browser, "room_decline_flood", until="1000000")
    assert Submission.objects.get().status == "draft"
    with pytest.raises(Refused):
        claims.take_claim(draft, by=alice)


def test_it_is_not_found_at_any_address_that_takes_an_id(draft, browser, alice):
    patterns = [*urls.urlpatterns, *urls.room_urlpatterns]
    by_id = [found for found in patterns if "queue/<uuid:pk>/" in str(found.pattern)]
    names = [found.name for found in by_id]
    addresses = [
        reverse(found.name, kwargs={"pk": draft.pk, **dict.fromkeys({*found.pattern.converters} - {"pk"}, "ask")})
        for found in by_id
    ]
    addresses += [reverse("room_decide", args=[draft.pk, slug]) for slug in DECISIONS]
    assert {"room_read", "room_claim", "room_second", "room_agree"} <= set(names)

    for address in addresses:
        posted = browser.post(address, {TOKEN: words_token(alice)})
        # A button's address leads to the page it stands on, which isn't there either.
        seen = browser.get(address, follow=True)
        assert (seen.status_code, posted.status_code) in ((404, 404), (404, 405)), address
    assert room.save(browser, alice, draft).status_code == 404
    assert not Event.objects.exists()
    assert not ModelLogEntry.objects.filter(object_id=str(draft.pk)).exists()


def test_queue_key_opens_nothing_of_it_and_rotation_leaves_it_to_its_code(draft, alice):
    with pytest.raises(reading.CannotOpen):
        reading.read_account(draft, vault=factories.open_vault(alice))

    private, sent = factories.queue_pair().private, factories.submission_at("received")
    for epoch in (0, 1):
        place = sealed_store.queue_place(draft.pk, epoch)
        with pytest.raises(SealingError):
            sealing.open_key(bytes(draft.key_for_queue), private=private, place=place)
    for text in SealedText.objects.filter(submission=draft):
        with pytest.raises(SealingError):
            sealed_store.open_sealed_text(text, private=private)
    assert not Event.objects.filter(submission=draft).exists()

    assert rotation.reseal_some(by=rotation.begin_rotation(by=opened_by(alice))) == 0

    draft.refresh_from_db()
    sent.refresh_from_db()
    assert (draft.queue_epoch, bytes(draft.key_for_queue)) == (None, b"")
    assert sent.queue_epoch_id == 2
    assert coming_back.what_i_sent(coming_back.open_code(draft.code)).account == factories.ACCOUNT


def test_reading_page_shows_it_once_it_is_sent(draft, browser):
    receive.receive_account(factories.sent(), receive.Arrival(draft.code))

    page = browser.get(reverse("room_lane", args=["new"])).content.decode()
    assert draft.short_name in page
    assert "Nobody called me back." in browser.get(reverse("room_read", args=[draft.pk])).content.decode()
