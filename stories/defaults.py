"""The rows that every site begins with: forces, outcomes, themes, content notes, the edition."""

import json
from pathlib import Path

from stories.intake.questions import OUTCOMES
from stories.models import ContentNote, Edition, Force, Outcome, Theme

DATA = Path(__file__).parent / "data"


def create_defaults(using: str = "default", **kwargs: object) -> None:
    """Make the rows that are missing after a migration; names that an editor changed are left alone."""
    for force in json.loads((DATA / "forces.json").read_text()):
        begins = {name: force[name] for name in ("name", "nation", "region", "kind", "row")} | {"column": force["col"]}
        Force.objects.using(using).get_or_create(id=force["id"], defaults=begins)
    lists = json.loads((DATA / "lists.json").read_text())
    outcomes = [(outcome.slug, outcome.words) for outcome in OUTCOMES]
    for model, words in ((Outcome, outcomes), (Theme, lists["themes"]), (ContentNote, lists["content_notes"])):
        for order, (slug, name) in enumerate(words, start=1):
            model.objects.using(using).get_or_create(slug=slug, defaults={"name": name, "order": order})
    Edition.objects.using(using).get_or_create(pk=1)
