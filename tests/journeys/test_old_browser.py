"""The main pages as a browser of autumn 2018 draws them, and boxes that a phone doesn't zoom into: docs/browsers.md."""

import re

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys.watching import PHONE, script
from tests.site.heard import test_styles as styles

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
