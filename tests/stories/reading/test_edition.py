from functools import partial

import pytest
from django.conf import settings

from stories.core import named_lists, snapshot, takedown
from stories.models import ContentNote, Edition, Force, Outcome, Theme
from stories.reading import responses
from tests import factories
from tests.stories.intake.visiting import raising

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _made_once():
    """The first making of all lets other rooms lay rows of their own, which are changes too."""
    snapshot.invalidate()
    snapshot.forget_snapshot()


@pytest.fixture
def furnished(monkeypatch):
    """Furnish something for one test alone."""
    monkeypatch.setattr(snapshot, "_makers", {**snapshot._makers})
    return snapshot.register_builder


def test_change_in_another_process_is_seen_within_a_second_and_ours_at_once(clock, django_capture_on_commit_callbacks):
    snapshot.invalidate()
    before = snapshot.snapshot_number()
    # As another process changes the row: this one's memory isn't told.
    Edition.objects.filter(pk=1).update(number=before + 1)

    clock.shift(0.99)
    assert snapshot.snapshot_number() == before
    clock.shift(0.01)
    assert snapshot.snapshot_number() == before + 1
    with django_capture_on_commit_callbacks(execute=True):
        snapshot.invalidate()
    assert snapshot.snapshot_number() == before + 2


def test_emptied_edition_is_made_by_the_first_reader_and_kept_for_the_next(django_assert_num_queries):
    snapshot.start_over()
    snapshot.forget_snapshot()
    before = Edition.objects.get(pk=1).number

    assert len(named_lists.get_named_lists().forces) == 48

    snapshot.forget_snapshot()
    with django_assert_num_queries(1):
        assert len(named_lists.get_named_lists().forces) == 48
    assert "taxonomies" in Edition.objects.get(pk=1).made[settings.VERSION]
    assert snapshot.snapshot_number() == Edition.objects.get(pk=1).number == before, "making it begins no new one"


def test_each_release_makes_its_own_of_what_is_true_beside_one_that_knew_no_releases(furnished, settings):
    shapes = {"old": "round", "new": ["square"], settings.VERSION: "fog"}
    furnished("weather", lambda: shapes[settings.VERSION])

    def shown_by(release):
        settings.VERSION = release
        snapshot.forget_snapshot()
        return snapshot.get_built("weather")

    assert shown_by(settings.VERSION) == "fog", "what is furnished later is filled in"
    Edition.objects.filter(pk=1).update(made={"weather": "flat"})
    assert [shown_by(release) for release in ("old", "new", "old", "new")] == ["round", ["square"]] * 2
    # Whoever changes something public makes its own part alone, and the other begins again from what is true then.
    settings.VERSION = "old"
    shapes["old"] = "a ball"
    snapshot.invalidate()
    shapes |= {"old": "a cone", "new": ["a cube"]}
    assert [shown_by(release) for release in ("new", "old")] == [["a cube"], "a ball"]
    assert {*Edition.objects.get().made} == {"old", "new"}


def test_mistake_in_what_is_made_keeps_no_story_up(furnished, visitor):
    story = factories.live_story()
    furnished("broken", raising(Force.DoesNotExist))
    takedown.remove_story(story)
    snapshot.forget_snapshot()

    assert visitor.get(f"/stories/{story.slug}/").status_code == 410
    assert visitor.slugs("/stories/") == []
    assert snapshot.get_built("broken") is None


def test_whatever_is_public_begins_a_new_edition(alice, bob):
    hidden, removed = factories.live_story(), factories.live_story()
    response = factories.a_response()
    deeds = [model.objects.first().save for model in (Force, Outcome, Theme, ContentNote)]
    for deed in (*deeds, partial(takedown.hide_story, hidden), partial(takedown.remove_story, removed)):
        before = Edition.objects.get(pk=1).number

        deed()

        assert Edition.objects.get(pk=1).number == before + 1
    snapshot.forget_snapshot()
    assert [each.force for each in responses.get_responses()] == ["kent"]
    response.delete()
    snapshot.forget_snapshot()
    assert responses.get_responses() == []
