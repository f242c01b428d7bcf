"""The closed list of reasons why an account isn't published, in a moderator's words and in a contributor's."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

_DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Reason:
    """`moderator` names it in the room; `contributor` is the sentence under the receipt code."""

    moderator: StrPromise
    contributor: StrPromise


REASONS = {
    slug: Reason(**{whose: _(words) for whose, words in said.items()})
    for slug, said in tomllib.loads((_DATA / "decline_reasons.toml").read_text(encoding="utf-8")).items()
}


def reason_in_words(reason: str) -> str:
    """The sentence that the contributor reads; empty for a reason that isn't on the list."""
    return str(REASONS[reason].contributor) if reason in REASONS else ""
