"""A release is made once, goes forward, is checked before it is stored, and is never changed after."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from moderation import decisions
from stories.core import lifecycle, snapshot
from stories.figures import disclosure_audit, releases, table_spec
from stories.figures.disclosure_audit import Known
from stories.figures.disclosure_control import FEW, UNSHOWN
from stories.figures.releases import NotReleased, make_release
from stories.models import CountedAnswers, ReleasedAnswers
from stories.models.figures import Frozen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_spring(monkeypatch):
    monkeypatch.setattr(lifecycle, "today", lambda: date(2027, 4, 1))


def count(quarter, **believed):
    """As if so many people had given each answer to one question in that quarter, and answered no other."""
    people = sum(believed.values())
    totals = {"believed": people, **{f"believed.{slug.replace('_', '-')}": many for slug, many in believed.items()}}
    return CountedAnswers.objects.create(quarter=quarter, people=people, totals=totals)


def shown(quarter, table="believed"):
    return ReleasedAnswers.objects.get(release=quarter).tables["numbers"][table]


def since(quarter):
    return ReleasedAnswers.objects.get(release=quarter).tables["since"]["believed"]


def test_release_is_of_all_counted_so_far_and_lists_every_table_and_answer():
    count("2026-Q3", yes=31, by_some=12, no=40)
    count("2026-Q4", yes=21, by_some=13, no=3)

    make_release("2026-Q4")

    row = ReleasedAnswers.objects.get()
    assert row.tables["quarters"] == ["2026-Q3", "2026-Q4"]
    assert set(row.tables["numbers"]) == {table.name for table in table_spec.released_tables()}
    assert shown("2026-Q4") == {
        "believed": 120,
        **{"believed.yes": 50, "believed.by-some": 25, "believed.no": 45},
        **{"believed.not-sure": FEW, "believed.rather-not-say": FEW},
    }
    assert set(shown("2026-Q4", "knew_law dignity").values()) == {FEW}
    assert row.checksum == releases.release_checksum(row.tables)


def test_quarter_that_still_goes_on_is_in_no_release_until_ten_are_in_it():
    count("2026-Q3", yes=31)
    growing = count("2026-Q4", yes=9)

    make_release("2026-Q4")
    CountedAnswers.objects.filter(pk=growing.pk).update(people=14, totals={"believed": 14, "believed.yes": 14})
    make_release("2027-Q1")

    quarters = dict(ReleasedAnswers.objects.values_list("release", "tables__quarters"))
    assert quarters == {"2026-Q4": ["2026-Q3"], "2027-Q1": ["2026-Q3", "2026-Q4"]}
    assert growing.people < decisions.FEWEST_PEOPLE
    assert (shown("2026-Q4")["believed"], shown("2027-Q1")["believed"]) == (30, 45)


def test_table_repeats_what_it_showed_until_ten_more_have_answered():
    count("2026-Q2", yes=31)
    count("2026-Q3", yes=9)
    count("2026-Q4", yes=3)
    # Others answered other questions.
    CountedAnswers.objects.exclude(quarter="2026-Q2").update(people=12)

    for quarter, of in (("2026-Q2", "2026-Q2"), ("2026-Q3", "2026-Q2"), ("2026-Q4", "2026-Q4")):
        make_release(quarter)
        assert since(quarter) == of

    assert shown("2026-Q2") == shown("2026-Q3")
    assert shown("2026-Q4")["believed.yes"] == 45


def test_release_goes_through_the_check_before_it_is_stored(monkeypatch):
    count("2026-Q4", yes=31)
    looked = []

    def known(group, added, versions):
        looked.append((ReleasedAnswers.objects.count(), [table.name for table in group]))
        return [Known(group[0].name, group[0].name, 0)]

    monkeypatch.setattr(disclosure_audit, "find_disclosures", known)

    assert (make_release("2026-Q4").renewed, looked) == ([], [(0, ["believed"])])


def test_release_is_refused_with_the_reason_and_nothing_is_stored():
    make_release("2026-Q4")

    for quarter, said in (
        ("2027-Q2", "isn’t over yet. It can be released from 1 July 2027 on"),
        ("autumn", "Name a quarter"),
        ("2026-Q5", "Name a quarter"),
        ("2026-Q4", "was released, and a release is never made again"),
        ("2026-Q3", "releases go forward only"),
    ):
        with pytest.raises(NotReleased, match=said):
            make_release(quarter)
    assert ReleasedAnswers.objects.count() == 1
    assert make_release("2027-Q1").quarter == "2027-Q1", "on the day after its last"


def test_release_or_totals_that_were_tampered_with_are_named_and_stop_the_next(monkeypatch):
    row = count("2026-Q3", yes=31)
    count("2026-Q4", yes=31)
    make_release("2026-Q3")

    def refused(match):
        with pytest.raises(NotReleased, match=match):
            make_release("2026-Q4")

    with monkeypatch.context() as patch:
        patch.setattr(releases, "release_checksum", lambda tables: "0" * 64)
        refused("What is stored of 2026-Q3 isn’t what was released")
    CountedAnswers.objects.filter(pk=row.pk).update(totals={"believed": 99, "believed.yes": 99})
    refused("don’t fit what was released")
    CountedAnswers.objects.filter(pk=row.pk).delete()
    refused("The totals of 2026-Q3 are gone")
    count("2026-Q2", yes=31, perhaps=2)
    refused("“believed.perhaps”, which no question has")
    CountedAnswers.objects.filter(quarter="2026-Q2").delete()
    count("2026-Q3", yes=31)
    make_release("2026-Q4")


def test_release_begins_an_edition_and_renews_the_contact_for_weaknesses(monkeypatch):
    before = snapshot.snapshot_number()

    make_release("2026-Q4")
    snapshot.forget_snapshot()

    assert snapshot.snapshot_number() == before + 1
    assert snapshot.get_built("answers")["release"] == "2026-Q4"
    assert releases.security_contact_ends() == date(2028, 3, 1)


def test_release_is_never_changed_deleted_or_put_before_another_on_any_way():
    make_release("2026-Q4")
    row = ReleasedAnswers.objects.get()

    for change in (row.save, row.delete):
        with pytest.raises(Frozen):
            change()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleasedAnswers(release="2026-Q4", tables={}, checksum="").save()
    for deed in (
        "UPDATE stories_releasedanswers SET checksum = 'another'",
        "DELETE FROM stories_releasedanswers",
        "INSERT INTO stories_releasedanswers (release, tables, checksum) VALUES ('2026-Q3', '{}', '')",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)


def test_table_by_which_a_number_could_be_worked_out_waits_and_the_command_says_so(capsys):
    """Sixty-two people are 15, 15, 15, 15 and 10 under a total of 60: no others are."""
    count("2026-Q4", yes=13, by_some=13, no=13, not_sure=13, rather_not_say=10)
    CountedAnswers.objects.create(quarter="2026-Q3", people=15, totals={"again": 15, "again.yes": 15})

    call_command("release_figures", "2026-Q4")

    said = capsys.readouterr().out
    assert (set(shown("2026-Q4").values()), since("2026-Q4")) == ({UNSHOWN}, "")
    assert "believed waits for a later release: “believed.yes” could be worked out." in said
    assert "Released 2026-Q4. Tables with new numbers: again." in said
    with pytest.raises(CommandError, match="Nothing was released. 2026-Q4 was released"):
        call_command("release_figures", "2026-Q4")
    call_command("release_figures", "2027-Q1")
    assert "Tables with new numbers: none; every table repeats what it showed before." in capsys.readouterr().out
