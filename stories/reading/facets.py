"""The facets by which stories are chosen, and the marks that a story carries: each one thing that it is sorted by, such
as `force:kent`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from stories.core import dates, lifecycle, tables
from stories.core.named_lists import NamedForce, NamedLists
from stories.models import Story
from stories.reading import responses, story_facts

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
# What a force said, from this very story to nothing: a choice holds whatever fits it, so a story can be in several.
ANSWERED, SAID, ASKED, SILENT = "story", "yes", "asked", "no"
# What a story can say beside its text, and the column of each.
SAYS = {"change": "differently", "well": "well"}
_NOT_IN_A_TOKEN = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True)
class Facet:
    """One parameter: what may be chosen (words by slug, in order), and the marks that a choice stands for."""

    name: str
    label: str | Promise
    # For whoever writes an address by hand.
    about: str | Promise
    options: Callable[[NamedLists], Mapping[str, str]]
    marks: Callable[[NamedLists, str], Iterable[str]]
    # True where a choice leaves out the stories that carry its mark.
    leaves_out: bool = False


def story_marks(row: Story | SimpleNamespace, names: NamedLists) -> Iterator[str]:
    force = names.forces.get(row.force_id or "")
    region = row.region or (force.region if force else "")
    nation = row.nation or (force.nation if force else "")
    if not region and any(force.region == force.nation == nation for force in _territorial(names)):
        # It is one region.
        region = nation
    found = (
        *(("force", row.force_id), ("region", slugify(region)), ("nation", slugify(nation))),
        *(("outcome", row.outcome_id), ("year", dates.year_slug(row.year) if row.year else "")),
        *(("theme", slug) for slug in story_facts.slugs_of(row.themes)),
        *(("note", slug) for slug in story_facts.slugs_of(row.content_notes)),
        ("demand", row.demand if row.differently else ""),
        *(("says", slug) for slug, column in SAYS.items() if getattr(row, column)),
        ("answered", ANSWERED if row.is_answered and row.force_id else ""),
    )
    return (f"{kind}:{slug}" for kind, slug in dict.fromkeys(found) if slug)


# Carried by those whose contributors allow quotes. No list is chosen by it, so it is no facet's.
QUOTABLE = "use:quote"


def mark_token(mark: str) -> str:
    """A mark as one word of a search: letters and digits, which no word that people type is."""
    return "0" + _NOT_IN_A_TOKEN.sub("", mark)


def _of(kind: str) -> Callable[[NamedLists, str], Iterable[str]]:
    return lambda names, slug: (f"{kind}:{slug}",)


def _regions(names: NamedLists) -> dict[str, str]:
    """Those of the forces that have one; the forces of trains, soldiers and reactors have none."""
    regions = sorted({(NATIONS.index(force.nation), force.region) for force in _territorial(names)})
    return {slugify(region): _(region) for _order, region in regions}


def _territorial(names: NamedLists) -> Iterator[NamedForce]:
    return (force for force in names.forces.values() if not force.is_special and force.nation in NATIONS)


def _with_an_answer(names: NamedLists, slug: str) -> Iterable[str]:
    """A mark of each such story, or those of each such force: so that no story changes when its force speaks."""
    if slug == ANSWERED:
        return (f"answered:{ANSWERED}",)
    said = {each.force for each in responses.get_responses()}
    asked = {letter.force for letter in responses.get_letters() if not letter.is_answered}
    fitting = {SAID: said, ASKED: asked, SILENT: names.forces.keys() - said}[slug]
    return (f"force:{force}" for force in names.forces if force in fitting)


_OPTIONS: dict[str, Callable[[NamedLists], Mapping[str, str]]] = {
    "force": lambda names: {force.id: force.name for force in names.forces.values()},
    "region": _regions,
    "nation": lambda names: {slugify(nation): _(nation) for nation in NATIONS},
    "outcome": lambda names: names.outcomes,
    "theme": lambda names: names.themes,
    "year": lambda names: {
        **{str(year): str(year) for year in dates.years_newest_first(lifecycle.today().year)},
        dates.BEFORE_FIRST_YEAR: story_facts.year_words(dates.BEFORE_FIRST_YEAR),
    },
    "demand": lambda names: names.demands,
    "mentions": lambda names: names.notes,
    "without": lambda names: names.notes,
}
_MARKS = {"responded": _with_an_answer, "mentions": _of("note"), "without": _of("note")}


def _facet(name: str, label: str, about: str, *, choices: Mapping[str, str] = {}, leaves_out: bool = False) -> Facet:
    """A facet of `facets.toml`; one whose choices stand there has no other list."""
    options = _OPTIONS.get(name) or (lambda names: {slug: _(words) for slug, words in choices.items()})
    return Facet(name, gettext_lazy(label), gettext_lazy(about), options, _MARKS.get(name) or _of(name), leaves_out)


FACETS = tuple(_facet(name, **said) for name, said in tables.read(__file__).items())
BY_NAME = {facet.name: facet for facet in FACETS}
