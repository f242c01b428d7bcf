"""The six journeys that matter in three engines, with scripts and without; each ends in what the database says."""

import uuid

import pytest

from tests import at_work, running_site
from tests.engines import windows
from tests.engines.stand_in import BEFORE, BEFORE_SAYS, ELSEWHERE_SAYS

pytestmark = [pytest.mark.engines, pytest.mark.slow, pytest.mark.full]

EACH = pytest.mark.parametrize("engine", windows.ENGINES)
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
BEGUN = "I rang 101 about the pictures and"
WHOLE = f"{BEGUN} they wrote it all down."


@EACH
@BOTH_WAYS
def test_tell_and_take_back(window, demo_site):
    before = at_work.submissions(demo_site)
    begin(window, demo_site)
    write(window, WHOLE)
    open_part(window, "choices")
    window.choose("[name=consent_publish]")
    window.press("Check what I wrote")
    window.arrive("Read it once more")
    window.press("Send")
    window.arrive("Keep this code")
    code = read_code(window)
    (new,) = at_work.submissions(demo_site) - before
    assert status_of(demo_site, new) == "received"
    assert WHOLE in running_site.Visitor(demo_site.url).come_back(code)

    come_back(window, demo_site, code)
    window.arrive("We have what you sent")
    window.press("Take it back")
    window.press("Take it back", kind="button")
    window.arrive("Take it back?")
    window.press("Take it back and erase it")
    window.arrive("You took it back")
    assert status_of(demo_site, new) == "withdrawn"
    assert WHOLE not in running_site.Visitor(demo_site.url).come_back(code)
    assert_left_nothing(window)


def begin(window, site):
    window.open(f"{site.url}/tell/")
    window.arrive("Before you start")
    window.press("Start")
    window.arrive("Tell us what happened")
    window.choose("[name=adult][value=yes]")


def write(window, words):
    open_part(window, "telling")
    window.fill("[name=account]", words)


def open_part(window, name):
    """Press Next until that part of the form shows; without scripts it stands there already."""
    for _ in range(6):
        if window.can_see(f"#{name}"):
            return
        window.press("Next", kind="[data-next]")
    raise AssertionError(f"Next never comes to {name}")


def come_back(window, site, code):
    window.open(f"{site.url}/return/")
    window.arrive("Come back with your code")
    window.fill("[name=code]", code.lower())
    window.press("Show me")


def read_code(window):
    return "".join(window.ask("() => document.querySelector('#receipt-code').innerText").split())


def status_of(site, pk):
    [(status,)] = at_work.rows(site, "SELECT status FROM stories_submission WHERE id = ?", uuid.UUID(pk).hex)
    return status


def assert_left_nothing(window):
    assert window.ask("() => document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)") == ""
