"""What can't wait: a life in danger goes to the urgent lane, and is written to."""

import re

from playwright.sync_api import expect

from moderation.policies.danger import RISKS
from tests import at_work
from tests.journeys import desks
from tests.journeys.watching import PHONE, assert_quiet

ACCOUNT = "They never rang back. I don't want to be here on Friday."
LIFE, HELP = "Is somebody’s life or safety in danger now?", "116 123"


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
    row = bob.page.get_by_role("row").filter(has=bob.page.locator(f'a[href^="/admin/queue/{account}/"]').first)
    # On whichever page of the lane that is: other tests leave some behind.
    while not row.count():
        bob.page.goto(bob.page.get_by_role("link", name="Newer", exact=True).get_attribute("href"))
    expect(row).to_contain_text("urgent")
    expect(row).to_contain_text(re.compile(r"alice, until \d\d:\d\d"))
    desks.let_ten_minutes_pass(demo_site, account)
    contributor.come_back(code)
    contributor.arrive("We are working on it")
    expect(contributor.page.locator(".message--ours")).to_be_visible()
    expect(contributor.page.locator(".message--ours")).to_contain_text(re.compile(f"call 999.*{HELP}", re.DOTALL))

    contributor.assert_left_nothing()
    assert_quiet(alice, bob)
