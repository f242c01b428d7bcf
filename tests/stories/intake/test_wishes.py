"""What a contributor wants changed in the final text: kept whole, read by moderators, and stopping that text."""

import re

import pytest

from moderation import agreements, reading, working_copies
from moderation.facts import load_text_facts
from moderation.queue import lanes
from moderation.team.permissions import Refused
from stories.core import sealed_store
from stories.intake import coming_back
from stories.intake.messages import opened_messages
from stories.models import Event, Story
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
TEXT = "I rang 101 on a wet evening.\n\nThe officer at the desk laughed."
WISH = "She did not laugh. She smiled."


@pytest.fixture
def submission(alice):
    return factories.submission_at("prepared", consent_ask_again=True, fields={"text": TEXT})


def messages(submission):
    return [message["text"] for message in opened_messages(coming_back.open_code(submission.code))]


def wish(visitor, submission, **boxes):
    return visitor.press(submission.code, "please-change", **boxes or {"change-2": WISH})


def forward_again(submission, *, by, **fields):
    factories.claim(submission, by=by)
    reading.read_account(submission, vault=factories.open_vault(by))
    copy = working_copies.save_version(submission, factories.FIELDS | fields, by=by) if fields else None
    copy = copy or working_copies.newest_copy(submission)
    factories.say_first_yes(copy, by=by)


def test_wish_is_one_message_under_its_paragraphs_beginning_and_moderators_see_it(submission, alice, bob, visitor):
    wish(visitor, submission, **{"change-2": WISH, "change-0": "A shorter title,\nplease."})

    (message,) = messages(submission)
    assert f"Paragraph 2: “The officer at the desk laughed.”\n{WISH}" in message
    assert "A shorter title,\nplease." in message
    assert "I rang 101" not in message
    assert message.startswith("I do not say yes to this text yet.")
    submission.refresh_from_db()
    assert load_text_facts(submission, alice).marks["wants_change"]
    assert list(lanes.lane_rows("wrote", bob)) == [submission]
    page = factories.client_of(alice).get(f"/admin/queue/{submission.pk}/").content.decode()
    for words in ("they want the text changed", "asked for a change to the text", "wants the text changed", WISH):
        assert words in page


def test_new_text_comes_to_the_contributor_and_their_yes_makes_it_a_story(submission, alice, bob, visitor):
    wish(visitor, submission)
    forward_again(submission, by=alice, text="The officer smiled.")

    visitor.come_back(submission.code)
    assert "A text is ready for you" in visitor.text()
    assert "The officer smiled." in visitor.text()
    visitor.post("/return/", step="yes")
    reading.read_account(submission, vault=factories.open_vault(bob))
    factories.agree(submission, by=bob)

    assert Story.objects.get().text == "The officer smiled."


@pytest.mark.parametrize("is_live", [False, True])
def test_wish_a_moment_after_the_second_yes_stops_the_story_or_takes_it_off(is_live, submission, bob, visitor):
    visitor.press(submission.code, "yes")
    visitor.come_back(submission.code)
    factories.agree(submission, by=bob)
    says = ["Two of us had agreed on the text just before", "Your story does not go out"]
    if is_live:
        for _ in range(2):
            factories.submission_at("agreed")
        assert len(factories.publish_all()) == 3
        says = ["so we took it off at once", "Your story is off the site"]

    visitor.post("/return/", step="please-change", **{"change-2": WISH})

    story = Story.objects.get(submission=submission)
    assert story.status == "hidden"
    assert [words for words in says if words not in visitor.text()] == []
    assert WISH in messages(submission)[0]
    room.assert_on_no_page(story.text[:20])


@pytest.mark.parametrize("is_agreed", [False, True])
def test_wish_about_an_older_text_is_kept_with_its_words_and_stops_a_story(is_agreed, submission, alice, bob, visitor):
    visitor.come_back(submission.code)
    old = visitor.page
    forward_again(submission, by=alice, text="Other words.")
    if is_agreed:
        visitor.press(submission.code, "yes")
        reading.read_account(submission, vault=factories.open_vault(bob))
        factories.agree(submission, by=bob)

    visitor.post_from(old, "/return/", step="please-change", **{"change-2": WISH})

    assert f"“The officer at the desk laughed.”\n{WISH}" in messages(submission)[0]
    submission.refresh_from_db()
    if is_agreed:
        assert Story.objects.get().status == "hidden"
        assert "Two of us had agreed on the text just before" in visitor.text()
    else:
        assert submission.status == "prepared"
        kept = "The text has changed since you opened this page. We kept your words as a message."
        assert kept in visitor.text()
        assert "Other words." in visitor.text()


def test_wish_about_no_text_that_we_know_is_kept_as_a_message(submission, visitor):
    for digest in ("", "0" * 64, "<script>"):
        wish(visitor, submission, **{"change-of": digest, "change-7": f"{WISH} {len(digest)}"})
        assert f"Change paragraph 7\n{WISH} {len(digest)}" in messages(submission)[-1]

    submission.refresh_from_db()
    assert submission.status == "prepared"


def test_wishes_are_bounded_all_together_and_all_of_them_come_back(submission, visitor):
    many = {f"change-{number}": f"{number} " + "é" * 1900 for number in range(1, 400)}

    wish(visitor, submission, **many)

    assert "more than we can keep at once" in visitor.text()
    assert {name: visitor.box(name) for name in many} == many
    assert not messages(submission)
    submission.refresh_from_db()
    assert submission.status == "prepared"


def test_wish_sent_twice_is_kept_once_and_stops_a_text_put_forward_again_once_more(submission, alice, bob, visitor):
    visitor.come_back(submission.code)
    page = visitor.page
    for _ in range(2):
        visitor.post_from(page, "/return/", step="please-change", **{"change-2": WISH})
    assert Event.objects.filter(submission=submission, deed="ask for a change").count() == 1
    assert "This text does not go out." in visitor.text()
    assert len(messages(submission)) == 1
    forward_again(submission, by=alice)
    visitor.press(submission.code, "yes")

    wish(visitor, submission)

    submission.refresh_from_db()
    assert (submission.status, submission.yes_to_digest) == ("received", "")
    assert "This text does not go out." in visitor.text()
    assert len(messages(submission)) == 1
    assert load_text_facts(submission, alice).marks["wants_change"]
    with pytest.raises(Refused):
        factories.agree(submission, by=bob)


def test_wish_from_a_page_left_open_waits_for_the_code_and_then_stops_the_text(submission, visitor, clock):
    visitor.come_back(submission.code)
    clock.shift(3 * 3600)

    visitor.post("/return/", step="please-change", **{"change-2": WISH, "change-0": "And the title."})
    assert "What you wrote is still here." in visitor.text()
    boxes = {name: visitor.box(name) for name in ("change-2", "change-0")}
    assert boxes == {"change-2": WISH, "change-0": "And the title."}

    visitor.post("/return/", step="please-change", code="7K3M-9QZX", **boxes)
    assert visitor.box("change-2") == WISH
    assert "opens nothing here" in visitor.text()

    visitor.post("/return/", step="please-change", code=submission.code, **boxes)
    assert "And the title." in messages(submission)[0]
    submission.refresh_from_db()
    assert submission.status == "received"


def test_wish_ends_the_yes_to_a_text_that_was_sent_back_meanwhile(submission, alice, bob, visitor):
    visitor.press(submission.code, "yes")
    agreements.send_back(submission, "Look again.", by=bob)

    visitor.post("/return/", step="please-change", **{"change-2": WISH})
    forward_again(submission, by=alice)
    reading.read_account(submission, vault=factories.open_vault(bob))

    with pytest.raises(Refused, match="hasn’t said yes"):
        factories.agree(submission, by=bob)


def test_wish_for_which_there_is_no_room_stops_the_text_all_the_same(submission, alice, visitor, monkeypatch):
    monkeypatch.setattr(sealed_store, "MOST_UNDER_ONE_CODE", 100)

    wish(visitor, submission)

    submission.refresh_from_db()
    assert (submission.status, messages(submission)) == ("received", [])
    assert "no room for these words" in visitor.text()
    assert WISH in visitor.text()
    assert load_text_facts(submission, alice).marks["wants_change"]


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
