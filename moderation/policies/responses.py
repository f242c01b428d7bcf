"""The rules of asking a force, entering what it answered, agreeing to that and sending it back."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.models.answers import SendBackForm
from moderation.policies.access import reason_if
from moderation.redaction.anonymity_check import LONGEST_REASON
from moderation.team.permissions import why_not
from stories.core import lifecycle
from stories.core import publication_gate as gate
from stories.models import Letter, Response, Story
from stories.pii.replacements import Looked, Wording, group_wordings
from stories.reading import ask_progress
from stories.reading.search import runs

Slips = dict[str, str]


def letter_slips(force: str, *, month: date, role: str, stories: Iterable[str], ask: str) -> Slips:
    """Say, by field, what keeps a letter from being recorded."""
    slugs = list(stories)
    found = {
        "month": _why_not_month(month),
        "role": why_not_office(role) or why_not_repeated(role, answered=[] if ask else slugs),
        "stories": why_not_stories(force, slugs)
        or (None if slugs or ask else _("Say what it was about: an address of a story, an ask, or both.")),
        "ask": why_not_ask(force, ask),
    }
    slips = {name: reason for name, reason in found.items() if reason}
    return slips or _recorded_already(Letter(force_id=force, month=month.replace(day=1), role=role, ask=ask), slugs)


def _recorded_already(letter: Letter, slugs: Iterable[str]) -> Slips:
    """A form that was sent twice would say in public that the force was asked twice."""
    same = Letter.objects.filter(force=letter.force_id, month=letter.month, role__iexact=letter.role, ask=letter.ask)
    if not any(set(slugs) == set(each.stories.values_list("slug", flat=True)) for each in same):
        return {}
    return {"role": _("This letter is recorded already: the same force, month, office and matter.")}


def response_slips(response: Response) -> Slips:
    """Say, by field, what keeps a force's answer from being put forward."""
    slugs = response.story_slugs.split()
    answered = [] if response.ask else slugs
    repeated = {
        name: why_not_repeated(getattr(response, name), answered=answered)
        for name in ("words", "context", "source", "owner")
    }
    is_planned, is_made = (response.kind == kind for kind in (Response.Kind.PLANNED, Response.Kind.MADE))
    whose = reason_if(
        is_planned and not response.owner.strip(), _("Write whose the change is: an office, never a name.")
    )
    link = _("Give a link to what shows the change.")
    found = {
        **repeated,
        "month": _why_not_month(response.month) if response.month else None,
        "story_slugs": why_not_stories(response.force_id, slugs),
        "ask": why_not_ask(response.force_id, response.ask),
        "letter": _why_not_letter(response),
        "checked": reason_if(not response.checked, _("Say how you made sure that the force said it.")),
        "owner": whose or why_not_office(response.owner) or repeated["owner"],
        "due_on": reason_if(is_planned and not response.due_on, _("Give the day by which it is to be done.")),
        "evidence_url": reason_if(is_made and not response.evidence_url, link),
    }
    return {name: reason for name, reason in found.items() if reason}


def why_not_repeated(text: str, *, answered: list[str]) -> str | None:
    """Say that this repeats a story, unless it is the one thing that is answered: then it goes when that goes."""
    shared = chain(runs.every_run(text), runs.every_unseen(text))
    found = next((each for each in shared if answered != [each.story.slug]), None)
    if found is None:
        return None
    live = _(
        "These words stand in a story: “%(words)s …”. They would stay when it goes down. Enter an answer that repeats "
        "a story for that story alone, or ask the force to say it without."
    )
    gone = _("These words stand in a story that isn’t on the site: “%(words)s …”. Ask the force to say it without.")
    return (live if found.is_live else gone) % {"words": " ".join(found.words.split()[:6])}


def why_not_stories(force: str, slugs: Iterable[str]) -> str | None:
    """Say that some of these aren't live stories which name the force, by address; nothing else is told of a story."""
    slugs = list(slugs)
    rows = {story.slug: story for story in Story.live.filter(slug__in=slugs).only("slug", "force_id")}
    if gone := [slug for slug in slugs if slug not in rows]:
        return _("No story stands on the site at: %(addresses)s") % {"addresses": _listed(gone)}
    if others := [slug for slug in slugs if rows[slug].force_id != force]:
        return _("These don’t name that force: %(addresses)s") % {"addresses": _listed(others)}
    return None


def why_not_answered_any_more(slugs: list[str], *, ask: str) -> str | None:
    """Say that all the stories which an answer is to are gone for good, where it is to nothing else."""
    there = Story.objects.filter(slug__in=slugs).exclude(status=Story.Status.REMOVED)
    is_gone = slugs and not ask and not there.exists()
    return reason_if(is_gone, _("What it answers is gone for good, and its words go too: delete it."))


def _listed(slugs: Iterable[str]) -> str:
    return ", ".join(f"/stories/{slug}/" for slug in slugs)


def why_not_ask(force: str, slug: str) -> str | None:
    """Say that an ask isn't on the site, or not of that force."""
    if not slug:
        return None
    ask = ask_progress.asks_by_slug().get(slug)
    if ask is None:
        return _("This ask isn’t on the site.")
    return None if ask.is_of(force) else _("This is asked of somebody else. Choose what is asked of this force.")


def why_not_office(words: str) -> str | None:
    """Say that this names a person: an office stays when its holder goes, and no officer is ever named here."""
    said = _("This looks like somebody’s name. Write the office alone, such as “Head of Public Protection”.")
    return reason_if(gate.names_somebody(words), said)


def _why_not_month(month: date) -> str | None:
    return reason_if(month > lifecycle.today(), _("That month hasn’t come yet."))


def _why_not_letter(response: Response) -> str | None:
    letter = response.letter
    if letter and letter.force_id != response.force_id:
        return _("That letter went to another force.")
    if letter and response.month and response.month < letter.month:
        return _("That letter went out after the month it was said. Choose the month in which the force answered it.")
    return None


def holds_back(looked: Iterable[Looked]) -> list[Wording]:
    """Return each wording that keeps an answer off the site until a reason stands: the sure ones, and every name, which
    is nobody's to let through unread.
    """
    return group_wordings(
        (text, [each for each in found if each.kind in gate.NAMES or gate.is_held_back(each.kind, sure=each.sure)])
        for text, found in looked
    )


def reasons_by_key(lines: str, found: Iterable[Wording]) -> dict[str, str]:
    """The reasons of a text with one line for each wording, “the words: why they stay”, by the wording's key."""
    written = [" ".join(line.split()).lstrip('“"') for line in lines.splitlines()]
    reasons = {each.key: _reason_for(each, written) for each in found}
    return {key: why for key, why in reasons.items() if why}


def _reason_for(wording: Wording, lines: list[str]) -> str:
    for named in (" ".join(wording.words.split()), wording.key):
        for line in lines:
            if line.casefold().startswith(named.casefold()):
                rest = line[len(named) :].lstrip('”" ')
                if rest.startswith(":"):
                    return rest[1:].strip()[:LONGEST_REASON]
    return ""


def why_not_left(held_back: Iterable[Wording], *, left: Mapping[str, str], name: str = "words") -> str | None:
    """Say that some of a field has no reason in `left`, by key, and what to do about it."""
    without = gate.without_reason(held_back, left=left)
    each_of_them = ", ".join(f"“{each.words}: …”" for each in without)
    lines = _("Below, write a line for each: %(lines)s") % {"lines": each_of_them}
    return f"{_could_lead(without, _ADVICE[name])} {lines}" if without else None


def why_not_agree_left(held_back: Iterable[Wording], *, left: Mapping[str, str]) -> str | None:
    """Say that something in it has no reason, to the second person."""
    without = gate.without_reason(held_back, left=left)
    advice = _("No reason for it is written. Send it back, so that whoever entered it writes why, or asks the force.")
    return _could_lead(without, advice) if without else None


def _could_lead(held_back: Iterable[Wording], advice: str | Promise) -> str:
    found = gate.kinds_in_words(held_back)
    return f"{_('This could lead straight to somebody: %(kinds)s.') % {'kinds': found}} {advice}"


_OURS = gettext_lazy("Take it out here, or write below why it stays.")
_SOURCE = gettext_lazy("Point to another source, or write below why it stays.")
# What can be done about words that could lead to somebody: the force's own are never changed.
_ADVICE = {
    "words": gettext_lazy(
        "Write below why each stays. A force’s exact words are never changed, so where one can’t stay, ask the force "
        "to say it without."
    ),
    **dict.fromkeys(("context", "owner"), _OURS),
    **dict.fromkeys(("source", "source_url", "evidence_url"), _SOURCE),
}


def why_not_second_person(response: Response, user: User) -> str | None:
    """Say why this person isn't a second pair of eyes for the version that waits."""
    if reason := why_not("agree to a response", user):
        return reason
    state = response.current_workflow_state
    if not response.workflow_in_progress or state is None:
        return _("Nothing waits for a second person here.")
    if user.pk in response.author_ids():
        return _("You wrote a version of this text, so another moderator has to be its second reader.")
    if state.requested_by is None or why_not("enter a response", state.requested_by):
        return _("Whoever put this text forward can’t stand by it any more. Send it back, for a colleague to take on.")
    return None


def why_not_send_response_back(reason: str, *, user: User) -> str | None:
    """Say why this person can't send back what waits, for this reason."""
    said = _("Choose why it goes back, so that who entered it knows.")
    return why_not("send a response back", user) or reason_if(reason not in SendBackForm.Reason.values, said)
