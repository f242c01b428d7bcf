"""The page behind a code has many buttons and some boxes: whichever is pressed, no box loses its words."""

import re

import pytest

from stories.core import lifecycle
from stories.models import Story, Submission
from tests import factories
from tests.stories.intake.changes import WISH, forward_again
from tests.stories.intake.visiting import Visitor, WelshVisitor, messages_of

pytestmark = pytest.mark.django_db
MESSAGE = "My number has changed.\nAsk me here."


def buttons(page):
    """Every step that the page's buttons offer."""
    return set(re.findall(r'<button[^>]*name="step" value="([^"]*)"', page))


def test_no_button_of_the_page_loses_what_stands_in_a_box(waits_for_yes, visitor):
    visitor.come_back(waits_for_yes.code)
    offered = buttons(visitor.page)
    assert {"yes", "please-change", "message", "consents", "answers", "withdraw", "download", "reminder"} <= offered

    for step in offered - {"message", "download", "reminder"}:
        visitor.press(waits_for_yes.code, step, message=MESSAGE)
        if "show" in buttons(visitor.page) and visitor.box("message") is None:
            visitor.post("/return/", step="show")
        assert visitor.box("message") == MESSAGE, step
        assert "Not sent yet." in visitor.text(), step
    assert MESSAGE not in messages_of(waits_for_yes.code)


@pytest.mark.parametrize("keep", ["consents", "answers", "edit"])
def test_boxes_come_along_through_the_page_between_whatever_is_done_there(keep, queue_key, visitor):
    submission = factories.submission_at(consent_publish=True)
    for second in (f"{keep}-keep", "show"):
        visitor.press(submission.code, keep, message=MESSAGE)
        visitor.post("/return/", step=second, account="I rang 101, and again, and nobody called me back.")

        assert visitor.box("message") == MESSAGE, second
    assert messages_of(submission.code) == []


def test_whatever_is_sent_takes_its_own_boxes_and_leaves_the_others(waits_for_yes, visitor):
    boxes = {"message": MESSAGE, "change-2": WISH}
    visitor.press(waits_for_yes.code, "message", **boxes)

    assert messages_of(waits_for_yes.code) == [MESSAGE]
    assert (visitor.box("message"), visitor.box("change-2")) == ("", WISH)

    visitor.press(waits_for_yes.code, "please-change", **boxes)

    assert WISH in messages_of(waits_for_yes.code)[-1]
    assert (visitor.box("message"), visitor.box("change-2")) == (MESSAGE, None)
    assert "We kept nothing of it." not in visitor.text()


def test_wish_and_yes_without_it_stay_with_exactly_the_text_that_was_shown(waits_for_yes, alice, visitor):
    visitor.press(waits_for_yes.code, "yes", **{"change-2": WISH})
    before, asked = visitor.hidden()["change-of"], visitor.page
    lifecycle.advance(waits_for_yes, "send back", by=alice)
    forward_again(waits_for_yes, by=alice, text="Then I left.")
    factories.ten_minutes_pass()

    visitor.post("/return/", step="yes-without", **{"change-2": WISH})
    assert Submission.objects.get(pk=waits_for_yes.pk).yes_to_digest == ""
    assert not Story.objects.exists()
    assert visitor.box("change-2") == WISH

    visitor.post_from(asked, "/return/", step="consents", **{"change-2": WISH})
    visitor.post("/return/", step="show")
    assert visitor.box("change-2") == WISH
    assert visitor.hidden()["change-of"] == before != visitor.hidden()["digest"]


def test_what_has_no_box_any_more_is_given_back_to_be_copied(queue_key, visitor):
    submission = factories.submission_at()
    visitor.press(submission.code, "withdraw", message=MESSAGE)

    visitor.post("/return/", step="withdraw-now")

    assert "You took it back" in visitor.text()
    assert MESSAGE in visitor.text()
    assert 'id="kept_message"' in visitor.page


@pytest.mark.parametrize(
    "boxes",
    [
        *({"change-2": "\x00 <script>alert(1)</script>"}, {"change-999": WISH}, {"message": "x" * 30_000}),
        {"change-2": WISH, "change-of": "nonsense"},
    ],
)
def test_odd_boxes_come_back_whole_and_harmless(boxes, waits_for_yes, visitor):
    visitor.press(waits_for_yes.code, "consents", **boxes)
    visitor.post("/return/", step="show")

    assert visitor.response.status_code == 200
    assert "<script>alert" not in visitor.page
    for name in boxes.keys() - {"change-of"}:
        assert visitor.box(name) == boxes[name].replace("\x00", "")


@pytest.mark.parametrize("who", [Visitor, WelshVisitor])
def test_yes_with_a_wish_typed_is_asked_about_once_and_can_be_said_without_it(waits_for_yes, who):
    visitor = who()
    visitor.press(waits_for_yes.code, "yes", **{"change-2": WISH})

    waits_for_yes.refresh_from_db()
    assert waits_for_yes.yes_to_digest == ""
    assert visitor.box("change-2") == WISH
    assert {"please-change", "yes-without"} <= buttons(visitor.page)
    assert 'role="alert"' in visitor.page

    digest = visitor.hidden()["digest"]
    visitor.post("/return/", step="yes-without", **{"change-2": WISH})

    waits_for_yes.refresh_from_db()
    assert waits_for_yes.yes_to_digest == digest
    assert messages_of(waits_for_yes.code) == []
    assert visitor.box("change-2") == WISH
    assert "yes-without" not in buttons(visitor.page)
