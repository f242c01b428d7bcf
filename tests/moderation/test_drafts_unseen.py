"""A draft is the contributor's alone: with the vault open, no list, count, log or address of the room shows it."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from moderation import claims, reading, urls
from moderation.queue import lanes
from moderation.team import rotation
from moderation.team.permissions import Refused
from moderation.views.decorators import TOKEN, words_token
from moderation.views.room.decisions import DECISIONS
from stories.core import sealed_store
from stories.crypto import receipts, sealing
from stories.crypto.sealing import SealingError
from stories.intake import coming_back, drafts, receive
from stories.models import Event, SealedText, Submission
from tests import factories
from tests.moderation import room
from tests.vaults import opened_by

pytestmark = pytest.mark.django_db


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
