"""axe-core on the page that stands in a window: on a phone and on a desk, in light and in dark."""

from pathlib import Path

SCRIPT = Path(__file__).parent / "axe" / "axe.min.js"
WIDTHS = (320, 1280)
# What stands on a page is the same in the dark; only its colours aren't.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
_FOUND = """async ([inside, options]) => {
    document.getAnimations().forEach(each => each.finish());  // a colour on its way is neither of the two
    const found = await axe.run(inside, options);
    const told = (rule, node) => `${rule.id}: ${node.target} (${node.failureSummary.split("\\n")[1]?.trim()})`;
    return found.violations.flatMap(rule => rule.nodes.map(node => told(rule, node)));
}"""


def assert_finds_nothing(page, inside="html"):
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, options in (("light", {}), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found |= dict.fromkeys(findings(page, options, inside), f"{scheme}, {width} px")
        page.emulate_media(color_scheme="light")
    assert not found, "\n".join([page.title(), *(f"{how}: {finding}" for finding, how in found.items())])


def findings(page, options=None, inside="html"):
    """What axe finds on the page as it stands."""
    return page.evaluate(_FOUND, [inside, options or {}])
