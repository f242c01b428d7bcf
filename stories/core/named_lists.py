"""What the public calls things: forces, outcomes, themes and content notes, carried by the edition."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from stories.core import addresses, snapshot
from stories.models import ContentNote, Force, Outcome, Theme
from stories.reading import responses


@dataclass(frozen=True)
class NamedForce:
    """A force as pages speak of it; `said` holds the kinds of what it said in public, each once.

    `is_waited_for` where it was asked something and its answer to that is not known.
    """

    id: str
    name: str
    nation: str
    region: str
    is_special: bool
    about: str
    # Its square on the map of the forces.
    column: int
    row: int
    said: tuple[str, ...] = ()
    is_waited_for: bool = False

    @property
    def url(self) -> str:
        return addresses.path_in_language(f"/forces/{self.id}/")

    @property
    def where(self) -> str:
        """Its region and nation; one of them where both are the same."""
        return ", ".join(dict.fromkeys(_(place) for place in (self.region, self.nation) if place))


@dataclass(frozen=True)
class NamedLists:
    """Each list in its own order, by slug."""

    forces: dict[str, NamedForce]
    outcomes: dict[str, str]
    themes: dict[str, str]
    notes: dict[str, str]


def get_named_lists() -> NamedLists:
    """The lists of the edition now, in the language of the page as far as the catalogue knows their names."""
    return _named(snapshot.get_built("taxonomies") or build_named_lists())


def load_named_lists() -> NamedLists:
    """The lists as they stand in the database now, for what is made for the next edition."""
    return _named(snapshot.built_once(build_named_lists))


def _named(kept: dict[str, Any]) -> NamedLists:
    forces = (
        NamedForce(**{**force, "name": _(force["name"]), "said": tuple(force["said"])}) for force in kept["forces"]
    )
    return NamedLists(
        forces={force.id: force for force in forces},
        outcomes={slug: _(name) for slug, name in kept["outcomes"]},
        themes={slug: _(name) for slug, name in kept["themes"]},
        notes={slug: _(name) for slug, name in kept["notes"]},
    )


def build_named_lists() -> dict[str, Any]:
    """Make what `read` reads. Pairs and not mappings, because PostgreSQL's JSON keeps no order."""
    made = snapshot.built_once(responses.build_responses)
    said, waited_for = responses.kinds_said(made), responses.waited_for(made)
    forces = (_force(force, said.get(force.id, [])) for force in Force.objects.order_by("name"))
    return {
        "forces": [force | {"is_waited_for": force["id"] in waited_for} for force in forces],
        "outcomes": _pairs(Outcome),
        "themes": _pairs(Theme),
        "notes": _pairs(ContentNote),
    }


def _force(force: Force, said: list[str]) -> dict[str, object]:
    return {
        "id": force.id,
        "name": force.name,
        "nation": force.nation,
        "region": force.region,
        "is_special": force.kind == Force.Kind.SPECIAL,
        "about": force.about,
        "column": force.column,
        "row": force.row,
        "said": said,
    }


def _pairs(model: type[Outcome] | type[Theme] | type[ContentNote]) -> list[list[str]]:
    return [[word.slug, word.name] for word in model.objects.all()]
