"""Every page of a contributor's way, in every state, for everybody: small, dark, large text, forced colours, no motion.

The pages are asked for over HTTP, and shown as they are without JavaScript: whole, and each in one load. The parts of
the form as scripts show them are looked at in test_screens.py.
"""

import re

import pytest

from tests.journeys import axe_core, spoken, the_way
from tests.running_site import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

# 320 px is a page of 1280 px at 400 %.
SMALL, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def window(chromium, demo_site):
    context = chromium.new_context(viewport=SMALL, base_url=demo_site.url)
    context.add_init_script(path=axe_core.SCRIPT)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("group", the_way.GROUPS)
def test_every_page_is_for_everybody(group, stages, window):
    found = {name: troubles(window, page) for name, page in stages[group].items()}

    assert not any(found.values()), "\n".join(f"{name}: {each}" for name, said in found.items() for each in said)


def test_code_is_heard_in_four_groups_and_once(demo_site, window):
    visitor = Visitor(demo_site.url)
    code = visitor.tell(**the_way.PLAIN)
    show(window, visitor.page)

    heard = window.locator("body").aria_snapshot()

    groups = [code[at : at + 4] for at in range(0, 16, 4)]
    items = re.findall(r'- list "Your code, in four groups":\n((?:\s+- listitem: .*\n)+)', heard)
    assert [re.sub(r"\W|listitem", "", line) for line in items[0].splitlines()] == groups
    assert [heard.count(group) for group in groups] == [1, 1, 1, 1]
    assert window.locator("main [aria-live], main [role=status], main [role=alert]").count() == 0


def troubles(window, page):
    """What somebody meets on it, in one load."""
    window.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    window.set_viewport_size(SMALL)
    show(window, page)

    said = axe_core.findings(window) + spoken.troubles(window) + sideways(window, "at 320 px")
    window.evaluate("document.documentElement.style.fontSize = '200%'")
    said += sideways(window, "at 320 px with text at 200 %") + covered(window)
    window.evaluate("document.documentElement.style.fontSize = ''")
    window.emulate_media(forced_colors="active")
    said += unseen(window)
    window.emulate_media(forced_colors="none", color_scheme="dark", reduced_motion="reduce")
    window.set_viewport_size(DESK)
    return said + axe_core.findings(window, axe_core.COLOURS) + sideways(window, "at 1280 px") + moving(window)


def show(window, page):
    """As somebody has it without JavaScript, with every fold open, so that all of a page is there; axe alone runs."""
    plain = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    window.unroute("**/page")
    window.route("**/page", lambda route: route.fulfill(body=plain, content_type="text/html; charset=utf-8"))
    window.goto("/page")
    window.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")


def sideways(window, where):
    wide = window.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide {where}: {window.evaluate(_TOO_WIDE)}"] if wide > 0 else []


def covered(window):
    """With large letters the exit's bar still leaves the page to its words."""
    high = window.locator("#exit").bounding_box()["height"]
    return [f"the exit covers {high} px"] if high > SMALL["height"] / 4 else []


def unseen(window):
    """Whatever can be reached by the keyboard, and does not show it in forced colours."""
    return [f"focus cannot be seen on {each}" for each in window.evaluate(_UNSEEN)]


def moving(window):
    return [f"{each} moves" for each in window.evaluate(_MOVING)]


_TOO_WIDE = """() => {
    const most = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > most + 1);
    return wide.slice(-3).map(each => each.outerHTML.slice(0, 80));
}"""
_UNSEEN = """() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
    const there = all.filter(each => each.tabIndex >= 0 && each.type !== "hidden" && each.getClientRects().length);
    const ring = each => each && getComputedStyle(each).outlineStyle !== "none"
        && parseFloat(getComputedStyle(each).outlineWidth) >= 2;
    return there.filter(each => {
        each.focus({ preventScroll: true });
        return document.activeElement !== each || !(ring(each) || ring(each.closest("label")));
    }).map(each => each.outerHTML.slice(0, 100));
}"""
_MOVING = """() => [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each);
    return style.animationName !== "none" || style.transitionDuration.split(", ").some(time => parseFloat(time) > 0)
        || style.scrollBehavior === "smooth";
}).map(each => each.className)"""
