"""The palettes of the site, and a campaign's own colour in place of one: measured by WCAG 2.2 wherever words stand."""

import colorsys
import hashlib
import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from campaign import site_chrome

# Text, links and buttons, by WCAG 2.2 AA.
NEEDED = 4.5
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def contrast_ratio(one: str, other: str) -> float:
    """From 1 to 21, of two colours as "#rrggbb"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed_colour(one: str, other: str, share: float) -> str:
    """`one` with that share of `other` in it, from 0 to 1, as a browser mixes them in sRGB."""
    return "#" + bytes(round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True)).hex()


def paled_colour(colour: str, ground: str, wanted: float) -> str:
    """The colour mixed with its ground until it stands `wanted` from it; as it is where it stands no further."""
    # Nearer to the ground the ratio only falls; a colour has 255 steps, and each is among so many shares.
    enough = bisect_right(
        range(4096), -wanted, key=lambda step: -contrast_ratio(mixed_colour(colour, ground, step / 4096), ground)
    )
    return mixed_colour(colour, ground, max(enough - 1, 0) / 4096)


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _parts(colour))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _parts(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])


# The first is what tokens.css says to everybody; the others stand there under their names.
DEFAULT = "moss"
PALETTES = [(DEFAULT, "Moss: green"), ("bark", "Bark: brown"), ("slate", "Slate: grey")]
ADDRESS = "/brand.css"


@dataclass(frozen=True)
class Scheme:
    """The surroundings of a colour on light screens, or on dark."""

    # Each colour on which words stand, and where that is.
    grounds: list[tuple[str, str]]
    # The words on a button, and what makes the button deeper under a pointer.
    on_it: str
    deeper: str
    # How far the two paler steps of a figure stand from the page: enough to be seen, and to be read on.
    steps: list[float]
    advice: str


_SCHEMES = tomllib.loads(Path(__file__).with_name("brand_colours.toml").read_text(encoding="utf-8"))
LIGHT, DARK = Scheme(**_SCHEMES["light"]), Scheme(**_SCHEMES["dark"])
_DEEPER = 0.25
# Degrees around the exit's hue, and the least strength of a colour, within which it reads as the same red.
_EXIT_RED, _TOO_NEAR, _LEAST_STRENGTH = 6 / 360, 15 / 360, 0.35


def why_not_readable(colour: str, scheme: Scheme) -> str | None:
    """Say why words of this colour, or on it, couldn't be read, or None."""
    if _is_exit_red(colour):
        return "This red is too near that of “Exit this page”, which has to be found at a glance. Choose another."
    # The least ratio, and on which ground that is; None for the words that stand on the colour itself.
    pairs = ((contrast_ratio(colour, other), where) for other, where in [*scheme.grounds, (scheme.on_it, None)])
    measured, where = min(pairs, key=lambda pair: pair[0])
    if measured >= NEEDED:
        return None
    # Rounded down, so that what falls short never reads as enough.
    ratio = f"{int(measured * 100) / 100:g}"
    stands = f"Words in it can’t be read well: on {where} it stands"
    if where is None:
        stands = "Words on it can’t be read well: on a button they stand"
    return f"{stands} out by {ratio} to 1, and 4.5 to 1 is needed. {scheme.advice}"


def own_colours(light: str, dark: str) -> dict[str, str] | None:
    """Both colours and where their style sheet stands, under a name that changes with them; None without them."""
    if not all(HEX.fullmatch(each) for each in (light, dark)):
        return None
    name = hashlib.blake2b(style_sheet(light, dark).encode(), digest_size=8).hexdigest()
    return {"light": light, "dark": dark, "url": f"{ADDRESS}?v={name}"}


def style_sheet(light: str, dark: str) -> str:
    """Stronger than a palette's own rule, which may stand beside it and still gives its sky."""
    return (
        f"@media screen {{\n:root:root {{\n{_rules(light, LIGHT)}}}\n}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n:root:root {{\n{_rules(dark, DARK)}}}\n}}\n"
    )


def colour_values(colour: str, scheme: Scheme) -> dict[str, str]:
    """The tokens that change with a colour, each with its value."""
    few, some = (paled_colour(colour, scheme.grounds[0][0], step) for step in scheme.steps)
    deep = mixed_colour(colour, scheme.deeper, _DEEPER)
    return {"moss": colour, "moss-deep": deep, "step-few": few, "step-some": some, "step-many": colour}


def _rules(colour: str, scheme: Scheme) -> str:
    return "".join(f"--{name}: {value};\n" for name, value in colour_values(colour, scheme).items())


def _is_exit_red(colour: str) -> bool:
    hue, _lightness, strength = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    apart = abs(hue - _EXIT_RED)
    return strength >= _LEAST_STRENGTH and min(apart, 1 - apart) <= _TOO_NEAR


@require_safe
def brand_style(request: HttpRequest) -> HttpResponse:
    """The colours of the site now; nothing where it has none of its own."""
    colours = site_chrome.site_chrome()["brand"].get("colours")
    text = style_sheet(colours["light"], colours["dark"]) if colours else ""
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    if colours and request.get_full_path() == colours["url"]:
        response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
