import html

import pytest

from moderation import reading, working_copies
from moderation.models import Agreement
from stories.core import publication_gate
from stories.models import SealedText, Story, Submission
from stories.pii import replacements
from stories.pii.replacements import key_of
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(alice):
    found = factories.submission_at("received", account="PC Ravi Holt wrote it down.\n\nNobody rang.")
    factories.put_forward(found, by=alice, fields={"text": "An officer wrote it down.\n\nNobody rang."})
    return found


@pytest.fixture
def browser(bob):
    return factories.client_of(bob)


def test_source_text_and_changes_stand_on_one_page_of_what_is_put_forward(submission, browser, alice):
    early = factories.submission_at("received")
    assert room.second(browser, early).url == f"/admin/queue/{early.pk}/"
    of_writer = room.text_of(room.second(factories.client_of(alice), submission))
    assert "another moderator has to be its second reader" in of_writer

    response = room.second(browser, submission)

    assert response.context["check"]["digest"].value() == working_copies.newest_copy(submission).digest
    for words in (
        "a computer misses things. Please read it once more",
        *("Ravi Holt", "An officer wrote it down.", "Kent Police"),
        '<del><span class="w-sr-only">removed: </span>PC Ravi Holt </del>',
        '<ins><span class="w-sr-only">added: </span>An officer </ins>',
    ):
        assert words in room.text_of(response), words


def test_sent_back_with_a_sealed_note_that_the_first_reader_reads(submission, browser, alice, bob):
    note = "The second line still names somebody."
    blank = room.press(browser, "room_send_back", submission.pk, note="  ", **room.token(browser))
    assert "Say in a sentence what should change" in room.text_of(blank)

    # A lock keeps nobody from it.
    locked = factories.client_of(bob, unlocked=False)
    room.press(locked, "room_send_back", submission.pk, note=note, **room.token(locked))

    assert Submission.objects.get().status == "received"
    assert not Agreement.objects.exists()
    assert note.encode() not in bytes(SealedText.objects.filter(kind="note").last().box)
    assert note in room.text_of(room.see(factories.client_of(alice), "room_read", submission.pk))


PHONE = "07700 900123"
WHY = "It is printed on the force's own page."


def with_remains(alice, **left):
    found = factories.submission_at("received", account=f"PC Ravi Holt rang from {PHONE}.", differently="")
    factories.claim(found, by=alice)
    factories.look_first(found, by=alice)
    fields = factories.FIELDS | {"title": f"I rang {PHONE}", "text": f"PC Ravi Holt rang from {PHONE}."}
    copy = working_copies.save_version(found, fields, by=alice, left={key_of("PHONE", PHONE): WHY} | left)
    factories.say_first_yes(copy, by=alice)
    return found


def test_reason_of_what_remains_is_seen_before_the_yes_and_not_before_the_answers(browser, alice, monkeypatch):
    submission = with_remains(alice, **{key_of("OFFICER_NAME", "Ravi Holt"): "<script>alert(1)</script>\u202e"})
    assert WHY not in html.unescape(room.text_of(room.second(browser, submission)))

    page = room.text_of(room.answered(browser, submission))
    assert not Story.objects.exists()

    rest = page[page.index("What is still in it") :]
    reasons = ("Left because:", "printed on the force&#x27;s own page.", "&lt;script&gt;alert(1)&lt;/script&gt;")
    for words in ("Sure: phone number", "2 times", "Sure: officer&#x27;s name", *reasons):
        assert words in rest, words
    assert "<script>alert" not in page
    assert "\u202e" not in page
    # A version that was sealed before there were reasons opens, too.
    opened = reading.Unsealed.version
    monkeypatch.setattr(reading.Unsealed, "version", lambda *args: {"fields": opened(*args)["fields"], "salt": ""})
    assert "No reason is written." in room.text_of(room.see(browser, "room_second", submission.pk))


def test_nobody_agrees_to_a_phone_number_without_a_reason(browser, alice, monkeypatch):
    submission = factories.submission_at("received", account=f"I rang {PHONE}.", differently="")
    with monkeypatch.context() as before_there_was_a_rule:
        before_there_was_a_rule.setattr(publication_gate, "why_not", lambda *args, **options: None)
        factories.put_forward(submission, by=alice, fields={"text": f"I rang {PHONE}."})
    page = room.text_of(room.second(browser, submission))

    refused = room.text_of(room.agree(browser, submission))

    assert "phone number" in refused
    assert "Send it back" in refused
    assert not Story.objects.filter(submission=submission).exists()
    assert "A yes has to wait" in page
    assert "Answer, and agree" not in page
    room.assert_nowhere(PHONE)


def fail(text, **options):
    raise KeyError(text)


def test_fault_in_the_finder_opens_the_page_and_agrees_to_nothing(browser, alice, monkeypatch, caplog):
    submission = with_remains(alice)
    monkeypatch.setattr(replacements, "find_identifying", fail)

    page = room.text_of(room.second(browser, submission))
    room.agree(browser, submission)
    refused = room.confirm(browser, submission)

    assert PHONE in page
    assert "We could not look through" in page
    assert "We did not spot anything" not in page
    assert refused.status_code == 200
    assert "We could not look through" in room.text_of(refused)
    assert not Story.objects.filter(submission=submission).exists()
    assert "KeyError" in caplog.text
    assert PHONE not in caplog.text


def test_account_is_loaded_once_to_unfold_it_and_once_for_each_half_of_a_second_yes(submission, browser):
    loads = 'FROM "moderation_agreement" INNER JOIN'

    unfolding = room.queries_of(room.unfold, browser, submission)
    agreeing = room.queries_of(lambda: room.agree(browser, submission, unfolds=False))

    assert sum(loads in each for each in unfolding) == 1
    # The check is kept whatever becomes of the yes.
    assert sum(loads in each for each in agreeing) == 2
    assert Submission.objects.get().status == "agreed"
