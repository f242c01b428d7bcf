"""The styleguide shows every part that the site is made of, and no style is left that nothing wears."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.test.signals import template_rendered
from django.urls import NoReverseMatch, reverse
from PIL import Image

from campaign.brand import palettes
from campaign.models import Picture
from heard import styleguide
from stories.public import edition
from tests import factories
from tests.site.campaign import asking
from tests.site.heard import addresses

ROOT = Path(__file__).resolve().parent.parent.parent.parent
TEMPLATES = ROOT / "templates"
STYLES = sorted(path for path in (ROOT / "site/static/css").glob("*.css") if path.name != "admin_demo.css")
# What is no part of its own: pieces of one page, the head of a page, and what an admin alone includes.
NOT_SHOWN = (
    *(
        "includes/admin_",
        "includes/styleguide_",
        "stories/public/includes/force_",
        "stories/public/includes/story_head",
        "includes/found",
        *(f"campaign/{name}" for name in ("description", "look", "learning/look", "news_feed_link")),
    ),
    *(f"stories/public/figures/{name}" for name in ("answers", "compare", "crossed", "official", "what_we_hear")),
)
PARTS = (
    *("includes", "campaign", "campaign/blocks", "campaign/learning"),
    *("stories/public/includes", "stories/public/figures"),
)
# States of a whole page: the form one part at a time, and the demo.
STATES = {"screens", "demo-banner"}


@pytest.fixture
def furnished(alice, bob):
    """A site that has one of everything that a block can show."""
    factories.live_story(consent_quote=True)
    addresses.release()
    asking.ask(sentence="Publish what officers are taught.")
    drawn = io.BytesIO()
    Image.new("RGB", (600, 400)).save(drawn, "PNG")
    Picture.objects.create(title="A tree", file=SimpleUploadedFile("tree.png", drawn.getvalue()))
    edition.bump()


def shown(query=""):
    """The HTML of the styleguide, and the names of every template that made it."""
    names = set()

    def note(template, **_):
        names.add(template.name)

    template_rendered.connect(note)
    try:
        request = RequestFactory().get(f"/styleguide/{query}", secure=True, headers={"host": addresses.HOST})
        return styleguide.show(request).content.decode(), names
    finally:
        template_rendered.disconnect(note)


def test_it_has_no_address_outside_debug():
    assert not settings.DEBUG
    assert [each.name for each in styleguide.patterns(debug=True)] == ["styleguide"]
    with pytest.raises(NoReverseMatch):
        reverse("styleguide")


@pytest.mark.django_db
@pytest.mark.slow
def test_every_part_is_in_it(furnished):
    _html, names = shown()

    files = [path for part in PARTS for path in (TEMPLATES / part).glob("*.html")]
    parts = {str(path.relative_to(TEMPLATES)) for path in files if "{% extends " not in path.read_text()}
    assert {part for part in parts - names if not part.startswith(NOT_SHOWN)} == set()


@pytest.mark.django_db
@pytest.mark.slow
def test_it_wears_every_style(furnished):
    html, _names = shown()

    worn = {word for words in re.findall(r'class="([^"]*)"', html) for word in words.split()}
    roots = {re.split("__|--", name)[0] for path in STYLES for name in classes(path)}
    assert roots - {re.split("__|--", name)[0] for name in worn} - STATES == set()


@pytest.mark.django_db
@pytest.mark.parametrize("palette", [slug for slug, _words in palettes.PALETTES])
def test_it_changes_its_palette(palette):
    html, _names = shown(f"?palette={palette}")

    assert (f'data-palette="{palette}"' in html) == (palette != palettes.DEFAULT)
    assert f'<a href="?palette={palette}" aria-current="true">' in html


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_every_style_is_worn_by_something(path):
    assert {name for name in classes(path) if not is_worn(name)} == set()


def test_style_that_nothing_wears_is_found():
    assert not is_worn("no-such-style")
    assert is_worn("swatch__colour--brick")


def classes(path):
    """The classes that the selectors of a style sheet name."""
    css = re.sub(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", path.read_text(), flags=re.S)
    selectors = re.findall(r"([^{};]+)\{", css)
    return {name for each in selectors if "@" not in each for name in re.findall(r"\.(-?[A-Za-z][\w-]*)", each)}


def is_worn(name):
    stem = name.rpartition("--")[0]
    return name in WORDS or (bool(stem) and f"{stem}--{{{{" in TEXT)


TEXT = "\n".join(
    path.read_text()
    for place, kind in (("templates", "*.html"), ("site/static/js", "*.js"), ("stories", "*.py"), ("site", "*.py"))
    for path in (ROOT / place).rglob(kind)
)
WORDS = set(re.findall(r"[\w-]+", TEXT))
