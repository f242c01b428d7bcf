"""Whom to ring: where it stands, that a call is sealed, and what a moderator is led to do first."""

import pytest
from django.urls import reverse

from moderation.models import ReadyWords
from moderation.policies.danger import CASE, GUILT, LIFE, ONLINE, SELF_HARM, UNDER_18
from moderation.views.decorators import TOKEN, words_token
from stories.models import Event, SealedText
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
SECRET = "She is with her sister tonight"


@pytest.fixture
def lead(db):
    return ReadyWords.objects.create(purpose="safety", title="Ruth, safeguarding lead", text="01632 960217, at night")


def _look(browser, alice, submission, **answers):
    data = factories.NO_RISK | answers | {TOKEN: words_token(alice), "note": ""}
    return browser.post(reverse("room_first_look", args=[submission.pk]), data, follow=True)


def _rang(browser, alice, submission, **changes):
    data = {"when": "21:40", "who": "Ruth", "agreed": SECRET, TOKEN: words_token(alice)} | changes
    return browser.post(reverse("room_rang", args=[submission.pk]), data, follow=True)


def test_name_and_number_stand_wherever_somebody_may_be_in_danger_for_coordinators_too(alice, carol, submission, lead):
    pages = [reverse("wagtailadmin_home"), reverse("room_what_to_do")]
    look = reverse("room_first_look", args=[submission.pk])
    for person, unlocked, addresses in ((alice, True, [*pages, look]), (alice, False, pages), (carol, False, pages)):
        browser = factories.client_of(person, unlocked=unlocked)
        for address in addresses:
            page = room.text_of(browser.get(address))
            assert "Ruth, safeguarding lead" in page, (person, address)
            assert "01632 960217, at night" in page, (person, address)


def test_call_is_sealed_and_its_event_says_no_word_of_it(browser, alice, submission, lead):
    _rang(factories.client_of(alice, unlocked=False), alice, submission)
    assert not SealedText.objects.filter(kind="note").exists(), "nothing is kept without the vault"

    page = room.text_of(_rang(browser, alice, submission))

    assert SECRET in page
    event = Event.objects.get(deed="rang safeguarding")
    assert (event.by, event.submission_id, event.reason, event.counts) == (alice, submission.pk, "", None)
    note = SealedText.objects.get(kind="note")
    assert SECRET.encode() not in bytes(note.box)
    colleague = factories.client_of(factories.moderator("eve"))
    assert SECRET in room.text_of(room.see(colleague, "room_read", submission.pk))
    assert "rang safeguarding about it" in room.text_of(room.see(colleague, "room_read", submission.pk))


def test_what_is_left_out_is_asked_for_and_nothing_typed_is_lost(browser, alice, submission):
    for empty in ("when", "who", "agreed"):
        page = room.text_of(_rang(browser, alice, submission, **{empty: " "}))

        assert SECRET in page or empty == "agreed"
        assert "21:40" in page or empty == "when"
    assert not Event.objects.filter(deed="rang safeguarding").exists()


def test_what_was_found_stands_gravest_first_and_the_banner_is_no_green_one(browser, alice, submission):
    answers = {CASE: "yes", ONLINE: "yes", GUILT: "yes", LIFE: "not-sure", UNDER_18: "yes", SELF_HARM: "not-sure"}

    response = _look(browser, alice, submission, **answers)

    assert [flag["risk"].slug for flag in response.context["flags"]] == [
        *(LIFE, SELF_HARM, UNDER_18, CASE, ONLINE, GUILT),
    ]
    assert [message.level_tag for message in response.context["messages"]] == ["warning"]


@pytest.mark.parametrize(
    ("slug", "filled"), [(LIFE, "Write to them first"), (UNDER_18, "Write to them first"), (CASE, "Hold")]
)
def test_filled_button_is_what_the_words_say_comes_first(browser, alice, submission, slug, filled):
    page = room.text_of(_look(browser, alice, submission, **{slug: "yes"}))

    ways = page[page.index('class="room-risk__ways"') :]
    first = ways[ways.index('class="button button-small"') :]
    assert first[first.index(">") + 1 :].startswith(filled)
    assert ways.index('class="button button-small"') < ways.index("button-secondary")


def test_who_took_no_code_is_not_written_to_so_holding_comes_first(browser, alice, submission):
    submission.key_under_code = b""
    submission.save()

    page = room.text_of(_look(browser, alice, submission, **{LIFE: "yes"}))

    ways = page[page.index('class="room-risk__ways"') :]
    assert 'button-small" href="' + reverse("room_decide", args=[submission.pk, "hold"]) in ways
