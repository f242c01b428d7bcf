"""The sets of stories by mark are changed by the difference, and always what a full count gives."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from bench.seeding import stories as seeding
from stories.core import snapshot, takedown
from stories.models import Edition, Force, LastRun, MarkedSet, Story, Theme
from stories.reading import marked_sets
from tests import factories
from tests.stories.intake.visiting import raising

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def rows():
    """What the database has, without marks that nobody carries any more."""
    sets = {row.mark: int.from_bytes(row.places, "little") for row in MarkedSet.objects.all()}
    return {mark: found for mark, found in sets.items() if found}


def counted():
    return {mark: found for mark, found in marked_sets._counted(Story.live.all()).items() if found}


def read():
    """What a process that goes on reads a second later."""
    factories.a_second_passes()
    now = marked_sets.current_sets()
    return {mark: found for mark, found in now.marked.items() if found}


def put_back(story, dice):
    if story.status == Story.Status.HIDDEN and story.may_publish:
        story.status = Story.Status.LIVE
        story.save(update_fields=["status"])
        snapshot.invalidate()


def allow_quotes_or_not(story, dice):
    takedown.follow_choices(story, publish=dice.random() < 0.9, quote=dice.random() < 0.5, training=True)


def answer_or_not(story, dice):
    story.is_answered = bool(story.force_id) and dice.random() < 0.5
    story.save(update_fields=["is_answered"])
    snapshot.start_over()


def change_nothing_that_lasts(story, dice):
    with transaction.atomic():
        takedown.hide_story(story)
        transaction.set_rollback(True)
    story.refresh_from_db()


@pytest.mark.parametrize("chance", [1, 2])
def test_after_each_of_five_hundred_changes_the_sets_are_what_a_full_count_gives(chance, caplog):
    seeding.seed(40, chance=chance)
    dice = random.Random(chance)
    deeds = [lambda story, dice: takedown.hide_story(story), put_back, put_back, allow_quotes_or_not]
    deeds += [answer_or_not, answer_or_not, change_nothing_that_lasts]
    for step in range(500):
        story = dice.choice(Story.objects.order_by("sequence"))
        at_times = [lambda story, dice: takedown.remove_story(story)] if step % 10 == 0 else []
        dice.choice([*deeds, *at_times])(story, dice)
        if dice.random() < 0.02:
            seeding.seed(2)
        if step % 5 == 0:
            assert read() == rows() == counted(), step
    assert "counted anew" not in caplog.text
    read()
    assert marked_sets.count_all(again=True) == []


def test_what_a_forces_region_another_release_or_taking_down_all_changed_is_counted():
    seeding.seed(3)
    before = read()
    MarkedSet.objects.update(places=b"")
    Theme.objects.first().save()
    assert rows() == {}
    # A force's region may move a story.
    Force.objects.first().save()
    assert read() == rows() == counted() == before

    Story.objects.filter(pk=Story.live.first().pk).update(status=Story.Status.HIDDEN)
    # Another release knows of no sets, and the first who reads counts.
    Edition.objects.update(number=Edition.objects.get().number + 1)
    assert read() != before
    assert read() == rows() == counted()

    takedown.hide_all_stories()
    assert read() == rows() == counted() == {}


def test_command_counts_anew_and_names_what_differed():
    seeding.seed(3)
    read()
    call_command("count_stories")
    MarkedSet.objects.filter(mark="force:kent").delete()
    MarkedSet.objects.filter(mark=marked_sets.EVERYTHING).update(places=b"\x01")

    with pytest.raises(CommandError, match="all stories"):
        call_command("count_stories")

    assert read() == rows() == counted()
    call_command("count_stories")


def test_reading_goes_on_where_a_change_could_not_be_followed(monkeypatch, caplog):
    seeding.seed(3)
    read()

    monkeypatch.setattr(snapshot, "_followers", [raising(ValueError)])
    takedown.hide_story(Story.live.first())
    assert "counted anew" in caplog.text

    assert read()[marked_sets.EVERYTHING].bit_count() == 2
    assert rows() == counted()


def test_count_of_a_day_says_what_differed_and_mends_it(caplog):
    seeding.seed(3)
    read()
    LastRun.objects.all().delete()
    marked_sets.prove_daily()
    assert caplog.records == []
    MarkedSet.objects.filter(mark=marked_sets.EVERYTHING).update(places=b"\x01")

    marked_sets.prove_daily()
    assert rows() != counted(), "once a day"
    LastRun.objects.all().delete()
    marked_sets.prove_daily()

    assert rows() == counted()
    assert "differed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_carried_nowhere():
    one, other = factories.live_story(), factories.live_story()
    everything = read()
    with transaction.atomic():
        takedown.hide_story(one)
        assert read() == rows() == counted() != everything
        with ThreadPoolExecutor(1) as beside:
            assert beside.submit(read_and_close).result() == everything
        transaction.set_rollback(True)
    assert read() == everything

    # The same number comes again, with another change.
    takedown.hide_story(other)

    assert read() == rows() == counted()


@pytest.mark.django_db(transaction=True)
def test_what_was_counted_and_taken_back_is_carried_nowhere():
    story = factories.live_story()
    everything = read()
    # As another release leaves it, which knows of no sets.
    Edition.objects.update(number=Edition.objects.get().number + 1)
    with transaction.atomic():
        Story.objects.filter(pk=story.pk).update(status=Story.Status.HIDDEN)
        assert read() == {}
        transaction.set_rollback(True)

    assert read() == rows() == counted() == everything


def read_and_close():
    try:
        return read()
    finally:
        connection.close()
