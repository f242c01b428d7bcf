"""Invented stories in bulk, to try the site out at size: they pass the database's own fences like any other.

Each row stands as a story does once its account is erased: two readers under one digest, and
nothing sealed left behind. The readers are placeholders who can never log in.
"""

import random
import secrets
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Max

from moderation.models import Agreement, WorkingCopy
from stories.core import agreed_text, lifecycle, snapshot, story_sections
from stories.crypto import receipts
from stories.models import ContentNote, Force, Outcome, QueueKey, SealedText, Story, Submission, Theme
from stories.reading.search import store

READERS = ("invented-first-reader", "invented-second-reader")
MARK = "This story is invented, to try the site out."
_SENTENCES = Path(__file__).with_name("sentences.txt")
_AT_ONCE = 500
_MONTHS_BACK = 36
_FEWEST_WORDS, _MOST_WORDS = 60, 400
# Some show more about where than others, as people do.
_PLACES = ("force",) * 7 + ("region",) * 2 + ("nation", "")
# Many leave that question out.
_DIFFERENTLY = (
    *("", "", "", ""),
    "Ring back when you say that you will.",
    "Save the evidence on the first day.",
    "Know the law before the first question.",
    "Ask what I want to happen, and wait for the answer.",
)
_WELL = (
    *("", "", "", "", "", ""),
    "The call taker let me finish.",
    "One officer rang on the day that she had said.",
    "The officer at the desk found us a room.",
)
# The first reader is nobody's but ours, and no copy of theirs outlives its lot.
_YES = (
    "INSERT INTO moderation_agreement (working_copy_id, digest, place, by_id, day, no_danger)"
    " SELECT sealed_id, digest, %s, %s, written_on, TRUE FROM moderation_workingcopy WHERE written_by_id = %s"
)


def why_not_seed(*, sure: bool) -> str | None:
    """Say why invented stories have no place in this database, or None."""
    if settings.DEMO:
        real = QueueKey.objects.filter(made_for_demo=False).exists()
        return "The key in this database isn't the demo's, so this is a real site. Nothing was made." if real else None
    if not sure:
        return "This is not the demo. Add --yes if this database is for trying things out and for nothing else."
    if Submission.objects.exclude(story__first_reader__username__in=READERS).exists():
        return "Somebody has written to this site, so it is a real one: invented stories never stand on it."
    return None


@transaction.atomic
def seed(count: int, *, chance: int | None = None) -> None:
    """Make `count` live stories and begin a new edition; the same `chance` makes the same texts."""
    dice = random.Random(chance)
    makes = _Maker(dice)
    last = Story.objects.aggregate(last=Max("sequence"))["last"] or 0
    stories = (makes.story(place, month) for place, month in enumerate(_months(count), start=last + 1))
    for place, lot in enumerate(_made_ahead(iter(lambda: list(islice(stories, _AT_ONCE)), []))):
        _write(lot, makes.readers, is_first=place == 0)
    # So many rows tell nobody that they were saved.
    snapshot.start_over(recount=True)


@transaction.atomic
def give_codes(count: int) -> tuple[dict[str, str], list[str]]:
    """Have each of the newest stories taken back by a code, as if somebody had kept it.

    Returns the codes by the slugs of their stories, and the slugs of all others.
    """
    codes = {}
    for story in Story.live.select_related("submission").order_by("-sequence")[:count]:
        code = codes[story.slug] = receipts.new_code()
        story.submission.look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
        story.submission.save(update_fields=["look_up_id"])
        # Else it would pass for a draft that was never sent.
        lifecycle.record_event(story.submission, "receive")
    others = Story.live.exclude(slug__in=codes).order_by("-sequence")
    return codes, list(others.values_list("slug", flat=True))


def _made_ahead(lots: Iterator[list[Story]]) -> Iterator[list[Story]]:
    """Have the next lot made while the database stores this one."""
    with ThreadPoolExecutor(1) as beside:
        waiting: Future[list[Story]] = beside.submit(next, lots, [])
        while lot := waiting.result():
            waiting = beside.submit(next, lots, [])
            yield lot


def _months(count: int) -> Iterator[date]:
    """Give each story its month, oldest first, none before the newest that is there already."""
    floor = Story.objects.aggregate(newest=Max("month"))["newest"] or date.min
    now = lifecycle.today()
    months = (now.year * 12 + now.month - 1 - (_MONTHS_BACK * (count - 1 - place)) // count for place in range(count))
    return (max(floor, date(month // 12, month % 12 + 1, 1)) for month in months)


def _write(stories: list[Story], readers: list[User], *, is_first: bool) -> None:
    """Store one lot with the two yeses that the triggers ask for, then erase what an old story no longer has."""
    Submission.objects.bulk_create([story.submission for story in stories])
    sealed = [SealedText(submission=story.submission, kind=SealedText.Kind.WORKING_COPY, box=b"") for story in stories]
    SealedText.objects.bulk_create(sealed)
    copies = [_copy(story, text) for story, text in zip(stories, sealed, strict=True)]
    WorkingCopy.objects.bulk_create(copies)
    _agree(readers)
    if is_first:
        _count_the_yeses()
    Story.objects.bulk_create(stories)
    # Of many at once Django tells nobody.
    store.index_story(stories)
    Agreement.objects.filter(by__in=readers).delete()
    SealedText.objects.filter(pk__in=[text.pk for text in sealed]).delete()


def _agree(readers: list[User]) -> None:
    """Give every copy that stands now its two yeses: in one statement each, because 100,000 twice take a while."""
    with connection.cursor() as cursor:
        for place, reader in zip(Agreement.Place.values, readers, strict=True):
            cursor.execute(_YES, [place, reader.pk, readers[0].pk])


def _count_the_yeses() -> None:
    """Tell PostgreSQL that two people gave them all: else its trigger goes through all that ever stood, per story."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE moderation_agreement, moderation_workingcopy")


def _copy(story: Story, sealed: SealedText) -> WorkingCopy:
    written = {"digest": story.digest, "written_by": story.first_reader, "written_on": lifecycle.today()}
    return WorkingCopy(sealed=sealed, submission=story.submission, number=1, **written)


class _Maker:
    """Makes one invented story after another, none of them saved."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.readers = [_placeholder(name) for name in READERS]
        self.forces = list(Force.objects.order_by("pk"))
        self.outcomes = list(Outcome.objects.values_list("pk", flat=True))
        self.themes = list(Theme.objects.values_list("pk", flat=True))
        self.notes = list(ContentNote.objects.values_list("pk", flat=True))
        lines = [line for line in _SENTENCES.read_text().splitlines() if not line.startswith("#")]
        self.parts = [part.splitlines() for part in "\n".join(lines).split("\n\n")]

    def story(self, sequence: int, month: date) -> Story:
        # By its place and not by the dice, of whose throws the rest of a seeded world is made.
        fields = self._fields() | {"well": _WELL[sequence % len(_WELL)]}
        document, salt = agreed_text.canonical_text(fields), agreed_text.new_salt()
        return Story(
            **{name: fields[name] for name in ("title", "text", *story_sections.NAMES)},
            **{name: fields[name] for name in ("place_shown", "region", "nation", "themes", "content_notes")},
            submission=self._submission(month),
            status=Story.Status.LIVE,
            sequence=sequence,
            month=month,
            agreed_week=lifecycle.monday(month),
            force_id=fields["force"] or None,
            outcome_id=fields["outcome"] or None,
            year=int(fields["year"]),
            agreed=document,
            salt=salt,
            digest=agreed_text.text_digest(document, salt=salt),
            first_reader=self.readers[0],
            second_reader=self.readers[1],
            may_quote=sequence % 4 > 0,
        )

    def _fields(self) -> dict[str, str]:
        force, shown = self.dice.choice(self.forces), self.dice.choice(_PLACES)
        return {
            "title": self._title(),
            "text": self._text(),
            "differently": self.dice.choice(_DIFFERENTLY),
            "place_shown": shown or "nothing",
            "force": force.pk if shown == "force" else "",
            "region": force.region if shown in ("force", "region") else "",
            "nation": force.nation if shown else "",
            "year": str(self.dice.randint(2014, lifecycle.today().year)),
            "outcome": self.dice.choice(self.outcomes),
            "themes": " ".join(self.dice.sample(self.themes, self.dice.randint(0, 3))),
            "content_notes": " ".join(self.dice.sample(self.notes, self.dice.choice((0, 0, 1, 2)))),
        }

    def _title(self) -> str:
        return self.dice.choice(self.dice.choice(self.parts)).rstrip(".")

    def _text(self) -> str:
        """Sentences of each part in turn, in paragraphs, until the story is as long as it should be."""
        length = self.dice.randint(_FEWEST_WORDS, _MOST_WORDS - 60)
        paragraphs: list[str] = []
        words = 0
        while words < length:
            part = self.parts[len(paragraphs) % len(self.parts)]
            paragraphs.append(" ".join(self.dice.sample(part, self.dice.randint(2, 4))))
            words += len(paragraphs[-1].split())
        return "\n\n".join([*paragraphs, MARK])

    def _submission(self, month: date) -> Submission:
        """A submission whose account, answers and keys are erased, as retention leaves it."""
        return Submission(
            look_up_id=secrets.token_bytes(32),
            status=Submission.Status.PUBLISHED,
            week=lifecycle.monday(month),
            erase_on=month,
            erased_on=month,
            public_key=b"",
        )


def _placeholder(name: str) -> User:
    user, is_new = User.objects.get_or_create(username=name, defaults={"is_active": False})
    if is_new:
        user.set_unusable_password()
        user.save()
    return user
