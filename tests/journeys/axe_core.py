"""axe-core on the page that stands in a window: on a phone and on a desk, in light and in dark."""

from pathlib import Path

from tests.journeys.watching import script

SCRIPT = Path(__file__).parent / "axe" / "axe.min.js"
# What stands on a page is the same in the dark; only its colours aren't.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Of WCAG 2.2: axe asks for these only where it is told to.
WHOLE = {"rules": {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch")}}
_PHONE, _DESK = 320, 1280
EVERY_WAY = ((_PHONE, "light", WHOLE), (_PHONE, "dark", COLOURS), (_DESK, "light", WHOLE), (_DESK, "dark", COLOURS))
# Each width and each scheme once: for the many screens that are made of the same pieces.
TWO_WAYS = ((_PHONE, "light", WHOLE), (_DESK, "dark", WHOLE))


def assert_finds_nothing(page, inside="html", ways=EVERY_WAY):
    found = found_everywhere(page, inside, ways)
    assert not found, "\n".join([page.title(), *found])


def found_everywhere(page, inside="html", ways=EVERY_WAY):
    """What axe finds in any of these widths and schemes, each once."""
    found = {}
    for width, scheme, options in ways:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found |= dict.fromkeys(findings(page, options, inside), f"{scheme}, {width} px")
    page.emulate_media(color_scheme="light")
    return [f"{how}: {finding}" for finding, how in found.items()]


def findings(page, options=None, inside="html"):
    """What axe finds on the page as it stands."""
    return page.evaluate(script("axe_findings"), [inside, options or WHOLE])
