"""Words that speak of danger to life, or of a child: texts in, what they speak of out. No framework, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from stories.danger import rules
from stories.danger.languages import is_in_another_language
from stories.danger.spelling import sentences
from stories.danger.weighing import Weighed

NOW, PAST = "now", "past"


@dataclass(frozen=True)
class Danger:
    """Danger in texts: `life` is "now", "past" or empty; `is_near` is of somebody outside, armed or on their way.

    `is_unread`: a text in neither English nor Welsh, which nothing was looked for in, so that it may speak of anything.
    """

    life: str = ""
    child: bool = False
    is_near: bool = False
    is_unread: bool = False

    def __bool__(self) -> bool:
        return bool(self.life or self.child or self.is_unread)

    @property
    def is_urgent(self) -> bool:
        """True for what is read before everything else: danger to life now, a child, or what no scanner can read."""
        return self.life == NOW or self.child or self.is_unread

    def __or__(self, other: "Danger") -> "Danger":
        life = NOW if NOW in (self.life, other.life) else self.life or other.life
        near, unread = self.is_near or other.is_near, self.is_unread or other.is_unread
        return Danger(life, self.child or other.child, near, unread)


NONE = Danger()


def scan_for_danger(text: str) -> Danger:
    """Return what one text speaks of, in English or Welsh."""
    read = sentences(text)
    weighed = Weighed(read)
    life, is_near = rules.life_spoken_of(read, weighed)
    return Danger(life, rules.is_child_spoken_of(read, weighed), is_near, is_in_another_language(text))


def scan_all(texts: Iterable[str]) -> Danger:
    return reduce(or_, map(scan_for_danger, texts), NONE)
