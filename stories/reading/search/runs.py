"""Stories that share a run of words with a text: the live ones are asked of the store by phrases first.

For words that somebody put on a page of their own: there they would stay when the story goes down, or after it did.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connections

from stories.core import snapshot
from stories.models import Story
from stories.reading.search import words
from stories.reading.search.store import ON, TABLE

# As many words in a row as no two people write by chance.
LEAST = 12
# Every run of so many words holds a phrase of these, if a phrase is taken at every so many words.
_PHRASE = 9
_STEP = LEAST - _PHRASE + 1
# FTS5 reads an expression of so many parts; a shared run is in few stories, and one is enough to be told of.
_AT_ONCE, _MOST_STORIES = 60, 20
# Where a story holds words that somebody could have put elsewhere.
_COLUMNS = ("text", "differently", "well")


@dataclass(frozen=True)
class Shared:
    """A story, and the run as it is written in the text that shares it."""

    story: Story
    words: str
    is_live: bool = True


def is_long(text: str) -> bool:
    """True for a text with so many words that a run of a story could stand in it."""
    return sum(1 for _word in words.split_words(text)) >= LEAST


def every_run(text: str) -> Iterator[Shared]:
    """The first run of `LEAST` words, in whatever case, that a text shares with each live story, the oldest first."""
    connection = connections[snapshot.public_reads()]
    on = ON[connection.vendor]
    statement = f"SELECT {on['place']} FROM {TABLE} WHERE {on['match']} LIMIT %s"  # noqa: S608
    stems = [words.stem_word(word[0]) for word in words.split_words(text)]
    # A token is letters and digits, so none needs escaping.
    starts = range(0, len(stems) - _PHRASE + 1, _STEP) if is_long(text) else ()
    phrases = [on["word"].format(on["next"].join(stems[at : at + _PHRASE])) for at in starts]
    places: set[int] = set()
    for start in range(0, len(phrases), _AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(statement, [on["or"].join(phrases[start : start + _AT_ONCE]), _MOST_STORIES])
            places |= {place for (place,) in cursor.fetchall()}
    if places:
        yield from _shared(text, Story.live.filter(sequence__in=places).order_by("sequence"))


def every_unseen(text: str) -> Iterator[Shared]:
    """The same of stories that aren't on the site and whose words are kept: agreed to and waiting, or taken down.

    The store holds none of these, so each is read; there are few, and only a text long enough to hold a run asks.
    """
    if is_long(text):
        kept = Story.objects.exclude(status__in=(Story.Status.LIVE, Story.Status.REMOVED)).only("slug", *_COLUMNS)
        yield from _shared(text, kept.order_by("pk").iterator(), is_live=False)


def _shared(text: str, stories: Iterable[Story], *, is_live: bool = True) -> Iterator[Shared]:
    found = list(words.split_words(text))
    told = list(_runs([words.stem_word(word[0]) for word in found]))
    for story in stories:
        texts = (words.split_words(getattr(story, name)) for name in _COLUMNS)
        held = {run for each in texts for run in _runs([words.remembered_stem(word[0]) for word in each])}
        at = next((at for at, run in enumerate(told) if run in held), None)
        if at is not None:
            yield Shared(story, text[found[at].start() : found[at + LEAST - 1].end()], is_live)


def _runs(stems: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(stems[at : at + LEAST]) for at in range(len(stems) - LEAST + 1))
