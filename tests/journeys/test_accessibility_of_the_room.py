"""axe-core finds nothing on any of our own screens in the admin; what Wagtail draws around them is Wagtail's.

The states of an account's page are in test_accessibility_of_accounts.
"""

import functools
import tomllib
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from docs import admin_addresses
from stories.pii import find_identifying
from stories.pii.replacements import group_wordings
from tests import at_work, factories, running_site
from tests.journeys import axe_core, desks, hearing
from tests.journeys.watching import DESK
from tests.moderation.team.second_step import code_now

OF_MANY = "Come to our bright new casino. Everybody is welcome with us."
ACCOUNT = "I rang 101. My friend Dana came with me, and Officer Quillfeather rang from 07700 900123."
_TABLES = tomllib.loads(Path(__file__).with_name("room_screens.toml").read_text())
SCREENS, MORE, NO_SCREENS = (_TABLES[name] for name in ("screens", "more", "no_screens"))
EACH = {name: (who, name, takes) for name, (who, takes) in SCREENS.items()} | MORE
# Each has a test of its own.
DOORS = {"room_log_in", "room_code", "room_key", "room_welcome", "room_welcome_step"}
REQUESTS = "SELECT id FROM stories_takedownrequest WHERE ground {} 'force-%' LIMIT 1"
OURS = "main"
MINE, HIS = {"pk": "mine"}, {"pk": "his"}
PASSWORD = "kelp otter lantern gravel"


def test_every_screen_of_ours_is_looked_at():
    ours = [each for each in admin_addresses.every() if each.name.startswith(("room_", "vault_"))]
    found, listed = {each.name for each in ours if each.can_read}, SCREENS.keys() | DOORS | NO_SCREENS.keys()

    assert found - listed == set(), "Look at it in SCREENS, or say in NO_SCREENS why not"
    assert listed - found == set(), "It is gone: take it out here"


@pytest.mark.parametrize("what", EACH)
def test_screen(what, window_of, there):
    who, name, takes = EACH[what]
    look_at(window_of(who), address(name, takes, there))


def test_locked_screens_and_words_that_outlive_a_log_in(window_of, window_for, demo_site, there):
    look_at(window_of("charlie"), "/admin/queue/", status=403)
    window = window_for()
    window.page.goto("/admin/")
    desks.fill_in(window.page, demo_site, "bob")
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

    for sign in come_in(window.page):
        expect(sign).to_be_attached()
        axe_core.assert_finds_nothing(window.page, OURS, axe_core.TWO_WAYS)
    window.page.get_by_role("link", name="Log in").click()
    desks.sign_in(window.page, "dora", PASSWORD)
    expect(window.page.get_by_label("Your code")).to_be_visible()
    axe_core.assert_finds_nothing(window.page, OURS, axe_core.TWO_WAYS)


def come_in(page):
    """A newcomer's way in, one screen after the other, each by what stands on it alone."""
    page.get_by_role("button", name="Begin").click()
    yield page.locator("input[value=dora]")
    for name in ("new_password1", "new_password2"):
        page.locator(f"[name={name}]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    yield page.locator(".door__letters")
    letters = page.locator(".door__letters").text_content().replace(" ", "")
    page.get_by_label("The code that your phone shows now").fill(code_now(letters))
    page.get_by_role("button", name="Set it up").click()
    yield page.locator(".door__codes li").first
    page.get_by_role("link", name="I have written them down").click()
    yield page.get_by_role("button", name="Show my six words")
    page.get_by_role("button", name="Show my six words").click()
    yield page.locator(".door__words li:nth-child(6)")
    words = " ".join(page.locator(".door__words code").all_inner_texts())
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_label("Your six words, from your paper").fill(words)
    page.get_by_role("button", name="Finish").click()
    yield page.locator(".door__fingerprint")


def look_at(window, where, *, ways=axe_core.TWO_WAYS, status=200):
    window.page.set_viewport_size(DESK["viewport"])
    answer = window.page.goto(where)
    assert answer.status == status, f"{where} answers {answer.status}"
    expect(window.page.locator("main")).to_be_visible()
    window.page.locator("main details").evaluate_all("each => each.forEach(one => { one.open = true })")
    axe_core.assert_finds_nothing(window.page, OURS, ways)
    # Wagtail's forms and lists have names of their own in them: each panel's twice, each row's box by “Select”.
    if not window.page.locator("form[data-edit-form], .w-panel--nested, table.listing").count():
        assert hearing.troubles(window.page, hearing.main_part) == []


@pytest.fixture(scope="module")
def people(demo_site, team):
    return team | {"erin": at_work.Colleague(demo_site, "erin")}


@pytest.fixture(scope="module")
def there(demo_site, people):
    return fill(demo_site, people)


@pytest.fixture(scope="module")
def window_for(open_axe, demo_site):
    """`window_for(*cookies)` opens a window with axe on every page."""
    return functools.partial(open_axe, demo_site.url, reduced_motion="reduce", **DESK)


@pytest.fixture(scope="module")
def window_of(window_for, people):
    """`window_of("alice")` is the one window at which she looks at everything."""
    return functools.cache(lambda name: window_for(*people[name].cookies()))


def address(name, takes, there):
    """The address of a screen, with what `fill` returned in it."""
    return reverse(name, kwargs={key: there.get(value, value) for key, value in takes.items()})


def fill(site, team):
    """Make something of every kind; returns the ids, by the names that SCREENS has for them."""
    alice, bob = team["alice"], team["bob"]
    told = {name: at_work.tell(site, ACCOUNT, giveaways="My red van.")[1] for name in ("mine", "his", "resting")}
    told |= {name: at_work.tell(site, OF_MANY)[1] for name in ("of many", "another of many")}
    bob.put_forward(told["his"], text="I rang 101. A friend came with me, and Officer Quillfeather listened.")
    bob.claim(told["resting"])
    desks.let_a_claim_rest(site, told["resting"])
    look = f"/admin/queue/{told['mine']}/first-look/"
    alice.claim(told["mine"])
    alice.get(look)
    alice.submit(look, **factories.NO_RISK | {"under-18": "not-sure", "online": "yes"})
    alice.get(f"/admin/queue/{told['mine']}/")
    alice.write(told["mine"], text=ACCOUNT)
    (story, slug), (down, _) = at_work.rows(site, "SELECT id, slug FROM stories_story WHERE status = 'live' LIMIT 2")
    alice.get(f"/admin/stories/{at_work.as_address(down)}/")
    alice.submit(f"/admin/stories/{at_work.as_address(down)}/take-down/")
    visitor = running_site.Visitor(site.url)
    visitor.get(f"/take-down/?story={slug}")
    visitor.post("/take-down/", ground="other", words=ACCOUNT)
    ids = {"story": story, "down": down, "request": _one(site, REQUESTS.format("NOT LIKE"))}
    ids |= _what_forces_said(site, team["charlie"]) | _what_a_force_objects_to(site, team["charlie"])
    return told | {name: at_work.as_address(pk) for name, pk in ids.items()} | _numbers(site)


def _what_forces_said(site, coordinator):
    form = "/admin/answers/entered/add/"
    said = {"force": "kent", "kind": "planned", "words": ACCOUNT, "owner": "Head of Training", "due_on": "2099-01-01"}
    coordinator.get(form)
    why = "\n".join(f"{each.words}: Invented." for each in group_wordings([(ACCOUNT, find_identifying(ACCOUNT))]))
    said |= {"source": "A letter to us", "checked": "switchboard", "why_it_stays": why, "action-submit": "1"}
    coordinator.submit(form, **said)
    answers = "SELECT id FROM stories_response WHERE {} live"
    ids = {"answer": _one(site, answers.format("NOT")), "standing": _one(site, answers.format(""))}
    return ids | {"letter": _one(site, "SELECT id FROM stories_letter ORDER BY is_answered LIMIT 1")}


def _what_a_force_objects_to(site, coordinator):
    form, of_a_force = "/admin/objections/write-down/", "WHERE status = 'live' AND force_id IS NOT NULL LIMIT 1"
    [(slug, force)] = at_work.rows(site, f"SELECT slug, force_id FROM stories_story {of_a_force}")
    coordinator.get(form)
    coordinator.submit(form, story=f"/stories/{slug}/", force=force, ground="force-who")
    assert "Write what the force wrote." in coordinator.page
    # Nothing that was chosen is lost to a box that was left empty.
    coordinator.submit(form, words="The third paragraph.")
    return {"objection": _one(site, REQUESTS.format("LIKE"))}


def _numbers(site):
    bob = _one(site, "SELECT id FROM auth_user WHERE username = 'bob'")
    key = _one(site, f"SELECT id FROM moderation_moderatorkey WHERE is_current AND moderator_id = {bob}")  # noqa: S608
    words = "SELECT id FROM moderation_readywords WHERE purpose = '{}'"
    contact, ready = (_one(site, words.format(each)) for each in ("safety", "question"))
    return {"person": bob, "key": key, "ready": ready, "contact": contact}


def _one(site, query):
    return at_work.rows(site, query)[0][0]
