"""A Sunday: accounts of every kind by two moderators and a coordinator to a batch, every screen and key counted."""

import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

from playwright.sync_api import expect

from tests import at_work, running_site
from tests.journeys import desks
from tests.journeys.counting import minutes, table
from tests.journeys.readers import Reader
from tests.journeys.watching import DESK, assert_quiet

FIRST, SECOND, COORDINATOR = "first", "second", "coordinator"
# Of a plain account from queue to public, of two people together.
MOST = {"screens": 6, "clicks": 22, "keys": 60, "px": 4_000, "minutes": 12}
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
BY_KEYS = "bakery"
IN_SPRING = "2027-03-15"
PUBLISHED = {"plain", "asked", "returned", "joined", "final"}
_LEAVE = """
    INSERT OR IGNORE INTO moderation_aside (is_conflict, person_id, submission_id)
    SELECT FALSE, auth_user.id, stories_submission.id FROM auth_user, stories_submission
    WHERE username IN ('alice', 'bob') AND status != 'draft'
"""


class Account(SimpleNamespace):
    """One of `sunday.toml`, and what came of sending it; `seen` says how often it was somebody's turn."""

    force, consents, title = "kent", ("consent_publish",), ""
    answers = look = put = stays = MappingProxyType({})
    rewrites = themes = ()


class Sunday:
    """The accounts that came over the week, the two who read them, and what each step of theirs costs."""

    def __init__(self, site, visit, *names, device=DESK):
        desks.change(site, ["DELETE FROM moderation_readingday"], [_LEAVE])
        self.site, self.costs = site, defaultdict(Counter)
        found = tomllib.loads((Path(__file__).parent / "sunday.toml").read_text())
        self.accounts = [Account(name=name, seen=[], **found[name]) for name in found if not names or name in names]
        for account in self.accounts:
            tell(site, account)
        self.windows = []
        self.readers = [self.reader(name, visit, device) for name in ("alice", "bob")]

    def reader(self, name, visit, device):
        colleague = at_work.Colleague(self.site, name).unlock()
        window = desks.at_the_desk_of(colleague, visit, device=device, site=self.site)
        self.windows.append(window)
        reader = Reader(window, self.costs)
        reader.by_thumb = device is NARROW
        window.page.goto("/admin/queue/next/")
        reader.begin_session()
        return reader

    def work(self):
        """Each takes what is next for them, in turn, until nothing waits for either."""
        for _ in range(len(self.accounts) * 6):
            turns = [self.take_next(reader) for reader in self.readers]
            if not any(turns):
                print(f"\n{table(self.costs)}")
                return
        raise AssertionError("the day doesn't end")

    def take_next(self, reader):
        """One turn: whatever the page says comes next for this person; False where nothing does."""
        page = reader.page
        # What was next when they came here may be done; to look again belongs to no account.
        reader.counter.go_on_with("", "between")
        page.goto("/admin/queue/next/")
        unfold = page.get_by_role("button", name="Unfold it beside its text")
        opens = page.locator(".room-next .button", has_text="Open it")
        expect(unfold.or_(opens).or_(page.get_by_text("Nothing else waits for you."))).to_be_visible()
        role = SECOND if unfold.count() else FIRST if opens.count() else ""
        if not role:
            return False
        address = (opens if role == FIRST else unfold).evaluate("each => each.href || each.form.action")
        (account,) = (each for each in self.accounts if each.pk in address)
        account.seen.append(role)
        reader.counter.go_on_with(account.name, role)
        reader.by_keys = account.name == BY_KEYS
        (read_first if role == FIRST else read_second)(reader, account)
        reader.by_keys = False
        reader.counter.settle()
        hear_from_its_contributor(self.site, account)
        return True

    def publish(self, visit):
        window = desks.at_the_desk_of(at_work.Colleague(self.site, "charlie"), visit, site=self.site)
        coordinator = Reader(window, self.costs)
        window.page.goto("/admin/")
        coordinator.counter.go_on_with("batch", COORDINATOR)
        coordinator.counter.click(window.page.get_by_role("link", name="Next batch").first)
        coordinator.counter.click(window.page.get_by_role("button", name="Publish this batch"))
        expect(window.page.get_by_text("live now.")).to_be_visible()
        coordinator.counter.settle()
        self.windows.append(window)

    def assert_public(self, visit, kinds):
        """In the list stand those of these kinds, and no word that was taken out; each with the text of its reader."""
        reader = visit(java_script_enabled=False, site=self.site)
        desks.let_a_second_pass(reader.page)
        reader.page.goto("/stories/")
        expect(reader.page.get_by_role("heading", level=1)).to_have_text("Stories")
        for account in self.accounts:
            link = reader.page.get_by_role("link", name=account.title)
            expect(link).to_have_count(1 if account.kind in kinds else 0) if account.title else None
        for name in {words for account in self.accounts for words in account.put}:
            assert name not in reader.page.content()
        if kinds:
            first = self.accounts[0]
            reader.page.get_by_role("link", name=first.title).click()
            for paragraph in first.text.split("\n\n"):
                expect(reader.page.get_by_text(paragraph, exact=True)).to_be_visible()
        reader.assert_left_nothing()

    def cost_of(self, account):
        return sum((self.costs[account.name, role] for role in (FIRST, SECOND)), Counter())

    def plain(self):
        return [account for account in self.accounts if account.kind == "plain"]


def tell(site, account):
    before = at_work.submissions(site)
    ticks = dict.fromkeys(account.consents, "on")
    visitor = running_site.Visitor(site.url)
    account.code = visitor.tell(account.words, place_shown="force", force=account.force, **account.answers, **ticks)
    (account.pk,) = at_work.submissions(site) - before
    # They came over a week, and not in a minute.
    desks.change(site, ("UPDATE stories_submission SET is_flood = 0 WHERE id = ?", account.pk.replace("-", "")))


def hear_from_its_contributor(site, account):
    """Whoever was asked answers, and whoever wanted to see the final text says yes, before anybody's next turn."""
    visitor = running_site.Visitor(site.url)
    if account.kind == "asked" and account.seen == [FIRST]:
        desks.let_ten_minutes_pass(site, account.pk)
        visitor.come_back(account.code)
        visitor.post("/return/", step="message", message=account.answer)
    if account.kind == "final" and account.seen == [FIRST]:
        visitor.come_back(account.code)
        visitor.post("/return/", step="yes")


def read_first(reader, account):
    reader.open_next()
    if account.kind in ("danger", "child") and len(account.seen) > 1:
        # What a colleague has seen to comes to the other once, to be read.
        reader.unfold()
        return reader.read_account(account)
    expect(reader.page.get_by_text("In your hands until")).to_be_visible()
    reader.unfold()
    reader.read_account(account)
    if account.kind == "spam":
        reader.decide("Decline")
        reader.counter.click(reader.page.locator("[name=reason][value=not-an-account]"))
        return reader.see_and_send("Decline it", "Declined.")
    if len(account.seen) == 1:
        reader.look_first(account)
        if ends := ENDS.get(account.kind):
            return ends(reader, account)
    return finish_text(reader, account)


def finish_text(reader, account):
    if SECOND in account.seen:
        # It came back with a note: what that says is all there is to do.
        expect(reader.page.locator(".room-pinned")).to_contain_text(account.note)
        reader.rewrite(desks.text(reader.page), *account.returned)
    else:
        reader.write_title(account)
        reader.walk_findings(account)
        account.text = reader.read_text(account)
        reader.choose_themes(account)
    return reader.put_forward(account.stays)


def warn_and_hold(reader, account):
    reader.follow("Write to them first, with help lines")
    reader.see_and_send("Send it", "Written. They read it")
    reader.follow("Hold")
    reader.hold(IN_SPRING, "Their safety: the duty phone was rung")


def hold_for_court(reader, account):
    reader.follow("Hold")
    reader.hold(IN_SPRING, "The trial at the Crown Court")


def decline_kindly(reader, account):
    reader.follow("Decline")
    reader.see_and_send("Decline it", "Declined.")


def count_alone(reader, account):
    reader.decide("Count, without a story")
    reader.counter.click(reader.page.get_by_role("button", name="Count it"))
    expect(reader.page.get_by_text("Counted.")).to_be_visible()


def ask(reader, account):
    reader.counter.click(reader.page.get_by_role("link", name="Ask the contributor"))
    reader.write("[name=question]", account.question)
    reader.see_and_send("Send the question", "Asked. It goes to them in ten minutes")


# What follows the first look of an account from which no text comes today.
ENDS = {"danger": warn_and_hold, "child": decline_kindly, "case": hold_for_court, "count": count_alone, "asked": ask}


def read_second(reader, account):
    reader.unfold_beside_text()
    reader.read_both(account)
    if account.kind == "joined":
        return reader.join(account.sentence)
    if account.kind == "returned" and account.seen.count(SECOND) == 1:
        return reader.send_back(account.note)
    return reader.agree()


def assert_few(cost, name, *, but=()):
    # By keyboard alone, and by thumb, one stands for the other.
    but = ("clicks", "keys") if name == BY_KEYS else but
    assert cost["clicks"] + cost["keys"] <= MOST["clicks"] + MOST["keys"], name
    judged = {what: most for what, most in MOST.items() if what not in but}
    spent = cost | Counter(minutes=minutes(cost))
    over = {what: spent[what] for what, most in judged.items() if spent[what] > most}
    assert not over, f"{name} costs two readers more than {judged}: {over}"


def test_plain_account_goes_from_queue_to_public_in_few_steps(visit, own_site):
    sunday = Sunday(own_site, visit, "lifeboat")
    sunday.work()
    assert sunday.accounts[0].seen == [FIRST, SECOND]
    assert_few(sunday.cost_of(sunday.accounts[0]), "lifeboat")
    assert_quiet(*sunday.windows)


def test_sunday_of_every_kind_ends_in_a_batch(visit, own_site):
    sunday = Sunday(own_site, visit)
    sunday.work()
    sunday.assert_public(visit, set())
    sunday.publish(visit)
    sunday.assert_public(visit, PUBLISHED)
    for account in sunday.plain():
        assert_few(sunday.cost_of(account), account.name)
    statuses = dict(at_work.rows(own_site, "SELECT id, status FROM stories_submission"))
    ends = {account.kind: statuses[account.pk.replace("-", "")] for account in sunday.accounts}
    assert ends == ENDED
    assert_quiet(*sunday.windows)


ENDED = dict.fromkeys(PUBLISHED, "published") | {
    "danger": "held", "child": "declined", "case": "held", "count": "counted", "spam": "declined",
}  # fmt: skip


def test_short_day_on_a_narrow_screen_by_thumb(visit, own_site):
    sunday = Sunday(own_site, visit, "halls", "court-date", "watches", "choir", device=NARROW)
    sunday.work()
    for account in sunday.plain():
        # Every key is a press there.
        assert_few(sunday.cost_of(account), account.name, but=MOST.keys() - {"screens"})
    assert_quiet(*sunday.windows)
