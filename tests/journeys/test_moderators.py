"""Two moderators and a coordinator make an account a story inside Wagtail's admin, and one takes it down."""

import pytest
from playwright.sync_api import expect

from moderation import policies
from tests import at_work
from tests.journeys.logging_in import let_in, unlock
from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ACCOUNT = "I rang 101 from the car. Officer Quillfeather wrote it down and said she would ring back. She did."
TITLE = "She rang back, as she had said"
TEXT = "I rang 101. An officer wrote it down and said she would ring back.\n\nShe did."
A_SECOND = 1_100  # milliseconds


def test_account_becomes_a_story_by_two_people_and_comes_down_by_one(visit, demo_site, team):
    _, account = at_work.tell(demo_site, ACCOUNT)
    let_two_others_wait_for_the_batch(demo_site, team)
    alice, bob, charlie = (let_in(visit(), demo_site, name) for name in ("alice", "bob", "charlie"))
    reader = visit(PHONE, java_script_enabled=False)

    unlock(alice, demo_site.people["alice"]["words"])
    claim_and_read(alice, account)
    write(alice)
    put_forward(alice)
    assert_not_public(reader)

    unlock(bob, demo_site.people["bob"]["words"])
    agree(bob, account)
    assert_not_public(reader)

    publish(charlie)
    read_it_on_the_site(reader)

    take_it_down(alice)
    assert_gone(reader)

    for colleague in (alice, bob, charlie):
        assert colleague.elsewhere() == []
        assert colleague.complaints == []
    assert reader.stored() == []
    assert reader.elsewhere() == []


def let_two_others_wait_for_the_batch(site, team):
    """A batch of one would tell whose story it is, so it waits for three."""
    for account in ("It took them a year.", "They asked me what I had been wearing."):
        _, pk = at_work.tell(site, account)
        team["alice"].put_forward(pk, title=account, text=account)
        team["bob"].agree(pk)


# --- Alice, Bob and Charlie, each in a browser of their own ---------------------------------


def claim_and_read(window, account):
    page = window.page
    page.get_by_role("link", name="Flood").click()
    page.locator(f'form[action="/admin/queue/{account}/claim/"]').get_by_role("button").click()
    expect(page.get_by_text("In your hands until")).to_be_visible()
    name = page.get_by_text("Quillfeather").first
    expect(name).to_be_hidden()
    page.get_by_text("The account, in their words").click()
    expect(name).to_be_visible()
    expect(page.locator("mark", has_text="Quillfeather").first).to_contain_text("officer's name")


def write(window):
    page = window.page
    page.get_by_text("Begin the working copy").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value(ACCOUNT)
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Save a new version").click()
    expect(page.get_by_text("Saved as version 1, sealed.")).to_be_visible()
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)


def put_forward(window):
    forward = window.page.get_by_role("region", name="Put version 1 forward")
    forward.get_by_role("button", name="Put it forward").click()
    expect(window.page.get_by_text("Answer the anonymity check")).to_be_visible()
    answer_the_check(forward)
    forward.get_by_role("button", name="Put it forward").click()
    expect(window.page.get_by_text("Put forward.")).to_be_visible()


def agree(window, account):
    page = window.page
    page.goto("/admin/")
    page.locator(f'a[href="/admin/queue/{account}/second/"]').click()
    expect(page.locator("ins", has_text="An officer")).to_be_visible()
    expect(page.locator("del", has_text="Quillfeather")).to_be_visible()
    yes = page.get_by_role("region", name="Agree")
    answer_the_check(yes)
    yes.get_by_role("button", name="Agree to this text").click()
    expect(page.get_by_text("Agreed. The story goes live with the next batch.")).to_be_visible()


def answer_the_check(form):
    lines = form.get_by_role("radiogroup")
    expect(lines).to_have_count(len(policies.ANONYMITY_CHECK))
    for line in lines.all():
        line.get_by_label("None left").check()


def publish(window):
    page = window.page
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("button", name="Publish this batch").click()
    expect(page.get_by_text("stories are live now.")).to_be_visible()


def take_it_down(window):
    page = window.page
    page.get_by_role("link", name="Stories").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Take down", exact=True).click()
    page.get_by_role("button", name="Take it down now").click()
    expect(page.get_by_text("It is down, everywhere.")).to_be_visible()


# --- What a reader sees meanwhile -----------------------------------------------------------


def assert_not_public(window):
    window.page.goto("/stories/")
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Stories")
    expect(window.page.get_by_text(TITLE)).to_have_count(0)


def read_it_on_the_site(window):
    """A server of two processes: each may trust what it read for a second, and no longer."""
    page = window.page
    page.wait_for_timeout(A_SECOND)
    page.goto("/stories/")
    page.get_by_role("link", name=TITLE).tap()
    window.arrive(TITLE)
    expect(page.get_by_text("She did.", exact=True)).to_be_visible()
    expect(page.get_by_text("Kent Police")).to_be_visible()


def assert_gone(window):
    page = window.page
    page.wait_for_timeout(A_SECOND)
    answers = [page.reload() for _ in range(4)]
    assert {answer.status for answer in answers} == {410}
    window.arrive("This story is no longer here")
    assert "She did." not in page.content()
    assert_not_public(window)
