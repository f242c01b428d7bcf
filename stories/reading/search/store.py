"""The store of search, which keeps the words of live stories: FTS5 on SQLite, a vector with GIN on PostgreSQL.

Neither is a table of Django's: they are laid after every migration, and mended there and each hour, should they
differ from the stories. A row is told by the story's place in the order.

One statement asks which stories hold the words, which of them were chosen, and for a page of those. At most the newest
1,000 are looked at, and nothing is ranked: newest first. The choices stand inside the match: a join with the stories
would cost a second where this costs a millisecond.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, connections, transaction

from stories.core import faults, named_lists, snapshot, tables
from stories.models import LastRun, Story
from stories.reading import facets, filters, marked_sets
from stories.reading.search import words
from stories.reading.search.terms import Search, Term

TABLE = "stories_search"
# The SQL of each database.
ON = tables.read(__file__)
_SEARCHED = (
    *("id", "sequence", "title", "text", "differently", "well", "force_id", "region", "nation", "year", "outcome_id"),
    *("themes", "content_notes", "demand", "is_answered"),
)
_FOLLOWED = {*_SEARCHED, "status", "force", "outcome"}
# All of a story that its page in a list, or its row in a file, is made of.
COLUMNS = (*_SEARCHED, "slug", "month", "edited_month", "place_shown", "may_quote", "may_train")
_AT_ONCE = 500

logger = logging.getLogger(__name__)


def create_search(using: str = "default", **kwargs: object) -> None:
    """Make what is missing, and have exactly the live stories in it, as `words` reads them today; safe to call again.

    Some stories at a time, and each lot by itself, so that nobody who writes waits for long.
    """
    connection = connections[using]
    if Story._meta.db_table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in ON[connection.vendor]["laid"]:
            cursor.execute(statement)
    if _deletes_for_good(connection):
        _tell_fts5(using, "secure-delete", 1)
    kept, read_today = _places(using), _places(using, holding=words.EVERY)
    live = {place for place in Story.live.using(using).values_list("sequence", flat=True) if place is not None}
    take_out(kept - live, using=using)
    lacking = sorted(live - read_today)
    with _replacing(using, len(kept.intersection(lacking))):
        for start in range(0, len(lacking), _AT_ONCE):
            with transaction.atomic(using=using):
                rows = Story.live.using(using).filter(sequence__in=lacking[start : start + _AT_ONCE])
                index_story(rows.select_for_update().only(*_SEARCHED), using=using)


def tidy_search(using: str = "default", **kwargs: object) -> None:
    """Mend, and once a day have PostgreSQL forget words that no story holds: its index keeps them until made again.

    That holds up searches for as long as it takes, so a day's first run does it. Inside a transaction nothing is done.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        return
    try:
        create_search(using)
        if connection.vendor == "postgresql" and LastRun.begins_a_day("search tidied", using):
            with connection.cursor() as cursor:
                cursor.execute(f"REINDEX INDEX {TABLE}_tokens")
    except DatabaseError as error:
        logger.error("Search could not be tidied: %s", faults.Fault(error))


def _places(using: str, *, holding: str = "") -> set[int]:
    connection = connections[using]
    where = f" WHERE {ON[connection.vendor]['match']}" if holding else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ON[connection.vendor]['place']} FROM {TABLE}{where}",  # noqa: S608
            [holding] if holding else [],
        )
        return {place for (place,) in cursor.fetchall()}


def index_story(stories: Iterable[Story], *, using: str = "default") -> None:
    """Put these live stories in, each in the place of what was kept of it."""
    connection, names = connections[using], named_lists.load_named_lists()
    with transaction.atomic(using=using):
        rows = []
        for story in stories:
            stems, others = words.search_document(story.title, story.text, story.differently, story.well)
            others += map(facets.mark_token, facets.story_marks(story, names))
            rows.append((story.sequence, _WRITTEN[connection.vendor](stems, others)))
        if connection.vendor == "sqlite" and not _deletes_for_good(connection):
            take_out(_places(using).intersection(place for place, _written in rows), using=using)
        with connection.cursor() as cursor:
            cursor.executemany(ON[connection.vendor]["put"], rows)


def take_out(places: Collection[int], *, using: str = "default") -> None:
    """Take out what is kept of the stories at these places, so that no word of it is left."""
    if not places:
        return
    connection = connections[using]
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            column = ON[connection.vendor]["place"]
            cursor.executemany(f"DELETE FROM {TABLE} WHERE {column} = %s", [(place,) for place in places])  # noqa: S608
        if connection.vendor == "sqlite" and not _deletes_for_good(connection):
            _tell_fts5(using, "optimize")


def follow_story(
    sender: object, instance: Story, using: str, update_fields: Collection[str] | None = None, **kwargs: object
) -> None:
    """Keep up with a story that was saved: in once it is live, out once its words are gone.

    One that may be put back stays in until the hour that takes it out (`tidy_search`): clearing one story's words out
    of 100,000 takes a tenth of a second, for which nobody else could write, and no search counts or shows it. A store
    that fails stops no story from going down either.
    """
    if instance.sequence is None or (update_fields is not None and _FOLLOWED.isdisjoint(update_fields)):
        return
    try:
        if instance.status == Story.Status.LIVE:
            index_story([instance], using=using)
        elif instance.status == Story.Status.REMOVED:
            take_out([instance.sequence], using=using)
    except DatabaseError as error:
        logger.error("Search could not follow a story: %s", faults.Fault(error))


def forget_story(sender: object, instance: Story, using: str, **kwargs: object) -> None:
    if instance.sequence is not None:
        take_out([instance.sequence], using=using)


def _as_vector(stems: list[str], others: list[str]) -> str:
    """The literal of a vector; a token is letters and digits, so none needs escaping."""
    places: dict[str, list[str]] = {}
    for place, stem in enumerate(stems, start=1):
        places.setdefault(stem, []).append(str(place))
    # Nobody searches for it, and it can stand oftener than a vector knows places.
    places.pop(words.BREAK, None)
    return " ".join([*(f"{stem}:{','.join(each)}" for stem, each in places.items()), *others])


def _deletes_for_good(connection: Any) -> bool:
    """True for an FTS5 that can be told to leave nothing of what is deleted; others do until all is written anew."""
    return bool(connection.vendor == "sqlite" and connection.Database.sqlite_version_info >= (3, 42))


@contextmanager
def _replacing(using: str, how_many: int) -> Iterator[None]:
    """Have FTS5 clear many rows away once, at the end: one by one that takes a quarter of an hour for 100,000."""
    if how_many <= _AT_ONCE or not _deletes_for_good(connections[using]):
        yield
        return
    _tell_fts5(using, "secure-delete", 0)
    try:
        yield
    finally:
        _tell_fts5(using, "optimize")
        _tell_fts5(using, "secure-delete", 1)


def _tell_fts5(using: str, command: str, rank: int = 0) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES (%s, %s)", [command, rank])  # noqa: S608


_WRITTEN = {"sqlite": lambda stems, others: " ".join([*stems, words.BREAK, *others]), "postgresql": _as_vector}


MOST = 1000
# Tokens beside the words: groups of which a story carries one each, and those of which it carries none.
Choices = tuple[Sequence[Sequence[str]], Sequence[str]]
# No story carries it: what is asked of a choice that stands for nothing.
_NONE = "0none"


@dataclass(frozen=True)
class Found:
    """A page of stories, newest first, out of the set of those that match.

    `searched` is the set of stories that hold the words, whatever else was chosen: None without a search.
    `is_capped` where only the newest matches were looked at, so that `count` is a floor; `is_counted` where
    `searched` holds every story with the words, so that choices can be counted in it.
    """

    stories: list[Story]
    matched: int
    places: Sequence[int] = ()
    searched: int | None = None
    is_capped: bool = False
    is_counted: bool = True

    @property
    def count(self) -> int:
        return self.matched.bit_count()

    @property
    def newer(self) -> str:
        """The code of the place that the page of newer ones begins at; empty where there is none."""
        more = self.places and marked_sets.newer_than(self.matched, self.places[0])
        return filters.place_code(self.places[0]) if more else ""

    @property
    def older(self) -> str:
        more = self.places and marked_sets.older_than(self.matched, self.places[-1])
        return filters.place_code(self.places[-1]) if more else ""


def find_matches(
    search: Search, choices: Choices = ((), ()), *, after: int | None = None, before: int | None = None, size: int
) -> Found:
    """One query: a page of `size` stories, newest first, older than the place `before` or newer than `after`."""
    if not search.terms:
        return Found([], 0, searched=0)
    vendor = connection.vendor
    chosen = [_asked(vendor, search, choices), MOST + 1] if any(choices) else []
    # On which side of a place the page lies, and from which end of that.
    side, turned = ("<", "DESC") if before is not None else (">", "DESC" if after is None else "ASC")
    place = before if before is not None else -1 if after is None else after
    sql = _statement(vendor, is_chosen=bool(chosen), side=side, turned=turned)
    given = [_asked(vendor, search, ((), ())), MOST + 1, *chosen, MOST, place, size]
    rows: list[Any] = list(Story.objects.using(snapshot.public_reads()).raw(sql, given))
    told = {row.told: [int(place) for place in (row.places or "").split(",") if place] for row in rows if row.told}
    hits, matched = (sorted(told[name], reverse=True) for name in ("hits", "matched"))
    stories = sorted((row for row in rows if not row.told), key=lambda row: row.sequence or 0, reverse=True)
    # Those that went down stay in the store for a while.
    live = marked_sets.current_sets().everything
    return Found(
        stories,
        marked_sets.place_bits(matched[:MOST]) & live,
        [story.sequence for story in stories],
        searched=marked_sets.place_bits(hits[:MOST]) & live,
        is_capped=len(matched) > MOST,
        is_counted=len(hits) <= MOST,
    )


def _statement(vendor: str, *, is_chosen: bool, side: str, turned: str) -> str:
    on, parts = ON[vendor], ON["page"]
    newest = parts["newest"].format(table=TABLE, **on)
    return parts["whole"].format(
        newest=newest,
        matched=newest if is_chosen else parts["all"],
        columns=", ".join(f"story.{name}" for name in COLUMNS),
        nothing=", ".join(["NULL"] * len(COLUMNS)),
        side=side,
        turned=turned,
        joined=on["joined"],
        join=on["join"],
    )


def _asked(vendor: str, search: Search, choices: Choices) -> str:
    """The match for what a story has to hold, and not; a token is letters and digits, so none needs escaping."""
    on, (groups, left_out) = ON[vendor], choices

    def term(each: Term) -> str:
        return on["beginning" if each.is_beginning else "word"].format(on["next"].join(each.tokens))

    marks = (on["or"].join(map(on["word"].format, group or [_NONE])) for group in groups)
    held = [*map(term, search.wanted), *(f"({each})" for each in marks)]
    out = [*map(term, search.out), *map(on["word"].format, left_out)]
    found = on["and"].join(held or [on["word"].format(words.EVERY)])
    return f"({found}){on['not']}({on['or'].join(out)})" if out else found
