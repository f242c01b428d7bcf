"""What is asked, said and shown before sending, by what was answered."""

import html
import math
import re
from contextlib import nullcontext

import pytest

from moderation.team.permissions import Refused
from stories.core import disk_space
from stories.models import QueueKey, Submission
from tests import factories
from tests.journeys import test_how_long_it_is
from tests.stories.intake.visiting import ACCOUNT, TOLD

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
DEALT = "In your own words, how did the police deal with it?"


def seen(page):
    """The words of a page without those that are hidden."""
    shown = re.sub(r"<(\w+)[^>]* hidden>.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())


@pytest.mark.parametrize("step", ["check", "send", "later"])
@pytest.mark.parametrize("whose", ["helping", "someone-else", ""])
def test_child_told_of_brings_help_for_both_and_the_words_back_and_stores_nothing(step, whose, queue_key, visitor):
    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step=step, adult_other="no", whose=whose, giveaways="My son’s school tie", **TOLD)

    says = visitor.text()
    assert visitor.response.status_code == 200
    for help_line in ("Report Remove", "0800 1111", "0808 800 5000", "CEOP", "999", "Do not pay", "Do not delete"):
        assert help_line in says
    assert "They can tell us when they are 18" in says
    assert ACCOUNT in says
    assert "My son’s school tie" in says
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
        assert DEALT not in seen(page)

    room = factories.client_of(alice).get(f"/admin/queue/{Submission.objects.get().pk}/").content.decode()
    assert KEPT_FROM in html.unescape(room)
    assert "Which police force would it have been?" in room
    # Nobody can read it any more, and the words come back under the question that was asked.
    QueueKey.objects.update(is_current=False)
    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step="check", **TOLD, **NEVER)
    assert KEPT_FROM in visitor.text()
    assert ACCOUNT in visitor.text()


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
