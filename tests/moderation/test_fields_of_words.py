"""Title, text and the short texts below it: each is shown to everybody whose yes is to it."""

import html

import pytest
from django import forms
from django.urls import reverse

from moderation import reading, working_copies
from moderation.forms.room import LONGEST, WorkingCopyForm
from stories.core import agreed_text, publication_gate
from stories.models import Story
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

WORDS = "PC Ravi Holt of Nettlebridge"


@pytest.mark.parametrize("field", publication_gate.WORDS_OF_A_STORY)
def test_words_stand_on_every_page_before_and_after_they_are_agreed(field, alice, bob, visitor):
    submission = factories.submission_at("received", consent_ask_again=True, account="I rang.", differently="")
    factories.claim(submission, by=alice)
    working_copies.save_version(submission, factories.FIELDS, by=alice)
    factories.put_forward(submission, by=alice, fields={field: f"{WORDS}."})
    first, second = factories.client_of(alice), factories.client_of(bob)

    seen_second = room.second(second, submission)
    pages = {
        "to the second reader": seen_second,
        "as the public would see it": room.see(second, "room_as_public", submission.pk),
        "what changed": second.get(reverse("room_compare", args=[submission.pk]), {"was": 1, "now": 2}),
        "to the first reader": room.see(first, "room_read", submission.pk),
    }
    for name, page in pages.items():
        assert "Ravi Holt" in html.unescape(room.text_of(page)), name
    assert "Ravi Holt<span" in room.text_of(seen_second)
    assert {entry.field for entry in seen_second.context["remaining"].entries} == {field}
    visitor.come_back(submission.code)
    assert WORDS in visitor.page.split("<article", 1)[1].split("</article>")[0]
    visitor.post("/return/", step="yes")
    factories.agree(submission, by=bob)
    inspected = room.see(second, "room_stories:inspect", Story.objects.get().pk)
    assert WORDS in html.unescape(room.text_of(inspected))


def test_what_hides_in_words_is_left_out(submission, alice):
    hiding = dict.fromkeys(publication_gate.WORDS_OF_A_STORY, "Ring\u202e ba\u200bck.")
    copy = working_copies.save_version(submission, factories.FIELDS | hiding, by=alice)

    fields = reading.working_copy(copy.sealed, vault=factories.open_vault(alice))["fields"]
    assert {name: fields[name] for name in hiding} == dict.fromkeys(hiding, "Ring back.")


@pytest.mark.parametrize("field", agreed_text.LEFT_OUT_WHEN_EMPTY)
def test_version_sealed_before_there_was_a_field_opens_with_nothing_in_it(field, submission, alice, monkeypatch):
    before = tuple(name for name in agreed_text.FIELDS if name != field)
    monkeypatch.setattr(agreed_text, "FIELDS", before)
    factories.put_forward(submission, by=alice, fields={"title": "Before"})
    monkeypatch.undo()

    page = room.text_of(room.see(factories.client_of(alice), "room_read", submission.pk))
    factories.agree(submission, by=factories.moderator("dora"))

    assert "Before" in page
    story = Story.objects.get()
    assert (story.title, getattr(story, field)) == ("Before", "")
    assert working_copies.newest_copy(submission).digest == story.digest


def test_every_field_that_somebody_writes_in_is_one_of_them():
    fields = WorkingCopyForm.base_fields.items()

    assert [name for name, at in fields if type(at) is forms.CharField and not at.widget.is_hidden] == [*LONGEST]
    assert tuple(LONGEST) == publication_gate.WORDS_OF_A_STORY
