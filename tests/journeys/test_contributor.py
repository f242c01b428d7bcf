"""A contributor's way on a small phone, with JavaScript and without, by touch or by keyboard alone, and in two tabs."""

from playwright.sync_api import expect

from tests import at_work
from tests.journeys.watching import BOTH_WAYS, DESK, PHONE, script

ACCOUNT = "I rang 101 about the pictures. My friend Dana came with me, and after that they listened."
REST = "I rang 101 about the pictures."
MESSAGE = "One more thing: they did write to me in the end."


@BOTH_WAYS
def test_contributor_tells_comes_back_and_takes_it_all_back(javascript, visit):
    window = visit(PHONE, java_script_enabled=javascript)

    code = tell(window)
    read_and_write(window, code)
    take_it_back(window, code)

    window.assert_left_nothing()


def tell(window):
    page = window.page
    window.come_to("/tell/", "Before you start")
    window.press("Start", "Tell us what happened", role="link")
    window.say_the_age()
    window.open_part("telling")
    page.get_by_label("In your own words, how did the police deal with it?").fill(ACCOUNT)
    window.open_part("choices")
    page.get_by_text("Publish my story").tap()
    window.press("Check what I wrote", "Read it once more")
    page.get_by_role("combobox", name="Dana").select_option(index=1)
    return window.send()


def read_and_write(window, code):
    page = come_back(window, code, "We have what you sent")
    expect(page.get_by_text(REST)).to_be_hidden()
    page.get_by_text("Read what I sent").tap()
    expect(page.get_by_text(REST)).to_be_visible()
    expect(page.get_by_text("Dana")).to_have_count(0)

    page.get_by_text("Messages", exact=True).tap()
    page.get_by_label("Write to us").fill(MESSAGE)
    page.get_by_role("button", name="Send this message").tap()
    expect(page.get_by_text("We have your message.")).to_be_visible()
    expect(page.get_by_text(MESSAGE)).to_be_visible()


def take_it_back(window, code):
    window.take_it_back()
    page = come_back(window, code, "You took it back")

    for words in (REST, MESSAGE):
        assert words not in page.content()


def come_back(window, code, title):
    """Begin at the beginning, as somebody does on another day, and type the code as people do."""
    page = window.page
    page.goto("/tell/")
    window.press("Come back with your code", "Come back with your code", role="link")
    page.get_by_label("Your code").fill(code.replace("-", "").lower())
    window.press("Show me", title)
    return page


def test_contributor_needs_nothing_but_the_keyboard(visit):
    window, page = visit(DESK, at="/tell/")

    press_on(page, "a[href='/tell/form/']", "Enter")
    window.arrive("Tell us what happened")
    press_on(page, "[name=adult]", "Space")
    press_on(page, "[data-next]", "Enter")
    press_on(page, "[data-next]", "Enter")
    tab_to(page, "[name=account]")
    page.keyboard.insert_text(ACCOUNT)
    press_on(page, "[data-next]", "Enter")
    press_on(page, "[data-next]", "Enter")
    press_on(page, "[name=consent_publish]", "Space")
    press_on(page, "button[value=check]", "Enter")
    window.arrive("Read it once more")
    press_on(page, "button[value=send]", "Enter")
    window.arrive("Keep this code")
    code = window.code()
    page.goto("/return/")
    tab_to(page, "[name=code]")
    page.keyboard.insert_text(code)
    page.keyboard.press("Enter")
    window.arrive("We have what you sent")
    press_on(page, "details:has([value=download]) > summary", "Enter")
    expect(page.get_by_text(REST)).to_be_visible()
    press_on(page, "details:has([value=withdraw]) > summary", "Enter")
    press_on(page, "button[value=withdraw]", "Enter")
    window.arrive("Take it back?")
    press_on(page, "button[value=withdraw-now]", "Enter")

    window.arrive("You took it back")
    window.assert_left_nothing()


# One word is wider than the phone, as an address that was pasted in.
LONG = "They sent me " + "FromOneDeskToTheNext" * 12 + "\n" + "I rang again and nobody knew of it.\n" * 80
LAST = "In the end they listened."


def test_long_account_is_told_and_read_by_touch_alone(visit):
    window, page = visit(PHONE, at="/tell/")
    touch(page.get_by_role("link", name="Start"))
    window.arrive("Tell us what happened")
    touch(page.get_by_role("group", name="Are you 18 or over now?").locator("label", has_text="Yes"))
    turn_to(window, "telling")
    write_to_the_end_of_the_box(window)
    turn_to(window, "choices")
    touch(page.locator("label", has_text="Publish my story"))
    turn_to(window, "more")
    touch(page.get_by_role("button", name="Check what I wrote"))
    window.arrive("Read it once more")
    touch(page.get_by_role("button", name="Send", exact=True))
    window.arrive("Keep this code")
    code = window.code()

    page.goto("/return/")
    touch(page.get_by_label("Your code"))
    page.keyboard.type(code.lower())
    touch(page.get_by_role("button", name="Show me"))
    window.arrive("We have what you sent")
    touch(page.locator("summary", has_text="Read what I sent"))
    expect(page.get_by_text(LAST)).to_be_visible()
    window.assert_fits("what I sent")
    window.assert_left_nothing()


def turn_to(window, name):
    while not window.page.locator(f"#{name}").is_visible():
        touch(window.page.locator("[data-next]:visible, [data-more]:visible"))
        window.assert_fits(window.page.locator("[data-screen]:visible").get_attribute("id"))


def write_to_the_end_of_the_box(window):
    """A phone scrolls to the line that is written; the bar with the exit stands above it, not on it."""
    box = window.page.locator("[name=account]")
    touch(box)
    expect(box).to_be_focused()
    window.page.keyboard.insert_text(LONG)
    window.page.keyboard.type(LAST)
    window.assert_fits("the box")
    # The end of the last line, without what the box has below it.
    bottom, bar, height = window.page.evaluate(script("end_of_box"))
    assert bar < bottom <= height + 1, f"the line that is written is at {bottom}, not between {bar} and {height}"


def touch(target):
    """It is big enough for a finger; and Playwright taps nothing that something else covers."""
    height = target.bounding_box()["height"]
    assert height >= 44, f"{target} is {height} px high"
    target.tap()


def press_on(page, selector, key):
    tab_to(page, selector)
    page.keyboard.press(key)


def tab_to(page, selector):
    """Press Tab until that stands in focus; where it is, must be seen at every stop."""
    for _ in range(80):
        page.keyboard.press("Tab")
        shown, found = page.evaluate(script("focus"), selector)
        assert shown, f"nothing shows that the focus is on {page.evaluate('document.activeElement.outerHTML')[:200]}"
        if found:
            return
    raise AssertionError(f"Tab never comes to {selector}")


MORNING, EVENING = "I rang 101 in the morning.", "I went to the desk in the evening."


def test_form_in_two_tabs_is_two_accounts(visit, demo_site):
    window, before, codes = visit(DESK), at_work.submissions(demo_site), {}
    first, second = window.page, window.open_tab()

    for tab, words in ((first, MORNING), (second, EVENING)):
        look_at(window, tab).goto("/tell/form/")
        window.write(words)
    for tab in (first, second):
        look_at(window, tab)
        window.check()
    for tab in (second, first):
        look_at(window, tab)
        codes[tab] = window.send()

    assert codes[first] != codes[second]
    assert len(at_work.submissions(demo_site) - before) == 2
    for tab, words, others in ((first, MORNING, EVENING), (second, EVENING, MORNING)):
        look_at(window, tab)
        window.come_back(codes[tab], "We have what you sent")
        assert words in tab.content()
        assert others not in tab.content()
    window.assert_left_nothing()


def look_at(window, tab):
    window.page = tab
    tab.bring_to_front()
    return tab
