"""Invented accounts in bulk, sealed as any other, to try the moderators' room out at size; in the demo alone."""

import random
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from moderation.team.permissions import MODERATORS
from stories.core import lifecycle, retention_days, sealed_store
from stories.crypto import sealing
from stories.intake import coming_back, flood_tray, labels, messages, questions, receive
from stories.models import Event, Force, QueueKey, SealedText, Submission

MARK = "This account is invented, to try the site out."
_SENTENCES = Path(__file__).with_name("sentences.txt")
_AT_ONCE = 500
_WEEKS = 12
_S = Submission.Status
# Of a hundred, how many stand where; "given" are somebody's, and "wrote" are those whose contributor wrote again.
_MIX = {
    **{"new": 63, "waiting": 8, "held": 5, "declined": 10, "counted": 5},
    **{"urgent": 2, "flood": 3, "wrote": 3, "given": 1},
}
_DEEDS = {_S.WAITING: "ask", _S.HELD: "hold", _S.DECLINED: "decline", _S.COUNTED: "count"}


def why_not_seed() -> str | None:
    """Say why invented accounts have no place in this database, or None."""
    key = QueueKey.objects.filter(is_current=True).first()
    if not settings.DEMO:
        return "Invented accounts stand in the demo alone: on a real site they would wait beside real ones."
    if key is None:
        return "There is no demo in this database yet. Make it with: manage.py demo"
    return None if key.made_for_demo else "The key in this database isn’t the demo’s. Nothing was made."


def seed(count: int, *, chance: int | None = None) -> None:
    """Make `count` submissions, the oldest first, each lot in one transaction."""
    maker = _Maker(random.Random(chance), count)
    for start in range(0, count, _AT_ONCE):
        with transaction.atomic():
            _write([maker.account(place) for place in range(start, min(start + _AT_ONCE, count))])


@dataclass
class _Account:
    """One submission with what belongs to it, none of it saved."""

    submission: Submission
    texts: list[SealedText] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def _write(lot: list[_Account]) -> None:
    Submission.objects.bulk_create([account.submission for account in lot])
    SealedText.objects.bulk_create([text for account in lot for text in account.texts])
    Event.objects.bulk_create([event for account in lot for event in account.events])


class _Maker:
    """Makes one invented account after another; those of one lot share a story key, each sealed to its own place."""

    def __init__(self, dice: random.Random, count: int) -> None:
        self.dice, self.count = dice, count
        self.queue = QueueKey.objects.get(is_current=True)
        moderators = get_user_model().objects.filter(groups__name=MODERATORS, is_active=True)
        self.moderators = list(moderators.order_by("pk"))
        self.forces = list(Force.objects.order_by("pk").values_list("pk", flat=True))
        lines = _SENTENCES.read_text().splitlines()
        self.sentences = [line for line in lines if line and not line.startswith("#")]
        self.floods_left = max(flood_tray.MOST_KEPT - flood_tray.flood_with_words().count(), 0)
        self.pair = sealing.new_pair()

    def account(self, place: int) -> _Account:
        if place % _AT_ONCE == 0:
            self.pair = sealing.new_pair()
        sent, fate = self._sent(), self._fate()
        submission = self._submission(place, fate)
        submission.labels = labels.seal_labels(submission, labels.labels_from(sent.account, sent.answers))
        made = _Account(submission, receive.both_texts(submission, sent))
        made.events = list(self._events(submission, fate, made.texts))
        for number, event in enumerate(made.events, start=1):
            event.number = number
        return made

    def _fate(self) -> str:
        fate = self.dice.choices([*_MIX], weights=[*_MIX.values()])[0]
        if fate == "flood":
            # The tray is as full as a flood can make it.
            self.floods_left -= 1
            return fate if self.floods_left >= 0 else "new"
        return fate if fate != "given" or self.moderators else "new"

    def _submission(self, place: int, fate: str) -> Submission:
        row_id = uuid.uuid4()
        week = lifecycle.this_week() - timedelta(weeks=(_WEEKS * (self.count - 1 - place)) // self.count)
        status = fate if fate in _DEEDS else _S.RECEIVED
        days = (
            retention_days.DAYS_AFTER_DECISION if status in (_S.DECLINED, _S.COUNTED) else retention_days.DAYS_UNDECIDED
        )
        return Submission(
            id=row_id,
            look_up_id=secrets.token_bytes(32),
            status=status,
            week=week,
            language="cy" if self.dice.randrange(40) == 0 else "en-gb",
            is_urgent=fate == "urgent",
            is_flood=fate == "flood",
            erase_on=(lifecycle.today() if status in (_S.DECLINED, _S.COUNTED) else week) + timedelta(days=days),
            look_again_on=week + timedelta(weeks=_WEEKS + 1) if status == _S.HELD else None,
            unopened_since=week if fate == "wrote" else None,
            meant_for=self.dice.choice(self.moderators) if fate == "given" else None,
            public_key=self.pair.public,
            key_for_queue=receive.sealed_for_queue(self.pair.private, self.queue, row_id),
            queue_epoch=self.queue,
        )

    def _sent(self) -> coming_back.Sent:
        words = " ".join(self.dice.choices(self.sentences, k=self.dice.randint(2, 12)))
        kinds = [option.slug for option in questions.BY_NAME["kinds"].options]
        answers = {
            "version": questions.VERSION,
            "adult": "yes",
            "force": self.dice.choice(self.forces),
            "kinds": self.dice.sample(kinds, self.dice.randint(0, 2)),
            "case": self.dice.choice(("over", "never", "looking", "charged")),
            "online": self.dice.choice(("no", "no", "think-so")),
            "consent_publish": self.dice.randrange(10) > 0,
            "consent_ask_again": self.dice.randrange(4) == 0,
        }
        return coming_back.Sent({"account": f"{words}\n\n{MARK}", "differently": "", "well": ""}, answers)

    def _events(self, submission: Submission, fate: str, texts: list[SealedText]) -> Iterator[Event]:
        yield self._event(submission, "receive")
        if deed := _DEEDS.get(_S(submission.status)):
            reason = "legal" if deed in ("hold", "decline") else ""
            yield self._event(submission, deed, reason=reason)
        if fate == "wrote":
            said = {"from": messages.CONTRIBUTOR, "text": MARK, "week": submission.week.isoformat()}
            texts.append(sealed_store.sealed_texts(submission, SealedText.Kind.MESSAGE, said, number=1))
            yield self._event(submission, "write")

    def _event(self, submission: Submission, deed: str, *, reason: str = "") -> Event:
        """The week alone, and nobody's name: nobody did it."""
        return Event(submission=submission, deed=deed, reason=reason, week=submission.week)
