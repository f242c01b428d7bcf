"""The contributor's yes counts for exactly the characters that they were shown."""

import html

import pytest

from moderation import working_copies
from stories.core import story_sections
from stories.models import Story, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(alice):
    return factories.submission_at(
        "prepared", consent_ask_again=True, fields={"text": "Exactly <these> words.\n\nNo more."}
    )


def test_text_is_shown_exactly_and_a_yes_is_bound_to_the_digest_of_the_working_copy(submission, bob, visitor):
    visitor.come_back(submission.code)
    assert "A text is ready for you" in visitor.text()
    assert "The text that waits for your yes" in visitor.text()
    letter = html.unescape(visitor.page.split("<article", 1)[1].split("</article>")[0])
    below = [factories.FIELDS[name] for name in story_sections.NAMES]
    for words in (factories.FIELDS["title"], "Exactly <these> words.", "No more.", *below):
        assert words in letter
    for fact in ("Kent Police", "2024", "Looked into, then closed", "Waiting", "Mentions threats"):
        assert fact in visitor.text()

    visitor.post("/return/", step="yes")

    assert "The text that waits for your yes" not in visitor.text()
    submission.refresh_from_db()
    assert submission.yes_to_digest == working_copies.newest_copy(submission).digest
    assert "We have your yes to exactly this text" in visitor.text()
    assert 'value="yes"' not in visitor.page
    factories.agree(submission, by=bob)
    assert Story.objects.get().text == "Exactly <these> words.\n\nNo more."


def test_yes_to_a_made_up_digest_or_a_text_that_has_changed_counts_for_nothing(submission, alice, visitor):
    for digest in ("", "0" * 64, "<script>"):
        visitor.press(submission.code, "yes", digest=digest)
        submission.refresh_from_db()
        assert submission.yes_to_digest == "", digest

    visitor.come_back(submission.code)
    old = visitor.hidden()
    factories.claim(submission, by=alice)
    copy = working_copies.save_version(submission, factories.FIELDS | {"text": "Other words."}, by=alice)
    factories.say_first_yes(copy, by=alice)
    visitor.page = ""
    visitor.post("/return/", step="yes", token=old["token"], digest=old["digest"])

    submission.refresh_from_db()
    assert submission.yes_to_digest == ""
    assert "The text has changed" in visitor.text()
    assert "Other words." in visitor.text()


def test_contributor_who_did_not_ask_is_shown_no_text_to_decide_on(alice, visitor):
    submission = factories.submission_at("prepared", fields={"text": "Exactly these words."})

    visitor.come_back(submission.code)
    assert "Exactly these words." not in visitor.text()
    visitor.post("/return/", step="yes", digest=working_copies.newest_copy(submission).digest)

    submission.refresh_from_db()
    assert submission.yes_to_digest == ""


def test_new_version_ends_the_yes_and_is_not_shown_before_it_is_put_forward(submission, alice, visitor):
    visitor.press(submission.code, "yes")
    factories.claim(submission, by=alice)
    working_copies.save_version(submission, factories.FIELDS | {"text": "Half a thought."}, by=alice)

    assert Submission.objects.get(pk=submission.pk).yes_to_digest == ""
    visitor.come_back(submission.code)
    assert "Half a thought." not in visitor.text()
