"""Puts other words in place of what was found, or takes it out, so that a sentence can still be read."""

import re
from dataclasses import dataclass

from stories.pii.rule_files import RuleFile

_RULES = RuleFile("redact")

_LOOK_BACK = 80


_IS_A_NAME = _RULES.pattern("is a name")
_IS_AN_AGE = _RULES.pattern("is an age")
_TITLE = _RULES.pattern("title")
NOUN_BEFORE = _RULES.pattern("noun before")
NOUN_AFTER = _RULES.pattern("noun after")
# "I told my mum Kyle had hit me": two people, side by side.
_TOLD = _RULES.pattern("told")
_ACTS = _RULES.pattern("acts")
_ARTICLE = re.compile(r"(?<![\w'’])(?P<word>the|a|an|my|our|their) \Z", re.IGNORECASE)
_CALLED = _RULES.pattern("called")
_CHILD = _RULES.pattern("child")
_PERSON_AFTER = _RULES.pattern("person after")
_AGED = _RULES.pattern("aged")
_CLAUSE = _RULES.pattern("clause")
_ENDS = re.compile(r"[.;!?\n]|\Z")
_SAID_BY = _RULES.pattern("said by")
_TO = _RULES.pattern("to")
_OPENS_WITH_TO = _RULES.pattern("opens with to")
# What may stand after something that was taken out; any other word belonged to it, as in "the Hull team".
_GOES_ON = _RULES.pattern("goes on")
_SPOKEN_TO = _RULES.pattern("spoken to")
_NOUN_LAST = _RULES.pattern("noun last")
_AND_BEFORE = _RULES.pattern("and before")
_AND_AFTER = _RULES.pattern("and after")
_OPENING = re.compile(r"(?:\A|[.!?][\"”’)]?\s|\n)[\"“‘(]?\Z")
_POSSESSIVE = re.compile(r"['’][sS]\b")


# "My daughter Cadi" with "K" in place of the name keeps the daughter; with "the girl" it does not.
_STANDS_ALONE = _RULES.pattern("stands alone")


@dataclass(frozen=True)
class Edit:
    """What is to be done to a text: the characters from `start` to `end` give way to `words`."""

    start: int
    end: int
    words: str


def replaced_text(text: str, start: int, end: int, words: str) -> str:
    """Return `text` with the span put into other words; "" takes it out, with its comma, title or rank.

    Of several spans, begin with the last: nothing before a span ever moves, but for what goes with it.
    """
    done = edit_text(text, start, end, words)
    return text[: done.start] + done.words + text[done.end :]


def edit_text(text: str, start: int, end: int, words: str, *, floor: int = 0) -> Edit:
    """Say what putting in `words` changes; it reaches no further back than `floor`, where the span before it ends."""
    place = _Place(text, start, end, floor)
    return place.with_words(words) if words else place.taken_out()


class _Place:
    """A span of a text that grows over what goes with it."""

    def __init__(self, text: str, start: int, end: int, floor: int) -> None:
        self.text, self.start, self.end, self.floor = text, start, end, floor
        words = text[start:end]
        self.is_name = _IS_A_NAME.fullmatch(words) is not None and _IS_AN_AGE.fullmatch(words) is None
        self.had_title = False
        # Whoever writes in small letters gets none put in.
        self.is_capital = words[:1].isupper()

    def with_words(self, words: str) -> Edit:
        has_noun = False
        if not _STANDS_ALONE.match(words):
            return Edit(self.start, self.end, words)
        if self.is_name:
            self._grow(_TITLE)
            has_noun = self._takes_noun_before(words)
            self._takes_noun_after(words)
        self._takes_the_same_after(words)
        with_its_noun = self._before_its_noun(words)
        if with_its_noun:
            return with_its_noun
        if self.text[self.start].isupper() and _OPENING.search(self.text, self.floor, self.start):
            words = words[0].upper() + words[1:]
        return Edit(self.start, self.end, words) if has_noun else self._beside_article(words)

    def taken_out(self) -> Edit:
        if self.is_name:
            self._takes_title()
            after = NOUN_AFTER.match(self.text, self.end)
            if after and after["comma"]:
                return self._gives_way_to_its_noun(after)
        self._takes_brackets()
        self._takes_possessive()
        is_bare = self._takes_what_leads_to_it() or self._takes_comma_or_and()
        if not is_bare and _GOES_ON.match(self.text, self.end):
            self._grow(_ARTICLE)
            if self._grow(_TO) is None and _OPENING.search(self.text, self.floor, self._opening()):
                self._grow(_OPENS_WITH_TO)
        return self._smoothed()

    def _before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self.text, max(self.floor, self.start - _LOOK_BACK), self.start)

    def _grow(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = self._before(pattern)
        if match:
            self.start = match.start()
        return match

    def _opening(self) -> int:
        match = self._before(_OPENS_WITH_TO)
        return match.start() if match else self.start

    def _takes_noun_before(self, words: str) -> bool:
        """ "My ex, Kyle, had" becomes "[my ex] had"; "I told my mum, Kyle had" keeps the mother."""
        match = self._before(NOUN_BEFORE)
        if match is None:
            return False
        gap, after = match["gap"], self.text[self.end : self.end + 1]
        if gap == ", " and not self._is_beside_its_noun(match, words):
            return False
        is_told = _TOLD.search(self.text, self.floor, match.start()) and _ACTS.match(self.text, self.end)
        if gap == " " and is_told:
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

    def _takes_noun_after(self, words: str) -> None:
        match = NOUN_AFTER.match(self.text, self.end)
        if match and match["noun"].split()[-1].casefold() in words.casefold():
            self.end = match.end()

    def _takes_the_same_after(self, words: str) -> None:
        """ "Mansfield House police station" becomes "[a police station]", with nothing said twice."""
        same = " " + re.sub(r"\A\[(?:an?[ ])?|\]\Z", "", words)
        if self.text[self.end : self.end + len(same)].casefold() == same.casefold():
            self.end += len(same)

    def _before_its_noun(self, words: str) -> Edit | None:
        """ "A 44 year old man" becomes "a man [in my forties]", "a 14 year old girl" "[a child]"."""
        noun = _PERSON_AFTER.match(self.text, self.end)
        if noun is None:
            return None
        if _CHILD.match(words) and noun["young"]:
            self.end = noun.end()
            return None
        if not words.startswith("[in "):
            return None
        article = self._before(_ARTICLE)
        is_an = article is not None and article["word"].lower() == "an"
        start = article.start("word") + 1 if article and is_an else self.start
        fits = " " if is_an and noun["noun"][0].lower() not in "aeiou" else "n " if is_an else ""
        return Edit(start, noun.end(), f"{fits}{noun['noun']} {words}")

    def _beside_article(self, words: str) -> Edit:
        """ "The only woman" becomes "[one of a few]", and "the Hull team" "the [nearby town] team"."""
        article = self._before(_ARTICLE)
        if article is None:
            return Edit(self.start, self.end, words)
        has_own = re.match(r"\[(?:an?|the)[ ]", words)
        if has_own and article["word"].lower() not in {"a", "an"}:
            return Edit(self.start, self.end, f"[{words[has_own.end() :]}")
        return Edit(article.start(), self.end, words)

    def _gives_way_to_its_noun(self, after: re.Match[str]) -> Edit:
        """ "Kyle, my ex, rang" becomes "My ex rang"."""
        noun = after["noun"]
        opens = self.is_capital and _OPENING.search(self.text, self.floor, self.start)
        return Edit(self.start, after.end(), noun[0].upper() + noun[1:] if opens else noun)

    def _takes_title(self) -> None:
        """ "PC Harris" goes as a whole, and of "the officer Harris" the name."""
        match = self._before(_TITLE)
        if match and not _ARTICLE.search(self.text, self.floor, match.start()):
            self.start, self.had_title = match.start(), True

    def _takes_brackets(self) -> None:
        before, after = self.text[self.floor : self.start][-1:], self.text[self.end : self.end + 1]
        if (before, after) == ("(", ")"):
            self.start, self.end = self.start - 1, self.end + 1

    def _takes_possessive(self) -> None:
        match = _POSSESSIVE.match(self.text, self.end)
        if match and not self._before(NOUN_BEFORE):
            self.end = match.end()

    def _takes_what_leads_to_it(self) -> bool:
        """ "A man called Kyle", "my daughter, who is six, saw": the words that lead to it, and the comma after."""
        is_all_it_says = _IS_AN_AGE.fullmatch(self.text[self.start : self.end]) and _ENDS.match(self.text, self.end)
        if is_all_it_says and self._grow(_CLAUSE):
            return True
        for pattern in (_CALLED, _AGED):
            match = self._before(pattern)
            if match and not _SAID_BY.search(self.text, self.floor, match.start()):
                self.start = match.start()
                has_comma = match[0].startswith(",") and self.text[self.end : self.end + 1] == ","
                self.end += has_comma
                return True
        return False

    def _takes_comma_or_and(self) -> bool:
        """ "My ex, Kyle, had" loses both commas, and a list the one before."""
        before = self.text[max(self.floor, self.start - 2) : self.start]
        if before == ", " and not _OPENING.search(self.text, self.floor, self.start):
            noun = self._before(NOUN_BEFORE)
            is_between = self._before(_SPOKEN_TO) is not None or (noun is not None and bool(noun["side"]))
            self.start -= 2
            self.end += is_between and self.text[self.end : self.end + 1] == ","
            return True
        both = self._before(_AND_BEFORE) if self.is_name else None
        if both and self._is_joined_to_somebody(both):
            self.start = both.start("and")
            return True
        joined = _AND_AFTER.match(self.text, self.end) if self.is_name and self.is_capital else None
        if joined and not self._before(NOUN_BEFORE):
            self.end = joined.end()
            return True
        return False

    def _is_joined_to_somebody(self, both: re.Match[str]) -> bool:
        """ "Dave and Kyle", "my partner and Mrs Bowen"; not "I went and Kyle came"."""
        if self.is_capital and both["other"][0].isupper():
            return True
        return self.had_title and _NOUN_LAST.search(self.text, both.start(), both.end("other")) is not None

    def _smoothed(self) -> Edit:
        """Leave one space, no comma to begin with, a capital where a sentence begins, "an" before a vowel."""
        text, opens = self.text, _OPENING.search(self.text, self.floor, self.start) is not None
        if opens:
            while self.end < len(text) and text[self.end] in ", ":
                self.end += 1
        before, after = text[self.floor : self.start][-1:], text[self.end : self.end + 1]
        if not opens and before == " ":
            if after == " ":
                self.end += 1
            elif not after or after in ".,;:!?)\n" or _POSSESSIVE.match(text, self.end):
                self.start -= 1
        letter = text[self.end : self.end + 1]
        if opens and self.is_capital_at_start() and letter.islower():
            return Edit(self.start, self.end + 1, letter.upper())
        return self._with_article_that_fits(letter)

    def is_capital_at_start(self) -> bool:
        return self.text[self.start : self.end].lstrip('"“‘(')[:1].isupper()

    def _with_article_that_fits(self, letter: str) -> Edit:
        article = self._before(_ARTICLE)
        if article is None or article["word"].lower() not in {"a", "an"} or not letter.isalpha():
            return Edit(self.start, self.end, "")
        fits = article["word"][0] + ("n" if letter.lower() in "aeiou" else "")
        return Edit(article.start(), self.end, f"{fits} ")
