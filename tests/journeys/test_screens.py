"""The form one part at a time: six short screens in one document, which leave nothing behind and lose nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import PHONE, changed, comes_true, script

ACCOUNT = "I rang 101 about the pictures, and in the end they listened."
STOPPED = "If you stopped, what made you stop?"
PARTS = ("start", "where", "telling", "safe", "choices", "more")
ON = "[data-next]:visible, [data-more]:visible"
# The same small screen with a keyboard: Tab stops at links and answers alike.
SMALL = {"viewport": {"width": 320, "height": 640}}


def at_the_form(visit, device=PHONE):
    return visit(device).come_to("/tell/form/", "Tell us what happened")


def test_first_timer_says_their_age_first_and_goes_through_six_parts_in_one_entry(visit):
    window, page = at_the_form(visit)
    entries = page.evaluate("history.length")

    # The age is asked for where it stands, and not five parts later.
    page.get_by_role("button", name="Next").tap()
    expect(page.locator("#id_adult")).to_be_focused()
    expect(page.locator("#id_adult .field__error")).to_have_text(re.compile("Tell us whether you are 18 or over"))
    expect(part_on(page)).to_have_attribute("id", "start")
    choose(page, "Are you 18 or over now?", "Yes")
    expect(page.locator("#id_adult .field__error")).to_have_count(0)
    for number, name in enumerate(PARTS[1:], start=2):
        page.locator(ON).tap()
        expect(part_on(page)).to_have_attribute("id", name)
        expect(page.locator(f"#{name} h2")).to_be_focused()
        expect(page.locator(f"#{name} h2")).to_have_text(re.compile(rf"^{number} of 6 \S"))
        assert page.evaluate("scrollY") == 0
    page.get_by_role("button", name="Back").tap()
    expect(page.locator("#choices h2")).to_be_focused()

    # A form that comes back opens where there is something to look at.
    page.get_by_role("button", name="Check what I wrote").tap()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(part_on(page)).to_have_attribute("id", "telling")
    page.get_by_role("button", name="Back").tap()
    page.get_by_role("link", name="Write a few words").tap()
    expect(page.locator("[name=account]")).to_be_focused()
    page.locator("[name=account]").fill(ACCOUNT)
    window.press("Check what I wrote", "Read it once more")
    expect(page.locator("[name=account]")).to_have_value(ACCOUNT)
    window.send()

    assert page.evaluate("history.length") == entries
    window.assert_left_nothing()


@pytest.mark.whole
def test_back_of_the_browser_leaves_the_form_and_forward_finds_the_words(visit):
    window, page = visit(PHONE, at="/get-help/")
    page.goto("/tell/form/")
    window.write(ACCOUNT)

    page.evaluate("history.back()")
    expect(page).to_have_url(f"{window.home}/get-help/")
    page.evaluate("history.forward()")

    expect(page.locator("[name=account]")).to_have_value(ACCOUNT)


def test_child_is_met_at_once_and_so_is_who_helps_one(visit):
    alone, helper = at_the_form(visit), at_the_form(visit)
    expect(helper.page.locator("#id_adult_other")).to_be_hidden()

    choose(alone.page, "Are you 18 or over now?", "No")
    choose(helper.page, "Are you 18 or over now?", "Yes")
    choose(helper.page, "Whose story is this?", "Someone I am helping, and they said yes")
    expect(helper.page.locator("[data-announced]")).to_contain_text("Is the person it happened to 18 or over now?")
    choose(helper.page, "Is the person it happened to 18 or over now?", "No")

    for window, title in ((alone, "Thank you for coming here"), (helper, "It is good that they have you")):
        window.press("Next", title)
        window.assert_left_nothing()


def test_words_and_questions_follow_each_answer_at_once_and_an_answer_stays(visit):
    window, page = at_the_form(visit)
    expect(page.locator("[data-plainly]:visible")).to_have_count(0)
    window.open_part("where")

    choose(page, "How did you tell the police?", "I did not tell them")
    expect(page.get_by_role("combobox", name="Which police force would it have been?")).to_be_visible()
    window.open_part("telling")
    expect(page.get_by_role("textbox", name="what kept you from telling the police?")).to_be_visible()
    expect(page.get_by_role("textbox", name="how did the police deal with it?")).to_have_count(0)
    window.open_part("more")
    expect(page.get_by_role("group", name="Would you ever tell the police?")).to_be_visible()
    for name in ("knew_law", "dignity", "believed", "evidence", "outcome", "how_long", "treated_because"):
        expect(page.locator(f"#id_{name}")).to_be_hidden()

    for _ in range(4):
        page.get_by_role("button", name="Back").tap()
    choose(page, "How did you tell the police?", "I did not tell them")
    expect(page.get_by_role("combobox", name="Which police force dealt with it?")).to_be_visible()
    window.open_part("more")
    expect(page.locator("#id_dignity")).to_be_visible()

    why = page.get_by_role("group", name=STOPPED)
    expect(why).to_be_hidden()
    choose(page, "What came of it?", "I stopped, or felt I had to")
    expect(why).to_be_visible()
    expect(page.locator("[data-announced]")).to_have_text(f"A question came up below: {STOPPED}")
    choose(page, "What came of it?", "Something else")
    expect(why).to_be_hidden()

    choose(page, "What came of it?", "I stopped, or felt I had to")
    why.get_by_text("It took too long").tap()
    choose(page, "What came of it?", "Something else")
    expect(why.get_by_label("It took too long")).to_be_checked()
    expect(why).to_be_visible()


def test_room_is_told_only_near_the_end_and_each_thing_is_heard_once(visit):
    window, page = visit(PHONE)
    page.clock.install()
    page.goto("/tell/form/")
    window.open_part("telling")
    page.evaluate(script("listen"))

    def write(text):
        page.locator("[name=differently]").fill(text)
        page.clock.fast_forward(2_000)
        return page.locator(".field__count:visible").all_inner_texts(), page.evaluate("heard.splice(0)")

    near = "Characters that still fit: 300"
    over = "Characters too many: 2. Nothing is cut: you can send it in two parts."
    assert write("a" * 3_000) == ([], [])
    assert write("a" * 3_700) == ([near], [near])
    assert write("a" * 3_710) == (["Characters that still fit: 290"], [])
    # An emoji is one character to whoever reads it, and to us.
    assert write("a" * 3_998 + "\N{SLIGHTLY SMILING FACE}" * 4) == ([over], [over])


def test_enter_on_an_answer_goes_on_and_sends_nothing(visit):
    page = at_the_form(visit, SMALL).page

    page.locator("[name=adult][value=yes]").press("Space")
    page.keyboard.press("Enter")

    expect(page.locator("#where h2")).to_be_focused()


def test_exit_bar_covers_nothing_that_is_focused_or_typed(visit):
    window, page = at_the_form(visit, SMALL)

    for name in PARTS:
        window.open_part(name)
        for key, start in (("Tab", "#main"), ("Shift+Tab", "#help")):
            page.locator(start).focus()
            stops = list(walk(page, key))
            assert stops, f"{key} never comes to the form"
            covered = [stop["name"] for stop in stops if stop["top"] < stop["bar"]]
            assert not covered, f"{name}, {key}: {covered}"
        if name == "telling":
            box = page.locator("[name=account]")
            box.fill("\n".join(f"Line {number}" for number in range(60)))
            box.press("Control+End")
            assert box.evaluate("box => box.offsetHeight > 300"), "the box did not grow with the text"
            for _ in range(59):
                page.keyboard.press("ArrowUp")
                top, bar = page.evaluate(script("line_and_bar"))
                assert top >= bar


LATE = re.compile(r"\.(js|woff2)$")


def test_words_stand_there_before_any_script_and_the_writer_stays_where_they_are(visit):
    page, late = visit(PHONE).page, []
    page.route(LATE, lambda route: late.append(route))

    page.goto("/tell/form/", wait_until="commit")

    expect(page.get_by_role("heading", name="Tell us what happened")).to_be_visible()
    expect(page.get_by_role("link", name="Exit this page")).to_be_visible()
    assert comes_true(page, "performance.getEntriesByName('first-contentful-paint').length")
    assert {route.request.url.rpartition(".")[2] for route in late} == {"js", "woff2"}

    box = page.locator("[name=account]")
    box.press_sequentially("I rang")
    # Lets go of all that was held.
    page.unroute(LATE)
    expect(part_on(page)).to_have_count(1)
    expect(part_on(page)).to_have_attribute("id", "telling")

    # Typing would bring the box back into view by itself.
    assert 0 < box.evaluate("box => box.getBoundingClientRect().top") < page.viewport_size["height"]
    page.keyboard.type(" 101")
    expect(box).to_have_value("I rang 101")


@pytest.mark.parametrize("missing", ["a button", "JavaScript"])
def test_whole_form_stands_there_when_the_screens_cannot(missing, visit):
    window, page = visit(PHONE, java_script_enabled=missing != "JavaScript")
    if missing == "a button":
        page.route("**/tell/form/", changed(lambda words: words.replace("data-back", "data-lost")))

    page.goto("/tell/form/")

    expect(page.locator("[data-screen]:visible")).to_have_count(6)
    expect(page.locator("[data-next]:visible, [data-more]:visible, [data-back]:visible, .steps")).to_have_count(0)
    expect(page.get_by_role("button", name="Check what I wrote").last).to_be_visible()


def choose(page, question, answer):
    page.get_by_role("group", name=question).get_by_text(answer, exact=True).tap()


def part_on(page):
    return page.locator("[data-screen]:visible")


def walk(page, key):
    """Press `key` through the form and yield where each of its stops stands."""
    was_in = False
    for _ in range(120):
        page.keyboard.press(key)
        stop = page.evaluate(script("stop"))
        if was_in and not stop["isIn"]:
            return
        was_in = stop["isIn"]
        if was_in:
            yield stop
    raise AssertionError(f"{key} never leaves the form")
