"""One click for a whole flood, through the real screens."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation import bulk, claims, decisions
from moderation.models import Claim
from moderation.views.decorators import TOKEN, words_token
from stories.core import lifecycle, retention_periods
from stories.crypto import receipts
from stories.intake import coming_back, messages, retention
from stories.models import Event, Submission
from tests import factories
from tests.moderation import room
from tests.stories.intake.visiting import Visitor

pytestmark = pytest.mark.django_db


def flooded(**changes):
    submission = factories.submission_at("received", **changes)
    Submission.objects.filter(pk=submission.pk).update(is_flood=True)
    return submission


def ask(browser):
    return browser.get(reverse("room_decline_flood"))


def answer(browser, page):
    return browser.post(reverse("room_decline_flood"), {"asked": ids(page.context["rows"])}, follow=True)


def ids(rows):
    return " ".join(row.pk.hex for row in rows)


def statuses():
    return sorted(Submission.objects.values_list("status", flat=True))


def test_lane_leads_to_a_question_that_names_the_number(alice):
    for _ in range(3):
        flooded()
    browser = factories.client_of(alice)

    lane = room.text_of(browser.get(reverse("room_lane", args=["flood"])))
    page = room.text_of(ask(browser))

    assert reverse("room_decline_flood") in lane
    assert "3 accounts in the flood tray" in page
    assert "Decline all 3 as spam" in page
    assert statuses() == ["received"] * 3


def test_one_click_declines_them_all_and_their_codes_say_why(alice):
    told = [flooded() for _ in range(3)]
    browser = factories.client_of(alice)

    done = room.text_of(answer(browser, ask(browser)))

    assert "3 accounts are declined as spam." in done
    assert statuses() == ["declined"] * 3
    events = Event.objects.filter(deed="decline")
    assert {(event.by, event.reason) for event in events} == {(alice, "flood")}
    visitor = Visitor()
    visitor.come_back(told[0].code)
    assert "in the middle of a flood" in visitor.text()
    assert "Please tell us again" in visitor.text()


def test_words_are_erased_on_the_usual_date(alice):
    submission = flooded()
    browser = factories.client_of(alice)

    answer(browser, ask(browser))

    submission.refresh_from_db()
    assert (submission.erase_on - lifecycle.today()).days == retention_periods.DAYS_AFTER_DECISION
    assert submission.texts.count() == 2


def test_what_came_after_the_question_is_not_in_its_answer(alice):
    flooded()
    browser = factories.client_of(alice)
    page = ask(browser)
    later = flooded()

    answer(browser, page)

    later.refresh_from_db()
    assert later.status == "received"
    assert statuses() == ["declined", "received"]


def test_what_somebody_touched_or_came_back_to_stays(alice, bob):
    claimed, opened, written, within = flooded(), flooded(), flooded(), factories.submission_at("received")
    claims.take_claim(claimed, by=bob)
    lifecycle.record_event(opened, "open", by=bob)
    lifecycle.record_event(written, "write")
    browser = factories.client_of(alice)

    page = ask(browser)
    answer(browser, page)

    assert "There is nothing in the flood tray" in room.text_of(page)
    assert statuses() == ["received"] * 4
    assert within.status == "received"


def test_claim_that_ran_out_long_ago_keeps_nothing(alice):
    """Its event does: whoever took it may have read it."""
    submission = flooded()
    claims.take_claim(submission, by=alice)
    Claim.objects.all().delete()

    assert bulk.untouched_flood(by=alice).count() == 0


def test_locked_vault_declines_nothing(alice):
    browser = factories.client_of(alice, unlocked=False)

    page = browser.post(reverse("room_decline_flood"), {"asked": flooded().pk.hex})

    assert page.status_code == 403
    assert statuses() == ["received"]


@pytest.mark.parametrize("asked", ["", "x", "-1", "9" * 400, "g" * 32])
def test_ids_that_nobody_of_us_wrote_break_nothing(alice, asked):
    flooded()

    page = factories.client_of(alice).post(reverse("room_decline_flood"), {"asked": asked}, follow=True)

    assert page.status_code == 200
    assert statuses() == ["received"]


# --- Back in the tray -----------------------------------------------------------------------


def put_back(browser, page):
    return browser.post(reverse("room_put_flood_back"), {"click": page.context["click"].pk}, follow=True)


def ask_back(browser):
    return browser.get(reverse("room_put_flood_back"))


def test_click_that_was_a_mistake_is_undone_whole_and_the_lane_leads_to_it(alice, bob):
    told = [flooded() for _ in range(3)]
    dates = {each.pk: each.erase_on for each in told}
    done = room.text_of(answer(factories.client_of(alice), ask(factories.client_of(alice))))
    browser = factories.client_of(bob)
    lane = room.text_of(browser.get(reverse("room_lane", args=["flood"])))

    page = ask_back(browser)
    back = room.text_of(put_back(browser, page))

    assert reverse("room_put_flood_back") in done
    assert reverse("room_put_flood_back") in lane
    assert "3 accounts" in room.text_of(page)
    assert "alice" in room.text_of(page)
    assert "3 accounts are back in the flood tray." in back
    assert statuses() == ["received"] * 3
    assert dict(Submission.objects.values_list("pk", "erase_on")) == dates
    events = Event.objects.filter(deed="back in the tray")
    assert {(event.by, event.reason) for event in events} == {(bob, "flood")}
    visitor = Visitor()
    visitor.come_back(told[0].code)
    assert "It waits to be read" in visitor.text()


def test_account_that_is_back_can_be_declined_with_the_others_again(alice):
    flooded()
    browser = factories.client_of(alice)
    answer(browser, ask(browser))
    put_back(browser, ask_back(browser))

    answer(browser, ask(browser))

    assert statuses() == ["declined"]


def test_history_says_that_it_is_back(alice):
    submission = flooded()
    browser = factories.client_of(alice)
    answer(browser, ask(browser))
    put_back(browser, ask_back(browser))

    page = room.text_of(browser.get(reverse("room_read", args=[submission.pk])))

    assert "put it back in the flood tray" in page


def test_of_two_who_declined_on_a_day_ones_own_is_undone_first_and_then_the_others(alice, bob):
    first = flooded()
    answer(factories.client_of(alice), ask(factories.client_of(alice)))
    second = flooded()
    answer(factories.client_of(bob), ask(factories.client_of(bob)))
    browser = factories.client_of(bob)

    put_back(browser, ask_back(browser))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("declined", "received")
    put_back(browser, ask_back(browser))
    first.refresh_from_db()
    assert first.status == "received"
    assert "There is nothing to put back" in room.text_of(ask_back(browser))


def test_click_that_came_while_somebody_read_the_question_is_not_in_its_answer(alice, bob):
    first = flooded()
    answer(factories.client_of(alice), ask(factories.client_of(alice)))
    page = ask_back(factories.client_of(alice))
    second = flooded()
    answer(factories.client_of(bob), ask(factories.client_of(bob)))

    put_back(factories.client_of(alice), page)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("received", "declined")


def test_what_is_erased_or_was_declined_for_another_reason_stays(alice):
    erased, other, taken_back = flooded(), flooded(), flooded()
    lifecycle.advance(other, "decline", by=alice, reason="under-18")
    browser = factories.client_of(alice)
    answer(browser, ask(browser))
    page = ask_back(browser)
    erased.refresh_from_db()
    retention.erase_submission(erased, on=lifecycle.this_week())
    retention.withdraw_submission(coming_back.open_code(taken_back.code))

    put_back(browser, page)

    assert statuses() == ["declined", "declined", "withdrawn"]


def test_what_was_back_and_is_declined_for_another_reason_stays(alice):
    submission = flooded()
    browser = factories.client_of(alice)
    answer(browser, ask(browser))
    page = ask_back(browser)
    put_back(browser, page)
    lifecycle.advance(submission, "decline", by=alice, reason="under-18")

    put_back(browser, page)

    assert statuses() == ["declined"]
    assert not bulk.newest_click(alice)


def test_nothing_is_erased_sooner_than_its_contributor_was_told_last(alice):
    submission = flooded()
    old = lifecycle.this_week() - timedelta(weeks=12)
    Submission.objects.filter(pk=submission.pk).update(week=old, erase_on=old + timedelta(days=90))
    browser = factories.client_of(alice)
    answer(browser, ask(browser))

    put_back(browser, ask_back(browser))

    submission.refresh_from_db()
    assert submission.erase_on == retention_periods.erased_after_decision(lifecycle.today())


def test_one_alone_goes_back_from_its_own_page(alice):
    one, other = flooded(), flooded()
    browser = factories.client_of(alice)
    answer(browser, ask(browser))
    messages.write_message(coming_back.open_code(one.code), "I am real.")
    address = reverse("room_decide", args=[one.pk, "back-in-tray"])
    page = room.text_of(browser.get(reverse("room_read", args=[one.pk])))

    browser.post(address, {TOKEN: words_token(alice)})

    one.refresh_from_db()
    other.refresh_from_db()
    assert address in page
    assert (one.status, other.status) == ("received", "declined")
    assert one.erase_on == one.week + timedelta(days=retention_periods.DAYS_UNDECIDED)
    assert address not in room.text_of(browser.get(reverse("room_read", args=[one.pk])))


@pytest.mark.parametrize("became", ["erased", "declined for another reason"])
def test_one_alone_does_not_go_back_where_there_is_nothing_to_go_back(alice, became):
    submission = flooded()
    lifecycle.advance(submission, "decline", by=alice, reason="flood" if became == "erased" else "under-18")
    if became == "erased":
        retention.erase_submission(submission, on=lifecycle.this_week())
    address = reverse("room_decide", args=[submission.pk, "back-in-tray"])
    browser = factories.client_of(alice)

    page = browser.post(address, {TOKEN: words_token(alice)})

    assert "goes back into the flood tray" in room.text_of(page)
    assert statuses() == ["declined"]
    assert address not in room.text_of(browser.get(reverse("room_read", args=[submission.pk])))


def test_account_whose_note_is_on_its_way_is_taken_back_and_not_put_back(alice):
    submission = flooded()
    claims.take_claim(submission, by=alice)
    decisions.decline_account(submission, reason="flood", note="We let it go.", by=alice)
    browser = factories.client_of(alice)

    page = browser.post(reverse("room_decide", args=[submission.pk, "back-in-tray"]), {TOKEN: words_token(alice)})

    assert "Take it back first" in room.text_of(page)
    assert bulk.newest_click(alice) is None
    assert statuses() == ["declined"]


@pytest.mark.parametrize("click", ["", "x", "-1", "9" * 400])
def test_click_that_nobody_made_breaks_nothing(alice, click):
    browser = factories.client_of(alice)
    flooded()
    answer(browser, ask(browser))

    page = browser.post(reverse("room_put_flood_back"), {"click": click}, follow=True)

    assert page.status_code == 200
    assert statuses() == ["declined"]


@pytest.mark.slow
def test_thousand_are_declined_in_a_breath(alice):
    week = lifecycle.this_week()
    rows = [
        Submission(look_up_id=receipts.new_code().encode(), week=week, erase_on=week, is_flood=True, public_key=b"x")
        for _ in range(1000)
    ]
    Submission.objects.bulk_create(rows)
    Event.objects.bulk_create([Event(submission=row, deed="receive", week=week) for row in rows])
    browser = factories.client_of(alice)
    page = ask(browser)

    began = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        answer(browser, page)

    assert statuses() == ["declined"] * 1000
    assert len(queries) < 90
    assert time.process_time() - began < 5

    page = ask_back(browser)
    with CaptureQueriesContext(connection) as queries:
        put_back(browser, page)
    assert statuses() == ["received"] * 1000
    assert len(queries) < 90


def test_what_is_ticked_as_urgent_stays_until_somebody_says_that_they_looked(alice):
    flooded(), flooded()
    ticked = flooded()
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True)
    browser = factories.client_of(alice)

    page = ask(browser)
    assert "2 accounts in the flood tray" in room.text_of(page)
    assert "1 more is ticked as urgent, and stays" in room.text_of(page)
    answer(browser, page)
    assert statuses() == ["declined", "declined", "received"]

    page = ask(browser)
    assert "I have looked: decline 1, ticked ones too" in room.text_of(page)
    browser.post(reverse("room_decline_flood"), {"asked": ids(page.context["rows"]), "which": "ticked too"})
    assert statuses() == ["declined"] * 3


def test_accounts_of_the_same_words_are_declined_together(alice):
    same = [flooded(account=words) for words in ("Buy our pills!", "buy  our pills", "Buy our pills.")]
    flooded(account="They asked what I had been wearing.")
    browser = factories.client_of(alice)

    (group,) = ask(browser).context["groups"]
    browser.post(reverse("room_decline_flood"), {"asked": ids(group)})

    assert {row.pk for row in group} == {each.pk for each in same}
    assert set(Submission.objects.filter(status="declined").values_list("pk", flat=True)) == {each.pk for each in same}
