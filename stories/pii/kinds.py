"""The one table of what we look for: its words for people, and the neutral words to put instead."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from stories.pii.finding import Finding


@dataclass(frozen=True, slots=True)
class Kind:
    """`contributor` and `moderator` name it on their screens; `why` says how it could identify."""

    contributor: str
    moderator: str
    why: str
    replacements: tuple[str, ...]


_TABLES = tomllib.loads((Path(__file__).parent / "data" / "kinds.toml").read_text(encoding="utf-8"))


def _kinds(table: str) -> dict[str, Kind]:
    rows = _TABLES[table].items()
    return {name: Kind(**{**words, "replacements": tuple(words["replacements"])}) for name, words in rows}


KINDS = _kinds("kinds")
RELATIONS = _kinds("relations")
COMBINATIONS = _kinds("combinations")
PROFILE = _kinds("links")["profile"]
BY_HAND: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in _TABLES["by_hand"].items()}
ALL_KINDS = (*KINDS.values(), *RELATIONS.values(), PROFILE, *COMBINATIONS.values())
NEUTRAL_WORDS = frozenset(
    words for some in (*(kind.replacements for kind in ALL_KINDS), *BY_HAND.values()) for words in some
)
_SPECIAL = {kind.why: kind for kind in (*RELATIONS.values(), PROFILE, *COMBINATIONS.values())}
_TOGETHER_WITH = " Together with: "


def make_finding(span: tuple[int, int], kind: str, *, sure: bool = True) -> Finding:
    """Make a finding of this kind, with its plain reason."""
    return Finding(span[0], span[1], kind, KINDS[kind].why, sure)


def kinds_together(found: Finding, combination: str, others: str) -> Finding:
    """Make a finding part of a combination, a key of COMBINATIONS, with the `others` of it in their own words."""
    why = f"{COMBINATIONS[combination].why}.{_TOGETHER_WITH}{others}"
    return Finding(found.start, found.end, "TOGETHER", why, sure=False)


def words_for(found: Finding) -> tuple[Kind, str]:
    """Return the words that fit this finding best, and the words it goes with ("" for none).

    Screens show these rather than `KINDS[found.kind]`: they tell a child's name from an officer's, and a day beside
    a small place from any other combination. All but the second are strings of these tables, to be translated.
    """
    why, _, others = found.why.partition(f".{_TOGETHER_WITH}")
    return _SPECIAL.get(why, KINDS[found.kind]), others
