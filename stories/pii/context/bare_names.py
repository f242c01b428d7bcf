"""Names that nothing announces, told by our lists, by a capital, by being no word at all, or by the name model."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from stories.pii import allowlist, words
from stories.pii.context import names, places
from stories.pii.context.names import MODAL_NAMES, RULES, Cue, heads_a_title, last_of_name
from stories.pii.finding import Finding, merged_findings as merge
from stories.pii.kinds import make_finding
from stories.pii.model.names import Likely
from stories.pii.tokens import Token, Words
from stories.pii.words import GROUPS

_MOST_SYLLABLES = 3


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
            # A capital after "at" is more often a place of work than a person.
            is_at = text.before(at, 4).lower().endswith(" at ") and not words.is_first_name(text.tokens[at].low)
            yield make_finding(text.span(at, last), "SCHOOL_EMPLOYER" if is_at else "PERSON", sure=False)
        at = (at if last is None else last) + 1


def _last_of_syllables(text: Words, at: int) -> int | None:
    """The "yan" of "wing yan": two or three syllables of Chinese names, not all of them words."""
    last = at
    while last < min(at + _MOST_SYLLABLES, len(text.tokens)):
        low = text.tokens[last].low
        if low not in GROUPS["chinese syllables"] or words.is_never_a_name(low):
            break
        last += 1
        if last < len(text.tokens) and text.gap(last - 1) not in (" ", "-"):
            break
    run = text.tokens[at:last]
    strange = any(not words.is_word(token.low) for token in run)
    return last - 1 if len(run) > 1 and strange else None


def _stands_alone(text: Words, at: int) -> bool:
    token = text.tokens[at]
    if len(token.low) == 1:
        return token.title and token.low != "i" and _is_initial(text, at)
    if token.low in {"may", "will"}:
        acts = text.is_followed(at, RULES["acts"])
        return (acts and _starts_a_clause(text, at)) or (token.title and not token.first and token.low == "will")
    if names.is_first_of_two(text, at):
        return True
    if token.low in words.QUIET and words.is_first_name(token.low) and token.low not in words.MONTHS:
        return _starts_a_clause(text, at) and text.is_followed(at, RULES["hails from"])
    if words.is_never_a_name(token.low) or token.low in words.PROPER or allowlist.is_done_by_someone(text, at):
        return False
    if places.is_listed(token.low) and allowlist.names_a_force(text.text, token.end):
        return False
    if text.is_acronym(at) and not words.is_plain_first_name(token.low):
        return False
    is_beside = words.is_first_name(token.low) and (_has_an_epithet(text, at) or _is_joined_to_a_name(text, at))
    if is_beside or words.is_plain_first_name(token.low):
        return True
    # The slip of the pen in "to the staton": small letters after an article.
    is_a_thing = not token.title and text.low(at - 1) in GROUPS["articles and owners"] and text.gap(at - 1) == " "
    if words.is_plain_surname(token.low) and not places.is_listed(token.low) and not is_a_thing:
        return True
    if token.title:
        return _is_a_bare_title(text, at, token)
    return _is_whole_name(text, at) or _opens_a_clause(text, at)


def _is_initial(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    if not after.title or text.gap(at) not in (". ", ".", " ") or after.low in words.QUIET:
        return False
    return words.is_name(after.low) or not words.is_known(after.low)


def _is_a_bare_title(text: Words, at: int, token: Token) -> bool:
    if heads_a_title(text, at):
        return False
    if words.is_first_name(token.low):
        # The capital of a sentence says nothing: the words after it must show a person.
        speaks = text.is_followed(at, RULES["speech"]) and token.low not in words.MONTHS
        return not token.first or speaks or _is_whole_name(text, at) or _is_beside_a_name(text, at)
    if words.is_surname(token.low) and not token.first:
        return True
    return not words.is_word(token.low) and len(token.low) > 3 and not words.is_slip(token.low)


def _has_an_epithet(text: Words, at: int) -> bool:
    """The "sue" of "me and big sue", not the "rose" of "a big rose"."""
    epithet, before, low = text.at(at - 1), text.low(at - 2), text.tokens[at].low
    if epithet.low not in GROUPS["epithets"] or text.gap(at - 1) != " ":
        return False
    is_hoped = low in GROUPS["hopes"] and not text.is_followed(at, RULES["verb"])
    if is_hoped or low in GROUPS["virtues"] or low in GROUPS["titles"]:
        return False
    return epithet.first or before in GROUPS["before an epithet"] or text.gap(at - 2) == ", "


def _is_joined_to_a_name(text: Words, at: int) -> bool:
    """The "joy" of "joy and shaz seen him" and of "shaz and joy." beside a name that is no word."""
    opens = _is_joined(text, at, at + 2) and _starts_a_clause(text, at)
    ends = _is_joined(text, at - 2, at - 2) and names.name_ends(text, at)
    return text.tokens[at].low not in GROUPS["virtues"] and (opens or ends)


def _is_joined(text: Words, first: int, named: int) -> bool:
    """Two words with "and" between them, and the one in question a plain first name."""
    if first < 0 or text.low(first + 1) not in {"and", "or"}:
        return False
    return text.gap(first) == text.gap(first + 1) == " " and words.is_plain_first_name(text.low(named))


def _is_whole_name(text: Words, at: int) -> bool:
    """A first name that may be a word too, made certain by the surname after it."""
    after = text.next_to(at)
    if not words.is_first_name(text.tokens[at].low) or after.low in words.QUIET:
        return False
    surname = words.is_stranger(after.low) or (words.is_surname(after.low) and not words.is_word(after.low))
    return surname and (after.title or not places.is_listed(after.low))


def _is_beside_a_name(text: Words, at: int) -> bool:
    """ "Rob, Jack and me", "Pat Joy"."""
    after = text.at(at + 1)
    if not after.title or after.low in words.QUIET or words.is_never_a_name(after.low):
        return False
    if text.gap(at) == " ":
        return words.is_name(after.low)
    return text.gap(at) == ", " and words.is_first_name(after.low)


def _opens_a_clause(text: Words, at: int) -> bool:
    """The "mark" of "mark posted it": a word that is a name only as somebody who acts."""
    token = text.tokens[at]
    acts = any(text.is_followed(at, RULES[deed]) for deed in ("acts", "puts"))
    if words.is_stranger(token.low):
        after = text.next_to(at).low
        return acts or words.is_stranger(after) or words.is_plain_surname(after)
    return acts and _starts_a_clause(text, at) and words.is_first_name(token.low)


def _starts_a_clause(text: Words, at: int) -> bool:
    return text.tokens[at].first or text.low(at - 1) in GROUPS["clause openers"] or "," in text.gap(at - 1)


# Where a word is a name by its looks, the model's word is enough; an ordinary word takes near certainty.
_ENOUGH, _NEARLY_CERTAIN = 0.5, 0.98
_LIKELY = 0.6
_NEVER = 2
_SHORT = 3
_GOES_ON = 0.3
# The model overlooks names, but seldom as plainly as this.
_NOTHING_SEEN = 0.02
_PLACE_ENOUGH = 0.9
_KNOWN_BY = 2
_JOINED = (" ", "-", "'", "’", "–")


def open_words(text: Words) -> tuple[list[int], list[int]]:
    """Return where the words start of which the model could make a name, a town or a street: it is asked about no more.

    Of other words it may say what it likes. Those of which a text is full come second: what is a name the first two
    times is found again without it.
    """
    said: Counter[tuple[str, bool]] = Counter()
    ranked = []
    for at, token in enumerate(text.tokens):
        if not _is_never_meant(text, at) and (_needed(text, at) <= 1 or _is_odd(text, at)):
            ranked.append((said[token.low, token.title], token.start))
            said[token.low, token.title] += 1
    ranked.sort()
    first = bisect_left(ranked, (_KNOWN_BY, 0))
    return [start for _times, start in ranked[:first]], [start for _times, start in ranked[first:]]


def highest_by_word(text: Words, pieces: list[Likely]) -> list[Likely | None]:
    """Give each word of the text the highest that the model saw in its pieces; None where it was not looked at."""
    seen: list[Likely | None] = []
    at = 0
    for token in text.tokens:
        while at < len(pieces) and pieces[at].end <= token.start:
            at += 1
        inside = [piece for piece in pieces[at : at + token.end - token.start] if piece.start < token.end]
        name, place, street = (
            max((getattr(piece, part) for piece in inside), default=0.0) for part in ("name", "place", "street")
        )
        seen.append(Likely(token.start, token.end, name, place, street) if inside else None)
    return seen


def find_model_names(text: Words, seen: list[Likely | None]) -> Iterator[Finding]:
    """Names, then towns and streets, that the model is sure enough of."""
    for kind in ("PERSON", "PLACE", "ADDRESS"):
        at = 0
        while at < len(text.tokens):
            last = at
            if _is_seen_as(kind, text, seen, at):
                while text.gap(last) in _JOINED and _is_seen_as(kind, text, seen, last + 1, goes_on=True):
                    last += 1
                yield make_finding(text.span(at, last), kind, sure=False)
            at = last + 1


def _is_seen_as(kind: str, text: Words, seen: list[Likely | None], at: int, *, goes_on: bool = False) -> bool:
    """True of a word that begins such a detail, or `goes_on` with one."""
    here = seen[at] if at < len(seen) else None
    if here is None or _is_never_meant(text, at):
        return False
    if kind == "PERSON":
        least = _needed(text, at)
        if goes_on:
            least = min(least, 1 if words.is_word(text.tokens[at].low) else _GOES_ON)
        return here.name >= least
    return (here.place if kind == "PLACE" else here.street) >= _PLACE_ENOUGH and _is_odd(text, at)


def without_the_unlikely(text: Words, seen: list[Likely | None], guesses: Iterable[Finding]) -> Iterator[Finding]:
    """Bare PERSON only: leave out words in which the model sees no name, town or street at all."""
    for each in guesses:
        at = text.starting(each.start)
        if each.sure or at is None or not _is_nothing(text, seen, at, each.end):
            yield each


def _is_nothing(text: Words, seen: list[Likely | None], at: int, end: int) -> bool:
    if text.tokens[at].low in MODAL_NAMES or text.low(at - 1) in GROUPS["epithets"]:
        return False
    while at < len(text.tokens) and text.tokens[at].start < end:
        here = seen[at]
        if here is None or max(here.name, here.place, here.street) >= _NOTHING_SEEN:
            return False
        low = text.tokens[at].low
        if words.is_plain_first_name(low) or low in GROUPS["chinese syllables"]:
            return False
        at += 1
    return True


def _is_never_meant(text: Words, at: int) -> bool:
    """Small words, counties, platforms, ranks, forces: nobody's name whatever the model says."""
    token = text.tokens[at]
    if len(token.low) < 2 or words.is_never_a_name(token.low) or token.low in words.QUIET:
        return True
    if allowlist.names_a_force(text.text, token.end) or allowlist.is_done_by_someone(text, at):
        return True
    # The "Ward" of "Ward sister", where the capital is the sentence's.
    if token.title and token.first and words.is_common(token.low):
        after = text.next_to(at)
        if after.low and not after.title and not text.is_followed(at, RULES["speech"]):
            return True
    return text.is_acronym(at) and not words.is_plain_first_name(token.low)


def _needed(text: Words, at: int) -> float:
    """The likelihood that makes this word a name; more than 1 where nothing does."""
    token = text.tokens[at]
    told = token.title and not token.first
    # A surname that hardly anybody has, in small letters, is a slip of the pen more often ("breth").
    listed = (
        words.is_first_name(token.low)
        or words.is_common_surname(token.low)
        or (words.is_surname(token.low) and (told or not words.is_slip(token.low)))
    )
    if token.low in words.PROPER and not listed:
        return _NEVER
    if words.is_word(token.low) and words.is_first_name(token.low):
        return _ENOUGH if told else _NEVER if token.low in GROUPS["virtues"] else _LIKELY
    if words.is_word(token.low):
        return _NEARLY_CERTAIN if told or listed else _NEVER
    if words.is_slip(token.low) and not listed:
        return _NEARLY_CERTAIN if told else _NEVER
    return _ENOUGH if len(token.low) > _SHORT else _LIKELY


def _is_odd(text: Words, at: int) -> bool:
    """No word that a sentence would use: told by its capital, or known to no list."""
    token = text.tokens[at]
    if token.low in words.PROPER and not words.is_name(token.low):
        return False
    return (token.title and not token.first) or words.is_stranger(token.low)


_NAMES = ("PERSON", "OFFICER_NAME")
_ENOUGH_OF_A_WHOLE = 0.5
_LEAST_TOLD = 3


def whole_names(text: Words, seen: list[Likely | None], found: list[Finding]) -> list[Finding]:
    """The same findings, names widened where they were cut, and every later mention of them."""
    widened = [_widened(text, seen, found, number) for number in range(len(found))]
    widened = _of_one_kind(text, widened)
    return merge([widened, allowlist.without_quiet_phrases(text.text, _told_again(text, widened))])


def _widened(text: Words, seen: list[Likely | None], found: list[Finding], number: int) -> Finding:
    each = found[number]
    first, last = text.starting(each.start), text.ending(each.end)
    if each.kind not in _NAMES or first is None or last is None:
        return each
    floor = found[number - 1].end if number else 0
    ceiling = found[number + 1].start if number + 1 < len(found) else len(text.text)
    if each.kind == "PERSON" and _is_titled(text, first) and text.tokens[first - 1].start >= floor:
        first -= 1
    while _is_seen_to_go_on(text, seen, last) and text.tokens[last + 1].end <= ceiling:
        last += 1
    start, end = text.span(first, last)
    return Finding(start, max(end, each.end), each.kind, each.why, each.sure)


def _is_titled(text: Words, first: int) -> bool:
    """ "Mr Oduya", "Aunty Folake", "big Dave", but "my sister Amy" and "the young Dave" only in part."""
    title = text.low(first - 1)
    if not title or text.gap(first - 1) not in (" ", ". ", "\u00a0", "-"):
        return False
    is_claimed = text.low(first - 2) in GROUPS["claims"] and text.gap(first - 2) == " "
    named = not is_claimed and (title in GROUPS["kin titles"] or title in GROUPS["epithets"])
    return named or title in GROUPS["titles"]


def _is_seen_to_go_on(text: Words, seen: list[Likely | None], last: int) -> bool:
    """The model takes the next word for more of the name, and nothing speaks against it."""
    after = text.next_to(last)
    here = seen[last + 1] if last + 1 < len(seen) else None
    if here is None or here.name < _ENOUGH_OF_A_WHOLE or text.tokens[last].possessive:
        return False
    if words.is_never_a_name(after.low) or after.low in words.QUIET or text.is_acronym(last + 1):
        return False
    return after.title or after.low in words.SURNAMES or words.is_stranger(after.low)


def _of_one_kind(text: Words, found: list[Finding]) -> list[Finding]:
    """ "DC Khan rang. Khan said": where nothing makes it sure, a name is what it was the surest or the first time."""
    named = [each for each in found if each.kind in _NAMES]
    kinds: dict[str, str] = {}
    for each in sorted(named, key=lambda each: not each.sure):
        kinds.setdefault(text.said(each).casefold(), each.kind)
    return [
        make_finding((each.start, each.end), kinds[text.said(each).casefold()], sure=False)
        if each.kind in _NAMES and not each.sure
        else each
        for each in found
    ]


def _told_again(text: Words, found: Iterable[Finding]) -> Iterator[Finding]:
    """A name that something announced once is a name wherever it stands alone, if it is no word there."""
    kinds: dict[str, str] = {}
    for each in found:
        first, last = text.starting(each.start), text.ending(each.end)
        if each.kind in _NAMES and first is not None and last is not None:
            for token in text.tokens[first : last + 1]:
                kinds.setdefault(token.low, each.kind)
    for at, token in enumerate(text.tokens):
        if token.low in kinds and _is_a_name_again(text, at):
            yield make_finding(text.span(at, at), kinds[token.low], sure=False)
        elif token.low in kinds and token.title and (last := names.last_particle(text, at)) is not None:
            yield make_finding(text.span(at, last + 1), kinds[token.low], sure=False)


def _is_a_name_again(text: Words, at: int) -> bool:
    token, low = text.tokens[at], text.low(at)
    if len(low) < _LEAST_TOLD or words.is_never_a_name(low) or low in words.QUIET or not words.is_name(low):
        return False
    if allowlist.names_a_force(text.text, token.end) or allowlist.is_done_by_someone(text, at):
        return False
    if not words.is_word(low) or (token.title and not token.first and low not in GROUPS["virtues"]):
        return True
    acts = text.is_followed(at, RULES["speech" if token.title else "acts"])
    beside = text.low(at - 1) in GROUPS["beside a name"] and text.gap(at - 1) == " "
    ends = beside and words.is_first_name(low) and text.is_followed(at, RULES["whole ends"])
    return low not in GROUPS["virtues"] and (acts or ends)
