"""Names that are small words of the language too ("Will", "PC Day", "Guy"), told by the words around them."""

import re

from stories.identifying import words
from stories.identifying.lists import group
from stories.identifying.tokens import Token, Words

MODAL_NAMES = frozenset({"may", "will", "mark", "pat"})
ENDS = re.compile(r"[ \t]{0,4}(?:[.,;:!?()\n\"”’]|$|\band\b|\bor\b|-|–|—|\d)", re.IGNORECASE)
SPEAKER = re.compile(r"[ ](?:he|she|they|who)\b", re.IGNORECASE)
_LOOK_BACK = 30
_FIRSTS = frozenset({"guy", "will", "bobby", "bonnie", "abe", "gav", "asif", "ty", "winter", "junior"})
_SMALL_SURNAMES = group("small surnames")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "some", "any", "another", "one", "every", "each"})
_RANKS = group("short titles") | {"sergeant", "inspector", "constable", "detective", "superintendent", "officer"}
_PARTICLES = group("particles")
_STRAIGHT = re.compile(r"\.?[ ](?:[a-z]{0,3}\d{2,5}[a-z]{0,3},?[ ])?", re.IGNORECASE)
_NUMBER_OR_SPEAKER = re.compile(r"[ ](?:he|she|they|who|[(\[]?[a-z]{0,2}\d{2,5})", re.IGNORECASE)
# What only somebody's name has before it: "will" and "may" never go with a past.
_PAST = re.compile(
    r"""[ ](?:(?:never|just|then|also|even|actually|really)[ ])?
        (?:(?!(?:sh|shr|b|w|emb|load|crash|open|reboot)ed\b)\w{2,20}(?<!e)ed|was|were|had|said|told|sent|got|did|rang|came|went|took|made|
        kept|who|found|gave|wrote|
        threw|broke|left|knew|lost|spoke|met|saw|sat|stood|held|ran|felt|thought|brought|drove|says|has|
        (?:did|was|had|could|would)n['’]?t)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PHONE = re.compile(r",?[ ](?:on[ ])?07\d{3}", re.IGNORECASE)
_VERB = re.compile(
    r"""[ ](?:(?:both|never|just)[ ])?(?:\w{2,20}ed|is|was|has|had|said|told|sent|put|got|did|rang|came|went|took|
        made|kept|says|who|then|just|never|still|found|gave|wrote|threw|hit|broke|left|knew)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_MY_NAME_IS = re.compile(r"\b(?:my|his|her|their)[ ](?:\w{2,8}[ ])?name(?:['’]?s|[ ]is|[ ]was)[ ]\Z", re.IGNORECASE)


def name_ends(text: Words, at: int) -> bool:
    """A stop, a verb or a possessive follows."""
    end = text.tokens[at].end
    return bool(ENDS.match(text.text, end) or _VERB.match(text.text, end) or text.tokens[at].possessive)


def has_a_verb(text: Words, at: int) -> bool:
    """Somebody's deed follows."""
    return _VERB.match(text.text, text.tokens[at].end) is not None


def is_told(text: Words, at: int) -> bool:
    """ "My name's will", "my ex will said": more than any word before it could promise."""
    if text.tokens[at].low not in MODAL_NAMES:
        return False
    return _is_said_to_be_a_name(text, at) or _PAST.match(text.text, text.tokens[at].end) is not None


def is_a_name(text: Words, at: int) -> bool:
    """The "Lad" of "Sergeant Lad and", the "day" of "pc day 636hv", the "will" of "pc will said"."""
    token = text.tokens[at]
    if is_first_of_two(text, at):
        return True
    if token.low in MODAL_NAMES:
        return _is_a_modal_name(text, at, token)
    if token.title:
        fits = words.is_top_surname(token.low) or (words.is_any_surname(token.low) and name_ends(text, at))
        return not token.first and (fits or _is_before_last_name(text, at))
    if token.low in _SMALL_SURNAMES and _is_ranked(text, at):
        return any(after.match(text.text, token.end) for after in (_PAST, ENDS, SPEAKER))
    return words.is_top_surname(token.low) and _NUMBER_OR_SPEAKER.match(text.text, token.end) is not None


def is_a_last_name(text: Words, at: int) -> bool:
    """The "Long" of "Omar Long and", the "long" of "sgt omar long rang"; `at` is the small word."""
    token, before = text.tokens[at], text.tokens[at - 1]
    if not words.is_top_surname(token.low) or not name_ends(text, at):
        return False
    if before.title or token.title:
        return before.title and token.title
    return token.low in _SMALL_SURNAMES and words.is_plain_first_name(before.low) and _is_ranked(text, at - 1)


def last_particle(text: Words, at: int) -> int | None:
    """The "der" of "van der Berg": the last small word of a name that begins with such; None if none does."""
    last = at
    while text.tokens[last].low in _PARTICLES:
        after = text.next_to(last)
        if after is None:
            return None
        if after.low not in _PARTICLES:
            named = words.is_surname(after.low) or words.is_stranger(after.low)
            return last if named or (after.title and not words.is_never_a_name(after.low)) else None
        last += 1
    return None


def is_first_of_two(text: Words, at: int) -> bool:
    """The "guy" of "guy mcintyre": the next word can only be a surname."""
    token, after, before = text.tokens[at], text.next_to(at), text.at(at - 1)
    if token.low not in _FIRSTS or after is None or (before is not None and before.low in _ARTICLES):
        return False
    if token.low == "will" and not token.title:
        return False
    if after.title != token.title:
        return False
    return words.is_surname(after.low) and not words.is_word(after.low) and not words.is_first_name(after.low)


def _is_a_modal_name(text: Words, at: int, token: Token) -> bool:
    if token.title and not token.first and token.low not in words.MONTHS:
        return True
    if _PAST.match(text.text, token.end) is not None or _is_before_last_name(text, at):
        return True
    if _PHONE.match(text.text, token.end) is not None:
        return True
    return (_is_said_to_be_a_name(text, at) or _is_ranked(text, at)) and ENDS.match(text.text, token.end) is not None


def _is_before_last_name(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    return after is not None and text.gap(at) == " " and words.is_common_surname(after.low) and name_ends(text, at + 1)


def _is_said_to_be_a_name(text: Words, at: int) -> bool:
    return _MY_NAME_IS.search(text.before(at, _LOOK_BACK)) is not None


def _is_ranked(text: Words, at: int) -> bool:
    """After a rank or title that no article claims: "dc guy", "pc 9541 page", not "the pc guy"."""
    rank, before = text.at(at - 1), text.at(at - 2)
    if rank is None or rank.low not in _RANKS or not _STRAIGHT.fullmatch(text.gap(at - 1)):
        return False
    return before is None or before.low not in _ARTICLES or rank.first
