"""What each engine leaves behind after exit: measured cell by cell, and held against the table in docs/browsers.md."""

import time
from contextlib import suppress
from types import SimpleNamespace

import pytest

from tests import at_work, servers
from tests.engines import test_journeys as journeys, windows
from tests.engines.stand_in import BEFORE, BEFORE_SAYS, ELSEWHERE_SAYS, HEARD
from tests.engines.test_journeys import BOTH_WAYS, EACH
from tests.running_site import ROOT

pytestmark = [pytest.mark.engines]

TABLE = ROOT / "docs" / "browsers.md"
# Words that no browser knows: one typed to us, one to a page that forbids nothing.
TYPED, ELSEWHERES = "Quizzjabvex", "Wexqzyplok"
ASKS = ("chrome-error:", "about:neterror")


@pytest.fixture
def opened(engine, scripts, size, web, tmp_path, request, demo_site):
    """Opens a window whose profile stays; the site is met by TLS, for much of what a browser keeps hangs on that."""
    chromium = request.getfixturevalue("whole_chromium") if engine == "chromium" else None
    web.site = demo_site.url
    how = {"scripts": scripts, "size": size, "web": web, "folder": tmp_path, "chromium": chromium}
    return lambda: windows.opened(engine, **how, keeps=True)


@EACH
@BOTH_WAYS
def test_what_is_left_is_what_the_table_says(engine, scripts, opened, tmp_path, demo_site):
    site = SimpleNamespace(url=f"https://{HEARD}")
    oldest = "SELECT slug, title FROM stories_story WHERE status = 'live' ORDER BY sequence LIMIT 1"
    [(slug, title)] = at_work.rows(demo_site, oldest)
    before = at_work.submissions(demo_site)
    with opened() as window:
        write_half(window, site)
        left(window)
        assert at_work.submissions(demo_site) == before
        measured, code = backs(window, site, slug, title)
        write_half(window, site)
        window.reload()
        measured["Reload in mid-sentence"] = what_shows(window)
        come_from_elsewhere(window)
        window.fill("textarea", ELSEWHERES)
        if engine == "chromium":
            # What is kept of no page would say nothing of ours.
            servers.until(lambda: is_kept(tmp_path, ELSEWHERES))
        write_half(window, site)
        if engine == "firefox":
            wait_for_tabs_written(window, tmp_path)
            # As a crash ends it.
            window.process.kill()
            window.process.wait()
    # Of the others the disk alone says what they would bring back.
    if engine == "firefox":
        with opened() as window:
            wait_for_tab(window)
            measured["A tab brought back after a crash"] = what_shows(window)
    secrets = {"the words": TYPED, "the code": code, "the code ": code.lower()}
    found = {name.strip(): None for name, secret in secrets.items() if is_kept(tmp_path, secret)}
    measured["Words and code on the disk"] = " and ".join(found) or "nothing"
    measured["Addresses in the history"] = "the address" if is_kept(tmp_path, f"{HEARD}/tell/form/") else "nothing"

    assert measured == column(engine, scripts)


def backs(window, site, slug, title):
    """What Back shows after an exit from each kind of page, and the code that was met on the way."""
    measured = {}
    write_half(window, site)
    measured["Back, from the form"] = left(window)
    write_half(window, site)
    journeys.open_part(window, "choices")
    code = journeys.send(window)
    measured["Back, from the page with the code"] = left(window, {"the code": code})
    come_from_elsewhere(window)
    journeys.come_back(window, site, code, "We have what you sent")
    window.press("Read what I sent", kind="summary", says=TYPED)
    measured["Back, from the page behind a code"] = left(window, {"the page again": "We have what you sent"})
    come_from_elsewhere(window)
    window.open(f"{site.url}/stories/{slug}/")
    window.arrive(title)
    measured["Back, from a story"] = left(window, {"the story": title})
    return measured, code


def come_from_elsewhere(window):
    window.open(BEFORE)
    window.sees(BEFORE_SAYS)


def write_half(window, site):
    come_from_elsewhere(window)
    journeys.begin(window, site)
    journeys.write(window, TYPED)


def left(window, shows=()):
    window.touch("#exit")
    window.sees(ELSEWHERE_SAYS)
    window.back()
    return what_shows(window, dict(shows))


def what_shows(window, shows=()):
    """In the table's words."""
    signs = dict(shows) | {"the words": TYPED, "the page before": BEFORE_SAYS, "an empty form": "Tell us what happened"}
    until, seen = time.monotonic() + windows.PATIENCE, [None, None]
    # Twice the same: a page comes first and what stood in its boxes after it.
    while (seen[-1] is None or seen[-1] != seen[-2]) and time.monotonic() < until:
        time.sleep(0.3)
        with suppress(windows.Unanswered):
            words, asks = window.words(), window.ask("() => document.documentURI").startswith(ASKS)
            names = [name for name, sign in signs.items() if sign in words or sign in words.replace("\n", "")]
            seen.append("asks to send again" if asks else next(iter(names), None))
    return seen[-1]


def is_kept(folder, secret):
    """Whether any file of the profile holds it, in either of the letters that browsers write."""
    for path in folder.rglob("*"):
        # What a browser throws away while we look, it doesn't keep.
        with suppress(OSError):
            held = path.read_bytes()
            if secret.encode() in held or secret.encode("utf-16-le") in held:
                return True
    return False


def wait_for_tabs_written(window, folder):
    """Until Firefox has written its tabs down twice, each time for another place on the page: the second knows all."""
    written = folder / "profile" / "sessionstore-backups" / "recovery.jsonlz4"
    for place in (60, 120):
        before = written.stat().st_mtime_ns if written.exists() else 0
        window.ask("y => scrollTo(0, y)", place)
        servers.until(lambda before=before: written.exists() and written.stat().st_mtime_ns > before)


def wait_for_tab(window):
    def is_back():
        with suppress(windows.Unanswered):
            window.take_tab()
            return HEARD in window.address()

    servers.until(is_back)


def column(engine, scripts):
    """One column of the table: its row → its cell, without what was not measured."""
    lines = [line.strip("|").split("|") for line in TABLE.read_text().splitlines() if line.startswith("|")]
    head, *rows = ([cell.strip() for cell in line] for line in lines)
    place = head.index(f"{engine.capitalize()}, {'scripts' if scripts else 'none'}".replace("Webkit", "WebKit"))
    return {row[0]: row[place] for row in rows if len(row) == len(head) and row[place] not in ("–", "---")}
