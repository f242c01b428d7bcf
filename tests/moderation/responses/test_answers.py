"""Letters to forces, and answers: entered by one, agreed to by another, public by that alone, and gone in time."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from moderation.forces import answers
from moderation.models import ResponseEntry, ResponseVersion
from moderation.team import audit_log, rotation
from moderation.team.permissions import Refused
from stories.core import sealed_store, snapshot, takedown
from stories.crypto import sealing
from stories.intake import coming_back, retention
from stories.models import Edition, Letter, QueueKey, Response
from stories.reading import ask_progress, responses as public
from stories.reading.ask_progress import PublicAsk
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(alice, bob):
    return factories.live_story()


def correct(response, words, *, by):
    draft = Response.objects.get(pk=response.pk).get_latest_revision_as_object()
    draft.words = words
    answers.enter_answer(draft, by=by)
    return Response.objects.get(pk=response.pk)


def silent():
    """The months of the letters that say so, as the public reads them."""
    snapshot.forget_snapshot()
    return {letter.month for letter in public.get_letters() if not letter.is_answered}


def test_agreed_answer_stands_with_its_stories_its_letter_and_a_new_edition(story, carol, alice, monkeypatch):
    letter = factories.a_letter(stories=[story])
    draft = factories.an_entry(by=carol, letter=letter, stories=[story])
    with monkeypatch.context() as gone:
        gone.setattr(answers.policies, "why_not_answered_any_more", lambda slugs, ask: f"gone: {slugs}")
        with pytest.raises(Refused, match=f"gone: .'{story.slug}'"):
            answers.agree_to_answer(draft, by=alice)
    assert not Response.public.exists()
    before = Edition.objects.get().number

    response = answers.agree_to_answer(draft, by=alice)

    story.refresh_from_db()
    assert Response.public.get() == response
    assert (response.first_reader, response.second_reader) == (carol, alice)
    assert (list(response.stories.all()), story.is_answered) == ([story], True)
    assert Letter.objects.get().answer == response
    assert Edition.objects.get().number > before


def test_correction_leaves_what_stands_until_a_second_person_agreed(carol, alice, bob):
    response = correct(factories.a_response(words="First."), "Second.", by=carol)
    assert response.words == "First."

    answers.agree_to_answer(response, by=factories.moderator("dora"))

    response.refresh_from_db()
    assert (response.words, response.first_reader, response.second_reader.username) == ("Second.", carol, "dora")


def test_what_is_not_fit_is_not_put_forward_and_words_stay_for_a_reason_of_their_own(carol, alice):
    words, reason = "Ring 07700 900123 or 07700 900456.", "07700 900123: our own desk"
    for changes, said in (
        ({"kind": "planned", "owner": "", "due_on": date(2099, 1, 1)}, "whose the change is"),
        ({"kind": "made", "evidence_url": ""}, "link to what shows"),
        ({"month": date(2099, 1, 1)}, "hasn’t come yet"),
        ({"story_slugs": "zzzzzzzzzzzz"}, "No story stands"),
        ({"ask": "no-such-ask"}, "ask isn’t on the site"),
        ({"checked": ""}, "how you made sure"),
        ({"words": "Ring 07700 900123."}, "phone number"),
        ({"words": words, "why_it_stays": reason}, "07700 900456"),
        ({"context": "Officer Quillfeather said so."}, "officer"),
        ({"source_url": "https://force.example/news/jo-brennan-sorry"}, "link"),
    ):
        with pytest.raises(Refused, match=said):
            factories.an_entry(by=carol, **changes)

    assert not Response.objects.exists()
    draft = factories.an_entry(by=carol, words=words, why_it_stays=f"{reason}\n“07700 900456”: our own desk")
    assert answers.agree_to_answer(draft, by=alice).live


def test_letters_wait_on_until_an_answer_that_speaks_to_them_is_put_forward(story, carol):
    factories.a_letter(stories=[story], month=date(2025, 6, 1))
    factories.a_letter(stories=[story], month=date(2026, 4, 1))
    factories.a_letter("essex", month=date(2025, 4, 1))
    assert silent() == {date(2025, 6, 1), date(2026, 4, 1), date(2025, 4, 1)}

    draft = factories.an_entry(by=carol, stories=[story])

    assert silent() == {date(2026, 4, 1), date(2025, 4, 1)}
    assert [letter.month for letter in answers.letters_without_answer()] == [date(2025, 4, 1), date(2026, 4, 1)]
    draft.delete()
    assert date(2025, 6, 1) in silent()


def test_force_whose_answer_was_taken_down_is_not_silent(story, alice, bob):
    factories.a_letter(stories=[story])
    response = factories.a_response(words="We are sorry.", stories=[story])
    assert answers.same_words_elsewhere(factories.an_entry("essex", words="we are  sorry"))

    # Taking its story down erases nothing.
    takedown.hide_story(story)
    assert Response.public.get() == response
    response.delete()

    story.refresh_from_db()
    assert (silent(), story.is_answered) == (set(), False)


def test_what_is_about_a_story_alone_goes_when_that_is_gone_for_good(story, carol):
    other = factories.live_story()
    letter = factories.a_letter(stories=[story])
    factories.a_response(stories=[story], letter=letter)
    factories.an_entry(by=carol, stories=[story])
    stays = factories.an_entry(by=carol, stories=[story, other])

    retention.withdraw_submission(coming_back.Opened(story.submission, b""))

    assert list(Response.objects.all()) == [stays]
    assert not Letter.objects.exists()
    assert Revision.objects.for_instance(stays).count() == 1
    assert Revision.objects.filter(content_type=stays.get_content_type()).count() == 1


@pytest.mark.parametrize("days", [89, 91])
def test_what_nobody_agreed_to_goes_after_ninety_days(carol, alice, bob, days):
    letter = factories.a_letter()
    factories.an_entry(by=carol, letter=letter)
    standing = correct(factories.a_response("essex", words="First."), "Second.", by=carol)
    Revision.objects.filter(content_type=standing.get_content_type()).exclude(pk=standing.live_revision_id).update(
        created_at=timezone.now() - timedelta(days=days)
    )

    retention.run_retention()

    standing.refresh_from_db()
    assert Response.objects.filter(live=False).exists() == (days < 90)
    assert (standing.words, standing.has_unpublished_changes) == ("First.", days < 90)
    letter.refresh_from_db()
    assert letter.is_answered == (days > 90)


def test_record_says_who_did_what_to_an_answer_and_holds_no_word_of_it(carol, alice, bob):
    draft = factories.an_entry(by=carol, words="The quillfeathers moult.")
    state = draft.current_workflow_task_state
    state.task.specific.on_action(state, bob, "reject", revision=state.revision_id, reason="blames")
    answers.enter_answer(Response.objects.get().get_latest_revision_as_object(), by=carol)
    answers.agree_to_answer(Response.objects.get(), by=alice)
    delete, dropped = "room_answers:delete", factories.an_entry(by=carol).pk
    for pk in (draft.pk, dropped):
        room.see(factories.client_of(alice), delete, pk)
        room.press(factories.client_of(alice), delete, pk)

    found = [(row[2], row[3]) for row in audit_log.log_entries() if "_response" in row[3]]
    assert sorted(found) == [
        ("alice", "heard.agree_to_a_response"),
        ("alice", "heard.drop_a_response"),
        ("alice", "heard.take_a_response_down"),
        ("bob", "heard.send_a_response_back"),
        *[("carol", "heard.enter_a_response")] * 3,
    ]
    assert "quillfeathers" not in str(list(ModelLogEntry.objects.values_list()))


FIELDS = dict.fromkeys(
    ("force", "kind", "words", "context", "about_year", "month", "source", "source_url", "owner", "due_on"), ""
) | {"evidence_url": "", "stories": "", "ask": ""}


def seal(by, *versions, pk=None, state="waiting", letter=None):
    """An entry as the earlier release kept it, each version sealed to the queue key of its day."""
    entry = ResponseEntry.objects.create(force_id="kent", state=state, letter=letter, **({"pk": pk} if pk else {}))
    queue = QueueKey.objects.get(is_current=True)
    for number, words in enumerate(versions, 1):
        fields = FIELDS | {"force": "kent", "kind": "apology", "words": words, "month": "2026-03-01"}
        payload = {"fields": fields, "salt": "x", "checked": "switchboard", "left": {}}
        box = sealing.seal_payload(payload, to=bytes(queue.public), place=sealed_store.response_place(entry.pk, number))
        ResponseVersion.objects.create(entry=entry, number=number, box=box, queue_epoch=queue, written_by=by)
    return entry


def test_first_unlocking_carries_what_waited_to_its_second_person(carol, alice, bob):
    standing = factories.a_response(words="Stands.")
    entry, back = seal(carol, "First.", "We are sorry."), seal(carol, "Came back.", state="sent-back")
    seal(carol, "Corrected.", pk=standing.pk)
    retention.run_retention()
    assert ResponseEntry.objects.count() == 3

    factories.client_of(alice, unlocked=False).post("/admin/vault/unlock/", {"words": factories.WORDS})

    draft = Response.objects.get(pk=entry.pk)
    assert (draft.words, draft.live, draft.is_entered) == ("We are sorry.", False, True)
    assert [each.content["words"] for each in draft.revisions.order_by("pk")] == ["First.", "We are sorry."]
    assert draft.author_ids() == {carol.pk}
    assert not ResponseEntry.objects.exists()
    assert answers.agree_to_answer(draft, by=bob).words == "We are sorry."
    standing.refresh_from_db()
    assert (standing.words, standing.get_latest_revision_as_object().words) == ("Stands.", "Corrected.")
    assert standing.workflow_in_progress
    assert not Response.objects.get(pk=back.pk).workflow_in_progress


def test_one_that_waits_moves_with_the_teams_key_and_answers_its_letter_from_then_on(carol, alice, bob):
    letter = factories.a_letter()
    Letter.objects.update(is_answered=True)
    entry = seal(carol, "We are sorry.", letter=letter)
    entry.speaks_to.add(letter)
    opened = rotation.begin_rotation(by=factories.open_vault(bob))
    assert rotation.reseal_some(by=opened) == 0
    box = ResponseVersion.objects.get().box
    ResponseVersion.objects.update(box=b"not a box of ours")
    assert answers.move_sealed_answers(opened) == 0
    assert ResponseEntry.objects.get() == entry, "it waits for a vault that opens it"
    ResponseVersion.objects.update(box=box)

    assert answers.move_sealed_answers(opened) == 1

    letter.refresh_from_db()
    assert (letter.is_answered, answers.draft_in_hand(letter).pk) == (False, entry.pk)


ASK = {"sentence": "Train every officer.", "whom": "All forces", "whom_kind": "forces", "state": "asked"}


@pytest.fixture
def ask(monkeypatch):
    found = PublicAsk("train", force="", since=date(2026, 1, 1), due=None, updates=(), what_it_took="", **ASK)
    monkeypatch.setattr(ask_progress, "get_asks", lambda: [found])
    return found


def record(by, **changes):
    asked = {"month": date(2026, 3, 1), "role": "Head of Public Protection", "stories": (), "ask": ""} | changes
    return answers.record_letter(asked.pop("force", "kent"), **asked, by=by)


def test_letter_names_addresses_the_ask_and_what_is_never_given_and_no_title(carol, alice, bob, ask):
    story = factories.live_story()
    letter = record(carol, stories=[story.slug], ask="train")

    words = answers.letter_text(letter)

    assert f"/stories/{story.slug}/" in words
    assert story.title not in words
    never = ("A veto.", "Who wrote.", "A look at a story before it is published.")
    for each in (*never, "Dear Head of Public Protection", "Train every officer.", "/asks/train/"):
        assert each in words
    assert "{" not in words
    assert "\n\n\n" not in words

    # A story that came down is gone from it, and what remains is about the ask alone.
    takedown.hide_story(story)
    words = answers.letter_text(letter)
    assert story.slug not in words
    assert "What we ask of your force, and your answer to it" in words
    assert "What people told us" not in words


def test_letter_that_does_not_fit_or_comes_twice_is_refused_with_what_to_do(carol, alice, bob, ask):
    told = "I rang 101 from the car park because I could not do it at home."
    factories.live_story(fields={"text": told})

    for changes, says in (
        ({}, "Say what it was about"),
        ({"ask": "train", "role": "Chief Inspector Jane Smith"}, "looks like somebody’s name"),
        ({"ask": "train", "role": "The desk on 07700 900123"}, "phone number"),
        ({"ask": "train", "role": told}, "These words stand in a story: “I rang 101 from the car"),
        ({"ask": "train", "month": date(2099, 1, 1)}, "hasn’t come yet"),
        ({"ask": "gone"}, "isn’t on the site"),
        ({"stories": ["0" * 12]}, "No story stands"),
    ):
        with pytest.raises(Refused, match=says):
            record(carol, **changes)

    assert not Letter.objects.exists()
    record(carol, ask="train")
    with pytest.raises(Refused, match="recorded already"):
        record(carol, ask="train", role="head of public protection")
    record(carol, ask="train", month=date(2026, 4, 1))
    assert Letter.objects.count() == 2


def test_taking_one_out_is_asked_about_first_and_not_once_it_is_answered(carol, ask):
    letter, browser = record(carol, ask="train"), factories.client_of(carol, unlocked=False)
    answered = record(carol, ask="train", force="essex")
    factories.an_entry("essex", by=carol, letter=answered)

    assert "nobody can bring the record back" in room.text_of(room.see(browser, "room_letter_take_out", letter.pk))
    assert room.see(browser, "room_letter_take_out", answered.pk).url == reverse("room_letter", args=[answered.pk])
    for row, by, says in ((answered, carol, "answer was entered"), (letter, factories.person("dora"), "Only coord")):
        with pytest.raises(Refused, match=says):
            answers.take_out_letter(row, by=by)
    assert Letter.objects.count() == 2

    room.press(browser, "room_letter_take_out", letter.pk)
    assert Letter.objects.get() == answered
