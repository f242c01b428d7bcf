"""Shapes of text that try to make the finder work without end; each is repeated up to the limit."""

import random
import tomllib
from pathlib import Path

from stories.pii import MAX_CHARACTERS

_SHAPES = tomllib.loads((Path(__file__).parent / "data" / "hostile.toml").read_text(encoding="utf-8"))
PIECES: list[str] = _SHAPES["pieces"]
HOSTILE: dict[str, str] = {**_SHAPES["hostile"], "half a pair": "\ud800"}


def filled(shape: str) -> str:
    """Repeat a shape until the text is as long as a text may be."""
    return (shape * MAX_CHARACTERS)[:MAX_CHARACTERS]


def made_up(least: int, most: int) -> str:
    """Make words up, each of so many letters, until the text is as long as a text may be."""
    chance = random.Random(6)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ("".join(chance.choices(letters, k=chance.randint(least, most))) for _ in range(MAX_CHARACTERS // least))
    return " ".join(words)[:MAX_CHARACTERS]
