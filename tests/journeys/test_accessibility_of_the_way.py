"""Every page of a contributor's way, in every state, for everybody: small, dark, large text, forced colours, no motion.

The pages are asked for over HTTP, and shown as they are without JavaScript: whole, and each in one load. The parts of
the form as scripts show them are looked at in test_screens.py.
"""

import re
import sqlite3
import uuid
from contextlib import closing

import pytest
from django.db.backends.sqlite3 import _functions

from tests import at_work, running_site
from tests.journeys import axe_core
from tests.running_site import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "I rang 101. My friend Dana Smith came with me, on 3 May 2024, and after that they listened."
MANY = f"{WORDS} PC Sharma has 07700 900123. My daughter Ellie saw it in Bakewell. I am the only vet in Bakewell."
LONG = f"{WORDS}\n\n" + "W" * 300 + "\n\n" + "Nobody called me back, and I waited. " * 500
PLAIN = {"adult": "yes", "account": "They listened, and that was good."}
TOLD = {"adult": "yes", "account": WORDS, "online": "yes"}
TEXT = {"title": "At the desk", "text": "They listened.\n\nAnd that was good."}
# 320 px is a page of 1280 px at 400 %.
SMALL, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}


# --- The pages ------------------------------------------------------------------------------


def beginning(visitor, site, team):
    yield "before", visitor.get("/tell/")
    yield "leaving safely", visitor.get("/tell/leaving/")
    yield "somewhere else", visitor.get("/tell/somewhere-else/")
    yield "under 18", visitor.get("/tell/under-18/")
    yield "form", visitor.get("/tell/form/")
    yield "form, with errors", visitor.post("/tell/form/", step="check", differently="y" * 9000)
    yield "form, far too long", visitor.post("/tell/form/", step="check", **TOLD | {"account": "I rang. " * 5000})


def sending(visitor, site, team):
    for name, told in {
        "check, with findings": TOLD | {"whose": "someone-else"},
        "check, with many findings": TOLD | {"account": MANY, "well": "PC Sharma rang back."},
        "check, with a long text": TOLD | {"account": LONG},
        "check, with nothing found": PLAIN,
    }.items():
        visitor.get("/tell/form/")
        yield name, visitor.post("/tell/form/", step="check", **told)
    yield "check, no code", visitor.post("/tell/form/", step="send", no_code="on", **PLAIN)
    yield "code", visitor.post("/tell/form/", step="send", **PLAIN)
    visitor.get("/tell/form/")
    yield "draft, its code", visitor.post("/tell/form/", step="later", account=LONG)
    code = visitor.code()
    yield "draft, come back", visitor.come_back(code)
    yield "draft, erase", visitor.post("/return/", step="withdraw")
    visitor.come_back(code)
    yield "draft, go on", visitor.post("/return/", step="go-on")


def coming_back(visitor, site, team):
    yield "return", visitor.get("/return/")
    yield "return, with nothing", visitor.post_afresh("/return/", code="")
    yield "return, wrong", visitor.post_afresh("/return/", code="0000-0000-0000-0000")
    yield "return, with words that wait", visitor.post_afresh("/return/", code="0", step="message", message=LONG)
    code, _ = at_work.tell(site, LONG)
    for step in ("show", "answers", "edit", "consents", "message", "withdraw"):
        visitor.come_back(code)
        yield f"standing, {step}", visitor.post("/return/", step=step)
    visitor.come_back(code)
    yield "standing, a long message", visitor.post("/return/", step="message", message=LONG[:3000])
    yield "standing, one that is too long", visitor.post("/return/", step="message", message="I rang. " * 5000)
    visitor.come_back(code)
    visitor.post("/return/", step="withdraw")
    yield "taken back", visitor.post("/return/", step="withdraw-now")


def standing(visitor, site, team):
    code, account = at_work.tell(site, WORDS, consent_ask_again="on")
    for status in ("waiting", "held", "declined", "counted"):
        bring(site, account, submission=status)
        yield f"standing, {status}", visitor.come_back(code)
    bring(site, account, submission="received")
    team["alice"].put_forward(account, **TEXT)
    yield "standing, a text for a yes", visitor.come_back(code)
    yield "standing, a wish with no word", visitor.post("/return/", step="please-change")
    visitor.come_back(code)
    yield "standing, a yes", visitor.post("/return/", step="yes")
    team["bob"].agree(account)
    yield "standing, agreed", visitor.come_back(code)
    bring(site, account, submission="published", story="live")
    yield "standing, on the site", visitor.come_back(code)
    bring(site, account, submission="published", story="hidden")
    yield "standing, off the site", visitor.come_back(code)


def taking_down(visitor, site, team):
    visitor.get("/stories/")
    slug = re.search(r"/stories/([0-9a-z]{12})/", visitor.page)[1]
    yield "take down", visitor.get(f"/take-down/?story={slug}")
    yield "take down, with errors", visitor.post("/take-down/", step="send", story=slug)
    yield "no such page", visitor.get("/tell/no-such-page/")
    yield "trouble", visitor.send("/tell/form/", b"step=check&account=I+rang" + b"&a=1" * 1001)


def bring(site, account, *, submission, story=None):
    """Have an account stand there, without the days and the people that it takes; its events stay what they were."""
    with closing(sqlite3.connect(site.data_dir / running_site.DATABASE, timeout=20)) as database, database:
        # The table's own checks call what Django teaches SQLite.
        _functions.register(database)
        pk = uuid.UUID(account).hex
        database.execute("UPDATE stories_submission SET status = ? WHERE id = ?", [submission, pk])
        if story:
            place = "sequence = 1000000, month = '2026-01-01'"
            database.execute(f"UPDATE stories_story SET status = ?, {place} WHERE submission_id = ?", [story, pk])


GROUPS = {each.__name__: each for each in (beginning, sending, coming_back, standing, taking_down)}


# --- For everybody --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def window(chromium, demo_site):
    context = chromium.new_context(viewport=SMALL, base_url=demo_site.url)
    context.add_init_script(path=axe_core.SCRIPT)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_is_for_everybody(group, demo_site, team, window):
    pages = GROUPS[group](Visitor(demo_site.url), demo_site, team)

    found = {name: troubles(window, page) for name, page in pages}

    assert not any(found.values()), "\n".join(f"{name}: {each}" for name, said in found.items() for each in said)


def test_code_is_heard_in_four_groups_and_once(demo_site, window):
    visitor = Visitor(demo_site.url)
    code = visitor.tell(**PLAIN)
    show(window, visitor.page)

    heard = window.locator("body").aria_snapshot()

    groups = [code[at : at + 4] for at in range(0, 16, 4)]
    items = re.findall(r'- list "Your code, in four groups":\n((?:\s+- listitem: .*\n)+)', heard)
    assert [re.sub(r"\W|listitem", "", line) for line in items[0].splitlines()] == groups
    assert [heard.count(group) for group in groups] == [1, 1, 1, 1]
    assert window.locator("main [aria-live], main [role=status], main [role=alert]").count() == 0


def troubles(window, page):
    """What somebody meets on it, in one load."""
    window.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    window.set_viewport_size(SMALL)
    show(window, page)

    said = axe_core.findings(window) + sideways(window, "at 320 px")
    window.evaluate("document.documentElement.style.fontSize = '200%'")
    said += sideways(window, "at 320 px with text at 200 %") + covered(window)
    window.evaluate("document.documentElement.style.fontSize = ''")
    window.emulate_media(forced_colors="active")
    said += unseen(window)
    window.emulate_media(forced_colors="none", color_scheme="dark", reduced_motion="reduce")
    window.set_viewport_size(DESK)
    return said + axe_core.findings(window, axe_core.COLOURS) + sideways(window, "at 1280 px") + moving(window)


def show(window, page):
    """As somebody has it without JavaScript, with every fold open, so that all of a page is there; axe alone runs."""
    plain = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    window.unroute("**/page")
    window.route("**/page", lambda route: route.fulfill(body=plain, content_type="text/html; charset=utf-8"))
    window.goto("/page")
    window.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")


def sideways(window, where):
    wide = window.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide {where}: {window.evaluate(_TOO_WIDE)}"] if wide > 0 else []


def covered(window):
    """With large letters the exit's bar still leaves the page to its words."""
    high = window.locator("#exit").bounding_box()["height"]
    return [f"the exit covers {high} px"] if high > SMALL["height"] / 4 else []


def unseen(window):
    """Whatever can be reached by the keyboard, and does not show it in forced colours."""
    return [f"focus cannot be seen on {each}" for each in window.evaluate(_UNSEEN)]


def moving(window):
    return [f"{each} moves" for each in window.evaluate(_MOVING)]


_TOO_WIDE = """() => {
    const most = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > most + 1);
    return wide.slice(-3).map(each => each.outerHTML.slice(0, 80));
}"""
_UNSEEN = """() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
    const there = all.filter(each => each.tabIndex >= 0 && each.type !== "hidden" && each.getClientRects().length);
    const ring = each => each && getComputedStyle(each).outlineStyle !== "none"
        && parseFloat(getComputedStyle(each).outlineWidth) >= 2;
    return there.filter(each => {
        each.focus({ preventScroll: true });
        return document.activeElement !== each || !(ring(each) || ring(each.closest("label")));
    }).map(each => each.outerHTML.slice(0, 100));
}"""
_MOVING = """() => [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each);
    return style.animationName !== "none" || style.transitionDuration.split(", ").some(time => parseFloat(time) > 0)
        || style.scrollBehavior === "smooth";
}).map(each => each.className)"""
