"""Find a page as the tests name it: by its slug, or as a reader sees it."""

from django.urls import reverse
from wagtail.models import Page

from tests.site.heard import addresses


def page_at(slug):
    """The page at that slug, as its own type; of two the one further up."""
    return Page.objects.filter(slug=slug).earliest("depth").specific


def edit_address(page):
    """Where an editor changes it."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def words_at(reader, address):
    """What stands at a public address in the edition now, as HTML."""
    addresses.forget()
    return reader.get(address, secure=True).content.decode()
