"""Sealing texts to a submission's row and opening them again: the one place that names places."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Sum
from django.db.models.functions import Length

from stories.crypto import sealing
from stories.crypto.sealing import Place
from stories.models import QueueKey, SealedText, Submission, TakeDownRequest

Kind = SealedText.Kind
# What a sealed text holds once it is opened.
Payload = dict[str, Any]
# Sealed bytes that one code can have us keep: twice the fullest account, or it and a long conversation.
MOST_UNDER_ONE_CODE = 256 * 1024
# Nobody reads older ones, and a script could change a tick for ever.
_VERSIONS_OF_ANSWERS = 5


class Full(RuntimeError):
    """Under one code we keep no more than this; what was kept before stays."""


def add_sealed(
    submission: Submission, kind: str, payload: Mapping[str, object], *, size: int = sealing.BLOCK
) -> SealedText:
    """Seal `payload` as the next text of its kind, in steps of `size` bytes; call it inside a transaction."""
    last = submission.texts.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    text = sealed_texts(submission, kind, payload, number=last + 1, size=size)
    text.save(force_insert=True)
    if kind == Kind.ANSWERS and last >= _VERSIONS_OF_ANSWERS:
        submission.texts.filter(kind=kind, number__lte=text.number - _VERSIONS_OF_ANSWERS).delete()
    return text


def sealed_texts(
    submission: Submission, kind: str, payload: Mapping[str, object], *, number: int, size: int = sealing.BLOCK
) -> SealedText:
    """Seal `payload` as the text of that number; nothing is stored yet."""
    place = _place(submission.pk, kind, number)
    box = sealing.seal_payload(payload, to=bytes(submission.public_key), place=place, size=size)
    return SealedText(submission=submission, kind=kind, number=number, box=box)


def has_room(submission: Submission, *, more: str) -> bool:
    """True if these words can be kept as well; the row is locked by the caller."""
    # What moderators write, a version at every pause, takes no room from whoever tells.
    theirs = submission.texts.filter(kind__in=(Kind.ACCOUNT, Kind.ANSWERS, Kind.MESSAGE))
    kept = theirs.aggregate(bytes=Sum(Length("box")))["bytes"] or 0
    return bool(kept + len(more.encode()) <= MOST_UNDER_ONE_CODE)


def open_sealed_text(text: SealedText, *, private: bytes) -> Payload:
    """Return the payload of one text; raises `DoesNotOpen`."""
    place = _place(text.submission_id, text.kind, text.number)
    return sealing.open_sealed(bytes(text.box), private=private, place=place)


def all_opened(submission: Submission, kind: str, *, private: bytes) -> list[Payload]:
    return [open_sealed_text(text, private=private) for text in submission.texts.filter(kind=kind).order_by("number")]


def latest_opened(submission: Submission, kind: str, *, private: bytes) -> Payload:
    text = submission.texts.filter(kind=kind).order_by("-number").first()
    return open_sealed_text(text, private=private) if text else {}


def key_place(submission_id: object) -> Place:
    return _place(submission_id, "story-key")


def queue_place(submission_id: object, epoch: int) -> Place:
    return _place(submission_id, "queue-story-key", epoch)


def give_team_key(submission: Submission) -> None:
    """Seal a new story key to the team's key alone: nobody has their code here, so it opens nothing of this."""
    pair, queue = sealing.new_pair(), QueueKey.objects.get(is_current=True)
    submission.public_key, submission.queue_epoch = pair.public, queue
    place = queue_place(submission.pk, queue.epoch)
    submission.key_for_queue = sealing.seal_key(pair.private, to=bytes(queue.public), place=place)
    submission.save(update_fields=["public_key", "queue_epoch", "key_for_queue"])


def _place(row: object, kind: str, number: int = 0) -> Place:
    return Place(row=str(row), kind=kind, number=number)


def request_sealed(payload: Mapping[str, object], *, to: bytes, request_id: object, kind: str = "take-down") -> bytes:
    """Seal to the queue key what came with a take-down request, {"text": …}, or with a force's objection, which is of
    the kind "objection": {"force": its id, "text": …}.
    """
    return sealing.seal_payload(payload, to=to, place=_place(request_id, kind))


def request_opened(request: TakeDownRequest, *, private: bytes) -> Payload:
    """Return what came with a take-down request or an objection; raises `DoesNotOpen`."""
    return sealing.open_sealed(bytes(request.box), private=private, place=place_of_request(request))


def place_of_request(request: TakeDownRequest) -> Place:
    return _place(request.pk, "objection" if request.is_of_force else "take-down")


def request_key_place(request_id: object) -> Place:
    return _place(request_id, "take-down-key")


def answer_sealed(text: str, *, request: TakeDownRequest) -> bytes:
    """Seal a moderator's answer, so that only the code of that request opens it."""
    place = _place(request.pk, "take-down-answer")
    return sealing.seal_payload({"text": text}, to=bytes(request.public_key or b""), place=place)


def answer_opened(request: TakeDownRequest, *, private: bytes) -> str:
    """Return the answer to a take-down request, or nothing where there is none; raises `DoesNotOpen`."""
    if not request.answer:
        return ""
    place = _place(request.pk, "take-down-answer")
    return str(sealing.open_sealed(request.answer, private=private, place=place)["text"])


def response_place(entry_id: object, number: int) -> Place:
    return _place(entry_id, "response", number)
