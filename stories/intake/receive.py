"""Receiving what somebody sends: sealed, stored once, and only then acknowledged."""

import hashlib
import json
import re
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction

from stories.core import lifecycle, sealed_store
from stories.core.retention_days import DAYS_UNDECIDED
from stories.crypto import receipts, sealing, tokens
from stories.intake import changes, coming_back, flood_tray, labels, messages, retention
from stories.intake.coming_back import Opened, Sent
from stories.intake.labels import Labels
from stories.models import Event, QueueKey, SealedText, Submission


def put_together(sent: Sent, saved: Sent) -> Sent:
    """Return `sent` with what only `saved` holds: words put under it, and gaps in its answers filled.

    Words that stand in the other are kept once; a choice is never ticked by what another window said.
    """
    return Sent(
        {name: _text(words, saved.account.get(name, "")) for name, words in sent.account.items()},
        {name: _answer(answer, saved.answers.get(name)) for name, answer in sent.answers.items()},
    )


def _text(mine: str, theirs: str) -> str:
    if theirs.strip() in mine:
        return mine
    return theirs if mine.strip() in theirs else f"{mine}\n\n{theirs}"


def _answer(mine: object, theirs: object) -> object:
    if isinstance(mine, list):
        return [*mine, *(slug for slug in (theirs if isinstance(theirs, list) else []) if slug not in mine)]
    return mine if isinstance(mine, bool) else mine or theirs or mine


# One control character breaks a whole Atom feed; a direction control can show other words than those agreed on.
# Joiners (U+200C, U+200D) have no width and stay: emoji, Persian and Indian scripts are spelled with them.
# A tab is a control that stands between words: a space takes its place, or two words would become one.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"  # controls but for tab and the line ends
    "\xad\u034f\u180e\u200b\u2060-\u2064\ufeff"  # no width at all; a soft hyphen comes from a word processor
    "\u206a-\u206f\ufff9-\ufffb"  # notes to a typesetter
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which way a line runs
    "\ud800-\udfff\ufffe\uffff]"  # not characters, and not allowed in XML
)

# A whole sentence can be spelled with these, and no reader would see what they agreed to; three flags are, too.
_NATIONS = "|".join("".join(chr(0xE0000 + ord(letter)) for letter in nation) for nation in ("gbeng", "gbsct", "gbwls"))
_UNSEEN_LETTERS = re.compile(f"(\U0001f3f4(?:{_NATIONS})\U000e007f)|[\U000e0000-\U000e007f]")


def cleaned_words(text: str) -> str:
    """Return `text` with one kind of line end, tabs as spaces, and nothing unseen; every visible word stays."""
    if text.isascii() and text.isprintable():
        # Most values of a form are a word, and there is nothing in it to look for.
        return text
    return _UNSEEN_LETTERS.sub(r"\1", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " ")))


# As long as a token that carries a code is good, the same form can come again.
_REPEATS_FOR = 2 * tokens.HOUR


class NotOpenYet(RuntimeError):
    """No queue key has been made, so nobody could ever read what is sent."""


class Rotated(RuntimeError):
    """The queue key was rotated while a row was being written; writing it again uses the new one."""


class SavedMeanwhile(RuntimeError):
    """The draft holds what this form does not: it was saved from another window since the form began."""


class GaveWay(RuntimeError):
    """The account of this code gave way in a full flood tray, so the same form needs another code."""


class TakenBack(RuntimeError):
    """The account of this code is erased, so nothing can be sealed under it any more."""


@dataclass(frozen=True)
class Arrival:
    """What comes with the words: the code to store them under, and what the visit tells of them.

    `began_from` names the version of a draft that the form began from (None: don't look). `is_urgent` is what they
    ticked themselves, never what a machine made of their words; that is in `labels`, worked out here where they aren't
    given. `is_new` is False where just this came before.
    """

    code: str
    keeps_code: bool = True
    is_flood: bool = False
    is_urgent: bool = False
    language: str = "en"
    began_from: str | None = None
    labels: Labels | None = None
    is_new: bool = True

    def labels_of(self, sent: Sent) -> Labels:
        return self.labels or labels.labels_from(sent.account, sent.answers)


def is_open() -> bool:
    """True once the team has a queue key, so that what is sent can be read."""
    return queue_key() is not None


def queue_key() -> QueueKey | None:
    """The key to seal to; none where its fingerprint isn't the pinned one, for somebody may have swapped it."""
    queue = QueueKey.objects.filter(is_current=True).first()
    return queue if queue and is_as_pinned(queue) else None


def is_as_pinned(queue: QueueKey) -> bool:
    """True where the environment pins no fingerprint, or this key's; its first half, as it once was, still counts."""
    whole = sealing.fingerprint(bytes(queue.public))
    return _pinned() in ("", whole, whole[: len(whole) // 2])


def pins_a_half() -> bool:
    """True where the pinned fingerprint has the 16 digits of the first release, which somebody could find a key for."""
    return len(_pinned()) == 16


def _pinned() -> str:
    return settings.QUEUE_KEY_FINGERPRINT.replace("-", "")


def receive_account(sent: Sent, arrival: Arrival) -> Submission:
    """Seal and store `sent` once under its code; when it returns, it is committed.

    The same code again stores nothing twice: the same words change nothing, and other words
    (somebody went back and wrote more) are kept too. The code of a draft sends that draft, as
    it is in `sent`. Raises `NotOpenYet`, `SavedMeanwhile`, `TakenBack`, `GaveWay` and database errors.
    """
    sent = cleaned_account(sent)
    # Names in memory, for as long as a form is good, exactly what was sent: only the code could work it out again.
    # Where nobody keeps the code nothing stored can be opened for comparing, and a second press would count as new.
    key = receipts.wrapping_key(arrival.code, pepper=settings.RECEIPT_PEPPER)
    words = json.dumps([sent.account, sent.answers], sort_keys=True).encode()
    trace = f"sent:{hashlib.blake2b(words, key=key, digest_size=16).hexdigest()}"
    # A cache that is away says neither.
    made = arrival.labels_of(sent)
    arrival = replace(arrival, labels=made, is_new=cache.add(trace, 1, timeout=_REPEATS_FOR) is not False)
    try:
        kept: Submission | None = None
        while kept is None:
            # Once more where the key was rotated meanwhile, or the clock erased the draft: then it is stored as new.
            with suppress(Rotated, Submission.DoesNotExist):
                kept = _store_or_add(sent, arrival)
    except Exception:
        cache.delete(trace)
        raise
    # Once it is kept, and not for the same form again: whoever is on duty has heard of that.
    if arrival.is_new and settings.DUTY_EMAIL:
        labels.mark_duty(kept, made.danger)
    return kept


def cleaned_account(sent: Sent) -> Sent:
    return Sent({name: cleaned_words(words) for name, words in sent.account.items()}, sent.answers)


def _store_or_add(sent: Sent, arrival: Arrival) -> Submission:
    try:
        return _store_new(sent, arrival)
    except IntegrityError:
        found = sent_before(arrival.code)
        if found is None:
            raise
        if found.status == Submission.Status.DRAFT:
            # It counted towards the limits when it was saved, and what was safe then stays so.
            return _send_draft(found, sent, arrival)
        return _keep_what_is_new(found, sent, arrival)


def new_row(code: str, *, is_flood: bool) -> tuple[Submission, bytes]:
    """Make a row, not saved yet, with a story key that its code opens; and the private half of that key."""
    pair, row_id = sealing.new_pair(), uuid.uuid4()
    wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    row = Submission(
        id=row_id,
        look_up_id=receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER),
        is_flood=is_flood,
        public_key=pair.public,
        key_under_code=sealing.lock_key(pair.private, under=wrapping, place=sealed_store.key_place(row_id)),
    )
    return row, pair.private


def _open_to_the_team(row: Submission, private: bytes, sent: Sent, arrival: Arrival) -> QueueKey:
    """Give the team its key, and the row all that an account waiting to be read has; nothing is saved yet."""
    queue = queue_key()
    if queue is None:
        raise NotOpenYet
    row.status, row.week, row.language = Submission.Status.RECEIVED, lifecycle.this_week(), arrival.language
    row.erase_on, row.is_urgent = row.week + timedelta(days=DAYS_UNDECIDED), arrival.is_urgent
    row.key_for_queue, row.queue_epoch = sealed_for_queue(private, queue, row.pk), queue
    row.labels = labels.seal_labels(row, arrival.labels_of(sent))
    if not arrival.keeps_code:
        row.key_under_code = b""
    return queue


def _store_new(sent: Sent, arrival: Arrival) -> Submission:
    """Seal everything first: SQLite lets one transaction write at a time, and the others wait for it."""
    submission, private = new_row(arrival.code, is_flood=arrival.is_flood)
    queue = _open_to_the_team(submission, private, sent, arrival)
    texts = both_texts(submission, sent)
    with transaction.atomic():
        submission.save(force_insert=True)
        refuse_if_rotated(queue)
        SealedText.objects.bulk_create(texts)
        lifecycle.event_of(submission.pk, "receive").save(force_insert=True)
        flood_tray.make_room_for(submission)
    return submission


def both_texts(submission: Submission, sent: Sent) -> list[SealedText]:
    both = ((SealedText.Kind.ACCOUNT, sent.account), (SealedText.Kind.ANSWERS, sent.answers))
    return [sealed_store.sealed_texts(submission, kind, payload, number=1) for kind, payload in both]


def refuse_if_rotated(queue: QueueKey) -> None:
    """Raise `Rotated` if another key took over meanwhile; call it after the row that names `queue` is written.

    From then on a rotation waits for this transaction, so no row is left behind on an old epoch.
    """
    if not QueueKey.objects.filter(epoch=queue.epoch, public=queue.public, is_current=True).exists():
        raise Rotated


@transaction.atomic
def _send_draft(draft: Submission, sent: Sent, arrival: Arrival) -> Submission:
    """Give the team its key to a draft that only the code opened; all of it is then as of one never saved before."""
    draft = Submission.objects.select_for_update().get(pk=draft.pk)
    opened = coming_back.open_code(arrival.code)
    if draft.status != Submission.Status.DRAFT or opened is None:
        # Another press of the same button was first.
        return _keep_what_is_new(draft, sent, arrival)
    is_overtaken = arrival.began_from not in (None, changes.newest_version(draft, SealedText.Kind.ACCOUNT))
    if is_overtaken and put_together(sent, coming_back.what_i_sent(opened)) != sent:
        raise SavedMeanwhile
    lifecycle.advance(draft, "send")
    queue = _open_to_the_team(draft, opened.private, sent, arrival)
    if not arrival.keeps_code:
        transaction.on_commit(retention.scrub_database, robust=True)
    save_with_texts(draft, sent)
    refuse_if_rotated(queue)
    return draft


def save_with_texts(row: Submission, sent: Sent) -> None:
    """Seal these texts in the place of those before, of which nothing stays; call it inside a transaction."""
    row.save()
    row.texts.all().delete()
    SealedText.objects.bulk_create(both_texts(row, sent))
    flood_tray.make_room_for(row)


def sealed_for_queue(private: bytes, queue: QueueKey, row_id: uuid.UUID) -> bytes:
    return sealing.seal_key(private, to=bytes(queue.public), place=sealed_store.queue_place(row_id, queue.epoch))


def sent_before(code: str) -> Submission | None:
    look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
    return Submission.objects.filter(look_up_id=look_up_id).first()


@transaction.atomic
def _keep_what_is_new(submission: Submission, sent: Sent, arrival: Arrival) -> Submission:
    """Keep changed words as a message and changed answers as the newest ones, so that no word or wish is lost."""
    submission, story = lifecycle.lock_both(submission.pk)
    if flood_tray.gave_way(submission):
        raise GaveWay
    if submission.is_erased:
        raise TakenBack
    opened = coming_back.open_code(arrival.code)
    has_other_words = _has_other_words(opened, sent) if opened else arrival.is_new
    changes.follow_answers(
        submission, story, sent.answers, private=opened.private if opened else b"", is_new=arrival.is_new
    )
    if has_other_words:
        messages.take_message(submission, _as_message(sent))
        if opened:
            labels.renew_labels(submission, private=opened.private)
        elif arrival.labels_of(sent).danger.is_urgent:
            # What was sent before can't be opened: labels that may tell of danger give way to none that don't.
            labels.keep_labels(submission, sent.account, sent.answers)
    # The same form, loaded again days later, mustn't undo what one of us said since.
    found_not_urgent = Event.objects.filter(submission=submission, deed="not urgent")
    if arrival.is_urgent and not submission.is_urgent and not found_not_urgent.exists():
        submission.is_urgent = True
        submission.save(update_fields=["is_urgent"])
    return submission


def _has_other_words(opened: Opened, sent: Sent) -> bool:
    kept, told = coming_back.what_i_sent(opened).account, messages.opened_messages(opened)
    return kept != sent.account and _as_message(sent) not in [message["text"] for message in told]


def _as_message(sent: Sent) -> str:
    return "\n\n".join(words for words in sent.account.values() if words)
