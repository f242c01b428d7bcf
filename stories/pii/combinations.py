"""Details that point at one person together ("a vet in Alston"), and words from a post that a search would find."""

import re
from collections.abc import Iterator

from stories.pii import kinds
from stories.pii.kinds import Finding, make_finding, touching_findings
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Token, Words
from stories.pii.words import GROUPS

_RULES = RuleFile("combinations")

_PEOPLES, _CONDITIONS = GROUPS["peoples"], GROUPS["conditions"]
_PERSONS = GROUPS["person nouns"] | GROUPS["rare jobs"]
_LONGEST_WHO = 6
_TO_THE_SETTING = 4
_CLOSE, _NEARBY = 25, 120
_LOOK_BACK = 60


def find_combinations(text: Words, found: list[Finding]) -> Iterator[Finding]:
    """Combinations, each on the words of it that nothing else marks.

    Where everything in it is marked, it takes the place of the lesser part: of the day beside a place, of the
    age beside a school.
    """
    yield from _beside_each_other(text, found)
    yield from _only_ones(text, found)
    yield from _jobs(text, found)
    yield from _people_of_a_small_force(text, found)


def _beside_each_other(text: Words, found: list[Finding]) -> Iterator[Finding]:
    for match in _RULES["sentence"].finditer(text.text):
        inside = touching_findings(found, *match.span())
        place = next((each for each in inside if _is_a_small_place(text, each)), None)
        workplaces = (each for each in inside if each.kind == "SCHOOL_EMPLOYER")
        school = next((each for each in workplaces if _RULES["school"].search(text.said(each))), None)
        for each in inside:
            if each.kind == "EXACT_DATE" and place:
                yield kinds.kinds_together(each, "day and place", text.said(place))
            if each.kind == "AGE" and school:
                yield kinds.kinds_together(each, "age and school", text.said(school))


def _is_a_small_place(text: Words, each: Finding) -> bool:
    return each.kind == "PLACE" and text.said(each).lower() not in GROUPS["large towns"]


def _only_ones(text: Words, found: list[Finding]) -> Iterator[Finding]:
    """ "The only Polish PCSO in Bakewell", "the only woman on our shift"."""
    for match in _RULES["only"].finditer(text.text):
        first = text.starting(match.end())
        within = _within(text, first) if first else None
        if first is None or within is None:
            continue
        where = _where(text, within, found)
        if where and _points_at_somebody(text.run(first.after, within.before), is_named=where[1]):
            yield from _free(found, first.span_to(within.before), "only one", where[0])


def _within(text: Words, first: Token) -> Token | None:
    """The "in" of "Polish PCSO in Bakewell"."""
    for token in text.tokens[first.number + 1 : first.number + _LONGEST_WHO]:
        if token.low in GROUPS["within"]:
            return token
        if token.before.gap not in (" ", "-"):
            return None
    return None


def _where(text: Words, within: Token, found: list[Finding]) -> tuple[str, bool] | None:
    """The place or workplace right after, and whether it has a name or is "our village"."""
    for each in touching_findings(found, within.end, within.end + _CLOSE):
        if each.kind in {"PLACE", "SCHOOL_EMPLOYER"}:
            return text.said(each), True
    for token in text.tokens[within.number + 1 : within.number + 1 + _TO_THE_SETTING]:
        if token.before.gap != " ":
            return None
        if token.low in GROUPS["settings"]:
            return text.text[slice(*within.after.span_to(token))], False
    return None


def _points_at_somebody(tokens: list[Token], *, is_named: bool) -> bool:
    who = [token.low for token in tokens]
    if any(word in _PEOPLES or word in _CONDITIONS for word in who):
        return True
    if not any(word in _PERSONS for word in who):
        return False
    return len(who) > 1 or who[0] not in GROUPS["only among many"] or (is_named and who[0] not in {"person", "officer"})


def _jobs(text: Words, found: list[Finding]) -> Iterator[Finding]:
    """ "I am a vet in Alston", "the village blacksmith"."""
    small = [each for each in found if _is_a_small_place(text, each)]
    for token in text.tokens:
        if token.low not in GROUPS["rare jobs"]:
            continue
        if token.is_led_to(_RULES["does"], _LOOK_BACK) or token.is_led_to(_RULES["local"], 20):
            near = touching_findings(small, token.start - _NEARBY, token.end + _NEARBY)
            if near:
                yield from _free(found, token.span_to(token), "job and place", text.said(near[0]))


def _people_of_a_small_force(text: Words, found: list[Finding]) -> Iterator[Finding]:
    """A nationality, faith or disability of one's own where few reports are made."""
    london = _RULES["city of london"].search(text.text)
    small = (match for match in _RULES["force"].finditer(text.text) if match["name"].lower() in GROUPS["small forces"])
    force = london[0] if london else next((match[0] for match in small), None)
    for token in text.tokens:
        if force and token.low in _PEOPLES | _CONDITIONS and token.is_led_to(_RULES["i am"], _LOOK_BACK):
            what = "people and force" if token.low in _PEOPLES else "disability and force"
            yield from _free(found, token.span_to(token), what, force)


def _free(found: list[Finding], span: tuple[int, int], what: str, others: str) -> Iterator[Finding]:
    """The finding, if nothing else is marked there."""
    if not touching_findings(found, *span):
        yield kinds.kinds_together(Finding(*span, "TOGETHER", "", sure=False), what, others)


_QUOTATIONS = RuleFile("quotations")

# Fewer words are found on too many pages to lead anywhere.
_LEAST_WORDS = 5
_BEFORE_IT, _POSTED_NEAR = 70, 45


def find_quotations(text: Words, found: list[Finding]) -> Iterator[Finding]:
    """The longest part of each such quotation in which nothing else is marked."""
    for match in _QUOTATIONS["quoted"].finditer(text.text):
        group = "it" if match["it"] is not None else "single"
        if not _QUOTATIONS["official"].search(match[0]) and _is_from_a_post(text.text, match):
            yield from _longest_free(text, match.span(group), found)


def _is_from_a_post(text: str, match: re.Match[str]) -> bool:
    if _QUOTATIONS["posted after"].match(text, match.end()) and not _QUOTATIONS["ended"].search(
        text, match.end() - 2, match.end() + 2
    ):
        return True
    before = text[max(0, match.start() - _BEFORE_IT) : match.start()]
    sentence = before[max((end.end() for end in _QUOTATIONS["sentence end"].finditer(before)), default=0) :]
    is_told = any(_QUOTATIONS[told].search(sentence) for told in ("private", "spoken", "said"))
    return not is_told and _QUOTATIONS["posted"].search(sentence[-_POSTED_NEAR:]) is not None


def _longest_free(text: Words, span: tuple[int, int], found: list[Finding]) -> Iterator[Finding]:
    start, best = span[0], (span[0], span[0])
    inside = touching_findings(found, *span)
    for end, after in [*((each.start, each.end) for each in inside), (span[1], span[1])]:
        best = max(best, (start, end), key=lambda span: len(text.text[slice(*span)].split()))
        start = max(start, after)
    words = text.text[slice(*best)]
    if len(words.split()) >= _LEAST_WORDS:
        start = best[0] + len(words) - len(words.lstrip())
        yield make_finding((start, start + len(words.strip())), "SEARCHABLE", sure=False)
