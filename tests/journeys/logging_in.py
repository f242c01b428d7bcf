"""Logging in as one of the demo's team, and unlocking the vault: two screens and two secrets."""

from playwright.sync_api import expect


def let_in(window, site, name):
    window.page.goto("/admin/")
    fill_in(window.page, site, name)
    return window


def fill_in(page, site, name):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(site.people[name]["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()


def unlock(window, words):
    window.page.get_by_role("link", name="Unlock it with your six words").click()
    unlock_here(window.page, words)


def unlock_here(page, words):
    page.get_by_label("Your six words").fill(words)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_text("The vault is open.")).to_be_visible()
