"""The newest stories of a filter as an Atom feed (RFC 4287): well-formed, whatever stands in a story.

It carries titles and first lines. A feed reader keeps what it was given, and nobody can take a story back there.
"""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import gettext as _

from stories import lifecycle
from stories.models import Story
from stories.public import atom, finding
from stories.public.figures import in_words
from stories.public.finding import Found
from stories.public.open_data import links, story_json, terms
from stories.public.open_data.asking import Asked
from stories.public.open_data.fields import IN_FEED, Field
from stories.public.open_data.rows import Rows, Value


def find(asked: Asked) -> Found:
    return finding.find(asked.wanted, whole=True)


def rels(asked: Asked, found: Found) -> dict[str, str]:
    """The feed's own links; the paging ones are RFC 5005's."""
    return {
        "alternate": asked.link("/stories/"),
        "first": asked.link(links.ATOM),
        "previous": found.newer and asked.link(links.ATOM, after=found.newer),
        "next": found.older and asked.link(links.ATOM, before=found.older),
    }


def of(asked: Asked, found: Found, *, itself: str) -> bytes:
    """The feed as a file; `itself` is its address."""
    feed = atom.feed(
        name=f"{settings.BASE_URL}{asked.wanted.url(links.ATOM)}",
        title=f"{atom.site()} – {story_json.title(asked)}",
    )
    atom.text(feed, "subtitle", in_words.caution())
    atom.text(feed, "updated", _moment(max(map(_changed, found.stories), default=lifecycle.today())))
    # Nobody who told or agreed a story is named.
    atom.author(feed, atom.site())
    atom.text(feed, "rights", terms.in_a_row())
    atom.link(feed, "self", itself, atom.KIND)
    for rel, url in {**rels(asked, found), "license": terms.words().url}.items():
        if url:
            atom.link(feed, rel, url, "text/html" if rel in ("alternate", "license") else atom.KIND)
    rows = Rows(asked.wanted.names, IN_FEED)
    for story in found.stories:
        _entry(atom.add(feed, "entry"), story, rows)
    return atom.written(feed)


def tag(story: Story) -> str:
    """A name for good, by RFC 4151: our host, the month it went live, its slug. A correction changes none of them."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},{story.month:%Y-%m}:{story.slug}"


def _entry(entry: Element, story: Story, rows: Rows) -> None:
    values = rows.values(story)
    atom.text(entry, "id", tag(story))
    atom.text(entry, "title", str(values["title"] or _("A story without a title")))
    atom.text(entry, "updated", _moment(_changed(story)))
    atom.text(entry, "published", _moment(story.month))
    atom.link(entry, "alternate", str(values["url"]), "text/html")
    atom.text(entry, "summary", str(values["opening"]))
    for field in rows.fields:
        if field.facet:
            _categories(entry, field, values[field.name], rows)


def _categories(entry: Element, field: Field, value: Value, rows: Rows) -> None:
    options = field.options(rows.names)
    for slug in _each(value):
        marks = {"term": slug, "scheme": links.dictionary(field.name), "label": str(options.get(slug, slug))}
        atom.add(entry, "category", marks)


def _each(value: Value) -> Iterable[str]:
    return value if isinstance(value, list) else [value] if value else []


def _changed(story: Story) -> date:
    return story.edited_month or story.month or lifecycle.today()


def _moment(month: date | None) -> str:
    """The first moment of a month: nothing finer is public."""
    return atom.moment((month or lifecycle.today()).replace(day=1))
