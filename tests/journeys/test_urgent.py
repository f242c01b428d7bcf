"""What takes a story down: a life in danger, somebody's fear, a force's objection; in one press, or by two people."""

import re

import pytest
from playwright.sync_api import expect

from moderation.policies.danger import RISKS
from tests import at_work
from tests.journeys import desks
from tests.journeys.test_contributor import press_on, tab_to
from tests.journeys.watching import PHONE, assert_quiet

pytestmark = [pytest.mark.browser]

ACCOUNT = "They never rang back. I don't want to be here on Friday."
LIFE, HELP = "Is somebody’s life or safety in danger now?", "116 123"
FEAR = "My brother would know me by the dog."
ANSWER = "It is down, and it stays down. Thank you for telling us."


def test_life_in_danger_goes_to_the_urgent_lane_and_is_written_to(visit, demo_site, team):
    code, account = at_work.tell(demo_site, ACCOUNT)
    team["alice"].claim(account)
    alice, bob = (desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob"))
    contributor = visit(PHONE)

    alice.page.goto(f"/admin/queue/{account}/")
    expect(alice.page.locator("#first-look fieldset")).to_have_count(len(RISKS))
    for question in alice.page.locator("#first-look fieldset").all():
        question.get_by_label("No", exact=True).check()
    alice.page.get_by_role("group", name=LIFE).get_by_label("Yes").check()
    alice.page.get_by_role("button", name="Keep these answers").click()
    expect(alice.page.get_by_role("heading", name="What the first look found")).to_be_visible()
    expect(alice.page.get_by_role("region", name=LIFE)).to_contain_text("safeguarding lead")
    alice.page.get_by_role("region", name=LIFE).get_by_role("link", name="Write to them first, with help lines").click()
    expect(alice.page.get_by_label("Message")).to_have_value(re.compile(f"call 999.*{HELP}", re.DOTALL))
    alice.page.get_by_role("button", name="See it as they will").click()
    expect(alice.page.frame_locator("iframe").get_by_text(HELP).first).to_be_visible()
    alice.page.get_by_role("button", name="Send it").click()
    expect(alice.page.get_by_text("They read it when they come back with their code.")).to_be_visible()
    bob.page.goto("/admin/")
    bob.page.get_by_role("region", name="The queue").get_by_role("link", name="Urgent").click()
    bob.page.wait_for_url("**/admin/queue/urgent/")
    row = desks.find_row(bob.page, "urgent", account)
    expect(row).to_contain_text("urgent")
    expect(row).to_contain_text(re.compile(r"alice, until \d\d:\d\d"))
    desks.let_ten_minutes_pass(demo_site, account)
    contributor.come_back(code)
    contributor.arrive("We are working on it")
    expect(contributor.page.locator(".message--ours")).to_be_visible()
    expect(contributor.page.locator(".message--ours")).to_contain_text(re.compile(f"call 999.*{HELP}", re.DOTALL))

    contributor.assert_left_nothing()
    assert_quiet(alice, bob)


def test_take_down_request_is_urgent_with_its_clock_and_one_press_takes_it_down(visit, team):
    reader, bob = visit(PHONE, java_script_enabled=False), desks.at_the_desk_of(team["bob"], visit)

    reader.page.goto("/stories/")
    reader.page.get_by_role("article").first.get_by_role("link").first.tap()
    reader.page.wait_for_url(re.compile(r"/stories/\w{12}/"))
    story = reader.page.url
    reader.page.get_by_role("link", name="Take this down").tap()
    reader.arrive("Take a story down")
    reader.page.get_by_label("Something else").check()
    reader.page.get_by_label("Anything you want to tell us about it").fill(FEAR)
    reader.page.get_by_role("button", name="Ask for it to come down").tap()
    reader.arrive("We have your request")
    expect(reader.page.get_by_text("We have 48 hours, and weekends and bank holidays do not count.")).to_be_visible()
    code = reader.code()
    assert reader.page.goto(story).status == 200

    slug = story.rstrip("/").rpartition("/")[2]
    bob.page.goto("/admin/queue/urgent/")
    waiting = bob.page.get_by_role("listitem").filter(
        has=bob.page.get_by_role("button", name=f"Take it down first {slug}")
    )
    expect(waiting).to_contain_text(re.compile(r"look by \w+day \d+ \w+"))
    waiting.get_by_role("button").click()
    expect(bob.page.get_by_text("It is down, everywhere.")).to_be_visible()
    desks.let_a_second_pass(reader.page)
    assert {reader.page.goto(story).status for _ in range(4)} == {410}
    reader.arrive("This story is no longer here")
    expect(bob.page.get_by_text(FEAR)).to_be_visible()
    bob.page.get_by_label("Your answer").fill(ANSWER)
    bob.page.get_by_role("button", name="Settle it").click()
    expect(bob.page.get_by_text("Settled.")).to_be_visible()
    reader.come_back(code)
    reader.arrive("We have looked at your request")
    expect(reader.page.get_by_text(ANSWER)).to_be_visible()
    expect(reader.page.get_by_text("The story is off the site.")).to_be_visible()

    assert reader.stored() == []
    assert reader.elsewhere() == []
    assert_quiet(bob)


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
    withheld, stays = at_work.rows(demo_site, STORIES)
    about = {"force-law": withheld, "force-who": stays}
    charlie = desks.at_the_desk_of(team["charlie"], visit)
    write_down(charlie.page, withheld, "force-law")
    form = "/admin/objections/write-down/"
    team["charlie"].get(form)
    team["charlie"].submit(form, story=stays[1], force=stays[3], ground="force-who", words=WORDS["force-who"])
    alice, bob = (desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob"))
    looked = {ground: address_of(demo_site, story) for ground, story in about.items()}
    for ground, address in looked.items():
        choice, _ = CHOSEN[ground]
        alice.page.goto("/admin/")
        panel = alice.page.get_by_role("region", name="Take-down requests nobody has settled")
        panel.locator(f'a[href="{address}"]').click()
        expect(alice.page.get_by_text(WORDS[ground])).to_be_visible()
        tab_to(alice.page, "[name=choice]")
        while alice.page.evaluate("document.activeElement.value") != choice:
            alice.page.keyboard.press("ArrowDown")
        press_on(alice.page, "button:not([aria-label])", "Enter")
        expect(alice.page.get_by_text("Nothing has changed yet: a second moderator looks as well.")).to_be_visible()
    reader = visit(java_script_enabled=False)
    assert status_of(reader, withheld) == 200, "one moderator, and a force, took a story down"
    for ground, address in looked.items():
        _, said = CHOSEN[ground]
        bob.page.goto(address)
        expect(bob.page.get_by_text(WORDS[ground])).to_be_visible()
        press_on(bob.page, "form[action$='/agree/'] button", "Enter")
        expect(bob.page.get_by_text(f"{said} Decided by alice and bob.")).to_be_visible()

    try:
        desks.let_a_second_pass(reader.page)
        assert status_of(reader, withheld) == 451
        reader.arrive("This account is withheld at the request of a police force")
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
    _, slug, title, force = story
    page.goto("/admin/take-downs/")
    page.get_by_role("link", name="Write down an objection").click()
    # By words of it, and one key.
    page.get_by_label("The story").fill(title)
    page.keyboard.press("Enter")
    page.locator(f'[name=story][value="/stories/{slug}/"]').check()
    page.locator("#id_force").select_option(force)
    page.locator(f"[name=ground][value={ground}]").check()
    page.get_by_role("button", name="Write it down").click()
    # Nothing that was typed is lost to a box that was left empty.
    expect(page.get_by_text("Write what the force wrote.")).to_be_visible()
    expect(page.locator(f'[name=story][value="/stories/{slug}/"]')).to_be_checked()
    page.get_by_label("What it wrote").fill(WORDS[ground])
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    assert WORDS[ground] not in page.content()


def address_of(site, story):
    """Where moderators look at the objection to it; other journeys may have left some to other stories."""
    waits = (
        "SELECT id FROM stories_takedownrequest WHERE force_id IS NOT NULL AND settled_on IS NULL AND story_id = '{}'"
    )
    [(pk,)] = at_work.rows(site, waits.format(story[0]))
    return f"/admin/objections/{at_work.as_address(pk)}/"


def status_of(window, story):
    return window.page.goto(f"/stories/{story[1]}/").status


def put_back(team, story):
    """It is the demo's, and other tests may be reading it."""
    address = f"/admin/stories/{at_work.as_address(story[0])}/put-back/"
    for name in ("alice", "bob"):
        team[name].get(address)
        team[name].submit(address)
    assert "It is back." in team["bob"].page
