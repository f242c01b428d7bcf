"""A force objects: the coordinator writes it down, two moderators look by the keyboard alone, and readers see why."""

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks
from tests.journeys.test_contributor import press_on, tab_to
from tests.journeys.watching import assert_quiet

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

STORIES = """
    SELECT id, slug, title, force_id FROM stories_story
    WHERE status = 'live' AND force_id = 'metropolitan' ORDER BY sequence LIMIT 2
"""
WORDS = {"force-law": "The second paragraph is about a case before a court.", "force-who": "We see it another way."}
# What the first look chooses, and what the page says once the second agreed.
CHOSEN = {
    "force-law": ("withheld.law", "Withheld: Showing it could break the law that the force named."),
    "force-who": ("stays.nobody", "Stays as it is: Nobody can be told from it."),
}


def test_two_people_withhold_one_story_with_its_reason_and_leave_another_up(visit, demo_site, team):
    withheld, stays = desks.rows(demo_site, STORIES)
    about = {"force-law": withheld, "force-who": stays}
    charlie = desks.at_the_desk_of(team["charlie"], visit)
    write_down(charlie.page, withheld, "force-law")
    form = "/admin/objections/write-down/"
    team["charlie"].get(form)
    team["charlie"].submit(form, story=stays[1], force=stays[3], ground="force-who", words=WORDS["force-who"])
    alice, bob = (desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob"))
    looked = {ground: address_of(demo_site, story) for ground, story in about.items()}
    for ground, address in looked.items():
        look_first(alice.page, address, ground)
    reader = visit(java_script_enabled=False)
    assert status_of(reader, withheld) == 200, "one moderator, and a force, took a story down"
    for ground, address in looked.items():
        settle(bob.page, address, ground)

    try:
        reader.page.wait_for_timeout(desks.A_SECOND)
        assert status_of(reader, withheld) == 451
        reader.arrive("This account is withheld at the wish of a police force")
        expect(reader.page.get_by_text("Metropolitan Police Service objected to it.")).to_be_visible()
        expect(reader.page.get_by_text("The ground was the law")).to_be_visible()
        assert withheld[2] not in reader.page.content()
        assert status_of(reader, stays) == 200
        expect(reader.page.get_by_role("heading", level=1)).to_have_text(stays[2])
        reader.assert_left_nothing(complaints=["451"])
    finally:
        put_back(team, withheld)
    assert_quiet(charlie, alice, bob)


def write_down(page, story, ground):
    _, slug, _, force = story
    page.goto("/admin/take-downs/")
    page.get_by_role("link", name="Write down an objection").click()
    page.get_by_label("Address of the story").fill(f"/stories/{slug}/")
    page.locator("#id_force").select_option(force)
    page.locator(f"[name=ground][value={ground}]").check()
    page.get_by_role("button", name="Write it down").click()
    # Nothing that was typed is lost to a box that was left empty.
    expect(page.get_by_text("Write what the force wrote.")).to_be_visible()
    expect(page.get_by_label("Address of the story")).to_have_value(f"/stories/{slug}/")
    page.get_by_label("What it wrote").fill(WORDS[ground])
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    assert WORDS[ground] not in page.content()


def address_of(site, story):
    """Where moderators look at the objection to it; other journeys may have left some to other stories."""
    waits = (
        "SELECT id FROM stories_takedownrequest WHERE force_id IS NOT NULL AND settled_on IS NULL AND story_id = '{}'"
    )
    [(pk,)] = desks.rows(site, waits.format(story[0]))
    return f"/admin/objections/{at_work.as_address(pk)}/"


def look_first(page, address, ground):
    """From the start page to a choice."""
    choice, _ = CHOSEN[ground]
    page.goto("/admin/")
    panel = page.get_by_role("region", name="Take-down requests nobody has settled")
    panel.locator(f'a[href="{address}"]').click()
    expect(page.get_by_text(WORDS[ground])).to_be_visible()
    tab_to(page, "[name=choice]")
    while page.evaluate("document.activeElement.value") != choice:
        page.keyboard.press("ArrowDown")
    press_on(page, "button:not([aria-label])", "Enter")
    expect(page.get_by_text("Nothing has changed yet: a second moderator looks as well.")).to_be_visible()


def settle(page, address, ground):
    _, said = CHOSEN[ground]
    page.goto(address)
    expect(page.get_by_text(WORDS[ground])).to_be_visible()
    press_on(page, "form[action$='/agree/'] button", "Enter")
    expect(page.get_by_text(f"{said} Decided by alice and bob.")).to_be_visible()


def status_of(window, story):
    return window.page.goto(f"/stories/{story[1]}/").status


def put_back(team, story):
    """It is the demo's, and other tests may be reading it."""
    address = f"/admin/stories/{at_work.as_address(story[0])}/put-back/"
    for name in ("alice", "bob"):
        team[name].get(address)
        team[name].submit(address)
    assert "It is back." in team["bob"].page
