"""The six questions of the first look, with what to do and what to write; their words stand in risks.toml."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

LIFE, UNDER_18, CASE, ONLINE, GUILT, SELF_HARM = "life", "under-18", "case", "online", "guilt", "self-harm"
_GRAVEST_FIRST = (LIFE, SELF_HARM, UNDER_18, CASE, ONLINE, GUILT)


@dataclass(frozen=True)
class Risk:
    """One question, and its name where there is little room; risks.toml says what each field is."""

    slug: str
    name: str
    question: str
    what_to_do: str
    message: str
    websites: Sequence[str]
    bears: Sequence[str] = ()
    shows: Sequence[str] = ()
    offers: Sequence[tuple[str, str]] = ()
    writes_first: bool = False
    if_unsure: str = ""
    if_one_no: str = ""
    if_yes: str = ""


_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
BY_SLUG = {slug: Risk(slug, **words) for slug, words in _WORDS.items()}
RISKS = tuple(BY_SLUG.values())
# The contributor's own answers that bear on one of the six.
BEARING = tuple(name for risk in RISKS for name in risk.bears)


def gravest_first(flagged: Iterable[Risk], unsure: Iterable[Risk]) -> list[Risk]:
    """Sort the risks that a first look found as they are to be seen to, a yes before a doubt about the same."""
    return sorted((*flagged, *unsure), key=lambda risk: _GRAVEST_FIRST.index(risk.slug))
