"""The journeys that matter in three engines, with scripts and without; leaving at once is in test_exit."""

import uuid

import pytest

from tests import at_work, running_site
from tests.engines import windows

pytestmark = [pytest.mark.engines]

EACH = pytest.mark.parametrize("engine", windows.ENGINES)
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
BEGUN = "I rang 101 about the pictures and"
WHOLE = f"{BEGUN} they wrote it all down."


@EACH
@BOTH_WAYS
def test_tell_and_take_back(window, demo_site):
    before = at_work.submissions(demo_site)
    begin(window, demo_site)
    write(window, BEGUN)
    window.press("Save for later", "Saved. Come back by", kind="button")
    code = read_code(window)
    (new,) = at_work.submissions(demo_site) - before
    come_back(window, demo_site, code, "You saved this for later")
    window.press("Go on writing", "Tell us what happened")
    open_part(window, "telling")
    assert window.ask("() => document.querySelector('[name=account]').value") == BEGUN
    window.fill("[name=account]", WHOLE)
    window.press("Save for later", "Saved. Come back by", kind="button")
    window.press("Go on writing now", "Tell us what happened")

    open_part(window, "choices")
    window.choose("[name=consent_publish]")
    # Saved twice and sent under one code: one row.
    assert send(window) == code
    assert at_work.submissions(demo_site) - before == {new}
    assert status_of(demo_site, new) == "received"
    assert WHOLE in running_site.Visitor(demo_site.url).come_back(code)

    come_back(window, demo_site, code, "We have what you sent")
    window.press("Take it back")
    window.press("Go on to take it back", "Take it back?", kind="button")
    window.press("Take it back and erase it", "You took it back")
    assert status_of(demo_site, new) == "withdrawn"
    assert WHOLE not in running_site.Visitor(demo_site.url).come_back(code)
    assert_left_nothing(window)


@EACH
@BOTH_WAYS
def test_read_and_search(window, web, demo_site):
    oldest = "SELECT slug, title, text FROM stories_story WHERE status = 'live' ORDER BY sequence LIMIT 1"
    [(slug, title, text)] = at_work.rows(demo_site, oldest)
    window.open(f"{demo_site.url}/")
    window.press("Read what people have told", "Stories", kind="main a")
    window.open(f"{demo_site.url}/search/")
    window.fill("main [name=q]", title)
    window.press_key("Enter")
    window.press(title, title, kind="main a")
    assert window.address() == f"{demo_site.url}/stories/{slug}/"
    for paragraph in text.split():
        assert paragraph in window.words()
    assert web.asked_by_pages() == []
    assert_left_nothing(window)


@EACH
@pytest.mark.parametrize(("scripts", "size"), [(True, windows.DESK)], ids=["scripts"])
def test_make_and_agree_a_text(window, engine, demo_site):
    _, account = at_work.tell(demo_site, at_work.sentence_of_its_own("I rang 101"))

    log_in(window, demo_site, "alice")
    window.open(f"{demo_site.url}/admin/queue/{account}/")
    window.press("Claim it, to work on it", says="In your hands until")
    look_first(window)
    window.fill("[name=title]", f"They wrote it all down, {engine}")
    window.press("Save a new version", kind="button:not([aria-hidden])", says="Saved, sealed.")
    # Nor does a browser's maker read along: see tests/promises/test_p1_no_maker_reads_along.py for the public side.
    assert window.ask("() => [...document.querySelectorAll('input, textarea')].every(box => box.spellcheck === false)")
    answer_the_check(window)
    window.press("Put it forward", says="Put forward.")
    assert status_of(demo_site, account) == "prepared"

    log_in(window, demo_site, "bob")
    window.open(f"{demo_site.url}/admin/queue/{account}/second/")
    window.press("Unfold the account")
    answer_the_check(window)
    window.press("Answer, and agree where both find nothing", says="Agreed.")
    assert status_of(demo_site, account) == "agreed"


def log_in(window, site, name):
    window.forget()
    window.open(f"{site.url}/admin/login/")
    window.fill("[name=username]", name)
    window.fill("[name=password]", site.people[name]["password"])
    window.press("Sign in", says="Unlock it with your six words")
    window.open(f"{site.url}/admin/vault/unlock/")
    window.fill("[name=words]", site.people[name]["words"])
    window.press("Unlock", says="The vault is open.")


def look_first(window):
    for name in window.wait_for("names_of", "#look-form [type=radio]"):
        window.choose(f"[name={name}][value=no]")
    window.press("Keep these answers", says="Save a new version")


def answer_the_check(window):
    for name in window.wait_for("names_of", "[name^=check-][type=radio]"):
        window.choose(f"[name={name}][value=clear]")
    window.choose("[name=danger-now][value=no]")


def begin(window, site):
    window.open(f"{site.url}/tell/")
    window.arrive("Before you start")
    window.press("Start", "Tell us what happened")
    window.choose("[name=adult][value=yes]")


def write(window, words):
    open_part(window, "telling")
    window.fill("[name=account]", words)


def open_part(window, name):
    """Press Next until that part of the form shows; without scripts it stands there already."""
    for _ in range(6):
        if window.ask("css => Boolean(document.querySelector(css)?.checkVisibility())", f"#{name}"):
            return
        window.press("Next", kind="[data-next]")
    raise AssertionError(f"Next never comes to {name}")


def send(window):
    """From the last part of the form to the code, which this returns."""
    window.press("Check what I wrote", "Read it once more")
    window.press("Send", "Keep this code")
    return read_code(window)


def come_back(window, site, code, title):
    window.open(f"{site.url}/return/")
    window.arrive("Come back with your code")
    window.fill("[name=code]", code.lower())
    window.press("Show me", title)


def read_code(window):
    return "".join(window.ask("() => document.querySelector('#receipt-code').innerText").split())


def status_of(site, pk):
    [(status,)] = at_work.rows(site, "SELECT status FROM stories_submission WHERE id = ?", uuid.UUID(pk).hex)
    return status


def assert_left_nothing(window):
    assert window.ask("() => document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)") == ""
