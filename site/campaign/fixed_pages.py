"""The pages that the rest of the site leads to: their words may change, their addresses may not."""

from wagtail.models import Page

from stories.core import addresses

FIXED_SLUGS = frozenset(
    {
        *("about", "images-online", "get-help", "your-rights", "the-law", "for-forces", "for-press"),
        *("privacy", "accessibility", "transparency", "news", "learning", "actions", "patterns", "easy-read"),
        "languages",
    }
)
HELP_SLUGS = frozenset({"get-help", "images-online", "your-rights"})
# The page whose children say others in short words; that of /your-rights/ is at /easy-read/your-rights/.
EASY_READ = "/easy-read/"
# Addresses that code answers, or that are kept for what it will answer: a page there could never be reached.
TAKEN_SLUGS = frozenset(
    {
        *("admin", "asks", "cy", "forces", "healthz", "leave", "media", "open-data", "return"),
        *("search", "static", "stories", "take-down", "tell", "what-should-change", "what-we-hear"),
    }
)
HOME_DEPTH, FIXED_DEPTH = 2, 3


def why_not_remove(page: Page) -> str | None:
    """Say why the home page or one that code links to by address can't be deleted, unpublished or moved, or None."""
    if page.depth != HOME_DEPTH and (page.depth != FIXED_DEPTH or page.slug not in FIXED_SLUGS):
        return None
    return (
        f"“{page.title}” can't be deleted, unpublished or moved, because other parts of the site lead to it. "
        "You can change all of its words."
    )


def why_not_at(slug: str, *, depth: int, was: str | None = None) -> str | None:
    """Say why a page at this depth can't have this slug, or None; `was` is the slug it has there in the database."""
    if depth != FIXED_DEPTH or slug == was:
        return None
    if was in FIXED_SLUGS:
        return f"Other parts of the site lead to this page at /{was}/, so its address stays."
    if is_taken(f"/{slug}/"):
        return f"/{slug}/ is already a part of the site. Choose another address."
    return None


def slugs_unseen(page: Page) -> list[str]:
    """The addresses of this page and those above it that aren't public, and so were never looked at for names.

    Readers see them in the address of each public page below.
    """
    return list(page.get_ancestors(inclusive=True).filter(live=False).values_list("slug", flat=True))


def is_taken(path: str) -> bool:
    """True for a path that code answers or will answer, in whatever letters somebody types it.

    A path that begins with a dot is where a server proves whose it is: whoever answers there gets its certificate.
    """
    first = path.split("/")[1].casefold()
    return first in TAKEN_SLUGS or first.startswith(".")


def address(page: Page) -> str:
    """A page's address in English, worked out from the tree: the admin's process has no public addresses to ask."""
    return address_at(page.url_path)


def address_at(url_path: str) -> str:
    """The same for a place in the tree, such as one that a page has left."""
    return "/" + url_path.split("/", 2)[2]


def address_if_live(page: Page | None) -> str:
    """The public address of a page, in the language of the one that leads there; empty where it isn't live."""
    return addresses.path_in_language(address(page)) if page and page.live else ""
