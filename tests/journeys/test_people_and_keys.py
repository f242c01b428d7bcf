"""Six words that are forgotten, and a colleague who leaves, on a copy of the demo: no account is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work, running_site
from tests.journeys import desks
from tests.journeys.watching import DESK, assert_quiet
from tests.moderation.team.second_step import code_now

pytestmark = [pytest.mark.browser]

ACCOUNT, LAST_WORDS = "They lost what I had brought to the desk.", "This I leave to whoever reads it next."


@pytest.fixture(scope="module")
def site(demo_site, tmp_path_factory):
    folder = running_site.copy_of(demo_site, tmp_path_factory.mktemp("keys") / "demo")
    with running_site.serve_again(folder) as site:
        yield site


@pytest.fixture
def desk(visit, site):
    """`desk("bob")` is a window of Bob's, logged in; it is unlocked unless told otherwise."""

    def open_desk(name, *, is_open=True):
        colleague = at_work.Colleague(site, name)
        return desks.at_the_desk_of(colleague.unlock() if is_open else colleague, visit, site=site)

    return open_desk


def test_forgotten_words_are_replaced_and_a_colleague_admits_the_new_key(site, desk):
    _, account = at_work.tell(site, ACCOUNT)
    bob, alice = desk("bob", is_open=False), desk("alice")
    forgotten = site.people["bob"]["words"]

    fail_to_unlock(bob.page, "once upon a time there was")
    words, fingerprint = make_a_key(bob.page)
    alice.page.goto("/admin/vault/")
    alice.page.get_by_role("link", name=re.compile(r"Admit\s*: bob", re.IGNORECASE)).click()
    alice.page.get_by_label("The fingerprint that they read to you").fill(" ".join(["0000"] * 8))
    alice.page.get_by_role("button", name="Admit this key").click()
    expect(alice.page.get_by_text("can read from now on")).to_have_count(0)
    alice.page.get_by_label("The fingerprint that they read to you").fill(fingerprint)
    alice.page.get_by_role("button", name="Admit this key").click()
    expect(alice.page.get_by_text("can read from now on, and agree to texts in 48 hours.")).to_be_visible()
    site.people["bob"]["words"] = words

    bob.page.goto("/admin/")
    expect(bob.page.get_by_text("Your key was admitted on")).to_be_visible()
    fail_to_unlock(bob.page, forgotten)
    desks.unlock_here(bob.page, words)
    bob.page.goto(f"/admin/queue/{account}/")
    bob.page.get_by_text("The account, in their words").click()
    expect(bob.page.locator(".room-words", has_text=ACCOUNT)).to_be_visible()
    assert_quiet(alice, bob)


def test_leaver_is_out_at_once_and_what_they_had_in_hand_goes_on(site, desk):
    _, account = at_work.tell(site, ACCOUNT)
    bob, charlie, alice = desk("bob"), desk("charlie", is_open=False), desk("alice")
    bob.page.goto(f"/admin/queue/{account}/")
    bob.page.get_by_role("button", name="Claim it, to work on it").click()
    desks.look_first(bob.page)
    desks.text(bob.page).fill(LAST_WORDS)
    desks.text(bob.page).blur()
    expect(desks.said(bob.page)).to_have_text(desks.KEPT)

    charlie.page.goto("/admin/people/")
    charlie.page.get_by_role("main").get_by_role("link", name="bob").click()
    charlie.page.get_by_role("link", name="They have left").click()
    charlie.page.get_by_role("button", name="They have left").click()
    expect(charlie.page.get_by_text("bob can’t log in any more")).to_be_visible()
    expect(charlie.page.get_by_role("main")).to_contain_text("inactive")
    bob.page.goto("/admin/")
    desks.sign_in(bob.page, "bob", site.people["bob"]["password"])
    expect(bob.page.get_by_role("button", name="Sign in")).to_be_visible()
    bob.page.goto("/admin/queue/")
    expect(bob.page.get_by_label("Password")).to_be_visible()
    alice.page.goto("/admin/")
    alice.page.get_by_role("link", name="Change the team’s key").first.click()
    alice.page.get_by_role("button", name="Change the team’s key").click()
    expect(alice.page.get_by_text("The team’s key is changed.")).to_be_visible()
    alice.page.goto(f"/admin/queue/{account}/")
    alice.page.get_by_role("button", name="Claim it, to work on it").click()
    expect(alice.page.get_by_text("In your hands until")).to_be_visible()

    expect(desks.text(alice.page)).to_have_value(LAST_WORDS)
    assert_quiet(alice, charlie)


def fail_to_unlock(page, words):
    page.goto("/admin/vault/unlock/")
    page.get_by_label("Your six words").fill(words)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("main")).to_contain_text("These six words don’t open your key.")


def make_a_key(page):
    page.get_by_role("link", name="Make a new key").click()
    expect(page.get_by_text("A new one ends it at once")).to_be_visible()
    page.get_by_role("button", name="Make a new key and show its words").click()
    shown = page.get_by_role("main").locator("ol code")
    expect(shown).to_have_count(6)
    words, fingerprint = shown.all_inner_texts(), page.get_by_role("main").locator("p code").inner_text()
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_label("Your six words, from your paper").fill(" ".join(words))
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Ask another moderator to admit it.")).to_be_visible()
    return " ".join(words), fingerprint


def test_security_key_opens_the_second_step_in_the_place_of_the_phone(chromium, site):
    """At localhost: a key never answers a page whose address is a number."""
    context = chromium.new_context(base_url=site.url.replace("127.0.0.1", "localhost"), locale="en-GB", **DESK)
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto("/admin/")
    desks.fill_in(page, site, "erin")

    page.goto("/admin/login/set-up/")
    secret = page.locator(".door__letters").text_content().replace(" ", "")
    page.get_by_label("The code that your phone shows now").fill(code_now(secret))
    page.get_by_role("button", name="Set it up").click()
    recovery = page.locator(".door__codes code").first.inner_text()
    page.goto("/admin/login/key/")
    page.get_by_label("The code that your phone shows now").fill(recovery)
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_text("Security key 1")).to_be_visible()

    context.clear_cookies()
    page.goto("/admin/")
    desks.sign_in(page, "erin", site.people["erin"]["password"])
    desks.press(page.get_by_role("button", name="Use a security key"))
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()
    context.close()
