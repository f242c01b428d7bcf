"""The check page in a real browser: what was spotted is marked, replaced, typed over or kept, and then sent."""

import pytest
from playwright.sync_api import expect

from tests.journeys import axe_core
from tests.journeys.test_contributor import come_back, press_on, tab_to
from tests.journeys.watching import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# A woman with red hair is three characters of Python's, and five as a browser counts.
TEXT = (
    "👩‍🦰😀 PC Okafor rang me on 07700 900123. My daughter Ellie was there. On 3 May 2024 I was in Bakewell. "
    "PC Okafor laughed."
)
SENT = (
    "👩‍🦰😀 PC [an officer] rang me on [my number]. My daughter my eldest was there. On [that day] I was in Bakewell. "
    "PC [an officer] laughed."
)
PUT_IN = "Put in my choices and show me again"
LINES = 60
# The empty page that every window begins with, and ours.
ONE_ENTRY = 2
# Where a line of the box stands on the screen; none of those above it is broken.
_LINE = """(box, number) => {
    const top = box.getBoundingClientRect().top + parseFloat(getComputedStyle(box).paddingTop) - box.scrollTop;
    return [top + number * parseFloat(getComputedStyle(box).lineHeight), innerHeight];
}"""
_SELECTED = "box => box.value.slice(box.selectionStart, box.selectionEnd)"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_choices_go_in_page_by_page_and_what_was_kept_stays(javascript, visit):
    window = visit(PHONE, java_script_enabled=javascript)
    page = window.page
    check(window, TEXT)

    expect(page.locator("main .story__text mark", has_text="Okafor")).to_have_count(2)
    expect(page.locator("mark", has_text="Ellie").first).to_contain_text("(a child's name)")
    expect(page.locator("mark", has_text="Bakewell").first).to_contain_text("(maybe a town or place)")
    expect(page.get_by_text("together with: Bakewell")).to_be_visible()
    opened(window, "Okafor").get_by_text("[an officer]", exact=True).tap()
    opened(window, "Ellie").get_by_label("Or change it yourself").fill("my eldest")
    opened(window, "Bakewell").get_by_text("Keep it").tap()
    window.assert_fits("with everything open")
    page.get_by_role("button", name=PUT_IN).tap()

    expect(page.get_by_role("status").filter(has_text="We put in 2 of your choices.")).to_be_visible()
    expect(page.locator("#id_account")).to_have_value(
        SENT.replace("[my number]", "07700 900123").replace("[that day]", "3 May 2024")
    )
    expect(page.locator("details", has_text="Bakewell").filter(has_text="Kept")).to_be_visible()
    expect(page.get_by_role("group", name="Okafor")).to_have_count(0)

    opened(window, "07700 900123").get_by_text("[my number]").tap()
    opened(window, "3 May 2024").get_by_text("[that day]").tap()
    page.get_by_role("button", name="Send", exact=True).tap()
    window.arrive("Keep this code")
    code = "".join(page.locator("#receipt-code").inner_text().split())
    if javascript:
        assert page.evaluate("history.length") == ONE_ENTRY
    come_back(window, code)
    window.arrive("We have what you sent")
    page.get_by_text("Read what I sent").tap()
    expect(page.get_by_text(SENT)).to_be_visible()
    window.assert_left_nothing()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_list_leads_to_the_text_and_back_and_addresses_say_nothing(javascript, visit):
    window = visit(PHONE, java_script_enabled=javascript)
    page = window.page
    check(window, f"{TEXT}\n\n" + "Nobody called me back.\n" * 60)

    opened(window, "Ellie").get_by_role("link", name="See it above").tap()
    mark = page.locator("mark:target")
    expect(mark).to_contain_text("Ellie")
    expect(mark).to_be_in_viewport(ratio=1)
    assert page.url.endswith("/tell/form/#mark-3")

    found = page.locator("details").filter(has=page.locator("summary:target"))
    opened(window, "Ellie").locator("summary").tap()
    mark.get_by_role("link").tap()
    expect(found.locator("summary")).to_contain_text("Ellie")
    expect(found.locator("summary")).to_be_in_viewport(ratio=1)
    expect(found.locator("summary")).to_be_focused()
    expect(found.get_by_label("Keep it")).to_be_visible(visible=javascript)
    assert page.url.endswith("/tell/form/#spotted-3")


def test_words_are_shown_in_the_box_they_were_typed_in(visit):
    window = visit(DESK)
    page = window.page
    check(window, "Nobody called me back.\n" * LINES + TEXT)
    box = page.locator("#id_account")

    opened(window, "Ellie").get_by_role("button", name="Rewrite the sentence").click()
    expect(box).to_be_focused()
    assert box.evaluate(_SELECTED) == "Ellie"
    line, height = box.evaluate(_LINE, LINES)
    assert 0 < line < height, f"the line that holds it is at {line}, and the screen ends at {height}"

    page.keyboard.insert_text("😀 my eldest 😀")
    assert "My daughter 😀 my eldest 😀 was there." in box.input_value()
    opened(window, "Bakewell").get_by_role("button", name="Rewrite the sentence").click()
    assert box.evaluate(_SELECTED) == "Bakewell"

    page.get_by_role("button", name=PUT_IN).click()
    expect(page.get_by_role("group", name="Ellie")).to_have_count(0)
    opened(window, "Bakewell").get_by_role("button", name="Rewrite the sentence").click()
    assert box.evaluate(_SELECTED) == "Bakewell"


def test_without_javascript_no_button_is_there_that_does_nothing(visit):
    window = visit(DESK, java_script_enabled=False)
    check(window, TEXT)

    found = opened(window, "Ellie")

    expect(found.get_by_role("link", name="See it above")).to_be_visible()
    expect(found.get_by_text("Rewrite the sentence")).to_be_hidden()


def test_keyboard_alone_is_enough(visit):
    window = visit(DESK)
    page = window.page
    check(window, TEXT)

    press_on(page, "#mark-1 > a", "Enter")
    expect(page.locator("#spotted-1")).to_be_focused()
    press_on(page, "#spotted-1 + fieldset input[type=radio]", "Space")
    tab_to(page, "#spotted-1 + fieldset [name^=own-]")
    page.keyboard.insert_text("a man at the desk")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="We put in 1 of your choices.")).to_be_visible()
    expect(page.locator("main")).to_be_focused()
    assert page.locator("#id_account").input_value().count("a man at the desk") == 2
    press_on(page, "button[value=send]", "Enter")
    window.arrive("Keep this code")


def test_page_with_findings_is_for_everybody(visit):
    window = visit(DESK)
    window.context.add_init_script(path=axe_core.SCRIPT)
    check(window, TEXT)
    axe_core.assert_finds_nothing(window.page)

    for summary in window.page.locator(".findings summary").all():
        summary.click()

    axe_core.assert_finds_nothing(window.page)


def check(window, text):
    """Fill in the least that can be sent, and look it over."""
    page = window.page
    page.goto("/tell/form/")
    page.get_by_role("group", name="Are you 18 or over now?").get_by_text("Yes", exact=True).click()
    window.open_part("telling")
    page.locator("[name=account]").fill(text)
    window.open_part("choices")
    page.get_by_role("button", name="Check what I wrote").first.click()
    window.arrive("Read it once more")


def opened(window, words):
    """Return the choices of a wording, unfolded."""
    found = window.page.locator(".findings details").filter(has=window.page.locator("legend", has_text=words)).first
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found
