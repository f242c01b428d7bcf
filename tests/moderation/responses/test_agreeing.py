"""Two people, one text, for what a force said: the second yes, sending back, correcting, taking down."""

from dataclasses import replace

import pytest

from moderation.errors import Refused
from moderation.models import ResponseEntry, ResponseYes
from moderation.responses import agreeing, entering
from stories import going_down
from stories.looking import Look
from stories.models import Edition, Letter, NotAgreed, Response, Story
from tests import factories
from tests.moderation import room
from tests.moderation.responses.test_entering import again
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def carol(queue_key):
    return factories.person("carol", "Coordinators")


def agree(entry, *, by, digest=None, **more):
    digest = digest or entry.versions.last().digest
    return agreeing.agree(entry, digest, vault=factories.open_vault(by), **more)


def test_agreed_answer_stands_with_its_stories_its_letter_and_a_new_edition(carol, alice, bob):
    story = factories.live_story()
    letter = factories.a_letter(stories=[story])
    entry = factories.an_entry(by=carol, letter=letter, stories=[story])
    before = Edition.objects.get().number

    response = agree(entry, by=alice)

    story.refresh_from_db()
    assert Response.objects.get() == response
    assert (response.first_reader, response.second_reader) == (carol, alice)
    assert list(response.stories.all()) == [story]
    assert story.is_answered
    assert Letter.objects.get().answer == response
    assert Edition.objects.get().number > before
    assert logged()[-1].deed == "agree to a response"


def test_nothing_of_it_stays_sealed_once_it_is_agreed(carol, alice):
    entry = factories.an_entry(by=carol)
    again(entry, by=carol)

    agree(entry, by=alice)

    assert [(bytes(version.box), version.queue_epoch) for version in entry.versions.all()] == [(b"", None)] * 2


def test_who_entered_or_changed_any_version_is_never_its_second_person(alice, bob):
    entry = factories.an_entry(by=alice)
    again(entry, by=bob)

    for person in (alice, bob):
        with pytest.raises(Refused, match="You wrote a version"):
            agree(entry, by=person)
    assert not Response.objects.exists()


def test_coordinator_agrees_to_nothing(carol, alice):
    entry, of_alice = factories.an_entry(by=alice), factories.open_vault(alice)
    # As if somebody had lent them an open one.
    vault = replace(of_alice, moderator=carol)

    with pytest.raises(Refused, match="Only moderators"):
        agreeing.agree(entry, entry.versions.get().digest, vault=vault)


def test_key_of_yesterday_agrees_to_nothing(carol):
    eve = factories.moderator("eve", admitted_days_ago=1)
    entry = factories.an_entry(by=carol)

    with pytest.raises(Refused, match="less than 48 hours"):
        agree(entry, by=eve)


def test_nobody_agrees_to_what_somebody_entered_who_may_enter_no_more(carol, alice):
    entry = factories.an_entry(by=carol)
    carol.groups.clear()

    with pytest.raises(Refused, match="can’t stand by it"):
        agree(entry, by=alice)


def test_other_digest_agrees_to_nothing(carol, alice):
    entry = factories.an_entry(by=carol)

    with pytest.raises(Refused, match="text has changed"):
        agree(entry, by=alice, digest="0" * 64)


def test_agreed_twice_is_agreed_once(carol, alice, bob):
    entry = factories.an_entry(by=carol)
    agree(entry, by=alice)

    with pytest.raises(Refused, match="Nothing waits"):
        agree(ResponseEntry.objects.get(), by=bob)


def test_sure_finding_without_a_reason_holds_it_back_from_the_second_person_too(carol, alice, monkeypatch):
    monkeypatch.setattr("stories.going_public.HELD_BACK", frozenset())
    entry = factories.an_entry(by=carol, words="Ring us on 07700 900123.")
    monkeypatch.undo()

    with pytest.raises(Refused, match="phone number.*Send it back"):
        agree(entry, by=alice)


@pytest.mark.parametrize("name", ["words", "context"])
def test_name_without_a_reason_holds_it_back_from_the_second_person_too(carol, alice, monkeypatch, name):
    monkeypatch.setattr("stories.going_public.NAMES", frozenset())
    entry = factories.an_entry(by=carol, **{name: "We thank PC Quillfeather."})
    monkeypatch.undo()

    with pytest.raises(Refused, match="officer.*Send it back"):
        agree(entry, by=alice)
    page = room.text_of(room.see(factories.client_of(alice), "room_response", entry.pk))
    assert "A yes has to wait: This could lead straight to somebody" in page
    assert not Response.objects.exists()


def test_words_that_cannot_be_looked_through_go_no_further(carol, alice):
    def fails(text, **options):
        raise RuntimeError

    entry = factories.an_entry(by=carol)

    with pytest.raises(Refused, match="could not look through"):
        agree(entry, by=alice, look=Look(find=fails))


def test_swapped_box_does_not_fit_its_digest(carol, alice):
    entry, other = factories.an_entry(by=carol), factories.an_entry(by=carol, words="Other words.")
    entry.versions.update(box=other.versions.get().box)

    with pytest.raises(Refused):
        agree(entry, by=alice)
    assert not Response.objects.exists()


def test_model_refuses_other_words_than_the_agreed_ones(alice, bob):
    response = factories.a_response()
    response.words = "Something else."

    with pytest.raises(NotAgreed):
        response.save()


# --- Back -----------------------------------------------------------------------------------


def test_sent_back_it_says_why_and_waits_for_a_new_version(carol, alice, bob):
    entry = factories.an_entry(by=carol)
    digest = entry.versions.get().digest

    agreeing.send_back(entry, "blames", shown=digest, by=alice)

    entry.refresh_from_db()
    assert (entry.state, entry.sent_back_for) == ("sent-back", "blames")
    assert not ResponseYes.objects.exists()
    with pytest.raises(Refused, match="Nothing waits"):
        agree(entry, by=bob)
    again(entry, by=carol)
    assert agree(entry, by=bob)


@pytest.mark.parametrize("reason", ["", "too long", "We just don’t like it."])
def test_only_a_reason_of_the_list_sends_it_back(carol, alice, reason):
    entry = factories.an_entry(by=carol)

    with pytest.raises(Refused, match="Choose why"):
        agreeing.send_back(entry, reason, shown=entry.versions.get().digest, by=alice)


# --- Later ----------------------------------------------------------------------------------


def test_correction_keeps_the_row_and_follows_its_stories(carol, alice, bob):
    mine, other = factories.live_story(), factories.live_story()
    response = factories.a_response(stories=[mine])
    entry = ResponseEntry.objects.get()
    again(entry, by=carol, words="We got this wrong, twice.", stories=[other])
    assert Response.objects.get().words == response.words

    dora = factories.moderator("dora")
    corrected = agree(entry, by=dora)

    assert (corrected.pk, corrected.slug) == (response.pk, response.slug)
    assert Response.objects.get().words == "We got this wrong, twice."
    assert [story.is_answered for story in (_fresh(mine), _fresh(other))] == [False, True]


def test_second_person_of_before_may_be_it_again_and_the_first_never(alice, bob, carol):
    factories.a_response(first="alice", second="bob")
    entry = ResponseEntry.objects.get()
    again(entry, by=carol)

    with pytest.raises(Refused, match="You wrote a version"):
        agree(entry, by=alice)
    assert agree(entry, by=bob)


@pytest.mark.parametrize("role", ["Moderators", "Coordinators"])
def test_one_person_takes_it_down_at_once(alice, bob, role):
    story = factories.live_story()
    letter = factories.a_letter(stories=[story])
    response = factories.a_response(stories=[story], letter=letter)

    agreeing.take_down(response, by=factories.person("dan", role))

    assert not Response.objects.exists()
    assert not ResponseEntry.objects.exists()
    assert not _fresh(story).is_answered
    # It was answered, so nobody may read that it wasn't.
    assert (Letter.objects.get().answer, Letter.objects.get().is_answered) == (None, True)


def test_editor_takes_nothing_down(alice, bob):
    with pytest.raises(Refused):
        agreeing.take_down(factories.a_response(), by=factories.person("edi", "Editors"))


def test_removed_story_is_answered_no_more(alice, bob):
    story = factories.live_story()
    factories.a_response(stories=[story])

    going_down.remove(story)

    assert not _fresh(story).is_answered


def test_drop_after_a_take_down_says_so_kindly(alice, bob, carol):
    entry = factories.an_entry(by=carol)
    entering.drop(entry, by=carol)

    with pytest.raises(Refused, match="dropped, or taken down"):
        agree(entry, by=alice, digest="x")


def _fresh(story):
    return Story.objects.get(pk=story.pk)
