import pytest

from stories.core import named_lists, snapshot, takedown
from stories.models import ContentNote, Edition, Force, Outcome, Theme
from stories.reading import responses
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _made_once():
    """The first making of all lets other rooms lay rows of their own, which are changes too."""
    snapshot.invalidate()
    snapshot.forget_snapshot()


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""

    class Clock:
        now = 1000.0

        def move(self, seconds):
            self.now += seconds

    clock = Clock()
    monkeypatch.setattr(snapshot.time, "monotonic", lambda: clock.now)
    snapshot.forget_snapshot()
    return clock


@pytest.fixture
def furnished():
    """Furnish something for one test alone."""

    def furnish(name, make):
        snapshot.register_builder(name, make)
        names.append(name)

    names = []
    yield furnish
    for name in names:
        snapshot._makers.pop(name)


def in_another_process(**changes):
    """Change the row as another process does: this one's memory isn't told."""
    Edition.objects.filter(pk=1).update(**changes)


def test_change_in_another_process_is_seen_within_a_second(clock):
    snapshot.invalidate()
    before = snapshot.snapshot_number()
    in_another_process(number=before + 1)

    clock.move(0.99)
    assert snapshot.snapshot_number() == before
    clock.move(0.01)
    assert snapshot.snapshot_number() == before + 1


def test_what_this_process_changes_it_sees_at_once(clock, django_capture_on_commit_callbacks):
    before = snapshot.snapshot_number()

    with django_capture_on_commit_callbacks(execute=True):
        snapshot.invalidate()

    assert snapshot.snapshot_number() == before + 1


def test_reading_again_within_the_second_asks_nobody(clock, django_assert_num_queries):
    snapshot.invalidate()
    with django_assert_num_queries(1):
        snapshot.snapshot_number(), snapshot.get_built("taxonomies"), snapshot.snapshot_number()


def test_emptied_edition_is_made_by_the_first_reader_and_kept_for_the_next(django_assert_num_queries):
    snapshot.start_over()
    snapshot.forget_snapshot()

    assert len(named_lists.get_named_lists().forces) == 48

    snapshot.forget_snapshot()
    with django_assert_num_queries(1):
        assert len(named_lists.get_named_lists().forces) == 48
    assert "taxonomies" in Edition.objects.get(pk=1).made


def test_making_what_is_lacking_begins_no_new_edition():
    snapshot.start_over()
    snapshot.forget_snapshot()
    before = Edition.objects.get(pk=1).number

    snapshot.get_built("taxonomies")

    assert snapshot.snapshot_number() == Edition.objects.get(pk=1).number == before


def test_release_that_makes_more_fills_what_the_last_one_left(furnished):
    snapshot.invalidate()
    furnished("weather", lambda: "rain")
    snapshot.forget_snapshot()

    assert snapshot.get_built("weather") == "rain"


def test_new_edition_is_made_of_what_is_true_then(furnished):
    weather = ["rain"]
    furnished("weather", lambda: weather[0])
    snapshot.invalidate()
    weather[0] = "sun"
    snapshot.invalidate()
    snapshot.forget_snapshot()

    assert snapshot.get_built("weather") == "sun"


def test_mistake_in_what_is_made_keeps_no_story_up(furnished, visitor):
    story = factories.live_story()

    def break_down():
        Force.objects.get(pk="no such force")

    furnished("broken", break_down)
    takedown.remove_story(story)
    snapshot.forget_snapshot()

    assert visitor.get(f"/stories/{story.slug}/").status_code == 410
    assert visitor.slugs("/stories/") == []
    assert snapshot.get_built("broken") is None


@pytest.mark.parametrize("model", [Force, Outcome, Theme, ContentNote])
def test_word_that_an_editor_changes_begins_a_new_edition(model):
    before = Edition.objects.get(pk=1).number

    model.objects.first().save()

    assert Edition.objects.get(pk=1).number == before + 1


def test_response_that_comes_or_goes_begins_a_new_edition():
    response = factories.a_response()
    snapshot.forget_snapshot()
    assert responses.forces_heard() == {"kent"}

    response.delete()
    snapshot.forget_snapshot()
    assert responses.forces_heard() == set()


def test_each_way_down_begins_a_new_edition():
    hidden, removed = factories.live_story(), factories.live_story()
    before = Edition.objects.get(pk=1).number

    takedown.hide_story(hidden)
    takedown.remove_story(removed)

    assert Edition.objects.get(pk=1).number == before + 2


def test_what_several_makers_ask_for_is_worked_out_once_an_edition(furnished):
    asked = []

    def shared():
        asked.append(1)
        return len(asked)

    furnished("first", lambda: snapshot.built_once(shared))
    furnished("second", lambda: snapshot.built_once(shared))

    snapshot.invalidate()
    assert len(asked) == 1
    snapshot.invalidate()
    assert len(asked) == 2
    assert (snapshot.get_built("first"), snapshot.get_built("second")) == (2, 2)
    assert snapshot.built_once(shared) == 3, "whoever asks beside the making is given what stands now"
