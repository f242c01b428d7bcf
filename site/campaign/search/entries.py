"""The things that site search finds, and what people type for each of them.

Each process makes them once for an edition and keeps them in memory, so they are gone with it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_info, gettext, ngettext
from wagtail.blocks import StreamValue
from wagtail.models import get_page_models

from campaign import fixed_pages
from campaign.models.pages import EditorsPage
from campaign.site_chrome import ENGLISH, PARTS, lines_for
from stories.core import addresses, named_lists, snapshot, tables
from stories.core.named_lists import NamedLists
from stories.reading import ask_progress, offences
from stories.reading.facets import BY_NAME
from stories.reading.filters import StoryFilter
from stories.reading.patterns import get_patterns, pattern_of
from stories.reading.search import words
from stories.reading.search.terms import STOP_WORDS, Term

# How much more a word says in a title, and in what a page is about, than in its running text.
_IN_TITLE, _IN_ABOUT, _IN_TEXT = 9, 3, 1


@dataclass(frozen=True)
class Entry:
    """One thing to find; `also` is searched and not shown, `tail` shown after the title and not searched.

    What people type leads to it by any of its `keys`, which are addresses in English. `lang` where its words are in
    one language on every page.
    """

    url: str
    title: str
    about: str = ""
    text: str = ""
    also: str = ""
    tail: str = ""
    keys: tuple[str, ...] = ()
    lang: str = ""

    @cached_property
    def _parts(self) -> list[tuple[int, str, str]]:
        """What a word says in each part, and the part's stems in their order and its words whole."""
        texts = {_IN_TITLE: (self.title,), _IN_ABOUT: (self.about, self.also), _IN_TEXT: (self.text,)}
        read = [(value, *words.search_document(*parts)) for value, parts in texts.items()]
        return [(value, f" {' '.join(stems)} ", f" {' '.join(whole)} ") for value, stems, whole in read]

    def value(self, term: Term) -> int:
        """What it says that the term stands here: as a word, a phrase or the beginning of a word."""
        sought = f" {term.tokens[0]}" if term.is_beginning else f" {' '.join(term.tokens)} "
        held = (value for value, *texts in self._parts if sought in texts[term.is_beginning])
        return next(held, 0)


# What is typed, as words in their order or as stems in any, and the keys of the entries that it leads to, best first.
Leads = dict[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class SearchIndex:
    """Every entry in one language, where what people type leads, and the words that the site itself says."""

    entries: tuple[Entry, ...]
    leads: Leads

    @cached_property
    def vocabulary(self) -> tuple[list[str], list[str]]:
        """The words by which people look for something, and those that the site says: each of four letters or more."""
        sought = [*(entry.title for entry in self.entries), *_PLACES["towns"], *_PLACES["names"]]
        sought += [typed for lead in _TYPED for typed in lead["typed"]]
        said = [text for entry in self.entries for text in (entry.about, entry.also, entry.text)]
        found = ({run[0].casefold() for text in texts for run in words.split_words(text)} for texts in (sought, said))
        first, second = (sorted(word for word in each if len(word) > 3 and word.isalpha()) for each in found)
        return first, second


def search_index() -> SearchIndex:
    return snapshot.cached(("site-search", get_language()), _index)


def _index() -> SearchIndex:
    found: dict[str, Entry] = {}
    for entry in _entries():
        # What comes first is kept: a pattern is a page too.
        found.setdefault(entry.keys[0], entry)
    own = {stems_of(entry.title): entry.keys for entry in found.values()}
    return SearchIndex(tuple(found.values()), own | _leads())


def _entry(path: str, title: str, about: str, **more: Any) -> Entry:
    """What stands at an address in English."""
    return Entry(addresses.address_of_link(path), title, about, **{"keys": (path,)} | more)


def _entries() -> Iterator[Entry]:
    names = named_lists.get_named_lists()
    for pattern in get_patterns():
        keys = (f"/patterns/{pattern.slug}/", *(f"/stories/?theme={theme}" for theme in pattern.themes))
        also = ", ".join(names.themes[theme] for theme in pattern.themes if theme in names.themes)
        tail = f" ({also}{_how_many(pattern.wanted(names))})"
        yield _entry(keys[0], pattern.title, pattern.sentence, also=also, tail=tail, keys=keys, lang=ENGLISH)
    yield from _page_entries()
    for path, part in PARTS.items():
        yield _entry(path, gettext(part["title"]), gettext(part["about"]))
    for code, language in settings.LANGUAGES:
        if code != get_language():
            home, about = addresses.path_in_language("/", code), str(get_language_info(code)["name_translated"])
            yield Entry(home, language, about, keys=(home,))
    yield from _list_entries(names)
    for law in offences.all_offences():
        yield _entry(law.path, law.called, f"{law.covers} {law.statute}")
    for ask in ask_progress.get_asks():
        yield _entry(f"/asks/{ask.slug}/", ask.sentence, ask.whom, lang=ENGLISH)
    for force in names.forces.values():
        yield _entry(f"/forces/{force.id}/", force.name, f"{force.where} {force.about}".strip())
    for line in lines_for("all"):
        reach = line["phone"] or line["text_number"] or line["address"]
        more = {"tail": f": {reach}", "keys": (f"/get-help/#{line['name']}",), "lang": line["lang"]}
        yield _entry("/get-help/", line["name"], line["about"], also=reach, **more)


_LISTED_BY = ("theme", "outcome", "demand", "mentions", "says", "responded", "nation", "region", "year")


def _list_entries(names: NamedLists) -> Iterator[Entry]:
    """Every list of stories by one choice, unless it is empty or has a pattern."""
    for facet in (BY_NAME[name] for name in _LISTED_BY):
        for slug, title in facet.options(names).items():
            wanted, has_page = StoryFilter.of(names, **{facet.name: slug}), facet.name == "theme" and pattern_of(slug)
            if wanted.count() and not has_page:
                yield _entry(f"/stories/?{facet.name}={slug}", str(title), str(facet.label), tail=_how_many(wanted))


def _how_many(wanted: StoryFilter) -> str:
    number = wanted.count()
    return ": " + ngettext("%(number)s story", "%(number)s stories", number) % {"number": number}


# Of any other block nothing is read, whatever it may come to hold.
READ_BLOCKS = {"heading", "text", "notice", "steps", "picture_line", "table", "quote"}
# And of a session, and of the card.
READ_BLOCKS |= {"step", "question", "words", "part", "saying"}
# More of one page than anybody writes, so that no page makes every search slow.
LONGEST = 30_000


def _page_entries() -> Iterator[Entry]:
    models = (model for model in get_page_models() if issubclass(model, EditorsPage))
    for page in (each for model in models for each in model.objects.using(snapshot.public_reads()).live().order_by()):
        text = " ".join(text for name in page.words_in for text in _field_texts(getattr(page, name, "")))
        more = {"text": " ".join(text.split())[:LONGEST], "also": page.seo_title, "lang": page.language or ENGLISH}
        about = f"{page.search_description} {getattr(page, 'intro', '')}".strip()
        yield _entry(fixed_pages.address(page), page.title, about, **more)


def _field_texts(value: str | StreamValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    blocks = [(each.block, each.value) for each in value if each.block_type in READ_BLOCKS]
    return [text for block, held in blocks for text in block.get_searchable_content(held)]


# What people type for what the site calls otherwise, and where each leads.
_TYPED = tables.read(__file__, "typed.toml")["lead"]
_PLACES = json.loads((settings.ROOT / "stories/data/towns.json").read_text(encoding="utf-8"))
ALONE, _NOT = "alone", words.stem_word("not")


@cache
def _leads() -> Leads:
    """Forces by town and by the names that people use, and everything else by other words than ours."""
    places = {**_PLACES["towns"], **_PLACES["names"]}
    found = {whole_words(name): tuple(f"/forces/{force}/" for force in forces) for name, forces in places.items()}
    for lead in _TYPED:
        for typed in lead["typed"]:
            key = stems_of(typed)
            # *The met* is the police, and *we met* isn't: one word of several leads only by itself.
            key = (ALONE, *key) if len(key) == 1 and len(whole_words(typed)) > 1 else key
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *lead["to"])))
    return found


def stems_of(text: str) -> tuple[str, ...]:
    """What a text says, as stems in no order: stop words are left out, where it has others; *didn't* says *not*."""
    found = {words.raw_word(run[0]): words.stem_word(run[0]) for run in words.split_words(text)}
    said = {stem for raw, stem in found.items() if raw not in STOP_WORDS}
    denied = {_NOT for raw in found if raw.endswith("nt") and raw in STOP_WORDS}
    return tuple(sorted(said | denied or found.values()))


def whole_words(text: str) -> tuple[str, ...]:
    """The words as they are and in their order: *Reading* is a town, and *read* is none."""
    return tuple(words.raw_word(run[0]) for run in words.split_words(text))
