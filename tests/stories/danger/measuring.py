"""Counts what the scanner of danger says of sentences whose danger is known.

`build.jsonl` and `voices.jsonl` were written with the rules. `build_too.jsonl` and `build_again.jsonl` were kept apart
until they were counted, and are built on since. `build_more.jsonl` and `held_out.jsonl` are by people who had seen
neither rules nor sets; the last is only ever counted.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stories.danger import NOW, PAST, Danger, scan_for_danger
from tests.stories.pii import scoring

BUILT_ON = ("build", "build_too", "build_again", "build_more", "voices")
HERE = Path(__file__).parent
DEMO = HERE.parents[2] / "site" / "heard" / "demo" / "data" / "stories.json"
LOOK_ALIKES, ORDINARY = ("hard", "alike"), ("ordinary",)


@dataclass(frozen=True)
class Row:
    text: str
    language: str
    life: str
    child: bool
    kind: str

    @property
    def found(self) -> Danger:
        return scan_for_danger(self.text)


def rows(name: str) -> list[Row]:
    """The sentences of a set: one of those built on, or "held_out"."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Row(**json.loads(line)) for line in lines if line]


def of_kinds(among: Iterable[Row], kinds: tuple[str, ...]) -> list[Row]:
    return [row for row in among if row.kind.startswith(kinds)]


def now_found(among: Iterable[Row]) -> float:
    """Of those in danger now, the share that is marked so."""
    return _share([row.found.life == NOW for row in among if row.life == NOW])


def children_found(among: Iterable[Row]) -> float:
    """Of those about a child, the share that is marked so."""
    return _share([row.found.child for row in among if row.child])


def pasts(among: Iterable[Row]) -> tuple[float, float, float]:
    """Of what is past, the shares marked as past, marked as now, and missed."""
    said = [row.found.life for row in among if row.life == PAST]
    past, now, missed = (_share([life == tense for life in said]) for tense in (PAST, NOW, ""))
    return past, now, missed


def urgent(among: Iterable[Row]) -> float:
    """The share that would be read before everything else."""
    return _share([row.found.is_urgent for row in among])


def accounts() -> dict[str, list[str]]:
    """Ordinary accounts that were written for other ends: the finder's sets and the demo's stories."""
    finders = [*scoring.dev(), *(row for name in ("kept_apart", "by_strangers") for row in scoring.held_out(name))]
    stories = json.loads(DEMO.read_text(encoding="utf-8"))
    return {"finder": [row.text for row in finders], "demo": [text for story in stories for text in _texts(story)]}


def _texts(story: Any) -> Iterator[str]:
    yield from (story[name] for name in ("text", "differently", "well") if story.get(name))


def _share(said: list[bool]) -> float:
    return sum(said) / max(1, len(said))
