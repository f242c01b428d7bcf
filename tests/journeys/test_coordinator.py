"""The coordinator: asks a force, copies the letter, enters its answer; a moderator agrees."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks
from tests.journeys.watching import assert_quiet

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# An invented answer: it stands on the demo's page of a force for the length of this test.
WORDS = "We got this wrong, and we have changed how we take such reports."
ROLE = "Head of Public Protection"


def test_force_is_asked_and_its_answer_stands_once_a_second_person_agreed(visit, demo_site, team):
    ((slug, force),) = at_work.rows(
        demo_site, "SELECT slug, force_id FROM stories_story WHERE status = 'live' AND force_id = 'kent' LIMIT 1"
    )
    charlie = desks.at_the_desk_of(team["charlie"], visit)

    letter = record_a_letter(charlie.page, slug)
    charlie.page.get_by_role("button", name="Copy the letter").click()
    expect(charlie.page.get_by_text("Copied.")).to_be_visible()
    answer = enter_the_answer(charlie.page, letter, slug)
    bob = desks.at_the_desk_of(team["bob"], visit)
    bob.page.goto(answer)
    expect(bob.page.get_by_text(WORDS)).to_be_visible()
    bob.page.get_by_role("button", name="Agree to these words").click()
    expect(bob.page.get_by_text(re.compile("Agreed. It stands on the force’s page now"))).to_be_visible()

    reader = visit()
    reader.page.wait_for_timeout(desks.A_SECOND)
    reader.page.goto(f"/forces/{force}/")
    expect(reader.page.get_by_text(WORDS).first).to_be_visible()
    take_it_down(charlie.page, answer)
    assert_quiet(charlie, bob)


def record_a_letter(page, slug):
    page.goto("/admin/answers/")
    page.get_by_role("link", name="Record a letter").click()
    page.locator("#id_force").select_option("kent")
    page.get_by_label("Month it was sent").select_option(index=1)
    page.get_by_label("To which office").fill("Chief Inspector Jane Smith")
    page.get_by_label("Stories it is about").fill(f"/stories/{slug}/")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("looks like somebody’s name")).to_be_visible()
    expect(page.get_by_label("Stories it is about")).to_have_value(f"/stories/{slug}/")
    page.get_by_label("To which office").fill(ROLE)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text(f"Dear {ROLE}")).to_be_visible()
    return page.url


def enter_the_answer(page, letter, slug):
    page.goto(letter)
    page.get_by_role("link", name="Enter its answer").click()
    expect(page.locator("#id_story_slugs")).to_have_value(f"/stories/{slug}/")
    # What was copied is pasted where it can be seen; a mail would be the place.
    page.locator("#id_words").press("Control+V")
    expect(page.locator("#id_words")).to_have_value(re.compile(f"/stories/{slug}/.*A veto.", re.DOTALL))
    page.get_by_label("Apology").check()
    page.locator("#id_words").fill(WORDS)
    page.locator("#id_source").fill("A letter to Heard")
    page.locator("#id_month").select_option(index=1)
    page.get_by_label("I checked it with the force by its switchboard.").check()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("Submit to")).click()
    expect(page.get_by_text("What waits")).to_be_visible()
    return page.url


def take_it_down(page, answer):
    """What no force said stands on its page no longer than this test needs."""
    page.goto(answer)
    page.get_by_role("link", name="Take it down").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.get_by_text("deleted")).to_be_visible()
