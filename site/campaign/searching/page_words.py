"""The words of the editors' pages, for search: what they wrote themselves, and never a passage of a story.

A story goes down and its words go everywhere, so none may come in here: the blocks that are read stand in a list.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from campaign import fixed_pages
from campaign.models.pages import EditorsPage

# Of any other block nothing is read, whatever it may come to hold.
READ = frozenset(
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
_COLUMNS = ("url_path", "title", "seo_title", "search_description")


@dataclass(frozen=True)
class PageWords:
    """A live page: where it stands in English, what it is called here and elsewhere, what it is about, and its text."""

    address: str
    title: str
    title_elsewhere: str
    about: str
    introduction: str
    text: str


def read() -> list[PageWords]:
    """Every live page, in one query."""
    models = [model for model in get_page_models() if issubclass(model, EditorsPage)]
    width = max(len(model.words_in) for model in models)
    first, *others = (_rows(model, width) for model in models)
    return [_page(*row) for row in first.union(*others, all=True)]


def _rows(model: type[EditorsPage], width: int) -> QuerySet[Any, Any]:
    """Each with as many columns as any other: a union asks for that."""
    wanted = ["intro", *model.words_in, *[""] * (width - len(model.words_in))]
    words = {f"words_{at}": _column(model, name) for at, name in enumerate(wanted)}
    live = model.objects.using(settings.PUBLIC_READS).live().order_by()
    return live.annotate(**words).values_list(*_COLUMNS, *words)


def _column(model: type[EditorsPage], name: str) -> Combinable:
    fields = {field.name: field for field in model._meta.concrete_fields}
    if name not in fields:
        return Value("", output_field=TextField())
    text = Cast(name, TextField())
    # A space stands before plain words, so that none of them is read as a stream: "[{force}] Dear chief constable".
    return text if isinstance(fields[name], StreamField) else Concat(Value(" ", output_field=TextField()), text)


def _page(path: str, title: str, seo_title: str, description: str, intro: str, *fields: str) -> PageWords:
    told = " ".join(words for field in fields for words in _of_field(field))
    return PageWords(
        fixed_pages.address_at(path), title, seo_title, description, intro.strip(), " ".join(told.split())[:LONGEST]
    )


def _of_field(value: str) -> Iterator[str]:
    """Plain text as it is; of a stream, its blocks."""
    if value.startswith("["):
        yield from _of_blocks(json.loads(value))
    else:
        yield value


def _of_blocks(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        if block["type"] in READ:
            yield from _words(block["value"])


def _words(value: Any) -> Iterator[str]:
    """Every text within a value; of a list or a table each by itself."""
    if isinstance(value, str):
        yield html.unescape(_TAG.sub("", _END.sub(" ", value)))
    elif isinstance(value, list):
        for each in value:
            yield from _words(each["value"] if isinstance(each, dict) and "value" in each else each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in ("id", "type", "url"):
                yield from _words(each)
