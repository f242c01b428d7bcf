"""Reads the word lists that lie in data/; their sources stand in data/NOTICE."""

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def read_list(name: str) -> list[str]:
    """The lines of one data file in order, comments left out."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_words(name: str) -> frozenset[str]:
    """Every word of one data file."""
    return frozenset(word for line in read_list(name) for word in line.split())


def group(name: str, *, of: str = "groups") -> frozenset[str]:
    """One small set of words from groups.txt, or from another file written like it."""
    return _groups(of)[name]


@cache
def _groups(of: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    name = ""
    for line in read_list(of):
        head, colon, words = line.rpartition(":")
        name = head if colon else name
        found[name] = found.get(name, frozenset()) | frozenset(words.split())
    return found
