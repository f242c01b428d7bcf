"""The same words wherever they stand: listed once, replaced everywhere at once, with neutral words that fit there."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from stories.pii import words as word_lists
from stories.pii.finder import find_identifying
from stories.pii.kinds import COMBINATIONS, KINDS, MAX_CHARACTERS, RELATIONS, Finding, InAHurry, Kind, words_for
from stories.pii.rule_files import RuleFile

RULES = RuleFile("redact")

# Where a long text is cut: the first of these that it holds. Half a word could look like a name.
_CUTS = ("\n", ". ", " ")
Looked = tuple[str, list[Finding]]


@dataclass(frozen=True)
class Wording:
    """Words that were found once or more; `found` is the finding that stands first."""

    key: str
    words: str
    found: Finding
    times: int
    is_sure: bool
    # The neutral words for it where it stands, the one that says least first.
    neutral: tuple[str, ...]

    @property
    def fitting(self) -> Kind:
        """The words of the table that fit it best, with the neutral ones for where it stands."""
        return replace(words_for(self.found)[0], replacements=self.neutral)

    @property
    def others(self) -> str:
        """The words it goes with, where it identifies only together with them; "" for none."""
        return words_for(self.found)[1]


def look_through(text: str, *, by_rules_alone: bool = False) -> list[Finding]:
    """Find in a text of any length, thoroughly: what is too long for one is cut where a line or a sentence ends."""
    found: list[Finding] = []
    start, is_hurried = 0, False
    while start < len(text):
        end = min(start + MAX_CHARACTERS, len(text))
        if end < len(text):
            cuts = (text.rfind(mark, start, end) + len(mark) for mark in _CUTS if mark in text[start:end])
            end = next(cuts, end)
        part = find_identifying(text[start:end], by_rules_alone=by_rules_alone, is_thorough=True)
        found += (replace(each, start=each.start + start, end=each.end + start) for each in part)
        start, is_hurried = end, is_hurried or isinstance(part, InAHurry)
    return InAHurry(found) if is_hurried else found


def key_of(kind: str, words: str) -> str:
    """Name words of a kind by themselves, so that the name still fits after an edit around them.

    So long that nobody can find two wordings with one name: a reason for the one would let the other through.
    """
    return hashlib.blake2b(f"{kind} {words.casefold()}".encode(), digest_size=16).hexdigest()


def group_wordings(looked: Iterable[Looked]) -> list[Wording]:
    """Return each wording of these texts and their findings once, in the order in which it first stands."""
    listed: dict[str, Wording] = {}
    for text, each in ((text, each) for text, found in looked for each in found):
        words, offered = text[each.start : each.end], fitting_words(text, each)
        key = key_of(each.kind, words)
        if before := listed.get(key):
            fits, is_sure = fitting_both(before, each, offered), before.is_sure or each.sure
            listed[key] = replace(before, times=before.times + 1, is_sure=is_sure, neutral=fits)
        else:
            listed[key] = Wording(key, words, each, 1, each.sure, offered)
    return list(listed.values())


def replace_wordings(text: str, found: Sequence[Finding], chosen: Mapping[str, str]) -> str:
    """Return the text with the words `chosen` by key in place of every finding that has some; "" takes it out."""
    # From the last to the first, so that what stands before is still where it was found.
    floors = [0, *(each.end for each in found)]
    for floor, each in reversed(list(zip(floors, found, strict=False))):
        words = chosen.get(key_of(each.kind, text[each.start : each.end]))
        if words is not None:
            done = Edit(text, each.start, each.end, words, floor=floor)
            text = text[: done.start] + done.words + text[done.end :]
    return text


_LOOK_BACK = 80
_RELATED = {kind.why for kind in RELATIONS.values()}
_WITH_AN_AGE = {KINDS["AGE"].why, COMBINATIONS["age and school"].why}
_TENS = "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"
_DECADES = ("", "late teens", *_TENS)
_SAID = {
    word: int(number) for number, *said in (line.split() for line in word_lists.read_list("numbers")) for word in said
}
_TEN, _GROWN, _OLDEST, _A_YEAR = 10, 18, 120, 1900
_PLACES = [
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), f"{neutral}]")
    for neutral, words in (line.split("] ", 1) for line in RULES.lines("sorts of place:"))
]

_TOLD_SO = [
    (kind, f"{neutral}]", re.compile(pattern, re.IGNORECASE))
    for kind, (neutral, pattern) in (
        (line.split(" ", 1)[0], line.split(" ", 1)[1].split("] ", 1)) for line in RULES.lines("told so:")
    )
]
_LEADS_TO_IT = 12


def fitting_words(text: str, found: Finding) -> tuple[str, ...]:
    """Return the neutral words for a finding of this text, the one that says least and fits best first."""
    kind, _others = words_for(found)
    offered = kind.replacements
    if found.kind == "PERSON":
        return _first(_own_words(text, found) if kind.why in _RELATED else None, offered)
    if found.kind == "OFFICER_NAME" and not found.sure:
        return _first("[somebody]", offered)
    if kind.why in _WITH_AN_AGE:
        words = text[found.start : found.end]
        ages = _for_ages(words, whose=_whose(text, found))
        # "My [age] birthday".
        return ("[an age]", *ages) if RULES["ordinal"].search(words) else (*ages, "[an age]")
    if found.kind in {"SCHOOL_EMPLOYER", "EMPLOYER"}:
        return _first(_sort_of_place(text, found), offered)
    said = f"{text[max(0, found.start - _LEADS_TO_IT) : found.start]}{{{text[found.start : found.end]}"
    told = (neutral for kind, neutral, pattern in _TOLD_SO if kind == found.kind and pattern.search(said))
    return _first(next(told, None), offered)


def fitting_both(before: Wording, now: Finding, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return what fits the same words in two places: what the text says of the one, if not something else of the other.

    Of two people of one age or name it offers first what is true of both.
    """
    is_an_officer = now.kind == "OFFICER_NAME" and now.sure
    says_least, said_least = (words_for(each)[0].replacements[0] for each in (now, before.found))
    if not is_an_officer and offered[0] in {before.neutral[0], says_least}:
        return before.neutral
    noun, noun_now = (words[0].strip("[]").split()[-1] for words in (before.neutral, offered))
    if is_an_officer or before.neutral[0] == said_least or (before.found.kind == "PERSON" and noun == noun_now):
        return offered
    return _first(says_least, (*before.neutral, offered[0]))


def _first(words: str | None, offered: tuple[str, ...]) -> tuple[str, ...]:
    return (words, *(each for each in offered if each != words)) if words else offered


def _own_words(text: str, found: Finding) -> str | None:
    """The "my daughter" of "my daughter Cadi": the text says it already, and so does no more harm."""
    before = RULES["noun before"].search(text, max(0, found.start - _LOOK_BACK), found.start)
    is_owned = before and before["side"] and RULES["owned"].match(before[0])
    after = RULES["noun after"].match(text, found.end)
    words = text[before.start() : before.start("gap")] if before and is_owned else after["noun"] if after else ""
    return f"[{words.lower() if words.isupper() else words[0].lower() + words[1:]}]" if words else None


def _for_ages(words: str, *, whose: tuple[str, str]) -> tuple[str, ...]:
    ages = _numbers(words)
    if RULES["of a baby"].search(words):
        return "[a baby]", "[a young child]"
    if not ages or max(ages) > _OLDEST:
        return ("[a year]",) if ages and max(ages) > _A_YEAR else ()
    if max(ages) < _GROWN:
        size = "young child" if max(ages) < _TEN else "child"
        several = len(ages) > 1 and " or " not in words
        named = f"[{size}ren]" if several else f"[a {size}]"
        return tuple(dict.fromkeys((named, "[children]" if several else "[a child]")))
    decades = {_DECADES[min(age // _TEN, 9)] for age in ages}
    return tuple(f"[in {one} {decade}]" for one in whose for decade in decades) if len(decades) == 1 else ()


def _numbers(words: str) -> list[int]:
    found = [int(each) for each in re.findall(r"\d{1,4}", words)]
    if found:
        return found
    before = ""
    for word in re.findall(r"[^\W\d_]+", words.casefold()):
        number, last = _number(word), found[-1] if found else 0
        if number and last and before == "ar":
            # "Pedair ar ddeg".
            found[-1] += number
        elif number == _TEN and 0 < last < _TEN and word.endswith("deg"):
            # "Pedwar deg".
            found[-1] *= _TEN
        elif number and number < _TEN < last and last % _TEN == 0:
            found[-1] += number
        elif number:
            found.append(number)
        before = word
    return found


def _number(word: str) -> int | None:
    bare = re.sub(r"ieth\Z", "y", word)
    bare = bare if bare in _SAID else re.sub(r"th\Z", "", bare)
    # As it is misspelt, too: "fourten", "fourty".
    near = [bare] if bare in _SAID else get_close_matches(bare, _SAID, 1, 0.8) if len(bare) > 4 else []
    return _SAID[near[0]] if near else None


def _whose(text: str, found: Finding) -> tuple[str, str]:
    """ "My" before "their" for the age of who writes, and the other way round for anybody else's."""
    start = max(0, found.start - _LOOK_BACK)
    before = RULES["sentence"].split(text[start : found.start])[-1]
    named = RULES["name before"].search(before)
    if named and word_lists.is_first_name(named[1].lower()):
        return "their", "my"
    told = list(RULES["who"].finditer(before))
    is_mine = told[-1]["mine"] is not None if told else not RULES["noun follows"].match(text, found.end)
    return ("my", "their") if is_mine or RULES["i follow"].match(text, found.end) else ("their", "my")


def _sort_of_place(text: str, found: Finding) -> str | None:
    if RULES["station follows"].match(text, found.end):
        return "[a police station]"
    words = text[found.start : found.end]
    plays = RULES["plays"].search(text, max(0, found.start - _LOOK_BACK), found.start)
    return next((neutral for pattern, neutral in _PLACES if pattern.search(words)), "[a club]" if plays else None)


class Edit:
    """A change of a text: the characters from `start` to `end`, which grow over what goes with them, become `words`.

    "" takes a span out, with its comma, title or rank. It reaches no further back than `floor`, where the span before
    it ends. Of several spans, begin with the last.
    """

    def __init__(self, text: str, start: int, end: int, words: str, *, floor: int = 0) -> None:
        self.text, self.start, self.end, self.floor, self.words = text, start, end, floor, words
        said = text[start:end]
        self.is_name = RULES["is a name"].fullmatch(said) is not None and RULES["is an age"].fullmatch(said) is None
        self.had_title = False
        # Whoever writes in small letters gets none put in.
        self.is_capital = said[:1].isupper()
        if words:
            self._put_in(words)
        else:
            self._take_out()

    def _put_in(self, words: str) -> None:
        has_noun = False
        if not RULES["stands alone"].match(words):
            return
        if self.is_name:
            self._grow(RULES["title"])
            has_noun = self._takes_noun_before(words)
            after = RULES["noun after"].match(self.text, self.end)
            if after and after["noun"].split()[-1].casefold() in words.casefold():
                self.end = after.end()
        # "Mansfield House police station" becomes "[a police station]", with nothing said twice.
        same = " " + re.sub(r"\A\[(?:an?[ ])?|\]\Z", "", words)
        if self.text[self.end : self.end + len(same)].casefold() == same.casefold():
            self.end += len(same)
        if self._goes_after_its_noun(words):
            return
        if self.text[self.start].isupper() and self._opens(self.start):
            self.words = words[0].upper() + words[1:]
        if not has_noun:
            self._takes_article()

    def _take_out(self) -> None:
        if self.is_name:
            # "PC Harris" goes as a whole, and of "the officer Harris" the name.
            title = self._before(RULES["title"])
            if title and not RULES["article"].search(self.text, self.floor, title.start()):
                self.start, self.had_title = title.start(), True
            after = RULES["noun after"].match(self.text, self.end)
            if after and after["comma"]:
                # "Kyle, my ex, rang" becomes "My ex rang".
                noun, opens = after["noun"], self.is_capital and self._opens(self.start)
                self.end, self.words = after.end(), noun[0].upper() + noun[1:] if opens else noun
                return
        if (self.text[self.floor : self.start][-1:], self.text[self.end : self.end + 1]) == ("(", ")"):
            self.start, self.end = self.start - 1, self.end + 1
        possessive = RULES["possessive"].match(self.text, self.end)
        if possessive and not self._before(RULES["noun before"]):
            self.end = possessive.end()
        is_bare = self._takes_what_leads_to_it() or self._takes_comma_or_and()
        if not is_bare and RULES["goes on"].match(self.text, self.end):
            self._grow(RULES["article"])
            to = None if self._grow(RULES["to"]) else self._before(RULES["opens with to"])
            if to and self._opens(to.start()):
                self.start = to.start()
        self._smooth()

    def _before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self.text, max(self.floor, self.start - _LOOK_BACK), self.start)

    def _grow(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = self._before(pattern)
        if match:
            self.start = match.start()
        return match

    def _opens(self, place: int) -> bool:
        """True where a sentence begins."""
        return RULES["opening"].search(self.text, self.floor, place) is not None

    def _takes_noun_before(self, words: str) -> bool:
        """ "My ex, Kyle, had" becomes "[my ex] had"; "I told my mum, Kyle had" keeps the mother."""
        match = self._before(RULES["noun before"])
        if match is None:
            return False
        gap, after = match["gap"], self.text[self.end : self.end + 1]
        told = RULES["told"].search(self.text, self.floor, match.start())
        is_told = gap == " " and told and RULES["acts"].match(self.text, self.end)
        if is_told or (gap == ", " and not self._is_beside_its_noun(match, words)):
            return False
        self.start = match.start()
        if (gap.startswith(",") and after == ",") or ("(" in gap and after == ")"):
            self.end += 1
        return True

    def _is_beside_its_noun(self, match: re.Match[str], words: str) -> bool:
        rest = self.text[self.end : self.end + 5]
        noun = self.text[match.start() : self.start].rstrip(", ").casefold().split()[-1]
        if match["side"] and noun in words.casefold() and rest[:1] == ",":
            return True
        is_one_of_several = rest.startswith((", and", " and"))
        return bool(match["side"]) and not is_one_of_several and (not rest or rest[0] in ",.;:!?)\n–—")

    def _goes_after_its_noun(self, words: str) -> bool:
        """ "A 44 year old man" becomes "a man [in my forties]", "a 14 year old girl" "[a child]"."""
        noun = RULES["person after"].match(self.text, self.end)
        if noun and noun["young"] and RULES["child"].match(words):
            self.end = noun.end()
            return False
        if noun is None or not words.startswith("[in "):
            return False
        article = self._before(RULES["article"])
        is_an = article is not None and article["word"].lower() == "an"
        fits = " " if is_an and noun["noun"][0].lower() not in "aeiou" else "n " if is_an else ""
        self.start = article.start("word") + 1 if article and is_an else self.start
        self.end, self.words = noun.end(), f"{fits}{noun['noun']} {words}"
        return True

    def _takes_article(self) -> None:
        """ "The only woman" becomes "[one of a few]", and "the Hull team" "the [nearby town] team"."""
        article = self._before(RULES["article"])
        has_own = re.match(r"\[(?:an?|the)[ ]", self.words)
        if article and has_own and article["word"].lower() not in {"a", "an"}:
            self.words = f"[{self.words[has_own.end() :]}"
        elif article:
            self.start = article.start()

    def _takes_what_leads_to_it(self) -> bool:
        """ "A man called Kyle", "my daughter, who is six, saw": the words that lead to it, and the comma after."""
        is_age = RULES["is an age"].fullmatch(self.text[self.start : self.end])
        if is_age and RULES["ends"].match(self.text, self.end) and self._grow(RULES["clause"]):
            return True
        for pattern in (RULES["called"], RULES["aged"]):
            match = self._before(pattern)
            if match and not RULES["said by"].search(self.text, self.floor, match.start()):
                self.start = match.start()
                self.end += match[0].startswith(",") and self.text[self.end : self.end + 1] == ","
                return True
        return False

    def _takes_comma_or_and(self) -> bool:
        """ "My ex, Kyle, had" loses both commas, and a list the one before."""
        before = self.text[max(self.floor, self.start - 2) : self.start]
        if before == ", " and not self._opens(self.start):
            noun = self._before(RULES["noun before"])
            is_between = self._before(RULES["spoken to"]) is not None or (noun is not None and bool(noun["side"]))
            self.start -= 2
            self.end += is_between and self.text[self.end : self.end + 1] == ","
            return True
        both = self._before(RULES["and before"]) if self.is_name else None
        if both:
            # "Dave and Kyle", "my partner and Mrs Bowen"; not "I went and Kyle came".
            is_capital = self.is_capital and both["other"][0].isupper()
            noun = RULES["noun last"].search(self.text, both.start(), both.end("other"))
            if is_capital or (self.had_title and noun):
                self.start = both.start("and")
                return True
        joined = RULES["and after"].match(self.text, self.end) if self.is_name and self.is_capital else None
        if joined and not self._before(RULES["noun before"]):
            self.end = joined.end()
            return True
        return False

    def _smooth(self) -> None:
        """Leave one space, no comma to begin with, a capital where a sentence begins, "an" before a vowel."""
        text, opens = self.text, self._opens(self.start)
        if opens:
            while self.end < len(text) and text[self.end] in ", ":
                self.end += 1
        before, after = text[self.floor : self.start][-1:], text[self.end : self.end + 1]
        if not opens and before == " ":
            if after == " ":
                self.end += 1
            elif not after or after in ".,;:!?)\n" or RULES["possessive"].match(text, self.end):
                self.start -= 1
        letter = text[self.end : self.end + 1]
        if opens and text[self.start : self.end].lstrip('"“‘(')[:1].isupper() and letter.islower():
            self.end, self.words = self.end + 1, letter.upper()
            return
        article = self._before(RULES["article"])
        if article and article["word"].lower() in {"a", "an"} and letter.isalpha():
            fits = article["word"][0] + ("n" if letter.lower() in "aeiou" else "")
            self.start, self.words = article.start(), f"{fits} "
