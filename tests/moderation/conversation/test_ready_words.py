"""The library of ready words: what a new site has, who writes it and who reads it."""

import re

import pytest

from moderation.models import ReadyWords
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def test_new_site_has_words_for_contributors_and_they_name_nobody(db):
    by_purpose = {purpose: ReadyWords.objects.filter(purpose=purpose).count() for purpose in ReadyWords.Purpose.values}

    assert by_purpose == {"question": 8, "decline": 8, "care": 0, "safety": 0}
    for words in ReadyWords.objects.all():
        assert len(words.text) < 500
        assert not re.search(r"[\[\]{}!]|unfortunately|please note|victim", words.text, re.IGNORECASE), words.title


def test_words_that_a_coordinator_deleted_stay_deleted(db):
    from moderation import ready_words

    kept = ReadyWords.objects.first()
    ReadyWords.objects.exclude(pk=kept.pk).delete()

    ready_words.create_defaults()

    assert ReadyWords.objects.get() == kept


def test_coordinators_write_the_library_and_moderators_read_it(alice):
    from moderation.team.permissions import COORDINATORS

    dora = factories.client_of(factories.person("dora", COORDINATORS), unlocked=False)
    data = {"purpose": "question", "title": "Year", "text": "Which year was it?", "text_cy": "", "order": "5"}

    room.press(dora, "room_ready_words:add", **data)
    made = ReadyWords.objects.get(title="Year")
    reader = factories.client_of(alice, unlocked=False)

    assert "Year" in room.text_of(room.see(reader, "room_ready_words:index"))
    assert "Which year was it?" in room.text_of(room.see(reader, "room_ready_words:inspect", made.pk))
    for name, args in (("add", ()), ("edit", (made.pk,)), ("delete", (made.pk,))):
        room.press(reader, f"room_ready_words:{name}", *args, **data | {"text": "Changed"})
    made.refresh_from_db()
    assert made.text == "Which year was it?"
    assert ReadyWords.objects.filter(title="Year").count() == 1
