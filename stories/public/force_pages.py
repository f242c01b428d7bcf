"""What the pages of forces show: the forces by nation, and what one of them said in public."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from stories import rendering
from stories.models import Response
from stories.public.named_lists import NamedForce, NamedLists

_NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


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
    groups = [ForceGroup(_(nation), [force for force in forces if force.nation == nation]) for nation in _NATIONS]
    wider = [force for force in forces if force.nation not in _NATIONS]
    return [group for group in (*groups, ForceGroup(_("In more than one nation"), wider)) if group.forces]


def said_by(force: NamedForce) -> list[Said]:
    """What the force said in public, the newest entry first: one query."""
    rows = Response.objects.using(settings.PUBLIC_READS).filter(force=force.id).order_by("-pk")
    return [_said(row) for row in rows]


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
