"""No objection is settled past its two looks: the database refuses it, on SQLite and on PostgreSQL."""

import io
import json

import pytest
from django.core import serializers
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction

from moderation import objections, publishing
from stories import going_down, lifecycle
from stories.models import Force, Objection
from stories.telling import retention
from tests import factories

pytestmark = pytest.mark.django_db
MONTH = lifecycle.today().replace(day=1)


@pytest.fixture
def carol(db):
    return factories.person("carol", "Coordinators")


@pytest.fixture
def row(alice, bob, carol):
    """An objection that nobody has looked at, as a query."""
    told = objections.Objected(factories.live_story(), Force.objects.get(pk="kent"), "law", "A law.")
    return Objection.objects.filter(pk=objections.write_down(told, by=carol).pk)


def refused_by_the_database(do):
    with pytest.raises(DatabaseError), transaction.atomic():
        do()


def settled(**changes):
    return {"outcome": "withheld", "settled_month": MONTH, "is_standing": True} | changes


def test_new_one_is_neither_looked_at_nor_settled(row, alice, bob):
    fresh = {
        "story": row.get().story,
        "ground": "law",
        "week": lifecycle.this_week(),
        "written_down_by": alice,
    }
    look = {"first_outcome": "withheld", "reason": "law", "first_by": alice}
    for more in (
        look,
        {"first_by": alice},
        {"reason": "law"},
        {"first_outcome": "stays"},
        {"second_by": bob},
        {"is_standing": True},
        {"settled_month": MONTH},
        look | settled(second_by=bob),
    ):
        refused_by_the_database(lambda more=more: Objection.objects.create(**fresh, **more))
        refused_by_the_database(lambda more=more: Objection.objects.bulk_create([Objection(**fresh, **more)]))
    assert Objection.objects.create(**fresh)


def test_nothing_settles_one_without_a_first_look(row, alice, bob):
    whole = settled(first_outcome="withheld", reason="law", first_by=alice, second_by=bob)

    refused_by_the_database(lambda: row.update(**whole))
    refused_by_the_database(lambda: row.update(is_standing=True))
    refused_by_the_database(lambda: row.update(first_by=alice))
    forged = row.get()
    for name, value in whole.items():
        setattr(forged, name, value)
    conflict = {"update_conflicts": True, "unique_fields": ["id"], "update_fields": list(whole)}
    refused_by_the_database(forged.save)
    refused_by_the_database(lambda: Objection.objects.bulk_update([forged], list(whole)))
    refused_by_the_database(lambda: Objection.objects.bulk_create([forged], **conflict))


def test_loaddata_settles_none(row, alice, bob, tmp_path):
    document = json.loads(serializers.serialize("json", row))[0]
    look = {"first_outcome": "withheld", "reason": "law", "first_by": alice.pk}
    whole = look | settled(second_by=bob.pk, settled_month=MONTH.isoformat())
    path = tmp_path / "objections.json"
    path.write_text(json.dumps([document | {"fields": document["fields"] | whole}]))

    with pytest.raises((DatabaseError, CommandError)), transaction.atomic():
        call_command("loaddata", str(path), stdout=io.StringIO(), verbosity=0)


def test_second_look_settles_what_the_first_chose_and_nothing_else(row, alice, bob, charlie):
    objections.look_first(row.get(), "withheld", "law", by=alice)

    for change in (
        settled(second_by=alice),
        settled(second_by=None),
        settled(second_by=bob, outcome="stays", is_standing=False),
        settled(second_by=bob, reason="case"),
        settled(second_by=bob, first_by=charlie),
        settled(second_by=bob, first_outcome="stays", outcome="stays", is_standing=False),
        settled(second_by=bob, is_standing=False),
        settled(second_by=bob, settled_month=None),
        {"first_by": charlie},
        {"reason": "case"},
        {"first_outcome": "stays"},
        {"second_by": bob},
        {"is_standing": True},
    ):
        refused_by_the_database(lambda change=change: row.update(**change))
    assert row.update(**settled(second_by=bob, due_on=None)) == 1


def test_one_that_stays_up_stands_for_nothing(row, alice, bob):
    objections.look_first(row.get(), "stays", "nobody", by=alice)

    refused_by_the_database(lambda: row.update(**settled(second_by=bob, outcome="stays")))
    assert row.update(**settled(second_by=bob, outcome="stays", is_standing=False, due_on=None)) == 1


def test_settled_one_is_never_changed(row, alice, bob, charlie):
    _settle(row, alice, bob)

    for change in (
        *({"outcome": outcome} for outcome in ("stays", "")),
        *({"first_outcome": "stays"}, {"reason": "case"}, {"first_by": charlie}, {"second_by": charlie}),
        *({"settled_month": None}, {"due_on": MONTH}, {"erase_on": MONTH}),
        {"outcome": "", "first_outcome": "", "reason": "", "first_by": None, "second_by": None, "settled_month": None},
    ):
        refused_by_the_database(lambda change=change: row.update(**change))
    assert row.update(is_standing=False) == 1
    refused_by_the_database(lambda: row.update(is_standing=True))


def _settle(row, first, second):
    objections.look_first(row.get(), "withheld", "law", by=first)
    objections.agree(row.get(), shown="withheld.law", by=second)


def test_what_it_is_about_stays_as_it_came(row, charlie):
    other = factories.live_story()

    for change in ({"story": other}, {"ground": "identifies"}, {"written_down_by": charlie}, {"force_id": "essex"}):
        refused_by_the_database(lambda change=change: row.update(**change))
    assert row.update(force=None) == 1
    refused_by_the_database(lambda: row.update(force_id="kent"))


def test_what_the_room_does_with_one_still_passes(row, alice, bob):
    objections.look_first(row.get(), "stays", "nobody", by=alice)
    objections.send_back(row.get(), by=bob)
    _settle(row, bob, alice)
    story = row.get().story
    for person in (alice, bob):
        publishing.put_back(story, vault=factories.open_vault(person))
    going_down.remove(story)
    retention.run_retention(today=row.get().erase_on)

    kept = row.get()
    assert (kept.outcome, kept.first_by, kept.second_by) == ("withheld", bob, alice)
    assert (kept.is_standing, kept.force, bytes(kept.box), kept.erase_on) == (False, None, b"", None)
