"""Who may ask a force, enter what it answered, agree to that or send it back, and when."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation import two_people
from moderation.deeds import why_not
from moderation.models import ResponseEntry, ResponseVersion, ResponseYes
from moderation.policies.texts import why_not_trusted
from moderation.safekeeping.vault import OpenVault
from stories import going_public, lifecycle
from stories.identifying import Finding
from stories.identifying.wordings import Looked, Wording, wordings
from stories.models import Force, Letter, Response, Story
from stories.public import asks
from stories.public.search import runs

# How somebody made sure that the force said it.
CHECKED = {
    "switchboard": gettext_lazy("I checked it with the force by its switchboard."),
    "public": gettext_lazy("It was said in public: at the link, or where the source says."),
}
# Why an answer goes back to who entered it; the list is closed, so that no word about it stands anywhere in the clear.
SEND_BACK = {
    "identifies": gettext_lazy("It could identify someone."),
    "disputes": gettext_lazy("It disputes a person’s word."),
    "blames": gettext_lazy("It blames who reported."),
    "promise": gettext_lazy("It promises something, without whose it is or by when."),
    "same": gettext_lazy("The same words stand elsewhere already."),
}
Slips = dict[str, str]


# --- What is written down -------------------------------------------------------------------


def letter_slips(force: str, *, month: date, role: str, slugs: Iterable[str], ask: str) -> Slips:
    """Say, by field, what keeps a letter from being recorded."""
    slugs = list(slugs)
    found = {
        "month": _why_not_month(month),
        "role": why_not_office(role) or _why_not_words({"role": role, "ask": ask, "stories": " ".join(slugs)}, "role"),
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


def response_slips(fields: Mapping[str, str], *, letter: Letter | None = None) -> Slips:
    """Say, by field, what keeps a force's answer from being entered."""
    kind, force = fields["kind"], fields["force"]
    found = {
        "force": None if Force.objects.filter(pk=force).exists() else _("Choose the force that said it."),
        "kind": None if kind in Response.Kind.values else _("Choose what kind of answer it is."),
        "words": _why_not_words(fields, "words")
        if fields["words"].strip()
        else _("Write what the force said, in its exact words."),
        "context": _why_not_words(fields, "context"),
        "source": _why_not_words(fields, "source")
        if fields["source"].strip()
        else _("Write where its words can be found, or how they came."),
        "month": _why_not_month(date.fromisoformat(fields["month"])) if fields["month"] else None,
        "stories": why_not_stories(force, fields["stories"].split()),
        "ask": why_not_ask(force, fields["ask"]),
        "letter": _why_not_letter(fields, letter),
        **_slips_of_change(fields),
    }
    return {name: reason for name, reason in found.items() if reason}


def _why_not_words(fields: Mapping[str, str], name: str) -> str | None:
    """Say that these repeat a story, unless it is the one thing they answer: then they go when it goes."""
    answered = "" if fields["ask"] else fields["stories"]
    shared = chain(runs.every([fields[name]]), runs.every_unseen([fields[name]]))
    found = next((each for each in shared if answered.split() != [each.story.slug]), None)
    if found is None:
        return None
    said = _(
        "These words stand in a story: “%(words)s …”. They would stay when it goes down. Enter an answer that repeats "
        "a story for that story alone, or ask the force to say it without."
    )
    if not found.is_live:
        said = _("These words stand in a story that isn’t on the site: “%(words)s …”. Ask the force to say it without.")
    return said % {"words": " ".join(found.words.split()[:6])}


def _slips_of_change(fields: Mapping[str, str]) -> dict[str, str | None]:
    is_planned, is_made = (fields["kind"] == kind for kind in (Response.Kind.PLANNED, Response.Kind.MADE))
    owner = _("Write whose the change is: an office, never a name.")
    return {
        "owner": owner
        if is_planned and not fields["owner"].strip()
        else why_not_office(fields["owner"]) or _why_not_words(fields, "owner"),
        "due_on": _("Give the day by which it is to be done.") if is_planned and not fields["due_on"] else None,
        "evidence_url": _("Give a link to what shows the change.") if is_made and not fields["evidence_url"] else None,
    }


def why_not_stories(force: str, slugs: Iterable[str]) -> str | None:
    """Say that some of these aren't live stories which name the force, by address; nothing else is told of a story."""
    slugs = list(slugs)
    rows = {story.slug: story for story in Story.live.filter(slug__in=slugs).only("slug", "force_id")}
    if gone := [slug for slug in slugs if slug not in rows]:
        return _("No story stands on the site at: %(addresses)s") % {"addresses": _listed(gone)}
    if others := [slug for slug in slugs if rows[slug].force_id != force]:
        return _("These don’t name that force: %(addresses)s") % {"addresses": _listed(others)}
    return None


def why_not_answered_any_more(fields: Mapping[str, str]) -> str | None:
    """Say that all the stories which an answer is to are gone for good, where it is to nothing else."""
    slugs = fields["stories"].split()
    there = Story.objects.filter(slug__in=slugs).exclude(status=Story.Status.REMOVED)
    if fields["ask"] or not slugs or there.exists():
        return None
    return _("What it answers is gone for good, and its words go too: drop it.")


def _listed(slugs: Iterable[str]) -> str:
    return ", ".join(f"/stories/{slug}/" for slug in slugs)


def why_not_ask(force: str, slug: str) -> str | None:
    """Say that an ask isn't on the site, or not of that force."""
    if not slug:
        return None
    ask = asks.by_slug().get(slug)
    if ask is None:
        return _("This ask isn’t on the site.")
    return None if ask.is_of(force) else _("This is asked of somebody else. Choose what is asked of this force.")


def why_not_office(words: str) -> str | None:
    """Say that this names a person: an office stays when its holder goes, and no officer is ever named here."""
    if going_public.names_somebody(words):
        return _("This looks like somebody’s name. Write the office alone, such as “Head of Public Protection”.")
    return None


def _why_not_month(month: date) -> str | None:
    return _("That month hasn’t come yet.") if month > lifecycle.today() else None


def _why_not_letter(fields: Mapping[str, str], letter: Letter | None) -> str | None:
    if letter and letter.force_id != fields["force"]:
        return _("That letter went to another force.")
    if letter and "" < fields["month"] < letter.month.isoformat():
        return _("That letter went out after the month it was said. Choose the month in which the force answered it.")
    return None


def holds_back(looked: Iterable[Looked]) -> list[Wording]:
    """Return each wording that keeps an answer off the site until a reason stands: the sure ones, and every name.

    Whoever enters it and whoever agrees to it are held by this one rule: a name is nobody's to let through unread.
    """
    return wordings((text, [each for each in found if _needs_reason(each)]) for text, found in looked)


def _needs_reason(found: Finding) -> bool:
    return found.kind in going_public.NAMES or going_public.is_held_back(found.kind, sure=found.sure)


# --- Who may, and when ----------------------------------------------------------------------


def why_not_record_letter(slips: Slips, user: Any) -> str | None:
    """Say why this person can't record this letter."""
    return why_not("record a letter", user) or next(iter(slips.values()), None)


def why_not_take_out(letter: Letter, user: Any) -> str | None:
    """Say why this person can't take out the record of a letter."""
    if reason := why_not("record a letter", user):
        return reason
    return _("Its answer was entered already, so its record stays.") if letter.is_answered else None


def why_not_enter(
    slips: Slips, *, checked: str, held_back: Iterable[Wording], left: Mapping[str, str], user: Any
) -> str | None:
    """Say why this person can't enter exactly this as what a force said."""
    return (
        why_not("enter a response", user)
        or next(iter(slips.values()), None)
        or (None if checked in CHECKED else _("Say how you made sure that the force said it."))
        or why_not_left(held_back, left=left)
    )


def why_not_left(held_back: Iterable[Wording], *, left: Mapping[str, str], name: str = "") -> str | None:
    """Say that some of it has no reason in `left`, by key, and what to do: of one field, or of all (no `name`)."""
    without = going_public.without_reason(held_back, left=left)
    return _could_lead(without, _ADVICE[name]) if without else None


def _why_not_agree_left(held_back: Iterable[Wording], *, left: Mapping[str, str]) -> str | None:
    without = going_public.without_reason(held_back, left=left)
    advice = _("No reason for it is written. Send it back, so that whoever entered it writes why, or asks the force.")
    return _could_lead(without, advice) if without else None


def _could_lead(held_back: Iterable[Wording], advice: Any) -> str:
    found = going_public.kinds_in_words(held_back)
    return f"{_('This could lead straight to somebody: %(kinds)s.') % {'kinds': found}} {advice}"


_OURS = gettext_lazy("Take it out here, or write below why it stays.")
_SOURCE = gettext_lazy("Point to another source, or write below why it stays.")
# What can be done about words that could lead to somebody: the force's own are never changed.
_ADVICE = {
    "": gettext_lazy("Write below why each stays, or read beside its field what else can be done."),
    "words": gettext_lazy(
        "Write below why each stays. A force’s exact words are never changed, so where one can’t stay, ask the force "
        "to say it without."
    ),
    **dict.fromkeys(("context", "owner"), _OURS),
    **dict.fromkeys(("source", "source_url", "evidence_url"), _SOURCE),
}


def why_not_drop_response(entry: ResponseEntry, user: Any) -> str | None:
    """Say why this person can't drop what waits."""
    is_over = entry.state == ResponseEntry.State.AGREED
    return why_not("enter a response", user) or (_("Nothing waits here.") if is_over else None)


def why_not_agree_response(
    version: ResponseVersion,
    shown: str,
    *,
    vault: OpenVault,
    held_back: Iterable[Wording] = (),
    left: Mapping[str, str] | None = None,
) -> str | None:
    """Say why this person can't agree to exactly the version whose digest they were shown."""
    user = vault.moderator
    return (
        why_not("agree to a response", user)
        or _why_not_waiting(version.entry)
        or why_not_trusted(vault)
        or _why_not_this_version(version, shown)
        or why_not_second_person(version, user)
        or _why_not_agree_left(held_back, left=left or {})
    )


def why_not_second_person(version: ResponseVersion, user: Any) -> str | None:
    """Say why this person isn't a second pair of eyes for what waits."""
    first = ResponseYes.objects.filter(version=version, place=ResponseYes.Place.FIRST).select_related("by").first()
    return two_people.why_not_second(
        user,
        writers=set(version.entry.versions.values_list("written_by_id", flat=True)),
        first=first,
        digest=version.digest,
        # Whoever enters needs no key of the vault, so having lost one takes nothing from their word.
        stands_by=lambda giver: why_not("enter a response", giver) is None,
    )


def why_not_send_response_back(version: ResponseVersion, reason: str, *, shown: str, user: Any) -> str | None:
    """Say why this person can't send back what waits."""
    return (
        why_not("send a response back", user)
        or _why_not_waiting(version.entry)
        or _why_not_this_version(version, shown)
        or (None if reason in SEND_BACK else _("Choose why it goes back, so that who entered it knows."))
    )


def why_not_take_response_down(user: Any) -> str | None:
    """Say why this person can't take a response off the site."""
    return why_not("take a response down", user)


def _why_not_waiting(entry: ResponseEntry) -> str | None:
    is_waiting = entry.state == ResponseEntry.State.WAITING
    return None if is_waiting else _("Nothing waits for a second person here.")


def _why_not_this_version(version: ResponseVersion, shown: str) -> str | None:
    newest = version.entry.versions.order_by("-number").values_list("pk", flat=True).first()
    return two_people.why_not_this_text(shown, version.digest, is_newest=newest == version.pk)
