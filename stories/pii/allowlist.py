"""Reasons to stay quiet, each for its own kind of finding only."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from stories.pii import words
from stories.pii.finding import Finding
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Token, Words
from stories.pii.words import read_list, word_group

_RULES = RuleFile("allowlist")

_ORGANISATION_LINE = re.compile(r"0(?:[38]\d\d|845|870|871)\d{4,7}|116\d{3}")
_PUBLIC_SITE = _RULES.pattern("public site")
_SCHEME = re.compile(r"\A(?:https?://)?(?:www\.)?", re.IGNORECASE)
_LAW = re.compile(r"(?:legislation\.gov\.uk|gov\.uk/(?:government|guidance))/", re.IGNORECASE)
_PLAIN_STEMS = word_group("plain stems") | words.MONTHS
_FORCE = _RULES.pattern("force")
_COURT = re.compile(r"[ ](?:(?:crown|magistrates['’]?)\b|(?:county|family|youth)[ ]court\b)", re.IGNORECASE)
_QUIET_PHRASE = re.compile(
    rf"\b(?:{'|'.join(re.escape(phrase) for phrase in read_list('quiet_phrases'))})\b", re.IGNORECASE
)
_OPERATION = re.compile(r"\b(?:Operation|OPERATION)[ ][A-Z][A-Za-z]{1,20}\b")
_WELSH = word_group("welsh small words")
_LEAST_WELSH, _WELSH_SHARE = 2, 5
_LEAST_WELSH_OF_A_TEXT, _WELSH_SHARE_OF_A_TEXT = 5, 6
_VERB_FOLLOWS = word_group("before a verb")
_CLOCK_OR_ORDINAL = re.compile(r"\d(?:st|nd|rd|th|am|pm)", re.IGNORECASE)
_UNIT = _RULES.pattern("unit")


def without_quiet_phrases(text: str, people: Iterable[Finding]) -> list[Finding]:
    """PERSON and OFFICER_NAME only: leaves out "Clare's Law", "Old Bailey", "Jane Doe", "Operation Yewtree"."""
    named = list(people)
    patterns = (_QUIET_PHRASE, _OPERATION) if named else ()
    quiet = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    return [each for each in named if not any(start <= each.start < end for start, end in quiet)]


def without_welsh_words(text: Words, guesses: Iterable[Finding]) -> Iterator[Finding]:
    """Bare names, strangers and what the model sees: in a Welsh sentence a word on no English list is just a word."""
    welsh = welsh_tokens(text)
    for each in guesses:
        at = text.starting(each.start)
        if at is None or at not in welsh:
            yield each
        elif each.sure or _is_named_in_welsh(text.tokens[at]):
            yield replace(each, end=_end_of_capitals(text, at, each.end))


def _end_of_capitals(text: Words, at: int, end: int) -> int:
    """Where the "Rhys" of "Rhys luniau ohonof" ends: small letters after a name with a capital are words."""
    named = takewhile(lambda token: token.end <= end and (token.title or not text.tokens[at].title), text.tokens[at:])
    return max((token.end for token in named), default=end)


def _is_named_in_welsh(token: Token) -> bool:
    is_small = token.low in _WELSH
    return (
        token.title
        and not is_small
        and (words.is_first_name(token.low) if token.first else not words.is_word(token.low))
    )


def welsh_tokens(text: Words) -> set[int]:
    """The numbers of the tokens that stand in a sentence, or a whole text, full of small Welsh words."""
    if _is_welsh(text.tokens, least=_LEAST_WELSH_OF_A_TEXT, share=_WELSH_SHARE_OF_A_TEXT):
        return set(range(len(text.tokens)))
    starts = [at for at, token in enumerate(text.tokens) if token.first or at == 0] + [len(text.tokens)]
    found: set[int] = set()
    for start, end in pairwise(starts):
        if _is_welsh(text.tokens[start:end], least=_LEAST_WELSH, share=_WELSH_SHARE):
            found.update(range(start, end))
    return found


def _is_welsh(tokens: list[Token], *, least: int, share: int) -> bool:
    """At least so many small words, and one word in `share`."""
    small = sum(token.low in _WELSH for token in tokens)
    return small >= least and share * small >= len(tokens)


def is_done_by_someone(text: Words, at: int) -> bool:
    """Bare PERSON only: the "liv" of "i liv here", the "ken" of "ah dinnae ken": in small letters after who does it."""
    return text.low(at - 1) in _VERB_FOLLOWS and not text.tokens[at].title and text.gap(at - 1) == " "


def is_help_line(number: str) -> bool:
    """PHONE only: freephone and 03 numbers reach an organisation, never a person."""
    digits = re.sub(r"\D", "", number)
    national = "0" + digits.removeprefix("00").removeprefix("44") if digits.startswith(("44", "0044")) else digits
    return _ORGANISATION_LINE.fullmatch(national) is not None


def is_public_site(address: str) -> bool:
    """URL only: the bare address of a platform, a charity or the state, and any page of law or guidance."""
    bare = _SCHEME.sub("", address).rstrip("/")
    return _PUBLIC_SITE.fullmatch(bare) is not None or _LAW.match(bare) is not None


def looks_invented(handle: str) -> bool:
    """HANDLE only: False for what is an ordinary word or a plain name."""
    bare = handle.lower().lstrip("@")
    if handle.startswith("@") or re.search(r"\d.{0,40}[a-z]|[a-z].{0,40}\d|_|[a-z]\.[a-z]", bare):
        return not re.fullmatch(r"\d{1,4}[a-z]{1,3}|[a-z]\.[a-z](?:\.[a-z])?", bare)
    return bare.isalpha() and len(bare) > 3 and not words.is_known(bare) and not words.is_slip(bare)


def is_model_name(handle: str) -> bool:
    """HANDLE only: "iphone13", "feb2021", "page12"."""
    stem = handle.lower().rstrip("0123456789")
    return stem in _PLAIN_STEMS or (stem != handle.lower() and words.is_word(stem) and not words.is_first_name(stem))


def is_clock_or_ordinal(inward: str) -> bool:
    """POSTCODE only: the "2nd" of "b4 2nd"."""
    return _CLOCK_OR_ORDINAL.fullmatch(inward) is not None


def counts_something(text: str, end: int) -> bool:
    """AGE only: the number before `end` counts minutes, pounds, people …, not years of life."""
    return _UNIT.match(text, end) is not None


def names_a_force(text: str, end: int) -> bool:
    """PLACE and bare PERSON only: the word before `end` is part of a force's or a court's name."""
    return _FORCE.match(text, end) is not None or names_a_court(text, end)


def names_a_court(text: str, end: int) -> bool:
    """PLACE and bare PERSON only: "Leeds Crown Court"."""
    return _COURT.match(text, end) is not None
