"""What Python can't hold of a force's words, the database does; the same tests run on SQLite and on PostgreSQL."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from moderation.models import ResponseVersion, ResponseYes
from stories import agreed_response, agreed_text, lifecycle
from stories.models import Response
from tests import factories

pytestmark = pytest.mark.django_db
EVIL = "Nobody ever agreed to this."


def refused_by_the_database(do):
    with pytest.raises(DatabaseError), transaction.atomic():
        do()


def columns(*, salt="s" * 64, **changes):
    """Columns, document, salt and digest that all fit each other, for words that nobody agreed to."""
    fields = factories._response_fields("kent", "apology", EVIL, **changes)
    document = agreed_response.canonical(fields)
    row = {name: words for name, words in fields.items() if name not in ("force", "stories", "about_year", "due_on")}
    bound = {"agreed": document, "salt": salt, "digest": agreed_text.digest(document, salt=salt)}
    return row | bound | {"force_id": "kent", "month": date(2026, 3, 1)}


def test_new_row_without_two_yeses_is_refused_in_every_way_of_writing_one(alice, bob):
    readers = {"first_reader": alice, "second_reader": bob}

    refused_by_the_database(lambda: Response.objects.create(**columns(), **readers))
    refused_by_the_database(lambda: Response.objects.bulk_create([Response(**columns(), **readers)]))


def test_one_yes_is_not_enough(alice, bob):
    entry = factories.an_entry(words=EVIL, by=alice)
    ResponseVersion.objects.filter(entry=entry).delete()
    row = columns()
    version = _version(entry, row["digest"], by=alice)
    ResponseYes.objects.create(version=version, digest=row["digest"], place="first", by=alice, day=lifecycle.today())

    refused_by_the_database(lambda: Response.objects.create(pk=entry.pk, **row, first_reader=alice, second_reader=bob))
    ResponseYes.objects.create(version=version, digest=row["digest"], place="second", by=bob, day=lifecycle.today())
    # Another's id would have another's yeses.
    refused_by_the_database(lambda: Response.objects.create(**row, first_reader=alice, second_reader=bob))
    refused_by_the_database(lambda: Response.objects.create(pk=entry.pk, **row, first_reader=bob, second_reader=alice))
    # With both, in their places, the same row stands: so what was refused above was refused for that.
    Response.objects.create(pk=entry.pk, **row, first_reader=alice, second_reader=bob)


def _version(entry, digest, *, by):
    return ResponseVersion.objects.create(entry=entry, number=9, digest=digest, written_by=by, written_on=date.today())


def test_second_yes_is_never_from_who_wrote_a_version_nor_the_first_from_somebody_else(alice, bob):
    version = factories.an_entry(by=alice).versions.get()
    yes = {"version": version, "digest": version.digest, "day": lifecycle.today()}

    refused_by_the_database(lambda: ResponseYes.objects.create(place="second", by=alice, **yes))
    refused_by_the_database(lambda: ResponseYes.objects.create(place="first", by=bob, **yes))
    refused_by_the_database(lambda: ResponseYes.objects.create(place="second", by=bob, **yes | {"digest": "0" * 64}))
    refused_by_the_database(lambda: ResponseYes.objects.update(by=bob))


def test_version_changes_nothing_but_its_seal(alice, bob):
    versions = ResponseVersion.objects.filter(entry=factories.an_entry(by=alice))

    for changes in ({"digest": "0" * 64}, {"written_by": bob}, {"number": 7}):
        refused_by_the_database(lambda changes=changes: versions.update(**changes))
    assert versions.update(box=b"", queue_epoch=None) == 1


@pytest.mark.parametrize(
    "changes",
    [
        *(
            {name: "evil"}
            for name in ("words", "context", "source", "owner", "source_url", "evidence_url", "ask", "slug")
        ),
        {"kind": "other"},
        {"about_year": 2001},
        {"month": None},
        {"month": date(2020, 1, 1)},
        {"due_on": date(2020, 1, 1)},
        {"force_id": "essex"},
        {"agreed": "{}"},
        {"salt": "x"},
    ],
)
def test_agreed_row_changes_in_no_column(alice, bob, changes):
    factories.a_response()

    refused_by_the_database(lambda: Response.objects.update(**changes))


def test_row_with_a_document_and_a_digest_of_its_own_is_refused(alice, bob):
    factories.a_response()

    refused_by_the_database(lambda: Response.objects.update(**columns()))


def test_readers_stay_the_two_who_agreed(alice, bob, charlie):
    factories.a_response()

    refused_by_the_database(lambda: Response.objects.update(second_reader=charlie))
    refused_by_the_database(lambda: Response.objects.update(second_reader=alice))


def test_raw_sql_writes_no_other_words(alice, bob):
    factories.a_response()

    with connection.cursor() as cursor:
        refused_by_the_database(lambda: cursor.execute("UPDATE stories_response SET words = %s", [EVIL]))
        refused_by_the_database(lambda: cursor.execute("INSERT INTO stories_response SELECT * FROM stories_response"))


def test_story_that_nobody_agreed_on_is_answered_by_nothing(alice, bob):
    mine, other = factories.live_story(), factories.live_story()
    response = factories.a_response(stories=[mine])

    refused_by_the_database(lambda: response.stories.add(other))
    refused_by_the_database(lambda: Response.stories.through.objects.update(story=other))
    assert list(response.stories.all()) == [mine]


def test_row_can_go(alice, bob):
    response = factories.a_response(kind="planned")

    assert response.due_on == date(2099, 1, 1)
    response.delete()
    assert not Response.objects.exists()
