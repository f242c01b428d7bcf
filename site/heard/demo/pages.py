"""The demo's pages: who runs it, sessions for trainers, and the asks with the action that presses one."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from campaign import initial_content, models
from stories.core import lifecycle
from stories.models import Demand, Story


def _data(name: str) -> Any:
    return json.loads((Path(__file__).parent / "data" / f"{name}.json").read_text())


RUN_BY = "the Quillwick Trust, an invented charity"
# What stands in each gap of the starting page, by its beginning.
_FILLED: dict[str, str] = _data("about")


def fill_in_about_page() -> None:
    page = models.ContentPage.objects.get(slug="about")
    words = json.dumps(page.body.get_prep_value(), ensure_ascii=False)
    for gap, said in _FILLED.items():
        words = words.replace(gap, said)
    page.body = words
    page.save_revision().publish()
    brand = models.Brand.objects.first() or models.Brand()
    brand.run_by = RUN_BY
    brand.save()


_PASSAGES = _data("learning")
EXAMPLE = "<p>This session is an example. The stories that it quotes are invented.</p>"


def publish_sessions() -> int:
    """Put the passages in and publish each session as its editor would; returns how many."""
    for slug, quoted in _PASSAGES.items():
        session = models.LearningPage.objects.get(slug=slug)
        session.notes.insert(0, ("notice", session.notes.stream_block.child_blocks["notice"].to_python(EXAMPLE)))
        for field in ("passages", "good"):
            getattr(session, field).extend(("training_quote", _value(*each)) for each in quoted[field])
        session.full_clean()
        session.save_revision(log_action=True).publish()
    return len(_PASSAGES)


def publish_patterns() -> int:
    """Publish each pattern with its passages, as its editor would, and give home its lines; returns how many."""
    told = {row["slug"]: row for row in initial_content.initial_data("patterns")}
    for slug, quoted in _data("patterns").items():
        page, row = models.PatternPage.objects.get(slug=slug), told[slug]
        page.passages.extend(("story_quote", _value(*each)) for each in quoted)
        page.ask, page.action = (
            model.objects.filter(slug=row[name]).first()
            for name, model in (("ask", models.Ask), ("action", models.ActionPage))
        )
        page.full_clean()
        page.save_revision(log_action=True).publish()
    home = models.HomePage.objects.get()
    home.voices.extend(("story_quote", _value(*each)) for each in _data("voices"))
    home.save_revision(log_action=True).publish()
    return len(told)


def _value(title: str, passage: str) -> dict[str, str]:
    return {"story": Story.live.get(title=title).slug, "passage": passage}


def make_asks() -> None:
    told = _data("asks")
    for ask in told["asks"]:
        _make_ask(ask)
    home = models.HomePage.objects.get()
    home.ask = models.Ask.objects.get(slug="train-every-officer")
    action = models.ActionPage(ask=home.ask, **told["action"])
    models.ActionIndexPage.objects.get().add_child(instance=action)
    for page in (action, home):
        page.save_revision(log_action=True).publish()


def _make_ask(told: dict[str, Any]) -> None:
    addressee, _ = models.Addressee.objects.get_or_create(**told["whom"])
    ask = models.Ask(slug=told["slug"], sentence=told["sentence"], addressee=addressee, live=False)
    ask.why, ask.it_took = json.dumps([_with_slug(block) for block in told["why"]]), told.get("it_took", "")
    for order, update in enumerate(told["updates"]):
        ask.updates.add(models.AskUpdate(sort_order=order, **_with_days(update)))
    ask.save()
    ask.demands = Demand.objects.filter(slug__in=told["demands"])
    ask.save_revision(log_action=True).publish()


def _with_days(update: dict[str, Any]) -> dict[str, Any]:
    """Give an update its day and a promise its own: days that are told as numbers count from the making of the demo."""
    told, today = dict(update), lifecycle.today()
    ago = timedelta(days=told.pop("days_ago", 0))
    told["on"] = date.fromisoformat(told["on"]) if "on" in told else today - ago
    if "due_in" in told:
        told["due"] = today + timedelta(days=told.pop("due_in"))
    return told


def _with_slug(block: dict[str, Any]) -> dict[str, Any]:
    """Name the story of a passage by its slug, which is new in each demo, and not by its title."""
    if block["type"] != "story_quote":
        return block
    return block | {"value": _value(block["value"]["story"], block["value"]["passage"])}
