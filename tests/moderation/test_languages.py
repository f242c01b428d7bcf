"""An account in a language that few of us read: its language sealed, urgent, and made a story by two who read it."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from moderation import reading
from moderation.policies import danger
from moderation.queue import urgent
from moderation.team import rights, wellbeing
from moderation.team.permissions import Person, Refused
from stories.crypto import sealing
from stories.intake import labels, other_languages
from stories.models import SealedText, Submission
from tests import factories
from tests.moderation import room
from tests.stories.intake.visiting import Visitor, WelshVisitor

pytestmark = pytest.mark.django_db

POLISH = "Boję się wracać do domu. On wie, gdzie mieszkam, i powiedział, że przyjdzie dzisiaj wieczorem."
LINE = "999 can bring an interpreter onto the line"
NOT_LOOKED_FOR = "nobody has looked for names"


SAFE = danger.Statement("no", "She wrote that she is with her sister now.")


def again(person):
    """The same person in another request."""
    return User.objects.get(pk=person.pk)


def reads(person, *codes):
    return room.press(factories.client_of(person), "room_care_languages", languages=codes)


def test_who_writes_in_polish_is_told_what_nobody_looked_for_and_whom_to_call(queue_key):
    for ours, words in ((Visitor, "I rang 101 and nobody rang back."), (WelshVisitor, "Fe ffoniais i 101 ddoe.")):
        other = ours()
        other.check(account=words)
        assert 'name="language"' not in other.page, words
    visitor = Visitor()
    visitor.check(account=POLISH)
    for words in (LINE, NOT_LOOKED_FOR):
        assert words in visitor.text(), words
    assert 'name="language"' in visitor.page

    visitor.tell(account=POLISH, language="pl")
    assert LINE in visitor.text()


def test_its_language_is_sealed_and_no_row_differs_by_it(queue_key):
    for language in ("", "pl", "pa"):
        Visitor().tell(account=POLISH, language=language)
    rows = Submission.objects.values_list("language", "is_urgent", "status").distinct()
    assert list(rows) == [("en-gb", False, "received")]
    sizes = {len(box) for box in Submission.objects.values_list("labels", flat=True)}
    sizes |= {len(box) for box in SealedText.objects.filter(kind="answers").values_list("box", flat=True)}
    assert len(sizes) == 2


def test_it_is_urgent_by_its_sealed_label_which_the_release_before_opens(alice):
    submission, vault = factories.submission_at(account=POLISH, language="pl"), factories.open_vault(alice)
    assert submission.pk in urgent.beside_ticks(alice, vault).all
    assert submission.pk not in urgent.beside_ticks(alice, None).all
    page = room.text_of(room.see(factories.client_of(alice), "room_queue"))
    assert "other language, danger unknown" in page
    assert "Polish" in page
    private, place = reading._story_key(submission, vault), labels._place(submission)
    payload = sealing.open_sealed(bytes(submission.labels), private=private, place=place)
    assert len(payload["danger"]) == 4
    assert labels.opened_labels(submission, private=private).danger.is_unread


def test_two_who_read_it_make_its_story_and_say_no_to_danger(alice, bob):
    submission, browser = factories.submission_at(account=POLISH, language="pl"), factories.client_of(alice)
    factories.claim(submission, by=alice)
    refused = room.press(browser, "room_first_look", submission.pk, **room.token(browser) | factories.NO_RISK)
    assert "Only somebody who reads it says no" in room.text_of(refused)
    assert not factories.was_looked_at(submission)
    mark = transaction.savepoint()
    unsure = factories.NO_RISK | dict.fromkeys(danger.URGENT_RISKS, "not-sure")
    room.press(browser, "room_first_look", submission.pk, **room.token(browser) | unsure)
    assert factories.was_looked_at(submission)
    transaction.savepoint_rollback(mark)
    with pytest.raises(Refused, match="They wrote in Polish"):
        factories.put_forward(submission, by=alice, no_danger=SAFE)
    reads(alice, "pl", "ro")
    factories.put_forward(submission, by=again(alice), no_danger=SAFE)
    with pytest.raises(Refused, match="They wrote in Polish"):
        factories.agree(submission, by=bob, no_danger=SAFE)
    reads(bob, "pl")
    factories.agree(submission, by=again(bob), no_danger=SAFE)
    assert Submission.objects.get().status == "agreed"


def test_words_that_are_english_now_ask_for_no_reader_of_what_was_ticked(alice):
    factories.put_forward(factories.submission_at(language="pl"), by=alice)
    assert Submission.objects.get().status == "prepared"


def test_languages_that_two_read_are_public_until_one_of_them_leaves(alice, bob, carol):
    reads(alice, "pl", "ro")
    reads(bob, "pl", "klingon")
    assert other_languages.languages_read() == frozenset()
    reads(bob, "pl")
    assert other_languages.languages_read() == {"pl"}
    rights.change_colleague(rights.LEAVE, bob, by=None)
    assert other_languages.languages_read() == frozenset()
    assert wellbeing.preference_of(alice).languages == ["pl", "ro"]


def test_a_language_that_nobody_named_takes_two_who_read_another_one(alice):
    facts, person = danger.DangerFacts(unread_in=""), Person(1)
    assert danger.why_not_reads(person, facts)
    assert danger.why_not_reads(replace(person, languages=frozenset({"other"})), facts) is None
    assert danger.why_not_reads(person, danger.DangerFacts()) is None
