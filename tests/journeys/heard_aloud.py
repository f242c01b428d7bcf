"""The six journeys as they are heard: each step with what is announced, where the focus goes, and the whole page."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from tests import at_work
from tests.journeys import desks, hearing
from tests.journeys.watching import DESK, PHONE, Visit, script

WORDS = "I rang 101. My friend Dana Smith came with me, and after that they listened."
ELSEWHERE = "https://www.bbc.co.uk/weather"
NO_SCRIPTS = {"java_script_enabled": False}


class Step(NamedTuple):
    did: str
    announced: list
    focus: hearing.Said
    said: list


@dataclass
class Ear:
    """Somebody who hears one window; `stretch` is what of the page a journey is about."""

    window: Visit
    site: object
    steps: list = field(default_factory=list)

    def __post_init__(self):
        self.window.context.add_init_script(f"({script('live_regions')})()")

    @property
    def page(self):
        return self.window.page

    def open(self, address):
        self.page.goto(address)
        self.hear(f"Open {re.sub('[0-9a-z]{12}|[0-9a-f-]{36}', '…', address)}")

    def press(self, name, title=None, role="button", within=None, wait_for="main"):
        (within or self.page).get_by_role(role, name=name, exact=True).first.click()
        self.page.locator(wait_for).wait_for()
        if title:
            self.window.arrive(title)
        self.hear(f"Press “{name}”")

    def hear(self, did):
        self.page.wait_for_load_state()
        announced = self.page.evaluate("(window.said || []).splice(0)")
        self.steps.append(Step(did, announced, hearing.focused(self.page), hearing.listen(self.page)))


def tell(ear):
    ear.open("/tell/")
    ear.press("Start", "Tell us what happened", role="link")
    ear.press("Next")
    ear.window.say_the_age()
    for part in ("telling", "choices"):
        while not ear.page.locator(f"#{part}").is_visible():
            ear.press("Next")
        if part == "telling":
            ear.page.locator("[name=account]").fill(WORDS)
    ear.press("Check what I wrote", "Read it once more")
    ear.press("Send", "Keep this code")


def tell_without_scripts(ear):
    ear.open("/tell/form/")
    ear.press("Check what I wrote", wait_for=".error-summary")
    ear.page.locator("[name=adult][value=yes]").check()
    ear.page.locator("[name=account]").fill(WORDS)
    ear.press("Check what I wrote", "Read it once more")
    ear.press("Send", "Keep this code")


def save_and_come_back(ear):
    ear.page.goto("/tell/form/")
    ear.window.write(WORDS)
    ear.press("Save for later", re.compile("Saved"), within=ear.page.locator("#telling"))
    code = ear.window.code()
    ear.open("/return/")
    ear.page.get_by_label("Your code").fill("7K3M 9QZX 0TVA W2HE")
    ear.press("Show me", wait_for=".error-summary")
    ear.page.get_by_label("Your code").fill(code)
    ear.press("Show me", "You saved this for later")
    ear.press("Go on writing", "Tell us what happened")


def leave(ear):
    ear.window.stand_in(ELSEWHERE, "Sunny intervals")
    ear.page.clock.install(time=0)
    ear.open("/tell/")
    ear.page.clock.pause_at(60_000)
    for how in ("Escape once", "Escape twice"):
        ear.page.keyboard.press("Escape")
        ear.hear(f"Press {how}")
    ear.page.clock.run_for(6_000)
    ear.hear("Wait five seconds")


def take_back(ear):
    code, _ = at_work.tell(ear.site, WORDS)
    ear.page.goto("/return/")
    ear.page.get_by_label("Your code").fill(code)
    ear.press("Show me", "We have what you sent")
    ear.page.locator("summary", has_text="Take it back").click()
    ear.press("Go on to take it back", "Take it back?")
    ear.press("Take it back and erase it", "You took it back")


def read_and_search(ear):
    for address in ("/", "/stories/", "/search/?q=civil"):
        ear.open(address)
    story = ear.page.locator("main a[href^='/stories/']").first.get_attribute("href")
    ear.open(story.partition("?")[0])
    ear.open("/what-we-hear/")


def make_and_agree(alice, bob):
    _, account = at_work.tell(alice.site, at_work.sentence_of_its_own("I rang 101"))
    alice.open(f"/admin/queue/{account}/")
    alice.press("Claim it, to work on it")
    desks.look_first(alice.page)
    alice.hear("Answer the first look")
    desks.title(alice.page).fill("They wrote it all down")
    desks.save(alice.page)
    desks.put_forward(alice.page)
    alice.hear("Put it forward")
    bob.open(f"/admin/queue/{account}/second/")
    desks.unfold(bob.page)
    bob.hear("Unfold the account")
    desks.answer_the_check(bob.page.get_by_role("region", name="Agree"))
    bob.press("Answer, and agree where both find nothing")
    alice.steps += bob.steps


JOURNEYS = {
    "telling": (tell, PHONE, {}),
    "telling-without-scripts": (tell_without_scripts, PHONE, NO_SCRIPTS),
    "save-and-come-back": (save_and_come_back, PHONE, {}),
    "exit": (leave, DESK, {}),
    "take-it-back": (take_back, PHONE, {}),
    "read-and-search": (read_and_search, DESK, NO_SCRIPTS),
}
IN_THE_ROOM = "make-and-agree-a-text"


def walk_all(open_window, site, team):
    """name → the steps of that journey; `open_window(device, **options)` opens a Visit."""
    walked = {}
    for name, (journey, device, options) in JOURNEYS.items():
        ear = Ear(open_window(device, **options), site)
        journey(ear)
        walked[name] = ear.steps
    alice, bob = (Ear(desks.at_the_desk_of(team[name], open_window), site) for name in ("alice", "bob"))
    make_and_agree(alice, bob)
    return walked | {IN_THE_ROOM: alice.steps}
