"""axe-core finds nothing on an account's page in any of its states, large letters fit, and every focus is seen."""

import pytest
from playwright.sync_api import expect

from moderation.policies.danger import RISKS
from tests import at_work
from tests.journeys import axe_core, desks
from tests.journeys.watching import DESK, script

ACCOUNT = "I rang 101. My friend Dana came with me, and Officer Quillfeather rang from 07700 900123."
OURS = "main"
NARROW = {"width": 320, "height": 800}
STAYS = {"check-names": "stays", "why-names": "It is on the sign at the station."}


def test_first_look_asked_answered_and_come_back_and_a_question(page, mine):
    page.goto(mine)
    assert_is_for_everybody(page)
    first = page.locator("#first-look")
    first.locator("fieldset").first.get_by_label("Yes").check()
    assert_is_for_everybody(page, once=first.locator(".room-ring").first)
    page.get_by_role("button", name="Keep these answers").click()
    expect(first.locator(".room-risk__error")).to_have_count(len(RISKS) - 1)
    assert_is_for_everybody(page)
    for question in first.locator("fieldset").all():
        question.get_by_label("Not sure").check()
    page.get_by_role("button", name="Keep these answers").click()
    assert_is_for_everybody(page, once=page.get_by_role("heading", name="What the first look found"))
    page.goto(f"{mine}decide/ask/")
    page.get_by_label("Your question").fill("May we say a town in Kent?")
    page.get_by_role("button", name="See it as they will").click()
    assert_is_for_everybody(page, once=page.locator("iframe"))


def test_text_from_its_first_mark_to_its_yes(page, mine, team):
    team["alice"].look_first(pk_of(mine))
    page.goto(mine)
    assert_is_for_everybody(page)
    desks.ask_for_the_words(page)
    page.get_by_role("button", name="Next", exact=True).click()
    assert_is_for_everybody(page)
    desks.leave_out(page, "07700 900123", "[a phone number]")
    page.get_by_role("button", name="1 done").click()
    expect(page.get_by_role("button", name="Put it back")).to_be_visible()
    desks.select(desks.text(page), "Dana")
    page.get_by_label("What is it?").select_option(label="friend's name")
    assert_is_for_everybody(page)

    page.set_viewport_size(NARROW)
    page.get_by_role("button", name="The text", exact=True).click()
    assert_is_for_everybody(page, once=desks.text(page))
    page.set_viewport_size(DESK["viewport"])
    page.get_by_role("button", name="Put it forward").click()
    assert_is_for_everybody(page, once=page.get_by_role("link", name="Go to that line"))


def test_text_that_somebody_wrote_in_another_window_and_one_behind_a_locked_vault(open_axe, demo_site):
    bob = at_work.Colleague(demo_site, "bob").unlock()
    mine = claimed(demo_site, bob)
    bob.look_first(pk_of(mine))
    page = window_of(open_axe, demo_site, bob)
    page.goto(mine)
    bob.get(mine)
    bob.write(pk_of(mine), text="I rang, and nobody rang back.")
    desks.text(page).fill("I rang.")
    page.get_by_role("button", name="Save a new version").click()
    assert_is_for_everybody(page, once=page.get_by_role("heading", name="From theirs to yours, word by word"))
    desks.save(page)

    other = page.context.new_page()
    other.goto("/admin/vault/unlock/")
    other.get_by_role("button", name="Lock it").click()
    expect(other.get_by_text("The vault is locked")).to_be_visible()
    other.close()
    desks.text(page).fill("I rang, and waited.")
    page.get_by_role("button", name="Put it forward").click()
    expect(page.get_by_text("The vault has locked meanwhile.").first).to_be_visible()
    expect(desks.text(page)).to_have_value("I rang, and waited.")
    assert_is_for_everybody(page)


def test_second_reading_folded_unfolded_answered_and_joined(page, demo_site, team):
    where = f"/admin/queue/{put_forward(demo_site, team['bob'])}/second/"
    page.goto(where)
    assert_is_for_everybody(page)
    desks.unfold(page)
    assert_is_for_everybody(page)
    yes = page.get_by_role("region", name="Agree")
    yes.get_by_role("button", name="Answer, and agree").click()
    assert_is_for_everybody(page, once=page.get_by_role("link", name="Go to that line").first)
    desks.answer_the_check(yes)
    yes.get_by_label("It stays").first.check()
    yes.get_by_label("Why it stays").first.fill("It is on the sign at the station.")
    yes.get_by_role("button", name="Answer, and agree").click()
    assert_is_for_everybody(page, once=page.get_by_role("heading", name="Both anonymity checks"))

    page.goto(f"/admin/queue/{put_forward(demo_site, team['bob'], **STAYS)}/second/")
    desks.unfold(page)
    desks.answer_the_check(yes)
    yes.get_by_role("button", name="Answer, and agree").click()
    assert_is_for_everybody(page, once=page.get_by_role("button", name="Join their answers"))
    page.get_by_role("textbox", name="Why").fill("It is on the sign, so I see it, too.")
    page.get_by_role("button", name="Join their answers").click()
    agree = yes.get_by_role("button", name="Agree to this text")
    assert_is_for_everybody(page, once=agree)
    yes.locator("#danger-question").get_by_label("No", exact=True).check()
    agree.click()
    expect(page).to_have_url(desks.NEXT)
    assert_is_for_everybody(page)


def assert_is_for_everybody(page, once=None):
    """axe finds nothing in any width or colour, each focus is seen without colours, and nothing is wider than it.

    `once` this is to be seen.
    """
    if once:
        expect(once).to_be_visible()
    found = axe_core.found_everywhere(page, OURS)
    for size, letters in ((NARROW, "100%"), (DESK["viewport"], "200%")):
        page.set_viewport_size(size)
        page.emulate_media(forced_colors="active")
        # Whoever pressed something with a mouse is shown no focus until they press a key.
        page.keyboard.press("Tab")
        found += [f"focus cannot be seen on {each}" for each in page.evaluate(script("unseen_focus"), OURS)]
        page.emulate_media(forced_colors="none")
        page.evaluate("letters => { document.documentElement.style.fontSize = letters }", letters)
        found += [f"too wide with text at {letters}: {each}" for each in page.evaluate(script("wider_than_main"))]
    page.evaluate("document.documentElement.style.fontSize = ''")
    assert not found, "\n".join([page.title(), *found])


def put_forward(site, colleague, **answers):
    """An account whose text a colleague has put forward, with these answers to the check beside “none there”."""
    _, pk = at_work.tell(site, ACCOUNT)
    colleague.claim(pk)
    colleague.look_first(pk)
    colleague.write(pk, text="I rang 101. A friend came with me, and Officer Quillfeather listened.")
    colleague.offer(pk, **answers)
    return pk


def claimed(site, colleague):
    """The address of an account that somebody has just taken in hand."""
    _, pk = at_work.tell(site, ACCOUNT, giveaways="My red van.")
    colleague.claim(pk)
    return f"/admin/queue/{pk}/"


def pk_of(address):
    return address.split("/")[3]


def window_of(open_axe, site, colleague):
    return open_axe(site.url, *colleague.cookies(), reduced_motion="reduce", **DESK).page


@pytest.fixture
def mine(demo_site, team):
    return claimed(demo_site, team["alice"])


@pytest.fixture
def page(open_axe, demo_site, team):
    return window_of(open_axe, demo_site, team["alice"])
