"""The anonymity check: a form for the first reader, answered blind by the second, and compared."""

import html

import pytest
from django.urls import reverse

from moderation import agreements, claims, working_copies
from moderation.models import Agreement, Claim
from moderation.queue import lanes
from moderation.redaction.anonymity_check import ANONYMITY_CHECK
from moderation.views.decorators import TOKEN, words_token
from stories.intake import coming_back, final_text, retention, status_page
from stories.models import Event, SealedText, Story, Submission
from stories.pii.replacements import key_of
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

WHY = "Her own first name, which she wants to keep."
STAYS = {"check-names": "stays", "why-names": WHY}
PHONE, PRINTED = "07700 900123", "It is printed on the force's own page."
SEEN = "It names the bus line of a village."
LEFT = {"check-facts": "left", "why-facts": SEEN}


def in_hand(alice):
    submission = factories.submission_at("received")
    factories.claim(submission, by=alice)
    working_copies.save_version(submission, factories.FIELDS, by=alice)
    return submission


def put_forward(alice, **answers):
    submission = in_hand(alice)
    assert room.put_forward(factories.client_of(alice), submission, **answers).status_code == 302
    submission.refresh_from_db()
    return submission


def page_of(browser, submission):
    return html.unescape(room.text_of(room.second(browser, submission)))


def test_first_reader_answers_every_line_and_seals_why_something_stays(alice):
    submission, browser = in_hand(alice), factories.client_of(alice)
    for answer, says in (
        ({"check-names": ""}, "Answer the anonymity check"),
        ({"check-names": "left"}, "still something to change"),
        ({"check-names": "stays"}, "Write in a few words why it stays"),
        ({"check-names": "stays", "why-names": " .. "}, "Write in a few words why it stays"),
    ):
        assert says in html.unescape(room.text_of(room.put_forward(browser, submission, **answer))), answer
    assert not Agreement.objects.exists()
    assert not SealedText.objects.filter(kind="check").exists()

    assert room.put_forward(browser, submission, **STAYS).status_code == 302

    [sealed] = submission.texts.filter(kind="check")
    assert WHY.encode() not in bytes(sealed.box)
    assert not Event.objects.filter(submission=submission, reason__contains="name").exists()


def test_nothing_of_the_check_is_lost(alice):
    submission = in_hand(alice)
    for door, status in (("refused", 200), ("locked", 403), ("logged out", 401)):
        browser = factories.client_of(alice, unlocked=door != "locked")
        answers = STAYS | {"check-search": "left" if door == "refused" else "clear"} | room.token(browser)
        if door == "logged out":
            browser.logout()

        digest = working_copies.newest_copy(submission).digest
        response = room.press(browser, "room_put_forward", submission.pk, **room.CHECKED | answers, digest=digest)

        page = html.unescape(room.text_of(response))
        assert response.status_code == status, door
        assert WHY in page, door
        assert 'name="check-names" value="stays"' in page, door
    assert not Agreement.objects.exists()


def test_nobody_who_may_read_second_sees_a_note_or_reason_before_their_own_check(alice, bob, charlie):
    note, text = "We differed: alice said “None there”.", f"They rang from {PHONE}."
    submission = factories.submission_at("received", account=text)
    factories.claim(submission, by=alice)
    left = {key_of("PHONE", PHONE): PRINTED}
    working_copies.save_version(submission, factories.FIELDS | {"text": text}, by=alice, left=left)
    room.put_forward(factories.client_of(alice), submission, **STAYS)
    agreements.send_back(submission, note, by=bob)
    factories.claim(submission, by=alice)
    assert room.put_forward(factories.client_of(alice), submission, **STAYS).status_code == 302
    response, browser = room.second(factories.client_of(bob), submission), factories.client_of(charlie)

    pages = [
        response,
        room.see(browser, "room_second", submission.pk),
        room.press(browser, "room_put_forward", submission.pk, **room.token(browser)),
        room.press(browser, "room_put_forward", submission.pk, **factories.FIELDS, version=1, **room.token(browser)),
    ]

    for page in pages:
        assert page.status_code == 200
        assert not [words for words in (note, PRINTED, WHY) if words in html.unescape(room.text_of(page))]
    assert all(field.value() is None for field in response.context["check"].visible_fields())
    assert not response.context.get("lines")


def test_lists_lead_to_the_second_reading_and_claiming_names_its_price_first(alice, bob):
    submission, browser = put_forward(alice), factories.client_of(bob)
    address, claim = (reverse(name, args=[submission.pk]) for name in ("room_second", "room_claim"))
    in_list = html.unescape(room.text_of(room.see(browser, "room_lane", "second")))
    of_writer = room.text_of(room.see(factories.client_of(alice), "room_lane", "second"))
    assert [words in in_list for words in ("Read it second", address, claim)] == [True, True, False]
    assert (address in of_writer, "your text" in of_writer) == (False, True)
    assert room.see(browser, "room_read", submission.pk).url == address

    asked = room.press(browser, "room_claim", submission.pk)

    assert "somebody else has to be its second reader" in html.unescape(room.text_of(asked))
    assert not Claim.objects.exists()
    room.press(browser, "room_claim", submission.pk, sure="yes")
    assert Claim.objects.get().holder == bob
    assert room.see(browser, "room_read", submission.pk).status_code == 200


def test_second_readings_leave_out_what_somebody_took_in_hand_to_edit(alice, bob, charlie):
    submission = put_forward(alice)

    # Charlie could see its first reader's reasons meanwhile.
    for happens, is_for_bob, is_for_charlie in (
        (lambda row: None, True, True),
        (lambda row: claims.take_claim(row, by=charlie), False, False),
        (lambda row: claims.hand_on(row, by=charlie), True, False),
    ):
        happens(submission)
        for reader, is_there in ((bob, is_for_bob), (charlie, is_for_charlie)):
            assert list(lanes.rows_for_second_reader(reader)) == [submission] * is_there, reader


def test_what_stays_for_both_is_weighed_once_more_with_both_reasons(alice, bob):
    submission, browser, mine = put_forward(alice, **STAYS), factories.client_of(bob), "Her name, and she says so."

    room.agree(browser, submission, **(STAYS | {"why-names": mine}))
    page = page_of(browser, submission)

    assert not Story.objects.exists()
    assert [words in page for words in (WHY, mine, "answered the anonymity check differently")] == [True, True, False]
    # Who saw both doesn't answer again.
    assert "your first answers count" in room.text_of(room.agree(browser, submission, **LEFT))
    assert not Event.objects.filter(deed="differ").exists()
    room.confirm(browser, submission)
    assert Story.objects.get(submission=submission).second_reader == bob


@pytest.mark.parametrize("first", [{}, STAYS])
def test_difference_shows_both_and_goes_back_with_the_reason(alice, bob, first):
    submission = put_forward(alice, **first)
    browser = factories.client_of(bob)

    room.agree(browser, submission, **LEFT)
    response = room.second(browser, submission)

    page = html.unescape(room.text_of(response))
    assert "The two readers answered the anonymity check differently" in page
    assert SEEN in page
    assert (WHY in page) == bool(first)
    note = response.context["send_back"]["note"].value()
    assert f"bob: “Still to change” {SEEN}" in note
    room.press(browser, "room_send_back", submission.pk, note=note, **{TOKEN: words_token(bob)})
    assert Submission.objects.get().status == "received"
    assert SEEN in html.unescape(room.text_of(room.see(factories.client_of(alice), "room_read", submission.pk)))


def test_nobody_agrees_after_a_difference_whatever_they_send_and_it_is_counted_once(alice, bob, charlie):
    submission, browser, other = put_forward(alice), factories.client_of(bob), factories.client_of(charlie)
    assert "Answer the anonymity check first" in room.text_of(room.confirm(browser, submission))
    locked = room.agree(factories.client_of(bob, unlocked=False), submission, **LEFT)
    assert locked.status_code == 403
    assert SEEN in html.unescape(room.text_of(locked))
    assert locked.context["check"]["check-facts"].value() == "left"

    room.agree(browser, submission, **LEFT)
    room.agree(browser, submission, **LEFT)
    room.agree(browser, submission)
    room.confirm(browser, submission)
    room.agree(other, submission)

    assert not Story.objects.exists()
    assert "answered the anonymity check differently" in page_of(other, submission)
    assert SealedText.objects.filter(kind="check").count() == 2
    [differed] = Event.objects.filter(submission=submission, deed="differ")
    assert differed.counts == {"readers": {"same": len(ANONYMITY_CHECK) - 1, "different": 1}}


JOINED = "I see it too, and she wants to keep it."


def join(browser, submission, sentence=JOINED):
    digest = working_copies.newest_copy(submission).digest
    return room.press(browser, "room_join", submission.pk, sentence=sentence, digest=digest, **room.token(browser))


def test_second_reader_who_found_less_joins_with_a_sentence_and_then_agrees(alice, bob, charlie):
    submission, browser = put_forward(alice, **STAYS), factories.client_of(bob)
    assert "You saw something" in html.unescape(room.text_of(join(browser, submission))), "never before answering blind"
    room.agree(browser, submission)
    assert "Join their answers" in page_of(browser, submission)

    empty = join(browser, submission, "Yes.")
    assert "Say in a sentence" in room.text_of(empty)
    assert empty.context["join"]["sentence"].value() == "Yes."
    assert "goes back to its first reader" in page_of(factories.client_of(charlie), submission)
    join(browser, submission)
    room.confirm(browser, submission)

    assert Story.objects.get(submission=submission).second_reader == bob
    agreed = Event.objects.get(submission=submission, deed="agree")
    assert agreed.counts is None, "they are counted with what they said on their own"
    for text in SealedText.objects.filter(kind="check"):
        assert JOINED.encode() not in bytes(text.box)


@pytest.mark.parametrize("second", [LEFT, {"check-places": "stays", "why-places": "A county."}, STAYS | LEFT])
def test_what_the_second_saw_and_the_first_did_not_always_goes_back(alice, bob, second):
    submission, browser = put_forward(alice, **STAYS), factories.client_of(bob)
    room.agree(browser, submission, **second)

    assert "Join their answers" not in page_of(browser, submission)
    assert "You saw something that its first reader didn’t" in html.unescape(room.text_of(join(browser, submission)))
    room.confirm(browser, submission)

    assert not Story.objects.exists()


@pytest.mark.parametrize("answers_first", [True, False])
def test_who_reads_it_again_sees_first_what_changed_since_and_answers_anew(alice, bob, answers_first):
    submission, browser = put_forward(alice), factories.client_of(bob)
    assert "since you read it" not in page_of(browser, submission)
    if answers_first:
        room.agree(browser, submission, **LEFT)
    _come_back(submission, alice, bob, is_saved=True, text=f"{factories.FIELDS['text']} Twice.", title="Another title")

    page = page_of(browser, submission)

    changed = page[page.index("What changed since you read it") : page.index("What would be published")]
    for words in ("Twice.", "Another", factories.FIELDS["text"][:20]):
        assert words in changed, words
    # The same answers with nothing to weigh are the second yes.
    room.agree(browser, submission)
    assert Story.objects.get(submission=submission).second_reader == bob
    agreed = Event.objects.get(submission=submission, deed="agree")
    assert agreed.counts == {"readers": {"same": len(ANONYMITY_CHECK), "different": 0}}


@pytest.mark.parametrize("is_saved_again", [True, False])
def test_same_text_needs_another_second_reader_after_a_difference(alice, bob, charlie, is_saved_again):
    submission = put_forward(alice)
    browser = factories.client_of(bob)
    room.agree(browser, submission, **LEFT)
    _come_back(submission, alice, bob, is_saved=is_saved_again)

    assert "another moderator reads it now" in page_of(browser, submission)
    assert "another moderator reads it now" in room.text_of(room.agree(browser, submission))
    assert not Story.objects.exists()
    room.agree(factories.client_of(charlie), submission)

    assert Story.objects.get(submission=submission).second_reader == charlie


def _come_back(submission, alice, bob, *, is_saved, **fields):
    agreements.send_back(submission, "The bus line.", by=bob)
    factories.claim(submission, by=alice)
    if is_saved:
        working_copies.save_version(submission, factories.FIELDS | fields, by=alice)
    assert room.put_forward(factories.client_of(alice), submission).status_code == 302


def test_second_reading_waits_for_whoever_asked_to_see_it(alice, bob):
    submission, browser = factories.submission_at("received", consent_ask_again=True), factories.client_of(bob)
    factories.put_forward(submission, by=alice)
    assert submission.waits_for_yes
    assert not lanes.rows_for_second_reader(bob).exists()
    room.agree(browser, submission)
    assert not SealedText.objects.filter(kind="check", number=2).exists()

    opened = coming_back.open_code(submission.code)
    final_text.say_yes(opened, final_text.final_text_of(opened).digest)
    submission.refresh_from_db()
    assert list(lanes.rows_for_second_reader(bob)) == [submission]
    room.agree(browser, submission)

    assert Story.objects.filter(submission=submission).exists()


def test_silence_until_the_date_is_a_no_and_says_so(alice):
    submission = factories.submission_at("prepared", consent_ask_again=True)

    retention.run_retention(today=submission.erase_on)

    assert not Story.objects.exists()
    assert "You asked to see the text first" in status_page.standing_of(coming_back.open_code(submission.code)).says
    assert Event.objects.get(submission=submission, deed="lapse").reason == "silent"
