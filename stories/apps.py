"""The stories app: what is told, how it is kept, and what the public reads."""

import json
from pathlib import Path

from django.apps import AppConfig
from django.db.models.signals import post_migrate

DATA = Path(__file__).parent / "data"


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from stories.core import takedown
        from stories.figures import releases
        from stories.intake import questions, retention
        from stories.reading import marked_sets, receivers
        from stories.reading.search import store

        post_migrate.connect(create_defaults, sender=self)
        post_migrate.connect(releases.renew_security_contact, sender=self)
        questions.furnish_figures()
        takedown.removal_committed.connect(lambda **_: retention.scrub_database(), weak=False, dispatch_uid="scrub")
        retention.ran.connect(store.tidy_search, dispatch_uid="search-after-the-clock")
        retention.ran.connect(marked_sets.prove_daily, dispatch_uid="sets-after-the-clock")
        receivers.register_builders(self)


def create_defaults(using: str = "default", **kwargs: object) -> None:
    """Make the rows that every site begins with: forces, outcomes, themes, content notes, demands, the edition.

    After each migration, those that are missing; names that an editor changed are left alone.
    """
    from stories.intake.questions import OUTCOMES
    from stories.models import ContentNote, Demand, Edition, Force, Outcome, Theme

    for force in json.loads((DATA / "forces.json").read_text()):
        begins = {name: force[name] for name in ("name", "nation", "region", "kind", "row")} | {"column": force["col"]}
        Force.objects.using(using).get_or_create(id=force["id"], defaults=begins)
    lists = json.loads((DATA / "lists.json").read_text())
    outcomes = [(outcome.slug, outcome.words) for outcome in OUTCOMES]
    sorted_by = {Theme: lists["themes"], ContentNote: lists["content_notes"], Demand: lists["demands"]}
    for model, words in {Outcome: outcomes, **sorted_by}.items():
        for order, (slug, name) in enumerate(words, start=1):
            model._default_manager.using(using).get_or_create(slug=slug, defaults={"name": name, "order": order})
    Edition.objects.using(using).get_or_create(pk=1)
