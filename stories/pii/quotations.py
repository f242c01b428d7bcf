"""Words quoted from a post or a message: whoever types them into a search engine may find the page they came from."""

import re
from collections.abc import Iterator

from stories.pii.finding import Finding, touching_findings
from stories.pii.kinds import make_finding
from stories.pii.tokens import Words

# Fewer words are found on too many pages to lead anywhere.
_LEAST_WORDS = 5
_QUOTED = re.compile(
    r"[\"“](?P<it>[^\"“”\n]{0,400})[\"”]|(?<!\w)[‘'](?P<single>[^‘’'\n]{0,120}(?:[’']"
    r"(?=\w)[^‘’'\n]{0,60}){0,6})[’'](?!\w)"
)
_POSTED = re.compile(
    r"\b(?:post(?:s|ed|ing)?|caption(?:s|ed)?|comment(?:s|ed|ing)?|tweet(?:s|ed)?|bio|status|headline|titled?|"
    r"hashtag|thread|"
    r"profile|review|advert|listing|underneath|tagged|(?:wrote|written)[ ](?:it[ ])?(?:under|on[ ](?:my|the|every|"
    r"a)[ ](?:wall|page|post|photo|picture)|over|across|"
    r"beneath|below|beside)|(?:under|beneath|below)[ ](?:it|them|the|my|a|one)\b[^.\n\"“]{0,30}[ ](?:wrote|"
    r"written|put)|"
    r"(?:he|she|they|ex|who|someone|somebody|stranger|one|man|bloke|lad)[ ](?:then[ ]|just[ ]|even[ ])?(?:messag"
    r"(?:ed|es)|texted|dm['’]?e?d|emailed)|"
    r"(?:his|her|their|ex['’]s|first|last|a)[ ](?:messages?|texts?|dms?)(?:[ ]from[ ](?:him|her|them|my[ ]ex|"
    r"the[ ]one))?)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?!caption|post|comment|message|text|it|that|which|headline|title|bio|status|tweet|advert|email|number)"
    r"[a-z]{1,20}[ ]"
    r"(?:said|says|say|goes|went|asked|replied|answered|told[ ]\w{2,5})\b[^\n\"“]{0,20}\Z",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:police|officers?|pcs?o?|dc|ds|di|sgt|sergeant|inspector|constable|detective|desk|handler|letter|"
    r"leaflet|judge|solicitor|counsellor|through[ ](?:my|the|our|her|his)[ ](?:front[ ])?(?:door|letter[ ]?box)|"
    r"hub|team|unit|"
    r"station|101|safeguarding|helpline|bank|council|school|form|statement|notebook|line[ ]up|i[ ](?:sent|wrote|"
    r"typed|replied|texted|got[ ]back)|"
    r"my[ ](?:message|text|reply|email)|poster|"
    r"told|asked|laughed|shouted|shrugged|sighed|rang|phoned)\b",
    re.IGNORECASE,
)
# The words of somebody who rings about a case.
_OFFICIAL = re.compile(
    r"\b(?:this[ ]is[ ]\w{1,20}[ ]from|your[ ](?:case|report|complaint|crime|phone|device|statement)|"
    r"further[ ]action|investigat\w{2,6}|"
    r"reference|crime[ ](?:number|ref)|officer|yours[ ]sincerely|kind[ ]regards|to[ ]whom)\b",
    re.IGNORECASE,
)
# What reached one person only is on no page.
_PRIVATE = re.compile(
    r"\b(?:dm(?:s|ed|['’]d)?|text(?:s|ed)?|messag(?:es|ed)|emailed|whatsapped)[ ]"
    r"(?:me|us|him|her|my[ ]\w{2,12})\b",
    re.IGNORECASE,
)
_POSTED_AFTER = re.compile(
    r",?[ ](?:(?:was|is)[ ](?:the|his|her|their)[ ](?:caption|title|headline|comment|status|bio|post)|"
    r"(?:he|she|they|someone|somebody|one[ ]of[ ]them)[ ](?:wrote|posted|commented|tweeted|captioned|messaged|texted)|"
    r"(?:it|the[ ](?:caption|post|title|comment|status))[ ](?:said|read)(?![ ](?:on|in)[ ](?:the|my)[ ](?:leaflet|"
    r"letter|form|poster|card|screen|wall))|"
    r"under(?:neath)?[ ](?:it|the|my|a|one)\b|in[ ](?:the|a)[ ](?:comments?|caption)|"
    r"(?:on|all[ ]over)[ ](?:(?:my|the|his|her|a|our|their)[ ])?(?:facebook|fb|insta(?:gram)?|twitter|snapchat|snap|"
    r"tiktok|reddit|discord|telegram|linkedin|tumblr|youtube|forum|website|site|wall|timeline|feed)\b)",
    re.IGNORECASE,
)
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
