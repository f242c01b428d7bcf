"""axe-core finds nothing on any of our own screens in the admin; what Wagtail draws around them is Wagtail's."""

import functools

import pytest
from playwright.sync_api import expect

from docs import admin_addresses
from tests import at_work
from tests.journeys import axe_core, desks, room_screens
from tests.journeys.room_screens import DOORS, MORE, NO_SCREENS, SCREENS, address
from tests.journeys.watching import DESK
from tests.moderation.team.second_step import code_now

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

OURS = "main"
MINE, HIS = {"pk": "mine"}, {"pk": "his"}
OUR_NAMES = ("room_", "vault_")
PASSWORD = "kelp otter lantern gravel"


def test_every_screen_of_ours_is_looked_at():
    ours = [each for each in admin_addresses.every() if each.name.startswith(OUR_NAMES)]
    found, listed = {each.name for each in ours if each.can_read}, SCREENS.keys() | DOORS | NO_SCREENS.keys()

    assert found - listed == set(), "Look at it in SCREENS, or say in NO_SCREENS why not"
    assert listed - found == set(), "It is gone: take it out here"


@pytest.mark.parametrize("name", SCREENS)
def test_screen(name, window_of, there):
    who, takes = SCREENS[name]
    look_at(window_of(who), address(name, takes, there))


@pytest.mark.parametrize("what", MORE)
def test_screen_with(what, window_of, there):
    who, name, takes = MORE[what]
    look_at(window_of(who), address(name, takes, there))


def test_reading_room_while_somebody_replaces_and_asks(window_of, there):
    """The busiest screen, at each width in light and in dark."""
    page = window_of("alice").page
    look_at(window_of("alice"), address("room_read", MINE, there), ways=axe_core.EVERY_WAY)
    expect(page.get_by_text("needs a reason to stay").first).to_be_visible()
    page.get_by_role("button", name="[a phone number]").click()
    expect(page.get_by_text("Taken out.").first).to_be_visible()
    desks.select(desks.text(page), "Dana")
    page.get_by_label("What is it?").select_option(label="friend's name")
    axe_core.assert_finds_nothing(page, OURS)
    page.goto(address("room_decide", MINE | {"slug": "ask"}, there))
    page.get_by_label("Your question").fill("May we say a town in Kent?")
    page.get_by_role("button", name="See it as they will").click()
    expect(page.locator("iframe")).to_be_visible()
    axe_core.assert_finds_nothing(page, OURS, axe_core.TWO_WAYS)


def test_second_reading_once_both_have_answered(window_of, there):
    page = window_of("alice").page
    page.goto(address("room_second", HIS, there))
    desks.unfold(page)
    axe_core.assert_finds_nothing(page, OURS)
    yes = page.get_by_role("region", name="Agree")
    desks.answer_the_check(yes)
    yes.get_by_label("It stays").first.check()
    yes.get_by_label("Why it stays").first.fill("It is on the sign at the station.")
    yes.get_by_role("button", name="Answer, and agree").click()
    expect(page.get_by_role("heading", name="Both anonymity checks")).to_be_visible()
    axe_core.assert_finds_nothing(page, OURS)


def test_locked_screens_and_words_that_outlive_a_log_in(window_of, window_for, demo_site, there):
    look_at(window_of("charlie"), "/admin/queue/", status=403)
    window = desks.let_in(window_for(), demo_site, "bob")
    look_at(window, "/admin/")
    for name, takes in (("vault_unlock", {}), ("room_second", HIS), ("room_take_down", {"pk": "request"})):
        look_at(window, address(name, takes, there), status=200 if name == "vault_unlock" else 403)
    window.page.goto(address("room_decide", {"pk": "resting", "slug": "urgent"}, there))
    window.context.clear_cookies()
    window.page.get_by_role("button", name="Mark it urgent").click()
    expect(window.page.get_by_role("heading", name="Your words are here")).to_be_visible()
    axe_core.assert_finds_nothing(window.page, OURS, axe_core.TWO_WAYS)


def test_doors_from_the_invitation_to_the_code(window_of, window_for):
    charlie, window = window_of("charlie").page, window_for()
    look_at(window, "/admin/login/")
    charlie.goto("/admin/people/invite/")
    charlie.get_by_label("Name").fill("dora")
    charlie.get_by_label("Moderator").first.check()
    charlie.get_by_role("button", name="Make the invitation").click()
    look_at(window, charlie.get_by_label("The link").input_value())
    axe_core.assert_finds_nothing(charlie, OURS, axe_core.TWO_WAYS)

    for _ in come_in(window.page):
        axe_core.assert_finds_nothing(window.page, OURS, axe_core.TWO_WAYS)
    window.page.get_by_role("link", name="Log in").click()
    window.page.get_by_label("Username").fill("dora")
    window.page.get_by_label("Password").fill(PASSWORD)
    window.page.get_by_role("button", name="Sign in").click()
    expect(window.page.get_by_label("Your code")).to_be_visible()
    axe_core.assert_finds_nothing(window.page, OURS, axe_core.TWO_WAYS)


def come_in(page):
    """A newcomer's way in, one screen after the other."""
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_label("Your name here")).to_have_value("dora")
    yield
    for name in ("new_password1", "new_password2"):
        page.locator(f"[name={name}]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".door__letters")).to_be_attached()
    yield
    letters = page.locator(".door__letters").text_content().replace(" ", "")
    page.get_by_label("The code that your phone shows now").fill(code_now(letters))
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".door__codes li").first).to_be_visible()
    yield
    page.get_by_role("link", name="I have written them down").click()
    expect(page.get_by_role("button", name="Show my six words")).to_be_visible()
    yield
    page.get_by_role("button", name="Show my six words").click()
    expect(page.locator(".door__words li")).to_have_count(6)
    yield
    words = " ".join(page.locator(".door__words code").all_inner_texts())
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_label("Your six words, from your paper").fill(words)
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".door__fingerprint")).to_be_visible()
    yield


def look_at(window, where, *, ways=axe_core.TWO_WAYS, status=200):
    window.page.set_viewport_size(DESK["viewport"])
    answer = window.page.goto(where)
    assert answer.status == status, f"{where} answers {answer.status}"
    expect(window.page.locator("main")).to_be_visible()
    window.page.locator("main details").evaluate_all("each => each.forEach(one => { one.open = true })")
    axe_core.assert_finds_nothing(window.page, OURS, ways)


@pytest.fixture(scope="module")
def people(demo_site, team):
    return team | {"erin": at_work.Colleague(demo_site, "erin")}


@pytest.fixture(scope="module")
def there(demo_site, people):
    return room_screens.fill(demo_site, people)


@pytest.fixture(scope="module")
def window_for(open_axe, demo_site):
    """`window_for(*cookies)` opens a window with axe on every page."""
    return functools.partial(open_axe, demo_site.url, reduced_motion="reduce", **DESK)


@pytest.fixture(scope="module")
def window_of(window_for, people):
    """`window_of("alice")` is the one window at which she looks at everything."""
    return functools.cache(lambda name: window_for(*people[name].cookies()))
