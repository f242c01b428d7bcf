"""The palettes, measured in the style sheet itself: whatever carries words meets WCAG AA, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from campaign.brand_colours import DEFAULT, PALETTES
from campaign.models import Brand
from tests.site.heard.test_old_browsers import rules

TOKENS = (Path(settings.ROOT) / "site" / "static" / "css" / "tokens.css").read_text()
NAMES = [name for name, _words in PALETTES]
SCHEMES = ("light", "dark")
AA, AA_LARGE_OR_EDGE = 4.5, 3.0
# What stands on what: text, links, buttons at rest and under a finger, marked words, the exit, notes.
WORDS = [
    *(("ink", ground) for ground in ("paper", "card", "sky", "apricot")),
    *(("soft", ground) for ground in ("paper", "card")),
    *((link, ground) for link in ("moss", "moss-deep") for ground in ("paper", "card", "sky")),
    *(("on-moss", button) for button in ("moss", "moss-deep")),
    *(("on-brick", button) for button in ("brick", "brick-deep")),
    ("brick", "paper"),
]
# What is seen and not read: edges of fields, the steps of a figure against each other's neighbours.
SHAPES = [("edge", "paper"), ("step-many", "paper"), ("step-some", "paper")]


def values(palette, scheme):
    """The colours as a browser works them out: later rules over earlier ones, a palette's own over everybody's."""
    found = {}
    for own in (":root", f':root[data-palette="{palette}"]'):
        for around, selectors, declared in rules(TOKENS):
            media = " ".join(around)
            is_dark, is_print = "dark" in media, "print" in media
            if selectors == own and not is_print and (scheme == "dark" or not is_dark):
                found |= {name[2:]: value for name, value in declared if re.fullmatch("#[0-9a-f]{6}", value)}
    return found


def contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_contrast_is_measured_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("palette", NAMES)
def test_words_of_every_palette_can_be_read(palette, scheme):
    colours = values(palette, scheme)

    measured = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in WORDS}
    seen = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in SHAPES}

    assert {pair: ratio for pair, ratio in measured.items() if ratio < AA} == {}
    assert {pair: ratio for pair, ratio in seen.items() if ratio < AA_LARGE_OR_EDGE} == {}


def test_there_are_three_and_each_is_another():
    assert len({tuple(values(name, "light").items()) for name in NAMES}) == 3
    assert len({tuple(values(name, "dark").items()) for name in NAMES}) == 3
    assert all(f'data-palette="{name}"' in TOKENS for name in NAMES if name != DEFAULT)


def test_print_is_black_whatever_the_palette():
    """A palette's rule is stronger than the one for print, so it has to keep to screens."""
    theirs = [around for around, selectors, _ in rules(TOKENS) if "data-palette" in selectors]

    assert theirs
    assert all("screen" in around[0] for around in theirs)


def test_the_usual_one_is_said_by_nothing_on_the_page():
    assert Brand(palette=DEFAULT).for_furniture()["palette"] == ""
    assert Brand(palette="bark").for_furniture()["palette"] == "bark"
