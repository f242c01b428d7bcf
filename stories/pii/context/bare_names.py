"""Names that nothing announces, told by our lists, by a capital, or by being no word at all."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.context import names, places
from stories.pii.context.names import Cue, heads_a_title, last_of_name
from stories.pii.context.people import ACTS, PUTS, SPEECH
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.tokens import Token, Words
from stories.pii.words import word_group

_MOST_SYLLABLES = 3
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "my", "his", "her", "our", "their", "your"})
_FROM = re.compile(r"[ ]from[ ](?!day|the|now|then|this|that)", re.IGNORECASE)
_HOPES = frozenset({"hope", "joy", "faith", "grace"})
_CLAUSE = word_group("clause openers")
_MODAL_NAMES = frozenset({"may", "will"})
_TITLES = word_group("titles")
_EPITHETS = word_group("epithets")
_BEFORE_EPITHETS = word_group("before an epithet")


def find_bare_names(text: Words) -> Iterator[Finding]:
    """One finding for each run of words that reads as a name by itself."""
    at = 0
    while at < len(text.tokens):
        last = _last_of_syllables(text, at)
        if last is None and _stands_alone(text, at):
            last = last_of_name(text, at, Cue.STRONG)
            is_plain = last is None and (_has_an_epithet(text, at) or _opens_a_clause(text, at))
            last = at if is_plain else last
        if last is not None:
            yield make_finding(text.span(at, last), _kind(text, at), sure=False)
        at = at + 1 if last is None else last + 1


def _last_of_syllables(text: Words, at: int) -> int | None:
    """The "yan" of "wing yan": two or three syllables of Chinese names, not all of them words."""
    last = at
    while last < min(at + _MOST_SYLLABLES, len(text.tokens)) and _is_syllable(text.tokens[last]):
        last += 1
        if last < len(text.tokens) and text.gap(last - 1) not in (" ", "-"):
            break
    run = text.tokens[at:last]
    strange = any(not words.is_word(token.low) for token in run)
    return last - 1 if len(run) > 1 and strange else None


def _is_syllable(token: Token) -> bool:
    return words.is_chinese_syllable(token.low) and not words.is_never_a_name(token.low)


def _kind(text: Words, at: int) -> str:
    """A capital after "at" is more often a place of work than a person."""
    after_at = text.before(at, 4).lower().endswith(" at ")
    return "SCHOOL_EMPLOYER" if after_at and not words.is_first_name(text.tokens[at].low) else "PERSON"


def _stands_alone(text: Words, at: int) -> bool:
    token = text.tokens[at]
    if len(token.low) == 1:
        return token.title and token.low != "i" and _is_initial(text, at)
    if token.low in _MODAL_NAMES:
        acts = ACTS.match(text.text, token.end) is not None
        return (acts and _starts_a_clause(text, at)) or (token.title and not token.first and token.low == "will")
    if names.is_first_of_two(text, at):
        return True
    if words.is_quiet(token.low) and words.is_first_name(token.low) and token.low not in words.MONTHS:
        return _starts_a_clause(text, at) and _FROM.match(text.text, token.end) is not None
    if _is_vetoed(text, at, token) or allowlist.is_done_by_someone(text, at):
        return False
    if words.is_first_name(token.low) and (_has_an_epithet(text, at) or _is_joined_to_a_name(text, at)):
        return True
    if words.is_plain_first_name(token.low):
        return True
    if words.is_plain_surname(token.low) and not places.is_listed(token.low) and not _is_a_thing(text, at, token):
        return True
    if token.title:
        return _is_a_bare_title(text, at, token)
    return _is_whole_name(text, at) or _opens_a_clause(text, at)


def _is_vetoed(text: Words, at: int, token: Token) -> bool:
    if words.is_never_a_name(token.low) or words.is_proper(token.low):
        return True
    if places.is_listed(token.low) and allowlist.names_a_force(text.text, token.end):
        return True
    return text.is_acronym(at) and not words.is_plain_first_name(token.low)


def _is_a_thing(text: Words, at: int, token: Token) -> bool:
    """The slip of the pen in "to the staton": small letters after an article."""
    before = text.at(at - 1)
    return not token.title and before is not None and before.low in _ARTICLES and text.gap(at - 1) == " "


def _is_initial(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    if after is None or not after.title or text.gap(at) not in (". ", ".", " ") or words.is_quiet(after.low):
        return False
    return words.is_name(after.low) or not words.is_known(after.low)


def _is_a_bare_title(text: Words, at: int, token: Token) -> bool:
    if heads_a_title(text, at):
        return False
    if words.is_first_name(token.low):
        return not token.first or _opens_a_sentence(text, at, token)
    if words.is_surname(token.low) and not token.first:
        return True
    return not words.is_word(token.low) and len(token.low) > 3 and not words.is_slip(token.low)


def _has_an_epithet(text: Words, at: int) -> bool:
    """The "sue" of "me and big sue", not the "rose" of "a big rose"."""
    epithet, before = text.at(at - 1), text.at(at - 2)
    if (
        epithet is None
        or epithet.low not in _EPITHETS
        or text.gap(at - 1) != " "
        or words.is_virtue(text.tokens[at].low)
        or text.tokens[at].low in _TITLES
        or (text.tokens[at].low in _HOPES and not names.has_a_verb(text, at))
    ):
        return False
    return epithet.first or before is None or before.low in _BEFORE_EPITHETS or text.gap(at - 2) == ", "


def _is_joined_to_a_name(text: Words, at: int) -> bool:
    """The "joy" of "joy and shaz seen him" and of "shaz and joy." beside a name that is no word."""
    if words.is_virtue(text.tokens[at].low):
        return False
    if _is_joined(text, at, at + 2) and _starts_a_clause(text, at):
        return True
    return _is_joined(text, at - 2, at - 2) and names.name_ends(text, at)


def _is_joined(text: Words, first: int, named: int) -> bool:
    """Two words with "and" between them, and the one in question a plain first name."""
    joined, other = text.at(first + 1), text.at(named)
    if first < 0 or joined is None or other is None or joined.low not in {"and", "or"}:
        return False
    return text.gap(first) == text.gap(first + 1) == " " and words.is_plain_first_name(other.low)


def _opens_a_sentence(text: Words, at: int, token: Token) -> bool:
    """A capital says nothing here: the words after it must show a person."""
    speaks = SPEECH.match(text.text, token.end) is not None and token.low not in words.MONTHS
    return speaks or _is_whole_name(text, at) or _is_beside_a_name(text, at)


def _is_whole_name(text: Words, at: int) -> bool:
    """A first name that may be a word too, made certain by the surname after it."""
    after = text.next_to(at)
    if after is None or not words.is_first_name(text.tokens[at].low) or words.is_quiet(after.low):
        return False
    surname = words.is_stranger(after.low) or (words.is_surname(after.low) and not words.is_word(after.low))
    return surname and (after.title or not places.is_listed(after.low))


def _is_beside_a_name(text: Words, at: int) -> bool:
    """ "Rob, Jack and me", "Pat Joy"."""
    after = text.at(at + 1)
    if after is None or not after.title or words.is_quiet(after.low) or words.is_never_a_name(after.low):
        return False
    if text.gap(at) == " ":
        return words.is_name(after.low)
    return text.gap(at) == ", " and words.is_first_name(after.low)


def _opens_a_clause(text: Words, at: int) -> bool:
    """The "mark" of "mark posted it": a word that is a name only as somebody who acts."""
    token = text.tokens[at]
    acts = any(deed.match(text.text, token.end) is not None for deed in (ACTS, PUTS))
    if words.is_stranger(token.low):
        return acts or _is_strange_pair(text, at)
    return acts and _starts_a_clause(text, at) and words.is_first_name(token.low)


def _starts_a_clause(text: Words, at: int) -> bool:
    token, before = text.tokens[at], text.at(at - 1)
    return token.first or before is None or before.low in _CLAUSE or "," in text.gap(at - 1)


def _is_strange_pair(text: Words, at: int) -> bool:
    after = text.next_to(at)
    return after is not None and (words.is_stranger(after.low) or words.is_plain_surname(after.low))
