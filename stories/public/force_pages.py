"""What the pages of forces show: the forces by nation, and what one of them said in public."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from stories import rendering
from stories.models import Response, Story
from stories.public import edition, openings
from stories.public.facets import NATIONS
from stories.public.filters import StoryFilter
from stories.public.named_lists import NamedForce, NamedLists
from stories.public.openings import Opening

RESPONSES = "responses"
_COLUMNS = ("force_id", "kind", "words", "context", "about_year", "source", "source_url")


@dataclass(frozen=True)
class ForceGroup:
    name: str
    forces: list[NamedForce]


@dataclass(frozen=True)
class Said:
    """One response, as a page shows it; `quote` is safe HTML of the force's own words, in quotation marks."""

    kind: str
    quote: str
    context: str
    about_year: int | None
    source: str
    source_url: str


def by_nation(names: NamedLists) -> list[ForceGroup]:
    """Every force once, in the order of its name within its nation: never by a number."""
    forces = sorted(names.forces.values(), key=lambda force: force.name)
    groups = [ForceGroup(_(nation), [force for force in forces if force.nation == nation]) for nation in NATIONS]
    wider = [force for force in forces if force.nation not in NATIONS]
    return [group for group in (*groups, ForceGroup(_("In more than one nation"), wider)) if group.forces]


def said_by(force: NamedForce) -> list[Said]:
    """What the force said in public, the newest entry first, from the edition alone."""
    made = edition.made(RESPONSES)
    responses = make_responses() if made is None else made
    return [_said(Response(**row)) for row in responses.get(force.id, [])]


def make_responses() -> dict[str, list[dict[str, Any]]]:
    """Every response by its force, for each edition."""
    rows: Iterable[dict[str, Any]] = Response.objects.order_by("-pk").values(*_COLUMNS)
    made: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        made.setdefault(row["force_id"], []).append(row)
    return made


def told(stories: Iterable[Story], names: NamedLists) -> list[Opening]:
    """The openings of stories that name the force of the page, which so needn't name it once more."""
    return [replace(each, facts=each.facts[1:]) for each in openings.worded(stories, names)]


def around(force: NamedForce, names: NamedLists) -> str:
    """The address of the stories from its region, whatever force they name; none where there are none."""
    wanted = StoryFilter.of(names, region=slugify(force.region))
    return wanted.url() if wanted.count() else ""


def kinds_said(force: NamedForce | None) -> list[str]:
    """The kinds of what it said, in words, from the edition alone."""
    return [str(Response.Kind(kind).label) for kind in force.said] if force else []


def _said(row: Response) -> Said:
    return Said(
        kind=row.get_kind_display(),
        quote=rendering.html(f"“{row.words.strip()}”"),
        context=row.context,
        about_year=row.about_year,
        source=row.source,
        # An address that isn't the web's would run in the reader's browser.
        source_url=row.source_url if row.source_url.startswith(("https://", "http://")) else "",
    )
