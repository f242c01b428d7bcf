"""Find a page as the tests name it: by its slug."""

from wagtail.models import Page


def page_at(slug):
    """The page at that slug, as its own type."""
    return Page.objects.get(slug=slug).specific
