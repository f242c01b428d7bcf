"""What Python can't hold, the database does: rows of stories, versions and yeses, written past every page.

The same tests run on SQLite and on PostgreSQL (set DATABASE_URL, and `--create-db`).
"""

import io
import json

import pytest
from django.core import serializers
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction

from moderation import reading, working_copies
from moderation.models import Agreement, WorkingCopy
from stories.core import agreed_text, lifecycle, takedown
from stories.models import NotAgreed, Story, Submission
from tests import factories
from tests.moderation import room
from tests.moderation.room import EVIL

pytestmark = [pytest.mark.django_db, pytest.mark.store, pytest.mark.usefixtures("nothing_unagreed_anywhere")]
WORDS = ("title", "text", "differently", "well", "region", "nation", "themes", "content_notes", "demand")


def refused_by_the_database(do):
    with pytest.raises(DatabaseError), transaction.atomic():
        do()


def whole(fields, *, salt="s" * 64):
    """Columns, document, salt and digest that all fit each other, for words that nobody agreed on."""
    fields = working_copies.with_place(working_copies.EMPTY | fields)
    document = agreed_text.canonical_text(fields)
    same = (*WORDS, "place_shown")
    return {name: fields[name] for name in same} | {
        **{"force_id": fields["force"] or None, "outcome_id": fields["outcome"] or None},
        **{"year": int(fields["year"]) if fields["year"] else None, "agreed": document, "salt": salt},
        "digest": agreed_text.text_digest(document, salt=salt),
    }


def evil():
    return whole(factories.FIELDS | {"text": EVIL})


def _story(submission, first, second, **columns):
    readers = {"first_reader": first, "second_reader": second}
    return Story(submission=submission, agreed_week=lifecycle.this_week(), **readers, **columns)


def _row_of(story, *without):
    columns = {field.attname: getattr(story, field.attname) for field in Story._meta.concrete_fields}
    return {name: value for name, value in columns.items() if name not in without}


def test_new_row_without_two_yeses_is_refused_in_every_way_of_writing_one(alice, bob):
    submission = factories.submission_at("prepared", fields={"text": EVIL})
    copy = working_copies.newest_copy(submission)
    opened = reading.working_copy(copy.sealed, vault=factories.open_vault(bob))
    columns = whole(opened["fields"], salt=opened["salt"])
    assert columns["digest"] == copy.digest

    make = lambda: _story(submission, alice, bob, **columns)  # noqa: E731
    refused_by_the_database(lambda: make().save())
    refused_by_the_database(lambda: Story.objects.bulk_create([make()]))
    refused_by_the_database(lambda: Story.objects.bulk_create([make()], ignore_conflicts=True))
    live = _row_of(make()) | {"status": "live", "sequence": 1}
    refused_by_the_database(lambda: Story.objects.create(**live))


def test_row_of_words_nobody_agreed_on_with_a_digest_of_their_own_is_refused(alice, bob):
    story = factories.live_story()
    submission = factories.submission_at("received")
    fresh = _story(submission, alice, bob, **evil())

    refused_by_the_database(fresh.save)
    refused_by_the_database(lambda: Story.objects.bulk_create([fresh]))
    refused_by_the_database(
        lambda: Story.objects.bulk_create(
            [_story(story.submission, alice, bob, pk=story.pk, slug=story.slug, **evil())],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["text", "agreed", "digest", "salt"],
        )
    )


def test_update_and_model_refuse_other_words_with_and_without_a_digest_of_their_own(alice, bob, charlie):
    story, other = factories.live_story(), factories.live_story(fields={"text": "Another agreed text."})
    row = Story.objects.filter(pk=story.pk)

    kept = {name: value for name, value in evil().items() if name not in ("digest", "salt")}
    for changes in (
        *({column: EVIL[:7]} for column in (*WORDS, "agreed", "place_shown")),
        *({"year": 1999}, {"force_id": "essex"}, {"outcome_id": "charged"}, evil(), kept),
        _row_of(other, "id", "slug", "submission_id", "sequence", "month", "status"),
        # Neither is its address one that carries words, nor its submission another's.
        *({"text": factories.FIELDS["text"] + "\0" + EVIL}, {"slug": "quillfeather"}),
        {"submission": factories.submission_at("received")},
        # One person twice, or somebody who said no yes.
        *({"second_reader": alice}, {"second_reader": charlie}),
    ):
        refused_by_the_database(lambda changes=changes: row.update(**changes))
        refused_by_the_database(lambda changes=changes: row.update(**changes, status="hidden"))
    for column in WORDS:
        fresh = row.get()
        setattr(fresh, column, EVIL[:40])
        with pytest.raises(NotAgreed):
            fresh.save()

    story.text = EVIL
    refused_by_the_database(lambda: Story.objects.bulk_update([story], ["text"]))


@pytest.mark.parametrize("field", agreed_text.LEFT_OUT_WHEN_EMPTY)
def test_text_agreed_before_there_was_a_field_holds_nothing_in_it(field, alice, bob):
    story = factories.live_story(fields={field: ""})
    row = Story.objects.filter(pk=story.pk)
    assert field not in json.loads(story.agreed)

    refused_by_the_database(lambda: row.update(**{field: EVIL}))
    assert row.update(status="hidden") == 1
    row.get().save()


def test_agreed_text_does_not_come_back_once_its_story_is_removed(alice, bob):
    story = factories.live_story()
    before = _row_of(story, "id")
    takedown.remove_story(story)
    Submission.objects.get(pk=story.submission_id).texts.all().delete()

    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(**before))


def test_row_of_a_story_is_never_deleted_so_no_answer_to_it_is_as_if_to_all(alice, bob):
    story = factories.live_story()
    response, pk = factories.a_response(stories=[story]), story.pk

    refused_by_the_database(lambda: Story.objects.get(pk=pk).delete())
    refused_by_the_database(lambda: Story.objects.filter(pk=pk)._raw_delete("default"))

    assert list(response.stories.all()) == [story]


def test_words_do_not_hide_in_a_row_called_removed(alice, bob):
    story = factories.live_story()
    words = (*WORDS, "place_shown", "agreed", "salt", "digest")
    nothing = dict.fromkeys(words, "") | {"force": None, "outcome": None, "year": None, "status": "removed"}

    for name in words:
        hidden = nothing | {name: EVIL[:7]}
        refused_by_the_database(lambda hidden=hidden: Story.objects.filter(pk=story.pk).update(**hidden))
    refused_by_the_database(lambda: Story.objects.filter(pk=story.pk).update(**(nothing | {"year": 1999})))
    refused_by_the_database(_story(factories.submission_at(), alice, bob, status="removed", text=EVIL).save)
    assert Story.objects.filter(pk=story.pk).update(**nothing) == 1


def test_loading_refuses_other_words_and_new_stories(alice, bob, tmp_path):
    story, submission = factories.live_story(), factories.submission_at("received")
    document = json.loads(serializers.serialize("json", [story]))[0]
    unagreed = {key.removesuffix("_id"): value for key, value in evil().items()}
    changed, other = (document | {"fields": document["fields"] | each} for each in (unagreed, {"text": EVIL}))
    fresh = {"slug": "0123456789ab", "submission": str(submission.pk), "sequence": 99}
    new = document | {"pk": str(submission.pk), "fields": document["fields"] | unagreed | fresh}

    for row in (changed, other, new):
        [loaded] = serializers.deserialize("json", json.dumps([row]))
        refused_by_the_database(loaded.save)
        path = tmp_path / "stories.json"
        path.write_text(json.dumps([row]))
        with pytest.raises((DatabaseError, CommandError)), transaction.atomic():
            call_command("loaddata", str(path), stdout=io.StringIO(), verbosity=0)


def _yes(copy, by, place="second", **changes):
    values = {"working_copy": copy, "digest": copy.digest, "place": place, "by": by, "day": lifecycle.today()}
    values["no_danger"] = True
    return Agreement(**(values | changes))


def test_yes_is_never_forged_and_neither_a_yes_nor_a_version_changed(alice, bob):
    wrong, texts = {"digest": "0" * 64}, ({"text": EVIL}, {})
    copy, other = (factories.put_forward(factories.submission_at(), by=alice, fields=each) for each in texts)
    yeses, versions = Agreement.objects.filter(working_copy=copy), WorkingCopy.objects.filter(pk=copy.pk)
    for change in ({"digest": other.digest}, {"by": bob}, {"place": "second"}, {"working_copy": other}):
        refused_by_the_database(lambda change=change: yeses.update(**change))
    for change in (wrong, {"written_by": bob}, {"number": 7}):
        refused_by_the_database(lambda change=change: versions.update(**change))
    refused_by_the_database(lambda: _yes(copy, bob, **wrong).save())
    refused_by_the_database(lambda: Agreement.objects.bulk_create([_yes(copy, bob, **wrong)]))
    # The writer's own second yes.
    refused_by_the_database(lambda: _yes(copy, alice).save())

    Agreement.objects.all().delete()
    refused_by_the_database(lambda: Agreement.objects.bulk_create([_yes(copy, alice)]))
    # A first one of somebody who didn't write it.
    for place in ("first", "third"):
        refused_by_the_database(lambda place=place: _yes(copy, bob, place=place).save())


def test_status_alone_brings_no_agreed_story_out_before_its_batch(alice, bob):
    story = factories.submission_at("agreed", fields={"text": "Not out yet, not for you."}).story

    for status in ("live", "LIVE", "live ", "published", ""):
        refused_by_the_database(lambda status=status: Story.objects.filter(pk=story.pk).update(status=status))
    room.assert_on_no_page("Not out yet")
