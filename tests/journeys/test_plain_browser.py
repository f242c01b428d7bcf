"""Tor Browser at its safest level: no script runs, no drawing and no font comes. A browser like Opera Mini, which knows
little of our styles. And one without any.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import test_contributor as contributor
from tests.journeys.watching import PHONE, changed

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
