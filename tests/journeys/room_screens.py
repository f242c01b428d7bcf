"""Every screen of ours in the admin by the name of its address: who looks at it, and what stands on it meanwhile."""

from django.urls import reverse

from stories.pii import find_identifying
from stories.pii.replacements import group_wordings
from tests import at_work, factories, running_site
from tests.journeys import desks

ACCOUNT = "I rang 101. My friend Dana came with me, and Officer Quillfeather rang from 07700 900123."
MINE, HIS, STORY, DOWN = {"pk": "mine"}, {"pk": "his"}, {"pk": "story"}, {"pk": "down"}
ANSWER = {"pk": "answer"}
A_STORY_OF_A_FORCE = "SELECT slug, force_id FROM stories_story WHERE status = 'live' AND force_id IS NOT NULL LIMIT 1"
READY, KEY, PERSON = {"pk": "ready"}, {"key_id": "key"}, {"pk": "person"}
SORT = {"app_label": "stories", "model_name": "submission"}

# Who looks at each, and what its address takes: values of `there`, or themselves.
SCREENS = {
    "room_queue": ("alice", {}),
    "room_lane": ("alice", {"lane": "flood"}),
    "room_first_look": ("alice", MINE),
    "room_first_look_message": ("alice", MINE | {"slug": "under-18"}),
    "room_read": ("alice", MINE),
    "room_compare": ("alice", MINE),
    "room_as_public": ("alice", MINE),
    "room_decide": ("alice", MINE | {"slug": "ask"}),
    "room_second": ("alice", HIS),
    "room_take_over": ("alice", {"pk": "resting"}),
    "room_decline_flood": ("alice", {}),
    "room_put_flood_back": ("alice", {}),
    "room_take_downs": ("alice", {}),
    "room_take_down": ("alice", {"pk": "request"}),
    "room_object": ("charlie", {}),
    "room_objection": ("alice", {"pk": "objection"}),
    "room_stories:index": ("alice", {}),
    "room_stories:inspect": ("alice", STORY),
    "room_stories:take_down": ("alice", STORY),
    "room_stories:put_back": ("alice", DOWN),
    "room_correct": ("alice", STORY),
    "room_practice": ("alice", {}),
    "room_practice_second": ("alice", {}),
    "room_rang": ("alice", MINE),
    "room_care": ("alice", {}),
    "room_account": ("alice", {}),
    "room_people": ("charlie", {}),
    "room_person": ("charlie", PERSON),
    "room_leave": ("charlie", PERSON),
    "room_end_sessions": ("charlie", PERSON),
    "room_invite": ("charlie", {}),
    "room_invitations": ("charlie", {}),
    "room_what_to_do": ("charlie", {}),
    "room_forces": ("charlie", {}),
    "room_letter_new": ("charlie", {}),
    "room_letter": ("charlie", {"pk": "letter"}),
    "room_letter_take_out": ("charlie", {"pk": "letter"}),
    "room_answers:inspect": ("alice", ANSWER),
    "room_answers:delete": ("charlie", {"pk": "standing"}),
    "room_answers:list": ("charlie", {}),
    "room_batch": ("charlie", {}),
    "room_usual_wait": ("charlie", {}),
    "room_risk_words": ("charlie", {}),
    "room_risk_words_edit": ("charlie", {"slug": "life"}),
    "room_ready_words:index": ("charlie", {}),
    "room_ready_words:add": ("charlie", {}),
    "room_ready_words:edit": ("charlie", READY),
    "room_ready_words:delete": ("charlie", READY),
    "room_record": ("charlie", {}),
    "room_how_it_goes": ("charlie", {}),
    "room_set_up": ("charlie", {}),
    "vault_keys": ("alice", {}),
    "vault_unlock": ("alice", {}),
    "vault_make_key": ("alice", {}),
    "vault_words_back": ("alice", {}),
    "vault_admit": ("alice", KEY),
    "vault_stop": ("alice", KEY),
    "vault_rotate": ("alice", {}),
}
# What more there is at the same addresses, and at Wagtail's own.
MORE = {
    "the start screen": ("alice", "wagtailadmin_home", {}),
    "a coordinator's start screen": ("charlie", "wagtailadmin_home", {}),
    "an editor's start screen": ("erin", "wagtailadmin_home", {}),
    "an answer that stands": ("charlie", "room_answers:inspect", {"pk": "standing"}),
    "an answer that waits, as its coordinator sees it": ("charlie", "room_answers:inspect", ANSWER),
    "an objection, as its coordinator sees it": ("charlie", "room_objection", {"pk": "objection"}),
    "an empty lane": ("alice", "room_lane", {"lane": "waiting"}),
    "urgent, with a request": ("alice", "room_lane", {"lane": "urgent"}),
    "second readings": ("alice", "room_lane", {"lane": "second"}),
    "holding": ("alice", "room_decide", MINE | {"slug": "hold"}),
    "declining": ("alice", "room_decide", MINE | {"slug": "decline"}),
    "sorting many": ("alice", "wagtail_bulk_action", SORT | {"action": "to_new"}),
    "giving many away": ("alice", "wagtail_bulk_action", SORT | {"action": "give"}),
    "declining many": ("alice", "wagtail_bulk_action", SORT | {"action": "decline_as_spam"}),
}
# Each has a test of its own.
DOORS = {"room_log_in", "room_code", "room_key", "room_welcome", "room_welcome_step"}
_OF_AN_ANSWER = (
    "collect_workflow_action_data",
    "history",
    "history_results",
    "list_results",
    "revisions_compare",
    "revisions_revert",
    "revisions_unschedule",
    "unpublish",
    "usage",
    "workflow_action",
    "workflow_history",
    "workflow_history_detail",
    "add",
    "edit",
)
NO_SCREENS = {
    "room_bring_back": "asks as room_leave does",
    "room_reset_second_factor": "asks as room_leave does",
    "room_stop_right": "asks as room_leave does",
    "room_lane_results": "a part of the queue, for its script",
    "room_stories:index_results": "a part of the list, for its script",
    "room_ready_words:index_results": "a part of the list, for its script",
    "room_ready_words:history_results": "a part of the list, for its script",
    "room_ready_words:history": "Wagtail's own screen, as it is",
    "room_ready_words:usage": "Wagtail's own screen, as it is",
    "room_ready_words:inspect": "Wagtail's own screen, as it is",
    **{f"room_answers:{name}": "Wagtail's own screen, with its own list of panels" for name in _OF_AN_ANSWER},
}


def address(name, takes, there):
    """The address of a screen, with what `fill` returned in it."""
    chosen = f"?id={there['mine']}&id={there['resting']}" if takes.items() >= SORT.items() else ""
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
    _flag_and_write(alice, told["mine"])
    (story, slug), (down, _) = desks.rows(site, "SELECT id, slug FROM stories_story WHERE status = 'live' LIMIT 2")
    _take_down(alice, at_work.as_address(down))
    _ask_for_it_to_come_down(site, slug)
    ids = {
        "story": story,
        "down": down,
        "request": _one(site, A_REQUEST),
    }
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
    form, [(slug, force)] = "/admin/objections/write-down/", desks.rows(site, A_STORY_OF_A_FORCE)
    coordinator.get(form)
    coordinator.submit(form, story=f"/stories/{slug}/", force=force, ground="force-who", words="The third paragraph.")
    return {"objection": _one(site, AN_OBJECTION)}


def _flag_and_write(moderator, pk):
    look = f"/admin/queue/{pk}/first-look/"
    moderator.claim(pk)
    moderator.get(look)
    moderator.submit(look, **factories.NO_RISK | {"under-18": "not-sure", "online": "yes"})
    moderator.get(f"/admin/queue/{pk}/")
    moderator.write(pk, text=ACCOUNT)


def _take_down(moderator, pk):
    moderator.get(f"/admin/stories/{pk}/")
    moderator.submit(f"/admin/stories/{pk}/take-down/")


def _ask_for_it_to_come_down(site, slug):
    visitor = running_site.Visitor(site.url)
    visitor.get(f"/take-down/?story={slug}")
    visitor.post("/take-down/", ground="other", words=ACCOUNT)


def _numbers(site):
    bob = _one(site, "SELECT id FROM auth_user WHERE username = 'bob'")
    key = _one(site, f"SELECT id FROM moderation_moderatorkey WHERE is_current AND moderator_id = {bob}")  # noqa: S608
    return {"person": bob, "key": key, "ready": _one(site, "SELECT id FROM moderation_readywords")}


def _one(site, query):
    return desks.rows(site, query)[0][0]
