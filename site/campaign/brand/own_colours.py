"""A campaign's own colour in place of the palette's: measured wherever words stand, and written as a style sheet.

There is one for light screens and one for dark. From each the others follow: the deeper one under a pointer, and the
paler steps of a figure. Print stays black.
"""

import colorsys
import hashlib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.brand import contrast

ADDRESS = "/brand.css"


@dataclass(frozen=True)
class Scheme:
    """What a colour meets on light screens, or on dark: the values of tokens.css, each palette's sky among them."""

    grounds: tuple[tuple[str, Any], ...]
    # The words on a button, and what makes the button deeper under a pointer.
    on_it: str
    deeper: str
    # How far the two paler steps of a figure stand from the page: enough to be seen, and to be read on.
    steps: tuple[float, float]
    advice: Any


_PAGE, _CARD, _SKY = (
    gettext_lazy("the page"),
    gettext_lazy("what is typed into"),
    gettext_lazy("help lines and notices"),
)
LIGHT = Scheme(
    grounds=(
        *(("#fbf8f2", _PAGE), ("#ffffff", _CARD)),
        *(("#e4eef0", _SKY), ("#f3ebe0", _SKY), ("#e9edef", _SKY)),
    ),
    on_it="#ffffff",
    deeper="#000000",
    steps=(1.7, 3.15),
    advice=gettext_lazy("Choose a darker one."),
)
DARK = Scheme(
    grounds=(
        *(("#15191c", _PAGE), ("#1d2327", _CARD)),
        *(("#22303a", _SKY), ("#2e2822", _SKY), ("#262c32", _SKY)),
    ),
    on_it="#15191c",
    deeper="#ffffff",
    steps=(2.0, 4.8),
    advice=gettext_lazy("Choose a lighter one."),
)
_DEEPER = 0.25
# Degrees around the exit's hue, and the least strength of a colour, within which it reads as the same red.
_EXIT_RED, _TOO_NEAR, _LEAST_STRENGTH = 6 / 360, 15 / 360, 0.35


def why_not(colour: str, scheme: Scheme) -> str | None:
    """Say why words of this colour, or on it, couldn't be read, or None."""
    if _is_exit_red(colour):
        return _("This red is too near that of “Exit this page”, which has to be found at a glance. Choose another.")
    measured, where = _weakest(colour, scheme)
    if measured >= contrast.NEEDED:
        return None
    said = _("Words in it can’t be read well: on %(where)s it stands out by %(ratio)s to 1, and 4.5 to 1 is needed.")
    if where is None:
        said = _(
            "Words on it can’t be read well: on a button they stand out by %(ratio)s to 1, and 4.5 to 1 is needed."
        )
    return f"{said % {'where': where, 'ratio': contrast.in_words(measured)}} {scheme.advice}"


def own_colours(light: str, dark: str) -> dict[str, str] | None:
    """Both colours and where their style sheet stands, under a name that changes with them; None without them."""
    if not all(contrast.HEX.fullmatch(each) for each in (light, dark)):
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
    page, (few, some) = scheme.grounds[0][0], scheme.steps
    return {
        "moss": colour,
        "moss-deep": contrast.mixed(colour, scheme.deeper, _DEEPER),
        "step-few": contrast.paled(colour, page, few),
        "step-some": contrast.paled(colour, page, some),
        "step-many": colour,
    }


def _rules(colour: str, scheme: Scheme) -> str:
    return "".join(f"--{name}: {value};\n" for name, value in colour_values(colour, scheme).items())


def _weakest(colour: str, scheme: Scheme) -> tuple[float, Any]:
    """The least ratio, and on which ground that is; None for the words that stand on the colour itself."""
    pairs = [*scheme.grounds, (scheme.on_it, None)]
    return min(((contrast.ratio(colour, other), where) for other, where in pairs), key=lambda pair: pair[0])


def _is_exit_red(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, _lightness, strength = colorsys.rgb_to_hls(red, green, blue)
    apart = abs(hue - _EXIT_RED)
    return strength >= _LEAST_STRENGTH and min(apart, 1 - apart) <= _TOO_NEAR
