"""The demo's stories and submissions, each brought to its state by the deeds that bring a real one there."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from moderation import agreements, claims, decisions, first_look, publishing, reading, working_copies
from moderation.forces import answers as force_answers
from moderation.models import AGREE, SEND_BACK
from moderation.policies import danger
from moderation.policies.danger import Statement
from moderation.redaction.anonymity_check import ANONYMITY_CHECK, Answered
from moderation.team.vault import OpenVault
from stories.core import lifecycle, retention_days, story_sections
from stories.core.scanner import Look
from stories.crypto import receipts
from stories.intake import coming_back, final_text, receive, retention
from stories.models import Force, Response, Story, Submission

DATA = Path(__file__).parent / "data"
CLEAR = Answered(dict.fromkeys(ANONYMITY_CHECK, "clear"))
NO_RISK = dict.fromkeys(danger.BY_SLUG, "no")
_NOBODY_IN_DANGER = Statement("no", "They told us that they are safe, and who is with them.")
_WHY_NO_CASE = "The court’s list shows that it is over."
Vaults = dict[str, OpenVault]
# A story or a submission as the JSON tells it.
Told = dict[str, Any]
# Two readers look at each text, and a look takes a while: what was seen holds for both.
_look = Look()


def publish_stories(vaults: Vaults) -> int:
    stories = json.loads((DATA / "stories.json").read_text())
    for batch in sorted({story["batch"] for story in stories}):
        month = date.fromisoformat(f"{batch}-01")
        for number, told in enumerate(story for story in stories if story["batch"] == batch):
            _tell_and_agree(told, vaults, turn=number)
        for story in publishing.publish_batch():
            story.month = month
            story.save(update_fields=["month"])
            submission = story.submission
            submission.week = lifecycle.monday(month)
            submission.save(update_fields=["week"])
            if month < lifecycle.today() - timedelta(days=retention_days.DAYS_AFTER_DECISION):
                retention.erase_submission(submission, on=lifecycle.today())
    return len(stories)


def _tell_and_agree(story: Told, vaults: Vaults, *, turn: int) -> None:
    as_told = ("force", "place_shown", "outcome", "consent_quote", "consent_training")
    answers = {name: story[name] for name in as_told} | {"year": str(story["year"])}
    answers |= {"adult": "yes", "whose": "mine", "consent_publish": True}
    sent = coming_back.Sent({"account": story["text"], **_below(story)}, answers)
    submission = receive.receive_account(sent, receive.Arrival(receipts.new_code()))
    first, second = (vaults[name] for name in sorted(vaults, reverse=bool(turn % 2)))
    _put_forward(submission, _fields(story), by=first)
    _agree(submission, by=second)


def _put_forward(submission: Submission, fields: dict[str, str], *, by: OpenVault) -> None:
    _look_first(submission, {}, by=by)
    copy = working_copies.save_version(submission, fields, by=by.moderator)
    agreements.put_forward(copy, copy.digest, vault=by, check=CLEAR, danger=_NOBODY_IN_DANGER, look=_look)


def _look_first(submission: Submission, found: dict[str, str], *, by: OpenVault, note: str = "") -> None:
    first_look.take_first_look(submission, NO_RISK | found, vault=by, note=note, why_no_case=_WHY_NO_CASE)


def _agree(submission: Submission, *, by: OpenVault) -> None:
    copy = submission.working_copies.latest("number")
    reading.read_account(submission, vault=by, unfolds=True)
    agreements.agree_to_text(copy, copy.digest, vault=by, check=CLEAR, danger=_NOBODY_IN_DANGER, look=_look)


def _fields(story: Told) -> dict[str, str]:
    names = ("title", "text", "force", "place_shown", "outcome")
    fields = {name: str(story[name]) for name in names} | {
        "year": str(story["year"]),
        "demand": story.get("demand", ""),
    }
    return fields | _below(story) | {name: " ".join(sorted(story[name])) for name in ("themes", "content_notes")}


def _below(told: Told) -> dict[str, str]:
    return {name: told.get(name, "") for name in story_sections.NAMES}


def fill_the_queue(vaults: Vaults) -> int:
    """Bring every submission of submissions.json to its state; returns how many."""
    submissions = json.loads((DATA / "submissions.json").read_text())
    for number, told in enumerate(submissions):
        _bring_to_state(told, vaults, weeks_ago=number % 5)
    return len(submissions)


def _bring_to_state(told: Told, vaults: Vaults, *, weeks_ago: int) -> None:
    code, state, answers = receipts.new_code(), told["state"], told["answers"]
    words = {name: answers.get(name, "") for name in ("account", "differently", "well", "giveaways")}
    ticked = {name: value for name, value in answers.items() if name not in words}
    sent = coming_back.Sent(words, ticked)
    submission = receive.receive_account(sent, receive.Arrival(code, is_flood=state == "received-flood"))
    submission.week = lifecycle.this_week() - timedelta(weeks=weeks_ago)
    submission.erase_on = retention_days.erased_undecided(submission.week)
    submission.save(update_fields=["week", "erase_on"])
    name = told["claimed_by"] or min(vaults)
    first, second = vaults[name], next(vault for other, vault in sorted(vaults.items()) if other != name)
    if found := told.get("first_look"):
        _look_first(submission, found, by=first, note=told["note"])
        claims.hand_on(submission, by=first.moderator)
    if state in ("prepared", "agreed"):
        facets = {name: answers.get(name, "") for name in ("force", "place_shown", "year", "outcome")}
        _put_forward(submission, _fields(facets | _below(answers) | told["working_copy"]), by=first)
    opened = coming_back.open_code(code) if state in ("agreed", "withdrawn") else None
    if opened and state == "agreed":
        # As a contributor who asked to see the final text first.
        if text := final_text.final_text_of(opened):
            final_text.say_yes(opened, text.digest)
        _agree(submission, by=second)
    elif opened:
        retention.withdraw_submission(opened)
    elif told["claimed_by"] and state != "prepared":
        claims.take_claim(submission, by=first.moderator)
        _decide(told, submission, vault=first)


def _decide(told: Told, submission: Submission, *, vault: OpenVault) -> None:
    state = told["state"]
    if state == "waiting":
        decisions.ask_contributor(submission, told["question"], by=vault.moderator)
    elif state in ("held", "held-due"):
        in_weeks = lifecycle.today() + timedelta(days=45)
        decisions.hold_account(submission, look_again_on=in_weeks, reason="legal", by=vault.moderator)
        if state == "held-due":
            # As it stands some weeks later, when it is looked at again and ends soon.
            submission.look_again_on, submission.erase_on = lifecycle.today(), lifecycle.today() + timedelta(days=12)
            submission.save(update_fields=["look_again_on", "erase_on"])
    elif state == "declined":
        decisions.decline_account(submission, reason="not-about-police", note=told["note"], by=vault.moderator)
    elif state == "counted":
        decisions.count_answers(submission, vault=vault)


def record_the_apology(vaults: Vaults) -> Response:
    """The public record that Heard grew from, in the force's own words and no others, by the two people it takes.

    In which month it was said isn't known for certain here, so it names none.
    """
    said = json.loads((DATA / "apology.json").read_text())
    response = Response(live=False, checked=Response.Checked.PUBLIC, **said)
    force_answers.enter_answer(response, by=_coordinator())
    return force_answers.agree_to_answer(response, by=vaults["alice"].moderator)


_FORCE = json.loads((DATA / "force.json").read_text())


def add_invented_force() -> None:
    """Add the one force that is asked, answers, promises and refuses in the demo, so that no real one does."""
    Force.objects.create(**_FORCE["force"])


def record_what_the_force_said(vaults: Vaults) -> None:
    """Record the letters to the invented force, and its answers: each is agreed to by another, or sent back."""
    for letter in _FORCE["letters"]:
        told = _about_stories(letter)
        force_answers.record_letter(_FORCE["force"]["id"], **told, by=_coordinator())
    for answer in _FORCE["answers"]:
        told = _about_stories(answer)
        reason, slugs = told.pop("sent_back", ""), told.pop("stories")
        if "due_in" in told:
            told["due_on"] = lifecycle.today() + timedelta(days=told.pop("due_in"))
        response = Response(live=False, checked=Response.Checked.SWITCHBOARD, story_slugs=" ".join(slugs), **told)
        response.force_id = _FORCE["force"]["id"]
        force_answers.enter_answer(response, by=_coordinator())
        state = response.current_workflow_task_state
        deed, by = (SEND_BACK if reason else AGREE), vaults["alice"].moderator
        force_answers.decide_revision(state, deed, state.revision_id, reason, by=by)


def _about_stories(told: Told) -> Told:
    month = (lifecycle.today() - timedelta(weeks=told["weeks_ago"])).replace(day=1)
    slugs = [Story.live.get(title=title).slug for title in told.get("stories", ())]
    return {name: told[name] for name in told if name != "weeks_ago"} | {"month": month, "stories": slugs}


def _coordinator() -> User:
    return User.objects.get(username="charlie")
