"""Notes between moderators: on an account in every state of it, sealed, never lost, and blind where a reader is."""

import html
import re

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.urls import reverse

from moderation import agreements, conflict_of_interest, decisions, reading
from moderation.policies.danger import Statement
from moderation.views.decorators import TOKEN
from moderation.views.room import source
from stories.intake import coming_back, retention
from stories.models import Event, SealedText, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

NOTE = "The heron by the lock is hers alone."
BY_KIND = {
    "in-danger": "He waits outside, she says.",
    "case": "It is heard on the ninth.",
    "other": "Take the lock out.",
}
KNOWN = {BY_KIND["in-danger"], BY_KIND["case"]}
JSON = {"accept": "application/json"}


def write(browser, submission, about="other", note=NOTE, **data):
    whole = {"about": about, "note": note} | room.token(browser) | data
    return room.press(browser, "room_note", submission.pk, **whole)


def write_each(submission, by):
    for about, words in BY_KIND.items():
        decisions.write_note(submission, words, about=about, by=by)


def read_by(user, submission):
    """The notes of `write_each` that stand on any page where this person reads the account, and those that are said
    to wait there."""
    browser, seen, waiting = factories.client_of(user), set(), set()
    for name in ("room_read", "room_second"):
        page = browser.get(reverse(name, args=[submission.pk]), follow=True)
        seen |= {words for words in BY_KIND.values() if words in html.unescape(room.text_of(page))}
        if page.context and "source" in page.context:
            waiting.add(page.context["source"]["notes_for_later"])
    return seen, waiting


def test_note_is_sealed_stands_in_no_table_and_no_log_and_goes_with_the_account(submission, browser, alice, caplog):
    caplog.set_level(0)
    for about in BY_KIND:
        assert write(browser, submission, about).status_code == 302
    room.see(browser, "room_read", submission.pk)

    notes = SealedText.objects.filter(kind="note")
    assert {len(bytes(note.box)) for note in notes} == {len(bytes(notes[0].box))}
    stored = [str(row) for model in apps.get_models() for row in model._base_manager.values()]
    stored += [record.getMessage() for record in caplog.records]
    assert len(notes) == 3
    assert not [row for row in stored if "heron" in row or "in-danger" in row]
    assert {event.reason for event in Event.objects.filter(deed="note", by=alice)} == {""}
    page = room.text_of(room.see(browser, "room_read", submission.pk))
    assert "wrote a note to colleagues" in page
    assert NOTE in page
    retention.withdraw_submission(coming_back.open_code(submission.code))
    refused = room.text_of(write(browser, submission, note="One more"))
    assert "Its words are erased" in refused
    assert "One more" in refused
    assert not SealedText.objects.exists()


def test_whoever_may_open_it_writes_in_every_state_and_moves_nothing(alice, bob):
    for status in ("received", "waiting", "held", "prepared", "agreed", "published", "counted", "declined"):
        found = factories.submission_at(status)
        before = (Submission.objects.filter(pk=found.pk).values().get(), list(found.working_copies.values()))

        assert write(factories.client_of(factories.moderator(f"m-{status}")), found).status_code == 302, status

        after = (Submission.objects.filter(pk=found.pk).values().get(), list(found.working_copies.values()))
        assert after == before, status
        assert found.texts.filter(kind="note").exists(), status
    assert factories.agree(factories.submission_at("prepared"), by=bob), "a note ends no yes"


def test_typed_note_outlives_a_lock_a_log_out_and_a_page_that_was_open_for_long(submission, alice):
    locked, gone = factories.client_of(alice, unlocked=False), factories.client_of(alice)
    token = room.token(gone)
    gone.logout()

    assert write(locked, submission).status_code == 302
    plain = gone.post(reverse("room_note", args=[submission.pk]), {"about": "case", "note": NOTE, **token})
    script = gone.post(reverse("room_note", args=[submission.pk]), {"about": "case", "note": NOTE}, headers=JSON)
    stale = write(locked, submission, **{TOKEN: "from-long-ago"})
    again = locked.post(reverse("room_note", args=[submission.pk]), {"about": "case", "note": NOTE}, headers=JSON)

    assert (plain.status_code, script.status_code, again.status_code) == (401, 401, 403)
    for page in (plain, stale):
        assert NOTE in room.text_of(page)
        assert 'name="about" value=' in room.text_of(page)
    assert "You are logged out" in script.json()["problem"]
    renewed = {"about": "case", "note": NOTE, TOKEN: again.json()["token"]}
    assert locked.post(reverse("room_note", args=[submission.pk]), renewed, headers=JSON).json()["done"]
    assert SealedText.objects.filter(kind="note").count() == 2


def test_two_tabs_keep_both_and_a_form_that_is_not_whole_comes_back(submission, browser):
    for words in ("From one tab.", "From another."):
        write(browser, submission, note=words)
    halves = {about: write(browser, submission, about) for about in ("", "danger")}

    page = room.text_of(room.see(browser, "room_read", submission.pk))
    assert "From one tab." in page
    assert "From another." in page
    for about, half in halves.items():
        assert NOTE in room.text_of(half), about
    assert write(browser, submission, note=" ").status_code == 200
    assert SealedText.objects.filter(kind="note").count() == 2


def test_second_reader_sees_danger_and_a_case_at_once_and_the_rest_after_their_check(submission, alice, bob, charlie):
    """Before it comes forward, too: whoever opens it in passing can be its second reader later."""
    write_each(submission, alice)
    for person in (bob, charlie):
        assert read_by(person, submission) == (KNOWN, {1})
    decisions.write_note(submission, "Mine.", about="other", by=charlie)
    assert "Mine." in room.text_of(room.see(factories.client_of(charlie), "room_read", submission.pk))
    factories.claim(submission, by=charlie)
    assert read_by(charlie, submission)[0] == {*BY_KIND.values()}, "it is in their hands"
    factories.put_forward(submission, by=alice, no_danger=Statement("no", "She says that he has moved away since."))
    second = factories.client_of(bob)
    room.unfold(second, submission)

    assert read_by(alice, submission)[0] == {*BY_KIND.values()}
    assert read_by(bob, submission) == (KNOWN, {2})
    room.agree(second, submission, **{"check-names": "stays", "why-names": "It is hers."})
    page = room.see(second, "room_second", submission.pk)
    assert BY_KIND["other"] in room.text_of(page)
    assert page.context["source"]["notes_for_later"] == 0


def test_nobody_says_no_to_danger_without_a_sentence_where_a_note_speaks_of_it(submission, alice, bob):
    decisions.write_note(submission, BY_KIND["in-danger"], about="in-danger", by=bob)
    room.save(factories.client_of(alice), alice, submission)
    sentence = {"danger-text": "She says that he has moved away since."}

    refused = room.put_forward(factories.client_of(alice), submission)
    assert Submission.objects.get().status == "received"
    pinned = room.text_of(refused).partition('class="room-pinned"')[2].partition("</section>")[0]
    assert BY_KIND["in-danger"] in pinned
    room.put_forward(factories.client_of(alice), submission, **sentence)
    assert Submission.objects.get().status == "prepared"

    second = factories.client_of(bob)
    assert BY_KIND["in-danger"] in room.text_of(room.see(second, "room_second", submission.pk))
    room.agree(second, submission)
    assert Submission.objects.get().status == "prepared"
    room.agree(second, submission, unfolds=False, **sentence)
    assert Submission.objects.get().status == "agreed"


def test_second_reader_is_not_reminded_of_what_they_wrote_of_the_first_ones_answers(alice, bob):
    submission, note = factories.submission_at("received"), "You found the bus line; I think it may stay."
    factories.put_forward(submission, by=alice)
    agreements.send_back(submission, note, by=bob)
    assert note in room.text_of(room.see(factories.client_of(alice), "room_read", submission.pk))
    factories.put_forward(submission, by=alice)
    browser = factories.client_of(bob)

    page = room.second(browser, submission)

    assert "would be published" in room.text_of(page)
    assert note not in room.text_of(page)
    room.agree(browser, submission, **{"check-names": "stays", "why-names": "It is hers."})
    assert note in room.text_of(room.see(browser, "room_second", submission.pk))


def test_whoever_is_in_conflict_neither_reads_nor_writes_one(submission, alice, bob):
    write_each(submission, alice)
    conflict_of_interest.declare_conflict(submission, by=bob)

    refused = write(factories.client_of(bob), submission)

    assert read_by(bob, submission) == (set(), set())
    assert "so this one is for your colleagues" in room.text_of(refused)
    assert NOTE in room.text_of(refused)
    assert SealedText.objects.filter(kind="note").count() == 3


def test_part_of_the_page_says_whose_a_note_is_and_takes_one_more(submission, browser, alice, bob, rf):
    write_each(submission, alice)
    decisions.write_note(submission, "<script>alert(1)</script>", about="case", by=bob)
    opened = reading.unsealed_texts(submission, vault=factories.open_vault(bob))
    request = rf.get("/")
    request.user = bob

    notes = source.notes_of(opened, is_blind=True)
    page = render_to_string("moderation/parts/notes.html", {"source": notes, "submission": submission}, request)

    shown = ("about danger", "about a case", "One more waits until you have answered", "&lt;script&gt;alert(1)")
    form = (f'action="{reverse("room_note", args=[submission.pk])}"', f'name="{TOKEN}"')
    assert [words for words in (*shown, *form) if words not in page] == []
    assert BY_KIND["other"] not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "id_note" not in ids, "the page has forms with a note of their own"
