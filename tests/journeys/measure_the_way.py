"""How long the way is on a phone, from /tell/ to the code: screens of height and words shown, page by page.

python tests/journeys/measure_the_way.py http://127.0.0.1:8000      a demo that runs; it sends one account to it

The account has 150 words and seven things that the finder spots. Counted is the height of the whole page, and its
words, in two ways; each has to stay within the bar.

words   what `innerText` has of the main part. It has every line of a closed list (all forces, all years, all that could
        stand for a name), which nobody sees before they open it.
seen    what stands on the whole screen for somebody to see: exit, top, main part and foot. Of a closed list that is
        the line that is chosen.

Neither counts what no eye sees (what is there for screen readers alone, the box that catches machines), what is behind
a closed fold, what somebody typed in a box, nor the line that says that a demo is one: no real site has it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

SCREEN = 640
PHONE = {"viewport": {"width": 320, "height": SCREEN}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
ACCOUNT = (
    "It began when Darren put pictures of me on a page that everybody at work could see. I rang 101 on 3 May 2024 and "
    "waited. The first person I spoke to was kind and wrote to me from 42 Mill Lane. Then PC Okafor came to my flat in "
    "Bakewell. He said I should not have sent them in the first place, and that there was nothing he could do. He "
    "asked to take my phone and kept it for eleven weeks. I had to ring from 07700 900123, which is the number of my "
    "sister Joanne. Nobody called me back. When I asked again they told me that the file was closed. In the end "
    "somebody read it and said that it had been a crime from the start. She said sorry. She was the first who did, and "
    "I still think about it when the phone rings."
)
FINDINGS = 7
# What it may be at most, in screens and in words.
MOST_SCREENS, MOST_ON_CHECK, MOST_ON_CODE, MOST_WORDS = 28.0, 6.0, 3.5, 1_600
# What somebody does in a minute who types with two thumbs, reads what stands there, and stops to think at each choice.
_TYPED, _READ, _CHOSEN = 30, 200, 12
_CHOICES = 19
ANSWERS = {
    "start": {"adult": "yes", "whose": "mine"},
    "where": {"reported": "101", "place_shown": "region", "force": "derbyshire", "year": "2024"},
    "telling": {"account": ACCOUNT},
    "safe": {"recognise": "family", "case": "over", "online": "yes"},
    "choices": {"consent_publish": "on", "consent_ask_again": "on"},
}
# What is clipped away is there for screen readers, or until it has the focus; `innerText` has it all the same.
_WORDS = """() => {
    const words = (text) => (text.match(/\\S+/g) || []).length;
    const shown = (within, selector) => [...within.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    const sum = (all, count) => all.reduce((before, each) => before + count(each), 0);
    const isClipped = (each) => getComputedStyle(each).clipPath === "inset(50%)";
    const unseen = (within) => shown(within, "*").filter((each) => isClipped(each) && !isClipped(each.parentElement));
    const drawn = (within) => words(within.innerText) - sum(unseen(within), (each) => words(each.innerText));
    const lines = (list) => words(list.innerText) - words(list.selectedOptions[0].text);
    const demo = sum(shown(document.body, ".demo-banner"), (each) => words(each.innerText));
    const folded = sum(shown(document.body, "select"), lines);
    return [drawn(document.querySelector("main")), drawn(document.body) - folded - demo];
}"""


@dataclass(frozen=True)
class Measured:
    """One page or part as it stands there: its height in screens, and its words in both ways."""

    name: str
    screens: float
    words: int
    seen: int


def minutes(words: int) -> float:
    """Return how long an account of so many words takes: to write it, to read all pages and it again, to choose."""
    return words / _TYPED + (MOST_WORDS - len(ACCOUNT.split()) + words) / _READ + _CHOICES / _CHOSEN


def walk(page, url: str) -> Iterator[Measured]:
    """Go from /tell/ to the code with this Playwright page, at 320 × 640."""
    page.goto(f"{url}/tell/")
    yield _measured(page, "before")
    page.get_by_role("link", name="Start", exact=True).click()
    for number, (part, answers) in enumerate(ANSWERS.items(), start=1):
        page.locator(f"#{part} h2").wait_for()
        for name, answer in answers.items():
            _answer(page, name, answer)
        yield _measured(page, f"part {number}")
        page.locator("[data-check]:visible" if part == "choices" else "[data-next]:visible").click()
    page.locator("button[value=send]").wait_for()
    yield _measured(page, "check")
    page.locator("button[value=send]").click()
    page.locator("#receipt-code").wait_for()
    yield _measured(page, "code")


def _answer(page, name: str, answer: str) -> None:
    box = page.locator(f"[name={name}]")
    if box.first.evaluate("each => each.tagName") == "SELECT":
        box.select_option(answer)
    elif box.first.get_attribute("type") in ("radio", "checkbox"):
        page.locator(f'[name={name}][value="{answer}"]').check() if answer != "on" else box.check()
    else:
        box.fill(answer)


def _measured(page, name: str) -> Measured:
    page.wait_for_load_state()
    height = page.evaluate("document.documentElement.scrollHeight")
    return Measured(name, height / SCREEN, *page.evaluate(_WORDS))


def _numbers(each: Measured) -> tuple[float, int, int]:
    return each.screens, each.words, each.seen


def main(url: str) -> None:
    from tests import running_site

    with running_site.browser() as browser:
        page = browser.new_context(**PHONE, locale="en-GB").new_page()
        rows = list(walk(page, url))
    rows.append(Measured("in all", *(sum(each) for each in zip(*map(_numbers, rows), strict=True))))
    print(f"{'':8} screens  words   seen")
    for each in rows:
        print(f"{each.name:8} {each.screens:7.1f} {each.words:6,} {each.seen:6,}")
    print(*(f"{words:,} words: {minutes(words):.0f} minutes" for words in (150, 400, 1_000)), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
