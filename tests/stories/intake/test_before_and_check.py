"""What is said before anything is typed, and the check before anything is sent, through the real pages."""

import math
import re

import pytest

from moderation.team.permissions import Refused
from stories.intake import receive
from stories.models import Submission
from tests import factories
from tests.journeys import test_how_long_it_is
from tests.stories.intake.visiting import ACCOUNT, TOLD

pytestmark = pytest.mark.django_db


def test_nearly_full_disk_is_told_before_anybody_types(queue_key, visitor, monkeypatch):
    visitor.get("/tell/")
    assert "short of room" not in visitor.page

    monkeypatch.setattr(receive, "LEAST_FREE", 2**63)
    visitor.get("/tell/")

    assert "short of room" in visitor.page


def test_without_a_queue_key_nobody_is_led_to_type(db, visitor):
    visitor.get("/tell/")
    assert "not open yet" in visitor.page
    assert 'href="/tell/form/"' not in visitor.page

    visitor.get("/tell/form/")
    assert "not open yet" in visitor.page
    assert "<textarea" not in visitor.page


def test_form_asks_everything_under_its_own_anchor_and_ticks_nothing(queue_key, visitor):
    visitor.get("/tell/form/")

    for anchor in ("where", "telling", "safe", "choices", "more"):
        assert f'id="{anchor}"' in visitor.page
    assert not re.search(r"<input[^>]* checked", visitor.page)
    assert not re.search(r'<option value="[^"]+"[^>]* selected', visitor.page)


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        ({}, "publish nothing, and erase them"),
        ({"consent_count": "on"}, "count your answers in our totals"),
        ({"consent_publish": "on"}, "If both agree, it goes on the site"),
        ({"consent_publish": "on", "consent_ask_again": "on"}, "You see the final text before we publish"),
    ],
)
def test_what_will_happen_is_said_for_every_choice(ticked, said, queue_key, visitor):
    visitor.check(**ticked)
    assert said in visitor.text()

    visitor.post("/tell/form/", step="send", **TOLD | ticked)
    assert visitor.code()
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
    if ask_again:
        with pytest.raises(Refused):
            factories.agree(submission, by=bob)
    else:
        factories.agree(submission, by=bob)

    for page in (on_check, visitor.text()):
        assert ("your story cannot be published, because you could not say yes" in page) is ask_again
        assert ("little is lost" in page) is not ask_again


def test_how_long_it_takes_is_what_was_measured(queue_key, visitor):
    visitor.get("/tell/")

    said = [int(number) for number in re.search(r"It takes (\d+) to (\d+) minutes", visitor.text()).groups()]
    shortest, longest = (test_how_long_it_is.minutes(words) for words in (150, 1_000))
    assert said == [5 * math.ceil(each / 5) for each in (shortest, longest)]


def test_no_code_and_the_final_text_do_not_go_together_and_that_is_said_on_the_spot(queue_key, visitor):
    both = {"no_code": "on", "consent_ask_again": "on"}
    visitor.check(**both)
    assert "do not go together" in visitor.text()

    visitor.post("/tell/form/", step="send", **TOLD | both)

    assert "do not go together" in visitor.text()
    assert visitor.box("account") == ACCOUNT
    assert not Submission.objects.exists()


def test_form_without_a_script_leads_past_what_is_optional_and_can_be_sent_after_the_choices(queue_key, visitor):
    visitor.get("/tell/form/")

    links = re.findall(r'<a href="#([a-z_]+)"', visitor.page)
    assert {"start", "where", "telling", "safe", "choices", "more", "finish"} <= set(links)
    assert all(visitor.page.count(f'id="{aim}"') == 1 for aim in links)
    assert "Skip to “Your account”" in visitor.text()
    assert "Skip to “Your choices”" in visitor.text()
    buttons = [found.start() for found in re.finditer('name="step" value="check"', visitor.page)]
    assert [at > visitor.page.index('id="more"') for at in buttons] == [False, True]
    assert visitor.page.index('id="choices"') < buttons[0]
