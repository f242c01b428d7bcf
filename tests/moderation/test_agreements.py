import pytest
from django.db import IntegrityError, transaction

from moderation import working_copies
from moderation.team.permissions import Refused
from stories.models import NotAgreed, Story
from tests import factories

pytestmark = pytest.mark.django_db


def test_two_people_and_one_text_make_a_story(alice, bob):
    submission = factories.submission_at("agreed")

    story = Story.objects.get(submission=submission)

    assert story.text == factories.FIELDS["text"]
    assert {story.first_reader.username, story.second_reader.username} == {"alice", "bob"}


def test_story_with_other_text_is_refused_by_python_and_by_the_database(alice, bob):
    story = Story.objects.get(submission=factories.submission_at("agreed"))
    story.text = "Not agreed."

    with pytest.raises(NotAgreed):
        story.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(text="Not agreed.")


def test_writer_of_any_version_is_never_second_reader(alice, bob):
    submission = factories.submission_at("received")
    factories.claim(submission, by=bob)
    working_copies.save_version(submission, factories.FIELDS, by=bob)
    copy = factories.put_forward(submission, by=alice)

    with pytest.raises(Refused, match="You wrote a version"):
        factories.say_second_yes(copy, by=bob)
