"""What axe-core finds and a screen reader says: of every public page in both languages, of every page of a
contributor's way in every state, and of what scripts make of it. The team's screens have a file of their own.
"""

import html.parser
import re

import pytest
from playwright.sync_api import expect

from tests.journeys import axe_core, hearing, the_way
from tests.journeys.watching import DESK, PHONE, script
from tests.running_site import Visitor
from tests.site.checks import crawling

# 320 px is a page of 1280 px at 400 %.
SMALL = {"width": 320, "height": 640}
TELLING = ("/tell/", "/tell/form/", "/return/", "/take-down/")
# With fonts and pictures, over the wire, for a first visit.
MOST_BYTES, MOST_SECONDS = 60_000, 5
ACCOUNT = "I rang 101. My friend Dana came with me, on 3 May 2024, and after that they listened."


@pytest.fixture(scope="module")
def window(open_axe, demo_site):
    return open_axe(demo_site.url, reduced_motion="reduce")


@pytest.fixture(scope="module")
def plain(open_axe, demo_site):
    """A page that is shown what came over HTTP, whole and in one load; scripts are taken out of it."""
    return open_axe(demo_site.url, viewport=SMALL, has_touch=True).page


@pytest.fixture(scope="module")
def said(open_axe, full_site, crawled):
    """What each kind of reader meets, by address, of each page with a piece that none before had."""
    page = open_axe(full_site.url, reduced_motion="reduce", **DESK).page
    addresses = [each.address for each in of_each_kind(crawled.pages())]
    return {address: _look(page, full_site.url, address) for address in [*addresses, *crawling.UNLINKED, *TELLING]}


def test_every_page_of_telling(window):
    page = window.page
    page.goto("/tell/form/")
    for part in ("start", "where", "telling", "safe", "choices", "more"):
        window.open_part(part)
        if part == "safe":
            page.locator("[name=giveaways]").fill("A long sentence. " * 120)
            expect(page.get_by_text("Characters too many").last).to_be_visible()
        axe_core.assert_finds_nothing(page, "main")

    send(window, "check", "Tell us what happened")
    window.write(ACCOUNT)
    window.open_part("safe")
    page.locator("[name=giveaways]").fill("")
    page.locator("[name=online]").first.check()
    window.open_part("choices")
    page.locator("[name=consent_ask_again]").check()
    send(window, "check", "Read it once more")
    page.get_by_text("Change or add answers").click()
    page.locator("[name=no_code]").check()
    send(window, "send", "Read it once more")
    page.locator("[name=no_code]").uncheck()
    send(window, "send", "Keep this code")


def send(window, step, title):
    """Press the button of that step, and look at the page that answers, which may have the title of the one before."""
    page = window.page
    page.locator("main").evaluate("main => { main.dataset.before = '' }")
    page.locator(f"button[name=step][value={step}]").last.click()
    expect(page.locator("main[data-before]")).to_have_count(0)
    window.arrive(title)
    page.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")
    axe_core.assert_finds_nothing(page)


@pytest.mark.parametrize("what", ["axe", "ears", "hands", "small screens", "a slow line"])
def test_every_public_page_is_for(what, said):
    assert {"/", "/stories/", "/forces/", "/open-data/", "/what-we-hear/", *TELLING} <= said.keys()
    assert "/languages/ur/" in said
    assert any(address.startswith("/cy/") for address in said)
    assert {address: found[what] for address, found in said.items() if found[what]} == {}


def _look(page, site, address):
    slow = first_visit(page, site, address)
    page.set_viewport_size(SMALL)
    page.goto(address)
    page.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")
    hands = [trouble for width in (320, 390) for trouble in targets(page, width)]
    heard = set()
    for device in (PHONE, DESK):
        page.set_viewport_size(device["viewport"])
        heard |= set(hearing.troubles(page))
    # Main pages are looked at in every way by the tests of the journeys; these share their pieces and their colours.
    seen = axe_core.found_everywhere(page, ways=axe_core.TWO_WAYS)
    small = small_troubles(page)
    return {"axe": seen, "ears": sorted(heard), "hands": hands, "small screens": small, "a slow line": slow}


def first_visit(page, site, address):
    """Too many bytes where nothing was fetched before; on the way to the form nothing seen at 28 kB/s and 800 ms."""
    context = page.context.browser.new_context(base_url=site, viewport=SMALL)
    visit = context.new_page()
    visit.goto(address)
    visit.evaluate("document.fonts.ready")
    whole, seconds = visit.evaluate(script("weight"))
    context.close()
    said = [f"{whole} bytes"] if whole > MOST_BYTES else []
    is_needed_soon = address.startswith(("/tell/", "/return/", "/take-down/"))
    return said + ([f"nothing shows for {seconds} s"] if is_needed_soon and seconds > MOST_SECONDS else [])


def targets(page, width, least=0, apart=0):
    """What a finger, or a hand that trembles, can't press for sure on a page that wide."""
    page.set_viewport_size({"width": width, "height": 844})
    return [f"{each} at {width} px" for each in page.evaluate(script("targets"), [least, apart])]


def small_troubles(page):
    """What has to be scrolled sideways, or is hidden by a bar: on small screens, at 400 %, and with large letters."""
    session = page.context.new_cdp_session(page)
    # A menu that somebody opened is theirs to close.
    page.locator("#menu").evaluate_all("each => each.forEach(one => { one.open = false })")
    said = []
    for width, height, letters in ((320, 640, 16), (240, 320, 16), (320, 225, 16), (320, 640, 32)):
        where = f"on {width} × {height} px with letters of {letters} px"
        page.set_viewport_size({"width": width, "height": height})
        session.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
        high = page.evaluate(script("stuck"))
        said += sideways(page, where) + ([f"bars cover {high} px {where}"] if high > height / 3 else [])
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()
    page.set_viewport_size(SMALL)
    page.evaluate(script("space_out"))
    return said + sideways(page, "with text spaced out")


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
    assert 'list "Your code, in four groups"' in heard
    assert re.findall(r'- img "((?:\w ){3}\w)"', heard) == [" ".join(group) for group in groups]
    assert [heard.count(group) for group in groups] == [1, 1, 1, 1]
    assert plain.locator("main [aria-live], main [role=status], main [role=alert]").count() == 0


def troubles(window, page):
    """What somebody meets on it, in one load."""
    window.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    window.set_viewport_size(SMALL)
    show(window, page)

    said = axe_core.findings(window) + hearing.troubles(window) + sideways(window, "at 320 px")
    window.evaluate("document.documentElement.style.fontSize = '200%'")
    said += sideways(window, "at 320 px with text at 200 %")
    window.evaluate("document.documentElement.style.fontSize = ''")
    said += small_troubles(window)
    # Large enough for a thumb, and apart enough that none slips from one deed to another.
    said += [trouble for width in (390, 320) for trouble in targets(window, width, least=44, apart=8)]
    said += [f"the Tab key goes up to {each}" for each in window.evaluate(script("backwards"))]
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
