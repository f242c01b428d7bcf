"""What a machine sees in a version that is put forward: what is held back, and how many of each kind were replaced."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from moderation import reading
from moderation.models import WorkingCopy
from moderation.vault import OpenVault
from stories import going_public, lifecycle
from stories.identifying.wordings import Wording, look, wordings


@dataclass(frozen=True)
class Seen:
    """Worked out for one deed and never kept, but for the counts."""

    held_back: list[Wording]
    counts: lifecycle.Counts


def seen(copy: WorkingCopy, *, vault: OpenVault) -> Seen:
    """Look through the version and its account; a look takes a while, so never inside a transaction that locks."""
    account = reading.account(copy.submission, vault=vault)
    looked = going_public.looked_at(reading.working_copy(copy.sealed, vault=vault)["fields"])
    stays = wordings(looked)
    known = dict(looked)
    was = wordings((words, known[words] if words in known else look(words)) for words in account.values())
    gone = [each for each in was if not _is_in(each, [text for text, _ in looked])]
    return Seen(going_public.sure_ones(looked), {"replaced": _many(gone), "left": _many(stays)})


def _is_in(wording: Wording, texts: Iterable[str]) -> bool:
    """True where a text holds these words, whether or not they were found there; "Sam" isn't in "same"."""
    words = re.compile(rf"(?<!\w){re.escape(wording.words)}(?!\w)", re.IGNORECASE)
    return any(words.search(text) for text in texts)


def _many(found: Iterable[Wording]) -> dict[str, int]:
    return dict(Counter(each.found.kind for each in found))
