"""Browsers unlike the newest: Tor's safest level, one of autumn 2018, and what somebody set in their device."""

import re

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys import test_contributor as contributor
from tests.journeys.watching import PHONE, changed, script
from tests.site.heard import test_styles as styles

HIDDEN = "svg, math, audio, video, canvas { display: none !important }"
# Each page's own words in the order that they are met where nothing but the order tells what belongs together.
ORDER = {
    "/tell/": ["Exit this page", "Back", "Before you start", "Start", "Come back with your code", "Someone to talk to"],
    "/tell/form/": [
        *("Exit this page", "Skip to content", "Help", "Tell us what happened", "The parts of this form"),
        *("Before anything else", "Are you 18 or over now?", "Where and when", "Your account"),
        *("In your own words, how did the police deal with it?", "Keeping you safe", "Your choices"),
        *("A few more questions", "Leave this box empty", "Check what I wrote", "Save for later"),
        *("Leave this page now", "999", "Someone to talk to"),
    ],
    "/return/": ["Exit this page", "Come back with your code", "Your code", "Show me", "Someone to talk to"],
    "/take-down/": ["Exit this page", "Take a story down", "It is about me", "Someone to talk to"],
}


def let_go(window):
    """What a page still asks for as its test ends is no fault of the test."""
    window.context.unroute_all(behavior="ignoreErrors")


def test_way_to_the_code_and_back_with_it_and_nothing_is_said_by_a_drawing_alone(visit):
    """The whole way as that browser has it; what a page would draw is hidden, as it hides it."""
    window = visit(PHONE, java_script_enabled=False)
    window.context.route(re.compile(r"\.(svg|woff2?|ttf|mp3|mp4)$"), lambda route: route.abort())
    window.context.route(re.compile(r"/static/css/base\.\w+\.css$"), changed(lambda css: css + HIDDEN))
    page = window.page
    page.goto("/tell/form/")
    assert page.locator("svg:not([aria-hidden=true]), img:not([alt])").count() == 0
    expect(page.locator("header .brand")).to_have_text("Heard")

    code = contributor.tell(window)
    expect(page.locator("svg").first).to_be_hidden()
    contributor.read_and_write(window, code)
    contributor.take_it_back(window, code)

    assert window.stored() == []
    assert window.elsewhere() == []
    let_go(window)


NOT_KNOWN_TO_IT = re.compile(
    r"@font-face\s*\{[^}]*\}|(?<=[;{\s])(?:row-|column-)?gap:[^;}]*;?|position:\s*(?:sticky|fixed);?|clip-path:[^;}]*;?"
)


def draw_little(css):
    """As Opera Mini does: no distance between boxes, nothing that sticks or is cut, no font of ours."""
    return NOT_KNOWN_TO_IT.sub("", re.sub(r"@supports not \(inset: ?0\)", "@media all", css))


@pytest.fixture(params=[changed(draw_little), lambda route: route.abort()], ids=["few styles", "no styles"])
def poor(visit, request):
    window = visit(PHONE, java_script_enabled=False)
    window.context.route("**/*.css", request.param)
    yield window.page
    let_go(window)


def test_order_of_the_page_alone_makes_sense(visit):
    window = visit(java_script_enabled=False)
    window.context.route("**/*.css", lambda route: route.abort())
    for address, order in ORDER.items():
        window.page.goto(address)

        text, at = window.page.locator("body").inner_text(), 0
        for words in order:
            place = text.find(words, at)
            assert place >= 0, f"{address}: “{words}” does not come after “{text[:at][-40:]}”"
            at = place + len(words)
        levels = window.page.locator("h1, h2, h3, h4").evaluate_all("each => each.map(one => Number(one.tagName[1]))")
        assert levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), (address, levels)


def test_exit_is_the_first_stop_errors_lead_to_questions_and_the_code_can_be_read(poor):
    poor.goto("/tell/form/")
    poor.keyboard.press("Tab")
    expect(poor.get_by_role("link", name="Exit this page")).to_be_focused()
    poor.get_by_role("button", name="Check what I wrote", exact=True).click()
    expect(poor.get_by_role("heading", name="There is something to look at")).to_be_visible()
    poor.get_by_role("link", name="Write a few words").click()
    poor.keyboard.insert_text("I rang 101, and they listened.")
    poor.get_by_role("group", name="Are you 18 or over now?").get_by_label("Yes").check()
    poor.get_by_role("button", name="Check what I wrote", exact=True).click()
    poor.get_by_role("button", name="Send", exact=True).click()

    expect(poor.get_by_role("heading", level=1)).to_have_text("Keep this code")
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", "".join(poor.locator("#receipt-code").inner_text().split()))


LOUD = ("/tell/", "/tell/form/", "/return/", "/take-down/", "/tell/leaving/", "/get-help/")
PRESSED = "textarea:visible, select:visible, button:visible, summary:visible, main a.button:visible"


def as_read_then(css):
    """What of a style sheet is left in that browser: it drops what it doesn't know, and a block of that whole."""
    for around, selectors, declared in styles.rules(css):
        heads = [head for head in around if head != "@supports not (inset: 0)"]
        if not (styles.NEW_SELECTORS.search(selectors) or re.search("@supports|@layer|@container", str(heads))):
            is_line = ("display", "flex") in declared
            kept = [f"{name}: {value}" for name, value in declared if not is_dropped(name, value, is_line=is_line)]
            yield f"{' '.join(f'{head} {{' for head in heads)} {selectors} {{ {'; '.join(kept)} }} {'}' * len(heads)}"


def is_dropped(name, value, *, is_line):
    is_later = styles.NEW_VALUES.search(value) and not name.startswith("--")
    return styles.NEW_PROPERTIES.fullmatch(name) or is_later or (name == "gap" and is_line) or "{" in value


@pytest.fixture
def pages(demo_site):
    story = running_site.STORY.search(running_site.Visitor(demo_site.url).get("/stories/"))[0]
    return (*LOUD, "/", "/stories/", "/forces/", "/what-we-hear/", "/search/?q=police", story)


def test_main_pages_can_be_read_pressed_and_left(visit, pages):
    window, lost = visit(PHONE), []

    def answer(route):
        css = route.fetch().text()
        left = "\n".join(as_read_then(css))
        lost.append(css.count(";") - left.count(";"))
        route.fulfill(body=left, content_type="text/css")

    window.context.route(re.compile(r"\.css$"), answer)
    for name in pages:
        window.page.goto(name)
        window.page.wait_for_load_state()
        window.assert_fits(name)
        way_out = window.page.locator("#exit")
        expect(way_out).to_be_in_viewport(ratio=1)
        way_out.click(trial=True)
        assert name not in LOUD or way_out.bounding_box()["height"] >= 44, name
        for each in window.page.locator(PRESSED).all():
            # Pressed for a trial: it is there, it holds still, and nothing lies over it.
            each.click(trial=True)
    assert sum(lost) > 50


@pytest.mark.parametrize("width", [320, 390])
def test_no_phone_zooms_into_a_box(width, visit, pages):
    page = visit({**PHONE, "viewport": {"width": width, "height": 700}}).page
    boxes = 0
    for name in pages:
        page.goto(name)
        assert page.evaluate(script("small_type")) == [], name
        boxes += page.locator("textarea, select, input").count()
    assert boxes > 30


ADDRESSES = ("/tell/", "/tell/form/", "/return/", "/take-down/", "/", "/stories/", "/what-we-hear/", "/get-help/")
WISHES = {
    "own colours": ({"forced_colors": "active"}, "unbordered", "unseen_focus"),
    "more contrast": ({"contrast": "more"}, "softer_than_ink"),
    "nothing moves": ({"reduced_motion": "reduce"}, "moving"),
    # No option of Playwright's.
    "nothing shines through": ({}, "see_through"),
    "paper": ({"media": "print", "color_scheme": "dark"}, "not_black_on_white"),
}


@pytest.mark.parametrize("wish", WISHES)
def test_page_keeps_to(wish, visit):
    page, (media, *scripts) = visit(PHONE).page, WISHES[wish]
    page.emulate_media(**media)
    if not media:
        wished = {"name": "prefers-reduced-transparency", "value": "reduce"}
        page.context.new_cdp_session(page).send("Emulation.setEmulatedMedia", {"features": [wished]})

    for address in ADDRESSES:
        page.goto(address)
        # Whoever came by a link is shown no focus until they press a key.
        page.keyboard.press("Tab")
        assert [trouble for name in scripts for trouble in page.evaluate(script(name))] == [], address
