"""A whole flood, declined and put back with one click that asks once; and taking over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation import claims, decisions
from moderation.models import Claim
from moderation.queue import floods
from moderation.views.decorators import TOKEN, words_token
from stories.core import lifecycle, retention_days
from stories.crypto import receipts
from stories.intake import coming_back, messages, retention
from stories.models import Event, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def test_absent_colleague_is_taken_over_from_with_a_reason(alice, bob):
    submission, browser = factories.submission_at(), factories.client_of(alice)
    claims.take_claim(submission, by=bob)
    # The rule says who is at work: tests/moderation/policies/test_rules.py.
    assert "Take over" not in room.text_of(room.see(browser, "room_lane", "new"))
    Claim.objects.update(expires_at=timezone.now() + timedelta(minutes=14))
    assert reverse("room_take_over", args=[submission.pk]) in room.text_of(room.see(browser, "room_lane", "new"))

    for data, holder in (({}, bob), ({"reason": "no-answer"}, alice)):
        room.press(browser, "room_take_over", submission.pk, **data)
        assert Claim.objects.get().holder == holder, data
    event = Event.objects.get(deed="take over")
    assert (event.by, event.reason) == (alice, "no-answer")


def flooded(**changes):
    row = factories.submission_at()
    Submission.objects.filter(pk=row.pk).update(is_flood=True, **changes)
    return row


def answer(browser, page):
    return browser.post(reverse("room_decline_flood"), {"asked": ids(page.context["calm"])}, follow=True)


def decline(browser):
    """Decline them all with one click, as the screen asks."""
    return answer(browser, room.see(browser, "room_decline_flood"))


def ids(rows):
    return " ".join(row.pk.hex for row in rows)


def status_of(*submissions):
    return [Submission.objects.get(pk=each.pk).status for each in submissions]


def statuses():
    return sorted(Submission.objects.values_list("status", flat=True))


def test_one_click_declines_them_all_after_a_question_that_names_the_number(alice, browser, visitor):
    told, locked = [flooded() for _ in range(3)], factories.client_of(alice, unlocked=False)

    lane, page = browser.get(reverse("room_lane", args=["flood"])), room.see(browser, "room_decline_flood")
    assert reverse("room_decline_flood") in room.text_of(lane)
    assert "3 accounts in the flood tray" in room.text_of(page)
    assert "Decline all 3 as spam" in room.text_of(page)
    assert locked.post(reverse("room_decline_flood"), {"asked": ids(told)}).status_code == 403
    assert statuses() == ["received"] * 3
    later = flooded()
    done = room.text_of(answer(browser, page))

    assert "3 accounts are declined as spam." in done
    # The answer holds nothing that came after the question.
    assert status_of(*told, later) == ["declined"] * 3 + ["received"]
    assert set(Event.objects.filter(deed="decline").values_list("by", "reason")) == {(alice.pk, "flood")}
    assert "in the middle of a flood" in room.contributor_reads(visitor, told[0])
    assert "Please tell us again" in visitor.text()
    # Their words go on the usual date.
    row = Submission.objects.get(pk=told[0].pk)
    assert (row.erase_on - lifecycle.today()).days == retention_days.DAYS_AFTER_DECISION
    assert row.texts.count() == 2


def test_what_somebody_touched_or_came_back_to_stays(browser, alice, bob):
    claimed, opened, written, _plain = flooded(), flooded(), flooded(), factories.submission_at("received")
    claims.take_claim(claimed, by=bob)
    # Its event keeps it, for whoever took it may have read it.
    Claim.objects.all().delete()
    lifecycle.record_event(opened, "open", by=bob)
    lifecycle.record_event(written, "write")

    page = room.see(browser, "room_decline_flood")
    answer(browser, page)

    assert "There is nothing in the flood tray" in room.text_of(page)
    assert statuses() == ["received"] * 4


def test_ids_and_clicks_that_nobody_of_us_wrote_break_nothing(browser):
    flooded()
    for name, field, status in (("decline_flood", "asked", "received"), ("put_flood_back", "click", "declined")):
        for odd in ("", "x", "-1", "9" * 400, "g" * 32):
            assert room.press(browser, f"room_{name}", **{field: odd}).status_code == 302, (name, odd)
        assert statuses() == [status]
        decline(browser)


def put_back(browser, page):
    return browser.post(reverse("room_put_flood_back"), {"click": page.context["click"].pk}, follow=True)


def test_click_that_was_a_mistake_is_undone_whole_and_the_lane_leads_to_it(browser, bob, visitor):
    told = [flooded() for _ in range(3)]
    dates, old = {each.pk: each.erase_on for each in told}, lifecycle.this_week() - timedelta(weeks=12)
    Submission.objects.filter(pk=told[2].pk).update(week=old, erase_on=old + timedelta(days=90))
    # Nothing is erased sooner than its contributor was told last.
    dates[told[2].pk] = retention_days.erased_after_decision(lifecycle.today())
    done, of_bob = room.text_of(decline(browser)), factories.client_of(bob)
    lane = room.text_of(of_bob.get(reverse("room_lane", args=["flood"])))

    page = room.see(of_bob, "room_put_flood_back")
    back = room.text_of(put_back(of_bob, page))

    for leads in (done, lane):
        assert reverse("room_put_flood_back") in leads
    for words in ("3 accounts", "alice"):
        assert words in room.text_of(page)
    assert "3 accounts are back in the flood tray." in back
    assert statuses() == ["received"] * 3
    assert dict(Submission.objects.values_list("pk", "erase_on")) == dates
    assert set(Event.objects.filter(deed="back in the tray").values_list("by", "reason")) == {(bob.pk, "flood")}
    assert "put it back in the flood tray" in room.text_of(of_bob.get(reverse("room_read", args=[told[1].pk])))
    assert "It waits to be read" in room.contributor_reads(visitor, told[0])

    # What nobody opened can be declined again.
    decline(browser)
    assert statuses() == ["declined"] * 2 + ["received"]


def test_of_two_who_declined_on_a_day_ones_own_is_undone_first_and_then_the_others(browser, bob):
    first, of_bob = flooded(), factories.client_of(bob)
    decline(browser)
    asked_before = room.see(browser, "room_put_flood_back")
    second = flooded()
    decline(of_bob)

    for then in (["declined", "received"], ["received", "received"]):
        put_back(of_bob, room.see(of_bob, "room_put_flood_back"))
        assert status_of(first, second) == then
    assert "There is nothing to put back" in room.text_of(room.see(of_bob, "room_put_flood_back"))

    # A click that came while somebody read the question is not in its answer.
    decline(browser)
    third = flooded()
    decline(of_bob)
    put_back(browser, asked_before)
    assert status_of(first, third) == ["received", "declined"]


def test_what_is_erased_or_was_declined_for_another_reason_stays(browser, alice):
    erased, other, taken_back, again = (flooded() for _ in range(4))
    lifecycle.advance(other, "decline", by=alice, reason="under-18")
    decline(browser)
    page = room.see(browser, "room_put_flood_back")
    erased.refresh_from_db()
    retention.erase_submission(erased, on=lifecycle.this_week())
    retention.withdraw_submission(coming_back.open_code(taken_back.code))

    put_back(browser, page)
    assert status_of(erased, other, taken_back, again) == ["declined", "declined", "withdrawn", "received"]

    lifecycle.advance(again, "decline", by=alice, reason="under-18")
    put_back(browser, page)
    assert status_of(again) == ["declined"]
    assert not floods.newest_click(alice)


def test_one_alone_goes_back_from_its_own_page(browser, alice):
    one, other = flooded(), flooded()
    decline(browser)
    messages.write_message(coming_back.open_code(one.code), "I am real.")
    address = reverse("room_decide", args=[one.pk, "back-in-tray"])
    page = room.text_of(browser.get(reverse("room_read", args=[one.pk])))

    browser.post(address, {TOKEN: words_token(alice)})

    assert address in page
    assert status_of(one, other) == ["received", "declined"]
    assert Submission.objects.get(pk=one.pk).erase_on == one.week + timedelta(days=retention_days.DAYS_UNDECIDED)
    assert address not in room.text_of(browser.get(reverse("room_read", args=[one.pk])))


@pytest.mark.parametrize("became", ["erased", "declined for another reason", "on its way"])
def test_one_alone_does_not_go_back_where_there_is_nothing_to_go_back(browser, alice, became):
    submission, says = flooded(), "goes back into the flood tray"
    if became == "on its way":
        claims.take_claim(submission, by=alice)
        decisions.decline_account(submission, reason="flood", note="We let it go.", by=alice)
        says = "Take it back first"
    else:
        lifecycle.advance(submission, "decline", by=alice, reason="flood" if became == "erased" else "under-18")
    if became == "erased":
        retention.erase_submission(submission, on=lifecycle.this_week())

    page = room.decide(browser, alice, submission, "back-in-tray")

    assert says in room.text_of(page)
    assert floods.newest_click(alice) is None
    assert statuses() == ["declined"]


def test_hundreds_are_declined_and_put_back_in_a_breath(browser):
    week = lifecycle.this_week()
    row = {"week": week, "erase_on": week, "is_flood": True, "public_key": b"x"}
    rows = [Submission(look_up_id=receipts.new_code().encode(), **row) for _ in range(300)]
    Submission.objects.bulk_create(rows)
    Event.objects.bulk_create([Event(submission=row, deed="receive", week=week) for row in rows])
    page = room.see(browser, "room_decline_flood")

    declining = room.queries_of(answer, browser, page)
    assert statuses() == ["declined"] * 300
    back = room.queries_of(put_back, browser, room.see(browser, "room_put_flood_back"))

    assert statuses() == ["received"] * 300
    assert max(len(declining), len(back)) < 90


def test_what_is_ticked_as_urgent_stays_until_somebody_says_that_they_looked(browser):
    flooded(), flooded(), flooded(is_urgent=True)

    page = room.see(browser, "room_decline_flood")
    for words in ("2 accounts in the flood tray", "1 more is ticked as urgent"):
        assert words in room.text_of(page)
    answer(browser, page)
    assert statuses() == ["declined", "declined", "received"]

    page = room.see(browser, "room_decline_flood")
    assert "I have looked: decline 1, those too" in room.text_of(page)
    browser.post(reverse("room_decline_flood"), {"ticked": ids(page.context["ticked"]), "which": "ticked too"})
    assert statuses() == ["declined"] * 3
