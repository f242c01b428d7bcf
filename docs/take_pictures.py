"""`make pictures`: take the pictures of docs/pictures/ from the demo, which is started and ended here.

Fifteen public pages on a phone and on a desk, in light and in dark, as `<page>-<width>-<scheme>.png`; then the
moderators' room. Needs a Chromium (CHROMIUM names one, otherwise `chromium` is looked for on the path).
"""

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import running_site  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
PHONE = {"width": 320, "height": 800}
DESK = {"width": 1280, "height": 1000}
SCHEMES = ("light", "dark")
# Text on plain ground: with more, a file grows and nobody sees why. Median cut keeps the ground exactly as it was.
_COLOURS = 64
# The force that the demo invents: its answers show beside its stories.
FORCE = "ashmarsh"
READING = {
    "home": "/",
    "stories": "/stories/",
    "search": "/search/?q=deepfake",
    "pattern": "/patterns/told-it-is-a-civil-matter/",
    "wall": "/wall/",
    "force": f"/forces/{FORCE}/",
    "what-we-hear": "/what-we-hear/",
    "asks": "/asks/",
    "action": "/actions/ask-your-force/",
    "session": "/learning/the-first-call/",
}
# What of a page is its point, where that stands too low to be seen.
POINT = {"wall": "[id='3']"}
_ACCOUNT = re.compile(r"/admin/queue/[0-9a-f-]{36}/")
_THEIR_WORDS = ".room-columns__source > details"
# Everything in here is invented.
ACCOUNT = (
    "I rang 101 the morning I found the pictures. The person who answered was kind and gave me a number. "
    "Then nobody rang back for three weeks, and when I asked, they said it was not really a crime. "
    "My friend Dana came with me the second time, and after that they listened."
)


def main() -> None:
    if running_site.chromium() is None:
        sys.exit("There is no Chromium on this machine: install one, or set CHROMIUM to its path.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_site.serve_demo(Path(folder)) as site, _browser() as browser:
        _public(browser, site)
        _moderators(browser, site)
    print(f"  {sum(path.stat().st_size for path in PICTURES.glob('*.png')) / 1e6:.1f} MB in all")


@contextmanager
def _browser() -> Iterator[Browser]:
    with running_site.browser() as browser:
        yield browser


@contextmanager
def _page(browser: Browser, site: Any, *, size: dict[str, int], scheme: str = "light") -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.url,
        viewport=size,
        color_scheme=scheme,
        device_scale_factor=2 if size is PHONE else 1,
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)
    print(f"  docs/pictures/{name}.png", flush=True)


# --- What the public sees -------------------------------------------------------------------


def _public(browser: Browser, site: Any) -> None:
    for size in (PHONE, DESK):
        for scheme in SCHEMES:
            with _page(browser, site, size=size, scheme=scheme) as page:
                ending = f"-{size['width']}-{scheme}"
                _reading(page, ending)
                _telling(page, ending)


def _reading(page: Page, ending: str) -> None:
    for name, path in READING.items():
        page.goto(path)
        if name in POINT:
            _scroll_to(page, POINT[name])
        _take(page, name + ending)
    page.goto(f"/stories/?force={FORCE}")
    page.goto(next(link for link in _links(page) if re.fullmatch(r"/stories/[0-9a-z]{12}/", link)))
    _take(page, f"story{ending}")


def _telling(page: Page, ending: str) -> None:
    page.goto("/tell/form/")
    _take(page, f"form{ending}")
    page.check('[name=adult][value="yes"]')
    _press_next_until(page, "[name=account]")
    page.fill("[name=account]", ACCOUNT)
    _press_next_until(page, "[name=consent_publish]")
    page.check("[name=consent_publish]")
    page.click('button[name=step][value="check"]:visible')
    page.wait_for_selector('button[name=step][value="send"]')
    _scroll_to(page, "mark")
    _take(page, f"check{ending}")
    page.click('button[name=step][value="send"]')
    page.wait_for_selector("#receipt-code")
    page.evaluate("scrollTo(0, 0)")
    _take(page, f"code{ending}")


def _press_next_until(page: Page, shown: str) -> None:
    """Go on to the part of the form that has this in it."""
    while not page.locator(shown).is_visible():
        page.get_by_role("button", name="Next").locator("visible=true").click()


def _links(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all("main a[href]", "links => links.map(a => a.getAttribute('href'))")
    return found


def _scroll_to(page: Page, selector: str) -> None:
    page.evaluate(
        "selector => { const found = document.querySelector(selector);"
        " const place = found && found.getBoundingClientRect();"
        " if (found && place.bottom > innerHeight) scrollTo(0, place.top + scrollY - innerHeight / 3) }",
        selector,
    )


# --- What moderators see --------------------------------------------------------------------


def _moderators(browser: Browser, site: Any) -> None:
    """Take six screens of the room, each light and dark; the second time it stands as the first left it."""
    for scheme in SCHEMES:
        with _page(browser, site, size=DESK, scheme=scheme) as page:
            _let_in(page, site.people["alice"])
            # The words are blurred until somebody asks for them.
            page.evaluate("sessionStorage.setItem('room-blurred', 0)")
            _room(page, "-dark" if scheme == "dark" else "")


def _room(page: Page, ending: str) -> None:
    for name, path in (("moderators-start", ""), ("queue", "queue/new/"), ("care", "care/")):
        page.goto(f"/admin/{path}")
        _take(page, name + ending)
    page.goto("/admin/queue/new/")
    _first_look(page, _accounts(page))
    _take(page, f"first-look{ending}")
    page.goto("/admin/queue/second/")
    accounts = _accounts(page)
    _reading_room(page, [*accounts, *_mine(page)])
    _take(page, f"reading-room{ending}")
    _second_reading(page, accounts)
    _take(page, f"second-reading{ending}")


def _accounts(page: Page) -> list[str]:
    """The accounts of a list, each once."""
    found = [match[0] for link in _links(page) if (match := _ACCOUNT.match(link))]
    return list(dict.fromkeys(found))


def _mine(page: Page) -> list[str]:
    page.goto("/admin/queue/mine/")
    return _accounts(page)


def _let_in(page: Page, person: dict[str, str]) -> None:
    """Log in, and then unlock the vault, which is another screen and another secret."""
    page.goto("/admin/login/")
    page.fill("[name=username]", "alice")
    page.fill("[name=password]", person["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    page.goto("/admin/vault/unlock/")
    page.fill("[name=words]", person["words"])
    page.press("[name=words]", "Enter")
    page.wait_for_url("**/admin/")
    page.reload()  # the notice that the vault is open has been read


def _first_look(page: Page, accounts: list[str]) -> None:
    """Take the first that is nobody else's, with its six questions."""
    for account in accounts:
        page.goto(account)
        if (claim := page.get_by_role("button", name="Claim it, to work on it")).count():
            claim.click()
        if page.locator("#look-form").count():
            break
    _show_account(page)


def _reading_room(page: Page, accounts: list[str]) -> None:
    """Take what alice put forward: the account with its findings, and her working copy beside it."""
    for account in accounts:
        page.goto(account)
        if page.get_by_text("Working copy by alice").count():
            break
    _show_account(page)


def _second_reading(page: Page, accounts: list[str]) -> None:
    """Take what somebody else put forward, so that alice may agree to it."""
    for account in accounts:
        page.goto(f"{account}second/")
        if (unfold := page.get_by_role("button", name="Unfold the account")).count():
            unfold.click()
        agree = page.get_by_role("button", name="Answer, and agree")
        if agree.count() and agree.is_enabled():
            break
    _show_account(page)


def _show_account(page: Page) -> None:
    """Unfold the account, which the page keeps folded until somebody asks for it."""
    page.locator(_THEIR_WORDS).first.evaluate("fold => { fold.open = true; scrollTo(0, 0) }")


if __name__ == "__main__":
    main()
