"""P6 Numbers single nobody out: what may go out is listed, field by field; the rest never does."""

import csv
import io
import random
import re
import tomllib
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heard.demo import figures
from moderation import decisions, reading
from moderation.team.permissions import Refused
from stories.core import lifecycle, snapshot
from stories.figures import disclosure_audit, disclosure_control, releases, table_spec, transparency
from stories.figures.disclosure_audit import Version
from stories.figures.disclosure_control import FEW, UNSHOWN, Row
from stories.intake import coming_back
from stories.models import (
    CountedAnswers,
    Edition,
    Event,
    Force,
    ReleasedAnswers,
    ReleasedFigures,
    SealedText,
    Submission,
    TakeDownRequest,
)
from stories.reading.export import fields
from tests import factories
from tests.stories.figures.counting_people import BY_LAW
from tests.stories.intake import changes
from tests.stories.intake.visiting import Visitor

# What goes out is listed once, in the code; a new field has to be put there, or on this side.
OUTWARD = {}
for _tables in fields.DATA["columns"].values():
    for _name, _columns in _tables.items():
        OUTWARD.setdefault(apps.get_model("stories", _name), set()).update(_columns)
_INWARD = tomllib.loads(Path(__file__).with_name("fields.toml").read_text())["inward"]
INWARD = {apps.get_model("stories", name): set(columns) for name, columns in _INWARD.items()}


@pytest.mark.parametrize("model", INWARD)
def test_every_field_is_either_outward_or_inward(model):
    names = {field.name for field in model._meta.concrete_fields}

    outward = OUTWARD.get(model, set())
    assert names == outward | INWARD[model]
    assert outward & INWARD[model] == set()


@pytest.mark.django_db
def test_public_pages_never_read_what_contributors_sent_nor_tell_a_day(alice, bob, client):
    story, day = factories.live_story(), timezone.localdate()
    waiting = factories.submission_at("received", account="a sentence of someone who waits")
    private = [model._meta.db_table for model in (Submission, SealedText, Event, TakeDownRequest, CountedAnswers)]

    with CaptureQueriesContext(connection) as asked:
        for path in ("/", "/stories/", story.get_absolute_url(), "/forces/", "/forces/kent/", "/transparency/"):
            client.get(path, secure=True)

    assert any("stories_story" in query["sql"] for query in asked)
    assert [query["sql"] for query in asked if any(table in query["sql"] for table in private)] == []
    page = client.get(story.get_absolute_url(), secure=True)
    assert f"{day:%Y-%m-%d}" not in page.content.decode()
    assert f"{day.day} {day:%B %Y}" not in page.content.decode()
    assert not page.has_header("Last-Modified")
    snapshot.invalidate()
    made = str(Edition.objects.get().made)
    assert str(waiting.pk) not in made
    assert "someone who waits" not in made


@pytest.mark.django_db
def test_what_is_counted_keeps_nobodys_answers_together(alice, bob):
    answers = {"knew_law": "some", "dignity": "no", "who": ["family", "stranger"], "consent_count": True}
    factories.submission_at("agreed", **answers)
    factories.submission_at("agreed", consent_count=True)

    row = CountedAnswers.objects.get()

    assert row.people == 2
    across = {name for name in row.totals if " " in name and "." not in name}
    assert across == {"knew_law dignity"}


@pytest.mark.django_db
def test_only_who_ticked_it_is_counted(alice, bob):
    told = {"knew_law": "some", "dignity": "no", "consent_publish": "on", "place_shown": "force", "force": "kent"}
    never, not_any_more = tell(**told), tell(**told, consent_count="on")
    changes.choose(Visitor(), not_any_more, "consent_publish")
    for submission in (never, not_any_more):
        reading.read_account(submission, vault=factories.open_vault(alice))
        with pytest.raises(Refused):
            decisions.count_answers(factories.claim(submission, by=alice), vault=factories.open_vault(alice))
        factories.agree(factories.put_forward(submission, by=alice).submission, by=bob)
    assert Submission.objects.filter(status="agreed").count() == 2
    assert not CountedAnswers.objects.exists()

    factories.agree(factories.put_forward(tell(**told, consent_count="on"), by=alice).submission, by=bob)
    assert CountedAnswers.objects.get().people == 1


def tell(**told):
    """Send the site's own form; returns the submission."""
    code = Visitor().tell(**told)
    submission = coming_back.open_code(code).submission
    submission.code = code
    return submission


def test_decision_that_nobody_got_stands_in_the_report_beside_the_others():
    """Left out, it would say that "fewer than 10" beside it is somebody."""
    nobody, somebody = transparency.transparency_row({}), transparency.transparency_row({"agreed": 3})

    assert list(nobody) == list(somebody)
    assert nobody == somebody


@pytest.mark.django_db
def test_page_of_how_we_work_tells_no_number_of_a_quarter_with_fewer_than_ten_people(alice, client, clock):
    """Neither how many nor how long they waited: where one was decided, the middle of all is that one's own wait."""
    for people, quarter, month in ((1, "2027-Q1", 1), (9, "2027-Q2", 4), (12, "2027-Q3", 7)):
        clock.move_to(f"2027-{month:02}-06T12:00")
        came = [factories.submission_at("received") for _person in range(people)]
        clock.move_to(f"2027-{month:02}-20T12:00")
        for submission in came:
            lifecycle.advance(submission, "decline", by=alice, reason="legal")
        clock.move_to(f"2027-{month + 3:02}-06T12:00")
        assert transparency.release_figures() == [quarter]

    released = {row.quarter: sorted(numbers_in(row.figures)) for row in ReleasedFigures.objects.all()}
    assert released == {"2027-Q1": [], "2027-Q2": [], "2027-Q3": [2, 10, 10, 10]}
    snapshot.forget_snapshot()
    page = " ".join(client.get("/transparency/", secure=True).content.decode().split())
    assert page.count("Half of those we decided took 2 weeks or less.") == page.count("Half of those we decided") == 1


def numbers_in(value):
    """Every whole number within what a release keeps."""
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers_in(each)]
    return [value] if isinstance(value, int) else []


@pytest.mark.django_db
def test_two_releases_of_hundreds_of_people_tell_no_force_and_no_small_number():
    figures.release_answers()

    rows = list(ReleasedAnswers.objects.order_by("release"))
    for row in rows:
        shown = [cell for table in row.tables["numbers"].values() for cell in table.values() if isinstance(cell, int)]
        assert len(shown) > 50
        assert all(cell >= 10 and cell % 5 == 0 for cell in shown)
        assert not any(f'"{force}"' in str(row.tables) for force in Force.objects.values_list("pk", flat=True))
    counted = {row.quarter: row for row in CountedAnswers.objects.all()}
    whole = releases.history_until(rows[-1].release, rows[:-1], counted)
    both = {table.name: releases.table_versions(table, rows) for table in table_spec.released_tables()}
    assert [disclosure_audit.find_disclosures(group, whole.added, both) for group in table_spec.table_groups()] == [
        []
    ] * len(table_spec.table_groups())


@pytest.fixture
def spring(monkeypatch):
    monkeypatch.setattr(lifecycle, "today", lambda: date(2027, 4, 1))
    # What isn't found soon in tables as small as these isn't there.
    monkeypatch.setattr(disclosure_audit, "PATIENCE", (1000,))


@pytest.mark.django_db
def test_published_of_those_counted_are_the_tables_of_their_answers_alone(spring, client):
    release("2026-Q4", "believed", 60, 31, 12, 40, 11, people=333)
    snapshot.forget_snapshot()

    (row,) = ReleasedAnswers.objects.all()
    assert set(row.tables) == {"release", "quarters", "since", "numbers"}
    assert set(row.tables["numbers"]) == {table.name for table in table_spec.released_tables()}
    files = unpacked(client, "2026-Q4")
    assert {each["table"] for each in rows_of(files["answers.csv"])} == {
        table.name.replace(" ", "-by-") for table in table_spec.released_tables()
    }
    drawn = [f"/what-we-hear/answers-believed.{kind}" for kind in ("csv", "svg")]
    pages = ["/", "/what-we-hear/", "/transparency/", "/open-data/", "/stories.json", "/stories.atom", *drawn]
    read = {page: client.get(page, secure=True).content.decode() for page in pages} | files
    assert re.search(r"\b155\b", read["/what-we-hear/"])
    assert [name for name, words in read.items() if re.search(r"(?<![\w#.])33[35](?!\w)", words)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("more", [[], [1]])
def test_total_moved_to_hide_noughts_is_not_put_back_by_how_many_were_counted(more, spring, client):
    """Four times thirteen and five of nobody are "55" in all; of 52 people, nobody is left for the five.

    One more person, and each of those that are hidden could be one of two: nought or one.
    """
    people = 52 + sum(more)
    release("2026-Q4", "how_long", 13, 13, 13, 13, *more, people=people)

    looks, most = published(client, "how_long", "2026-Q4")

    assert solved(looks, most) == solved(looks, [people]) == set()


@pytest.mark.django_db
def test_total_of_fewer_than_ten_is_not_given_away_by_how_many_a_later_release_added(spring, client):
    """Nine of 98 answered, and 23 of 112: whoever knows that fourteen came knows that the nine were nine."""
    release("2026-Q3", "believed", 9, people=98)
    release("2026-Q4", "believed", 14, people=14)

    looks, most = published(client, "believed", "2026-Q3", "2026-Q4")

    assert looks[0] == Row([FEW] * 5, FEW)
    assert solved(looks, most) == solved(looks, [98, 14]) == set()


@pytest.mark.django_db
def test_hidden_answers_are_not_given_away_by_how_many_were_decided_in_the_quarter(spring, client):
    """Nine become 20, and three times ten 15, in a quarter in which about ten were decided: that takes all twelve."""
    release("2026-Q3", "believed", 9, 12, 12, 12, people=60)
    decided = {"received": 10, "decided": transparency.transparency_row({"agreed": 12}), "weeks": None, "alike": ""}
    ReleasedFigures.objects.create(quarter="2026-Q4", figures=decided)
    release("2026-Q4", "believed", 9, 1, 1, 1, people=12)

    looks, most = published(client, "believed", "2026-Q3", "2026-Q4")

    assert most[1] <= 12
    assert solved(looks, most) == solved(looks, [60, 12]) == set()


def test_solver_solves_what_can_be_solved():
    row = disclosure_control.publishable_row
    moved, few, more = row([13, 13, 13, 13, 0, 0]), row([9, 0, 0]), row([23, 0, 0])

    assert moved.total == 55
    assert {(0, 4), (0, 5), (0, 6)} <= solved([moved], [52])
    assert solved([moved], [57]) == set()
    assert solved([row([13, 13, 13, 13, 1, 0, 0, 0, 0])], [53]) == {(0, at) for at in range(4, 9)}
    assert (0, 0) in solved([few, more], [98, 14])
    assert solved([few, more], [98, 20]) == set()
    assert solved([few, None], [98, 14]) == set()


def test_check_of_a_release_names_whatever_can_be_solved(monkeypatch):
    """Of two releases of three answers, by trying out all there is: with as many people as answered, and a few more."""
    monkeypatch.setattr(disclosure_audit, "PATIENCE", (1000,))
    dice, found = random.Random(3), 0
    for _each in range(30):
        added = [[dice.choice((0, 1, 4, 9, 13)) for _answer in range(3)] for _release in range(2)]
        people = [sum(more) + dice.choice((0, 0, 1, 4)) for more in added]
        totals = [
            Counter(dict(zip(BY_LAW.cells, more, strict=True)) | {"law": sum(more), table_spec.EVERYBODY: many})
            for more, many in zip(added, people, strict=True)
        ]
        so_far = [totals[0], totals[0] + totals[1]]
        said = [
            Version(step, table_spec.shown_numbers(BY_LAW, each), is_few=each["law"] < 10)
            for step, each in enumerate(so_far)
        ]
        looks = [Row([each.shown[cell] for cell in BY_LAW.cells], each.shown["law"]) for each in said]

        named = {(each.step, each.name) for each in disclosure_audit.find_disclosures([BY_LAW], totals, {"law": said})}

        could = {(step, [*BY_LAW.cells, "law"][at]) for step, at in solved(looks, people)}
        assert could <= named, (added, people)
        found += bool(could)
    assert 5 < found < 30


def release(quarter, name, *given, people):
    """Release a quarter in which so many gave each answer to one question, in its order, and so many were counted."""
    (table,) = [each for each in table_spec.released_tables() if each.name == name]
    totals = {name: sum(given)} | dict(zip(table.cells, given, strict=False))
    CountedAnswers.objects.create(quarter=quarter, people=people, totals=totals)
    releases.make_release(quarter)


def published(client, name, *quarters):
    """What each release says anew of a table (or None) in its public files, and how many people it can have added."""
    snapshot.invalidate()
    snapshot.forget_snapshot()
    looks, most, fewest_before = [], [], 0
    for quarter in quarters:
        files = unpacked(client, quarter)
        rows = rows_of(files["answers.csv"])
        look, since = as_shown(rows, name), {row["since"] for row in rows if row["table"] == name}
        looks.append(look if look.total != UNSHOWN and since <= {"", quarter} else None)
        counted = [disclosure_control.could_be(as_cell(row)) for row in rows if row["table"] == "people"]
        least, greatest = counted[0] if counted else (0, 1000)
        most.append(min(greatest - fewest_before, most_decided(files)))
        fewest_before = least
    return looks, most


def most_decided(files):
    """By its transparency figures, the most people whose answers can have been counted in a quarter."""
    if "transparency.csv" not in files:
        return 1000
    rows = [row for row in rows_of(files["transparency.csv"]) if row["table"] == "decided"]
    cells, (_least, greatest) = disclosure_control.row_could_be(as_shown(rows, "decided"))
    counted = [cells[[row["row"] for row in rows].index(line)][1] for line in ("agreed", "counted")]
    return min(greatest, sum(1000 if each is None else each for each in counted))


def as_shown(rows, table):
    cells = {row["row"]: as_cell(row) for row in rows if row["table"] == table}
    total = cells.pop("")
    return Row(list(cells.values()), total)


def as_cell(row):
    return int(row["number"]) if row["number"] else {"fewer-than-10": FEW, "not-shown": UNSHOWN}[row["shown_as"]]


def unpacked(client, quarter):
    answer = client.get(f"/open-data/heard-{quarter.lower()}.zip", secure=True)
    whole = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    return {name.partition("/")[2]: whole.read(name).decode() for name in whole.namelist()}


def rows_of(file):
    return list(csv.DictReader(io.StringIO(file, newline="")))


def solved(looks, most_added):
    """By trying all: each (release, cell; last the total) that can be one number alone, or one of two if hidden."""
    worlds = list(worlds_of(looks, most_added))
    assert worlds
    known = set()
    for release, look in enumerate(looks):
        numbers = zip(*([*world[release], sum(world[release])] for world in worlds), strict=True)
        for at, values in enumerate(numbers if look else ()):
            is_hidden = isinstance([*look.cells, look.total][at], str)
            known |= {(release, at)} if len(set(values)) < (3 if is_hidden else 2) else set()
    return known


def worlds_of(looks, most_added, before=(), carried=0):
    """All that people can have answered by each release, to somebody who knows how a table is made."""
    if not looks:
        yield ()
        return
    most = carried + most_added[0]
    if looks[0] is None:
        yield from ((before, *rest) for rest in worlds_of(looks[1:], most_added[1:], before, most))
        return
    before = before or [0] * len(looks[0].cells)
    for cells in ways(looks[0], before, most):
        yield from ((cells, *rest) for rest in worlds_of(looks[1:], most_added[1:], cells))


def ways(look, before, most):
    """The cells that look like this, of which each is as large as before, and all together at most so much larger."""
    spans = [disclosure_control.could_be(cell, most_unshown=before[at] + most) for at, cell in enumerate(look.cells)]
    least = [max(low, was) for (low, _high), was in zip(spans, before, strict=True)]
    _cells, (_fewest, greatest) = disclosure_control.row_could_be(look)
    found = [([], min(most + sum(before), most + sum(before) if greatest is None else greatest) - sum(least))]
    for low, (_low, high) in zip(least, spans, strict=True):
        found = [
            ([*cells, value], left - (value - low))
            for cells, left in found
            for value in range(low, min(high, low + left) + 1)
        ]
    return [cells for cells, left in found if left >= 0 and disclosure_control.publishable_row(cells) == look]
