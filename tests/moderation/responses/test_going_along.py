"""What was said of a story alone goes when it goes for good: answers, what waits, letters, words of objections."""

from datetime import date

import pytest
from django.db.models import TextField
from django.dispatch import Signal
from wagtail.models import ModelLogEntry

from moderation import objections
from moderation.errors import Refused
from moderation.models import ResponseEntry, ResponseVersion
from moderation.responses import agreeing, entering, entries, going_along
from stories import going_down
from stories.models import Edition, Letter, Objection, Response
from stories.public import edition
from stories.telling import coming_back, retention
from tests import factories
from tests.moderation import room
from tests.moderation.responses.test_entering import again

pytestmark = pytest.mark.django_db
WORDS = "We read what this person told about the night, and are sorry."


@pytest.fixture
def carol(queue_key):
    return factories.person("carol", "Coordinators")


@pytest.fixture
def story(alice, bob):
    return factories.live_story()


def withdraw(story):
    retention.withdraw(coming_back.Opened(story.submission, b""))


def everything_in(model):
    """All that its columns hold, as one text."""
    return str(list(model.objects.values_list()))


def test_answer_to_a_withdrawn_story_alone_goes_with_its_letter_and_all_that_was_entered(story, carol):
    letter = factories.a_letter(stories=[story])
    factories.a_response(words=WORDS, stories=[story], letter=letter)
    again(ResponseEntry.objects.get(), by=carol, words=WORDS * 2, stories=[story])

    withdraw(story)

    for model in (Response, ResponseEntry, ResponseVersion, Letter, Response.stories.through, Letter.stories.through):
        assert not model.objects.exists()


def test_what_waits_as_the_answer_to_its_letter_goes_sealed_as_it_is(story, carol):
    factories.an_entry(by=carol, words=WORDS, stories=[story], letter=factories.a_letter(stories=[story]))

    withdraw(story)

    assert not ResponseEntry.objects.exists()
    assert not ResponseVersion.objects.exists()


def test_what_waits_without_a_letter_is_agreed_to_by_nobody_and_its_page_says_drop_it(story, carol, alice):
    entry = factories.an_entry(by=carol, words=WORDS, stories=[story])
    withdraw(story)

    with pytest.raises(Refused, match="gone for good.*drop it"):
        agreeing.agree(entry, entry.versions.get().digest, vault=factories.open_vault(alice))

    assert not Response.objects.exists()
    page = room.text_of(room.see(factories.client_of(alice), "room_response", entry.pk))
    assert "its words go too: drop it." in page


def test_what_waits_and_answers_more_than_its_letter_stays(story, carol):
    other = factories.live_story()
    factories.an_entry(by=carol, stories=[story, other], letter=factories.a_letter(stories=[story]))

    withdraw(story)

    assert ResponseEntry.objects.get().letter is None


@pytest.mark.parametrize("way_down", [going_down.hide, going_down.withhold])
def test_take_down_that_may_be_put_back_erases_nothing(story, carol, way_down):
    letter = factories.a_letter(stories=[story])
    response = factories.a_response(words=WORDS, stories=[story], letter=letter)
    factories.an_entry(by=carol, stories=[story])
    objection = _object_to(story, carol)

    way_down(story)
    retention.run_retention()

    assert list(Response.objects.all()) == [response]
    assert (ResponseEntry.objects.count(), Letter.objects.count()) == (2, 1)
    objection.refresh_from_db()
    assert bytes(objection.box)


def test_what_is_about_another_story_or_an_ask_stays_until_the_last_has_gone(story, carol):
    other = factories.live_story()
    response = factories.a_response(words="Sorry to both.", stories=[story, other])
    letter = factories.a_letter(stories=[story, other])
    general = factories.a_response(words="Sorry to all.")
    waiting = factories.an_entry(by=carol, stories=[story, other], letter=letter)

    withdraw(story)

    assert set(Response.objects.all()) == {response, general}
    assert list(Letter.objects.all()) == [letter]
    assert ResponseEntry.objects.filter(pk=waiting.pk).exists()
    withdraw(other)
    assert list(Response.objects.all()) == [general]
    assert not Letter.objects.exists()
    assert list(ResponseEntry.objects.values_list("pk", flat=True)) == [general.pk]


def test_answer_to_an_ask_too_stays(story, carol, monkeypatch):
    monkeypatch.setattr("moderation.policies.responses.why_not_ask", lambda force, slug: None)
    response = factories.a_response(words="We train them all.", stories=[story], ask="train")
    waiting = factories.an_entry(by=carol, stories=[story], ask="train")
    letter = factories.a_letter(stories=[story], ask="train", month=date(2026, 4, 1))

    withdraw(story)

    assert list(Response.objects.all()) == [response]
    assert ResponseEntry.objects.filter(pk=waiting.pk).exists()
    assert list(Letter.objects.all()) == [letter]


def test_correction_that_answers_the_letter_alone_goes_and_leaves_what_stands(story, carol):
    letter, other = factories.a_letter(stories=[story]), factories.live_story()
    response = factories.a_response(words="We train everybody.", stories=[other], letter=letter)
    again(ResponseEntry.objects.get(), by=carol, words=WORDS, stories=[story])

    withdraw(story)

    assert Response.objects.get() == response
    assert (ResponseEntry.objects.get().state, ResponseVersion.objects.count()) == ("agreed", 1)


def test_correction_that_answers_another_story_too_waits_on_as_an_answer_of_its_own(story, carol, bob):
    other, letter = factories.live_story(), factories.a_letter(stories=[story, factories.live_story()])
    factories.a_response(words=WORDS, stories=[story], letter=letter)
    again(ResponseEntry.objects.get(), by=carol, words="We read what both told.", stories=[story, other])

    withdraw(story)

    entry = ResponseEntry.objects.get()
    assert (entry.state, Response.objects.count()) == ("waiting", 0)
    response = agreeing.agree(entry, entries.current(entry).digest, vault=factories.open_vault(bob))
    assert other in response.stories.all()


def test_correction_dropped_after_its_answer_went_leaves_the_letter_answered(story, carol):
    other, letter = factories.live_story(), factories.a_letter(stories=[story, factories.live_story()])
    factories.a_response(stories=[story], letter=letter)
    of_other = factories.a_letter(stories=[other], role="Head of Training")
    again(ResponseEntry.objects.get(), by=carol, stories=[story, other])
    withdraw(story)

    entering.drop(ResponseEntry.objects.get(), by=carol)

    answered = dict(Letter.objects.values_list("pk", "is_answered"))
    assert answered == {letter.pk: True, of_other.pk: False}


def test_correction_that_answers_no_more_than_its_answer_goes_with_it(story, carol):
    factories.a_response(words=WORDS, stories=[story])
    again(ResponseEntry.objects.get(), by=carol, words=WORDS * 2, stories=[story])

    withdraw(story)

    assert not ResponseEntry.objects.exists()


def test_nothing_says_when_what_nobody_saw_was_taken_back(story, carol):
    factories.a_response(words=WORDS, stories=[story])
    factories.a_letter(stories=[story])
    going_down.hide(story)
    before, noted = Edition.objects.get().number, ModelLogEntry.objects.count()

    withdraw(story)

    assert not Response.objects.exists()
    assert Edition.objects.get().number == before
    assert ModelLogEntry.objects.count() == noted


def test_no_table_of_answers_holds_the_words_and_no_page_shows_them(story, carol):
    factories.a_response(words=WORDS, stories=[story])
    assert WORDS in str(edition.made("responses"))

    withdraw(story)

    for model in (Response, ResponseEntry, ResponseVersion, Edition, ModelLogEntry):
        assert WORDS not in everything_in(model)
    # So that the look above is one at words.
    assert any(isinstance(field, TextField) for field in Response._meta.fields)


def test_night_finds_what_slipped_through(story, carol, monkeypatch):
    factories.a_response(words=WORDS, stories=[story])
    # As if somebody agreed at the very moment at which the story went.
    monkeypatch.setattr(going_down, "removed", Signal())
    withdraw(story)
    assert Response.objects.exists()

    retention.run_retention()

    assert not Response.objects.exists()


def test_fault_there_keeps_no_story_up_and_the_night_makes_up_for_it(story, carol, monkeypatch):
    factories.a_response(words=WORDS, stories=[story])

    def fail(response):
        Response.objects.create(pk=response.pk, force=response.force)

    with monkeypatch.context() as broken:
        broken.setattr(going_along, "_erase_response", fail)
        withdraw(story)

    story.refresh_from_db()
    assert (story.status, story.text) == ("removed", "")
    assert Response.objects.exists()
    retention.run_retention()
    assert not Response.objects.exists()


def test_words_of_an_objection_go_and_that_it_was_stays(story, carol, alice, bob):
    open_one, settled = _object_to(story, carol), _object_to(story, carol)
    objections.look_first(settled, "stays", "nobody", by=alice)
    objections.agree(settled, shown="stays.nobody", by=bob)
    due_on = open_one.due_on

    withdraw(story)

    for row in Objection.objects.all():
        assert (bytes(row.box), row.force, row.erase_on, row.queue_epoch) == (b"", None, None, None)
    open_one.refresh_from_db()
    assert (open_one.ground, open_one.due_on) == ("law", due_on)
    objections.look_first(open_one, "stays", "gone", by=alice)
    assert objections.agree(open_one, shown="stays.gone", by=bob).outcome == "stays"


def _object_to(story, by):
    force = story.force
    return objections.write_down(objections.Objected(story, force, "law", "It breaks an order."), by=by)


def test_letter_that_stays_is_not_silent_again_because_its_answer_went(story, carol):
    other = factories.live_story()
    letter = factories.a_letter(stories=[story, other])
    factories.a_response(stories=[story], letter=letter)
    again(ResponseEntry.objects.get(), by=carol, stories=[story])
    waits = factories.an_entry(by=carol, stories=[other])

    withdraw(story)
    entering.drop(waits, by=carol)

    letter.refresh_from_db()
    assert letter.is_answered
