"""Urgent: the ticks, what one of us marked, and, while a vault is open, what a sealed label says."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from moderation import claims, conflict_of_interest, decisions, first_look, publishing, reading
from moderation.policies.danger import LIFE
from moderation.queue import rows as queue_rows, urgent
from moderation.team.vault_session import KNOWN_URGENCY, known_urgency
from stories.core import lifecycle
from stories.danger import NOW as NOW_, PAST, Danger
from stories.intake import coming_back, messages, retention, take_down_requests
from stories.intake.labels import Labels
from stories.models import Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
NOW = "I have the tablets here and I will end it tonight."
CHILD = "My son is 14 and they shared it."


def _names(browser, lane="urgent"):
    return [row.short_name for row in room.see(browser, "room_lane", lane).context["object_list"]]


@pytest.mark.parametrize(("words", "label"), [(NOW, "life now"), (CHILD, "child")])
def test_urgent_lane_says_what_a_label_speaks_of_and_marks_no_row(alice, bob, words, label):
    factories.submission_at(account=words)
    factories.submission_at()
    unlocked, locked = factories.client_of(alice), factories.client_of(bob, unlocked=False)

    assert label in room.text_of(room.see(unlocked, "room_lane", "urgent"))
    for browser, counts in ((unlocked, {"Urgent": "1", "New": "1"}), (locked, {"New": "2"})):
        lanes = room.see(browser, "room_queue").context["lanes"]
        assert {each["label"]: each["count"] for each in lanes if each["count"] != "0"} == counts
    assert not Submission.objects.filter(is_urgent=True).exists()


def test_it_stays_there_in_every_state_that_is_open(alice):
    account, browser = factories.submission_at(account=NOW), factories.client_of(alice)

    for status in (*lifecycle.UNDECIDED, "agreed"):
        Submission.objects.update(status=status)
        assert _names(browser) == [account.short_name], status
    # And so does a tick that no vault opens; what is erased after its decision leaves.
    Submission.objects.update(status="prepared", is_urgent=True)
    assert _names(factories.client_of(alice, unlocked=False)) == [account.short_name]
    Submission.objects.update(status="declined", is_urgent=False)
    retention.erase_submission(Submission.objects.get(), on=lifecycle.today())
    assert _names(browser) == []


@pytest.mark.parametrize("status", ["published", "counted", "declined"])
def test_what_is_decided_comes_back_with_danger_and_stays_until_two_people_saw_to_it(alice, bob, status):
    """Of what ends without a story two first looks are enough, whatever they say: of a child nobody ever says no."""
    account, browser, found = factories.submission_at(), factories.client_of(alice), []
    Submission.objects.update(status=status)
    assert _names(browser) == []

    messages.write_message(coming_back.open_code(account.code), CHILD)
    Submission.objects.update(unopened_since=None)
    for reader in (alice, alice, bob):
        found.append(_names(browser))
        factories.look_first(account, by=reader, **({} if status == "published" else {"under_18": "yes"}))

    assert found == [[account.short_name]] * 3
    assert _names(browser) == []


def _ask(words, **fields):
    asked = take_down_requests.Asked(factories.live_story(), "other", words)
    return take_down_requests.ask_to_take_down(asked, request_id=uuid.uuid4(), **fields)


def test_take_down_requests_that_speak_of_danger_stand_there_until_they_are_settled(alice, bob):
    def shown(*browsers):
        pages = [room.text_of(browser.get(reverse("wagtailadmin_home"))) for browser in browsers]
        return [page.count("It waits until it is settled") for page in pages]

    unlocked, locked = factories.client_of(alice), factories.client_of(bob, unlocked=False)
    life, child = (_ask(words) for words in (NOW, CHILD))
    _ask("It is about me, please take it down.")
    _ask(NOW, is_flood=True)
    assert shown(unlocked, locked) == [2, 0]

    publishing.settle_request(life, by=alice)
    # One about somebody whom a moderator knows is not opened for them.
    conflict_of_interest.declare_conflict(child.story.submission, by=alice)

    assert shown(unlocked, factories.client_of(bob)) == [0, 1]


@pytest.mark.parametrize("unlocked", [True, False])
def test_flood_is_outside_with_labels_and_ticks_but_for_what_one_of_us_marks(alice, unlocked):
    browser, answers = factories.client_of(alice, unlocked=unlocked), factories.NO_RISK | {LIFE: "yes"}
    for mark in (
        lambda row: decisions.mark_urgent(row, by=alice),
        lambda row: first_look.take_first_look(row, answers, vault=factories.open_vault(alice)),
    ):
        account = factories.submission_at(account=NOW)
        row = Submission.objects.filter(pk=account.pk)
        row.update(is_flood=True, is_urgent=True)
        assert account.short_name not in _names(browser)
        row.update(is_urgent=False)

        mark(row.get())

        assert account.short_name in _names(browser)


def test_what_somebody_put_aside_stands_there_for_the_others_alone(alice, bob):
    account = factories.submission_at(account=NOW)
    room.press(factories.client_of(alice), "room_put_aside", account.pk)
    assert conflict_of_interest.skipped_ids(alice) == [account.pk]

    assert (_names(factories.client_of(alice)), _names(factories.client_of(bob))) == ([], [account.short_name])


def test_each_label_is_opened_once_and_what_was_found_goes_when_a_vault_locks(alice, monkeypatch):
    account, opened, labels = factories.submission_at(account=NOW), [], urgent.reading.open_labels
    factories.submission_at()
    monkeypatch.setattr(
        urgent.reading, "open_labels", lambda rows, vault: opened.extend(row.pk for row in rows) or labels(rows, vault)
    )
    vault, browser = factories.open_vault(alice), factories.client_of(alice)

    for _ in range(2):
        assert urgent.beside_ticks(alice, vault).facts.keys() == {account.pk}
    assert len(opened) == 2

    # Without the team's key it says nothing.
    box = bytes(Submission.objects.get(pk=account.pk).labels)
    assert known_urgency(box, private=factories.queue_pair().private) is True
    assert known_urgency(box, private=bytes(32)) is None
    assert {len(name) for name in KNOWN_URGENCY} == {16}

    browser.post(reverse("vault_lock"))
    assert not KNOWN_URGENCY


def test_the_newest_are_looked_at_where_there_are_too_many_and_that_is_said(alice, monkeypatch):
    old, new = (factories.submission_at(account=NOW) for _ in range(2))
    Submission.objects.filter(pk=old.pk).update(week=lifecycle.this_week() - timedelta(weeks=3))
    monkeypatch.setattr(urgent, "MOST", 1)

    found = urgent.beside_ticks(alice, factories.open_vault(alice))

    assert (found.facts.keys(), found.is_cut) == ({new.pk}, True)


def test_label_says_in_words_what_the_scanner_said():
    for danger, words in (
        (Danger(NOW_), ["life now"]),
        (Danger(PAST), ["life, past?"]),
        (Danger(PAST, child=True), ["life, past?", "child"]),
        (Danger(), []),
    ):
        assert [tag.words for tag in queue_rows.danger_tags(Labels(danger=danger))] == words


def _panel(user, **options):
    return room.panel_of(user, "urgent", **options)


def _shown(panel):
    return re.findall(r'class="room-urgent__name"[^>]*>([0-9a-f]{6})<', panel)


def test_panel_is_first_red_only_when_something_waits_and_says_since_when(alice, bob):
    page = room.text_of(factories.client_of(alice).get(reverse("wagtailadmin_home")))
    assert page.index('id="urgent-section"') < page.index("Second readings")
    assert "room-urgent--waits" not in _panel(alice)
    assert "Nothing is urgent" in _panel(alice)
    account, week = factories.submission_at(account=NOW), lifecycle.this_week() - timedelta(weeks=2)

    panel = _panel(alice)

    for words in ("room-urgent--waits", reverse("room_read", args=[account.pk]), "life now"):
        assert words in panel, words
    for happens, says in (
        (lambda: Submission.objects.update(week=week), f"unread since {week.day} {week:%B}"),
        (lambda: reading.read_account(account, vault=factories.open_vault(bob)), "somebody has opened it"),
        (
            lambda: messages.write_message(coming_back.open_code(account.code), "Hello?"),
            "they wrote again, unread since this week",
        ),
        (lambda: claims.take_claim(account, by=bob), "in bob’s hands"),
    ):
        happens()
        assert says in _panel(alice)


def test_life_stands_before_a_child_unread_before_opened_and_a_bare_tick_last(alice, bob):
    ticked, child, opened, unread = (factories.submission_at(account=words) for words in ("I rang.", CHILD, NOW, NOW))
    long_ago = lifecycle.this_week() - timedelta(weeks=5)
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True, week=long_ago)
    assert _shown(_panel(alice))[2:] == [child.short_name, ticked.short_name]
    reading.read_account(opened, vault=factories.open_vault(bob))

    panel = _panel(alice)

    assert [name for name in _shown(panel) if name != child.short_name] == [
        *(unread.short_name, opened.short_name, ticked.short_name),
    ]
    assert "came 5 weeks ago" in panel
    assert "marked urgent" in panel
    for _ in range(6):
        factories.submission_at(account=NOW)
    assert "more" in _panel(alice).partition("And ")[2]


def test_locked_vaults_panel_sees_ticks_alone_and_never_says_nothing_is_urgent(alice):
    factories.submission_at(account=NOW)
    assert "Nothing is urgent" not in _panel(alice, unlocked=False)
    ticked = factories.submission_at()
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True)

    panel = _panel(alice, unlocked=False)

    assert _shown(panel) == [ticked.short_name]
    assert ("sees ticks alone" in panel, "life now" in panel) == (True, False)
    # More than the panel shows lead to the list.
    for _ in range(8):
        factories.submission_at()
    Submission.objects.update(is_urgent=True)
    panel = _panel(alice, unlocked=False)
    assert (len(_shown(panel)), "And 2 more" in panel) == (8, True)
