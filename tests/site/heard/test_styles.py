"""No style is left that nothing wears."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent.parent
STYLES = sorted(path for path in (ROOT / "site/static/css").glob("*.css") if path.name != "admin_demo.css")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_every_style_is_worn_by_something(path):
    assert {name for name in classes(path) if not is_worn(name)} == set()


def test_style_that_nothing_wears_is_found():
    assert not is_worn("no-such-style")
    assert is_worn("figure--bars")


def classes(path):
    """The classes that the selectors of a style sheet name."""
    css = re.sub(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", path.read_text(), flags=re.S)
    selectors = re.findall(r"([^{};]+)\{", css)
    return {name for each in selectors if "@" not in each for name in re.findall(r"\.(-?[A-Za-z][\w-]*)", each)}


def is_worn(name):
    stem = name.rpartition("--")[0]
    return name in WORDS or (bool(stem) and f"{stem}--{{{{" in TEXT)


TEXT = "\n".join(
    path.read_text()
    for place, kind in (("templates", "*.html"), ("site/static/js", "*.js"), ("stories", "*.py"), ("site", "*.py"))
    for path in (ROOT / place).rglob(kind)
)
WORDS = set(re.findall(r"[\w-]+", TEXT))
