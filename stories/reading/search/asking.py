"""Asking the store: in one statement which stories hold the words, which of them were chosen, and a page of those.

At most the newest 1,000 are looked at, and nothing is ranked: newest first. The choices stand inside the match: a join
with the stories would cost a second where this costs a millisecond.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connections

from stories.models import Story
from stories.reading import facets
from stories.reading.search import words
from stories.reading.search.store import TABLE
from stories.reading.search.terms import Search, Term

MOST = 1000
# All of a story that its page in a list, or its row in a file, is made of.
COLUMNS = (
    *("id", "slug", "sequence", "month", "edited_month", "title", "text", "differently", "well"),
    *("place_shown", "force_id", "region", "nation", "year", "outcome_id", "themes", "content_notes", "is_answered"),
    *("may_quote", "may_train"),
)
# No story carries it: what is asked of a choice that stands for nothing.
_NONE = "0none"


@dataclass(frozen=True)
class Choices:
    """Tokens beside the words: a story carries one of each of `groups`, and none that is `left_out`."""

    groups: Sequence[Sequence[str]] = ()
    left_out: Sequence[str] = ()


@dataclass(frozen=True)
class Answer:
    """`hits` is the set of stories with the words, `matched` of those that were chosen too; both the newest 1,000.

    `is_capped` where there are more that match; `is_counted` where `hits` are all there are.
    """

    hits: int = 0
    matched: int = 0
    is_capped: bool = False
    is_counted: bool = True
    stories: list[Story] = field(default_factory=list)


def find_matches(
    search: Search, choices: Choices, *, after: int | None = None, before: int | None = None, size: int
) -> Answer:
    """One query: a page of `size` stories, newest first, older than the place `before` or newer than `after`."""
    if not search.terms:
        return Answer()
    vendor = connections[settings.PUBLIC_READS].vendor
    write = {"sqlite": _for_fts5, "postgresql": _for_postgresql}[vendor]
    chosen = [write(search, choices), MOST + 1] if choices != Choices() else []
    side, turned, place = _from(after, before)
    sql = _statement(vendor, is_chosen=bool(chosen), side=side, turned=turned)
    given = [write(search, Choices()), MOST + 1, *chosen, MOST, place, size]
    return _answer(list(Story.objects.using(settings.PUBLIC_READS).raw(sql, given)))


def _from(after: int | None, before: int | None) -> tuple[str, str, int]:
    """On which side of a place a page lies, from which end of that, and the place."""
    if before is not None:
        return "place < %s", "DESC", before
    return ("place > %s", "DESC", -1) if after is None else ("place > %s", "ASC", after)


def _answer(rows: list[Any]) -> Answer:
    told = {row.told: [int(place) for place in (row.places or "").split(",") if place] for row in rows if row.told}
    hits, matched = (sorted(told[name], reverse=True) for name in ("hits", "matched"))
    return Answer(
        hits=facets.place_bits(hits[:MOST]),
        matched=facets.place_bits(matched[:MOST]),
        is_capped=len(matched) > MOST,
        is_counted=len(hits) <= MOST,
        stories=sorted((row for row in rows if not row.told), key=lambda row: row.sequence or 0, reverse=True),
    )


# --- As each store is asked -----------------------------------------------------------------

_ON = {
    "sqlite": {"place": "rowid", "match": f"{TABLE} MATCH %s", "joined": "group_concat(place)"},
    "postgresql": {"place": "sequence", "match": "tokens @@ %s::tsquery", "joined": "string_agg(place::text, ',')"},
}


def _statement(vendor: str, *, is_chosen: bool, side: str, turned: str) -> str:
    on = _ON[vendor]
    newest = f"SELECT {on['place']} AS place FROM {TABLE} WHERE {on['match']} ORDER BY {on['place']} DESC LIMIT %s"  # noqa: S608
    nothing = ", ".join(["NULL"] * len(COLUMNS))
    # The stories stand first: of NULLs alone PostgreSQL would take it that they are text.
    return f"""
WITH hits AS MATERIALIZED ({newest}),
matched AS MATERIALIZED ({newest if is_chosen else "SELECT place FROM hits"}),
page AS (
  SELECT place FROM (SELECT place FROM matched ORDER BY place DESC LIMIT %s) AS looked_at
  WHERE {side} ORDER BY place {turned} LIMIT %s
)
SELECT {", ".join(f"story.{name}" for name in COLUMNS)}, '' AS told, '' AS places FROM page
  JOIN stories_story AS story ON story.sequence = page.place AND story.status = 'live'
UNION ALL SELECT {nothing}, 'hits', {on["joined"]} FROM hits
UNION ALL SELECT {nothing}, 'matched', {on["joined"]} FROM matched
"""  # noqa: S608


def _for_fts5(search: Search, choices: Choices) -> str:
    held = [*map(_one_for_fts5, search.wanted), *(_any(group, '"{}"', " OR ") for group in choices.groups)]
    out = [*map(_one_for_fts5, search.out), *(f'"{token}"' for token in choices.left_out)]
    found = " AND ".join(held or [f'"{words.EVERY}"'])
    return f"({found}) NOT ({' OR '.join(out)})" if out else found


def _one_for_fts5(term: Term) -> str:
    return f'"{term.tokens[0]}" *' if term.is_beginning else f'"{" ".join(term.tokens)}"'


def _for_postgresql(search: Search, choices: Choices) -> str:
    held = [*map(_one_for_postgresql, search.wanted), *(_any(group, "'{}'", " | ") for group in choices.groups)]
    out = [*map(_one_for_postgresql, search.out), *(f"'{token}'" for token in choices.left_out)]
    return " & ".join([*(held or [f"'{words.EVERY}'"]), *(f"!{each}" for each in out)])


def _one_for_postgresql(term: Term) -> str:
    if term.is_beginning:
        return f"'{term.tokens[0]}':*"
    return "(" + " <-> ".join(f"'{token}'" for token in term.tokens) + ")"


def _any(tokens: Sequence[str], written: str, between: str) -> str:
    return f"({between.join(written.format(token) for token in tokens or [_NONE])})"
