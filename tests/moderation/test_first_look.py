"""Six questions before anybody edits: what is sealed, what they forbid, whom to write to and whom to ring."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from moderation import decisions, first_look, reading, working_copies
from moderation.models import ReadyWords, RiskWords
from moderation.policies.danger import CASE, GUILT, LIFE, ONLINE, RISKS, SELF_HARM, UNDER_18, why_not_begun
from moderation.views.decorators import TOKEN, words_token
from stories.core import lifecycle, sealed_store
from stories.crypto import receipts
from stories.intake import coming_back, messages, receive
from stories.models import Event, SealedText, Submission
from tests import at_work, factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
WHY_NO_CASE = "He was sentenced in March, and the time to appeal is over."
NOTE = "I rang Farida, who rings the police."


@pytest.fixture
def submission(alice, bob):
    found = factories.submission_at("received", case="charged", online="yes", account="He was charged in May.")
    factories.claim(found, by=alice)
    return found


def take(browser, user, submission, **answers):
    data = factories.NO_RISK | {"note": "", "why_no_case": WHY_NO_CASE, TOKEN: words_token(user)}
    slugs = {slug.replace("-", "_"): slug for slug in factories.NO_RISK}
    data |= {slugs.get(name, name): answer for name, answer in answers.items()}
    return room.press(browser, "room_first_look", submission.pk, **data)


def found(browser, user, submission, **answers):
    """The page that answers which find something lead to."""
    return browser.get(take(browser, user, submission, **answers).url, follow=True)


def write(browser, user, submission, slug, **data):
    return room.press(browser, "room_first_look_message", submission.pk, slug, **{TOKEN: words_token(user)} | data)


def looks(submission, user):
    return reading.unsealed_texts(submission, vault=factories.open_vault(user)).danger.looks


def why_not(submission, user):
    seen = reading.unsealed_texts(submission, vault=factories.open_vault(user))
    return why_not_begun(first_look.risk_facts(seen))


def test_page_asks_six_questions_with_what_to_do_and_ticks_none(submission, browser):
    page = room.text_of(room.see(browser, "room_read", submission.pk))

    form = at_work.form_on(page, reverse("room_first_look", args=[submission.pk]))
    assert {*form.choices} == {risk.slug for risk in RISKS}
    assert not {name for name, _ in form.fields} & {*form.choices}
    assert "Contempt of Court Act 1981" in page
    assert "He was charged in May." in page
    beside = {risk.slug: page.split(f'id="risk-{risk.slug}"')[1].split("</fieldset>")[0] for risk in RISKS}
    assert "Someone was charged" in beside["case"]
    assert "Are the images still online, as far as you know?" in beside["online"]
    assert "They answered:" not in beside["life"]


def test_answers_are_sealed_and_the_newest_counts(submission, browser, alice):
    take(browser, alice, submission, self_harm="yes")
    response = take(browser, alice, submission, self_harm="not-sure", note=NOTE)

    assert response.status_code == 302
    assert [look["answers"]["self-harm"] for look in looks(submission, alice)] == ["yes", "not-sure"]
    boxes = b"".join(bytes(text.box) for text in SealedText.objects.filter(kind="first-look"))
    assert b"not-sure" not in boxes
    assert b"Farida" not in boxes
    event = Event.objects.filter(submission=submission, deed="first look").last()
    assert (event.by, event.reason, event.counts) == (alice, "", None)
    room_page = room.text_of(room.see(browser, "room_read", submission.pk))
    assert "not sure: self-harm" in room_page
    assert NOTE in room_page


def test_form_that_is_not_whole_keeps_nothing_and_loses_nothing(submission, browser, alice):
    """A question is left out, or no sentence goes with a no to a case that they ticked."""
    for case in ({"guilt": ""}, *({"why_no_case": why} for why in ("", "   ", "it is over"))):
        page = room.text_of(take(browser, alice, submission, online="yes", note=NOTE, **case))

        assert ("Say in a sentence why none is active" in page) is ("why_no_case" in case), case
        form = at_work.form_on(page, reverse("room_first_look", args=[submission.pk]))
        assert {"online": "yes", "note": NOTE, "case": "no"}.items() <= dict(form.fields).items(), case
    assert not factories.was_looked_at(submission)


def test_second_person_answers_after_the_first_whose_alarm_stands_above_their_noes(submission, browser, alice, bob):
    theirs = factories.client_of(bob)
    early = room.text_of(take(theirs, bob, submission, note="Bob typed this."))
    assert "alice has this in hand" in early
    assert "Bob typed this." in early
    assert not factories.was_looked_at(submission)
    take(browser, alice, submission, life="yes", note=NOTE)

    response = take(theirs, bob, submission)

    assert response.status_code == 302
    assert [look["by"] for look in looks(submission, alice)] == [alice.pk, bob.pk]
    assert submission.claim.holder == alice
    shown = room.text_of(room.see(theirs, "room_read", submission.pk))
    assert "Before that, alice was alarmed:" in shown
    assert NOTE in shown


def test_danger_and_age_mark_it_urgent_and_nothing_else_does(submission, browser, alice):
    marks = {(slug, answer): True for slug in ("life", "under_18") for answer in ("yes", "not-sure")}
    marks |= {(slug, "yes"): False for slug in ("case", "online", "guilt", "self_harm")}
    for (slug, answer), is_urgent in marks.items():
        Submission.objects.update(is_urgent=False)
        take(browser, alice, submission, **{slug: answer})

        submission.refresh_from_db()
        assert submission.is_urgent is is_urgent, (slug, answer)


def test_reading_room_leads_to_it_first_and_puts_nothing_forward_without(submission, browser, alice):
    factories.claim(submission, by=alice)
    working_copies.save_version(submission, factories.FIELDS, by=alice)
    page = room.text_of(room.see(browser, "room_read", submission.pk))
    assert reverse("room_first_look", args=[submission.pk]) in page

    form = at_work.form_on(page, reverse("room_save", args=[submission.pk])).as_posted()
    response = room.press(browser, "room_put_forward", submission.pk, **form | room.CHECKED | room.NO_DANGER)

    assert re.search(r"<button[^>]*disabled[^>]*>Put it forward", page)
    assert "Take the first look before you put it forward" in page
    assert "Take the first look before you put it forward" in room.text_of(response)
    assert Submission.objects.get().status == "received"


# What keeps each from being put forward, in the words of the page; of life it differs with what else speaks of danger.
FORBIDDEN = {"life": "", "under_18": "no story comes of it", "case": "it can only be held"}


@pytest.mark.parametrize("slug", FORBIDDEN)
def test_answer_that_forbids_takes_two_peoples_no_to_undo(browser, alice, bob, slug):
    submission = factories.submission_at("received")
    take(browser, alice, submission, **{slug: "yes"})
    working_copies.save_version(submission, factories.FIELDS, by=alice)

    page = room.text_of(room.see(browser, "room_read", submission.pk))
    assert not re.search(r'name="check-\w+"', page), "nobody answers the check for nothing"
    assert 'disabled aria-describedby="why-not-begun"' in page
    assert FORBIDDEN[slug] in room.text_of(room.put_forward(browser, submission))
    submission.refresh_from_db()
    assert submission.status == "received"

    assert why_not(submission, alice)
    factories.look_first(submission, by=alice)
    if slug != "life":
        done = room.text_of(browser.get(take(browser, alice, submission).url))
        assert "nothing stands in the way" not in done
        assert "A second person has to answer no" in why_not(submission, alice)
    factories.look_first(submission, by=bob)
    assert why_not(submission, alice) is None


def test_doubt_about_a_case_starts_the_count_of_noes_anew(submission, alice, bob):
    for by, case in ((alice, "yes"), (bob, "no"), (alice, "not-sure"), (alice, "no")):
        factories.look_first(submission, by=by, case=case)

    assert "A second person has to answer no as well" in why_not(submission, alice)


def test_green_word_never_stands_above_an_amber_one_or_what_stays_urgent(submission, browser, alice):
    calm = factories.submission_at("received")
    hurt = factories.submission_at("received", account="I have the tablets here, and tonight I will end it.")

    pages = [room.text_of(found(browser, alice, row)) for row in (calm, submission, hurt)]

    assert ["nothing stands in the way" in page for page in pages] == [True, False, False]
    assert "They ticked an arrest, a charge or a court date." in pages[1]
    assert WHY_NO_CASE in pages[1]
    assert "It stays urgent until a second one has said so too." in pages[2]


def test_case_let_go_by_two_is_looked_at_again_and_may_then_go_on(submission, alice, bob):
    factories.look_first(submission, by=alice, case="yes")
    decisions.hold_account(submission, look_again_on=lifecycle.today() + timedelta(days=9), reason="legal", by=alice)
    decisions.release_hold(submission, by=alice)
    decisions.release_hold(submission, by=bob)
    assert "Take the first look again" in why_not(submission, alice)

    factories.look_first(submission, by=alice, case="yes")
    assert "it can only be held" in why_not(submission, alice)
    # Somebody under another name is no second person.
    alice.username = "alice.m"
    alice.save()
    factories.look_first(submission, by=alice)
    assert "A second person has to answer no" in why_not(submission, alice)


def test_changed_answer_that_bears_on_it_asks_for_a_new_look(alice):
    submission = factories.submission_at("received", case="court")
    factories.look_first(submission, by=alice)
    sealed_store.add_sealed(submission, SealedText.Kind.ANSWERS, factories.ANSWERS | {"case": "over"})

    assert "changed an answer" in why_not(submission, alice)


def test_second_yes_is_refused_once_somebody_finds_a_case(alice, bob):
    submission = factories.submission_at("prepared")
    factories.look_first(submission, by=bob, case="yes")

    assert "it can only be held" in room.text_of(room.agree(factories.client_of(bob), submission))
    assert Submission.objects.get().status == "prepared"


def test_message_of_every_question_names_help_from_the_sites_own_list(submission, browser):
    for risk in RISKS:
        page = room.text_of(room.see(browser, "room_first_look_message", submission.pk, risk.slug))
        form = at_work.form_on(page, reverse("room_first_look_message", args=[submission.pk, risk.slug]))
        message = dict(form.fields)["message"]
        assert str(risk.message) in message
        assert any(when in message for when in ("(At any hour)", "(Monday to Friday", "(Website")), risk.slug
        assert ("Childline, for under 18s: 0800 1111" in message) is (risk.slug == "under-18")


def test_message_is_shown_before_it_is_sent(submission, browser, alice):
    unseen = write(browser, alice, submission, "online", step="send", message="These people can help.")
    assert "These people can help." in room.text_of(unseen)
    shown = write(browser, alice, submission, "online", step="show", message="These people can help.")

    preview = at_work.form_on(room.text_of(shown), reverse("room_first_look_message", args=[submission.pk, "online"]))
    assert "These people can help." in dict(preview.fields)["message"]
    assert not SealedText.objects.filter(kind="message").exists()

    sent = write(browser, alice, submission, "online", **dict(preview.fields) | {"step": "send"})

    assert sent.status_code == 302
    assert not messages.opened_messages(coming_back.open_code(submission.code))
    factories.ten_minutes_pass()
    [message] = messages.opened_messages(coming_back.open_code(submission.code))
    assert (message["from"], message["text"]) == ("moderator", "These people can help.")
    assert Submission.objects.get().status == "received"


def test_without_a_code_the_page_says_that_nothing_reaches_them(alice, browser):
    factories.queue_key()
    submission = receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code(), keeps_code=False))
    factories.look_first(submission, by=alice, life="yes")

    page = room.text_of(room.see(browser, "room_read", submission.pk))
    seen = hashlib.sha256(b"Call 999.").hexdigest()
    response = write(browser, alice, submission, "life", step="send", message="Call 999.", seen=seen)

    assert "chose to have no code" in page
    ways = page[page.index('class="room-risk__ways"') :]
    assert f'button-small" href="{reverse("room_decide", args=[submission.pk, "hold"])}' in ways, "holding comes first"
    assert reverse("room_first_look_message", args=[submission.pk, "life"]) not in page
    assert "chose to have no code" in room.text_of(response)
    assert not SealedText.objects.filter(kind="message").exists()


def edit(user, slug, **data):
    browser = factories.client_of(user, unlocked=False)
    return room.press(browser, "room_risk_words_edit", slug, **{TOKEN: words_token(user)} | data)


def test_coordinators_words_are_in_the_question_and_message_until_reset(submission, browser, carol):
    words = {"message": "Are you safe?", "message_cy": "Ydych chi’n ddiogel?"}

    assert edit(carol, "life", what_to_do="Ring Farida: 020 7946 0000.", **words).status_code == 302

    assert "Ring Farida" in room.text_of(room.see(browser, "room_read", submission.pk))
    assert "Are you safe?" in room.text_of(room.see(browser, "room_first_look_message", submission.pk, "life"))
    Submission.objects.filter(pk=submission.pk).update(language="cy")
    in_welsh = room.text_of(room.see(browser, "room_first_look_message", submission.pk, "life"))
    assert "Ydych chi’n ddiogel?" in in_welsh
    assert "Samariaid: 116 123" in in_welsh
    edit(carol, "life", step="take-back")
    assert not RiskWords.objects.exists()
    assert "safeguarding lead now" in room.text_of(room.see(browser, "room_read", submission.pk))


SECRET = "She is with her sister tonight"


@pytest.fixture
def lead(db):
    return ReadyWords.objects.create(purpose="safety", title="Ruth, safeguarding lead", text="01632 960217, at night")


def _rang(browser, alice, submission, **changes):
    data = {"when": "21:40", "who": "Ruth", "agreed": SECRET, TOKEN: words_token(alice)} | changes
    return browser.post(reverse("room_rang", args=[submission.pk]), data, follow=True)


def test_name_and_number_are_wherever_there_may_be_danger_for_coordinators_too(alice, carol, submission, lead):
    pages = [reverse("wagtailadmin_home"), reverse("room_what_to_do")]
    look = reverse("room_first_look", args=[submission.pk])
    for person, unlocked, addresses in ((alice, True, [*pages, look]), (alice, False, pages), (carol, False, pages)):
        browser = factories.client_of(person, unlocked=unlocked)
        for address in addresses:
            page = room.text_of(browser.get(address, follow=True))
            assert "Ruth, safeguarding lead" in page, (person, address)
            assert "01632 960217, at night" in page, (person, address)


def test_call_is_sealed_and_its_event_says_no_word_of_it(browser, alice, submission, lead):
    _rang(factories.client_of(alice, unlocked=False), alice, submission)
    assert not SealedText.objects.filter(kind="note").exists(), "nothing is kept without the vault"
    for empty in ("when", "who", "agreed"):
        page = room.text_of(_rang(browser, alice, submission, **{empty: " "}))
        assert SECRET in page or empty == "agreed"
        assert "21:40" in page or empty == "when"
    assert not Event.objects.filter(deed="rang safeguarding").exists(), "what is left out is asked for"

    page = room.text_of(_rang(browser, alice, submission))

    assert SECRET in page
    event = Event.objects.get(deed="rang safeguarding")
    assert (event.by, event.submission_id, event.reason, event.counts) == (alice, submission.pk, "", None)
    note = SealedText.objects.get(kind="note")
    assert SECRET.encode() not in bytes(note.box)
    colleague = factories.client_of(factories.moderator("eve"))
    assert SECRET in room.text_of(room.see(colleague, "room_read", submission.pk))
    assert "rang safeguarding about it" in room.text_of(room.see(colleague, "room_read", submission.pk))


def test_what_was_found_stands_gravest_first_with_what_fits_and_no_green_banner(browser, alice, submission):
    answers = {CASE: "yes", ONLINE: "yes", GUILT: "yes", LIFE: "not-sure", UNDER_18: "yes", SELF_HARM: "not-sure"}
    hold, decline = (reverse("room_decide", args=[submission.pk, slug]) for slug in ("hold", "decline"))

    response = found(browser, alice, submission, **answers)

    order = [LIFE, SELF_HARM, UNDER_18, CASE, ONLINE, GUILT]
    assert [flag["risk"].slug for flag in response.context["flags"]] == order
    assert [message.level_tag for message in response.context["messages"]] == ["warning"]
    assert f"{hold}?reason=legal" in room.text_of(response)
    assert f"{decline}?reason=under-18" in room.text_of(response)
    assert dict(at_work.form_on(room.text_of(browser.get(f"{hold}?reason=legal")), hold).fields)["reason"] == "legal"


@pytest.mark.parametrize(
    ("slug", "filled"), [(LIFE, "Write to them first"), (UNDER_18, "Write to them first"), (CASE, "Hold")]
)
def test_filled_button_is_what_the_words_say_comes_first(browser, alice, submission, slug, filled):
    page = room.text_of(found(browser, alice, submission, **{slug: "yes"}))

    ways = page[page.index('class="room-risk__ways"') :]
    first = ways[ways.index('class="button button-small"') :]
    assert first[first.index(">") + 1 :].startswith(filled)
    assert ways.index('class="button button-small"') < ways.index("button-secondary")
