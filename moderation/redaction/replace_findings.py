"""Putting neutral words in place of a wording, everywhere in the words that were typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.redaction import open_findings
from moderation.redaction.open_findings import neutral_in_language
from moderation.team.permissions import Refused
from stories.core import publication_gate
from stories.core.scanner import CannotLook, Look
from stories.intake import receive
from stories.pii.kinds import BY_HAND, KINDS, RELATIONS
from stories.pii.replacements import Looked, Wording, group_wordings, replace_wordings

# What a button asks for in place of a number of the neutral words.
TAKE_OUT, OWN = "out", "own"
LONGEST_OWN = 200


@dataclass(frozen=True)
class Replacement:
    """The fields with the words in place, and what to say of it: kinds and counts, never the words taken out."""

    fields: dict[str, str]
    said: str


def replace_findings(
    fields: Mapping[str, str], asked: str, *, language: str, longest: Mapping[str, int], own: str = ""
) -> Replacement:
    """Do what a button asked for: `key:number of the neutral words`, `key:out` or `key:own`; raises `Refused`.

    `longest` says how many characters each field may have; `own` are the words that somebody typed.
    """
    typed = {name: receive.cleaned_words(fields[name]) for name in publication_gate.WORDS_OF_A_STORY}
    looked = _looked(typed)
    key, _colon, number = asked.partition(":")
    wording = next((each for each in group_wordings(looked.values()) if each.key == key), None)
    if wording is None:
        raise Refused(_("Those words don’t stand in the text any more. Nothing is replaced, and nothing saved yet."))
    neutral = _chosen(wording, number, language=language, own=" ".join(own.split())[:LONGEST_OWN])
    done = {name: replace_wordings(text, found, {key: neutral}) for name, (text, found) in looked.items()}
    _refuse_if_too_long(done, longest)
    return Replacement({**fields, **done}, _said(neutral, wording.times))


def _chosen(wording: Wording, number: str, *, language: str, own: str) -> str:
    if number == OWN and not own:
        raise Refused(_("Write your own words first. Nothing is replaced, and nothing saved yet."))
    offered = open_findings.neutral_words(wording, language=language)
    chosen = {str(place): words for place, words in enumerate(offered)} | {TAKE_OUT: "", OWN: own}
    if number not in chosen:
        raise Refused(_("Choose the neutral words from the list. Nothing is replaced, and nothing saved yet."))
    return chosen[number]


def replaceable_kinds(language: str) -> list[tuple[str, tuple[str, ...]]]:
    """What selected words can be, as a moderator names it, and the neutral words for it in that language."""
    named: dict[str, list[str]] = {}
    found = ((kind.moderator, kind.replacements) for kind in (*KINDS.values(), *RELATIONS.values()))
    for name, replacements in (*found, *BY_HAND.items()):
        for words in neutral_in_language(replacements, language):
            offered = named.setdefault(_(name), [])
            offered += [] if words in offered else [words]
    return [(kind, tuple(words)) for kind, words in sorted(named.items())]


def _looked(typed: Mapping[str, str]) -> dict[str, Looked]:
    try:
        return dict(zip(typed, publication_gate.looked_at(typed, Look()), strict=True))
    except CannotLook:
        said = _("We could not look through this text just now, so nothing is replaced, and nothing is saved yet.")
        raise Refused(said) from None


def _refuse_if_too_long(done: Mapping[str, str], longest: Mapping[str, int]) -> None:
    if len(done["title"]) > longest["title"]:
        raise Refused(_("With these words the title would be too long. Shorten it first; nothing is saved yet."))
    if any(len(words) > longest[name] for name, words in done.items()):
        raise Refused(_("With these words the text would be too long. Shorten it first; nothing is saved yet."))


def _said(neutral: str, times: int) -> str:
    if not neutral:
        return ngettext("Taken out, in one place.", "Taken out, in %(times)d places.", times) % {"times": times}
    said = ngettext("%(words)s stands there now, once.", "%(words)s stands there now, %(times)d times.", times)
    return said % {"words": neutral, "times": times}
