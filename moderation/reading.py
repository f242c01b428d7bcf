"""Opening what contributors sealed: the only place on the moderators' side that does."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from moderation import claims, reopening, unopened, versions
from moderation.errors import Refused
from moderation.personal import care
from moderation.risk import danger
from moderation.risk.danger import DangerFacts, SealedNo
from moderation.safekeeping.vault import OpenVault
from stories import agreed_text, lifecycle
from stories.models import Event, SealedText, Story, Submission, TakeDownRequest
from stories.next_steps import CHANGES, MESSAGES, OF_A_TEXT, UNFOLDED
from stories.telling import labels as sealed_labels
from stories.telling import locking, on_its_way, sealed_store, sealing
from stories.telling.errors import SealingError
from stories.telling.labels import Labels

Kind = SealedText.Kind


class CannotOpen(Refused):
    """The moderator's keys don't open it, or it isn't what was sealed here."""

    def __init__(self) -> None:
        super().__init__(_("Your keys don’t open this one. Ask a moderator whose key is older to look at it."))


class StandsApart(CannotOpen):
    """They know the force or a person in it, so nothing of it is opened for them."""

    def __init__(self, reason: str) -> None:
        Refused.__init__(self, reason)


@dataclass(frozen=True)
class Opened:
    """Everything of one submission, in the clear, for one moderator's screen."""

    submission: Submission
    account: dict[str, str]
    answers: dict[str, Any]
    messages: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    # How many of the contributor's messages, counted from the newest, this moderator hadn't opened before.
    new_messages: int = 0


@transaction.atomic
def read(submission: Submission, *, vault: OpenVault, unfolds: bool = False) -> Opened:
    """Open a submission for `vault.moderator`, leaving an event; raises `CannotOpen` and leaves none.

    `unfolds` says that its second reader pressed the button that shows the account. Where its label says that
    something about danger came after a yes to its text, that yes ends here, in the same transaction.
    """
    # The row first: a message that is being written is waited for, or counts as not opened yet.
    row, _story = locking.both(submission.pk)
    new_messages = unopened.new_to(vault.moderator, submission)
    is_new = new_messages > 0 or unopened.changed_for(vault.moderator, submission)
    care.note(vault.moderator, row, labels([row], vault).get(row.pk))
    # In the order in which a colleague opens and then sends back: another one would tell what its label says.
    _leave_an_event(submission, by=vault.moderator, is_new=is_new, unfolds=unfolds)
    end_what_danger_ends(row, vault=vault)
    claims.clear_away_soon()
    submission.status, submission.erase_on = row.status, row.erase_on
    with _opening(row, vault) as private:
        return Opened(
            submission=submission,
            account=sealed_store.latest(submission, Kind.ACCOUNT, private=private),
            answers=_answers(submission, private),
            messages=_messages(submission, private),
            notes=_notes(submission, private),
            new_messages=new_messages,
        )


def _notes(submission: Submission, private: bytes) -> list[dict[str, Any]]:
    """What colleagues wrote, oldest first; what went with a yes about danger stands with the first look."""
    notes = sealed_store.all_opened(submission, Kind.NOTE, private=private)
    return [note for note in notes if note.get("about") != danger.ABOUT]


def _messages(submission: Submission, private: bytes) -> list[dict[str, Any]]:
    """Every message, oldest first; `is_leaving` is true of what its contributor can't read yet."""
    leaving = {text.pk for text in on_its_way.messages(submission)}
    texts = submission.texts.filter(kind=Kind.MESSAGE).order_by("number")
    return [sealed_store.opened(text, private=private) | {"is_leaving": text.pk in leaving} for text in texts]


def end_what_danger_ends(row: Submission, *, vault: OpenVault) -> None:
    """Take its text back where a label is newer than the yeses to it; the caller has locked the story and the row."""
    if row.status not in (*lifecycle.PUT_FORWARD, Submission.Status.AGREED):
        return
    facts, copy = danger_of(row, vault=vault), versions.current(row)
    said = [no for no in facts.noes if copy is not None and no.digest == copy.digest]
    # What was put forward before anybody was asked is for `policies` and the triggers to refuse.
    if said and not facts.is_about_now(said[-1]):
        reopening.for_danger(row, by=vault.moderator)


def _leave_an_event(submission: Submission, *, by: Any, is_new: bool, unfolds: bool) -> None:
    """One event for each day, and one more for whatever the contributor wrote in the middle of it."""
    today = Event.objects.filter(submission=submission, deed="open", by=by, day=lifecycle.today())
    was_open = today.exclude(reason=OF_A_TEXT).exists()
    if unfolds or is_new or any(unopened.says(submission).values()) or not was_open:
        lifecycle.record(submission, "open", by=by, reason=UNFOLDED if unfolds else "")


def has_unfolded(submission: Submission, user: Any) -> bool:
    """True where this person unfolded the account since its text was put forward and its contributor last wrote."""
    since = Event.objects.filter(submission=submission, deed__in=("put forward", *MESSAGES, *CHANGES))
    last = since.order_by("-number").values_list("number", flat=True).first() or 0
    unfolded = Event.objects.filter(submission=submission, deed="open", reason=UNFOLDED, by=user, number__gt=last)
    return unfolded.exists()


def answers(submission: Submission, *, vault: OpenVault) -> dict[str, Any]:
    """Return the ticked answers alone, for a rule to look at; no event, as no person reads them."""
    with _opening(submission, vault) as private:
        return _answers(submission, private)


def account(submission: Submission, *, vault: OpenVault) -> dict[str, str]:
    """Return the account, for a machine to count what was replaced; no event, as no person reads it."""
    with _opening(submission, vault) as private:
        return sealed_store.latest(submission, Kind.ACCOUNT, private=private)


def first_looks(submission: Submission, *, vault: OpenVault) -> list[dict[str, Any]]:
    """Return every first look at it, oldest first, for a rule or a page that has its event already."""
    with _opening(submission, vault) as private:
        return sealed_store.all_opened(submission, Kind.FIRST_LOOK, private=private)


def labels(rows: Iterable[Submission], vault: OpenVault) -> dict[UUID, Labels]:
    """Return the labels of these rows by id, where there are any and they open; no event, as no text is read."""
    found = {}
    for row in rows:
        if row.labels and row.key_for_queue:
            with suppress(CannotOpen), _story_key(row, vault) as private:
                found[row.pk] = sealed_labels.opened(row, private=private)
    return {pk: labels for pk, labels in found.items() if labels}


def danger_facts(rows: Collection[Submission], vault: OpenVault) -> dict[UUID, DangerFacts]:
    """Return what is known of danger in each of these rows that opens, by id; no event, as no account is read.

    One query for all of them, whatever their number.
    """
    sealed: dict[UUID, list[SealedText]] = {}
    kinds = (Kind.FIRST_LOOK, Kind.NOTE)
    for text in SealedText.objects.filter(submission__in=rows, kind__in=kinds).order_by("number"):
        sealed.setdefault(text.submission_id, []).append(text)
    found = {}
    for row in rows:
        with suppress(CannotOpen), _story_key(row, vault) as private:
            found[row.pk] = _danger_facts(row, sealed.get(row.pk, []), private)
    return found


def danger_of(submission: Submission, *, vault: OpenVault) -> DangerFacts:
    """The same of one, for a rule or a page; raises `CannotOpen`."""
    kinds = (Kind.FIRST_LOOK, Kind.NOTE)
    with _opening(submission, vault) as private:
        return _danger_facts(submission, submission.texts.filter(kind__in=kinds).order_by("number"), private)


def _danger_facts(row: Submission, texts: Iterable[SealedText], private: bytes) -> DangerFacts:
    opened = [(text.kind, sealed_store.opened(text, private=private)) for text in texts]
    noes = [note for kind, note in opened if kind == Kind.NOTE and note.get("about") == danger.ABOUT]
    label = sealed_labels.opened(row, private=private) or Labels()
    return DangerFacts(
        looks=[look for kind, look in opened if kind == Kind.FIRST_LOOK],
        noes=[SealedNo(**{name: no[name] for name in SealedNo.__annotations__}) for no in noes],
        is_label_urgent=label.danger.is_urgent,
        dangers=label.dangers,
    )


def working_copy(sealed: SealedText, *, vault: OpenVault) -> dict[str, Any]:
    """Return {"fields": {…}, "salt": …, "left": {key: why it stays}} of one version; an old one has no "left"."""
    with _opening(sealed.submission, vault) as private:
        _leave_a_trace(sealed, by=vault.moderator)
        payload = sealed_store.opened(sealed, private=private)
    return payload | {"fields": agreed_text.whole(payload["fields"])}


def _leave_a_trace(sealed: SealedText, *, by: Any) -> None:
    """Whoever sees what a colleague's window kept leaves an event after it, which `working_copies` keeps it for."""
    copy = sealed.working_copy
    if copy.window and copy.written_by_id != by.pk:
        seen = Event.objects.filter(submission=copy.submission_id, deed="open", by=by, number__gt=copy.after_event)
        if not seen.exists():
            lifecycle.record(sealed.submission, "open", by=by, reason=OF_A_TEXT)


def checks(submission: Submission, *, vault: OpenVault) -> list[dict[str, Any]]:
    """Return the readers' answers to the anonymity check, oldest first, for a rule to compare; no event."""
    with _opening(submission, vault) as private:
        return sealed_store.all_opened(submission, Kind.CHECK, private=private)


def take_down_words(request: TakeDownRequest, *, vault: OpenVault) -> str:
    """Return what was written with a take-down request, or nothing; raises `CannotOpen`."""
    if reason := care.why_not_apart(request.story.submission, vault.moderator):
        raise StandsApart(reason)
    if not request.box:
        return ""
    try:
        return sealed_store.request_opened(request, private=vault.keys.get(request.queue_epoch_id or 0, bytes(32)))
    except SealingError:
        raise CannotOpen from None


def objection(objection: TakeDownRequest, *, vault: OpenVault) -> dict[str, Any]:
    """Return {"force": its id, "text": what it wrote}, or nothing once that is erased; raises `CannotOpen`."""
    if reason := care.why_not_apart(objection.story.submission, vault.moderator):
        raise StandsApart(reason)
    if not objection.box:
        return {}
    private = vault.keys.get(objection.queue_epoch_id or 0, bytes(32))
    try:
        return sealed_store.objection_opened(objection, private=private)
    except SealingError:
        raise CannotOpen from None


def _answers(submission: Submission, private: bytes) -> dict[str, Any]:
    """The ticked answers; once those are erased, what a story still keeps of its contributor's choices, and no more."""
    if not submission.is_erased:
        return sealed_store.latest(submission, Kind.ANSWERS, private=private)
    story = Story.objects.filter(submission=submission).first()
    if story is None:
        return {}
    choices = {"publish": story.may_publish, "quote": story.may_quote, "training": story.may_train}
    return {"place_shown": story.place_shown} | {f"consent_{name}": said for name, said in choices.items()}


@contextmanager
def _opening(submission: Submission, vault: OpenVault) -> Iterator[bytes]:
    """Give the private half of the story key to who doesn't stand apart; raises `CannotOpen`."""
    if reason := care.why_not_apart(submission, vault.moderator):
        raise StandsApart(reason)
    with _story_key(submission, vault) as private:
        yield private


@contextmanager
def _story_key(submission: Submission, vault: OpenVault) -> Iterator[bytes]:
    """Give the private half of the story key, and turn whatever doesn't open into `CannotOpen`."""
    epoch = submission.queue_epoch_id or 0
    try:
        yield sealing.open_key(
            bytes(submission.key_for_queue),
            private=vault.keys.get(epoch, bytes(32)),
            place=sealed_store.queue_place(submission.pk, epoch),
        )
    except SealingError:
        raise CannotOpen from None
