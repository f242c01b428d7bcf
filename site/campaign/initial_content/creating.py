"""Lay the pages, help lines and menu that a new site lacks; what is there already stays as it is."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale, ModelLogEntry, Page, Site

from campaign import fixed_pages, initial_content, models, roles, snapshots
from campaign.quotes import story_quotes
from stories.core import rendering
from stories.models import Theme

# One page, block or row as the JSON tells it.
Told = dict[str, Any]


@transaction.atomic
def create_initial_content() -> list[str]:
    """Make what is missing, and return the titles of the pages made."""
    with snapshots.one_edition():
        home = models.HomePage.objects.first()
        is_new = home is None
        home = home or _lay_home()
        offences = [] if models.Offence.objects.exists() else initial_content.initial_data("offences")
        for order, offence in enumerate(offences, start=1):
            _lay_row(models.Offence, offence, order)
        made = _lay_pages(home, is_new=is_new)
        _lay_help_lines()
        _lay_menu()
    roles.set_up_groups()
    return made


def _lay_home() -> models.HomePage:
    root = Page.get_first_root_node()
    if root is None:
        Locale.objects.get_or_create(language_code="en-gb")
        root = Page.add_root(title="Root", slug="root")
    told = initial_content.initial_data("home")
    home = models.HomePage(slug="heard", **told)
    root.add_child(instance=home)
    # Before Wagtail's welcome page goes, because its site would go with it.
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, home.title
    site.save()
    for welcome in Page.objects.filter(depth=2, slug="home", content_type__app_label="wagtailcore"):
        welcome.delete()
    _keep_this_version(home)
    return home


def _lay_pages(home: models.HomePage, *, is_new: bool) -> list[str]:
    """Children of a page that was there already are left to whoever edits it.

    On a site that readers know already, a page with gaps waits as a draft until somebody has filled them in.
    """
    parents: dict[str, Page] = {"": home}
    made = []
    files = ("pages", "easy_read", "languages")
    for page in (page for name in files for page in initial_content.initial_data(name)):
        parent = parents.get(page.get("parent", ""))
        if parent is None or parent.get_children().filter(slug=page["slug"]).exists():
            continue
        waits = not is_new and bool(gaps_in(page.get("body")))
        parents[page["slug"]] = _lay_page(page, parent, live=not waits)
        made.append(page["title"])
    return made


def _lay_page(page: Told, parent: Page, *, live: bool) -> Page:
    fields = initial_content.model_fields(page, "parent", "model")
    made: Page = apps.get_model("campaign", page.get("model", "contentpage"))(**fields, live=live)
    parent.add_child(instance=made)
    if live:
        _keep_this_version(made)
    else:
        made.save_revision(log_action=True)
    # Sessions and patterns need passages, and a new site has no story: each begins as a draft.
    if live and isinstance(made, models.LearningIndexPage):
        for words in initial_content.initial_data("learning"):
            _lay_draft(made, models.LearningPage(**initial_content.model_fields(words), live=False))
    if live and isinstance(made, models.PatternIndexPage):
        for words in initial_content.initial_data("patterns"):
            _lay_pattern(made, words)
    return made


def _lay_draft(parent: Page, draft: Page) -> None:
    parent.add_child(instance=draft)
    draft.save_revision(log_action=True)


def _lay_pattern(parent: Page, told: Told) -> None:
    """A pattern with what the site has of what it names: a new one has no ask yet."""
    words = {name: told[name] for name in ("slug", "title", "sentence", "guidance")}
    led_to: list[tuple[str, type[models.LearningPage | models.ActionPage | models.Ask]]] = [
        ("session", models.LearningPage),
        ("action", models.ActionPage),
        ("ask", models.Ask),
    ]
    links = {name: model.objects.filter(slug=told[name]).first() for name, model in led_to}
    draft = models.PatternPage(**words, **links, live=False)
    draft.themes = Theme.objects.filter(slug__in=told["themes"])
    draft.offences = models.Offence.objects.filter(slug__in=told["offences"])
    _lay_draft(parent, draft)


def _keep_this_version(page: Page) -> None:
    """Let an editor go back to the words that a page began with."""
    version = page.save_revision(changed=False)
    Page.objects.filter(pk=page.pk).update(live_revision=version, first_published_at=version.created_at)
    # A page's history leads back to no version but one that an entry names, with a change.
    log(instance=page, action="wagtail.create", revision=version, content_changed=True)


def _lay_help_lines() -> None:
    """Lay missing lines. An editor's changes stay: no line is laid that has been here, or whose website has."""
    been_here = set(ModelLogEntry.objects.get_for_model(models.HelpLine).values_list("label", flat=True))
    websites = set(models.HelpLine.objects.values_list("url", flat=True))
    for order, line in enumerate(initial_content.initial_data("help_lines"), start=1):
        if line["name"] in been_here or line["url"] in websites:
            continue
        _lay_row(models.HelpLine, line, order)


def _lay_row(model: type[models.HelpLine | models.Offence], row: Told, order: int) -> None:
    made = model.objects.create(**initial_content.model_fields(row), order=order * 10)
    # The version that a first change can be taken back to, of the row as it is read.
    model.objects.get(pk=made.pk).save_revision(clean=False, log_action="wagtail.create")


def _lay_menu() -> None:
    """Each entry is the path of a part that code makes, with words of its own, or the slug of a page."""
    menu = models.Menu.objects.first() or models.Menu()
    if menu.header or menu.footer:
        return
    told = initial_content.initial_data("menu")
    pages = dict(Page.objects.filter(depth=fixed_pages.FIXED_DEPTH).values_list("slug", "pk"))
    for place in ("header", "footer"):
        there = [name for name in told[place] if "/" in name or name in pages]
        links: list[Told] = [
            {"type": "page", "value": {"page": pages[name], "title": "", "title_cy": told["welsh"][name]}}
            if name in pages
            else {"type": "part", "value": {"part": name, "title": "", "title_cy": ""}}
            for name in there
        ]
        setattr(menu, place, json.dumps(links))
    menu.save()


# The starting pages in which something is left for the charity to write.
PAGES = ("about", "privacy")
_GAP = re.compile(r"\[[^\[\]]{3,}\]")


def gaps_in(value: object) -> list[str]:
    """Each gap in a text, or in lists and streams of them, with its brackets."""
    return _GAP.findall("\n".join(rendering.words_within(value)))


def unfinished_pages() -> Iterator[str]:
    """Say what is left to write, a sentence for each page and setting."""
    pages = {page.slug: page.specific for page in Page.objects.filter(depth=fixed_pages.FIXED_DEPTH, slug__in=PAGES)}
    for slug in PAGES:
        page = pages.get(slug)
        if page is None or not page.live:
            yield f"/{slug}/ isn't public yet."
        elif found := _GAP.findall("\n".join(story_quotes.typed_texts(page))):
            yield f"/{slug}/ has {len(found)} gaps to fill in, from {found[0]} on."
    if not models.Brand.objects.exclude(run_by="").exists():
        yield "Nobody has said who runs this site (Settings, Brand)."


def help_lines_to_call() -> list[str]:
    """The names of help lines that stand as they were laid: nobody here has called them or opened their website."""
    return [line.name for line in models.HelpLine.objects.filter(models.HelpLine.seen) if line.is_as_laid]
