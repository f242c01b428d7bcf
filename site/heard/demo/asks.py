"""The demo's asks, of real bodies and so true and sourced: what nobody said isn't said here. One action presses one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from campaign.models import ActionIndexPage, ActionPage, Addressee, Ask, AskUpdate, HomePage
from stories import lifecycle
from stories.models import Story

_DATA = Path(__file__).parent / "data" / "asks.json"
TRAINING = "train-every-officer"


def make_asks() -> None:
    """Make every ask, put the open one about training on the first page, and open the action that presses it."""
    told = json.loads(_DATA.read_text())
    for ask in told["asks"]:
        _make_ask(ask)
    _lead_to(Ask.objects.get(slug=TRAINING), told["action"])


def _make_ask(told: dict[str, Any]) -> None:
    name, kind = told["whom"]
    addressee, _ = Addressee.objects.get_or_create(name=name, defaults={"kind": kind})
    ask = Ask(slug=told["slug"], sentence=told["sentence"], addressee=addressee, live=False)
    ask.why, ask.it_took = json.dumps([_with_slug(block) for block in told["why"]]), told.get("it_took", "")
    for order, update in enumerate(told["updates"]):
        # What is open is asked in the demo alone, since it was made.
        on = date.fromisoformat(update["on"]) if "on" in update else lifecycle.today()
        ask.updates.add(AskUpdate(sort_order=order, **update | {"on": on}))
    ask.save()
    ask.save_revision(log_action=True).publish()


def _with_slug(block: dict[str, Any]) -> dict[str, Any]:
    """Name the story of a passage by its slug, which is new in each demo, and not by its title."""
    if block["type"] != "story_quote":
        return block
    slug = Story.live.get(title=block["value"]["story"]).slug
    return {**block, "value": {**block["value"], "story": slug}}


def _lead_to(ask: Ask, told: dict[str, str]) -> None:
    action = ActionPage(ask=ask, **told)
    ActionIndexPage.objects.get().add_child(instance=action)
    action.save_revision(log_action=True).publish()
    home = HomePage.objects.get()
    home.ask = ask
    home.save_revision(log_action=True).publish()
