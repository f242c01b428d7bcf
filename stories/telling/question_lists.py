"""Lists of answers that more than the form leans on: the two asides, forces, places, what can come of a report."""

import json
from pathlib import Path

from stories.telling.question_shapes import Alone, AskedIf, Option, options
from stories.telling.question_shapes import marked as _

_DATA = Path(__file__).resolve().parent.parent / "data"

ASIDES = options(("not-sure", _("Not sure")), ("rather-not-say", _("Rather not say")))
FORCES = tuple(
    Option(force["id"], force["name"]) for force in json.loads((_DATA / "forces.json").read_text(encoding="utf-8"))
)
RATHER_NOT_ALONE = Alone(
    "rather-not-say", _("You ticked “Rather not say” and something else as well. Untick one: both are fine.")
)
# Whoever never told the police is asked other things, and not what only those who told them can know.
NEVER_TOLD = AskedIf("reported", ("did-not-tell",))
TOLD = AskedIf(
    "reported", ("did-not-tell",), is_not=True, plainly=_("If you did not tell the police, pass over this question.")
)
# At most eight: with more, one of them would single somebody out. An editor's names for them are in the database.
OUTCOMES = options(
    ("still-going", _("Still going on")),
    ("never-taken-on", _("Never properly taken on")),
    ("closed", _("Looked into, then closed")),
    ("i-stopped", _("I stopped, or felt I had to")),
    ("said-i-stopped", _("They said I had stopped, but I had not")),
    ("warning", _("Warning, caution or order")),
    ("charged", _("Someone charged, or it went to court")),
    ("something-else", _("Something else")),
)
# Slug, the words of `Force.region`, the nation.
PLACES = (
    ("north-east", _("North East"), "England"),
    ("north-west", _("North West"), "England"),
    ("yorkshire-and-the-humber", _("Yorkshire and The Humber"), "England"),
    ("east-midlands", _("East Midlands"), "England"),
    ("west-midlands", _("West Midlands"), "England"),
    ("east-of-england", _("East of England"), "England"),
    ("london", _("London"), "England"),
    ("south-east", _("South East"), "England"),
    ("south-west", _("South West"), "England"),
    ("wales", _("Wales"), "Wales"),
    ("scotland", _("Scotland"), "Scotland"),
    ("northern-ireland", _("Northern Ireland"), "Northern Ireland"),
)
REGIONS = tuple(Option(slug, name) for slug, name, _nation in PLACES)
