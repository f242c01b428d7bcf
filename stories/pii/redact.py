"""Puts other words in place of what was found, or takes it out, so that a sentence can still be read."""

import re

from stories.pii.rule_files import RuleFile

RULES = RuleFile("redact")

_LOOK_BACK = 80


class Edit:
    """A change of a text: the characters from `start` to `end`, which grow over what goes with them, become `words`."""

    def __init__(self, text: str, start: int, end: int, floor: int) -> None:
        self.text, self.start, self.end, self.floor, self.words = text, start, end, floor, ""
        words = text[start:end]
        self.is_name = RULES["is a name"].fullmatch(words) is not None and RULES["is an age"].fullmatch(words) is None
        self.had_title = False
        # Whoever writes in small letters gets none put in.
        self.is_capital = words[:1].isupper()

    def put_in(self, words: str) -> None:
        self.words, has_noun = words, False
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

    def take_out(self) -> None:
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


def edit_text(text: str, start: int, end: int, words: str, *, floor: int = 0) -> Edit:
    """Say what putting in `words` changes; "" takes the span out, with its comma, title or rank.

    It reaches no further back than `floor`, where the span before it ends. Of several spans, begin with the last.
    """
    edit = Edit(text, start, end, floor)
    if words:
        edit.put_in(words)
    else:
        edit.take_out()
    return edit
