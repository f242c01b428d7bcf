"""The screens of letters and of forces' answers: the whole way, what each person sees, and what no POST gets round."""

import re
from datetime import date

import pytest
from django.urls import reverse

from moderation.models import ResponseEntry, ResponseVersion
from moderation.responses import letters
from stories import going_down
from stories.identifying.wordings import key_of
from stories.models import Letter, Response
from tests import factories
from tests.moderation import room
from tests.moderation.responses.test_entering import again

pytestmark = pytest.mark.django_db
EVIL = "The quillfeathers of that bridge moult early."


@pytest.fixture
def carol(queue_key):
    return factories.person("carol", "Coordinators")


@pytest.fixture
def of_carol(carol):
    return factories.client_of(carol, unlocked=False)


def enter(browser, name="room_response_new", *args, **changes):
    data = {"version": 0, "force": "kent", "kind": "apology", "words": "Sorry.", "source": "A letter to us"}
    return room.press(browser, name, *args, **data | room.token(browser) | {"checked": "switchboard"} | changes)


def digest():
    return ResponseVersion.objects.latest("number").digest


def shown(browser, name, *args):
    return room.text_of(room.see(browser, name, *args))


def test_letter_about_what_is_gone_says_not_to_send_it(of_carol, carol, alice, bob):
    story = factories.live_story()
    letter = letters.record("kent", month=date(2026, 3, 1), role="The office", slugs=[story.slug], ask="", by=carol)
    assert "sent it yet" not in shown(of_carol, "room_letter", letter.pk)

    going_down.hide(story)

    assert "sent it yet" in shown(of_carol, "room_letter", letter.pk)


def test_whole_way_through_the_real_pages(of_carol, alice, bob):
    slug = factories.live_story().slug
    of_alice = factories.client_of(alice)
    asked = {"force": "kent", "month": "2026-03-01", "role": "Head of Public Protection"}
    about = {"stories": f"https://heard.example/stories/{slug}/ /cy/stories/{slug}/#end"}

    room.press(of_carol, "room_letter_new", **asked, **about, **room.token(of_carol))
    letter = Letter.objects.get()
    assert f"/stories/{slug}/" in shown(of_carol, "room_letter", letter.pk)
    form = room.text_of(of_carol.get(reverse("room_response_new"), {"letter": letter.pk}))
    assert re.search(f'value="{letter.pk}" selected', form)
    assert f"/stories/{slug}/" in form
    enter(of_carol, letter=letter.pk, stories=f"/stories/{slug}/")
    entry = ResponseEntry.objects.get()
    read = shown(of_alice, "room_response", entry.pk)
    assert "Sorry." in read
    assert f'href="/stories/{slug}/"' in read, "the story that it answers isn't one press away"
    room.press(of_alice, "room_response_agree", entry.pk, digest=digest())

    assert Response.objects.get().words == "Sorry."
    assert Letter.objects.get().answer_id == entry.pk
    assert "stands on the site" in shown(of_carol, "room_response", entry.pk)


def test_lists_say_what_waits_and_what_stands(of_carol, carol, alice, bob):
    factories.a_response("essex")
    factories.a_letter("surrey")
    factories.an_entry("kent", by=carol, words=EVIL)

    page = shown(of_carol, "room_forces")

    parts = re.split('class="room-forces"', page)[1:]
    assert [name in part for name, part in zip(("Kent", "Surrey", "Essex"), parts, strict=True)] == [True] * 3
    assert EVIL not in page


def test_coordinator_sees_no_word_of_what_waits(of_carol, carol):
    entry = factories.an_entry(by=carol, words=EVIL)

    for name in ("room_response", "room_response_again"):
        page = shown(of_carol, name, entry.pk)
        assert EVIL not in page
        assert "sealed" in page


def test_locked_vault_shows_no_word_and_agrees_to_nothing(carol, alice):
    entry = factories.an_entry(by=carol, words=EVIL)
    locked = factories.client_of(alice, unlocked=False)

    assert EVIL not in shown(locked, "room_response", entry.pk)
    assert room.press(locked, "room_response_agree", entry.pk, digest=digest()).status_code == 403
    assert not Response.objects.exists()


def test_second_person_sees_what_could_identify_somebody_marked_and_the_reason(carol, alice):
    link = {"source_url": "https://force.example/news/jo-brennan-sorry"}
    fields = {"words": "Officer Quillfeather rang 07700 900123.", **link}
    why = {
        key_of("OFFICER_NAME", "Quillfeather"): "Named in the judgment.",
        key_of("PHONE", "07700 900123"): "It is our own desk.",
        key_of("PERSON", "jo-brennan"): "The name of the campaign.",
    }
    enter(factories.client_of(carol, unlocked=False), **fields, **{f"left-{key}": said for key, said in why.items()})

    page = shown(factories.client_of(alice), "room_response", ResponseEntry.objects.get().pk)

    assert 'class="room-finding"' in page
    for said in why.values():
        assert said in page
    assert "In the source:" in page
    assert "Agree to these words" in page


def test_held_back_words_come_back_as_they_were_typed(of_carol):
    page = room.text_of(enter(of_carol, words="Ring 07700 900123.\n\n  And wait.", context="About a call."))

    assert "phone number" in page
    for typed in ("Ring 07700 900123.\n\n  And wait.", "About a call.", "A letter to us"):
        assert typed in page
    assert not ResponseEntry.objects.exists()


def test_form_that_lacks_something_keeps_all_that_was_typed(of_carol):
    page = room.text_of(enter(of_carol, kind="", words="We are very sorry.", stories="see the site", source_url="x"))

    for expected in ("We are very sorry.", "see the site", "Choose what kind of answer", "Copy the whole address"):
        assert expected in page
    assert "We don’t know what this points to: see, the, site" in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://kent.example/"])
def test_link_that_is_not_of_the_web_is_refused(of_carol, url):
    enter(of_carol, source_url=url)

    assert not ResponseEntry.objects.exists()


def test_log_out_meanwhile_gives_the_words_back(of_carol, carol):
    token = room.token(of_carol)
    of_carol.logout()

    data = {"version": 0, "words": "We are very sorry.", **token}
    response = of_carol.post(reverse("room_response_new"), data)

    assert response.status_code == 401
    assert "We are very sorry." in room.text_of(response)


def test_stale_form_gives_the_words_back_and_goes_on_from_the_newest(of_carol, carol):
    entry = factories.an_entry(by=carol)
    enter(of_carol, "room_response_again", entry.pk, version=1, words="Second.")

    page = room.text_of(enter(of_carol, "room_response_again", entry.pk, version=1, words="Third."))

    assert "Third." in page
    assert 'name="version" value="2"' in page
    assert entry.versions.count() == 2


def test_correction_begins_with_what_stands_and_a_sent_back_one_with_what_the_vault_opens(of_carol, carol, alice, bob):
    response = factories.a_response(words="What stands.")
    waiting = factories.an_entry(by=carol, words="What waits.")

    assert "What stands." in shown(of_carol, "room_response_again", response.pk)
    assert "What waits." in shown(factories.client_of(alice), "room_response_again", waiting.pk)


def test_same_words_elsewhere_are_shown_to_the_second_person(carol, alice, bob):
    factories.a_response("essex", words="We are sorry.", second="bob")
    entry = factories.an_entry(by=carol, words="We are sorry")

    assert "The same words stand on the site already" in shown(factories.client_of(alice), "room_response", entry.pk)


def test_sent_back_says_why_to_who_entered_it(of_carol, carol, alice):
    entry = factories.an_entry(by=carol)
    of_alice = factories.client_of(alice)

    nothing = room.press(of_alice, "room_response_send_back", entry.pk, digest=digest(), reason="because")
    assert "Select a valid choice" in room.text_of(nothing)
    room.press(of_alice, "room_response_send_back", entry.pk, digest=digest(), reason="blames")

    assert "It blames who reported." in shown(of_carol, "room_response_again", entry.pk)
    room.press(of_carol, "room_response_drop", entry.pk)
    assert not ResponseEntry.objects.exists()


@pytest.mark.parametrize("is_correction", [False, True])
def test_drop_is_asked_about_first(of_carol, carol, alice, bob, is_correction):
    entry = ResponseEntry(pk=factories.a_response().pk) if is_correction else factories.an_entry(by=carol)
    if is_correction:
        again(ResponseEntry.objects.get(), by=carol)

    page = shown(of_carol, "room_response_drop", entry.pk)

    assert ("What stands on the site stays." in page) == is_correction
    assert ResponseVersion.objects.exclude(box=b"").exists()
    room.press(of_carol, "room_response_drop", entry.pk)
    assert not ResponseVersion.objects.exclude(box=b"").exists()
    assert Response.objects.exists() == is_correction


def test_nothing_is_asked_where_nothing_waits(of_carol, alice, bob):
    response = factories.a_response()

    answer = room.see(of_carol, "room_response_drop", response.pk)

    assert answer.url == reverse("room_response", args=[response.pk])


@pytest.mark.parametrize("name", ["words", "context"])
def test_what_is_held_back_is_said_on_top_and_beside_its_field(of_carol, name):
    form = enter(of_carol, **{name: "We thank PC Quillfeather."}).context["form"]

    assert re.search("officer.s name", form.non_field_errors()[0])
    assert set(form.errors) == {"__all__", name}


def test_each_finding_asks_for_its_own_reason_and_keeps_what_was_typed(of_carol):
    phone, name = key_of("PHONE", "07700 900123"), key_of("OFFICER_NAME", "Quillfeather")
    words = "Officer Quillfeather rang 07700 900123 on 3 May 2024."

    page = room.text_of(enter(of_carol, words=words, **{f"left-{phone}": "Our own <desk>."}))

    assert re.findall('id="left-([0-9a-f]{32})"', page) == [name, phone]
    assert 'value="Our own &lt;desk&gt;."' in page
    assert "of-" + name in page
    # Without a reason to write there is nothing to ask.
    assert "What could lead to somebody" not in shown(of_carol, "room_response_new")


def test_reasons_that_were_written_come_back_where_the_vault_opens_them(carol, alice):
    phone = key_of("PHONE", "07700 900123")
    of_alice = factories.client_of(alice)
    enter(of_alice, words="Ring 07700 900123.", **{f"left-{phone}": "Our own desk."})

    assert "Our own desk." in shown(of_alice, "room_response_again", ResponseEntry.objects.get().pk)


# --- Round it -------------------------------------------------------------------------------


def test_who_entered_it_agrees_to_nothing_by_a_crafted_post(alice):
    of_alice = factories.client_of(alice)
    enter(of_alice, words=EVIL)
    entry = ResponseEntry.objects.get()

    room.press(of_alice, "room_response_agree", entry.pk, digest=digest(), second_reader="2", first_reader="3")

    assert not Response.objects.exists()
    assert "You wrote a version" in shown(of_alice, "room_response", entry.pk)


def test_agreeing_posts_no_words_of_its_own(carol, alice):
    entry = factories.an_entry(by=carol)

    room.press(factories.client_of(alice), "room_response_agree", entry.pk, digest=digest(), words=EVIL, context=EVIL)

    assert EVIL not in str(Response.objects.values().get())
    room.assert_on_no_page(EVIL)


def test_superuser_in_no_group_reaches_none_of_it(carol, alice, bob):
    entry, response = factories.an_entry(by=carol, words=EVIL), factories.a_response()
    root = factories.client_of(factories.person("root", is_superuser=True, is_staff=True), unlocked=False)

    for name in ("room_response", "room_response_again"):
        assert room.see(root, name, entry.pk).status_code == 403
    for name in ("agree", "send_back", "drop"):
        assert room.press(root, f"room_response_{name}", entry.pk, digest=digest()).status_code == 403
    assert room.press(root, "room_response_take_down", response.pk).status_code == 403
    assert enter(root, words=EVIL).status_code == 403
    assert list(Response.objects.all()) == [response]
    assert ResponseEntry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("address", ["add", "edit/{pk}", "delete/{pk}", "copy/{pk}"])
def test_no_screen_of_wagtails_own_writes_a_response(carol, alice, bob, address):
    response = factories.a_response()
    root = factories.client_of(factories.person("root", is_superuser=True, is_staff=True), unlocked=False)

    answer = root.post(f"/admin/snippets/stories/response/{address.format(pk=response.pk)}/", {"words": EVIL})

    assert answer.status_code in (302, 404)
    assert Response.objects.get().words == response.words


def test_take_down_is_asked_about_first_and_is_down_at_once(of_carol, alice, bob):
    response = factories.a_response()

    page = shown(of_carol, "room_response_take_down", response.pk)
    assert "entered anew" in page
    assert "Take it down now" in page
    assert Response.objects.exists()
    room.press(of_carol, "room_response_take_down", response.pk)

    assert not Response.objects.exists()
    assert room.see(of_carol, "room_response", response.pk).status_code == 404
