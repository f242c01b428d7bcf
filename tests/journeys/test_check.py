"""The check page in a real browser: what was spotted is marked, replaced, typed over or kept, and then sent."""

from playwright.sync_api import expect

from tests.journeys.test_contributor import come_back, press_on
from tests.journeys.watching import BOTH_WAYS, DESK, PHONE

# A woman with red hair is three characters of Python's, and five as a browser counts.
TEXT = (
    "👩‍🦰😀 PC Okafor rang me on 07700 900123. My daughter Ellie was there. On 3 May 2024 I was in Bakewell. "
    "PC Okafor laughed."
)
PUT_IN = "Put in my choices"
LINES = 60
_SELECTED = "box => box.value.slice(box.selectionStart, box.selectionEnd)"


@BOTH_WAYS
def test_choices_go_in_page_by_page_and_what_was_kept_stays(javascript, visit):
    window, page = visit(PHONE, java_script_enabled=javascript)
    window.fill_in(f"{TEXT}\n\n" + "Nobody called me back.\n" * LINES)

    # The list leads to the text and back, and no address says a word of it.
    listed(page, "Ellie").get_by_role("link").tap()
    mark = page.locator("mark:target")
    expect(mark).to_contain_text("Ellie")
    expect(mark).to_be_in_viewport(ratio=1)
    assert page.url.endswith("/tell/form/#mark-3")
    mark.get_by_role("link").tap()
    expect(page.locator("select:target")).to_be_in_viewport(ratio=1)
    expect(page.locator("select:target")).to_be_focused()
    expect(page.get_by_role("combobox", name="Ellie")).to_be_focused()
    assert page.url.endswith("/tell/form/#spotted-3")

    expect(page.locator("main .check__words mark", has_text="Okafor")).to_have_count(2)
    expect(listed(page, "Ellie")).to_contain_text("a child's name")
    expect(listed(page, "Bakewell").first).to_contain_text("maybe a place")
    expect(page.get_by_text("together with: Bakewell")).to_be_visible()
    listed(page, "Okafor").locator("select").select_option("[an officer]")
    page.get_by_text("Your own words", exact=True).tap()
    if not javascript:  # nor is there a button that would do nothing
        expect(page.get_by_text("Rewrite the sentence").first).to_be_hidden()
    page.get_by_label("In place of “Ellie”").fill("my eldest")
    listed(page, "Bakewell").first.locator("select").select_option("Keep")
    window.assert_fits("with a fold open")
    page.get_by_role("button", name=PUT_IN).tap()

    expect(page.get_by_role("status").filter(has_text="We put in 2 of your choices.")).to_be_visible()
    text = page.locator("#id_account").input_value()
    assert text.count("[an officer]") == 2
    assert "07700 900123" in text
    assert "my eldest" in text.casefold()
    assert "Ellie" not in text
    expect(listed(page, "Bakewell").first.locator("select")).to_have_value("keep")
    expect(listed(page, "Okafor")).to_have_count(0)

    listed(page, "07700 900123").locator("select").select_option("[my number]")
    listed(page, "3 May 2024").locator("select").select_option("[that day]")
    code = window.send()
    if javascript:
        # The empty page that every window begins with, and ours.
        assert page.evaluate("history.length") == 2
        page.get_by_role("button", name="I have it").tap()
    come_back(window, code, "We have what you sent")
    page.get_by_text("Read what I sent").tap()
    expect(page.get_by_text("rang me on [my number]")).to_be_visible()
    window.assert_left_nothing()


def test_words_are_shown_in_the_box_they_were_typed_in(visit):
    window, page = visit(DESK)
    window.fill_in("Nobody called me back.\n" * LINES + TEXT)
    box = page.locator("#id_account")

    listed(page, "Ellie").locator("select").select_option("My words")
    expect(listed(page, "Ellie").get_by_label("In place of “Ellie”")).to_be_visible()
    listed(page, "Ellie").get_by_role("button", name="Rewrite the sentence").click()
    expect(box).to_be_focused()
    assert box.evaluate(_SELECTED) == "Ellie"

    page.get_by_text("Your own words", exact=True).click()
    box.focus()
    page.keyboard.insert_text("😀 my eldest 😀")
    assert "My daughter 😀 my eldest 😀 was there." in box.input_value()
    rewrite(page, "Bakewell").click()
    assert box.evaluate(_SELECTED) == "Bakewell"

    listed(page, "Ellie").locator("select").select_option("Keep")
    page.get_by_role("button", name=PUT_IN).click()
    expect(listed(page, "Ellie")).to_have_count(0)
    page.get_by_text("Your own words", exact=True).click()
    rewrite(page, "Bakewell").click()
    assert box.evaluate(_SELECTED) == "Bakewell"


def test_keyboard_alone_is_enough(visit):
    window, page = visit(DESK)
    window.fill_in(TEXT)

    press_on(page, "#mark-1 > a", "Enter")
    expect(page.locator("#spotted-1")).to_be_focused()
    # Through the list to its end and one back: whatever is passed on the way, the focus stays.
    for key in ("ArrowDown", "ArrowDown", "End", "ArrowUp"):
        page.keyboard.press(key)
        expect(page.locator("#spotted-1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#own-1")).to_be_focused()
    page.keyboard.insert_text("a man at the desk")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="We put in 1 of your choices.")).to_be_visible()
    expect(page.locator("main h1")).to_be_focused()
    assert page.locator("#id_account").input_value().casefold().count("a man at the desk") == 2
    press_on(page, "button[value=send]", "Enter")
    window.arrive("Keep this code")


def test_looking_through_long_words_says_so_at_once(visit):
    window, page = visit(PHONE)
    window.fill_in(TEXT)
    page.get_by_text("Change your words").tap()
    button = page.get_by_role("button", name="Look again after my changes")
    # Held up until the test lets it go: a slow machine.
    held = []
    page.route("**/tell/form/", lambda route: held.append(route))

    button.evaluate("each => each.click()")

    expect(page.get_by_role("button", name="Checking …")).to_be_visible()
    expect(page.locator("[data-announced]")).to_have_text("Checking")
    held[0].abort()
    expect(button).to_be_visible()


def listed(page, words):
    return page.locator(".finding").filter(has=page.locator(".finding__words", has_text=words))


def rewrite(page, words):
    """Return the button that leads to the first place of a wording, in the box it was typed in."""
    field = page.locator(".check__own .field").filter(has=page.get_by_text(f"In place of “{words}”"))
    return field.get_by_role("button", name="Rewrite the sentence").first
