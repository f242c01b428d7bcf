"""The things that site search finds, and what people type for each of them.

Each process makes them once for an edition and keeps them in memory, so they are gone with it.
"""

import html
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, get_language_info, gettext, ngettext
from wagtail.blocks import StreamValue
from wagtail.models import get_page_models

from campaign import fixed_pages
from campaign.models.pages import EditorsPage
from campaign.site_chrome import PARTS, lines_for
from stories.core import addresses, named_lists, snapshot
from stories.reading import ask_progress, offences, patterns
from stories.core.named_lists import NamedLists
from stories.reading.facets import BY_NAME
from stories.reading.filters import StoryFilter
from stories.reading.search import terms, words
from stories.reading.search.terms import Term


class Kind(StrEnum):
    """In the order in which the page shows them."""

    PAGE = "page"
    STORIES = "list"
    LAW = "law"
    ASK = "ask"
    FORCE = "force"
    HELP = "help"


@dataclass(frozen=True)
class Words:
    """A text as it is searched: its stems in their order, and its words whole."""

    text: str = ""

    @cached_property
    def _read(self) -> tuple[str, str]:
        stems, others = words.search_document(self.text)
        return f" {' '.join(stems)} ", f" {' '.join(others)} "

    def hold(self, term: Term) -> bool:
        """True where the term stands in it, as a word, a phrase or the beginning of a word."""
        stems, whole = self._read
        return f" {term.tokens[0]}" in whole if term.is_beginning else f" {' '.join(term.tokens)} " in stems


@dataclass(frozen=True)
class Entry:
    """One thing to find; `also` is searched and not shown, `tail` shown after the title and not searched.

    `is_english` where its words are English on every page. What people type leads to it by any of its `keys`, which are
    addresses in English.
    """

    kind: Kind
    url: str
    title: Words
    about: Words
    text: Words = Words()
    also: Words = Words()
    is_english: bool = False
    tail: str = ""
    keys: tuple[str, ...] = ()


# What is typed, as words in their order or as stems in any, and the keys of the entries that it leads to, best first.
Leads = dict[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class SearchIndex:
    """Every entry in one language, where what people type leads, and the words that the site itself says."""

    entries: tuple[Entry, ...]
    leads: Leads

    @cached_property
    def vocabulary(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """The words by which people look for something, and those that the site says, each under its first letter."""
        titles = (entry.title.text for entry in self.entries)
        texts = (each.text for entry in self.entries for each in (entry.about, entry.also, entry.text))
        typed = (each for lead in _TYPED for each in lead["typed"])
        return _by_letter((*titles, *typed, *_PLACES["towns"], *_PLACES["names"])), _by_letter(texts)


def _by_letter(texts: Iterable[str]) -> dict[str, list[str]]:
    """The words of four letters or more."""
    found: dict[str, list[str]] = {}
    for word in sorted({run[0].casefold() for text in texts for run in words.split_words(text)}):
        if len(word) > 3 and word.isalpha():
            found.setdefault(word[0], []).append(word)
    return found


def search_index() -> SearchIndex:
    """The index of the edition now in the language of the page."""
    return snapshot.cached(("site-search", get_language()), _index)


def _index() -> SearchIndex:
    # What comes first is kept: a pattern is a page too.
    found: dict[str, Entry] = {}
    for entry in _entries():
        found.setdefault(entry.keys[0], entry)
    own = {stems_of(entry.title.text): entry.keys for entry in found.values()}
    return SearchIndex(tuple(found.values()), own | _leads())


def _entries() -> Iterator[Entry]:
    names = named_lists.get_named_lists()
    for pattern in patterns.get_patterns():
        keys = (f"/patterns/{pattern.slug}/", *(f"/stories/?theme={theme}" for theme in pattern.themes))
        also = Words(" ".join(names.themes[theme] for theme in pattern.themes if theme in names.themes))
        tail = _how_many(pattern.wanted(names))
        title, about = Words(pattern.title), Words(pattern.sentence)
        yield Entry(Kind.STORIES, pattern.url, title, about, also=also, is_english=True, tail=tail, keys=keys)
    yield from _page_entries()
    for address, part in PARTS.items():
        title, about = Words(gettext(part["title"])), Words(gettext(part["about"]))
        yield Entry(Kind.PAGE, addresses.path_in_language(address), title, about, keys=(address,))
    yield from _list_entries(names)
    for code, language in settings.LANGUAGES:
        if code != get_language():
            title, home = Words(get_language_info(code)["name_local"]), addresses.path_in_language("/", code)
            yield Entry(Kind.PAGE, home, title, Words(gettext(language)), keys=(home,))
    for offence in offences.all_offences():
        law = f"/the-law/#{offence.slug}"
        about = Words(f"{offence.covers} {offence.statute}")
        yield Entry(Kind.LAW, addresses.path_in_language(law), Words(offence.called), about, keys=(law,))
    for ask in ask_progress.get_asks():
        title, about, keys = Words(ask.sentence), Words(ask.whom), (f"/asks/{ask.slug}/",)
        yield Entry(Kind.ASK, ask.url, title, about, is_english=True, keys=keys)
    for force in names.forces.values():
        title, about = Words(force.name), Words(f"{force.where} {force.about}".strip())
        yield Entry(Kind.FORCE, force.url, title, about, keys=(f"/forces/{force.id}/",))
    for line in lines_for("all"):
        reach, here = line["phone"] or line["text_number"] or line["address"], addresses.path_in_language("/get-help/")
        title, about, keys = Words(line["name"]), Words(line["about"]), (f"/get-help/#{line['name']}",)
        tail, also, is_english = f": {reach}", Words(reach), bool(line["lang"])
        yield Entry(Kind.HELP, here, title, about, also=also, tail=tail, keys=keys, is_english=is_english)


_LISTED_BY = ("theme", "outcome", "demand", "mentions", "says", "responded", "nation", "region", "year")


def _list_entries(names: NamedLists) -> Iterator[Entry]:
    """Every list of stories by one choice, unless it is empty, is a pattern's or has the name of another."""
    seen = set[str]()
    for facet in (BY_NAME[name] for name in _LISTED_BY):
        for slug, name in facet.options(names).items():
            wanted = StoryFilter.of(names, **{facet.name: slug})
            has_page = facet.name == "theme" and patterns.pattern_of(slug) is not None
            if wanted.count() and not has_page and name not in seen:
                seen.add(name)
                title, about, keys = Words(name), Words(str(facet.label)), (f"/stories/?{facet.name}={slug}",)
                yield Entry(Kind.STORIES, wanted.url(), title, about, tail=_how_many(wanted), keys=keys)


def _how_many(wanted: StoryFilter) -> str:
    count = wanted.count()
    return ngettext(": %(count)s story", ": %(count)s stories", count) % {"count": count}


# Of any other block nothing is read, whatever it may come to hold.
READ_BLOCKS = frozenset(
    {
        *("heading", "text", "notice", "steps", "table", "quote"),
        # Of a session, and of the card.
        *("step", "question", "words", "part", "saying"),
    }
)
# More of one page than anybody writes, so that no page makes every search slow.
LONGEST = 30_000
_TAG = re.compile(r"<[^>]*>")
# Where a tag ends a word; one within a line ends none.
_END = re.compile(r"</(?:p|li|h\d)>|<br/?>")


def _page_entries() -> Iterator[Entry]:
    """Every live page, with a query for each kind of them."""
    for model in get_page_models():
        if issubclass(model, EditorsPage):
            yield from map(_page_entry, model.objects.using(settings.PUBLIC_READS).live().order_by())


def _page_entry(page: EditorsPage) -> Entry:
    texts = (words for name in page.words_in for words in _field_texts(getattr(page, name, "")))
    about = Words(f"{page.search_description} {getattr(page, 'intro', '').strip()}".strip())
    address = fixed_pages.address(page)
    return Entry(
        Kind.PAGE,
        addresses.path_in_language(address),
        Words(page.title),
        about,
        Words(" ".join(" ".join(texts).split())[:LONGEST]),
        Words(page.seo_title),
        is_english=True,
        keys=(address,),
    )


def _field_texts(value: str | StreamValue) -> Iterator[str]:
    """Plain text as it is; of a stream, its blocks."""
    if isinstance(value, str):
        return iter((value,))
    return (words for block in value.raw_data if block["type"] in READ_BLOCKS for words in _value_texts(block["value"]))


def _value_texts(value: object) -> Iterator[str]:
    """Every text within a value; of a list or a table each by itself."""
    if isinstance(value, str):
        yield html.unescape(_TAG.sub("", _END.sub(" ", value)))
    elif isinstance(value, list):
        for each in value:
            yield from _value_texts(each["value"] if isinstance(each, dict) and "value" in each else each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in ("id", "type", "url"):
                yield from _value_texts(each)


# What people type for what the site calls otherwise, and where each leads.
_TYPED = tomllib.loads(Path(__file__).with_name("typed.toml").read_text(encoding="utf-8"))["lead"]
_PLACES = json.loads((settings.ROOT / "stories/data/towns.json").read_text(encoding="utf-8"))


@cache
def _leads() -> Leads:
    """Forces by town and by the names that people use, and everything else by other words than ours."""
    found: Leads = {}
    for name, forces in (*_PLACES["towns"].items(), *_PLACES["names"].items()):
        found[whole_words(name)] = tuple(f"/forces/{force}/" for force in forces)
    for lead in _TYPED:
        for typed in lead["typed"]:
            key = stems_of(typed)
            # One word of several says too little among others.
            key = alone(key) if len(key) == 1 and len(whole_words(typed)) > 1 else key
            found[key] = (*found.get(key, ()), *lead["to"])
    return found


def stems_of(text: str) -> tuple[str, ...]:
    """What a text says, as stems in no order: stop words are left out, where it has others; *didn't* says *not*."""
    found = {words.raw_word(run[0]): words.stem_word(run[0]) for run in words.split_words(text)}
    said = {_NOT if terms.is_stop_word(raw) else stem for raw, stem in found.items() if not _is_idle(raw)}
    return tuple(sorted(said or found.values()))


_NOT = words.stem_word("not")


def _is_idle(raw: str) -> bool:
    return terms.is_stop_word(raw) and not raw.endswith("nt")


def alone(stems: Iterable[str]) -> tuple[str, ...]:
    """The same stems as all that somebody types: *the met* is the police, and *we met* isn't."""
    return ("alone", *sorted(stems))


def whole_words(text: str) -> tuple[str, ...]:
    """The words as they are and in their order: *Reading* is a town, and *read* is none."""
    return tuple(words.raw_word(run[0]) for run in words.split_words(text))
