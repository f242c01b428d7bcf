"""axe-core finds nothing on the moderators' own screens; what Wagtail draws around them is Wagtail's."""

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import axe_core
from tests.journeys.logging_in import let_in
from tests.journeys.watching import DESK, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OURS = "main"
ADDRESSES = (
    *("/admin/", "/admin/queue/", "/admin/queue/flood/", "/admin/stories/", "/admin/take-downs/", "/admin/people/"),
    *("/admin/vault/", "/admin/vault/make-key/", "/admin/vault/rotate/"),
)
ACCOUNT = "I rang 101. My friend Dana came with me, and Officer Quillfeather rang from 07700 900123."


@pytest.fixture(scope="module")
def room(chromium, demo_site, team):
    """Alice at her desk with an open vault; axe comes with every page."""
    window = _window(chromium, demo_site)
    window.context.add_cookies(team["alice"].cookies())
    yield window
    window.context.close()


@pytest.fixture
def charlies(chromium, demo_site, team):
    window = _window(chromium, demo_site)
    window.context.add_cookies(team["charlie"].cookies())
    yield window
    window.context.close()


@pytest.fixture
def locked(chromium, demo_site):
    """Bob, who has just logged in."""
    window = _window(chromium, demo_site)
    yield let_in(window, demo_site, "bob")
    window.context.close()


def _window(chromium, site):
    context = chromium.new_context(base_url=site.url, reduced_motion="reduce", **DESK)
    context.add_init_script(path=axe_core.SCRIPT)
    return Visit(context, site.url)


def look_at(window, address):
    window.page.set_viewport_size(DESK["viewport"])
    window.page.goto(address)
    expect(window.page.locator("main")).to_be_visible()
    window.page.locator("main details").evaluate_all("each => each.forEach(one => { one.open = true })")
    axe_core.assert_finds_nothing(window.page, OURS)


def test_locked_screens(locked):
    for address in ("/admin/", "/admin/vault/unlock/", "/admin/take-downs/"):
        look_at(locked, address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_screen_at(address, room):
    look_at(room, address)


def test_reading_room_and_second_reading(room, demo_site, team):
    (_, mine), (_, his) = (at_work.tell(demo_site, ACCOUNT, giveaways="My red van.") for _ in range(2))
    team["bob"].put_forward(his, text="I rang 101. A friend came with me, and Officer Quillfeather listened.")
    team["alice"].claim(mine)

    look_at(room, f"/admin/queue/{mine}/")
    team["alice"].write(mine, text=ACCOUNT)
    look_at(room, f"/admin/queue/{mine}/")
    expect(room.page.get_by_text("needs a reason to stay")).to_be_visible()
    replace_and_look_again(room)
    look_at(room, f"/admin/queue/{his}/second/")
    expect(room.page.get_by_text("No reason is written, and it needs none.")).to_be_visible()


def replace_and_look_again(window):
    window.page.get_by_role("button", name="[a phone number]").click()
    expect(window.page.get_by_text("Taken out; not saved yet.").first).to_be_visible()
    axe_core.assert_finds_nothing(window.page, OURS)


def test_batch(charlies):
    look_at(charlies, "/admin/batch/")
