"""Every page of a contributor's way in every state, as it comes over HTTP."""

import re
import sqlite3
import uuid
from contextlib import closing

from django.db.backends.sqlite3 import _functions

from tests import at_work, running_site

WORDS = "I rang 101. My friend Dana Smith came with me, on 3 May 2024, and after that they listened."
MANY = f"{WORDS} PC Sharma has 07700 900123. My daughter Ellie saw it in Bakewell. I am the only vet in Bakewell."
LONG = f"{WORDS}\n\n" + "W" * 300 + "\n\n" + "Nobody called me back, and I waited. " * 500
PLAIN = {"adult": "yes", "account": "They listened, and that was good."}
TOLD = {"adult": "yes", "account": WORDS, "online": "yes"}
TEXT = {"title": "At the desk", "text": "They listened.\n\nAnd that was good."}


def beginning(visitor, site, team):
    yield "before", visitor.get("/tell/")
    yield "leaving safely", visitor.get("/tell/leaving/")
    yield "under 18", visitor.get("/tell/under-18/")
    yield "for a child", visitor.get("/tell/under-18/helping/")
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
    [(slug,)] = at_work.rows(site, "SELECT slug FROM stories_story WHERE submission_id = ?", uuid.UUID(account).hex)
    yield "off the site, the story’s own page", visitor.get(f"/stories/{slug}/")
    assert visitor.status == 410


def taking_down(visitor, site, team):
    visitor.get("/stories/")
    # The last of the list: other journeys begin with the newest.
    slug = re.findall(r"/stories/([0-9a-z]{12})/", visitor.page)[-1]
    yield "take down", visitor.get(f"/take-down/?story={slug}")
    yield "take down, with errors", visitor.post("/take-down/", step="send", story=slug)
    yield "taken down", visitor.post("/take-down/", step="send", story=slug, ground="about-me")
    assert "The story is off the site" in visitor.page
    visitor.get(f"/take-down/?story={slug}")
    yield "asked to take down", visitor.post("/take-down/", step="send", story=slug, ground="other", words=WORDS)
    assert "We have 48 hours, and weekends and bank holidays do not count." in visitor.text()
    yield "no such page", visitor.get("/tell/no-such-page/")
    yield "trouble", visitor.send("/tell/form/", b"step=check&account=I+rang" + b"&a=1" * 1001)


def bring(site, account, *, submission, story=None):
    """Have an account stand there, without the days and the people that it takes; its events stay what they were."""
    with closing(sqlite3.connect(site.data_dir / running_site.DATABASE, timeout=20)) as database, database:
        # The table's own checks call what Django teaches SQLite.
        _functions.register(database)
        pk = uuid.UUID(account).hex
        if story:
            # A story goes live only from here, with nothing unread.
            ready = "status = 'agreed', unopened_since = NULL"
            database.execute(f"UPDATE stories_submission SET {ready} WHERE id = ?", [pk])
            place = "sequence = 1000000, month = '2026-01-01'"
            database.execute(f"UPDATE stories_story SET status = ?, {place} WHERE submission_id = ?", [story, pk])
        database.execute("UPDATE stories_submission SET status = ? WHERE id = ?", [submission, pk])


GROUPS = {each.__name__: each for each in (beginning, sending, coming_back, standing, taking_down)}
