"""Stories that share a run of words with a text: the live ones are asked of the store by phrases first.

For words that somebody put on a page of their own: there they would stay when the story goes down, or after it did.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connections

from stories.models import Story
from stories.reading.search import words
from stories.reading.search.store import TABLE

# As many words in a row as no two people write by chance.
LEAST = 12
# Every run of so many words holds a phrase of these, if a phrase is taken at every so many words.
_PHRASE = 9
_STEP = LEAST - _PHRASE + 1
# FTS5 reads an expression of so many parts; a shared run is in few stories, and one is enough to be told of.
_AT_ONCE, _MOST_STORIES = 60, 20
# Where a story holds words that somebody could have put elsewhere.
_COLUMNS = ("text", "differently", "well")
_ASKED = {
    "sqlite": (f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT %s", '"{}"', " ", " OR "),  # noqa: S608
    "postgresql": (f"SELECT sequence FROM {TABLE} WHERE tokens @@ %s::tsquery LIMIT %s", "({})", " <-> ", " | "),  # noqa: S608
}


@dataclass(frozen=True)
class Shared:
    """A story, and the run as it is written in the text that shares it."""

    story: Story
    words: str
    is_live: bool = True


def is_long(text: str) -> bool:
    """True for a text with so many words that a run of a story could stand in it."""
    return sum(1 for _word in words.split_words(text)) >= LEAST


def shared_runs(texts: Collection[str]) -> Shared | None:
    """The first run of `LEAST` words of these texts, in whatever case, that stands in a live story."""
    return next(every_run(texts), None)


def every_run(texts: Collection[str]) -> Iterator[Shared]:
    """The first such run of each story that these texts share one with."""
    for text in texts:
        stems = [words.stem_word(run[0]) for run in words.split_words(text)]
        if len(stems) < LEAST:
            continue
        for story in _holding(stems):
            if (at := _place_among(stems, _held_by(story))) is not None:
                yield Shared(story, _written(text, at))


def every_unseen(texts: Collection[str]) -> Iterator[Shared]:
    """The same of stories that aren't on the site and whose words are kept: agreed to and waiting, or taken down.

    The store holds none of these, so each is read; there are few, and only texts long enough to hold a run ask for it.
    """
    told = {text: [words.stem_word(run[0]) for run in words.split_words(text)] for text in filter(is_long, texts)}
    kept = Story.objects.exclude(status__in=(Story.Status.LIVE, Story.Status.REMOVED)) if told else Story.objects.none()
    for story in kept.only("slug", *_COLUMNS).order_by("pk").iterator():
        held = _held_by(story)
        for text, stems in told.items():
            if (at := _place_among(stems, held)) is not None:
                yield Shared(story, _written(text, at), is_live=False)
                break


def _holding(stems: Sequence[str]) -> Iterator[Story]:
    """Live stories with one of the phrases in them, the oldest first."""
    places: set[int] = set()
    phrases = [stems[at : at + _PHRASE] for at in range(0, len(stems) - _PHRASE + 1, _STEP)]
    for start in range(0, len(phrases), _AT_ONCE):
        places |= _places(phrases[start : start + _AT_ONCE])
    yield from Story.live.filter(sequence__in=places).order_by("sequence") if places else ()


def _places(phrases: Sequence[Sequence[str]]) -> set[int]:
    connection = connections[settings.PUBLIC_READS]
    statement, written, within, between = _ASKED[connection.vendor]
    # A token is letters and digits, so none needs escaping.
    asked = between.join(written.format(within.join(phrase)) for phrase in phrases)
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked, _MOST_STORIES])
        return {place for (place,) in cursor.fetchall()}


def _place_among(stems: Sequence[str], held: Collection[tuple[str, ...]]) -> int | None:
    return next((at for at, run in enumerate(_runs(stems)) if run in held), None)


def _held_by(story: Story) -> set[tuple[str, ...]]:
    texts = (getattr(story, name) for name in _COLUMNS)
    return {
        run for text in texts for run in _runs([words.remembered_stem(each[0]) for each in words.split_words(text)])
    }


def _written(text: str, at: int) -> str:
    """The run that begins with a word of a text, as it is written there."""
    runs = list(words.split_words(text))
    return text[runs[at].start() : runs[at + LEAST - 1].end()]


def _runs(stems: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(stems[at : at + LEAST]) for at in range(len(stems) - LEAST + 1))
