"""The admin's list of all that the site says, and the form for one string: kept, refused, locked, put back."""

import re

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaign.models import SiteWords
from campaign.site_words import catalogued, speaking
from moderation import policies
from stories import same_meaning
from stories.public import edition
from tests import factories
from tests.site.campaign.site_words.keeping import form, post, say, string

pytestmark = pytest.mark.django_db
WORDS, INSTEAD = "What came of it?", "How did it end?"
SAME = {same_meaning.FIELD: "on"}
LONG = "Stop for a break if the room goes quiet, or if you need one. A session that ends early is a good session."
LOCKED = "Publish my story, with what could identify me taken out"


def text(answer):
    return answer.content.decode()


def listed(client, **asked):
    return text(client.get(reverse("site_words"), asked))


def field(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page)[1]


def row():
    return SiteWords.objects.get(key=string(WORDS).key, language="en-gb")


# --- The list -------------------------------------------------------------------------------


def test_list_finds_a_string_by_its_words_and_shows_what_stands(editor):
    say(WORDS, INSTEAD)

    page = listed(editor, q="did it END")

    assert INSTEAD in page
    assert WORDS in page
    assert "changed" in page
    assert "1 found" in page


def test_words_are_found_with_straight_quotation_marks_too(editor):
    assert "“It’s a civil matter”" in listed(editor, q="it's a civil")


def test_list_is_narrowed_by_language_place_and_what_was_changed(editor):
    say(WORDS, "Beth ddaeth wedyn?", language="cy")

    assert "Beth ddaeth wedyn?" in listed(editor, language="cy", state="changed", place="questions")
    assert "1 found" in listed(editor, language="cy", state="changed")
    assert "0 found" in listed(editor, language="cy", state="changed", place="law")
    assert "0 found" in listed(editor, state="changed")


def test_list_tells_the_locked_from_those_that_can_be_changed(editor):
    assert LOCKED in listed(editor, state="locked", q="publish my story")
    assert "0 found" in listed(editor, state="open", q=LOCKED)


def test_address_that_asks_for_something_unknown_lists_all(editor):
    assert f"{len(catalogued.every())} found" in listed(editor, language="xx", place="xx", state="xx", p="999999")


def test_words_whose_string_a_release_changed_are_shown_for_somebody_to_enter_anew(editor):
    say(WORDS, INSTEAD)
    assert "a release has changed" not in listed(editor)

    SiteWords.objects.create(key="0" * 12, language="cy", words="Geiriau ar goll")

    assert "Geiriau ar goll" in listed(editor)


# --- The form -------------------------------------------------------------------------------


def test_words_are_kept_spoken_and_put_back_and_each_version_stays(editor):
    page = text(post(editor, WORDS, INSTEAD))
    assert "The site says it so from now on." in page
    assert speaking.spoken() == {"en-gb": {WORDS: INSTEAD}}

    page = text(editor.post(form(WORDS), {"original": "1"}, follow=True))
    assert "The original is back." in page
    assert row().words == ""
    assert "the original" in page
    assert INSTEAD in page

    earlier = row().revisions.order_by("pk").first()
    assert earlier.user.username == "edith"
    assert INSTEAD in text(editor.get(form(WORDS), {"version": earlier.pk}))
    assert ModelLogEntry.objects.filter(object_id=row().pk, user=earlier.user).count() == 2


def test_the_same_words_again_or_those_that_ship_leave_no_version(editor):
    assert "It says that already." in text(post(editor, WORDS, WORDS))
    assert not SiteWords.objects.exists()

    post(editor, WORDS, INSTEAD)
    post(editor, WORDS, INSTEAD)

    assert row().revisions.count() == 1


def test_second_of_two_at_once_sees_what_the_first_wrote_and_chooses(editor):
    """Theirs still stands in the box, and saving again puts it there."""
    other = factories.client_of(factories.person("eve", policies.EDITORS), unlocked=False)
    opened = SAME | {"after": field(text(editor.get(form(WORDS))), "after")}
    post(other, WORDS, "What came out of it?")

    page = text(editor.post(form(WORDS), opened | {"form-0": INSTEAD}))

    assert row().words == "What came out of it?"
    assert "eve saved this meanwhile." in page
    assert "What came out of it?</strong>" in page
    assert f">\n{INSTEAD}</textarea>" in page
    chosen = SAME | {"after": field(page, "after")}
    assert "eve saved" in text(editor.post(form(WORDS), opened | {"original": "1"}))
    assert "eve saved" not in text(editor.post(form(WORDS), chosen | {"form-0": INSTEAD}, follow=True))
    assert row().words == INSTEAD
    assert "You saved this meanwhile" in text(editor.post(form(WORDS), chosen | {"original": "1"}))


def test_form_that_came_back_still_knows_what_was_seen_in_it(editor):
    post(editor, WORDS, INSTEAD)

    page = text(editor.post(form(WORDS), {"form-0": "How did it <b>end</b>?", "after": ""}))

    assert field(page, "after") == ""


def test_words_put_back_meanwhile_are_those_that_were_seen(editor):
    post(editor, WORDS, INSTEAD)
    opened = field(text(editor.get(form(WORDS))), "after")
    post(editor, WORDS, "What came out of it?")
    post(editor, WORDS, INSTEAD)

    page = text(editor.post(form(WORDS), SAME | {"form-0": "And then?", "after": opened}, follow=True))
    assert "meanwhile" not in page
    assert row().words == "And then?"


def test_first_words_of_two_in_the_same_moment_are_no_fault(editor, monkeypatch):
    say(WORDS, "What came out of it?")
    taken = SiteWords.objects.select_for_update
    monkeypatch.setattr(SiteWords.objects, "select_for_update", lambda: taken().none())

    assert "Somebody saved this meanwhile." in text(post(editor, WORDS, INSTEAD))


def test_one_change_is_one_edition(editor):
    before = edition.number()

    post(editor, WORDS, INSTEAD)

    assert edition.number() == before + 1


def test_each_form_of_a_number_has_a_box_and_all_or_none_are_filled_in(editor):
    assert text(editor.get(form("%(number)s story", "cy"))).count("<textarea") == 4

    page = text(post(editor, "%(number)s story", "one alone", ""))
    assert "Fill in each of the 2, or none of them." in page
    assert "one alone" in page
    assert not SiteWords.objects.exists()

    post(editor, "%(number)s story", "just one story", "%(number)s of them")
    assert SiteWords.objects.get().forms == ["just one story", "%(number)s of them"]


def test_refusal_stands_at_its_box_and_nothing_typed_is_lost(editor):
    page = text(post(editor, WORDS, "How did it <b>end</b>?"))

    assert "Nothing has changed on the site yet. What you typed is still here." in page
    assert "can’t come in here: write words alone." in page
    assert "How did it &lt;b&gt;end&lt;/b&gt;?" in page
    assert not SiteWords.objects.exists()


def test_words_of_a_story_and_a_number_that_leads_to_somebody_are_refused(editor, alice, bob):
    said = "I sat in that corridor for three hours before somebody looked up from a desk"
    factories.live_story(fields={"text": f"{said}."})
    edition.bump()

    assert "These words stand in a story" in text(post(editor, LONG, said))
    assert "phone number" in text(post(editor, LONG, "Ring 07700 900123."))
    assert not SiteWords.objects.exists()


@pytest.mark.parametrize("words", [WORDS, "Looked into, then closed"])
def test_whoever_rewords_a_question_or_an_answer_says_first_that_it_means_the_same(editor, words):
    """What people answered before is shown with the new words."""
    page = text(editor.post(form(words), {"form-0": INSTEAD}))
    assert "Tick this if it still means what it meant to those who answered." in page
    assert f">\n{INSTEAD}</textarea>" in page
    assert not SiteWords.objects.exists()

    post(editor, words, INSTEAD)
    assert SiteWords.objects.get().words == INSTEAD
    assert "It says that already." in text(editor.post(form(words), {"form-0": INSTEAD}, follow=True))
    assert "The original is back." in text(editor.post(form(words), {"form-0": words}, follow=True))


def test_what_nobody_answers_is_changed_without_a_tick(editor):
    assert same_meaning.FIELD not in text(editor.get(form("Police forces")))


def test_name_of_the_site_comes_into_nothing_that_somebody_may_take_along(editor):
    assert "Leave out the name of this site" in text(post(editor, WORDS, "What did Heard hear of it?"))
    assert "Leave out the name" not in text(post(editor, WORDS, "What was heard of it?"))
    assert "Leave out the name" not in text(post(editor, "Police forces", "Police forces that Heard knows"))


@pytest.mark.parametrize("data", [{"form-0": "Continue"}, {"original": "1"}])
def test_locked_string_says_why_and_takes_nothing(editor, data):
    page = text(editor.post(form(LOCKED), data))

    assert "Contributors agree to these words, or decide by them." in page
    assert "<textarea" not in page
    assert not SiteWords.objects.exists()


def test_welsh_form_says_what_a_change_means_and_what_the_english_says(editor):
    say(WORDS, INSTEAD)

    page = text(editor.get(form(WORDS, "cy")))

    assert INSTEAD in page
    assert "Words that you keep here are a person’s." in page


@pytest.mark.parametrize("address", ["/admin/site-words/xx/0123456789ab/", "/admin/site-words/cy/0123456789ab/"])
def test_nothing_stands_at_an_address_of_no_string_or_language(editor, address):
    assert editor.get(address).status_code == 404


def test_version_of_another_string_is_shown_on_no_form(editor):
    post(editor, WORDS, INSTEAD)
    other = {"version": row().revisions.get().pk}
    assert INSTEAD not in text(editor.get(form("What happened?"), other))

    post(editor, "What happened?", "What went on?")

    assert editor.get(form("What happened?"), other).status_code == 404


def test_moderators_and_coordinators_come_to_neither(laid):
    for name, group in (("mia", policies.MODERATORS), ("cora", policies.COORDINATORS)):
        client = factories.client_of(factories.person(name, group), unlocked=False)
        assert client.get(reverse("site_words")).status_code == 302
        assert client.post(form(WORDS), {"form-0": INSTEAD}).status_code == 302
    assert not SiteWords.objects.exists()


def test_number_that_no_version_could_have_is_nobodys(editor):
    say(WORDS, INSTEAD)
    long = "9" * 5_000

    assert editor.get(form(WORDS), {"version": long}).status_code == 404
    said = editor.post(form(WORDS), {"form-0": "And then?", "means_the_same": "on", "after": long})

    assert "Somebody saved this meanwhile." in text(said)
    assert row().words == INSTEAD
