"""The team over HTTP: logs in, unlocks, reads, writes and agrees through the pages' own forms, without a browser."""

import random
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid
from contextlib import closing
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar

from bs4 import BeautifulSoup, SoupStrainer

from stories.danger import scan_for_danger
from tests import factories, running_site

READY = {name: words for name, words in factories.FIELDS.items() if name not in ("themes", "content_notes")}


class Colleague:
    """One of the demo's team, by name, with the log-in that `make run` printed."""

    def __init__(self, site, name):
        self.site, self.name, self.page, self.status = site, name, "", 0
        self.jar = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.fill_in("/admin/login/", username=name, password=site.people[name]["password"])
        assert "/admin/logout/" in self.get("/admin/"), f"{name} can't log in"

    def unlock(self):
        self.fill_in("/admin/vault/unlock/", words=self.site.people[self.name]["words"])
        assert "It locks when you log out" in self.page, f"{self.name} can't unlock the vault"
        return self

    def cookies(self):
        """What a browser needs to go on where this one is."""
        domain = urllib.parse.urlsplit(self.site.url).hostname
        return [{"name": each.name, "value": each.value, "domain": domain, "path": each.path} for each in self.jar]

    def claim(self, pk):
        self.get(f"/admin/queue/{pk}/")
        self.submit(f"/admin/queue/{pk}/claim/")
        assert "In your hands until" in self.page, f"{self.name} can't claim {pk}"

    def look_first(self, pk):
        """Take the first look at an account that was claimed a moment ago, and find no risk."""
        self.get(f"/admin/queue/{pk}/")
        self.submit(f"/admin/queue/{pk}/first-look/", **factories.NO_RISK)
        assert "The first look is done" in self.page, f"{self.name} can't take the first look at {pk}"

    def write(self, pk, **fields):
        """Write a version of an account that was claimed a moment ago."""
        self.submit(f"/admin/queue/{pk}/save/", **READY | fields)

    def put_forward(self, pk, **fields):
        """Claim an account, write a version of it, and put that forward."""
        self.claim(pk)
        self.look_first(pk)
        self.write(pk, **fields)
        self.offer(pk)

    def offer(self, pk, **answers):
        """Put the version forward that was written a moment ago."""
        address = f"/admin/queue/{pk}/put-forward/"
        self.submit(address, **self._all_clear(address) | answers)
        assert "Put forward." in self.page, f"{self.name} can't put {pk} forward"

    def agree(self, pk):
        self.unfold(pk)
        self.answer_the_check(pk)
        assert "Agreed." in self.page, f"{self.name} can't agree to {pk}"

    def answer_the_check(self, pk):
        """Find nothing as its second reader, who agrees by that where the first found nothing."""
        address = f"/admin/queue/{pk}/agree/"
        self.submit(address, **self._all_clear(address))

    def unfold(self, pk):
        """Open an account as its second reader does, where it isn't open yet."""
        room = f"/admin/queue/{pk}/"
        if f"{room}unfold/" in self.get(f"{room}second/"):
            self.submit(f"{room}unfold/")

    def _all_clear(self, action):
        names = [name for name in form_on(self.page, action).choices if name.startswith("check-")]
        assert names, f"there is no anonymity check in {action}"
        return dict.fromkeys(names, "clear") | {"danger-now": "no"}

    def get(self, path):
        return self._ask(path, None)

    def fill_in(self, address, **changes):
        """Send the form on the page of that address which goes to the page itself."""
        self.get(address)
        return self.submit(address, **changes)

    def submit(self, action, **changes):
        """Send the form on the page that goes to `action`, as it stands, but for `changes`."""
        fields = form_on(self.page, action).fields
        fields = [(name, value) for name, value in fields if name not in changes] + list(changes.items())
        return self._ask(action, urllib.parse.urlencode(fields).encode())

    def _ask(self, path, body):
        try:
            answer = self.browser.open(self.site.url + path, body, timeout=running_site.LONGEST_ANSWER)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.status, self.page = answer.status, answer.read().decode()
        return self.page


def tell(site, account, **answers):
    """Somebody tells; returns their code and the id of what came in, in the flood lane: tests write too fast."""
    before = submissions(site)
    visitor = running_site.Visitor(site.url)
    code = visitor.tell(account, consent_publish="on", place_shown="force", force="kent", **answers)
    (new,) = submissions(site) - before
    return code, new


def sentence_of_its_own(beginning):
    """A sentence that no other test says, of words that nobody takes for a name, nor by chance for danger."""
    while scan_for_danger(sentence := f"{beginning}, {' '.join(random.choice(_PLAIN) for _ in range(8))}"):
        pass
    return sentence


_PLAIN = ("late", "slow", "soon", "again", "kind", "careful", "honest", "open")


def submissions(site):
    """The id of every submission as the admin's addresses have it, which no page tells a contributor."""
    return {as_address(pk) for (pk,) in rows(site, "SELECT id FROM stories_submission")}


def rows(site, query, *values):
    """What stands in the demo's database."""
    with closing(sqlite3.connect(f"file:{site.data_dir / running_site.DATABASE}?mode=ro", uri=True)) as database:
        return database.execute(query, values).fetchall()


def let_weeks_pass(site, pk, weeks):
    """Set every date of one submission and its story back, as if the weeks had gone by, and run the daily erasing."""
    run_in_shell(site, _LET_PASS.format(pk=pk, weeks=weeks))


def run_in_shell(site, code):
    """Run Python beside the site's server."""
    command = [sys.executable, str(running_site.ROOT / "manage.py"), "shell", "-c", code]
    environment = running_site.demo_environment(site.data_dir) | site.changes
    subprocess.run(command, env=environment, check=True, capture_output=True)


_LET_PASS = """
from datetime import timedelta
from django.db.models import F
from stories.models import Event, Story, Submission
from stories.intake import retention

back = timedelta(weeks={weeks})
Submission.objects.filter(pk="{pk}").update(week=F("week") - back, erase_on=F("erase_on") - back)
Event.objects.filter(submission="{pk}").update(week=F("week") - back, day=F("day") - back)
story = Story.objects.get(submission="{pk}")
month = (story.month - back).replace(day=1)
Story.objects.filter(pk=story.pk).update(agreed_week=story.agreed_week - back, month=month)
retention.run_retention()
"""


def as_address(pk):
    """An id as addresses have it, of one that SQLite gave."""
    return str(uuid.UUID(pk))


@dataclass
class Form:
    """What a browser would send of it as it stands, and every name that it asks a choice for."""

    action: str
    method: str = "get"
    fields: list = field(default_factory=list)
    choices: list = field(default_factory=list)

    def as_posted(self):
        """What Django's test client takes, several values of a name among them."""
        names = dict.fromkeys(name for name, _ in self.fields)
        return {name: [value for each, value in self.fields if each == name] for name in names}


def form_on(page, action):
    """The last form of that page which goes to `action`."""
    found = [form for form in forms_on(page) if form.action in (action, "")]
    assert found, f"no form on the page goes to {action}"
    return next((form for form in reversed(found) if form.action == action), found[-1])


def forms_on(page):
    whole = BeautifulSoup(page, "html.parser", parse_only=SoupStrainer(["form", "input", "textarea", "select"]))
    found = []
    for tag in whole.find_all("form"):
        beside = whole.find_all(attrs={"form": tag["id"]}) if tag.get("id") else []
        form = _form(tag, beside)
        ways = {button["formaction"] for button in tag.find_all("button", formaction=True)}
        found += [form, *(replace(form, action=way) for way in ways)]
    return found


def _form(tag, beside):
    # What follows a # stays in the browser.
    form = Form(urllib.parse.urldefrag(tag.get("action") or "").url, (tag.get("method") or "get").lower())
    for box in (*tag.find_all(("input", "textarea", "select")), *beside):
        name, kind = box.get("name"), box.get("type", "text") if box.name == "input" else box.name
        if not name or kind in ("submit", "button", "file"):
            continue
        if kind in ("radio", "checkbox"):
            form.choices.append(name)
        if kind not in ("radio", "checkbox") or box.has_attr("checked"):
            form.fields.append((name, _value(box)))
    return form


def _value(box):
    if box.name == "textarea":
        return box.get_text().removeprefix("\n")
    if box.name == "select":
        options = box.find_all("option")
        chosen = [each for each in options if each.has_attr("selected")] or options[:1]
        return chosen[-1].get("value", "") if chosen else ""
    return box.get("value") or ""
