"""Every screen of ours in the admin by the name of its address: who looks at it, and what stands on it meanwhile."""

import tomllib
from pathlib import Path

from django.urls import reverse

from stories.pii import find_identifying
from stories.pii.replacements import group_wordings
from tests import at_work, factories, running_site
from tests.journeys import desks

ACCOUNT = "I rang 101. My friend Dana came with me, and Officer Quillfeather rang from 07700 900123."
A_STORY_OF_A_FORCE = "SELECT slug, force_id FROM stories_story WHERE status = 'live' AND force_id IS NOT NULL LIMIT 1"
_TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
SCREENS, MORE, NO_SCREENS = (_TABLES[name] for name in ("screens", "more", "no_screens"))
# Each has a test of its own.
DOORS = {"room_log_in", "room_code", "room_key", "room_welcome", "room_welcome_step"}


def address(name, takes, there):
    """The address of a screen, with what `fill` returned in it."""
    chosen = f"?id={there['mine']}&id={there['resting']}" if name == "wagtail_bulk_action" else ""
    return reverse(name, kwargs={key: there.get(value, value) for key, value in takes.items()}) + chosen


A_REQUEST = "SELECT id FROM stories_takedownrequest WHERE ground NOT LIKE 'force-%' LIMIT 1"
AN_OBJECTION = "SELECT id FROM stories_takedownrequest WHERE ground LIKE 'force-%' LIMIT 1"


def fill(site, team):
    """Make something of every kind; returns the ids, by the names that SCREENS has for them."""
    alice, bob = team["alice"], team["bob"]
    told = {name: at_work.tell(site, ACCOUNT, giveaways="My red van.")[1] for name in ("mine", "his", "resting")}
    bob.put_forward(told["his"], text="I rang 101. A friend came with me, and Officer Quillfeather listened.")
    bob.claim(told["resting"])
    desks.let_a_claim_rest(site, told["resting"])
    look = f"/admin/queue/{told['mine']}/first-look/"
    alice.claim(told["mine"])
    alice.get(look)
    alice.submit(look, **factories.NO_RISK | {"under-18": "not-sure", "online": "yes"})
    alice.get(f"/admin/queue/{told['mine']}/")
    alice.write(told["mine"], text=ACCOUNT)
    (story, slug), (down, _) = at_work.rows(site, "SELECT id, slug FROM stories_story WHERE status = 'live' LIMIT 2")
    alice.get(f"/admin/stories/{at_work.as_address(down)}/")
    alice.submit(f"/admin/stories/{at_work.as_address(down)}/take-down/")
    visitor = running_site.Visitor(site.url)
    visitor.get(f"/take-down/?story={slug}")
    visitor.post("/take-down/", ground="other", words=ACCOUNT)
    ids = {"story": story, "down": down, "request": _one(site, A_REQUEST)}
    ids |= _what_forces_said(site, team["charlie"]) | _what_a_force_objects_to(site, team["charlie"])
    return told | {name: at_work.as_address(pk) for name, pk in ids.items()} | _numbers(site)


def _what_forces_said(site, coordinator):
    form = "/admin/answers/entered/add/"
    said = {"force": "kent", "kind": "planned", "words": ACCOUNT, "owner": "Head of Training", "due_on": "2099-01-01"}
    coordinator.get(form)
    why = "\n".join(f"{each.words}: Invented." for each in group_wordings([(ACCOUNT, find_identifying(ACCOUNT))]))
    said |= {"source": "A letter to us", "checked": "switchboard", "why_it_stays": why, "action-submit": "1"}
    coordinator.submit(form, **said)
    answers = "SELECT id FROM stories_response WHERE {} live"
    ids = {"answer": _one(site, answers.format("NOT")), "standing": _one(site, answers.format(""))}
    return ids | {"letter": _one(site, "SELECT id FROM stories_letter ORDER BY is_answered LIMIT 1")}


def _what_a_force_objects_to(site, coordinator):
    form, [(slug, force)] = "/admin/objections/write-down/", at_work.rows(site, A_STORY_OF_A_FORCE)
    coordinator.get(form)
    coordinator.submit(form, story=f"/stories/{slug}/", force=force, ground="force-who", words="The third paragraph.")
    return {"objection": _one(site, AN_OBJECTION)}


def _numbers(site):
    bob = _one(site, "SELECT id FROM auth_user WHERE username = 'bob'")
    key = _one(site, f"SELECT id FROM moderation_moderatorkey WHERE is_current AND moderator_id = {bob}")  # noqa: S608
    return {"person": bob, "key": key, "ready": _one(site, "SELECT id FROM moderation_readywords")}


def _one(site, query):
    return at_work.rows(site, query)[0][0]
