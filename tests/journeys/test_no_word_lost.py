"""Words typed at each place of the room outlive a browser that is killed, a log-out, a locked vault and two tabs."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks

ACCOUNT = "PC Ravi Holt wrote it down, and Ines Calder rang me after the choir."
WORDS = "She would say it quite otherwise"
# Each way in has words of its own, so that none is found that another left.
KILLED, LOGGED_OUT, LOCKED, FIRST, SECOND = (f"{WORDS}, {time}" for time in ("once", "twice", "again", "late", "later"))
VERSION, PREVIEW, CHECK = "Save a new version", "See it as they will", "Answer, and agree where both find nothing"
# Each by its page, its field, and the button that sends it; what is kept as a version, its page says.
PLACES = {
    "a first look's note": ("", "#look-form [name=note]", "Keep these answers"),
    "a card's own words": ("", ".room-entry.room-here [name^=own-]", VERSION),
    "a card's reason": ("", ".room-entry.room-here [name^=left-]", VERSION),
    "a reason in the check": ("", "[name=why-facts]", VERSION),
    "a second reader's reason": ("second/", "[name=why-facts]", CHECK),
    "a sentence to join with": ("second/", "[name=sentence]", "Join their answers"),
    "a note": ("", "#notes [name=note]", "Keep it, sealed"),
    "a reply": ("decide/write/", "[name=message]", PREVIEW),
    "a message that we began": ("first-look/life/", "[name=message]", PREVIEW),
}


@pytest.fixture(scope="module")
def readers(demo_site):
    """Alice and Bob in sessions of their own: their vaults are locked here."""
    return [at_work.Colleague(demo_site, name).unlock() for name in ("alice", "bob")]


@pytest.fixture
def at(demo_site, readers, visit):
    """`at(place)`: whoever has words to type there, and where."""

    def come_to(name):
        _, pk = at_work.tell(demo_site, at_work.sentence_of_its_own(ACCOUNT))
        page, field, button = PLACES[name]
        (alice, bob), address = readers, f"/admin/queue/{pk}/{page}"
        alice.claim(pk)
        if name != "a first look's note":
            alice.look_first(pk)
        if page != "second/":
            return Place(name, alice, address, field, button, visit)
        alice.write(pk)
        stays = {"check-facts": "stays", "why-facts": "A choir, in general."}
        alice.offer(pk, **stays)
        bob.unfold(pk)
        if name == "a sentence to join with":
            bob.answer_the_check(pk)
        return Place(name, bob, address, field, button, visit)

    return come_to


@dataclass
class Place:
    """A field of the room, and who types into it."""

    name: str
    person: at_work.Colleague
    address: str
    field: str
    button: str
    visit: Any

    def window(self):
        return desks.at_the_desk_of(self.person, self.visit)

    def go_to(self, page):
        page.goto(self.address)
        unfold = page.get_by_role("button", name="Unfold the account")
        if unfold.count():
            unfold.first.click()
        page.keyboard.press("b")
        if self.name.startswith("a card"):
            page.keyboard.press("n")
        if "reason" in self.name and "card" not in self.name:
            page.locator("[name=check-facts][value=stays]").check()
        if self.name == "a note":
            # No press, which would fold it again where words that came back unfolded it.
            page.locator("#notes details").evaluate("fold => { fold.open = true }")
        if self.name == "a first look's note":
            for line in page.locator("#look-form fieldset").all():
                line.get_by_label("No", exact=True).check()
        return page.locator(self.field)

    def come_back_to(self, page):
        """To the words that were kept there last, which come by a script, and would come in between."""
        field = self.go_to(page)
        if self.button != VERSION:
            expect(field).to_have_value(re.compile(WORDS))
        return field

    def send(self, page):
        page.get_by_role("button", name=self.button, exact=True).last.click()
        page.wait_for_load_state()


@pytest.mark.parametrize("place", PLACES)
def test_words_outlive_a_killed_browser_a_log_out_a_locked_vault_and_two_tabs(place, at):
    place = at(place)
    type_and_kill_the_browser(place)
    find_what_was_killed_log_out_and_send(place)
    lock_and_send(place)
    send_from_two_tabs(place)


def type_and_kill_the_browser(place):
    window = place.window()
    field = place.go_to(window.page)
    if place.button == VERSION:
        type_words(field, KILLED)
        expect(desks.said(window.page)).to_have_text(desks.KEPT)
    else:
        with window.page.expect_response(is_kept):
            type_words(field, KILLED)
    window.context.close()


def is_kept(response):
    return response.url.endswith("/unsent/") and response.request.method == "POST" and response.ok


def find_what_was_killed_log_out_and_send(place):
    window = place.window()
    field = place.go_to(window.page)
    if place.button == VERSION:
        assert are_there(KILLED, window.page)
    else:
        expect(field).to_have_value(KILLED)
    type_words(field, LOGGED_OUT)
    window.context.clear_cookies()

    place.send(window.page)

    assert are_there(LOGGED_OUT, window.page)


def lock_and_send(place):
    page = place.window().page
    type_words(place.come_back_to(page), LOCKED)
    place.person.get("/admin/vault/")
    place.person.submit("/admin/vault/lock/")

    place.send(page)

    assert are_there(LOCKED, page)
    place.person.unlock()


def send_from_two_tabs(place):
    window = place.window()
    first, second = window.page, window.open_tab()
    field = place.come_back_to(first)
    type_words(field, FIRST)
    type_words(place.come_back_to(second), SECOND)

    place.send(second)

    expect(field).to_have_value(FIRST)
    place.send(first)
    assert are_there(FIRST, first)


def type_words(field, words):
    field.fill("")
    field.focus()
    field.page.keyboard.type(words)


def are_there(words, page):
    """In a field or in a sentence, folded or not."""
    return page.evaluate(_THERE, words)


_THERE = """words => document.body.textContent.includes(words)
    || [...document.querySelectorAll("input, textarea")].some(each => each.value.includes(words))"""
