"""A hostile contributor: whatever they write in whatever field is text on every page, the admin's and the public's."""

from playwright.sync_api import expect

from tests import at_work, running_site
from tests.journeys import desks
from tests.journeys.watching import PHONE, assert_quiet, script

# What a spreadsheet would work out, what a page would run and a template fill in; and a word of another script:
# one alone, and enough of English, so that nobody takes it for an account in another language.
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = (
    "<script>document.title='caught'</script>\"><img onerror=\"document.title='caught'\" src=x>"
    '<svg onload=alert(1)></textarea></title><a href="javascript:alert(1)">press this to read what was said</a>'
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>{{ 7|add:7 }}{% debug %}${7*7}&lt;b&gt;'
)
BACKWARDS = "שלום"
# Some turn a line round, some have no width: of these nothing may be left.
UNSEEN = "\u202e\u202d\u2066\u2067\u2069\u200f\u200b\ufeff\u061c"
TRICKS = f"{UNSEEN[:1]}gnp.{UNSEEN[1:]}"


def hostile(name):
    return f"{FORMULA} {name} {MARKUP} {TRICKS}\n\n{BACKWARDS} {name}"


WRITTEN = {name: hostile(name) for name in ("account", "differently", "well", "giveaways")}
MESSAGE, WISH, REQUEST = hostile("message"), hostile("wish"), hostile("request")
# A title and a text as a careless moderator would copy them.
TITLE, TEXT = f"{FORMULA} <b>{BACKWARDS}</b>", f"{FORMULA} {MARKUP}\n\n{BACKWARDS}"

# To its last character.
LONG = (f"{MARKUP} {TRICKS} {BACKWARDS} " * 99)[:19_996] + "end."


def test_whatever_a_hostile_contributor_writes_is_text_on_every_page(visit, demo_site, team, asked):
    code, account = at_work.tell(demo_site, consent_ask_again="on", **WRITTEN)
    come_back(demo_site, code, step="message", message=MESSAGE)
    alice, bob = (desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob"))
    contributor, room = visit(PHONE), f"/admin/queue/{account}/"
    for window in (alice, bob, contributor):
        window.answer_stay(asked)

    look_at(alice, "/admin/", "/admin/queue/flood/", "/admin/queue/wrote/")
    team["alice"].claim(account)
    look_at(alice, f"{room}first-look/", has=WRITTEN.values())
    team["alice"].look_first(account)
    team["alice"].write(account, title=TITLE, text=TEXT)
    look_at(alice, room, has=[*WRITTEN.values(), MESSAGE, TITLE, TEXT])
    look_at(alice, f"{room}changes/", f"{room}as-public/", has=[FORMULA, BACKWARDS])
    preview_a_question(alice, room)

    team["alice"].offer(account)
    ask_for_a_change(contributor, code)
    look_at(alice, room, has=[WISH])
    team["alice"].claim(account)
    team["alice"].offer(account)
    come_back(demo_site, code, step="yes")
    team["bob"].unfold(account)
    look_at(bob, f"{room}second/", has=[*WRITTEN.values(), MESSAGE, WISH, TITLE, TEXT])

    desks.let_two_others_wait_for_the_batch(demo_site, team)
    team["bob"].agree(account)
    team["charlie"].fill_in("/admin/batch/")
    look_at(alice, "/admin/stories/", has=[TITLE])
    desks.let_a_second_pass(contributor.page)
    look_at(contributor, "/stories/", has=[TITLE])
    contributor.page.get_by_role("link", name=TITLE).tap()
    contributor.arrive(TITLE)
    assert_is_text(contributor, [TITLE, TEXT])
    story = contributor.page.url
    visitor = running_site.Visitor(demo_site.url)
    visitor.get("/take-down/")
    visitor.post("/take-down/", story=story, ground="other", words=REQUEST)
    assert visitor.status == 200
    look_at(alice, "/admin/take-downs/", "/admin/queue/urgent/")
    take_it_down_and_settle(alice, story)

    _, longest = at_work.tell(demo_site, LONG)
    look_at(alice, f"/admin/queue/{longest}/", has=[LONG])

    assert asked == []
    contributor.assert_left_nothing()
    assert_quiet(alice, bob)


def come_back(site, code, **fields):
    visitor = running_site.Visitor(site.url)
    visitor.come_back(code)
    visitor.post("/return/", **fields)
    assert visitor.status == 200


def ask_for_a_change(window, code):
    page = window.come_back(code, "A text is ready for you").page
    assert_is_text(window, [*WRITTEN.values(), MESSAGE, TITLE, TEXT])
    page.locator("summary", has_text="Please change this").tap()
    page.get_by_label("Change paragraph 2").fill(WISH)
    window.press("Send what to change", "You asked for a change")
    assert_is_text(window, [WISH])


def preview_a_question(window, room):
    page = window.page
    look_at(window, f"{room}decide/ask/")
    page.get_by_label("Your question").fill(TEXT)
    page.get_by_role("button", name="See it as they will").click()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("We have a question for you")
    assert_is_text(window, [])
    frame = page.frames[-1]
    assert frame.evaluate(_RUNS, "body") == []
    assert plain(TEXT) in plain(frame.evaluate(_TEXT))


def take_it_down_and_settle(window, story):
    page, slug = window.page, story.rstrip("/").rpartition("/")[2]
    page.get_by_role("button", name=f"Take it down first {slug}").click()
    expect(page.get_by_text("It is down, everywhere.")).to_be_visible()
    assert_is_text(window, [REQUEST])
    page.get_by_role("button", name="Settle it").click()
    expect(page.get_by_text("Settled.")).to_be_visible()
    page.goto("/admin/stories/")
    with page.expect_event("load"):
        page.get_by_role("link", name=f"Story {slug}").click()
    assert_is_text(window, [TITLE, TEXT])


_RUNS = """() => [
    ...[...document.scripts].filter(each => each.textContent.includes("caught")),
    ...document.querySelectorAll("[onerror], [onload], img[src=x], iframe:not(.room-preview), a[href^='javascript:']"),
].map(each => each.outerHTML)"""
# Without the names that we put beside what we found in their words.
_TEXT = script("text")
_TURNS = r"/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(document.documentElement.outerHTML)"


def look_at(window, *addresses, has=()):
    for address in addresses:
        window.page.goto(address)
        assert_is_text(window, has)


def assert_is_text(window, has):
    page = window.page
    page.wait_for_load_state()
    assert page.evaluate(_RUNS) == []
    assert not page.evaluate(_TURNS), f"something turns a line round on {page.url}"
    # A line of ours that a word of another script stands in without walls of its own: it can put ours in another order.
    assert [line for line in page.evaluate(script("mixed_lines")) if not is_theirs(line)] == [], f"on {page.url}"
    assert page.title() != "caught"
    shown = plain(page.evaluate(_TEXT))
    for words in has:
        assert plain(words) in shown, f"not on {page.url} as it was written: {words[:40]} …"


def is_theirs(line):
    """True for a part of what they wrote; a wish quotes the beginning of the paragraph that it is about."""
    theirs = [*WRITTEN.values(), MESSAGE, WISH, REQUEST, TITLE, TEXT, LONG, f"Paragraph 2: “{BACKWARDS}”"]
    return any(plain(line.strip("…")) in plain(words) for words in theirs)


def plain(words):
    """Words as a page shows them: without what has no width or turns a line round, and with single spaces."""
    return " ".join(words.translate(dict.fromkeys(map(ord, UNSEEN))).split())
