"""Words typed at each place of the room outlive two tabs, a log-out, a locked vault and a browser that is killed."""

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

ACCOUNT = "PC Ravi Holt wrote it down, and Ines Calder rang me after the choir."
WORDS, OTHERS = "She would say it quite otherwise", "And these came out of the other tab"
FIELD = {
    "a first look's note": "#look-form [name=note]",
    "a card's own words": ".room-entry.room-here [name^=own-]",
    "a card's reason": ".room-entry.room-here [name^=left-]",
    "a reason in the check": "[name=why-facts]",
    "a second reader's reason": "[name=why-facts]",
    "a sentence to join with": "[name=sentence]",
    "a note": "#notes [name=note]",
    "a reply": "[name=message]",
    "a message that we began": "[name=message]",
}
# Kept as a version, which the page says.
IN_THE_WORKING_COPY = ("a card's own words", "a card's reason", "a reason in the check")
SEND = {
    "a first look's note": "Keep these answers",
    "a second reader's reason": "Answer, and agree where both find nothing",
    "a sentence to join with": "Join their answers",
    "a note": "Keep it, sealed",
    "a reply": "See it as they will",
    "a message that we began": "See it as they will",
}


@pytest.fixture
def at(demo_site):
    """`at(place)`: who is there, with a session of their own, and the address."""

    def come_to(place):
        _, pk = at_work.tell(demo_site, at_work.sentence_of_its_own(ACCOUNT))
        alice, bob = (at_work.Colleague(demo_site, name).unlock() for name in ("alice", "bob"))
        alice.claim(pk)
        if place == "a first look's note":
            return alice, f"/admin/queue/{pk}/"
        alice.look_first(pk)
        if place == "a reply":
            return alice, f"/admin/queue/{pk}/decide/write/"
        if place == "a message that we began":
            return alice, f"/admin/queue/{pk}/first-look/life/"
        if place not in ("a second reader's reason", "a sentence to join with"):
            return alice, f"/admin/queue/{pk}/"
        alice.write(pk)
        stays = {"check-facts": "stays", "why-facts": "A choir, in general."}
        address = f"/admin/queue/{pk}/put-forward/"
        names = [name for name in at_work.form_on(alice.page, address).choices if name.startswith("check-")]
        alice.submit(address, **dict.fromkeys(names, "clear") | {"danger-now": "no"} | stays)
        bob.unfold(pk)
        if place == "a sentence to join with":
            bob.submit(f"/admin/queue/{pk}/agree/", **dict.fromkeys(names, "clear") | {"danger-now": "no"})
        return bob, f"/admin/queue/{pk}/second/"

    return come_to


PLACES = pytest.mark.parametrize("place", FIELD)


def go_to(page, place, address):
    page.goto(address)
    unfold = page.get_by_role("button", name="Unfold the account")
    if unfold.count():
        unfold.first.click()
    page.keyboard.press("b")
    if place.startswith("a card"):
        page.keyboard.press("n")
    if "reason" in place and "card" not in place:
        page.locator("[name=check-facts][value=stays]").check()
    if place == "a note" and page.locator("#notes details:not([open])").count():
        page.locator("#notes summary").click()
    if place == "a first look's note":
        for line in page.locator("#look-form fieldset").all():
            line.get_by_label("No", exact=True).check()
    return page.locator(FIELD[place])


def type_words(page, place, address, words=WORDS):
    field = go_to(page, place, address)
    field.fill("")
    field.focus()
    page.keyboard.type(words)
    return field


def send(page, place):
    page.get_by_role("button", name=SEND.get(place, "Save a new version"), exact=True).last.click()
    page.wait_for_load_state()


def words_are_there(page, words=WORDS):
    """In a field or in a sentence, folded or not."""
    return page.evaluate(_THERE, words)


_THERE = """words => document.body.textContent.includes(words)
    || [...document.querySelectorAll("input, textarea")].some(each => each.value.includes(words))"""


@PLACES
def test_words_in_one_tab_outlive_the_other(place, at, visit):
    person, address = at(place)
    window = desks.at_the_desk_of(person, visit)
    first, second = window.page, window.open_tab()
    field = type_words(first, place, address)
    type_words(second, place, address, OTHERS)

    send(second, place)

    expect(field).to_have_value(WORDS)
    send(first, place)
    assert words_are_there(first)


@PLACES
def test_words_come_back_when_the_session_is_over(place, at, visit):
    person, address = at(place)
    window = desks.at_the_desk_of(person, visit)
    type_words(window.page, place, address)
    window.context.clear_cookies()

    send(window.page, place)

    assert words_are_there(window.page)


@PLACES
def test_words_come_back_when_the_vault_is_locked(place, at, visit):
    person, address = at(place)
    page = desks.at_the_desk_of(person, visit).page
    type_words(page, place, address)
    person.get("/admin/vault/")
    person.submit("/admin/vault/lock/")

    send(page, place)

    assert words_are_there(page)


def is_kept(response):
    return response.url.endswith("/unsent/") and response.request.method == "POST" and response.ok


@PLACES
def test_words_are_kept_when_the_browser_is_killed(place, at, visit):
    person, address = at(place)
    window = desks.at_the_desk_of(person, visit)
    if place in IN_THE_WORKING_COPY:
        type_words(window.page, place, address)
        expect(desks.said(window.page)).to_have_text(desks.KEPT)
    else:
        with window.page.expect_response(is_kept):
            type_words(window.page, place, address)
    window.context.close()

    page = desks.at_the_desk_of(person, visit).page
    field = go_to(page, place, address)
    if place in IN_THE_WORKING_COPY:
        assert words_are_there(page)
    else:
        expect(field).to_have_value(WORDS)
