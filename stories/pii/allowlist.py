"""Reasons to stay quiet, each for its own kind of finding only."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, pairwise

from stories.pii import words
from stories.pii.kinds import Finding
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Token, Words
from stories.pii.words import GROUPS, read_list

_RULES = RuleFile("allowlist")

_QUIET_PHRASE = re.compile(
    rf"\b(?:{'|'.join(re.escape(phrase) for phrase in read_list('quiet_phrases'))})\b", re.IGNORECASE
)
_LEAST_WELSH, _WELSH_SHARE = 2, 5
_LEAST_WELSH_OF_A_TEXT, _WELSH_SHARE_OF_A_TEXT = 5, 6


def without_quiet_phrases(text: str, people: Iterable[Finding]) -> list[Finding]:
    """PERSON and OFFICER_NAME only: leaves out "Clare's Law", "Old Bailey", "Jane Doe", "Operation Yewtree"."""
    named = list(people)
    patterns = (_QUIET_PHRASE, _RULES["operation"]) if named else ()
    quiet = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    return [each for each in named if not any(start <= each.start < end for start, end in quiet)]


def without_welsh_words(text: Words, guesses: Iterable[Finding]) -> Iterator[Finding]:
    """Bare names, strangers and what the model sees: in a Welsh sentence a word on no English list is just a word."""
    welsh = welsh_tokens(text)
    for each in guesses:
        first = text.starting(each.start)
        if first not in welsh:
            yield each
            continue
        named = words.is_first_name(first.low) if first.first else not words.is_word(first.low)
        if each.sure or (named and first.title and first.low not in GROUPS["welsh small words"]):
            # The "Rhys" of "Rhys luniau ohonof": small letters after a name with a capital are words.
            end = each.end
            for token in text.tokens[first.number :]:
                if token.end > each.end or (first.title and not token.title):
                    break
                end = token.end
            yield replace(each, end=end)


def welsh_tokens(text: Words) -> set[Token]:
    """The tokens that stand in a sentence, or a whole text, full of small Welsh words."""
    if _is_welsh(text.tokens, least=_LEAST_WELSH_OF_A_TEXT, share=_WELSH_SHARE_OF_A_TEXT):
        return set(text.tokens)
    starts = [at for at, token in enumerate(text.tokens) if token.first] + [len(text.tokens)]
    sentences = (text.tokens[start:end] for start, end in pairwise(starts))
    welsh = (each for each in sentences if _is_welsh(each, least=_LEAST_WELSH, share=_WELSH_SHARE))
    return set(chain.from_iterable(welsh))


def _is_welsh(tokens: list[Token], *, least: int, share: int) -> bool:
    """At least so many small words, and one word in `share`."""
    small = sum(token.low in GROUPS["welsh small words"] for token in tokens)
    return small >= least and share * small >= len(tokens)


def is_done_by_someone(token: Token) -> bool:
    """Bare PERSON only: the "liv" of "i liv here", the "ken" of "ah dinnae ken": in small letters after who does it."""
    return token.before.low in GROUPS["before a verb"] and not token.title and token.before.gap == " "


def counts_something(match: re.Match[str]) -> bool:
    """A number counts minutes, pounds, people …, not years of life."""
    return _RULES.follows("unit", match)


def without_courts(text: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """Courts are public: neither the address nor the workplace of anybody, nor where somebody lives."""
    for each in found:
        court = _RULES["court of law"].match(text, each.start) if each.kind in {"ADDRESS", "SCHOOL_EMPLOYER"} else None
        is_in = each.kind == "PLACE" and _RULES["court"].match(text, each.end)
        if not is_in and (court is None or court.end() < each.end):
            yield each


def names_a_force(token: Token) -> bool:
    """PLACE and bare PERSON only: this word is part of a force's or a court's name."""
    return token.is_followed(_RULES["force"]) or names_a_court(token)


def names_a_court(token: Token) -> bool:
    """PLACE and bare PERSON only: "Leeds Crown Court"."""
    return token.is_followed(_RULES["court"])
