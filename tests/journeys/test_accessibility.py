"""What axe-core finds and a screen reader says: of every public page in both languages, of every page of a
contributor's way in every state, and of what scripts make of it. The team's screens have a file of their own.
"""

import html.parser
import re

import pytest
from playwright.sync_api import expect

from tests.journeys import axe_core, the_way
from tests.journeys.watching import DESK, PHONE, script
from tests.running_site import Visitor
from tests.site.checks import crawling

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

# 320 px is a page of 1280 px at 400 %.
SMALL = {"width": 320, "height": 640}
ACCOUNT = "I rang 101. My friend Dana came with me, on 3 May 2024, and after that they listened."


@pytest.fixture(scope="module")
def window(open_axe, demo_site):
    return open_axe(demo_site.url, reduced_motion="reduce")


@pytest.fixture(scope="module")
def plain(open_axe, demo_site):
    """A page that is shown what came over HTTP, whole and in one load; scripts are taken out of it."""
    return open_axe(demo_site.url, viewport=SMALL).page


@pytest.fixture(scope="module")
def said(open_axe, full_site, crawled):
    """(findings, troubles) of axe and a screen reader, by address, of each page with a piece that none before had."""
    page = open_axe(full_site.url, reduced_motion="reduce", **DESK).page
    addresses = [each.address for each in of_each_kind(crawled.pages())]
    return {address: _look(page, address) for address in [*addresses, *crawling.UNLINKED]}


def test_every_page_of_telling(window):
    page = window.page
    page.goto("/tell/form/")
    window.open_part("choices")

    send(window, "check", "Tell us what happened")
    page.locator("[name=adult]").first.check()
    window.write(ACCOUNT)
    window.open_part("safe")
    page.locator("[name=online]").first.check()
    window.open_part("choices")
    page.locator("[name=consent_ask_again]").check()
    send(window, "check", "Read it once more")
    page.get_by_text("Change or add answers").click()
    page.locator("[name=no_code]").check()
    send(window, "send", "Read it once more")
    page.locator("[name=no_code]").uncheck()
    send(window, "send", "Keep this code")


def test_story_and_every_page_of_taking_it_down(window):
    page = window.page
    page.goto("/stories/")
    page.get_by_role("article").get_by_role("link").last.click()
    page.wait_for_url(re.compile(r"/stories/[0-9a-z]{12}/"))
    axe_core.assert_finds_nothing(page)
    story = page.url

    page.get_by_role("link", name="Take this down").click()
    send(window, "send", "Take a story down")
    page.get_by_label("It is about me").check()
    send(window, "send", "The story is off the site")

    page.wait_for_timeout(1_100)
    assert page.goto(story).status == 410
    axe_core.assert_finds_nothing(page)


def send(window, step, title):
    """Press the button of that step, and look at the page that answers, which may have the title of the one before."""
    page = window.page
    page.locator("main").evaluate("main => { main.dataset.before = '' }")
    page.locator(f"button[name=step][value={step}]").last.click()
    expect(page.locator("main[data-before]")).to_have_count(0)
    window.arrive(title)
    page.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")
    axe_core.assert_finds_nothing(page)


def test_axe_finds_nothing_in_both_widths_and_both_schemes(said):
    assert {"/", "/stories/", "/forces/", "/tell/", "/tell/form/", "/open-data/", "/what-we-hear/"} <= said.keys()
    assert "/languages/ur/" in said
    assert any(address.startswith("/cy/") for address in said)
    assert {address: findings for address, (findings, _) in said.items() if findings} == {}


def test_every_control_has_a_name_and_every_link_makes_sense_alone(said):
    assert {address: troubles for address, (_, troubles) in said.items() if troubles} == {}


def _look(page, address):
    page.goto(address)
    page.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")
    troubles = set()
    for device in (PHONE, DESK):
        page.set_viewport_size(device["viewport"])
        troubles |= set(heard_troubles(page))
    # Main pages are looked at in every way by the tests of the journeys; these share their pieces and their colours.
    return axe_core.found_everywhere(page, ways=axe_core.TWO_WAYS), sorted(troubles)


@pytest.mark.parametrize("group", the_way.GROUPS)
def test_every_page_is_for_everybody(group, stages, plain):
    found = {name: troubles(plain, page) for name, page in stages[group].items()}

    assert not any(found.values()), "\n".join(f"{name}: {each}" for name, said in found.items() for each in said)


def test_code_is_heard_in_four_groups_and_once(demo_site, plain):
    visitor = Visitor(demo_site.url)
    code = visitor.tell(**the_way.PLAIN)
    show(plain, visitor.page)

    heard = plain.locator("body").aria_snapshot()

    groups = [code[at : at + 4] for at in range(0, 16, 4)]
    items = re.findall(r'- list "Your code, in four groups":\n((?:\s+- listitem: .*\n)+)', heard)
    assert [re.sub(r"\W|listitem", "", line) for line in items[0].splitlines()] == groups
    assert [heard.count(group) for group in groups] == [1, 1, 1, 1]
    assert plain.locator("main [aria-live], main [role=status], main [role=alert]").count() == 0


def troubles(window, page):
    """What somebody meets on it, in one load."""
    window.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    window.set_viewport_size(SMALL)
    show(window, page)

    said = axe_core.findings(window) + heard_troubles(window) + sideways(window, "at 320 px")
    window.evaluate("document.documentElement.style.fontSize = '200%'")
    said += sideways(window, "at 320 px with text at 200 %")
    # With large letters the exit's bar still leaves the page to its words.
    high = window.locator("#exit").bounding_box()["height"]
    said += [f"the exit covers {high} px"] if high > SMALL["height"] / 4 else []
    window.evaluate("document.documentElement.style.fontSize = ''")
    window.emulate_media(forced_colors="active")
    # Whatever can be reached by the keyboard, and does not show it.
    said += [f"focus cannot be seen on {each}" for each in window.evaluate(script("unseen_focus"))]
    window.emulate_media(forced_colors="none", color_scheme="dark", reduced_motion="reduce")
    window.set_viewport_size(DESK["viewport"])
    said += [f"{each} moves" for each in window.evaluate(script("moving"))]
    return said + axe_core.findings(window, axe_core.COLOURS) + sideways(window, "at 1280 px")


def show(window, page):
    """As somebody has it without JavaScript, with every fold open, so that all of a page is there; axe alone runs."""
    plain = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    window.unroute("**/page")
    window.route("**/page", lambda route: route.fulfill(body=plain, content_type="text/html; charset=utf-8"))
    window.goto("/page")
    window.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")


def sideways(window, where):
    wide = window.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide {where}: {window.evaluate(script('too_wide'))}"] if wide > 0 else []


# Whatever can be pressed, filled in, chosen or followed, and pictures, which are heard too.
CONTROLS = {
    *("link", "button", "textbox", "searchbox", "checkbox", "radio", "combobox", "listbox", "option", "menuitem"),
    *("spinbutton", "slider", "switch", "tab", "DisclosureTriangle", "image", "img", "graphics-document"),
}
# Read alone, in a list of a page's links, these lead nowhere.
SAY_NOTHING = {
    *("here", "click here", "this", "more", "read more", "read", "link", "this page", "this link", "see more"),
    *("learn more", "details", "go", "continue", "page", "next page", "yma", "darllen", "mwy", "darllen mwy"),
}


def heard_troubles(page):
    """The controls without a name, the links whose name says nothing, and one name for links to two places."""
    controls = _controls(page)
    said = [f"{role} without a name" for role, name, _ in controls if not name]
    said += [f"{role} “{name}” says nothing by itself" for role, name, _ in controls if name.casefold() in SAY_NOTHING]
    places = {name: sorted(each) for name, each in _places(controls).items() if len(each) > 1}
    return said + [f"“{name}” leads to {each}" for name, each in places.items()]


def _controls(page):
    """The role, the name and the address (of a link) of each control that is heard."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    heard = [node for node in tree if not node["ignored"] and _role(node) in CONTROLS]
    return [(_role(node), node.get("name", {}).get("value", "").strip(), _address(node)) for node in heard]


def _places(controls):
    places = {}
    for role, name, address in controls:
        if role == "link" and name:
            places.setdefault(name, set()).add(address)
    return places


def _role(node):
    return node.get("role", {}).get("value", "")


def _address(node):
    told = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    return told.get("url")


# What of an element's attributes changes how it looks or is heard.
_TELLING = ("class", "role", "type", "open", "checked", "disabled", "hidden", "scope", "lang", "dir")


def of_each_kind(pages):
    """Of many pages, from the shortest address on, whatever adds a piece that none before had."""
    had, chosen = set(), []
    for page in sorted(pages, key=lambda each: (len(each.address), each.address)):
        pieces = _pieces(page.text)
        if not pieces <= had:
            chosen.append(page)
        had |= pieces
    return chosen


def _pieces(text):
    reader = _Reader()
    reader.feed(text)
    return reader.pieces


class _Reader(html.parser.HTMLParser):
    """Gathers each element with what it stands in and what it is told."""

    def __init__(self):
        super().__init__()
        self.pieces, self._around = set(), []

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        shape = tag, *(f"{name}={told[name]}" for name in _TELLING if name in told)
        aria = tuple(sorted(name for name in told if name.startswith("aria-")))
        self.pieces.add((self._around[-1] if self._around else "", shape, aria))
        if tag not in _ALONE:
            self._around.append(tag)

    def handle_endtag(self, tag):
        if tag in self._around:
            while self._around.pop() != tag:
                pass


_ALONE = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "path", "rect", "circle", "line"}
