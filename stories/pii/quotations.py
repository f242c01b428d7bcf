"""Words quoted from a post or a message: whoever types them into a search engine may find the page they came from."""

import re
from collections.abc import Iterator

from stories.pii.finding import Finding, touching_findings
from stories.pii.kinds import make_finding
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Words

_RULES = RuleFile("quotations")

# Fewer words are found on too many pages to lead anywhere.
_LEAST_WORDS = 5
_QUOTED = _RULES.pattern("quoted")
_POSTED = _RULES.pattern("posted")
_SAID = _RULES.pattern("said")
_SPOKEN = _RULES.pattern("spoken")
# The words of somebody who rings about a case.
_OFFICIAL = _RULES.pattern("official")
# What reached one person only is on no page.
_PRIVATE = _RULES.pattern("private")
_POSTED_AFTER = _RULES.pattern("posted after")
# The quotation was a sentence, and another begins.
_ENDED = re.compile(r"[.!?][\"”’'][ ](?=[A-Z])")
_LOOK_BACK = 70
_POSTED_NEAR = 45
_SENTENCE_END = re.compile(r"[.!?\n](?=\s|\Z)")


def find_quotations(text: Words, found: list[Finding]) -> Iterator[Finding]:
    """The longest part of each such quotation in which nothing else is marked."""
    for match in _QUOTED.finditer(text.text):
        group = "it" if match["it"] is not None else "single"
        if not _OFFICIAL.search(match[0]) and _is_from_a_post(text.text, match):
            yield from _longest_free(text, match.span(group), found)


def _is_from_a_post(text: str, match: re.Match[str]) -> bool:
    if _POSTED_AFTER.match(text, match.end()) and not _ENDED.search(text, match.end() - 2, match.end() + 2):
        return True
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    sentence = before[ends[-1] :] if ends else before
    if _PRIVATE.search(sentence) or _SPOKEN.search(sentence) or _SAID.search(sentence):
        return False
    return _POSTED.search(sentence[-_POSTED_NEAR:]) is not None


def _longest_free(text: Words, span: tuple[int, int], found: list[Finding]) -> Iterator[Finding]:
    start, best = span[0], (span[0], span[0])
    inside = touching_findings(found, *span)
    for end, after in [*((each.start, each.end) for each in inside), (span[1], span[1])]:
        if _count(text, start, end) > _count(text, *best):
            best = (start, end)
        start = max(start, after)
    if _count(text, *best) >= _LEAST_WORDS:
        yield make_finding(_trimmed(text.text, best), "SEARCHABLE", sure=False)


def _count(text: Words, start: int, end: int) -> int:
    return len(text.text[start:end].split())


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
