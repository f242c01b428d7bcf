"""How far two colours stand apart by WCAG 2.2, and a colour mixed with another until it stands as far as is needed."""

import re

# Text, links and buttons, by WCAG 2.2 AA.
NEEDED = 4.5
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def ratio(one: str, other: str) -> float:
    """From 1 to 21, of two colours as "#rrggbb"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`one` with that share of `other` in it, from 0 to 1, as a browser mixes them in sRGB."""
    parts = (round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def paled(colour: str, ground: str, wanted: float) -> str:
    """The colour mixed with its ground until it stands `wanted` from it; as it is where it stands no further."""
    nearest, furthest = 1.0, 0.0
    if ratio(colour, ground) <= wanted:
        return colour
    # Nearer to the ground the ratio only falls; 255 steps of a colour are found by eight halvings, and some to spare.
    for _ in range(12):
        share = (nearest + furthest) / 2
        if ratio(mixed(colour, ground, share), ground) >= wanted:
            furthest = share
        else:
            nearest = share
    return mixed(colour, ground, furthest)


def in_words(measured: float) -> str:
    """A ratio for a sentence; rounded down, so that what falls short never reads as enough."""
    return f"{int(measured * 100) / 100:.2f}".rstrip("0").rstrip(".")


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
