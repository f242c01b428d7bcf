"""Opening what contributors sealed: the only place on the moderators' side that does."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from typing import cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import claims, working_copies
from moderation.conflict_of_interest import why_not_apart
from moderation.facts import TextFacts, load_facts, load_text_facts
from moderation.models import WorkingCopy
from moderation.policies import danger
from moderation.policies.access import why_not_conflicted
from moderation.policies.danger import DangerFacts, Look, SealedNo
from moderation.team import wellbeing
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from stories.core import agreed_text, lifecycle, sealed_store
from stories.core.lifecycle import OF_A_TEXT, UNFOLDED
from stories.core.sealed_store import Payload
from stories.crypto import sealing
from stories.intake import coming_back, labels as sealed_labels
from stories.models import Event, SealedText, Submission, TakeDownRequest

Kind = SealedText.Kind


class CannotOpen(Refused):
    """The moderator's keys don't open it, or it isn't what was sealed here."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            reason or _("Your keys don’t open this one. Ask a moderator whose key is older to look at it.")
        )


class StandsApart(CannotOpen):
    """They know the force or a person in it, so nothing of it is opened for them."""


@contextmanager
def _opening() -> Iterator[None]:
    try:
        yield
    except sealing.SealingError:
        raise CannotOpen from None


class Unsealed:
    """The texts of one submission, opened one by one for whoever the facts are for; raises `CannotOpen`.

    `new_messages` says how many of the contributor's messages, counted from the newest, they hadn't opened before.
    """

    new_messages = 0

    def __init__(self, facts: TextFacts, *, vault: OpenVault) -> None:
        if reason := why_not_conflicted(facts):
            raise StandsApart(reason)
        self.facts, self.vault = facts, vault
        with _opening():
            self._private = _story_key(facts.submission, vault)

    @cached_property
    def account(self) -> dict[str, str]:
        return self._newest(Kind.ACCOUNT)

    @cached_property
    def answers(self) -> Payload:
        """The ticked answers; once those are erased, what a story keeps of its contributor's choices, and no more."""
        story = self.facts.story
        if not self.facts.submission.is_erased:
            return self._newest(Kind.ANSWERS) | coming_back.choices_taken_back(self.facts.events)
        if story is None:
            return {}
        choices = {"publish": story.may_publish, "quote": story.may_quote, "training": story.may_train}
        return {"place_shown": story.place_shown} | {f"consent_{name}": said for name, said in choices.items()}

    @cached_property
    def messages(self) -> list[Payload]:
        """Every message, oldest first; `is_leaving` is true of what its contributor can't read yet."""
        return [
            self._open(text) | {"is_leaving": text.sends_at is not None and text.sends_at > timezone.now()}
            for text in self._all(Kind.MESSAGE)
        ]

    @cached_property
    def notes(self) -> list[Payload]:
        """Colleagues' notes, oldest first, each with its version as screens number it; one that went with a yes about
        danger is in `danger`.
        """
        shown = {copy.number: copy.shown for copy in self.facts.versions}
        notes = [note for note in self._opened_notes if note.get("about") != danger.ABOUT]
        return [note | {"version": shown.get(number, number)} for note in notes for number in [note.get("version", 0)]]

    @cached_property
    def checks(self) -> list[Payload]:
        """The readers' answers to the anonymity check, oldest first."""
        return [self._open(text) for text in self._all(Kind.CHECK)]

    @cached_property
    @_opening()
    def danger(self) -> DangerFacts:
        looks = [self._open(text) for text in self._all(Kind.FIRST_LOOK)]
        return _danger_facts(self.facts.submission, looks, self._opened_notes, self._private)

    def version(self, copy: WorkingCopy) -> Payload:
        """The same as `working_copy` returns, of the newest version."""
        _leave_a_trace(copy, self.facts.events, by=self.vault.moderator)
        payload = self._open(copy.sealed)
        return payload | {"fields": agreed_text.whole_document(payload["fields"])}

    @cached_property
    def _opened_notes(self) -> list[Payload]:
        return [self._open(text) for text in self._all(Kind.NOTE)]

    def _all(self, kind: str) -> list[SealedText]:
        return [text for text in self.facts.texts if text.kind == kind]

    def _newest(self, kind: str) -> Payload:
        found = self._all(kind)
        return self._open(found[-1]) if found else {}

    @_opening()
    def _open(self, text: SealedText) -> Payload:
        return sealed_store.open_sealed_text(text, private=self._private)


def unsealed_texts(submission: Submission, *, vault: OpenVault) -> Unsealed:
    """Load a submission for `vault.moderator` and open its texts as they are asked for; no event, as nobody reads."""
    return Unsealed(load_text_facts(submission, vault.moderator), vault=vault)


def read_account(
    submission: Submission, *, vault: OpenVault, unfolds: bool = False, facts: TextFacts | None = None
) -> Unsealed:
    """Open all of a submission for `vault.moderator`, leaving an event; raises `CannotOpen` and leaves none.

    `unfolds` says that its second reader pressed the button that shows the account. Where its label says that
    something about danger came after a yes to its text, that yes ends here. Whoever opens it again on the same day,
    with nothing new in it, leaves nothing: then no row is locked. `facts` are those that a page has loaded.
    """
    if unfolds:
        return _read_leaving_an_event(submission, vault=vault, unfolds=True)
    seen = Unsealed(facts or load_text_facts(submission, vault.moderator), vault=vault)
    if _leaves_an_event(seen.facts) or _is_ended_by_danger(seen):
        return _read_leaving_an_event(submission, vault=vault)
    return _opened(seen)


@transaction.atomic
def _read_leaving_an_event(submission: Submission, *, vault: OpenVault, unfolds: bool = False) -> Unsealed:
    # The row first: a message that is being written is waited for, or counts as not opened yet.
    lifecycle.lock_both(submission.pk)
    seen = unsealed_texts(submission, vault=vault)
    facts, row = seen.facts, seen.facts.submission
    if not facts.was_opened_today(or_a_text=True) and row.practice_for_id is None:
        wellbeing.count_reading(vault.moderator, open_labels([row], vault).get(row.pk))
    events = list(facts.events)
    # In the order in which a colleague opens and then sends back: another one would tell what its label says.
    if unfolds or _leaves_an_event(facts):
        events.append(lifecycle.record_event(row, "open", by=vault.moderator, reason=UNFOLDED if unfolds else ""))
    is_ended = _is_ended_by_danger(seen) and working_copies.send_back_for_danger(row, by=vault.moderator)
    claims.clear_away_soon()
    submission.status, submission.erase_on = row.status, row.erase_on
    now = load_text_facts(row, vault.moderator) if is_ended else replace(facts, events=events)
    return _opened(Unsealed(now, vault=vault), new_messages=facts.done_since_opened(lifecycle.MESSAGES))


def _opened(seen: Unsealed, *, new_messages: int = 0) -> Unsealed:
    """Open each text now, so that what doesn't open is said before a page begins."""
    _all = seen.account, seen.answers, seen.messages, seen.notes
    seen.new_messages = new_messages
    return seen


def _leaves_an_event(facts: TextFacts) -> bool:
    """True once a day, and once more for whatever the contributor wrote in the middle of it."""
    is_new = facts.done_since_opened((*lifecycle.MESSAGES, *lifecycle.CHANGES)) > 0
    return is_new or any(facts.marks.values()) or not facts.was_opened_today()


def _is_ended_by_danger(seen: Unsealed) -> bool:
    """True of a text that waits for its second reader or its batch, where a label is newer than the yeses to it."""
    if seen.facts.status not in (*lifecycle.PUT_FORWARD, Submission.Status.AGREED):
        return False
    copy = seen.facts.newest
    said = [no for no in seen.danger.noes if copy is not None and no.digest == copy.digest]
    # What was put forward before anybody was asked is for `policies` and the triggers to refuse.
    return bool(said) and not seen.danger.is_about_now(said[-1])


def open_labels(rows: Iterable[Submission], vault: OpenVault) -> dict[UUID, sealed_labels.Labels]:
    """Return the labels of these rows by id, where there are any and they open; no event, as no text is read."""
    found = {}
    for row in rows:
        if row.labels and row.key_for_queue:
            with suppress(sealing.SealingError):
                found[row.pk] = sealed_labels.opened_labels(row, private=_story_key(row, vault))
    return {pk: labels for pk, labels in found.items() if labels}


def open_facets(rows: Collection[Submission], vault: OpenVault) -> dict[UUID, list[str]]:
    """Return the title of the newest text of each row that opens, then the forces that it and its contributor name.

    For a search: one query, and no event, as nobody reads.
    """
    kinds: tuple[str, ...] = (Kind.WORKING_COPY, Kind.ANSWERS)
    same = SealedText.objects.filter(submission=OuterRef("submission"), kind=OuterRef("kind")).order_by("-number")
    newest, keys = Subquery(same.values("pk")[:1]), {}
    for row in rows:
        with suppress(sealing.SealingError):
            keys[row.pk] = _story_key(row, vault)
    found: dict[UUID, dict[str, Payload]] = {pk: {kind: {} for kind in kinds} for pk in keys}
    for text in SealedText.objects.filter(submission__in=keys, kind__in=kinds, pk=newest):
        with suppress(sealing.SealingError):
            found[text.submission_id][text.kind] = sealed_store.open_sealed_text(text, private=keys[text.submission_id])
    return {
        pk: [str(fields.get("title", "")), str(fields.get("force", "")), str(texts[Kind.ANSWERS].get("force", ""))]
        for pk, texts in found.items()
        for fields in [texts[Kind.WORKING_COPY].get("fields", {})]
    }


def danger_facts(rows: Collection[Submission], vault: OpenVault) -> dict[UUID, DangerFacts]:
    """What is known of danger in each of these rows that opens, by id: one query, and no event."""
    sealed, kinds = defaultdict(list), (Kind.FIRST_LOOK, Kind.NOTE)
    for text in SealedText.objects.filter(submission__in=rows, kind__in=kinds).order_by("number"):
        sealed[text.submission_id].append(text)
    found = {}
    for row in rows:
        with suppress(sealing.SealingError):
            private, opened = _story_key(row, vault), defaultdict(list)
            for text in sealed[row.pk]:
                opened[text.kind].append(sealed_store.open_sealed_text(text, private=private))
            looks, notes = (opened[kind] for kind in kinds)
            found[row.pk] = _danger_facts(row, looks, notes, private)
    return found


def _danger_facts(row: Submission, looks: Sequence[Payload], notes: Sequence[Payload], private: bytes) -> DangerFacts:
    noes = [note for note in notes if note.get("about") == danger.ABOUT]
    label = sealed_labels.opened_labels(row, private=private) or sealed_labels.Labels()
    return DangerFacts(
        looks=[cast(Look, look) for look in looks],
        noes=[SealedNo(**{name: no[name] for name in SealedNo.__annotations__}) for no in noes],
        is_label_urgent=label.danger.is_urgent,
        dangers=label.dangers,
        is_noted=any(note.get("about") == danger.NOTED for note in notes),
        unread_in=label.language if label.danger.is_unread else None,
    )


@_opening()
def working_copy(sealed: SealedText, *, vault: OpenVault) -> Payload:
    """Return {"fields": {…}, "salt": …, "left": {key: why it stays}, "put": {key: what took its place}}."""
    submission = sealed.submission
    if reason := why_not_conflicted(load_facts(submission, vault.moderator)):
        raise StandsApart(reason)
    private = _story_key(submission, vault)
    _leave_a_trace(sealed.working_copy, None, by=vault.moderator)
    payload = sealed_store.open_sealed_text(sealed, private=private)
    return payload | {"fields": agreed_text.whole_document(payload["fields"])}


def _leave_a_trace(copy: WorkingCopy, events: Sequence[Event] | None, *, by: User) -> None:
    """Leave an event of seeing what a colleague's window kept, after it, which `working_copies` keeps it for."""
    if not copy.window or copy.written_by_id == by.pk:
        return
    if events is None:
        events = list(Event.objects.filter(submission=copy.submission_id, deed="open", number__gt=copy.after_event))
    mine = (event for event in events if event.deed == "open" and event.by_id == by.pk)
    if not any(event.number > copy.after_event for event in mine):
        lifecycle.record_event(copy.submission, "open", by=by, reason=OF_A_TEXT)


def accounts_to_compare(rows: Iterable[Submission], vault: OpenVault, *, most: int) -> dict[UUID, str]:
    """Return the words of these rows' accounts by id, the shortest of them up to `most` sealed bytes; no event, as they
    are held against each other and shown to nobody.
    """
    by_id, found = {row.pk: row for row in rows}, {}
    sealed = SealedText.objects.filter(submission__in=by_id, kind=Kind.ACCOUNT).order_by(Length("box"), "pk")
    for text in sealed.iterator(chunk_size=50):
        most -= len(text.box)
        if most < 0:
            break
        with suppress(sealing.SealingError):
            private = _story_key(by_id[text.submission_id], vault)
            found[text.submission_id] = "\n".join(sealed_store.open_sealed_text(text, private=private).values())
    return found


def unsent_words(submission: Submission, *, vault: OpenVault) -> dict[str, dict[str, str]]:
    """Return what `vault.moderator` typed and didn't send, by the address of its form and the name of its field."""
    if reason := why_not_conflicted(load_facts(submission, vault.moderator)):
        raise StandsApart(reason)
    with _opening():
        private = _story_key(submission, vault)
        kept = sealed_store.all_opened(submission, Kind.UNSENT, private=private)
    return {each["address"]: each["words"] for each in kept if each["by"] == vault.moderator.pk}


def take_down_words(request: TakeDownRequest, *, vault: OpenVault) -> str:
    """Return what was written with a take-down request, or nothing; raises `CannotOpen`."""
    return str(open_objection(request, vault=vault).get("text", ""))


@_opening()
def open_objection(objection: TakeDownRequest, *, vault: OpenVault) -> Payload:
    """Return {"force": its id, "text": what it wrote}, or nothing once that is erased; raises `CannotOpen`."""
    if reason := why_not_apart(objection.story.submission, vault.moderator):
        raise StandsApart(reason)
    if not objection.box:
        return {}
    private = vault.keys.get(objection.queue_epoch_id or 0, bytes(32))
    return sealed_store.request_opened(objection, private=private)


def _story_key(submission: Submission, vault: OpenVault) -> bytes:
    """The private half of the story key; raises `DoesNotOpen`."""
    epoch = submission.queue_epoch_id or 0
    place, private = sealed_store.queue_place(submission.pk, epoch), vault.keys.get(epoch, bytes(32))
    return sealing.open_key(bytes(submission.key_for_queue), private=private, place=place)
