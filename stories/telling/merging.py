"""Putting together what the same person wrote in two windows, so that neither one's words are lost."""

from collections.abc import Mapping
from typing import Any


def texts(mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return `mine` with what only `theirs` holds put under it; words that stand in the other are kept once."""
    return {name: _text(words, theirs.get(name, "")) for name, words in mine.items()}


def answers(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return `mine` with its gaps filled from `theirs`; a choice is never ticked by what another window said."""
    return {name: _answer(answer, theirs.get(name)) for name, answer in mine.items()}


def _text(mine: str, theirs: str) -> str:
    if theirs.strip() in mine:
        return mine
    return theirs if mine.strip() in theirs else f"{mine}\n\n{theirs}"


def _answer(mine: Any, theirs: Any) -> Any:
    if isinstance(mine, list):
        return [*mine, *(slug for slug in theirs or [] if slug not in mine)]
    return mine if isinstance(mine, bool) else mine or theirs or mine
