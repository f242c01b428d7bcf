"""What the page of a list of stories shows."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from stories.public import filter_form, openings
from stories.public.filters import StoryFilter
from stories.public.finding import Found
from stories.public.search import terms
from stories.public.search.terms import Search

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# The same stories to take away: what each file is called, and where it stands.
FILES = (("CSV", "/stories.csv"), ("JSON", "/stories.json"), ("Atom", "/stories.atom"))

# What of a search wasn't read as it was typed.
_NOTES = {
    terms.TOO_LONG: gettext_lazy("Only the first 200 characters were searched for."),
    terms.STAR: gettext_lazy("A star stands at the end of a single word; elsewhere we left it out."),
    terms.TOO_MANY: gettext_lazy("Only the first 20 words were searched for, and the first six phrases."),
    terms.TOO_SHORT: gettext_lazy(
        "A beginning needs three letters or more before the star, so we looked for the whole word."
    ),
    terms.NOTHING: gettext_lazy("There is no word in what you searched for."),
}


def context(wanted: StoryFilter, found: Found) -> dict[str, Any]:
    """What `story_list.html` reads."""
    search = terms.read(wanted.q)
    return {
        "filter": wanted,
        "search_notes": notes(search),
        "found": found,
        "tags": wanted.tags(),
        "groups": filter_form.groups(wanted, found),
        "openings": openings.worded(found.stories, wanted.names, search=search if wanted.q else None),
        "is_first_page": wanted.is_first_page,
        "is_empty": wanted.is_first_page and not (wanted.is_on or found.count),
        "newer_url": found.newer and wanted.url(after=found.newer),
        "older_url": found.older and wanted.url(before=found.older),
        "canonical_url": f"{settings.BASE_URL}{wanted.page_url()}",
        "feed_url": wanted.url("/stories.atom"),
        "files": [(name, wanted.url(path)) for name, path in FILES],
        "is_unlisted": wanted.how_many > 1 or bool(wanted.q or wanted.unknown),
    }


def notes(search: Search) -> list["StrPromise"]:
    """What of a search wasn't read as it was typed, in words."""
    return [_NOTES[note] for note in search.notes]
