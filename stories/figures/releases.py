"""Releases of what people answered: a quarter's totals become tables that tell of nobody, and stay as they are.

Each release is of everybody counted so far. A table shows new numbers only once ten people were added to it and none
of its numbers could be worked out, from it and from all that was released before; until then it repeats the old ones.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from stories.core import lifecycle, snapshot
from stories.core.dates import Quarter
from stories.figures import disclosure_audit, disclosure_control, table_spec
from stories.figures.disclosure_audit import FEWEST_ADDED, Known, Version
from stories.figures.table_spec import EVERYBODY, Numbers, Release, Table, Totals
from stories.models import CountedAnswers, LastRun, ReleasedAnswers


def canonical_json(tables: object) -> str:
    """The one way to write JSON down: keys in order, no spaces, every letter as itself."""
    return json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def release_checksum(tables: object) -> str:
    return hashlib.sha256(canonical_json(tables).encode()).hexdigest()


# With fewer people a quarter goes on into the next one, and is in no release before that.
FEWEST_IN_A_QUARTER = 10


@dataclass(frozen=True)
class History:
    """`quarters` are those of the newest release; `added` are the totals of the people whom each release added."""

    releases: list[str]
    quarters: list[str]
    added: list[Totals]
    versions: Mapping[str, list[Version]]
    so_far: Totals

    def gained(self, table: Table) -> int:
        """The number of people who were added to a table since it last showed new numbers."""
        newest = self.newest(table)
        since = newest.step + 1 if newest else 0
        return sum(totals.get(table.name, 0) for totals in self.added[since:])

    def newest(self, table: Table) -> Version | None:
        """The numbers that a table showed last; None if it never had enough people."""
        return next((version for version in reversed(self.versions[table.name]) if not version.is_few), None)


def history_until(quarter: str, earlier: Sequence[ReleasedAnswers], counted: Mapping[str, CountedAnswers]) -> History:
    over = [row.quarter for row in counted.values() if row.quarter <= quarter and row.people >= FEWEST_IN_A_QUARTER]
    steps = [*(row.tables["quarters"] for row in earlier), sorted(over)]
    added = []
    for now, before in zip(steps, [[], *steps], strict=False):
        rows = [counted[name] for name in sorted(set(now) - set(before))]
        added.append(_summed([*(row.totals for row in rows), {EVERYBODY: sum(row.people for row in rows)}]))
    so_far, tables = _summed(added), table_spec.released_tables()
    versions = {table.name: table_versions(table, earlier) for table in tables}
    for table in tables:
        if so_far.get(table.name, 0) < FEWEST_ADDED:
            versions[table.name].append(Version(len(earlier), table_spec.shown_numbers(table, so_far), is_few=True))
    return History([*(row.release for row in earlier), quarter], steps[-1], added, versions, so_far)


def _summed(many: Iterable[Totals]) -> Totals:
    total: Counter[str] = Counter()
    for totals in many:
        total.update(totals)
    return total


def table_versions(table: Table, releases: Sequence[ReleasedAnswers]) -> list[Version]:
    """The new numbers of a table in each release that had some; an answer that was added later was nobody's then."""
    nobodys = dict.fromkeys(table.names, disclosure_control.FEW)
    shown = [nobodys | row.tables["numbers"].get(table.name, {}) for row in releases]
    return [
        Version(step, numbers, is_few=numbers[table.name] == disclosure_control.FEW)
        for step, (row, numbers) in enumerate(zip(releases, shown, strict=True))
        if row.tables["since"].get(table.name) == row.release or numbers[table.name] == disclosure_control.FEW
    ]


class NotReleased(Exception):
    """Says in a sentence why nothing was stored."""


@dataclass(frozen=True)
class Released:
    """The outcome of a release: the tables that are new in it, and the numbers that made others wait."""

    quarter: str
    tables: Release
    held: list[Known]

    @property
    def renewed(self) -> list[str]:
        return [name for name, since in self.tables["since"].items() if since == self.quarter]


@transaction.atomic
def make_release(quarter: str) -> Released:
    """Freeze the tables of everybody counted by the end of a quarter; raises `NotReleased`, and then stores nothing."""
    list(ReleasedAnswers.objects.select_for_update())
    made = preview_release(quarter)
    ReleasedAnswers.objects.create(release=quarter, tables=made.tables, checksum=release_checksum(made.tables))
    renew_security_contact()
    snapshot.invalidate()
    return made


def preview_release(quarter: str) -> Released:
    """What a release would make public; raises `NotReleased`. A quarter that is over with ten people changes no more,
    so looking twice tells nothing that the release doesn't.
    """
    earlier = list(ReleasedAnswers.objects.order_by("release"))
    counted = {row.quarter: row for row in CountedAnswers.objects.all()}
    _refuse_impossible(quarter, counted, earlier)
    return Released(quarter, *_tables(quarter, history_until(quarter, earlier, counted)))


def due_quarter() -> str:
    """The last quarter that is over, where it has people whom no release is of yet; or nothing."""
    quarter = str(Quarter.of(lifecycle.today()).later(-1))
    newest = ReleasedAnswers.objects.order_by("release").last()
    if newest and quarter <= newest.release:
        return ""
    counted = CountedAnswers.objects.filter(quarter__lte=quarter, people__gte=FEWEST_IN_A_QUARTER)
    return quarter if counted.exclude(quarter__in=newest.tables["quarters"] if newest else ()).exists() else ""


def _refuse_impossible(quarter: str, counted: Mapping[str, CountedAnswers], earlier: Sequence[ReleasedAnswers]) -> None:
    named = Quarter.named(quarter)
    if not named:
        raise NotReleased(f"Name a quarter by its year and number, such as 2026-Q4: “{quarter}” isn’t one.")
    if lifecycle.today() < named.over_on:
        raise NotReleased(f"{quarter} isn’t over yet. It can be released from {named.over_on:%-d %B %Y} on.")
    changed = [row.release for row in earlier if release_checksum(row.tables) != row.checksum]
    if changed:
        raise NotReleased(
            f"What is stored of {', '.join(changed)} isn’t what was released: the checksum differs. "
            "Restore it from a backup first."
        )
    if quarter in (row.release for row in earlier):
        raise NotReleased(f"{quarter} was released, and a release is never made again.")
    if earlier and quarter < (last := earlier[-1].release):
        raise NotReleased(f"{last} was released, so {quarter} is in it already: releases go forward only.")

    known = {cell for table in table_spec.released_tables() for cell in table.names}
    if unknown := {name for row in counted.values() for name in row.totals} - known:
        said = f"The totals hold “{min(unknown)}”, which no question has. A question keeps every answer it ever had."
        raise NotReleased(said)
    if gone := {name for row in earlier for name in row.tables["quarters"]} - counted.keys():
        said = f"The totals of {min(gone)} are gone, of which earlier releases were made. Restore them from a backup."
        raise NotReleased(said)


def _tables(quarter: str, until_now: History) -> tuple[Release, list[Known]]:
    """The tables of a release, and the numbers for which some of them wait."""
    since: dict[str, str] = {}
    numbers: dict[str, Numbers] = {}
    held: list[Known] = []
    for group in table_spec.table_groups():
        new, waits_for = _renewed(group, until_now)
        held += waits_for
        for table in group:
            name = table.name
            since[name], numbers[name] = (quarter, new[name].shown) if name in new else _repeated(table, until_now)
    return {"release": quarter, "quarters": until_now.quarters, "since": since, "numbers": numbers}, held


def _renewed(group: Sequence[Table], until_now: History) -> tuple[dict[str, Version], list[Known]]:
    """The tables of a group that can show new numbers, without those by which a number could be worked out."""
    step = len(until_now.added) - 1
    due = (table for table in group if until_now.gained(table) >= FEWEST_ADDED)
    new = {table.name: Version(step, table_spec.shown_numbers(table, until_now.so_far)) for table in due}
    held: list[Known] = []
    while new:
        versions = {name: [*shown, *([new[name]] if name in new else [])] for name, shown in until_now.versions.items()}
        try:
            known = disclosure_audit.find_disclosures(group, until_now.added, versions)
        except ValueError as error:
            raise NotReleased("The totals don’t fit what was released of them. Restore them from a backup.") from error
        if not known:
            break
        held += known
        # A number that was shown before is worked out through whatever is new.
        for name in {each.table for each in known} & new.keys() or set(new):
            del new[name]
    return new, held


def _repeated(table: Table, until_now: History) -> tuple[str, Numbers]:
    """The last numbers of a table, and the release they are of; one that never showed any says no more than that."""
    if newest := until_now.newest(table):
        return until_now.releases[newest.step], newest.shown
    if until_now.so_far.get(table.name, 0) < FEWEST_ADDED:
        return "", table_spec.shown_numbers(table, until_now.so_far)
    return "", dict.fromkeys(table.names, disclosure_control.UNSHOWN)


SECURITY_CONTACT = "security-contact"
# RFC 9116 asks for less than a year.
_MONTHS = 11


def renew_security_contact(using: str = "default", **kwargs: object) -> None:
    first = lifecycle.today().replace(day=1)
    at = datetime(first.year, first.month, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))
    LastRun.objects.using(using).update_or_create(name=SECURITY_CONTACT, defaults={"at": at})


def security_contact_ends() -> date:
    """The first day of the month in which the promise ends; this month where nobody ever made it."""
    run = LastRun.objects.filter(name=SECURITY_CONTACT).first()
    if run is None:
        return lifecycle.today().replace(day=1)
    first = run.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    month = first.month - 1 + _MONTHS
    return date(first.year + month // 12, month % 12 + 1, 1)
