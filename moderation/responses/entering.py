"""Entering what a force said, the first of two yeses: each version is sealed, and a new one voids the yes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moderation import two_people
from moderation.errors import Refused, refuse_if
from moderation.log import response_log
from moderation.models import ResponseEntry, ResponseVersion, ResponseYes
from moderation.policies import responses as policies
from moderation.redacting import anonymity
from moderation.responses import entries, seen, silence
from stories import agreed_response, agreed_text, lifecycle
from stories.identifying.wordings import Looked
from stories.looking import Look
from stories.models import Letter, QueueKey, Response
from stories.telling import intake, posted, retention, sealed_store


class HeldBack(Refused):
    """Something in it could lead to somebody; `beside` says it again, by field."""

    def __init__(self, reason: str, beside: policies.Slips):
        super().__init__(reason)
        self.beside = beside


@dataclass(frozen=True)
class Entered:
    """What somebody typed: the fields of the document, how they checked it, and why what looks identifying stays."""

    fields: Mapping[str, str]
    checked: str
    # By the key of each wording.
    left: Mapping[str, str] = field(default_factory=dict)
    letter: Letter | None = None


@dataclass(frozen=True)
class _Whole:
    """The same, cleaned, with what is sealed of it."""

    fields: dict[str, str]
    checked: str
    left: dict[str, str]
    letter: Letter | None


def enter(entered: Entered, *, by: Any, look: Look | None = None) -> ResponseEntry:
    """Keep a force's answer, sealed, until a second person agreed to it; raises `Refused`.

    Sealing needs no open vault, and nobody reads it again without one.
    """
    whole = _fit(entered, by=by, look=look or Look())
    with transaction.atomic():
        entry = ResponseEntry.objects.create(force_id=whole.fields["force"], letter=whole.letter)
        _add_version(entry, whole, number=1, by=by)
    return entry


def enter_again(
    entry: ResponseEntry, entered: Entered, *, after: int, by: Any, look: Look | None = None
) -> ResponseEntry:
    """Keep another version: of what waits, of what was sent back, or as the correction of what stands on the site.

    `after` is the number of the version that the form began with. Every yes was to other words, so they end here;
    what stands stays until two agreed to this one. Raises `Refused`.
    """
    whole = _fit(entered, by=by, look=look or Look())
    with transaction.atomic():
        row = entries.locked(entry)
        newest = entries.current(row)
        if newest.number != after:
            raise Refused(_("Somebody entered a newer version since you opened this form. What you typed is below."))
        if whole.fields["force"] != row.force_id:
            raise Refused(_("A version is of the same force. Enter another force’s answer as one of its own."))
        ResponseYes.objects.filter(version__entry=row).delete()
        row.state, row.sent_back_for, row.letter = ResponseEntry.State.WAITING, "", whole.letter or row.letter
        row.save(update_fields=["state", "sent_back_for", "letter"])
        _add_version(row, whole, number=newest.number + 1, by=by)
    return row


@transaction.atomic
def drop(entry: ResponseEntry, *, by: Any) -> None:
    """Erase what waits, whoever entered it; what stands on the site stays. Raises `Refused`."""
    row = entries.locked(entry)
    refuse_if(policies.why_not_drop_response(row, by))
    response_log.note(row, response_log.DROP, by=by)
    silence.begin_again(row)
    erase_what_waits(row)
    transaction.on_commit(retention.scrub, robust=True)


def erase_what_waits(row: ResponseEntry) -> None:
    """Delete the versions that nobody agreed to, and the entry with them where nothing of it stands on the site."""
    # The force did answer; whoever drops what it never said has said so before.
    silence.has_ended(row)
    standing = entries.response_of(row)
    if standing is None:
        row.delete()
        return
    row.versions.filter(number__gt=_number_of(row, standing.digest)).delete()
    row.state, row.sent_back_for = ResponseEntry.State.AGREED, ""
    row.save(update_fields=["state", "sent_back_for"])


def _fit(entered: Entered, *, by: Any, look: Look) -> _Whole:
    """Clean what was typed and look through it, before anything is locked; raises `Refused`."""
    fields = cleaned(entered.fields)
    fields["stories"] = " ".join(sorted(set(fields["stories"].split())))
    slips = policies.response_slips(fields, letter=entered.letter)
    # A look takes seconds: what can be refused without one is refused first.
    refuse_if(policies.why_not_enter(slips, checked=entered.checked, held_back=[], left={}, user=by))
    looked = seen.surely(fields, look)
    held_back, there = looked.held_back, {each.key for each in looked.wordings}
    left = {key: why for key, why in anonymity.clean_reasons(entered.left).items() if key in there}
    if reason := policies.why_not_enter(slips, checked=entered.checked, held_back=held_back, left=left, user=by):
        raise HeldBack(reason, _beside(looked.looked, left))
    return _Whole(fields, entered.checked, left, entered.letter)


def cleaned(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of the document as they are looked at and kept."""
    return {name: posted.cleaned_words(str(fields.get(name, ""))) for name in agreed_response.FIELDS}


def _beside(looked: Mapping[str, Looked], left: Mapping[str, str]) -> policies.Slips:
    """Say by field what holds it back."""
    each = {name: policies.holds_back([text]) for name, text in looked.items()}
    found = {name: policies.why_not_left(held_back, left=left, name=name) for name, held_back in each.items()}
    return {name: reason for name, reason in found.items() if reason}


def _add_version(entry: ResponseEntry, whole: _Whole, *, number: int, by: Any) -> None:
    queue = intake.queue_key()
    if queue is None:
        raise Refused(_("The team has no key yet to seal this to, so nothing was kept. A moderator begins the vault."))
    salt = agreed_text.new_salt()
    payload = {"fields": whole.fields, "salt": salt, "checked": whole.checked, "left": whole.left}
    version = ResponseVersion.objects.create(
        entry=entry,
        number=number,
        digest=agreed_text.digest(agreed_response.canonical(whole.fields), salt=salt),
        box=sealed_store.response_sealed(payload, to=bytes(queue.public), entry_id=entry.pk, number=number),
        queue_epoch=queue,
        written_by=by,
        written_on=lifecycle.today(),
    )
    _refuse_if_rotated(queue)
    first = two_people.a_yes(ResponseYes.Place.FIRST, digest=version.digest, by=by)
    ResponseYes.objects.create(version=version, **first)
    silence.end(entry, whole.fields)
    entry.is_of_letter_alone = _is_to_nothing_but(entry.letter, whole.fields)
    entry.is_of_answer_alone = _is_to_nothing_but(entries.response_of(entry), whole.fields)
    entry.save(update_fields=["is_of_letter_alone", "is_of_answer_alone"])
    response_log.note(entry, response_log.ENTER, by=by)


def _is_to_nothing_but(other: Letter | Response | None, fields: Mapping[str, str]) -> bool:
    """True of an answer to stories alone, each of which that letter or answer is about too."""
    slugs = set(fields["stories"].split())
    if other is None or fields["ask"] or not slugs:
        return False
    return slugs <= set(other.stories.values_list("slug", flat=True))


def _refuse_if_rotated(queue: QueueKey) -> None:
    try:
        intake.refuse_if_rotated(queue)
    except intake.Rotated:
        raise Refused(_("The team’s key changed at this very moment. Press once more.")) from None


def _number_of(entry: ResponseEntry, digest: str) -> int:
    """Which version stands on the site."""
    return entry.versions.filter(digest=digest).values_list("number", flat=True)[0]
