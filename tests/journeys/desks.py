"""The team at their desks: windows that are logged in already, and what a journey does in them again and again."""

import itertools
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from playwright.sync_api import expect

from moderation.policies.danger import RISKS
from moderation.redaction.anonymity_check import ANONYMITY_CHECK
from tests import at_work, running_site

SAVED, FORWARD = "Saved, sealed.", "Put this text forward"
KEPT = re.compile(r"Kept \d\d:\d\d")
# Where one is once something is done with an account.
NEXT = re.compile(r"/admin/queue/next/")


def at_the_desk_of(colleague, visit, at=None, **options):
    """A window that goes on where this colleague is: logged in over HTTP, which takes no window's time."""
    window = visit(**options)
    window.context.add_cookies(colleague.cookies())
    return window.come_to(at)


def fill_in(page, site, name):
    sign_in(page, name, site.people[name]["password"])
    come_up(page.get_by_role("link", name="Account", exact=True))


def sign_in(page, name, password):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def come_up(where):
    """Wait until this is seen and its page is whole: what keys, menus and choosers do comes with its scripts, last."""
    expect(where).to_be_visible()
    where.page.wait_for_load_state()


def press(where):
    come_up(where)
    where.click()


def text(page):
    return page.get_by_label("Text", exact=True)


def title(page):
    return page.get_by_label("Title", exact=True)


def look_first(page):
    """Find no risk, by the keys alone; the same page goes on to the text."""
    expect(page.locator(".room-work--scripted #look-form")).to_be_visible()
    page.keyboard.press("n")
    for _ in RISKS:
        page.keyboard.press("2")
    expect(page.get_by_role("button", name="Keep these answers")).to_be_focused()
    page.keyboard.press("Enter")
    expect(text(page)).to_be_visible()


def ask_for_the_words(page):
    """Unfold the account, and take the blur from all words of the page."""
    page.get_by_text("The account, in their words").click()
    page.get_by_role("button", name="Blur the words").click()
    expect(page.get_by_role("button", name="Blur the words")).to_have_attribute("aria-pressed", "false")


def mark(page, words):
    """These words, and no others, where they are marked in the account."""
    exactly = re.compile(rf"^{re.escape(words)}(?!\s)")
    return page.locator(".room-columns__source mark", has_text=exactly).first


def entry(page, words):
    """What is said of exactly these words beside the text: one finding, and what can be done about it."""
    exactly = re.compile(rf"^{re.escape(words)}$")
    return page.locator(".room-entry").filter(has=page.locator("mark", has_text=exactly))


def come_to(page, words):
    """Press these words in the account; returns the card that shows for them."""
    mark(page, words).click()
    expect(entry(page, words)).to_be_visible()
    return entry(page, words)


def leave_out(page, words, neutral):
    """Press these words in the account, and then what is to stand in their place."""
    come_to(page, words).get_by_role("button", name=neutral).click()


def said(page):
    """What the form says of itself while somebody types."""
    return page.locator(".room-kept")


def select(field, words):
    """Select the first of these words in a field, as somebody does who drags over them."""
    field.focus()
    at = "it.value.indexOf(words)"
    field.evaluate(f"(it, words) => it.setSelectionRange({at}, {at} + words.length)", words)


def save(page):
    page.get_by_role("button", name="Save a new version").click()
    come_up(page.get_by_text(SAVED))


def put_forward(page):
    forward = page.get_by_role("region", name=FORWARD)
    answer_the_check(forward)
    forward.get_by_role("button", name="Put it forward").click()
    expect(page.get_by_text("Put forward.")).to_be_visible()
    expect(page).to_have_url(NEXT)


def unfold(page):
    """Open the account as its second reader does."""
    page.get_by_role("button", name="Unfold the account").click()
    come_up(page.get_by_role("region", name="The account"))


def answer_the_check(form):
    """Find nothing in any line, and say that nobody is in danger."""
    lines = form.get_by_role("radiogroup")
    expect(lines).to_have_count(len(ANONYMITY_CHECK))
    for line in lines.all():
        line.get_by_label("None there").check()
    form.locator("#danger-question").get_by_label("No", exact=True).check()


def let_two_others_wait_for_the_batch(site, team):
    """A batch of one would tell whose story it is, so it waits for three; no two stories have one title."""
    for _ in range(2):
        words = f"It took them {next(_YEARS)} years."
        _, pk = at_work.tell(site, words)
        team["alice"].put_forward(pk, title=words, text=words)
        team["bob"].agree(pk)


_YEARS = itertools.count(2)


def change(site, *statements):
    """Change the demo's database as time would; each statement comes with its values."""
    with closing(sqlite3.connect(site.data_dir / running_site.DATABASE, timeout=30)) as database, database:
        changed = sum(database.execute(statement, values).rowcount for statement, *values in statements)
    assert changed, "nothing was there to change"


def let_a_claim_rest(site, pk):
    """Whoever has that submission in hand hasn't worked on it for twenty minutes."""
    earlier = "UPDATE moderation_claim SET expires_at = datetime(expires_at, '-20 minutes') WHERE submission_id = ?"
    change(site, (earlier, pk.replace("-", "")))


def let_ten_minutes_pass(site, pk):
    """What is on its way to the contributor of that submission is sent."""
    now, pk = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"), pk.replace("-", "")
    change(
        site,
        ("UPDATE stories_sealedtext SET sends_at = ? WHERE sends_at > ? AND submission_id = ?", now, now, pk),
        ("UPDATE stories_onitsway SET sends_at = ? WHERE submission_id = ?", now, pk),
    )


def let_a_second_pass(page):
    """From here on every process of the server shows what is public by now: none trusts for longer what it read."""
    # By the rule, and no hope: which of them answers, and what each has read, can't be seen from outside.
    page.wait_for_timeout(1_100)
