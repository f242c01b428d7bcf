"""Names within addresses, where nobody reads them as words: in links, and in our own pages' "jo-brennan-is-sorry"."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from stories.pii.finder import find_identifying as find_in_words
from stories.pii.kinds import MAX_CHARACTERS, Finding
from stories.pii.rule_files import RuleFile

# Why a finding is told here: by this it is known again.
WHY = "nobody reads a link for names, and everybody can"
WHY_IN_OURS = "the address of a page is read wherever it is shared"
_KINDS = frozenset({"PERSON", "OFFICER_NAME", "COLLAR_NUMBER"})
_RULES = RuleFile("links")
# Where two words of camel case meet.
_MEET = "\0"
# So much of a run in words that can be said: one in fifty of what names a film or a file looks like a name, and no rank
# hides one.
_MOST = 0.6
_AS_WORDS = dict.fromkeys(map(ord, "-–—_+ .~"), " ") | dict.fromkeys(map(ord, "/?&=#;:,|"), "\n")


def find_in_links(text: str) -> list[Finding]:
    """Return the names in the links of a text, in order, each by where it stands in the text.

    The same rules as for any words, without the name model; what is found in a host or a number isn't told.
    """
    links = (link.span("path") for link in _RULES["link"].finditer(text))
    return [replace(found, why=WHY) for span in links for found in _within(text, *span) if found.kind in _KINDS]


def find_in_path(path: str) -> list[Finding]:
    """Return what the address of a page of ours holds, or a part of it, read as words; of every kind."""
    return [replace(found, why=WHY_IN_OURS) for found in _within(path, 0, len(path))]


def add_link_names(text: str, found: list[Finding]) -> list[Finding]:
    """Add them to what else was found in the text, in place of the link that they stand in."""
    inside = find_in_links(text)
    others = [each for each in found if not any(each.start < name.end and name.start < each.end for name in inside)]
    return sorted([*others, *inside])


def _within(text: str, start: int, end: int) -> Iterator[Finding]:
    path = text[start : min(end, start + MAX_CHARACTERS)]
    read = list(_read(_RULES["id"].sub(lambda known: "/" * len(known[0]), path)))
    signs = "".join(sign for sign, _first, _last in read)[:MAX_CHARACTERS]
    words = signs.replace(_MEET, " ")
    made_up = [run.span() for run in _RULES["run"].finditer(signs) if not _is_written(run[0].replace(_MEET, ""))]
    for alone in find_in_words(words, by_rules_alone=True):
        each = _with_the_next(words, alone)
        # Of what a path calls by one word ("/ukpga/", "/kent/") most is nobody's name, so that it takes two, or a rank.
        is_told = each.kind != "PERSON" or each.sure or " " in words[each.start : each.end]
        if is_told and not any(first < each.end and each.start < last for first, last in made_up):
            first, last = read[each.start][1], read[each.end - 1][2]
            yield replace(each, start=start + first, end=start + last)


def _with_the_next(words: str, found: Finding) -> Finding:
    """A name of one word with the word behind it, where those two alone are a name: a path has no full stops."""
    pair = _RULES["pair"].match(words, found.start)
    if found.kind != "PERSON" or pair is None or found.end >= pair.end():
        return found
    both = find_in_words(pair[0], by_rules_alone=True)
    is_name = any(each.kind == "PERSON" and each.end - each.start == len(pair[0]) for each in both)
    return replace(found, end=pair.end()) if is_name else found


def _is_written(run: str) -> bool:
    """True of letters of one kind, and where most are words that can be said: "PCBrennanUK", "JoBrennanPart2"."""
    if run.islower() or run.isupper() or run.istitle() or run.isdigit():
        return True
    said = sum(len(word) for word in _RULES["word"].findall(run) if _RULES["vowel"].search(word))
    return said >= _MOST * len(run)


def _read(path: str) -> Iterator[tuple[str, int, int]]:
    """Yield each sign of a path as words have it, with where it begins and ends there."""
    for match in _RULES["sign"].finditer(path):
        if match["meet"] is not None or match["ending"]:
            yield _MEET if match["ending"] is None else "\n", match.start(), match.end()
            continue
        signs = match[0]
        if match["escape"] is not None:
            # It may have been escaped again.
            signs = unquote_to_bytes(_RULES["escaped again"].sub("%", signs)).decode(errors="replace")
        for sign in signs.translate(_AS_WORDS):
            yield sign, match.start(), match.end()
