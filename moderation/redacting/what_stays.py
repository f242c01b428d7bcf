"""What a machine sees in a version that is put forward: what is held back, and how many of each kind were replaced."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from moderation.errors import Refused
from stories import going_public, lifecycle
from stories.identifying.wordings import Looked, Wording, wordings
from stories.looking import CannotLook, Look

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Seen:
    """Worked out for one deed and never kept, but for the counts."""

    held_back: list[Wording]
    counts: lifecycle.Counts


def what_is_seen(fields: Mapping[str, str], account: Mapping[str, str], *, look: Look) -> Seen:
    """Look through a version and its account; raises `Refused` where the version can't be looked through.

    A look takes a while, so never inside a transaction that locks.
    """
    looked = looked_at(fields, look)
    stays = wordings(looked)
    # This is only counted: an account on which the finder fails keeps nobody from putting their text forward.
    was = wordings((words, look(words)) for words in account.values())
    whole = "\n".join(_read_out(text) for text, _found in looked)
    # Words that still stand there, found or not, aren't replaced.
    gone = [each for each in was if _read_out(each.words) not in whole]
    return Seen(going_public.sure_ones(looked), {"replaced": _many(gone), "left": _many(stays)})


def looked_at(
    fields: Mapping[str, str], look: Look, *, names: Iterable[str] = going_public.WORDS_OF_A_STORY
) -> list[Looked]:
    """Look through the words of a version; raises `Refused`."""
    try:
        return going_public.looked_at(fields, look, names=names)
    except CannotLook:
        raise Refused(going_public.why_not_looked()) from None


def _read_out(text: str) -> str:
    """Return the bare words of a text, each between spaces, so that "Sam" isn't in "same"."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _many(found: Iterable[Wording]) -> dict[str, int]:
    return dict(Counter(each.found.kind for each in found))
