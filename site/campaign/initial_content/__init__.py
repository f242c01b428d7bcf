"""What a new site begins with: pages, help lines, menu. Laid once; after that they are the editors'."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def help_lines() -> list[dict[str, object]]:
    """The help lines of a new site, in the shape that the furniture keeps."""
    return [_for_furniture(line) for line in initial_data("help_lines")]


@cache
def days_checked() -> dict[str, date]:
    """When whoever wrote the starting data looked at each help line, by its name."""
    return {line["name"]: date.fromisoformat(line["last_checked"]) for line in initial_data("help_lines")}


def initial_data(name: str) -> Any:
    """One of the JSON files beside this module."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _for_furniture(line: dict[str, object]) -> dict[str, object]:
    kept = ("name", "about", "phone", "text_number", "url", "audience", "region", "opens")
    welsh = {"name": line["name_cy"] or line["name"], "about": line["about_cy"], "hours": line["hours_text_cy"]}
    rare = {"form_url": "", "answers_in_welsh": False, "stays_when_closed": False}
    rare = {name: line.get(name, usual) for name, usual in rare.items()}
    return {name: line[name] for name in kept} | rare | {"hours": line["hours_text"], "cy": welsh}
