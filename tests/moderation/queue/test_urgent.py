"""What cannot wait: accounts that are urgent, and requests that a story come down."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from moderation import claims, conflict_of_interest, decisions, first_look, publishing, reading
from moderation.forms.room import LONGEST_NOTE
from moderation.models import LogEntry
from moderation.policies.danger import LIFE
from moderation.queue import lanes, rows as queue_rows, urgent
from moderation.team.permissions import Refused
from moderation.team.vault_session import KNOWN_URGENCY, known_urgency
from moderation.views.decorators import TOKEN, words_token
from stories.core import dates, lifecycle, takedown
from stories.crypto import receipts
from stories.danger import NOW as NOW_, PAST, Danger
from stories.intake import changes, coming_back, messages, retention, take_down_requests
from stories.intake.labels import Labels
from stories.models import Event, Story, Submission, TakeDownRequest
from tests import at_work, factories
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


WORDS = "My neighbour would know me by this."
FIRST = "room_take_down_first"


@pytest.fixture
def story(alice, bob):
    return factories.live_story()


@pytest.fixture
def request_(story):
    """One that hid its story, without a code."""
    return ask(story, ground="identifies")


def settle(user, request, *, unlocked=True, **data):
    browser = factories.client_of(user, unlocked=unlocked)
    return room.press(browser, "room_settle", request.pk, **({TOKEN: words_token(user)} | data))


def ask(story, *, ground="legal", code="", is_flood=False):
    asked = take_down_requests.Asked(story, ground, WORDS)
    return take_down_requests.ask_to_take_down(asked, request_id=uuid.uuid4(), code=code, is_flood=is_flood)


def answer_typed_on(page, request):
    return dict(at_work.form_on(page, reverse("room_settle", args=[request.pk])).fields)["answer"]


def test_open_request_and_story_are_for_moderators_and_its_words_for_an_open_vault(alice, bob, coordinator):
    story = factories.live_story(fields={"title": "The heron", "text": "A heron stood in the custody suite."})
    request, browser = ask(story, ground="identifies"), factories.client_of(alice)

    assert Story.objects.get().status == "hidden"
    listed = room.text_of(room.see(browser, "room_take_downs"))
    page = room.text_of(room.see(browser, "room_take_down", request.pk))
    for words in ("It could identify someone", "The heron"):
        assert words in listed, words
    for words in (WORDS, "The heron</bdi></a> (Taken down", story.text):
        assert words in page, words
    for name in ("room_take_downs", "room_stories:index"):
        assert "The heron" not in room.text_of(room.see(coordinator, name))
    locked = room.see(factories.client_of(alice, unlocked=False), "room_take_down", request.pk)
    assert locked.status_code == 403
    assert WORDS not in room.text_of(locked)

    TakeDownRequest.objects.update(box=b"not sealed here")
    assert "Your keys don" in room.text_of(room.see(browser, "room_take_down", request.pk))


def test_request_is_settled_once_with_the_vault_open_and_leaves_the_story_as_it_is(request_, alice, bob):
    refused = settle(alice, request_, unlocked=False, answer="It stays down.")
    assert refused.status_code == 403
    assert "It stays down." in room.text_of(refused)
    assert TakeDownRequest.objects.get().settled_on is None

    for person in (alice, bob):
        settle(person, request_)

    request_.refresh_from_db()
    # The day of its clock goes.
    assert (request_.settled_by, request_.settled_on, request_.due_on) == (alice, lifecycle.today(), None)
    assert Story.objects.get().status == "hidden"


def test_putting_the_story_back_settles_what_hid_it_and_leaves_what_is_unread(request_, bob):
    waiting = [ask(request_.story, ground=ground) for ground in ("legal", "other")]

    factories.client_of(bob).post(f"/admin/stories/{request_.story_id}/put-back/")

    assert Story.objects.get().status == "live"
    request_.refresh_from_db()
    assert request_.settled_by == bob
    assert set(TakeDownRequest.objects.filter(settled_on=None)) == set(waiting)


def test_what_is_due_stands_soonest_first_and_is_late_once_its_day_is_over(story, alice, monkeypatch):
    later, over, sooner, settled = ask(story), ask(story, is_flood=True), ask(story), ask(story)
    assert later.due_on == dates.due_on(lifecycle.today())
    TakeDownRequest.objects.filter(pk=sooner.pk).update(due_on=later.due_on - timedelta(days=1))
    settle(alice, settled)

    # Last stands what came over the limits.
    assert list(lanes.due_requests()) == [sooner, later, over]
    shown = room.text_of(room.see(factories.client_of(alice), "room_take_downs"))
    assert date_format(later.due_on, "l j F") in shown
    for days, is_late in ((0, False), (1, True)):
        monkeypatch.setattr(lifecycle, "today", lambda days=days: later.due_on + timedelta(days=days))
        assert lanes.due_requests().get(pk=later.pk).is_late is is_late
    assert "late: " in room.text_of(room.see(factories.client_of(alice), "room_take_downs"))


@pytest.mark.parametrize("page", ["room_take_downs", "room_lane", "room_take_down", "room_stories:inspect"])
def test_one_press_takes_the_story_down_from_the_list_its_request_or_its_own_page(page, story, alice):
    # A locked vault stands in the way of the request's words alone.
    request, browser = ask(story), factories.client_of(alice, unlocked=page == "room_take_down")
    pk = {"room_take_downs": [], "room_lane": ["urgent"], "room_take_down": [request.pk]}.get(page, [story.pk])
    deed, row = ("room_stories:take_down", story) if page == "room_stories:inspect" else (FIRST, request)
    form = at_work.form_on(room.text_of(room.see(browser, page, *pk)), reverse(deed, args=[row.pk]))

    browser.post(form.action, form.as_posted())

    assert Story.objects.get().status == "hidden"
    assert Event.objects.get(deed="take down").by == alice
    assert TakeDownRequest.objects.get().settled_on is None
    shown = room.text_of(room.see(browser, "room_take_downs"))
    assert (reverse(FIRST, args=[request.pk]) in shown, "it is down" in shown) == (False, True)


def withhold(user, request):
    return room.press(factories.client_of(user), "room_withhold", request.pk)


def answer_at(story):
    return room.reader().get(story.get_absolute_url(), secure=True)


def test_address_of_a_withheld_story_names_a_legal_reason_and_nothing_else(alice, bob):
    story = factories.live_story(fields={"title": "The heron in the canal", "text": "It stood still."})
    withhold(alice, ask(story))

    response = answer_at(story)

    assert response.status_code == 451
    words = ("This account isn’t shown for a legal reason", "noindex", "heron", "stood still", "Kent", "2024")
    assert [each in room.text_of(response) for each in words] == [True] * 2 + [False] * 4
    assert Event.objects.get(deed="take down").by == alice
    assert LogEntry.objects.filter(deed="withhold", by=alice).exists()

    # What never went live says nothing, and what its contributor takes back is gone as any other.
    takedown.withhold_story(agreed := factories.submission_at("agreed").story)
    assert answer_at(agreed).status_code == 404
    takedown.remove_story(story)
    assert answer_at(story).status_code == 410


@pytest.mark.parametrize("ground", ["about-me", "identifies", "other", "legal"])
def test_only_a_legal_ground_withholds_and_no_story_that_its_contributor_took_off(ground, alice, bob):
    submission = factories.submission_at("published")
    story, opened = submission.story, coming_back.open_code(submission.code)
    if ground == "legal":
        changes.keep_choices(opened, {"consent_publish": False}, began=changes.choices_version(opened))
    request = ask(story, ground=ground)

    withhold(alice, request)

    assert not Story.objects.get().is_withheld
    shown = room.text_of(room.see(factories.client_of(alice), "room_take_down", request.pk))
    assert reverse("room_withhold", args=[request.pk]) not in shown
    if ground == "other":
        # It hid nothing by itself.
        publishing.take_down(story, by=alice)
    assert answer_at(story).status_code == 410


def test_story_that_is_down_already_can_be_withheld_and_then_needs_two_to_come_back(story, alice, bob):
    ask(story, ground="about-me")
    withhold(alice, ask(story))

    for person, is_back in ((alice, False), (bob, True)):
        assert publishing.put_back(story, vault=factories.open_vault(person)) is is_back

    assert not Story.objects.get().is_withheld
    assert answer_at(story).status_code == 200


ANSWER = "Thank you.\n\nWe took it down & it stays down."


@pytest.fixture
def code():
    return receipts.new_code()


def test_answer_comes_back_over_a_log_out_and_is_sent_for_the_code_alone(story, alice, code, visitor):
    request, browser = ask(story, code=code), factories.client_of(alice)
    address = reverse("room_settle", args=[request.pk])
    browser.post("/admin/logout/")

    page = room.text_of(browser.post(address, {TOKEN: words_token(alice), "answer": ANSWER}))
    assert answer_typed_on(page, request) == ANSWER
    assert TakeDownRequest.objects.get().settled_on is None
    browser = factories.client_of(alice)
    browser.post(address, at_work.form_on(page, address).as_posted())

    request.refresh_from_db()
    assert b"stays down" not in bytes(request.answer)
    visitor.come_back(code)
    assert "We took it down & it stays down." in visitor.text()
    shown = room.text_of(room.see(browser, "room_take_down", request.pk))
    assert ("Only their code opens it" in shown, "stays down." in shown) == (True, False)


def test_answer_that_is_too_long_late_or_to_no_code_comes_back_and_settles_nothing(story, alice, bob, code):
    request, words = ask(story, code=code), "It stays down. " * (LONGEST_NOTE // 14)
    page = room.text_of(settle(alice, request, answer=words))
    assert answer_typed_on(page, request).strip() == words.strip()
    assert TakeDownRequest.objects.get().settled_on is None

    settle(bob, request)
    codeless = ask(story)
    for to, says in ((request, "settled already"), (codeless, "no code that could open an answer")):
        page = room.text_of(settle(alice, to, answer=ANSWER))
        assert says in page
        assert answer_typed_on(page, to) == ANSWER, says
    with pytest.raises(Refused):
        publishing.settle_request(codeless, by=alice, answer=ANSWER)
