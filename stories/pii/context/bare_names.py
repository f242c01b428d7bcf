"""Names that nothing announces, told by our lists, by a capital, by being no word at all, or by the name model."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from stories.pii import allowlist, words
from stories.pii.context import people, places
from stories.pii.context.people import MODAL_NAMES, RULES, Cue, heads_a_title, last_of_name
from stories.pii.kinds import Finding, make_finding, merged_findings as merge
from stories.pii.model.names import Likely
from stories.pii.tokens import NOBODY, Token, Words
from stories.pii.words import GROUPS

_MOST_SYLLABLES = 3


def find_bare_names(text: Words) -> Iterator[Finding]:
    """One finding for each run of words that reads as a name by itself."""
    done = 0
    for token in text.tokens:
        if token.number < done:
            continue
        last = _last_of_syllables(token)
        if last is None and _stands_alone(token):
            last = last_of_name(token, Cue.STRONG)
            if last is None and (_has_an_epithet(token) or _opens_a_clause(token)):
                last = token
        if last is not None:
            # A capital after "at" is more often a place of work than a person.
            is_at = token.text_before(4).lower().endswith(" at ") and not words.is_first_name(token.low)
            yield make_finding(token.span_to(last), "SCHOOL_EMPLOYER" if is_at else "PERSON", sure=False)
            done = last.number + 1


def _last_of_syllables(token: Token) -> Token | None:
    """The "yan" of "wing yan": two or three syllables of Chinese names, not all of them words."""
    run: list[Token] = []
    while token.low in GROUPS["chinese syllables"] and not words.is_never_a_name(token.low):
        run.append(token)
        if len(run) == _MOST_SYLLABLES or token.gap not in (" ", "-"):
            break
        token = token.after
    strange = any(not words.is_word(each.low) for each in run)
    return run[-1] if len(run) > 1 and strange else None


def _stands_alone(token: Token) -> bool:
    if len(token.low) == 1:
        after = token.after
        is_initial = token.title and token.low != "i" and token.gap in (". ", ".", " ")
        is_named = words.is_name(after.low) or not words.is_known(after.low)
        return is_initial and after.title and after.low not in words.QUIET and is_named
    if token.low in {"may", "will"}:
        acts = token.is_followed(RULES["acts"])
        return (acts and _starts_a_clause(token)) or (token.title and not token.first and token.low == "will")
    if people.is_first_of_two(token):
        return True
    if token.low in words.QUIET and words.is_first_name(token.low) and token.low not in words.MONTHS:
        return _starts_a_clause(token) and token.is_followed(RULES["hails from"])
    if words.is_never_a_name(token.low) or token.low in words.PROPER or allowlist.is_done_by_someone(token):
        return False
    if places.is_listed(token.low) and allowlist.names_a_force(token):
        return False
    if token.is_acronym and not words.is_plain_first_name(token.low):
        return False
    is_beside = words.is_first_name(token.low) and (_has_an_epithet(token) or _is_joined_to_a_name(token))
    if is_beside or words.is_plain_first_name(token.low):
        return True
    # The slip of the pen in "to the staton": small letters after an article.
    before = token.before
    is_a_thing = not token.title and before.low in GROUPS["articles and owners"] and before.gap == " "
    if words.is_plain_surname(token.low) and not places.is_listed(token.low) and not is_a_thing:
        return True
    return _is_a_bare_title(token) if token.title else _is_whole_name(token) or _opens_a_clause(token)


def _is_a_bare_title(token: Token) -> bool:
    if heads_a_title(token):
        return False
    if words.is_first_name(token.low):
        # The capital of a sentence says nothing: the words after it must show a person.
        speaks = token.is_followed(RULES["speech"]) and token.low not in words.MONTHS
        return not token.first or speaks or _is_whole_name(token) or _is_beside_a_name(token)
    if words.is_surname(token.low) and not token.first:
        return True
    return not words.is_word(token.low) and len(token.low) > 3 and not words.is_slip(token.low)


def _has_an_epithet(token: Token) -> bool:
    """The "sue" of "me and big sue", not the "rose" of "a big rose"."""
    epithet, before = token.before, token.before.before
    if epithet.low not in GROUPS["epithets"] or epithet.gap != " ":
        return False
    is_hoped = token.low in GROUPS["hopes"] and not token.is_followed(RULES["verb"])
    if is_hoped or token.low in GROUPS["virtues"] or token.low in GROUPS["titles"]:
        return False
    return epithet.first or before.low in GROUPS["before an epithet"] or before.gap == ", "


def _is_joined_to_a_name(token: Token) -> bool:
    """The "joy" of "joy and shaz seen him" and of "shaz and joy." beside a name that is no word."""
    first, last = token.before.before, token.after.after
    opens = _has_and_after(token) and words.is_plain_first_name(last.low) and _starts_a_clause(token)
    ends = _has_and_after(first) and words.is_plain_first_name(first.low) and people.name_ends(token)
    return token.low not in GROUPS["virtues"] and (opens or ends)


def _has_and_after(token: Token) -> bool:
    return token.after.low in {"and", "or"} and token.gap == token.after.gap == " "


def _is_whole_name(token: Token) -> bool:
    """A first name that may be a word too, made certain by the surname after it."""
    after = token.next_word
    is_whole = words.is_first_name(token.low) and people.surname_follows(token)
    return is_whole and (after.title or not places.is_listed(after.low))


def _is_beside_a_name(token: Token) -> bool:
    """ "Rob, Jack and me", "Pat Joy"."""
    after = token.after
    if not after.title or after.low in words.QUIET or words.is_never_a_name(after.low):
        return False
    return words.is_name(after.low) if token.gap == " " else token.gap == ", " and words.is_first_name(after.low)


def _opens_a_clause(token: Token) -> bool:
    """The "mark" of "mark posted it": a word that is a name only as somebody who acts."""
    acts = any(token.is_followed(RULES[deed]) for deed in ("acts", "puts"))
    if words.is_stranger(token.low):
        after = token.next_word.low
        return acts or words.is_stranger(after) or words.is_plain_surname(after)
    return acts and _starts_a_clause(token) and words.is_first_name(token.low)


def _starts_a_clause(token: Token) -> bool:
    return token.first or token.before.low in GROUPS["clause openers"] or "," in token.before.gap


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
    for token in text.tokens:
        if not _is_never_meant(token) and (_needed(token) <= 1 or _is_odd(token)):
            ranked.append((said[token.low, token.title], token.start))
            said[token.low, token.title] += 1
    ranked.sort()
    first = bisect_left(ranked, (_KNOWN_BY, 0))
    return [start for _times, start in ranked[:first]], [start for _times, start in ranked[first:]]


def see_words(text: Words, pieces: list[Likely]) -> None:
    """Give each word of the text the highest that the model saw in its pieces, if it looked at any."""
    at = 0
    for token in text.tokens:
        while at < len(pieces) and pieces[at].end <= token.start:
            at += 1
        inside = [piece for piece in pieces[at : at + token.end - token.start] if piece.start < token.end]
        if inside:
            highest = (max(getattr(piece, part) for piece in inside) for part in ("name", "place", "street"))
            token.seen = Likely(token.start, token.end, *highest)


def find_model_names(text: Words) -> Iterator[Finding]:
    """Names, then towns and streets, that the model is sure enough of."""
    for kind in ("PERSON", "PLACE", "ADDRESS"):
        done = 0
        for token in text.tokens:
            if token.number >= done and _is_seen_as(kind, token):
                last = token
                while last.gap in _JOINED and _is_seen_as(kind, last.after, goes_on=True):
                    last = last.after
                yield make_finding(token.span_to(last), kind, sure=False)
                done = last.number + 1


def _is_seen_as(kind: str, token: Token, *, goes_on: bool = False) -> bool:
    """True of a word that begins such a detail, or `goes_on` with one."""
    if token.seen is None or _is_never_meant(token):
        return False
    if kind == "PERSON":
        least = _needed(token)
        if goes_on:
            least = min(least, 1 if words.is_word(token.low) else _GOES_ON)
        return token.seen.name >= least
    return (token.seen.place if kind == "PLACE" else token.seen.street) >= _PLACE_ENOUGH and _is_odd(token)


def without_the_unlikely(text: Words, guesses: Iterable[Finding]) -> Iterator[Finding]:
    """Bare PERSON only: leave out words in which the model sees no name, town or street at all."""
    for each in guesses:
        token = text.starting(each.start)
        if each.sure or token is None or not _is_nothing(token, each.end):
            yield each


def _is_nothing(token: Token, end: int) -> bool:
    if token.low in MODAL_NAMES or token.before.low in GROUPS["epithets"]:
        return False
    while token is not NOBODY and token.start < end:
        here = token.seen
        if here is None or max(here.name, here.place, here.street) >= _NOTHING_SEEN:
            return False
        if words.is_plain_first_name(token.low) or token.low in GROUPS["chinese syllables"]:
            return False
        token = token.after
    return True


def _is_never_meant(token: Token) -> bool:
    """Small words, counties, platforms, ranks, forces: nobody's name whatever the model says."""
    if len(token.low) < 2 or words.is_never_a_name(token.low) or token.low in words.QUIET:
        return True
    if allowlist.names_a_force(token) or allowlist.is_done_by_someone(token):
        return True
    # The "Ward" of "Ward sister", where the capital is the sentence's.
    if token.title and token.first and words.is_common(token.low):
        after = token.next_word
        if after.low and not after.title and not token.is_followed(RULES["speech"]):
            return True
    return token.is_acronym and not words.is_plain_first_name(token.low)


def _needed(token: Token) -> float:
    """The likelihood that makes this word a name; more than 1 where nothing does."""
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


def _is_odd(token: Token) -> bool:
    """No word that a sentence would use: told by its capital, or known to no list."""
    if token.low in words.PROPER and not words.is_name(token.low):
        return False
    return (token.title and not token.first) or words.is_stranger(token.low)


_NAMES = ("PERSON", "OFFICER_NAME")
_ENOUGH_OF_A_WHOLE = 0.5
_LEAST_TOLD = 3


def whole_names(text: Words, found: list[Finding]) -> list[Finding]:
    """The same findings, names widened where they were cut, and every later mention of them."""
    floors, ceilings = [0, *(each.end for each in found)], [*(each.start for each in found[1:]), len(text.text)]
    widened = [_widened(text, *each) for each in zip(found, floors, ceilings, strict=False)]
    widened = _of_one_kind(text, widened)
    return merge([widened, allowlist.without_quiet_phrases(text.text, _told_again(text, widened))])


def _widened(text: Words, found: Finding, floor: int, ceiling: int) -> Finding:
    first, last = text.starting(found.start), text.ending(found.end)
    if found.kind not in _NAMES or first is None or last is None:
        return found
    if found.kind == "PERSON" and _is_titled(first) and first.before.start >= floor:
        first = first.before
    while _is_seen_to_go_on(last) and last.after.end <= ceiling:
        last = last.after
    return replace(found, start=first.start, end=max(last.end, found.end))


def _is_titled(first: Token) -> bool:
    """ "Mr Oduya", "Aunty Folake", "big Dave", but "my sister Amy" and "the young Dave" only in part."""
    title, before = first.before, first.before.before
    if not title.low or title.gap not in (" ", ". ", "\u00a0", "-"):
        return False
    is_claimed = before.low in GROUPS["claims"] and before.gap == " "
    named = not is_claimed and (title.low in GROUPS["kin titles"] or title.low in GROUPS["epithets"])
    return named or title.low in GROUPS["titles"]


def _is_seen_to_go_on(last: Token) -> bool:
    """The model takes the next word for more of the name, and nothing speaks against it."""
    after, here = last.next_word, last.after.seen
    if here is None or here.name < _ENOUGH_OF_A_WHOLE or last.possessive:
        return False
    if words.is_never_a_name(after.low) or after.low in words.QUIET or last.after.is_acronym:
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
        if each.kind in _NAMES and first and last:
            for token in text.run(first, last):
                kinds.setdefault(token.low, each.kind)
    for token in text.tokens:
        if token.low in kinds and _is_a_name_again(token):
            yield make_finding(token.span_to(token), kinds[token.low], sure=False)
        elif token.low in kinds and token.title and (last := people.last_particle(token)):
            yield make_finding(token.span_to(last.after), kinds[token.low], sure=False)


def _is_a_name_again(token: Token) -> bool:
    low = token.low
    if len(low) < _LEAST_TOLD or words.is_never_a_name(low) or low in words.QUIET or not words.is_name(low):
        return False
    if allowlist.names_a_force(token) or allowlist.is_done_by_someone(token):
        return False
    if not words.is_word(low) or (token.title and not token.first and low not in GROUPS["virtues"]):
        return True
    acts = token.is_followed(RULES["speech" if token.title else "acts"])
    beside = token.before.low in GROUPS["beside a name"] and token.before.gap == " "
    ends = beside and words.is_first_name(low) and token.is_followed(RULES["whole ends"])
    return low not in GROUPS["virtues"] and (acts or ends)
