"""Sealing texts to a submission's row and opening them again: the one place that names places."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from stories.models import SealedText, Submission, TakeDownRequest
from stories.telling import sealing
from stories.telling.sealing import Place

Kind = SealedText.Kind


def add(submission: Submission, kind: str, payload: Mapping[str, Any]) -> SealedText:
    """Seal `payload` as the next text of its kind; call it inside a transaction."""
    last = submission.texts.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    return SealedText.objects.create(
        submission=submission,
        kind=kind,
        number=last + 1,
        box=sealing.seal(payload, to=bytes(submission.public_key), place=_place(submission, kind, last + 1)),
    )


def opened(text: SealedText, *, private: bytes) -> dict[str, Any]:
    """Return the payload of one text; raises `DoesNotOpen`."""
    place = Place(row=str(text.submission_id), kind=text.kind, number=text.number)
    return sealing.open_sealed(bytes(text.box), private=private, place=place)


def all_opened(submission: Submission, kind: str, *, private: bytes) -> list[dict[str, Any]]:
    """Return every text of a kind, oldest first."""
    return [opened(text, private=private) for text in submission.texts.filter(kind=kind).order_by("number")]


def latest(submission: Submission, kind: str, *, private: bytes) -> dict[str, Any]:
    """Return the newest text of a kind, or an empty one."""
    text = submission.texts.filter(kind=kind).order_by("-number").first()
    return opened(text, private=private) if text else {}


def key_place(submission_id: object) -> Place:
    """Where the story key lies that the receipt code opens."""
    return Place(row=str(submission_id), kind="story-key", number=0)


def queue_place(submission_id: object, epoch: int) -> Place:
    """Where the story key lies that the queue key of `epoch` opens."""
    return Place(row=str(submission_id), kind="queue-story-key", number=epoch)


def _place(submission: Submission, kind: str, number: int) -> Place:
    return Place(row=str(submission.pk), kind=kind, number=number)


def request_sealed(text: str, *, to: bytes, request_id: object) -> bytes:
    """Seal what somebody wrote with a take-down request to the queue key."""
    return sealing.seal({"text": text}, to=to, place=Place(row=str(request_id), kind="take-down", number=0))


def request_opened(request: TakeDownRequest, *, private: bytes) -> str:
    """Return what was written with a take-down request; raises `DoesNotOpen`."""
    place = Place(row=str(request.pk), kind="take-down", number=0)
    text: str = sealing.open_sealed(bytes(request.box), private=private, place=place)["text"]
    return text
