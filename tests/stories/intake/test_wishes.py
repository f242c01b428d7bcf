"""The final text: a yes counts for exactly what was shown, and a wish is kept whole, read by us, and stops it."""

import html
import re

import pytest

from moderation import agreements, working_copies
from moderation.facts import load_text_facts
from moderation.queue import lanes
from moderation.team.permissions import Refused
from stories.core import sealed_store, story_sections
from stories.models import Event, Story, Submission
from tests import factories
from tests.moderation import room
from tests.stories.intake.changes import WISH, forward_again
from tests.stories.intake.visiting import messages_of

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
    waits_for_yes.refresh_from_db()
    assert waits_for_yes.yes_to_digest == working_copies.newest_copy(waits_for_yes).digest
    assert "We have your yes to exactly this text" in visitor.text()
    assert 'value="yes"' not in visitor.page
    factories.agree(waits_for_yes, by=bob)
    assert Story.objects.get().text == text


def test_yes_to_a_made_up_digest_or_a_text_that_has_changed_counts_for_nothing(waits_for_yes, alice, visitor):
    for digest in ("", "0" * 64, "<script>"):
        visitor.press(waits_for_yes.code, "yes", digest=digest)
        waits_for_yes.refresh_from_db()
        assert waits_for_yes.yes_to_digest == "", digest

    old = visitor.come_back(waits_for_yes.code)
    forward_again(waits_for_yes, by=alice, text="Other words.")
    visitor.post_from(old, "/return/", step="yes")

    waits_for_yes.refresh_from_db()
    assert waits_for_yes.yes_to_digest == ""
    assert "The text has changed" in visitor.text()
    assert "Other words." in visitor.text()


def test_contributor_who_did_not_ask_is_shown_no_text_to_decide_on(alice, visitor):
    submission = factories.submission_at("prepared", fields={"text": "Exactly these words."})

    visitor.come_back(submission.code)
    assert "Exactly these words." not in visitor.text()
    visitor.post("/return/", step="yes", digest=working_copies.newest_copy(submission).digest)

    submission.refresh_from_db()
    assert submission.yes_to_digest == ""


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
def test_wish_about_an_older_text_is_kept_with_its_words_and_stops_a_story(
    is_agreed, waits_for_yes, alice, bob, visitor
):
    old = visitor.come_back(waits_for_yes.code)
    forward_again(waits_for_yes, by=alice, text="Other words.")
    if is_agreed:
        visitor.press(waits_for_yes.code, "yes")
        factories.agree(waits_for_yes, by=bob)

    visitor.post_from(old, "/return/", step="please-change", **{"change-2": WISH})

    assert f"“The officer at the desk laughed.”\n{WISH}" in messages_of(waits_for_yes.code)[0]
    waits_for_yes.refresh_from_db()
    if is_agreed:
        assert Story.objects.get().status == "hidden"
        assert "Two of us had agreed on the text just before" in visitor.text()
    else:
        assert waits_for_yes.status == "prepared"
        kept = "The text has changed since you opened this page. We kept your words as a message."
        assert kept in visitor.text()
        assert "Other words." in visitor.text()


def test_wish_about_no_text_that_we_know_is_kept_as_a_message(waits_for_yes, visitor):
    for digest in ("", "0" * 64, "<script>"):
        wish(visitor, waits_for_yes, **{"change-of": digest, "change-7": f"{WISH} {len(digest)}"})
        assert f"Change paragraph 7\n{WISH} {len(digest)}" in messages_of(waits_for_yes.code)[-1]

    waits_for_yes.refresh_from_db()
    assert waits_for_yes.status == "prepared"


def test_wishes_are_bounded_all_together_and_all_of_them_come_back(waits_for_yes, visitor):
    many = {f"change-{number}": f"{number} " + "é" * 1900 for number in range(1, 400)}

    wish(visitor, waits_for_yes, **many)

    assert "more than we can keep at once" in visitor.text()
    assert {name: visitor.box(name) for name in many} == many
    assert not messages_of(waits_for_yes.code)
    waits_for_yes.refresh_from_db()
    assert waits_for_yes.status == "prepared"


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
    waits_for_yes.refresh_from_db()
    assert waits_for_yes.status == "received"


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
    assert re.sub("<span.*?</span>", "", changed) == (
        "<del>PC Holt </del><ins>An officer </ins><bdi>&lt;laughed&gt;.\n\nThen I left.</bdi>"
    )

    wish(visitor, submission, **{"change-1": "Write: a policeman."})
    submission.refresh_from_db()
    forward_again(submission, by=alice, text="A policeman <laughed>.\n\nThen I left.")
    factories.ten_minutes_pass()
    visitor.come_back(submission.code)

    asked = visitor.text().partition("What you asked us to change")[2].partition("what became of it")[0]
    assert "Write: a policeman." in asked
