"""The flood tray with an open vault: many of nearly the same words stand in one row, and nobody is lost among them."""

import logging
import random
import uuid

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.cache import cache

from moderation import claims, conflict_of_interest, decisions, reading
from moderation.queue import floods, rows as queue_rows
from stories.core import lifecycle
from stories.intake import coming_back, messages, retention
from stories.models import Event, SealedText, Submission
from tests import factories
from tests.moderation import room
from tests.record_of_room import logged

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TRAY = "/admin/queue/flood/"
SPAM = "Come to our bright new casino and win {} lovely prizes. Everybody is welcome with us."
OTHER = "The best web site for {} cheap loans a week is open for you. Write to us."
REAL = "The officer on the desk said that it was my own fault. Nobody wrote it down."


def flooded(words=SPAM, *, is_urgent=False, **changes):
    row = factories.submission_at(account=words, **changes)
    Submission.objects.filter(pk=row.pk).update(is_flood=True, is_urgent=is_urgent)
    return row


def some(count, words=SPAM):
    return [flooded(words.format(number)) for number in range(count)]


def keys(rows):
    return {row.pk for row in rows}


def sort(user):
    """The tray's groups and what stands by itself, by their keys."""
    tray = floods.sort_tray(by=user, vault=factories.open_vault(user))
    return [keys(group) for group in tray.groups], keys(tray.alone)


def group_page(browser, row):
    return room.see(browser, "room_flood_group", row.pk)


def decline(browser, page):
    """Press the button of a group's page."""
    asked = BeautifulSoup(page.content, "html.parser").select_one(".room-page form input[name=asked]")["value"]
    return browser.post(page.request["PATH_INFO"], {"asked": asked}, follow=True)


def statuses(rows):
    return [Submission.objects.get(pk=row.pk).status for row in rows]


def test_many_stand_in_one_row_after_what_stands_by_itself(alice, browser):
    many, others = some(7), [flooded(REAL), flooded("They were kind to me, and rang back.")]
    some(3, OTHER)

    page = browser.get(TRAY)

    assert keys(page.context["object_list"]) == keys(others)
    assert [count for _row, count, _came in page.context["groups"]] == [7, 3]
    words = room.text_of(page)
    assert "10 of nearly the same words, 2 others." in words
    assert words.index(others[0].short_name) < words.index("7 of nearly the same words")
    assert group_page(browser, many[3]).context["group"][0].pk in keys(many)


def test_where_all_stand_in_groups_that_is_said_and_a_locked_vault_shows_none(alice, browser):
    many, locked = some(3), factories.client_of(alice, unlocked=False)

    words, page = room.text_of(browser.get(TRAY)), locked.get(TRAY)

    assert "None stands by itself." in words
    assert "No flood." not in words
    assert keys(page.context["object_list"]) == keys(many)
    assert "nearly the same words" not in room.text_of(page)
    assert locked.get(f"{TRAY}{many[0].pk}/").status_code == 403


def test_nobody_is_lost_or_shown_twice_and_four_kinds_are_shown_alone(alice, bob):
    apart = [
        lambda words: flooded(f"{words} I am going to kill myself tonight."),
        lambda words: flooded(f"{words} I am 14 and in year 9."),
        lambda words: flooded(f"{words} He hit me."),
        lambda words: flooded(words, is_urgent=True),
        lambda words: flooded(words, whose="someone-else", adult_other="no"),
        lambda words: claims.take_claim(flooded(words), by=bob).submission,
        lambda words: lifecycle.record_event(flooded(words), "open", by=bob).submission,
        lambda words: lifecycle.record_event(flooded(words), "write").submission,
    ]
    for seed in range(3):
        chance = random.Random(seed)
        Submission.objects.update(is_flood=False)
        makers = [(make, words) for make in apart for words in (SPAM, OTHER)] + [(flooded, SPAM), (flooded, OTHER)] * 3
        chance.shuffle(makers)
        rows = [(make, make(words.format(chance.randint(2, 8)))) for make, words in makers]

        groups, alone = sort(alice)

        assert sum(map(len, groups)) + len(alone) == len(rows), seed
        assert set().union(alone, *groups) == keys(row for _make, row in rows), seed
        assert alone == keys(row for make, row in rows if make is not flooded), seed


def test_same_words_of_danger_or_of_a_child_and_no_words_stand_alone(alice):
    alone = set()
    for words in ("I am going to kill myself tonight.", "He wanted to kill me.", "I am 14 and in year 9.", ""):
        alone |= keys(flooded(words, differently="", well="") for _ in range(3))
        assert sort(alice) == ([], alone), words

    # Nor do labels that know of no danger put anything in a group.
    rows = some(3)
    Submission.objects.filter(pk=rows[0].pk).update(labels=None)
    assert sort(alice) == ([keys(rows[1:])], alone | {rows[0].pk})


def test_what_cannot_be_compared_stands_with_the_very_same_words_or_alone(alice, monkeypatch):
    same, near = [flooded(OTHER), flooded(OTHER.upper())], some(2)
    vault = factories.open_vault(alice)
    strange = type(vault)(alice, admitted_at=vault.admitted_at, keys={1: bytes(31) + b"\1"})
    # Its keys open nothing.
    assert reading.accounts_to_compare(same, strange, most=floods.MOST_COMPARED) == {}
    assert keys(floods.sort_tray(by=alice, vault=strange).alone) == keys(same + near)

    monkeypatch.setattr(floods, "MOST_COMPARED", 0)
    assert sort(alice) == ([keys(same)], keys(near))


def test_walk_through_what_stands_by_itself_shows_each_once(alice, browser, monkeypatch):
    monkeypatch.setattr(queue_rows, "PAGE", 4)
    some(3)
    for place, name in enumerate(("day", "month", "night", "friend", "letter", "call", "mistake", "hope")):
        flooded(f"Every {name} of mine was another.", is_urgent=place % 3 == 0)
    alone = [row.short_name for row in floods.sort_tray(by=alice, vault=factories.open_vault(alice)).alone]
    assert len(alone) == 8

    for start, way in (("", "later"), ("?to=end", "earlier")):
        address, pages = f"{TRAY}{start}", []
        while address:
            page = browser.get(address)
            pages.append([row.short_name for row in page.context["object_list"]])
            address = page.context[way]
        assert sum(pages if way == "later" else reversed(pages), []) == alone, start


def test_comparing_leaves_no_event_and_a_groups_page_one_of_the_account_it_shows(alice, bob, browser):
    many = some(4)
    browser.get(TRAY)
    assert not Event.objects.filter(deed="open").exists()

    for _ in range(2):
        shown = group_page(factories.client_of(bob), many[2]).context["group"][0]

    assert list(Event.objects.filter(deed="open").values_list("submission", "by")) == [(shown.pk, bob.pk)]
    # It stays with the others for whoever read it, and stands by itself for a colleague, who declines the others alone.
    assert sort(bob) == ([keys(many)], set())
    assert sort(alice) == ([keys(many) - {shown.pk}], {shown.pk})
    decline(browser, group_page(browser, next(row for row in many if row.pk != shown.pk)))
    assert statuses([shown]) == ["received"]
    assert Submission.objects.filter(status="declined").count() == 3


def test_group_is_declined_as_one_each_by_its_event_and_put_back_by_one_button(alice, browser):
    many, other = some(5), flooded(REAL)
    done = decline(browser, group_page(browser, many[0]))

    # By the deed that test_declined_floods.py looks at.
    assert "5 accounts are declined as spam." in room.text_of(done)
    assert statuses([*many, other]) == ["declined"] * 5 + ["received"]
    declined = Event.objects.filter(deed="decline", reason="flood", by=alice)
    assert keys(event.submission for event in declined) == keys(many)

    page = room.see(browser, "room_put_flood_back")
    room.press(browser, "room_put_flood_back", click=page.context["click"].pk)
    assert statuses(many) == ["received"] * 5
    assert sort(alice) == ([keys(many)], {other.pk})


def test_what_changed_meanwhile_is_left_out_and_said(alice, bob, browser):
    many = some(6)
    page = group_page(browser, many[0])
    free = [row for row in many if row.pk != page.context["group"][0].pk]
    claims.take_claim(free[0], by=bob)
    messages.write_message(coming_back.open_code(free[1].code), "I am real.")
    conflict_of_interest.skip_account(free[2], by=alice)

    done = room.text_of(decline(browser, page))

    assert "3 accounts are declined as spam." in done
    assert "3 stay where they are" in done
    assert statuses(free[:3]) == ["received"] * 3
    # Whom alice knows is no secret of bob's; a second press on the same page finds nothing left to do.
    for said in ("1 account is declined as spam.", "0 accounts are declined as spam."):
        assert said in room.text_of(decline(factories.client_of(bob), page))


def test_one_alone_can_be_erased_and_what_stands_by_itself_by_now_has_no_group(alice, browser):
    many = some(3)

    retention.withdraw_submission(coming_back.open_code(many[0].code))
    assert not SealedText.objects.filter(submission=many[0].pk).exists()
    assert sort(alice) == ([keys(many[1:])], set())

    retention.withdraw_submission(coming_back.open_code(many[1].code))
    page = browser.get(f"{TRAY}{many[2].pk}/", follow=True)
    assert "It stands by itself in the tray by now" in room.text_of(page)
    assert not Event.objects.filter(deed="open").exists()
    assert browser.get(f"{TRAY}{uuid.uuid4()}/").status_code == 302


def test_decline_of_all_leaves_possible_danger_until_somebody_says_they_looked(browser):
    calm, danger = flooded(REAL), flooded("I am going to kill myself tonight.")
    page = room.see(browser, "room_decline_flood")

    assert (keys(page.context["calm"]), keys(page.context["ticked"])) == ({calm.pk}, {danger.pk})
    for asked, then in (({"asked": calm.pk.hex}, "received"), ({"asked": "", "which": "ticked too"}, "declined")):
        room.press(browser, "room_decline_flood", ticked=danger.pk.hex, **asked)
        assert statuses([calm, danger]) == ["declined", then], asked


def test_log_has_one_line_for_what_was_done_to_many_and_finds_each_by_its_item(alice, bob, browser, coordinator):
    many, single = some(5), flooded(REAL)
    claims.take_claim(single, by=bob)
    decisions.decline_account(single, reason="legal", note="", by=bob)
    decline(browser, group_page(browser, many[0]))
    click = floods.newest_click(alice)
    floods.put_all_back(click=click.pk, by=bob)

    lines = [(entry.who, entry.deed, entry.item) for entry in logged() if entry.deed not in ("claim", "open")]

    assert sorted(lines) == [
        ("alice", "decline a flood", "5 accounts"),
        ("bob", "decline", single.pk.hex[:12]),
        ("bob", "put a flood back", "5 accounts"),
    ]
    assert {entry.deed for entry in logged(item=many[4].pk.hex[:6])} >= {"decline", "back in the tray"}
    page = room.text_of(room.see(coordinator, "room_record"))
    assert page.count("Declined with a flood</td><td>5 accounts") == 1
    # One alone that was declined so has its item there.
    floods.decline_all([(alone := flooded(REAL)).pk], by=bob)
    assert {entry.item for entry in logged("decline a flood")} == {"5 accounts", alone.pk.hex[:12]}


def test_how_it_goes_counts_no_flood(alice, coordinator):
    rows = some(12)
    floods.decline_all(keys(rows[:11]), by=alice)
    lifecycle.advance(rows[11], "lapse")
    factories.submission_at("declined")

    page = room.see(coordinator, "room_how_it_goes")

    assert page.context["decided"].rows[-1][1] == [1]
    assert page.context["year"].median is None
    assert "lood" not in "".join(label for grid in ("waiting", "decided") for label, _cells in page.context[grid].rows)


def test_page_of_two_hundred_and_the_page_of_a_group_ask_the_database_little(alice, browser):
    for _ in range(60):
        some(3)
    for letter in "abcdefghijklmnopqrst":
        flooded(f"My {letter} years there were all of another kind to me.")
    assert Submission.objects.count() == 200
    row = Submission.objects.get(pk=browser.get(TRAY).context["groups"][0][0].pk)
    group_page(browser, row)

    for ask in ((browser.get, TRAY), (group_page, browser, row)):
        assert len(room.queries_of(*ask)) <= 20


def test_no_word_of_them_is_kept_by_any_page_of_it(alice, browser, caplog):
    marker = "Quillfeather"
    many = [flooded(f"{marker} is our bright new casino, and everybody wins {number} prizes.") for number in range(3)]
    caplog.set_level(logging.DEBUG)
    tray, page = browser.get(TRAY), group_page(browser, many[0])
    asked, done = room.see(browser, "room_decline_flood"), decline(browser, page)

    shown = BeautifulSoup(page.content, "html.parser")
    assert marker in shown.select_one("details .room-words").text
    assert not shown.select(f"[value*={marker}], [href*={marker}], [data-words]")
    kept = [*map(room.text_of, (tray, asked, done)), *map(str, shown.select("form")), caplog.text]
    kept += [str(getattr(cache, "_cache", "")), str(dict(browser.session))]
    kept += [str(list(table._base_manager.values())) for table in apps.get_models()]
    assert not [each for each in kept if marker in each]
