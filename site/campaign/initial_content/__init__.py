"""The starting content of a new site: pages, help lines, menu. Laid once; after that they are the editors'."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def days_checked() -> dict[str, date]:
    return {line["name"]: date.fromisoformat(line["last_checked"]) for line in initial_data("help_lines")}


def initial_data(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def model_fields(row: dict[str, object], *without: str) -> dict[str, Any]:
    """The fields of a row of these files as its model takes them: each stream of blocks as JSON."""
    kept = {name: value for name, value in row.items() if name not in without}
    return {name: json.dumps(value) if isinstance(value, list) else value for name, value in kept.items()}
