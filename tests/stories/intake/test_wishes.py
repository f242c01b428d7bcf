"""The page with a text that waits for a yes, which counts for what was shown: no wish and no box loses its words."""

import html
import re

import pytest

from moderation import agreements, working_copies
from moderation.facts import load_text_facts
from moderation.queue import lanes
from moderation.team.permissions import Refused
from stories.core import lifecycle, sealed_store, story_sections
from stories.models import Event, Story, Submission
from tests import factories
from tests.moderation import room
from tests.stories.intake.changes import WISH, forward_again
from tests.stories.intake.visiting import Visitor, WelshVisitor, messages_of

pytestmark = pytest.mark.django_db


def test_new_text_is_shown_exactly_and_a_yes_to_its_digest_makes_it_a_story(waits_for_yes, alice, bob, visitor):
    text = "Exactly <these> words.\n\nNo more."
    wish(visitor, waits_for_yes)
    forward_again(waits_for_yes, by=alice, text=text)
    visitor.come_back(waits_for_yes.code)
    assert "A text is ready for you" in visitor.text()
    assert "The text that waits for your yes" in visitor.text()
    letter = html.unescape(visitor.page.split("<article", 1)[1].split("</article>")[0])
    below = [factories.FIELDS[name] for name in story_sections.NAMES]
    for words in (factories.FIELDS["title"], *text.split("\n\n"), *below):
        assert words in letter
    for fact in ("Kent Police", "2024", "Looked into, then closed", "Waiting", "Mentions threats"):
        assert fact in visitor.text()

    # With the boxes for wishes, which are empty.
    visitor.post("/return/", step="yes", **{"change-2": "", "change-0": "  \r\n "})

    assert "The text that waits for your yes" not in visitor.text()
    assert Submission.objects.get().yes_to_digest == working_copies.newest_copy(waits_for_yes).digest
    assert "We have your yes to exactly this text" in visitor.text()
    assert 'value="yes"' not in visitor.page
    factories.agree(waits_for_yes, by=bob)
    assert Story.objects.get().text == text


def test_yes_to_a_made_up_digest_counts_for_nothing(waits_for_yes, visitor):
    for digest in ("", "0" * 64, "<script>"):
        visitor.press(waits_for_yes.code, "yes", digest=digest)
        assert Submission.objects.get().yes_to_digest == "", digest


def test_contributor_who_did_not_ask_is_shown_no_text_to_decide_on(alice, visitor):
    submission = factories.submission_at("prepared", fields={"text": "Exactly these words."})

    visitor.come_back(submission.code)
    assert "Exactly these words." not in visitor.text()
    visitor.post("/return/", step="yes", digest=working_copies.newest_copy(submission).digest)

    assert Submission.objects.get().yes_to_digest == ""


def test_new_version_ends_the_yes_and_is_not_shown_before_it_is_put_forward(waits_for_yes, alice, visitor):
    visitor.press(waits_for_yes.code, "yes")
    factories.claim(waits_for_yes, by=alice)
    working_copies.save_version(waits_for_yes, factories.FIELDS | {"text": "Half a thought."}, by=alice)

    assert Submission.objects.get(pk=waits_for_yes.pk).yes_to_digest == ""
    visitor.come_back(waits_for_yes.code)
    assert "Half a thought." not in visitor.text()


def wish(visitor, waits_for_yes, **boxes):
    return visitor.press(waits_for_yes.code, "please-change", **boxes or {"change-2": WISH})


def test_wish_is_one_message_under_its_paragraphs_beginning_and_moderators_see_it(waits_for_yes, alice, bob, visitor):
    wish(visitor, waits_for_yes, **{"change-2": WISH, "change-0": "A shorter title,\nplease."})

    (message,) = messages_of(waits_for_yes.code)
    assert f"Paragraph 2: “The officer at the desk laughed.”\n{WISH}" in message
    assert "A shorter title,\nplease." in message
    assert "I rang 101" not in message
    assert message.startswith("I do not say yes to this text yet.")
    waits_for_yes.refresh_from_db()
    assert load_text_facts(waits_for_yes, alice).marks["wants_change"]
    assert list(lanes.lane_rows("wrote", bob)) == [waits_for_yes]
    page = factories.client_of(alice).get(f"/admin/queue/{waits_for_yes.pk}/").content.decode()
    for words in ("they want the text changed", "asked for a change to the text", "wants the text changed", WISH):
        assert words in page


@pytest.mark.parametrize("is_live", [False, True])
def test_wish_a_moment_after_the_second_yes_stops_the_story_or_takes_it_off(is_live, waits_for_yes, bob, visitor):
    visitor.press(waits_for_yes.code, "yes")
    visitor.come_back(waits_for_yes.code)
    factories.agree(waits_for_yes, by=bob)
    says = ["Two of us had agreed on the text just before", "Your story does not go out"]
    if is_live:
        for _ in range(2):
            factories.submission_at("agreed")
        assert len(factories.publish_all()) == 3
        says = ["so we took it off at once", "Your story is off the site"]

    visitor.post("/return/", step="please-change", **{"change-2": WISH})

    story = Story.objects.get(submission=waits_for_yes)
    assert story.status == "hidden"
    assert [words for words in says if words not in visitor.text()] == []
    assert WISH in messages_of(waits_for_yes.code)[0]
    room.assert_on_no_page(story.text[:20])


@pytest.mark.parametrize("is_agreed", [False, True])
def test_yes_to_an_old_text_is_none_and_a_wish_about_it_stops_a_story(is_agreed, waits_for_yes, alice, bob, visitor):
    old = visitor.come_back(waits_for_yes.code)
    forward_again(waits_for_yes, by=alice, text="Other words.")
    visitor.post_from(old, "/return/", step="yes")
    assert Submission.objects.get().yes_to_digest == ""
    for said in ("The text has changed", "Other words."):
        assert said in visitor.text()
    if is_agreed:
        visitor.press(waits_for_yes.code, "yes")
        factories.agree(waits_for_yes, by=bob)

    visitor.post_from(old, "/return/", step="please-change", **{"change-2": WISH})

    assert f"“The officer at the desk laughed.”\n{WISH}" in messages_of(waits_for_yes.code)[0]
    if is_agreed:
        assert Story.objects.get().status == "hidden"
        assert "Two of us had agreed on the text just before" in visitor.text()
    else:
        assert Submission.objects.get().status == "prepared"
        kept = "The text has changed since you opened this page. We kept your words as a message."
        assert kept in visitor.text()
        assert "Other words." in visitor.text()


def test_wish_about_no_text_that_we_know_is_kept_as_a_message(waits_for_yes, visitor):
    for digest in ("", "0" * 64, "<script>"):
        wish(visitor, waits_for_yes, **{"change-of": digest, "change-7": f"{WISH} {len(digest)}"})
        assert f"Change paragraph 7\n{WISH} {len(digest)}" in messages_of(waits_for_yes.code)[-1]

    assert Submission.objects.get().status == "prepared"


def test_wishes_are_bounded_all_together_and_all_of_them_come_back(waits_for_yes, visitor):
    many = {f"change-{number}": f"{number} " + "é" * 1900 for number in range(1, 400)}

    wish(visitor, waits_for_yes, **many)

    assert "more than we can keep at once" in visitor.text()
    assert {name: visitor.box(name) for name in many} == many
    assert not messages_of(waits_for_yes.code)
    assert Submission.objects.get().status == "prepared"


def test_wish_sent_twice_is_kept_once_and_stops_a_text_put_forward_again_once_more(waits_for_yes, alice, bob, visitor):
    page = visitor.come_back(waits_for_yes.code)
    for _ in range(2):
        visitor.post_from(page, "/return/", step="please-change", **{"change-2": WISH})
    assert Event.objects.filter(submission=waits_for_yes, deed="ask for a change").count() == 1
    assert "This text does not go out." in visitor.text()
    assert len(messages_of(waits_for_yes.code)) == 1
    forward_again(waits_for_yes, by=alice)
    visitor.press(waits_for_yes.code, "yes")

    wish(visitor, waits_for_yes)

    waits_for_yes.refresh_from_db()
    assert (waits_for_yes.status, waits_for_yes.yes_to_digest) == ("received", "")
    assert "This text does not go out." in visitor.text()
    assert len(messages_of(waits_for_yes.code)) == 1
    assert load_text_facts(waits_for_yes, alice).marks["wants_change"]
    with pytest.raises(Refused):
        factories.agree(waits_for_yes, by=bob)


def test_wish_from_a_page_left_open_waits_for_the_code_and_then_stops_the_text(waits_for_yes, visitor, clock):
    visitor.come_back(waits_for_yes.code)
    clock.shift(3 * 3600)

    visitor.post("/return/", step="please-change", **{"change-2": WISH, "change-0": "And the title."})
    assert "What you wrote is still here." in visitor.text()
    boxes = {name: visitor.box(name) for name in ("change-2", "change-0")}
    assert boxes == {"change-2": WISH, "change-0": "And the title."}

    visitor.post("/return/", step="please-change", code="7K3M-9QZX", **boxes)
    assert visitor.box("change-2") == WISH
    assert "opens nothing here" in visitor.text()

    visitor.post("/return/", step="please-change", code=waits_for_yes.code, **boxes)
    assert "And the title." in messages_of(waits_for_yes.code)[0]
    assert Submission.objects.get().status == "received"


def test_wish_ends_the_yes_to_a_text_that_was_sent_back_meanwhile(waits_for_yes, alice, bob, visitor):
    visitor.press(waits_for_yes.code, "yes")
    agreements.send_back(waits_for_yes, "Look again.", by=bob)

    visitor.post("/return/", step="please-change", **{"change-2": WISH})
    forward_again(waits_for_yes, by=alice)

    with pytest.raises(Refused, match="hasn’t said yes"):
        factories.agree(waits_for_yes, by=bob)


def test_wish_for_which_there_is_no_room_stops_the_text_all_the_same(waits_for_yes, alice, visitor, monkeypatch):
    monkeypatch.setattr(sealed_store, "MOST_UNDER_ONE_CODE", 100)

    wish(visitor, waits_for_yes)

    waits_for_yes.refresh_from_db()
    assert (waits_for_yes.status, messages_of(waits_for_yes.code)) == ("received", [])
    assert "no room for these words" in visitor.text()
    assert WISH in visitor.text()
    assert load_text_facts(waits_for_yes, alice).marks["wants_change"]


def test_page_says_word_by_word_what_was_changed_and_what_they_asked_for(alice, visitor):
    submission = factories.submission_at(
        "prepared",
        consent_ask_again=True,
        account="PC Holt <laughed>.\n\nThen I left.",
        fields={"text": "An officer <laughed>.\n\nThen I left."},
    )
    visitor.come_back(submission.code)
    assert "What you asked us to change" not in visitor.text()
    changed = visitor.page.partition('<div class="changes" translate="no">')[2].partition("</div>")[0]
    shown = "<del>PC Holt </del><ins>An officer </ins><bdi>&lt;laughed&gt;.\n\nThen I left.</bdi>"
    assert re.sub("<span.*?</span>", "", changed) == shown

    wish(visitor, submission, **{"change-1": "Write: a policeman."})
    submission.refresh_from_db()
    forward_again(submission, by=alice, text="A policeman <laughed>.\n\nThen I left.")
    factories.ten_minutes_pass()
    visitor.come_back(submission.code)

    asked = visitor.text().partition("What you asked us to change")[2].partition("what became of it")[0]
    assert "Write: a policeman." in asked


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


ODD = [{"change-2": "\x00 <script>alert(1)</script>"}, {"change-999": WISH}, {"message": "x" * 30_000}]


@pytest.mark.parametrize("boxes", [*ODD, {"change-2": WISH, "change-of": "nonsense"}])
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

    assert Submission.objects.get().yes_to_digest == ""
    assert visitor.box("change-2") == WISH
    assert {"please-change", "yes-without"} <= buttons(visitor.page)
    assert 'role="alert"' in visitor.page

    digest = visitor.hidden()["digest"]
    visitor.post("/return/", step="yes-without", **{"change-2": WISH})

    assert Submission.objects.get().yes_to_digest == digest
    assert messages_of(waits_for_yes.code) == []
    assert visitor.box("change-2") == WISH
    assert "yes-without" not in buttons(visitor.page)
