"""The names that the public reads: forces, outcomes, themes, content notes and demands, carried by the edition."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext as _

from stories.core import addresses, snapshot
from stories.models import ContentNote, Demand, Force, Outcome, Theme


@dataclass(frozen=True)
class NamedForce:
    id: str
    name: str
    nation: str
    region: str
    is_special: bool
    about: str
    # Its square on the map of the forces.
    column: int
    row: int
    # Invented for a demo.
    is_example: bool

    @property
    def url(self) -> str:
        return addresses.path_in_language(f"/forces/{self.id}/")

    @property
    def where(self) -> str:
        return ", ".join(dict.fromkeys(_(place) for place in (self.region, self.nation) if place))


@dataclass(frozen=True)
class NamedLists:
    """Each list in its own order, by slug."""

    forces: dict[str, NamedForce]
    outcomes: dict[str, str]
    themes: dict[str, str]
    notes: dict[str, str]
    demands: dict[str, str]

    @property
    def real_forces(self) -> list[NamedForce]:
        return [force for force in self.forces.values() if not force.is_example]


def get_named_lists() -> NamedLists:
    """The lists of the edition now, in the language of the page as far as the catalogue knows their names."""
    return snapshot.cached(
        ("named lists", get_language()), lambda: _named(snapshot.get_built("taxonomies") or build_named_lists())
    )


def load_named_lists() -> NamedLists:
    """The lists as they stand in the database now, for what is made for the next edition."""
    return _named(build_named_lists())


def _named(kept: dict[str, Any]) -> NamedLists:
    forces = (NamedForce(**{**force, "name": _(force["name"])}) for force in kept["forces"])
    words = {each: {slug: _(name) for slug, name in kept[each]} for each in ("outcomes", "themes", "notes", "demands")}
    return NamedLists(forces={force.id: force for force in forces}, **words)


def build_named_lists() -> dict[str, Any]:
    """Make what `get_named_lists` reads. Pairs and not mappings, because PostgreSQL's JSON keeps no order."""
    columns = ("id", "name", "nation", "region", "about", "column", "row")
    kinds = {"is_special": Q(kind=Force.Kind.SPECIAL), "is_example": Q(kind=Force.Kind.EXAMPLE)}
    forces = Force.objects.order_by("name").values(*columns, **kinds)
    models = {"outcomes": Outcome, "themes": Theme, "notes": ContentNote, "demands": Demand}
    pairs = {name: model._default_manager.values_list("slug", "name") for name, model in models.items()}
    return {"forces": list(forces), **{name: list(map(list, rows)) for name, rows in pairs.items()}}
