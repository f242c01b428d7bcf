"""The demo's stories and submissions, each brought to its state by the deeds that bring a real one there."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from moderation import agreements, claims, decisions, first_look, publishing, reading, working_copies
from moderation.forces import answers as force_answers
from moderation.forces import letters
from moderation.policies import risks
from moderation.policies.danger import Statement
from moderation.redaction.anonymity_check import ANONYMITY_CHECK
from moderation.team.vault import OpenVault
from stories.core import lifecycle, retention_periods, story_sections
from stories.core.scanner import Look
from stories.crypto import receipts
from stories.intake import coming_back, final_text, receive, retention
from stories.models import Response, Story, Submission

DATA = Path(__file__).parent / "data"
CLEAR = dict.fromkeys(ANONYMITY_CHECK, "clear")
NO_RISK = dict.fromkeys(risks.BY_SLUG, "no")
_NOBODY_IN_DANGER = Statement("no", "They told us that they are safe, and who is with them.")
_WHY_NO_CASE = "The court’s list shows that it is over."
Vaults = dict[str, OpenVault]
# Two readers look at each text, and a look takes a while: what was seen holds for both.
_look = Look()


def publish_stories(vaults: Vaults) -> int:
    """Tell, rewrite, agree and publish every story of stories.json, batch by batch; returns how many."""
    stories = json.loads((DATA / "stories.json").read_text())
    for batch in sorted({story["batch"] for story in stories}):
        _publish_batch([story for story in stories if story["batch"] == batch], batch, vaults)
    return len(stories)


def _publish_batch(stories: list[dict[str, object]], batch: str, vaults: Vaults) -> None:
    month = date.fromisoformat(f"{batch}-01")
    for number, told in enumerate(stories):
        _tell_and_agree(told, vaults, turn=number)
    for story in publishing.publish_batch():
        story.month = month
        story.save(update_fields=["month"])
        submission = story.submission
        submission.week = lifecycle.monday(month)
        submission.save(update_fields=["week"])
        if month < lifecycle.today() - timedelta(days=retention_periods.DAYS_AFTER_DECISION):
            retention.erase_submission(submission, on=lifecycle.today())


def _tell_and_agree(story: dict[str, object], vaults: Vaults, *, turn: int) -> None:
    answers = {"adult": "yes", "whose": "mine", "force": story["force"], "place_shown": story["place_shown"]}
    answers |= {"year": str(story["year"]), "outcome": story["outcome"], "consent_publish": True}
    answers |= {"consent_quote": story["consent_quote"], "consent_training": story["consent_training"]}
    submission = receive.receive_account(receive.Sent(_account(story), answers), code=receipts.new_code())
    first, second = _readers(vaults, turn)
    _put_forward(submission, _fields(story), by=first)
    _agree(submission, by=second)


def _account(story: dict[str, Any]) -> dict[str, str]:
    return {"account": story["text"], **_below(story)}


def _readers(vaults: Vaults, turn: int) -> tuple[OpenVault, OpenVault]:
    names = sorted(vaults)
    return vaults[names[turn % 2]], vaults[names[(turn + 1) % 2]]


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


def _fields(story: dict[str, Any]) -> dict[str, str]:
    names = ("title", "text", "force", "place_shown", "outcome")
    fields = {name: str(story[name]) for name in names} | {"year": str(story["year"])}
    return fields | _below(story) | {name: " ".join(sorted(story[name])) for name in ("themes", "content_notes")}


def _below(told: dict[str, Any]) -> dict[str, str]:
    return {name: told.get(name, "") for name in story_sections.NAMES}


# --- What waits in the moderators' room -----------------------------------------------------


def fill_the_queue(vaults: Vaults) -> int:
    """Bring every submission of submissions.json to its state; returns how many."""
    submissions = json.loads((DATA / "submissions.json").read_text())
    for number, told in enumerate(submissions):
        _bring(told, vaults, weeks_ago=number % 5)
    return len(submissions)


def _bring(told: dict[str, Any], vaults: Vaults, *, weeks_ago: int) -> None:
    code = receipts.new_code()
    submission = receive.receive_account(_sent(told["answers"]), code=code, is_flood=told["state"] == "received-flood")
    submission.week = lifecycle.this_week() - timedelta(weeks=weeks_ago)
    submission.erase_on = submission.week + timedelta(days=retention_periods.DAYS_UNDECIDED)
    submission.save(update_fields=["week", "erase_on"])
    names = sorted(vaults)
    first = vaults[told["claimed_by"] or names[0]]
    second = vaults[names[1] if names[0] == first.moderator.get_username() else names[0]]
    _to_state(told, submission, code, first, second)


def _to_state(told: dict[str, Any], submission: Submission, code: str, first: OpenVault, second: OpenVault) -> None:
    state, note = told["state"], told["note"] or ""
    if found := told.get("first_look"):
        _look_first(submission, found, by=first, note=note)
        claims.hand_on(submission, by=first.moderator)
    if state in ("prepared", "agreed"):
        _put_forward(submission, _fields(_with_facets(told)), by=first)
    if state == "agreed":
        _say_yes_if_asked(code)
        _agree(submission, by=second)
    elif state == "withdrawn":
        retention.withdraw_submission(_come_back(code))
    elif state != "prepared" and (
        told["claimed_by"] or state in ("held", "held-due", "waiting", "counted", "declined")
    ):
        claims.take_claim(submission, by=first.moderator)
        _decide(state, submission, told, note, first)


def _say_yes_if_asked(code: str) -> None:
    """Answer as a contributor who asked to see the final text first."""
    text = final_text.final_text_of(_come_back(code))
    if text:
        final_text.say_yes(_come_back(code), text.digest)


def _come_back(code: str) -> coming_back.Opened:
    opened = coming_back.open_code(code)
    if opened is None:
        raise LookupError("A code that the demo just made opens nothing.")
    return opened


def _decide(state: str, submission: Submission, told: dict[str, Any], note: str, vault: OpenVault) -> None:
    if state == "waiting":
        decisions.ask_contributor(submission, told["question"], by=vault.moderator)
    elif state in ("held", "held-due"):
        in_weeks = lifecycle.today() + timedelta(days=45)
        decisions.hold_account(submission, look_again_on=in_weeks, reason="legal", by=vault.moderator)
        if state == "held-due":
            _let_its_day_come(submission)
    elif state == "declined":
        decisions.decline_account(submission, reason="not-about-police", note=note, by=vault.moderator)
    elif state == "counted":
        decisions.count_answers(submission, vault=vault)


def _let_its_day_come(submission: Submission) -> None:
    """Have it stand as a held one does some weeks later, when it is looked at again and ends soon."""
    submission.look_again_on = lifecycle.today()
    submission.erase_on = lifecycle.today() + timedelta(days=12)
    submission.save(update_fields=["look_again_on", "erase_on"])


def _with_facets(told: dict[str, Any]) -> dict[str, Any]:
    answers = told["answers"]
    facets = {name: answers.get(name, "") for name in ("force", "place_shown", "year", "outcome")}
    return facets | _below(answers) | told["working_copy"]


def _sent(answers: dict[str, Any]) -> receive.Sent:
    words = {name: answers.get(name, "") for name in ("account", "differently", "well", "giveaways")}
    ticked = {name: value for name, value in answers.items() if name not in words}
    return receive.Sent(words, ticked)


# Nobody asked these forces anything, and their pages must not say that somebody did.
INVENTED_OFFICE = "nobody: this demo invented it"
_WEEKS_AGO = (7, 20)


def record_the_apology(vaults: dict[str, OpenVault]) -> Response:
    """The public record that Heard grew from, in the force's own words and no others, by the two people it takes.

    In which month it was said isn't known for certain here, so it names none.
    """
    said = {
        "force_id": "derbyshire",
        "kind": Response.Kind.APOLOGY,
        "words": "the high standards that we would expect, and for that we apologise",
        "context": (
            "About a report made in August 2018, which the force said had not reached these standards. It opened a "
            "review of its processes and of the information and training its officers have, and began to work with "
            "the #NotYourPorn campaign. This response is real and reported; the stories on this page are invented."
        ),
        "about_year": 2018,
        "source": "Derbyshire Constabulary’s statement, as the press reported it",
        "source_url": "https://uk.style.yahoo.com/police-admit-officers-dont-know-165450842.html",
    }
    response = Response(live=False, checked=Response.Checked.PUBLIC, **said)
    force_answers.enter_answer(response, by=_coordinator())
    return force_answers.agree_to_answer(response, by=vaults["alice"].moderator)


def ask_about_invented_stories() -> None:
    """Record two letters about the demo's own stories; no force ever answers one, because none was sent."""
    for story, weeks in zip(_stories_of_two_forces(), _WEEKS_AGO, strict=False):
        month = (lifecycle.today() - timedelta(weeks=weeks)).replace(day=1)
        letters.record_letter(
            str(story.force_id), month=month, role=INVENTED_OFFICE, stories=[story.slug], by=_coordinator()
        )


def _stories_of_two_forces() -> list[Story]:
    """The newest story of each of two forces, but not of the one that really answered."""
    named = Story.live.exclude(force=None).exclude(force="derbyshire").order_by("force_id", "-sequence")
    newest: dict[str, Story] = {}
    for story in named:
        newest.setdefault(str(story.force_id), story)
    return list(newest.values())[: len(_WEEKS_AGO)]


def _coordinator() -> User:
    return User.objects.get(username="charlie")
