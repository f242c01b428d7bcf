from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from moderation import claims, facts, reading, working_copies
from moderation.forms.room import CheckForm
from moderation.models import Agreement, Claim, WorkingCopy
from moderation.views.decorators import TOKEN, words_token
from stories.core import publication_gate, sealed_store
from stories.models import Event, SealedText, Submission
from tests import at_work, factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

WINDOW, OTHER = "a-window-of-alice", "another-window-ab"
FIRST, SECOND = "They never rang back.", "They never rang back, and I stopped asking."


def keep(browser, user, submission, *, version=0, window=WINDOW, sent=1, **fields):
    """Send the form as its page does while somebody types; returns the answer."""
    data = {TOKEN: words_token(user), "version": version, "window": f"{window[:16]}.{sent}"}
    return by_script(browser, submission, at_work.READY | fields | data)


def by_script(browser, submission, data):
    address, headers = reverse("room_save", args=[submission.pk]), {"accept": "application/json"}
    return browser.post(address, data, headers=headers, secure=True)


def numbers():
    return list(WorkingCopy.objects.values_list("number", flat=True))


def text_of(copy, user):
    return reading.working_copy(copy.sealed, vault=factories.open_vault(user))["fields"]["text"]


def test_pause_seals_a_version_says_when_and_is_work_with_the_vault_locked_too(submission, browser, alice, clock):
    events = Event.objects.count()
    clock.shift(60 * 60)
    answer = keep(factories.client_of(alice, unlocked=False), alice, submission, text=FIRST)

    copy = working_copies.newest_copy(submission)
    assert answer.status_code == 200
    said = answer.json()
    assert said["version"] == copy.number == 1
    assert Event.objects.count() == events
    assert FIRST not in room.text_of(answer)
    assert answer["Cache-Control"] == "no-store"
    assert said["at"] == timezone.localtime().strftime("%H:%M")
    assert FIRST.encode() not in bytes(copy.sealed.box)
    assert text_of(copy, alice) == FIRST
    assert Claim.objects.get(submission=submission).expires_at == timezone.now() + Claim.LASTS


def test_keeping_the_longest_text_asks_no_more_than_the_shortest_and_has_no_look(
    submission, browser, alice, monkeypatch
):
    monkeypatch.setattr(publication_gate, "looked_at", None)
    monkeypatch.setattr(working_copies, "Look", None)
    keep(browser, alice, submission, text="Short.", **{"left-" + "a" * 32: "The force prints it."})
    asked = []
    for sent, text in enumerate(("Longer.", "Longest. " * 2_200), 2):
        send = partial(keep, browser, alice, submission, version=sent - 1, sent=sent, text=text)
        asked.append(len(room.queries_of(send)))

    assert asked[0] == asked[1] < 60
    assert numbers()[-1] == 3


def test_of_the_pauses_of_one_sitting_one_version_in_five_stays(submission, browser, alice, monkeypatch):
    monkeypatch.setattr(working_copies, "ONE_STAYS_OF", 5)

    for pause in range(12):
        answer = keep(browser, alice, submission, version=pause, sent=pause + 1, text=f"{FIRST} {pause}")
        assert answer.json()["version"] == pause + 1

    assert numbers() == [4, 9, 12]
    assert SealedText.objects.filter(kind="working-copy").count() == 3


def test_version_stays_that_was_saved_or_from_which_something_long_was_taken_out(submission, browser, alice):
    room.save(browser, alice, submission, text=FIRST)
    keep(browser, alice, submission, version=1, text="A long paragraph. " * 200)
    keep(browser, alice, submission, version=2, sent=2, text="")
    assert numbers() == [1, 2, 3]

    # A press takes the place of what its own window just kept.
    room.save(browser, alice, submission, version=3, text=FIRST, more={"window": f"{WINDOW[:16]}.3"})

    assert numbers() == [1, 2, 4]


@pytest.mark.parametrize("page", ["room_read", "room_as_public"])
def test_version_that_a_colleague_was_shown_stays_however_long_they_are_there(
    submission, browser, alice, bob, clock, page
):
    colleague = factories.client_of(bob)
    room.see(colleague, "room_read", submission.pk)
    clock.shift(10 * 60)
    keep(browser, alice, submission, sent=1)
    keep(browser, alice, submission, version=1, sent=2, text=SECOND)
    room.see(colleague, page, submission.pk)
    keep(browser, alice, submission, version=2, sent=3, text=FIRST)

    assert numbers() == [2, 3]


def test_screens_count_what_was_put_forward_and_stays_and_not_what_typing_kept(submission, browser, alice, bob):
    for sent in range(1, 25):
        keep(browser, alice, submission, version=sent - 1, sent=sent, text=FIRST)
    factories.put_forward(submission, by=alice)
    agreed = working_copies.newest_copy(submission)
    sent_back = {TOKEN: words_token(bob), "note": "Shorter."}
    room.press(factories.client_of(bob), "room_send_back", submission.pk, **sent_back)
    claims.take_claim(submission, by=alice)
    keep(browser, alice, submission, version=agreed.number, text=SECOND)
    last = working_copies.newest_copy(submission)
    assert agreed.number in numbers()

    opened = reading.unsealed_texts(submission, vault=factories.open_vault(alice))

    assert [copy.shown for copy in opened.facts.versions] == ["2, draft 1", "1", "1, draft 2", "1, draft 1"]
    assert opened.facts.newest.number == last.number == 26
    assert [note["version"] for note in opened.notes] == ["1"]
    assert "about version 1" in room.text_of(room.see(browser, "room_read", submission.pk))


def test_versions_take_no_room_from_their_contributors_own_words(submission, alice):
    for number in range(14):
        working_copies.save_version(submission, factories.FIELDS | {"text": f"{number} " + "Long. " * 3_300}, by=alice)

    assert sealed_store.has_room(submission, more="I remembered something else.")


def test_window_sends_again_without_a_conflict_and_an_older_sending_is_one(submission, browser, alice):
    keep(browser, alice, submission, sent=2, text=FIRST)
    other = keep(browser, alice, submission, text=SECOND, window=OTHER)
    older = keep(browser, alice, submission, sent=1, text=SECOND)

    assert (other.status_code, older.status_code) == (409, 409)
    assert "in another window" in other.json()["problem"]
    assert text_of(working_copies.newest_copy(submission), alice) == FIRST

    # Its first answer was lost.
    assert keep(browser, alice, submission, sent=3, text=SECOND).status_code == 200
    assert text_of(working_copies.newest_copy(submission), alice) == SECOND


def test_somebody_elses_claim_is_said_and_their_version_is_never_overwritten(submission, browser, alice, bob):
    claims.hand_on(submission, by=alice)
    claims.take_claim(submission, by=bob)
    working_copies.save_version(submission, factories.FIELDS | {"text": FIRST}, by=bob)

    taken, too_long = (keep(browser, alice, submission, **said) for said in ({"text": SECOND}, {"title": "t" * 121}))
    factories.claim(submission, by=alice)
    newer = keep(browser, alice, submission, text=SECOND)

    assert (taken.status_code, too_long.status_code, newer.status_code) == (409, 422, 409)
    assert taken.json() == {"problem": "bob has this in hand at the moment."}
    assert too_long.json()["problem"].startswith("Title: ")
    assert newer.json()["newer"] == 1
    assert "bob saved a newer version" in newer.json()["problem"]
    assert numbers() == [1]


@pytest.mark.parametrize("let_go", ["room_hand_on", "room_put_aside", "room_put_forward"])
def test_straggler_takes_nothing_in_hand_that_was_let_go(submission, browser, alice, let_go):
    room.save(browser, alice, submission)
    factories.look_first(submission, by=alice)
    if let_go == "room_put_forward":
        room.put_forward(browser, submission)
    else:
        room.press(browser, let_go, submission.pk, **room.token(browser))

    answer = keep(browser, alice, submission, version=1, text=SECOND)

    assert answer.status_code == 409
    assert not Claim.objects.exists()
    assert numbers() == [1]


def test_text_that_somebody_said_yes_to_stays_while_somebody_types(submission, browser, alice):
    factories.put_forward(submission, by=alice)
    claims.take_claim(submission, by=alice)

    answer = keep(browser, alice, submission, version=1, text=SECOND)

    assert answer.status_code == 409
    assert "agreed to this text" in answer.json()["problem"]
    assert (Submission.objects.get().status, Agreement.objects.count()) == (Submission.Status.PREPARED, 1)

    room.save(browser, alice, submission, version=1, text=SECOND)

    assert (Submission.objects.get().status, Agreement.objects.count()) == (Submission.Status.RECEIVED, 0)
    newest = working_copies.newest_copy(submission)
    Submission.objects.filter(pk=submission.pk).update(yes_to_digest=newest.digest)
    answer = keep(browser, alice, submission, version=newest.number, text=FIRST)
    assert "The contributor said yes" in answer.json()["problem"]
    assert Submission.objects.get(pk=submission.pk).yes_to_digest == newest.digest


def test_log_out_and_a_page_that_is_too_old_are_said_and_the_page_saves_after_it(submission, browser, alice):
    data = at_work.READY | {"text": FIRST, "version": 0, "window": f"{WINDOW[:16]}.1"}
    mine, again = data | {TOKEN: words_token(alice)}, factories.client_of(alice, unlocked=False)
    browser.logout()

    out, old = by_script(browser, submission, mine), by_script(again, submission, data | {TOKEN: "stale"})

    assert (out.status_code, old.status_code) == (401, 403)
    assert out.json()["is_out"]
    assert old.json()["person"] == alice.pk
    assert numbers() == []
    for sent, token in enumerate((mine[TOKEN], old.json()["token"]), 1):
        more = {TOKEN: token, "window": f"{WINDOW[:16]}.{sent}"}
        assert by_script(again, submission, data | more).status_code == 200
    assert text_of(working_copies.newest_copy(submission), alice) == FIRST


def test_look_again_saves_and_leads_to_the_list(submission, browser, alice):
    response = room.save(browser, alice, submission, text=FIRST, more={"look": "again"})

    assert response["Location"].endswith("#findings")
    first, second = (room.see(browser, "room_read", submission.pk).context["form"]["window"].value() for _ in "12")
    assert first.endswith(".0")
    assert first != second, "each page is a window of its own"
    assert text_of(working_copies.newest_copy(submission), alice) == FIRST


@pytest.mark.parametrize("unlocked", [True, False])
def test_answers_and_words_outlast_what_another_window_kept_meanwhile(submission, alice, unlocked):
    factories.look_first(submission, by=alice)
    browser = factories.client_of(alice, unlocked=unlocked)
    room.save(browser, alice, submission, text=FIRST)
    keep(browser, alice, submission, version=1, text=SECOND)
    given = room.CHECKED | room.NO_DANGER | {TOKEN: words_token(alice), "version": 1}

    page = room.press(browser, "room_put_forward", submission.pk, **at_work.READY | given | {"text": "Mine"})

    assert page.context["check"].answered() == CheckForm(given).answered()
    assert page.context["form"]["text"].value() == "Mine"
    assert (SECOND in room.text_of(page)) is unlocked
    assert not Agreement.objects.exists()


def test_yes_is_to_no_words_that_were_not_marked_when_somebody_saw_them(submission, browser, alice):
    """A name typed since the page opened comes back among the marks; one more press puts the text forward."""
    factories.look_first(submission, by=alice)
    room.save(browser, alice, submission, text=FIRST)

    page = room.put_forward(browser, submission, text=f"{FIRST} PC Ravi Holt rang.")

    assert "could identify somebody: “Ravi Holt”. Look, then put it forward again." in room.text_of(page)
    assert not Agreement.objects.exists()
    form = at_work.form_on(room.text_of(page), f"/admin/queue/{submission.pk}/put-forward/").as_posted()
    assert room.press(browser, "room_put_forward", submission.pk, **form).status_code == 302
    assert "Ravi Holt" in text_of(working_copies.newest_copy(submission), alice)


def test_sentence_typed_for_the_check_is_sealed_and_comes_back_to_its_writer_alone(submission, browser, alice, bob):
    factories.look_first(submission, by=alice)
    sentence = "It is her own first name."
    typed = {"why-names": sentence, "check-names": "stays", "danger-text": "We rang her on Sunday."}
    keep(browser, alice, submission, **typed)

    page = room.see(browser, "room_read", submission.pk)
    assert page.context["check"]["why-names"].value() == sentence
    assert page.context["check"]["check-names"].value() is None, "nothing is ticked for anybody"
    assert page.context["danger"]["text"].value() == "We rang her on Sunday."
    assert sentence.encode() not in bytes(working_copies.newest_copy(submission).sealed.box)
    factories.claim(submission, by=bob)
    assert sentence not in room.text_of(room.see(factories.client_of(bob), "room_read", submission.pk))


def test_page_is_read_whole_while_its_next_version_is_kept(alice, submission):
    """What a page keeps by itself can arrive between two of the questions that make the next page."""
    first = working_copies.save_version(submission, factories.FIELDS | {"text": FIRST}, by=alice)
    kept = []

    def keep_between(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if not kept and ('FROM "moderation_workingcopy"' in sql or 'FROM "stories_sealedtext"' in sql):
            kept.append(None)
            working_copies.save_version(submission, factories.FIELDS | {"text": SECOND}, by=alice)
        return answer

    with connection.execute_wrapper(keep_between):
        loaded = facts.load_text_facts(submission, alice)

    assert kept
    assert len(numbers()) == 2
    assert [copy.pk for copy in loaded.versions] == [first.pk]
    assert text_of(loaded.newest, alice) == FIRST
