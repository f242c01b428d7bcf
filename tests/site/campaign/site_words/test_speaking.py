"""Words in the place of the catalogue's: on every page of readers within an edition, and nowhere else."""

import threading

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext

from campaign.models import SiteWords
from campaign.site_words import speaking
from heard import errors
from stories import other_words
from stories.public import edition
from tests.site.campaign.site_words.keeping import say, string

ANOTHER = "Tell us what came of it"


def page(path):
    return Client(headers={"host": "heard.example"}).get(path, secure=True).content.decode()


# --- What a catalogue is asked for ----------------------------------------------------------


def test_words_are_spoken_in_their_language_alone_and_only_until_the_end():
    with other_words.speak({"cy": {"News": "Helynt"}}):
        with translation.override("cy"):
            assert gettext("News") == "Helynt"
        assert gettext("News") == "News"

    with translation.override("cy"):
        assert gettext("News") != "Helynt"


@pytest.mark.parametrize(("number", "said"), [(1, "un"), (2, "dau"), (3, "llawer"), (8, "wyth"), (11, "wyth")])
def test_form_is_chosen_by_the_rule_of_the_language(number, said):
    forms = {("%(number)s story", form): words for form, words in enumerate(("un", "dau", "llawer", "wyth"))}

    with other_words.speak({"cy": forms}), translation.override("cy"):
        assert ngettext("%(number)s story", "%(number)s stories", number) == said


def test_english_has_one_form_for_one_and_another_for_the_rest():
    forms = {("%(number)s story", 0): "a single one", ("%(number)s story", 1): "several"}

    with other_words.speak({"en-gb": forms}), translation.override("en-gb"):
        assert [ngettext("%(number)s story", "%(number)s stories", number) for number in (0, 1, 2)] == [
            *("several", "a single one", "several")
        ]


def test_another_thread_speaks_what_it_speaks():
    heard = []

    with other_words.speak({"en-gb": {"News": "Tidings"}}):
        thread = threading.Thread(target=lambda: heard.append(gettext("News")))
        thread.start()
        thread.join()

    assert heard == ["News"]


# --- What readers are told ------------------------------------------------------------------


@pytest.mark.django_db
def test_page_says_them_in_the_next_edition_and_the_original_once_they_are_gone(queue_key):
    row = say("What came of it?", ANOTHER)
    assert ANOTHER in page("/tell/form/")
    assert ANOTHER not in page("/cy/tell/form/")

    row.delete()
    edition.forget()

    assert ANOTHER not in page("/tell/form/")
    assert "What came of it?" in page("/tell/form/")


@pytest.mark.django_db
def test_welsh_page_says_the_welsh_and_the_note_on_the_computer_stays(queue_key):
    say("What came of it?", "Beth ddaeth o hynny wedyn", language="cy")

    assert "Beth ddaeth o hynny wedyn" in page("/cy/tell/form/")
    assert 'class="unchecked band"' in page("/cy/tell/form/")
    assert "Beth ddaeth" not in page("/tell/form/")


@pytest.mark.django_db
def test_page_kept_by_the_cache_begins_anew():
    assert "Every force in the UK" in page("/forces/")

    say("On a map", "As a map of squares")

    assert "As a map of squares" in page("/forces/")


@pytest.mark.django_db
def test_what_the_edition_keeps_is_made_in_the_catalogues_words(monkeypatch):
    """Made in other words, it would stand in English on a Welsh page: no catalogue knows them."""
    monkeypatch.setitem(edition._makers, "said", lambda: gettext("News"))

    with other_words.speak({"en-gb": {"News": "Tidings"}}):
        edition.bump()

    edition.forget()
    assert edition.made("said") == "News"


@pytest.mark.django_db
def test_what_the_admin_had_made_first_is_not_what_a_reader_is_told():
    def made():
        return edition.kept("said", lambda: gettext("News"))

    assert made() == "News"
    with other_words.speak({"en-gb": {"News": "Tidings"}}):
        assert made() == "Tidings"
    assert made() == "News"


@pytest.mark.django_db
def test_admin_speaks_the_catalogues_own_words(editor):
    say("Stories", "What they wrote")
    told = []

    speaking.SpeakingMiddleware(lambda request: told.append(gettext("Stories")))(_request("/admin/pages/"))
    speaking.SpeakingMiddleware(lambda request: told.append(gettext("Stories")))(_request("/stories/"))

    assert told == ["Stories", "What they wrote"]


@pytest.mark.django_db
def test_they_cost_no_page_a_query(django_assert_num_queries):
    say("What came of it?", ANOTHER)
    edition.number()

    with django_assert_num_queries(0):
        assert speaking.spoken()["en-gb"]


def test_error_is_said_in_the_catalogues_words_where_nothing_can_be_read(monkeypatch, rf):
    def fail(*args):
        raise DatabaseError

    monkeypatch.setattr(edition, "kept", fail)

    answer = speaking.SpeakingMiddleware(errors.server_error)(rf.get("/stories/"))

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


# --- What came in past the form -------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("What came of it?", ["<script>alert(1)</script>"]),
        ("Publish my story, with what could identify me taken out", ["Continue"]),
        ("%(number)s story", ["%(number)s", "many stories"]),
        ("%(number)s story", ["%(number)s story"]),
    ],
)
def test_unfit_or_locked_row_is_never_spoken(words, instead):
    say(words, *instead)

    assert speaking.make() == []
    assert speaking.spoken() == {}


@pytest.mark.django_db
def test_words_that_make_no_sense_close_no_page(monkeypatch):
    monkeypatch.setattr(edition, "made", lambda name: [["half"]])
    edition.forget()

    assert speaking.spoken() == {}


@pytest.mark.django_db
def test_words_for_a_string_that_a_release_took_away_are_spoken_nowhere():
    SiteWords.objects.create(key="0" * 12, language="en-gb", words="Nobody says this")
    edition.forget()

    assert speaking.make() == []


@pytest.mark.django_db
def test_edition_that_another_release_made_is_read_as_far_as_this_one_knows_it(monkeypatch):
    known = string("What came of it?").key
    monkeypatch.setattr(edition, "made", lambda name: [["0" * 12, "en-gb", ["x"]], [known, "en-gb", [ANOTHER]]])
    edition.forget()

    assert speaking._by_language() == {"en-gb": {"What came of it?": ANOTHER}}


def _request(path):
    from django.test import RequestFactory

    return RequestFactory().get(path)
