import random

import pytest

from campaign import brand_colours
from tests.site import colours


def test_ratio_is_the_standards():
    assert brand_colours.contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert brand_colours.contrast_ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert brand_colours.contrast_ratio("#1f5c4a", "#fbf8f2") == pytest.approx(colours.contrast("#1f5c4a", "#fbf8f2"))


def test_what_falls_short_never_reads_as_enough():
    assert brand_colours.ratio_in_words(4.4999) == "4.49"
    assert brand_colours.ratio_in_words(4.5) == "4.5"
    assert brand_colours.ratio_in_words(21.0) == "21"


def test_paled_colour_stands_as_far_from_its_ground_as_was_wanted():
    chosen = random.Random(7)
    for _ in range(200):
        colour, ground = (f"#{chosen.randrange(1 << 24):06x}" for _ in range(2))

        paled = brand_colours.paled_colour(colour, ground, 2.0)

        assert brand_colours.contrast_ratio(paled, ground) == pytest.approx(2.0, abs=0.15) or paled == colour
        assert brand_colours.contrast_ratio(paled, ground) >= min(2.0, brand_colours.contrast_ratio(colour, ground))
