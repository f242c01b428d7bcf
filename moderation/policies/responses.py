"""The rules of asking a force, entering what it answered, agreeing to that and sending it back."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from django.contrib.auth.models import User

from moderation.policies.access import ADVICE, REASONS, reason_if
from moderation.redaction.anonymity_check import LONGEST_REASON
from moderation.team.permissions import why_not
from stories.core import lifecycle, publication_gate as gate
from stories.models import Letter, Response, Story
from stories.pii.replacements import Looked, Wording, group_wordings
from stories.reading import ask_progress
from stories.reading.search import runs

Slips = dict[str, str]


def letter_slips(force: str, *, month: date, role: str, stories: Iterable[str], ask: str) -> Slips:
    """Say, by field, what keeps a letter from being recorded."""
    slugs = list(stories)
    found = {
        "month": reason_if(month > lifecycle.today(), "month_ahead"),
        "role": why_not_office(role) or why_not_repeated(role, answered=[] if ask else slugs),
        "stories": why_not_stories(force, slugs) or reason_if(not slugs and not ask, "letter_about_nothing"),
        "ask": why_not_ask(force, ask),
    }
    if slips := {name: reason for name, reason in found.items() if reason}:
        return slips
    # A form that was sent twice would say in public that the force was asked twice.
    same = Letter.objects.filter(force=force, month=month.replace(day=1), role__iexact=role, ask=ask)
    is_twice = any(set(slugs) == set(each.stories.values_list("slug", flat=True)) for each in same)
    return {"role": REASONS["letter_twice"]} if is_twice else {}


def response_slips(response: Response) -> Slips:
    """Say, by field, what keeps a force's answer from being put forward."""
    slugs, month, letter = response.story_slugs.split(), response.month, response.letter
    answered = [] if response.ask else slugs
    repeated = {
        name: why_not_repeated(getattr(response, name), answered=answered)
        for name in ("words", "context", "source", "owner")
    }
    is_planned, is_made = (response.kind == kind for kind in (Response.Kind.PLANNED, Response.Kind.MADE))
    found = {
        **repeated,
        "month": reason_if(month and month > lifecycle.today(), "month_ahead"),
        "story_slugs": why_not_stories(response.force_id, slugs),
        "ask": why_not_ask(response.force_id, response.ask),
        "letter": reason_if(letter and letter.force_id != response.force_id, "letter_of_another")
        or reason_if(letter and month and month < letter.month, "before_letter"),
        "checked": reason_if(not response.checked, "not_checked"),
        "owner": reason_if(is_planned and not response.owner.strip(), "no_owner")
        or why_not_office(response.owner)
        or repeated["owner"],
        "due_on": reason_if(is_planned and not response.due_on, "no_due_day"),
        "evidence_url": reason_if(is_made and not response.evidence_url, "no_evidence"),
    }
    return {name: reason for name, reason in found.items() if reason}


def why_not_repeated(text: str, *, answered: list[str]) -> str | None:
    """Say that this repeats a story, unless it is the one thing that is answered: then it goes when that goes."""
    shared = chain(runs.every_run(text), runs.every_unseen(text))
    found = next((each for each in shared if answered != [each.story.slug]), None)
    if found is None:
        return None
    return REASONS["repeats_live" if found.is_live else "repeats_gone"] % {"words": " ".join(found.words.split()[:6])}


def why_not_stories(force: str, slugs: Iterable[str]) -> str | None:
    """Say that some of these aren't live stories which name the force, by address; nothing else is told of a story."""
    slugs = list(slugs)
    rows = {story.slug: story for story in Story.live.filter(slug__in=slugs).only("slug", "force_id")}
    if gone := [slug for slug in slugs if slug not in rows]:
        return REASONS["stories_gone"] % {"addresses": _listed(gone)}
    if others := [slug for slug in slugs if rows[slug].force_id != force]:
        return REASONS["stories_of_others"] % {"addresses": _listed(others)}
    return None


def why_not_answered_any_more(slugs: list[str], *, ask: str) -> str | None:
    """Say that all the stories which an answer is to are gone for good, where it is to nothing else."""
    there = Story.objects.filter(slug__in=slugs).exclude(status=Story.Status.REMOVED)
    is_gone = slugs and not ask and not there.exists()
    return reason_if(is_gone, "answers_nothing")


def _listed(slugs: Iterable[str]) -> str:
    return ", ".join(f"/stories/{slug}/" for slug in slugs)


def why_not_ask(force: str, slug: str) -> str | None:
    if not slug:
        return None
    ask = ask_progress.asks_by_slug().get(slug)
    if ask is None:
        return REASONS["ask_gone"]
    return reason_if(not ask.is_of(force), "ask_of_another")


def why_not_office(words: str) -> str | None:
    """Say that this names a person: an office stays when its holder goes, and no officer is ever named here."""
    return reason_if(gate.names_somebody(words), "names_somebody")


def holds_back(looked: Iterable[Looked]) -> list[Wording]:
    """Return each wording that keeps an answer off the site until a reason stands: the sure ones, and every name."""
    return group_wordings(
        (text, [each for each in found if each.kind in gate.NAMES or gate.is_held_back(each.kind, sure=each.sure)])
        for text, found in looked
    )


def reasons_by_key(lines: str, found: Iterable[Wording]) -> dict[str, str]:
    """The reasons of a text with one line for each wording, “the words: why they stay”, by the wording's key."""
    written = [" ".join(line.split()).lstrip('“"') for line in lines.splitlines()]
    reasons = {}
    for each in found:
        names = (" ".join(each.words.split()), each.key)
        said = [(name, line) for name in names for line in written if line.casefold().startswith(name.casefold())]
        rests = (line[len(name) :].lstrip('”" ') for name, line in said)
        reasons[each.key] = next((rest[1:].strip()[:LONGEST_REASON] for rest in rests if rest.startswith(":")), "")
    return {key: why for key, why in reasons.items() if why}


def why_not_left(held_back: Iterable[Wording], *, left: Mapping[str, str], name: str = "") -> str | None:
    """Say that some has no reason in `left`, by key: to the writer of the field `name`, or the second person."""
    without = gate.without_reason(held_back, left=left)
    if not without:
        return None
    said = REASONS["could_lead"] % {"kinds": gate.kinds_in_words(without)}
    if not name:
        return f"{said} {ADVICE['second_person']}"
    lines = REASONS["lines_for_each"] % {"lines": ", ".join(f"“{each.words}: …”" for each in without)}
    return f"{said} {ADVICE[name]} {lines}"


def why_not_second_person(response: Response, user: User) -> str | None:
    if reason := why_not("agree to a response", user):
        return reason
    state = response.current_workflow_state
    if not response.workflow_in_progress or state is None:
        return REASONS["nothing_waits"]
    if user.pk in response.author_ids():
        return REASONS["wrote_it"]
    if state.requested_by is None or why_not("enter a response", state.requested_by):
        return REASONS["first_gone"]
    return None
