"""How long the way is on a phone, from /tell/ to the code: screens of height and words, page by page.

Words are counted in two ways: all that `innerText` has of the main part, with every line of the closed lists; and what
stands on the whole screen to be seen, with the chosen line alone. Neither counts what no eye sees, what is behind a
closed fold, what somebody typed in a box, nor the line that says that a demo is one.
"""

from tests.journeys.watching import PHONE, script

ACCOUNT = (
    "It began when Darren put pictures of me on a page that everybody at work could see. I rang 101 on 3 May 2024 and "
    "waited. The first person I spoke to was kind and wrote to me from 42 Mill Lane. Then PC Okafor came to my flat in "
    "Bakewell. He said I should not have sent them in the first place, and that there was nothing he could do. He "
    "asked to take my phone and kept it for eleven weeks. I had to ring from 07700 900123, which is the number of my "
    "sister Joanne. Nobody called me back. When I asked again they told me that the file was closed. In the end "
    "somebody read it and said that it had been a crime from the start. She said sorry. She was the first who did, and "
    "I still think about it when the phone rings."
)
# What it may be at most, in screens and in words.
MOST_SCREENS, MOST_ON_CHECK, MOST_ON_CODE, MOST_WORDS = 28.0, 6.0, 3.5, 1_600
ANSWERS = {
    "start": {"adult": "yes", "whose": "mine"},
    "where": {"reported": "101", "place_shown": "region", "force": "derbyshire", "year": "2024"},
    "telling": {"account": ACCOUNT},
    "safe": {"recognise": "family", "case": "over", "online": "yes"},
    "choices": {"consent_publish": "on", "consent_ask_again": "on"},
}


def test_way_from_tell_to_the_code_is_no_longer_than_its_bars(visit, demo_site):
    pages = dict(walk(visit(PHONE).page))
    screens, words, seen = (sum(each) for each in zip(*pages.values(), strict=True))

    assert screens <= MOST_SCREENS, pages
    assert pages["check"][0] <= MOST_ON_CHECK
    assert pages["code"][0] <= MOST_ON_CODE
    assert max(words, seen) <= MOST_WORDS, pages


def minutes(words):
    """How long an account of so many words takes: to write it with two thumbs, to read all pages and it, to choose."""
    typed, read, chosen, choices = 30, 200, 12, 19
    return words / typed + (MOST_WORDS - len(ACCOUNT.split()) + words) / read + choices / chosen


def walk(page):
    """Go from /tell/ to the code: each page or part by its name, with its screens, and its words in both ways."""
    page.goto("/tell/")
    yield "before", _measured(page)
    page.get_by_role("link", name="Start", exact=True).click()
    for number, (part, answers) in enumerate(ANSWERS.items(), start=1):
        page.locator(f"#{part} h2").wait_for()
        for name, answer in answers.items():
            _answer(page, name, answer)
        yield f"part {number}", _measured(page)
        page.locator("[data-check]:visible" if part == "choices" else "[data-next]:visible").click()
    page.locator("button[value=send]").wait_for()
    yield "check", _measured(page)
    page.locator("button[value=send]").click()
    page.locator("#receipt-code").wait_for()
    yield "code", _measured(page)


def _answer(page, name, answer):
    box = page.locator(f"[name={name}]")
    if box.first.evaluate("each => each.tagName") == "SELECT":
        box.select_option(answer)
    elif box.first.get_attribute("type") in ("radio", "checkbox"):
        page.locator(f'[name={name}][value="{answer}"]').check() if answer != "on" else box.check()
    else:
        box.fill(answer)


def _measured(page):
    page.wait_for_load_state()
    height = page.evaluate("document.documentElement.scrollHeight")
    return height / PHONE["viewport"]["height"], *page.evaluate(script("words"))
