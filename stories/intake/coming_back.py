"""Coming back with a code: what it opens, what is on its way to its contributor, the final text, and the messages."""

import contextlib
import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from stories.core import agreed_text, lifecycle, named_lists, sealed_store
from stories.crypto import receipts, sealing
from stories.crypto.sealing import DoesNotOpen, UnreadableCode
from stories.intake import labels
from stories.models import OnItsWay, SealedText, Story, Submission
from stories.reading import story_page

# As long as a locked key, and opened by none.
_NOTHING = bytes(104)


@dataclass(frozen=True)
class Opened:
    """A submission with the private half of its story key; `private` is empty once it is erased."""

    submission: Submission
    private: bytes = field(repr=False)


def open_code(code: str) -> Opened | None:
    """Return what `code` opens, or None where it opens nothing; raises `UnreadableCode`.

    Known, unknown or no code at all: each costs two derivations, one look-up and one try of a key,
    so that how long it takes says nothing.
    """
    try:
        code = receipts.read_code(code)
    except UnreadableCode:
        open_code(receipts.new_code())
        raise
    look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
    wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    submission = Submission.objects.filter(look_up_id=look_up_id).first()
    private = _private_half(submission, under=wrapping)
    if submission is None or not (private or submission.is_erased):
        return None
    return Opened(submission, private)


def _private_half(submission: Submission | None, *, under: bytes) -> bytes:
    """Return the story key; nothing where there is none to open. Raises `DoesNotOpen`."""
    place = sealed_store.key_place(submission.pk if submission else "")
    if submission and submission.key_under_code:
        return sealing.unlock_key(bytes(submission.key_under_code), under=under, place=place)
    with contextlib.suppress(DoesNotOpen):
        sealing.unlock_key(_NOTHING, under=under, place=place)
    return b""


def what_i_sent(opened: Opened) -> dict[str, Any]:
    """Return {"account": {…}, "answers": {…}} as they were sent; empty once erased."""
    if not opened.private:
        return {"account": {}, "answers": {}}
    return {
        "account": sealed_store.latest_opened(opened.submission, SealedText.Kind.ACCOUNT, private=opened.private),
        "answers": sealed_store.latest_opened(opened.submission, SealedText.Kind.ANSWERS, private=opened.private),
    }


# --- On its way: not told yet, and can be taken back ------------------------------------------

# So long anything that goes to a contributor can be taken back.
UNDO_TIME = timedelta(minutes=10)


def sends_at() -> datetime:
    """When what is written now is sent: at a whole minute, and ten minutes away at least."""
    in_time = timezone.now() + UNDO_TIME + timedelta(minutes=1) - timedelta.resolution
    return in_time.replace(second=0, microsecond=0)


def is_sent() -> Q:
    """For a query of sealed texts: what has reached its contributor, or was never held back."""
    return Q(sends_at=None) | Q(sends_at__lte=timezone.now())


def is_waiting() -> Exists:
    """For a query of submissions: whether something was decided that its contributor isn't told yet."""
    return Exists(OnItsWay.objects.filter(submission=OuterRef("pk"), sends_at__gt=timezone.now()))


def unsent_messages(submission: Submission) -> list[SealedText]:
    """The messages that aren't sent yet, oldest first."""
    held_back = submission.texts.filter(kind=SealedText.Kind.MESSAGE).exclude(is_sent())
    return list(held_back.order_by("number"))


def remember_before(submission: Submission, deed: str, *, message: SealedText | None) -> None:
    """Remember how it stands before `deed`, which its contributor isn't told yet; the row is locked by the caller."""
    stands = {"deed": deed, "status": submission.status, "erase_on": submission.erase_on}
    told_at = message.sends_at if message else sends_at()
    words = {"message": message.pk if message else None, "sends_at": told_at}
    OnItsWay.objects.update_or_create(submission=submission, defaults=stands | words)


def remember_all_before(submissions: Iterable[Submission], deed: str) -> None:
    """The same for many, in few queries: no words go with it, and the rows are locked by the caller."""
    at = sends_at()
    rows = [
        OnItsWay(submission=row, deed=deed, status=row.status, erase_on=row.erase_on, sends_at=at)
        for row in submissions
    ]
    pks = [row.submission_id for row in rows]
    # What was on its way before has arrived: nothing is done to a row while anything is.
    OnItsWay.objects.filter(pk__in=pks).delete()
    OnItsWay.objects.bulk_create(rows)


def deed_on_its_way(submission: Submission) -> OnItsWay | None:
    """The deed that its contributor isn't told yet; None where none is, or something else was done since."""
    if submission.is_erased:
        return None
    found = OnItsWay.objects.filter(submission=submission, sends_at__gt=timezone.now()).first()
    return found if found and submission.status == lifecycle.MOVES[found.deed].target else None


def told_status(submission: Submission) -> str:
    """Where its contributor knows it to stand; what their page offers there is done, whatever is on its way."""
    before = deed_on_its_way(submission)
    return before.status if before else submission.status


def stands_as_received(submission: Submission) -> None:
    """What its contributor did ended the text that was put forward: taken back, it stands with its first reader."""
    OnItsWay.objects.filter(submission=submission).update(status=Submission.Status.RECEIVED)


def as_told(opened: Opened) -> Opened:
    """The same submission as its contributor knows it, only to be shown and never to be saved."""
    before = deed_on_its_way(opened.submission)
    if before is None:
        return opened
    told = copy.copy(opened.submission)
    told.status, told.erase_on = before.status, before.erase_on
    return replace(opened, submission=told)


def clear_away() -> None:
    """Forget when what was sent was sent, and how things stood before it; none of it can be taken back any more."""
    now = timezone.now()
    OnItsWay.objects.filter(sends_at__lte=now).delete()
    SealedText.objects.filter(sends_at__lte=now).update(sends_at=None)


# --- The final text ---------------------------------------------------------------------------


class NotThisText(RuntimeError):
    """The text has changed since it was shown, or is no longer waiting for a yes."""


@dataclass(frozen=True)
class FinalText:
    """The public fields of one working copy, and the digest that names them."""

    fields: dict[str, str]
    digest: str


def final_text_of(opened: Opened) -> FinalText | None:
    """Return the text that waits for its contributor's yes or has it; None if there is none to show."""
    submission = opened.submission
    if submission.status not in (*lifecycle.PUT_FORWARD, Submission.Status.AGREED) or not opened.private:
        return None
    if not asked_to_see_it(opened):
        return None
    copy = sealed_store.latest_opened(submission, SealedText.Kind.WORKING_COPY, private=opened.private)
    return _named(copy) if copy else None


def final_text_named(opened: Opened, digest: str) -> FinalText | None:
    """Return the text that `digest` names, however many came after it; only who was shown it knows its digest."""
    return next((text for text in reversed(_versions(opened)) if text.digest == digest), None)


def final_text_digests(opened: Opened) -> list[str]:
    """Return what names each text that was made, the oldest first."""
    return [text.digest for text in _versions(opened)]


def letter_of(text: FinalText) -> dict[str, Any]:
    """Return it exactly as its page on the site would show it; where it was is named without a link."""
    fields = text.fields
    story = Story(
        title=fields["title"],
        text=fields["text"],
        differently=fields["differently"],
        well=fields["well"],
        force_id=fields["force"] or None,
        region=fields["region"],
        nation=fields["nation"],
        year=int(fields["year"]) if fields["year"] else None,
        outcome_id=fields["outcome"] or None,
        themes=fields["themes"],
        content_notes=fields["content_notes"],
    )
    found = story_page.story_context(story, named_lists.get_named_lists())
    return found | {"place": replace(found["place"], url="")}


def asked_to_see_it(opened: Opened) -> bool:
    """True if the contributor ticked that they want the final text first."""
    return bool(what_i_sent(opened)["answers"].get("consent_ask_again"))


@transaction.atomic
def say_yes(opened: Opened, digest: str) -> None:
    """Record the yes to the text that `digest` names; raises `NotThisText`. Twice is once."""
    # The row first: a moderator who saves another version waits for us, or we see theirs.
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    told = as_told(Opened(submission, opened.private))
    text = final_text_of(told) if not submission.is_erased else None
    if text is None or text.digest != digest:
        raise NotThisText
    if submission.yes_to_digest == digest:
        return
    if told.submission.status not in lifecycle.PUT_FORWARD:
        raise NotThisText
    submission.yes_to_digest, submission.waits_for_yes = digest, False
    submission.save(update_fields=["yes_to_digest", "waits_for_yes"])
    lifecycle.record_event(submission, "say yes")


def _versions(opened: Opened) -> list[FinalText]:
    if not opened.private:
        return []
    copies = sealed_store.all_opened(opened.submission, SealedText.Kind.WORKING_COPY, private=opened.private)
    return [_named(copy) for copy in copies]


def _named(copy: Mapping[str, Any]) -> FinalText:
    fields = agreed_text.whole_document(copy["fields"])
    document = agreed_text.canonical_text(fields)
    return FinalText(fields, agreed_text.text_digest(document, salt=copy["salt"]))


# --- Messages ---------------------------------------------------------------------------------

CONTRIBUTOR, MODERATOR = "contributor", "moderator"


class NothingToWriteTo(RuntimeError):
    """What was sent is erased, and its key with it, so no message can be sealed to it."""


def opened_messages(opened: Opened) -> list[dict[str, Any]]:
    """Return every message that was sent, oldest first: {"from": contributor or moderator, "text", "week"}."""
    if not opened.private:
        return []
    return [sealed_store.open_sealed_text(text, private=opened.private) for text in _sent(opened.submission)]


def message_texts(opened: Opened) -> set[str]:
    """Return the words of every message."""
    return {message["text"] for message in opened_messages(opened)}


@transaction.atomic
def write_message(opened: Opened, text: str) -> None:
    """Keep what the contributor wrote; an answer to a question brings it back to the moderators.

    The form again, from a second press or a reload, keeps nothing twice. Raises `NothingToWriteTo`.
    """
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    if submission.is_erased:
        raise NothingToWriteTo
    if not was_just_said(opened, text):
        take_message(submission, text)
        labels.renew_labels(submission, private=opened.private)


def was_just_said(opened: Opened, text: str) -> bool:
    """True if the newest message is the contributor's and says just this."""
    newest = _sent(opened.submission).last()
    last = sealed_store.open_sealed_text(newest, private=opened.private) if newest else {}
    return (last.get("from"), last.get("text")) == (CONTRIBUTOR, text)


def take_message(submission: Submission, text: str) -> None:
    """Seal a contributor's message and do what it brings about; the row is locked by the caller.

    Raises `sealed_store.Full`, which every public form answers with the words given back.
    """
    sealed_store.refuse_if_full(submission, more=text)
    seal_message(submission, text, sender=CONTRIBUTOR)
    if is_asked(submission):
        lifecycle.advance(submission, "reply")
    else:
        lifecycle.record_event(submission, "write")


def is_asked(submission: Submission) -> bool:
    """True while a question waits for its contributor, who has been sent it: what they write then is the answer."""
    return submission.status == Submission.Status.WAITING and deed_on_its_way(submission) is None


def _sent(submission: Submission) -> QuerySet[SealedText]:
    return submission.texts.filter(is_sent(), kind=SealedText.Kind.MESSAGE).order_by("number")


def seal_message(submission: Submission, text: str, *, sender: str, is_wish: bool = False) -> SealedText:
    """Seal one message with the week it was written in, and no finer time; a wish is about the text that waits."""
    payload = {"from": sender, "text": text, "week": lifecycle.this_week().isoformat()}
    if is_wish:
        payload["about"] = "text"
    return sealed_store.add_sealed(submission, SealedText.Kind.MESSAGE, payload)
