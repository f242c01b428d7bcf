"""Names of people and officers that the words beside them announce."""

import re
from collections.abc import Iterator

from stories.pii import words
from stories.pii.context import places
from stories.pii.context.names import RULES, Cue, last_of_name
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.tokens import NOBODY, Token, Words
from stories.pii.words import GROUPS


def _cues(section: str) -> tuple[tuple[re.Pattern[str], Cue], ...]:
    """Read a section whose lines begin with how strong a cue is."""
    lines = (line.split(" ", 1) for line in RULES.lines(section))
    return tuple((re.compile(pattern, re.IGNORECASE), Cue[strength.upper()]) for strength, pattern in lines)


_CUES = {"OFFICER_NAME": _cues("officer cues:"), "PERSON": _cues("people cues:")}
_AFTER = {"OFFICER_NAME": RULES["after officer"], "PERSON": RULES["after person"]}
_LONGEST_LIST = 8
_LOOK_BACK = 40


def find_announced(text: Words, kind: str) -> Iterator[Finding]:
    """Names of officers after a rank or the like, or of people beside a word that promises one."""
    for pattern, cue in _CUES[kind]:
        for match in pattern.finditer(text.text):
            token = text.starting(match.end())
            # "A group called Tiverton Girls": a town in the name of a group is a town.
            is_group = RULES["group"].search(text.text, max(0, match.end() - _LOOK_BACK), match.end()) is not None
            if token and not (is_group and places.is_listed(token.low)):
                yield from _read_list(text, token, cue, kind)
    for match in _AFTER[kind].finditer(text.text):
        token = text.ending(match.start())
        if token and _is_a_name_before(token, kind, said=match[0]):
            yield make_finding(_first_of_name(token).span_to(token), kind, sure=False)
    if kind == "PERSON":
        yield from _owners(text)


def _read_list(text: Words, token: Token, cue: Cue, kind: str) -> Iterator[Finding]:
    """The name at this token and those joined to it by commas or "and"."""
    for _ in range(_LONGEST_LIST):
        last = last_of_name(token, cue)
        if last is None:
            return
        yield make_finding(token.span_to(last), kind, sure=cue >= Cue.STRONG and cue is not Cue.SIGNED)
        is_one_of_two = last.gap in (" ", ", ") and last.after.low == "or"
        token, cue = _next_in_list(text, last), cue if is_one_of_two else Cue.LISTED


def _next_in_list(text: Words, last: Token) -> Token:
    if RULES["list"].fullmatch(last.gap):
        return last.after
    thought = RULES["or maybe"].match(text.text, last.end)
    if thought is not None:
        return text.starting(thought.end()) or NOBODY
    between, after = last.after, last.after.after
    if between.low == "to" and last.gap == between.gap == " ":
        # "From Sykes to Qureshi", where the second is no town.
        return after if after.title and not places.is_listed(after.low) and after.low not in words.QUIET else NOBODY
    return after if between.low in {"and", "or"} and last.gap in (" ", ", ") else NOBODY


def _is_a_name_before(token: Token, kind: str, *, said: str) -> bool:
    if token.low in GROUPS["names before a cue"]:
        return token.first and (RULES["is"].match(said) is not None or (token.title and said.startswith(", my ")))
    if token.low in words.QUIET and (not words.is_first_name(token.low) or RULES["from"].match(said) is None):
        return False
    if words.is_never_a_name(token.low):
        return False
    # The "hope" of "I hope the inspector …": a word that something before it claims.
    before = token.before
    is_owned = before.possessive and before.low in GROUPS["said of things"]
    if words.is_word(token.low) and before.low in GROUPS["before no name"] and not (token.first or is_owned):
        return False
    if words.is_stranger(token.low) or words.is_first_name(token.low):
        return True
    if token.title and not token.first:
        return words.is_name(token.low) or not words.is_word(token.low)
    is_officers = token.title and kind == "OFFICER_NAME" and words.is_common_surname(token.low)
    return is_officers or (words.is_surname(token.low) and not words.is_word(token.low))


def _first_of_name(token: Token) -> Token:
    before = token.before
    if before.gap not in (" ", "-", ". "):
        return token
    both = before.title and token.title
    if before.gap != " ":
        return before if both and (before.gap == "-" or len(before.low) == 1) else token
    same_case = before.title or not token.title
    named = words.is_stranger(before.low) or (same_case and words.is_plain_first_name(before.low))
    return before if named or (both and words.is_first_name(before.low)) else token


def _owners(text: Words) -> Iterator[Finding]:
    """The "dorotas mum" of people who leave the apostrophe out."""
    for match in RULES["owned"].finditer(text.text):
        token = text.ending(match.start() + 1)
        if token is None or words.is_word(token.low):
            continue
        name = token.low.removesuffix("s")
        if words.is_plain_first_name(name) or (words.is_stranger(name) and words.is_stranger(token.low)):
            yield make_finding((token.start, match.start()), "PERSON", sure=False)
