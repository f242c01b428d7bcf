"""What is asked, said and shown before sending; and whatever goes wrong with a form, the account is in the answer."""

import html
import math
import re
from contextlib import nullcontext
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import RequestFactory

from moderation.team.permissions import Refused
from stories.core import disk_space
from stories.intake import public_form
from stories.models import QueueKey, SealedText, Submission
from tests import factories
from tests.journeys import test_how_long_it_is
from tests.stories.intake.visiting import ACCOUNT, TOLD, raising, sent

pytestmark = pytest.mark.django_db


def test_nearly_full_disk_is_told_before_anybody_types_and_how_long_it_takes(queue_key, visitor, monkeypatch):
    visitor.get("/tell/")
    assert "short of room" not in visitor.page
    said = [int(number) for number in re.search(r"It takes (\d+) to (\d+) minutes", visitor.text()).groups()]
    measured = [test_how_long_it_is.minutes(words) for words in (150, 1_000)]
    assert said == [5 * math.ceil(each / 5) for each in measured]

    monkeypatch.setattr(disk_space, "LEAST_FREE", 2**63)
    assert "short of room" in visitor.get("/tell/")


def test_without_a_queue_key_nobody_is_led_to_type(db, visitor):
    for path, leads in (("/tell/", 'href="/tell/form/"'), ("/tell/form/", "<textarea")):
        visitor.get(path)
        assert "not open yet" in visitor.page, path
        assert leads not in visitor.page, path


def test_form_ticks_nothing_and_without_a_script_leads_past_the_optional_and_to_help(queue_key, visitor):
    visitor.get("/tell/form/")

    assert not re.search(r"<input[^>]* checked", visitor.page)
    assert not re.search(r'<option value="[^"]+"[^>]* selected', visitor.page)
    links = re.findall(r'<a href="#([a-z_]+)"', visitor.page)
    assert {"start", "where", "telling", "safe", "choices", "more", "finish"} <= set(links)
    assert all(visitor.page.count(f'id="{aim}"') == 1 for aim in links)
    assert "Skip to “Your account”" in visitor.text()
    assert "Skip to “Your choices”" in visitor.text()
    buttons = [found.start() for found in re.finditer('name="step" value="check"', visitor.page)]
    assert [at > visitor.page.index('id="more"') for at in buttons] == [False, True]
    assert visitor.page.index('id="choices"') < buttons[0]
    for name, address in (("adult", "/tell/under-18/"), ("adult_other", "/tell/under-18/helping/")):
        question = visitor.page[visitor.page.index(f'id="id_{name}"') :].split("</fieldset>")[0]
        # In a new tab: a press never costs what was typed.
        assert f'<p class="field__why" data-plainly><a class="alone" href="{address}" target="_blank"' in question


def test_what_will_happen_is_said_for_every_choice(queue_key, visitor):
    for ticked, said in (
        ({}, "publish nothing, and erase them"),
        ({"consent_count": "on"}, "count your answers in our totals"),
        ({"consent_publish": "on"}, "If both agree, it goes on the site"),
        ({"consent_publish": "on", "consent_ask_again": "on"}, "You see the final text before we publish"),
    ):
        visitor.check(**ticked)
        assert said in visitor.text()

        visitor.post("/tell/form/", step="send", **TOLD | ticked)
        assert visitor.code(), said
        assert said in visitor.text()


@pytest.mark.parametrize("ask_again", [True, False])
def test_what_losing_the_code_costs_is_what_the_pages_say(ask_again, queue_key, alice, bob, visitor):
    where = {"force": "kent", "place_shown": "force", "year": "2024"}
    told = where | {"consent_publish": "on"} | ({"consent_ask_again": "on"} if ask_again else {})
    visitor.check(**told)
    on_check = visitor.text()
    visitor.post("/tell/form/", step="send", **TOLD | told)

    # Nobody comes back with a code.
    submission = Submission.objects.get()
    factories.put_forward(submission, by=alice)
    with pytest.raises(Refused) if ask_again else nullcontext():
        factories.agree(submission, by=bob)

    for page in (on_check, visitor.text()):
        assert ("your story cannot be published, because you could not say yes" in page) is ask_again
        assert ("little is lost" in page) is not ask_again


def test_no_code_and_the_final_text_do_not_go_together_and_that_is_said_on_the_spot(queue_key, visitor):
    both = {"no_code": "on", "consent_ask_again": "on"}
    visitor.get("/tell/form/")
    for step in ("check", "send"):
        visitor.post("/tell/form/", step=step, **TOLD | both)
        assert "do not go together" in visitor.text(), step

    assert '<p class="field__error" id="id_no_code_error">' in visitor.page
    assert re.search(r'id="id_no_code" checked aria-describedby="id_no_code_error" aria-invalid="true"', visitor.page)
    assert visitor.box("account") == ACCOUNT
    assert not Submission.objects.exists()


NEVER = {"reported": "did-not-tell"}
KEPT_FROM = "In your own words, what kept you from telling the police?"


def seen(page):
    """The words of a page without those that are hidden."""
    shown = re.sub(r"<(\w+)[^>]* hidden>.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())


@pytest.mark.parametrize("step", ["check", "send", "later"])
@pytest.mark.parametrize("whose", ["helping", "someone-else", ""])
def test_child_told_of_brings_help_for_both_and_the_words_back_and_stores_nothing(step, whose, queue_key, visitor):
    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step=step, adult_other="no", whose=whose, giveaways="My son’s school tie", **TOLD)

    helps = ("Report Remove", "0800 1111", "0808 800 5000", "CEOP", "999", "Do not pay", "Do not delete")
    assert visitor.response.status_code == 200
    for said in (*helps, "They can tell us when they are 18", ACCOUNT, "My son’s school tie"):
        assert said in visitor.text(), said
    assert "<form" not in visitor.page
    assert not Submission.objects.exists()


def test_help_for_under_18s_comes_first_unless_somebody_said_that_they_are_grown_up(queue_key, visitor):
    for told, first in (
        # One's own story: the other's age isn't asked, whatever stands there.
        *(({}, "StopNCII"), ({"whose": "mine", "adult_other": "no"}, "StopNCII")),
        ({"whose": "helping", "adult_other": "yes"}, "StopNCII"),
        ({"whose": "helping", "adult_other": "not-sure"}, "Report Remove"),
        ({"whose": "someone-else"}, "Report Remove"),
    ):
        visitor.check(online="yes", **told)
        names = re.findall(r">(StopNCII|Report Remove)", visitor.page[: visitor.page.index("<footer")])
        assert (names[0], len(names)) == (first, 2), told


@pytest.mark.parametrize("answer", ["maybe", "rather-not-say", "no\x00", "<b>"])
def test_answer_about_their_age_that_nobody_offered_is_asked_again_with_all_kept(answer, queue_key, visitor):
    visitor.check(adult_other=answer, giveaways="My van.", whose="helping")

    if answer.startswith("no"):  # what a broken browser adds is cleaned away
        assert "Report Remove" in visitor.page
    else:
        assert "not in our list any more" in visitor.text()
        assert 'name="whose" value="helping" checked' in visitor.page
    assert ACCOUNT in visitor.text()
    assert "My van." in visitor.text()


def test_their_page_their_words_and_the_team_have_the_same_questions(alice, visitor):
    code = visitor.tell(**NEVER, force="kent")
    visitor.come_back(code)
    for page in (visitor.page, visitor.post("/return/", step="edit")):
        assert KEPT_FROM in seen(page)
        assert "In your own words, how did the police deal with it?" not in seen(page)

    room = factories.client_of(alice).get(f"/admin/queue/{Submission.objects.get().pk}/").content.decode()
    assert KEPT_FROM in html.unescape(room)
    assert "Which police force would it have been?" in room


def test_both_told_and_not_told_is_asked_about_kindly_and_loses_nothing(queue_key, visitor):
    visitor.check(reported=["999", "did-not-tell"], kinds=["fake", "rather-not-say"], giveaways="My van.")

    assert "You ticked “I did not tell them” and something else as well." in visitor.text()
    assert "You ticked “Rather not say” and something else as well." in visitor.text()
    assert '<a href="#id_reported">' in visitor.page
    for name, slug in (("reported", "999"), ("reported", "did-not-tell"), ("kinds", "fake")):
        assert f'name="{name}" value="{slug}" checked' in visitor.page
    assert visitor.box("account") == ACCOUNT
    assert visitor.box("giveaways") == "My van."
    assert not Submission.objects.exists()


FORM = "application/x-www-form-urlencoded"
BODY = urlencode({**TOLD, "step": "check"}).encode()


def assert_given_back(visitor, words=ACCOUNT):
    assert words in visitor.text()
    assert 'id="exit"' in visitor.page
    assert visitor.response.headers["Cache-Control"] == "no-store"
    assert not visitor.response.cookies


def test_missing_age_gives_the_form_back_with_everything_in_it(queue_key, visitor):
    visitor.check(adult="", force="kent", recognise=["work"], consent_publish="on", giveaways="My van.")

    assert_given_back(visitor)
    assert visitor.box("giveaways") == "My van."
    assert '<a href="#id_adult">' in visitor.page
    for tag in (r'value="kent" selected', r'value="work"[^>]* checked', r'name="consent_publish"[^>]* checked'):
        assert re.search(tag, visitor.page)
    # So does a missing account.
    for account in ("", "  \n ", "\u200b\x00"):
        visitor.check(account=account, differently="Ring back.", well="A kind clerk.")
        assert '<a href="#id_account">' in visitor.page
        assert (visitor.box("differently"), visitor.box("well")) == ("Ring back.", "A kind clerk.")


@pytest.mark.parametrize(("name", "most"), [("account", 20_000), ("differently", 4_000), ("giveaways", 2_000)])
def test_one_character_too_many_comes_back_whole_and_the_most_fits(name, most, queue_key, visitor):
    visitor.check(**{name: "é" * (most + 1)})
    assert visitor.box(name) == "é" * (most + 1)
    assert "1 character longer" in visitor.text()

    visitor.check(**{name: "é" * most})
    assert "Read it once more" in visitor.page
    assert visitor.box(name) == "é" * most


TOKENS = ["", "x", "é", "A" * 100_000, "\x00", "====", "-_-_" * 60, "for form", "for return", "for withdraw"]


@pytest.mark.parametrize("token", [*TOKENS, "for take-down"])
def test_broken_token_gives_the_check_page_again_and_one_more_press_sends(token, queue_key, visitor):
    visitor.check()
    if token.startswith("for "):
        token = public_form.issue_token(token[4:], since="0", code="0000-0000-0000-0000", id="x")
    visitor.post("/tell/form/", step="send", token=token, **TOLD)
    assert_given_back(visitor)
    assert "press Send once more" in visitor.text()
    assert not Submission.objects.exists()

    visitor.post("/tell/form/", step="send", **TOLD)

    assert sent(visitor.code()).account["account"] == ACCOUNT


def test_file_is_left_out_and_that_is_said(queue_key, visitor):
    parts = [('photo"; filename="me.jpg', "\xff\xd8JFIF"), ("step", "check"), *TOLD.items()]
    each = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{words}\r\n' for name, words in parts]
    visitor.send("/tell/form/", "".join([*each, "--x--\r\n"]).encode(), "multipart/form-data; boundary=x")

    assert "We left out the file" in visitor.text()
    assert "JFIF" not in visitor.page


def test_text_far_too_long_comes_back_to_where_it_stopped(queue_key, visitor):
    visitor.send("/tell/form/", BODY + b"&well=" + b"\xff" * 9_000_000, FORM)

    assert visitor.response.status_code == 413
    assert_given_back(visitor)
    assert "more than we can take in one go" in visitor.text()
    assert "ÿ\n\n[It stops here. This is as much as we can take in one go.]" in visitor.page
    assert len(visitor.response.content) < 2_000_000


def test_failure_in_saving_gives_every_answer_back_and_a_second_try_sends_it(queue_key, visitor, monkeypatch, caplog):
    told = TOLD | {"force": "kent", "recognise": ["work", "family"], "consent_publish": "on", "giveaways": "My van."}
    visitor.check(**told)
    with monkeypatch.context() as broken:
        broken.setattr(SealedText.objects, "bulk_create", raising(OperationalError(f"({ACCOUNT})")))
        visitor.post("/tell/form/", step="send", **told)

    assert visitor.response.status_code == 503
    assert_given_back(visitor)
    # It is logged, and not a word of what was sent.
    assert "OperationalError" in caplog.text
    assert ACCOUNT not in caplog.text
    fields = visitor.hidden() | {name: visitor.box(name) for name in ("account", "giveaways")}
    fields["recognise"] = re.findall(r'name="recognise" value="(\w+)"', visitor.page)
    fields["step"] = re.search(r'name="step" value="(\w+)">', visitor.page)[1]
    visitor.page = ""
    visitor.post("/tell/form/", **fields)

    kept = sent(visitor.code())
    assert [kept.account[name] for name in ("account", "giveaways")] == [ACCOUNT, "My van."]
    assert (kept.answers["recognise"], kept.answers["consent_publish"]) == (["work", "family"], True)


def test_no_queue_key_any_more_gives_the_words_back_under_their_question(queue_key, visitor):
    visitor.check(**NEVER)
    QueueKey.objects.update(is_current=False)
    visitor.post("/tell/form/", step="check", **TOLD, **NEVER)
    assert KEPT_FROM in visitor.text()
    assert ACCOUNT in visitor.text()
    visitor.post("/tell/form/", step="send", **TOLD, **NEVER)
    assert visitor.response.status_code == 503
    assert KEPT_FROM in visitor.text()
    assert_given_back(visitor)
    assert "not open yet" in visitor.text()


def test_database_out_of_reach_gives_the_words_back_with_nothing_in_memory_yet(visitor, monkeypatch):
    monkeypatch.setattr(CursorWrapper, "execute", raising(OperationalError("unable to open database file")))
    visitor.send("/tell/form/", BODY, FORM)

    assert ACCOUNT in visitor.text()


def test_given_back_keeps_words_that_came_twice_no_code_and_survives_a_broken_line():
    body = b"account=One&account=Two&account=One&code=0000-0000-0000-0000"
    request = RequestFactory().generic("POST", "/", body, content_type=FORM)
    assert public_form.given_back(request) == {"account": "One\n\nTwo"}

    request = RequestFactory().generic("POST", "/", BODY, content_type=FORM)
    request._stream = SimpleNamespace(read=raising(OSError("connection reset")))
    assert public_form.given_back(request) == {}
