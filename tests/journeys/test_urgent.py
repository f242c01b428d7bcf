"""The urgent lane: a life in danger is answered with help lines, and a story that is feared is down in one press."""

import re

import pytest
from playwright.sync_api import expect

from moderation.policies.risks import RISKS
from tests import at_work
from tests.journeys import desks
from tests.journeys.watching import PHONE, assert_quiet

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

ACCOUNT = "They never rang back. I don't want to be here on Friday."
LIFE, HELP = "Is somebody’s life or safety in danger now?", "116 123"
FEAR = "My brother would know me by the dog."
ANSWER = "It is down, and it stays down. Thank you for telling us."


def test_life_in_danger_goes_to_the_urgent_lane_and_is_written_to(visit, demo_site, team):
    code, account = at_work.tell(demo_site, ACCOUNT)
    team["alice"].claim(account)
    alice, bob = (desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob"))
    contributor = visit(PHONE)

    take_the_first_look(alice.page, account)
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


def test_take_down_request_stands_in_urgent_with_its_clock_and_one_press_takes_the_story_down(visit, team):
    reader, bob = visit(PHONE, java_script_enabled=False), desks.at_the_desk_of(team["bob"], visit)

    story, code = ask_for_it_to_come_down(reader)
    assert reader.page.goto(story).status == 200

    take_down_first(bob.page, story)
    assert_gone(reader, story)
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


def take_the_first_look(page, account):
    page.goto(f"/admin/queue/{account}/")
    page.get_by_role("link", name="Take the first look").click()
    expect(page.locator("#first-look fieldset")).to_have_count(len(RISKS))
    for question in page.locator("#first-look fieldset").all():
        question.get_by_label("No", exact=True).check()
    page.get_by_role("group", name=LIFE).get_by_label("Yes").check()
    page.get_by_role("button", name="Keep these answers").click()
    expect(page.get_by_role("heading", name="What the first look found")).to_be_visible()
    expect(page.get_by_role("region", name=LIFE)).to_contain_text("safeguarding lead")


def ask_for_it_to_come_down(window):
    page = window.page
    page.goto("/stories/")
    page.get_by_role("article").first.get_by_role("link").first.tap()
    page.wait_for_url(re.compile(r"/stories/\w{12}/"))
    story = page.url
    page.get_by_role("link", name="Take this down").tap()
    window.arrive("Take a story down")
    page.get_by_label("Something else").check()
    page.get_by_label("Anything you want to tell us about it").fill(FEAR)
    page.get_by_role("button", name="Ask for it to come down").tap()
    window.arrive("We have your request")
    expect(page.get_by_text("We have 48 hours, and weekends and bank holidays do not count.")).to_be_visible()
    return story, window.code()


def take_down_first(page, story):
    slug = story.rstrip("/").rpartition("/")[2]
    page.goto("/admin/queue/urgent/")
    waiting = page.get_by_role("listitem").filter(has=page.get_by_role("button", name=f"Take it down first {slug}"))
    expect(waiting).to_contain_text(re.compile(r"look by \w+day \d+ \w+"))
    waiting.get_by_role("button").click()
    expect(page.get_by_text("It is down, everywhere.")).to_be_visible()


def assert_gone(window, story):
    window.page.wait_for_timeout(desks.A_SECOND)
    assert {window.page.goto(story).status for _ in range(4)} == {410}
    window.arrive("This story is no longer here")
