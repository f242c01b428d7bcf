"""Every pair of colours that carries words or an edge stands as far apart as docs/design-language.md says it does."""

import re

from campaign.models.settings import PALETTES
from tests.site import colours

DOCUMENT = (colours.ROOT / "docs" / "design-language.md").read_text()
ROW = re.compile(r"^\| `([\w-]+)` on `([\w-]+)` \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", re.M)
PAIRS = {(over, under): tuple(map(float, said)) for over, under, *said in ROW.findall(DOCUMENT)}
EVERY_LOOK = [(palette, scheme) for palette in colours.PALETTES for scheme in colours.SCHEMES]
# What is no ground and no ink: hairlines, the palest step, and the darker ground under a pointer.
NEVER_ALONE = {"line"}


def test_document_says_what_is_measured():
    looks = [colours.of(scheme=scheme) for scheme in ("light", "dark")]

    for (over, under), said in PAIRS.items():
        measured = tuple(round(colours.contrast_ratio(each[over], each[under]), 1) for each in looks)
        assert measured == said[:2], (over, under)


def test_every_pair_can_be_read():
    for palette, scheme in EVERY_LOOK:
        shown = colours.of(palette, scheme)
        for (over, under), (_light, _dark, needs) in PAIRS.items():
            ratio = colours.contrast_ratio(shown[over], shown[under])
            assert ratio >= needs, (palette, scheme, over, under)
    assert set(colours.of()) == {name for pair in PAIRS for name in pair} | NEVER_ALONE


def test_every_palette_is_looked_at_and_is_one_of_its_own():
    assert set(colours.PALETTES) == {slug for slug, _words in PALETTES}
    assert len({colours.of(palette, scheme)["moss"] for palette, scheme in EVERY_LOOK}) == len(EVERY_LOOK)
