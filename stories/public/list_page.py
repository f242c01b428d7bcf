"""What the page of a list of stories shows."""

from typing import Any

from django.conf import settings

from stories.public import filter_form, openings
from stories.public.filters import StoryFilter
from stories.public.finding import Found

# The same stories to take away: what each file is called, and where it stands.
FILES = (("CSV", "/stories.csv"), ("JSON", "/stories.json"), ("Atom", "/stories.atom"))


def context(wanted: StoryFilter, found: Found) -> dict[str, Any]:
    """What `story_list.html` reads."""
    return {
        "filter": wanted,
        "found": found,
        "tags": wanted.tags(),
        "groups": filter_form.groups(wanted, found),
        "openings": openings.worded(found.stories, wanted.names),
        "is_first_page": wanted.is_first_page,
        "is_empty": wanted.is_first_page and not (wanted.is_on or found.count),
        "newer_url": found.newer and wanted.url(after=found.newer),
        "older_url": found.older and wanted.url(before=found.older),
        "canonical_url": f"{settings.BASE_URL}{wanted.page_url()}",
        "feed_url": wanted.url("/stories.atom"),
        "files": [(name, wanted.url(path)) for name, path in FILES],
        "is_unlisted": wanted.how_many > 1 or bool(wanted.q or wanted.unknown),
    }
