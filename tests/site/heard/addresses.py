"""Every address of the public side, read from the URL conf, and what stands behind each while a test looks."""

import io
from pathlib import Path

import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from campaign import fixed_pages
from heard.middleware.admin import ADMIN_PATH
from stories.core import snapshot
from stories.core.lifecycle import today
from stories.intake import retention
from stories.models import ReleasedFigures
from stories.reading import patterns
from stories.reading.export import requests
from tests import factories
from tests.conftest import NOW
from tests.factories import forget
from tests.site.campaign import asking

HOST = "heard.example"
# Stands for the slug of the one live story, which is random and can't be chosen.
SLUG = "SLUG"
_live = {}
# The quarter that a story goes live in today, and figures that could have been released for it.
QUARTER = f"{today().year}-Q{(today().month + 2) // 3}"
FIGURES = {"received": 40, "decided": {"cells": {"agreed": 15, "counted": "few"}, "total": 35}, "weeks": 3}
FIGURES |= {"alike": ">95"}
# The sentence of the live story that its page marks, and that a picture shows.
PASSAGE = "It was three weeks before anybody rang."
# What a pattern with a gap in it stands for; a new one without an example here fails a test.
EXAMPLES = {
    "stories/<slug:slug>/": f"/stories/{SLUG}/",
    "stories/<slug:slug>/share.png": f"/stories/{SLUG}/share.png",
    "stories/<slug:slug>/quote-<slug:name>.png": f"/stories/{SLUG}/quote-{patterns.passage_name(PASSAGE)}-wide.png",
    "forces/<slug:force_id>/": "/forces/kent/",
    "forces/<slug:force_id>/sheet/": "/forces/kent/sheet/",
    "forces/<slug:force_id>/answers.atom": "/forces/kent/answers.atom",
    "asks/<slug:slug>.atom": "/asks/teach-them-all.atom",
    "what-we-hear/<slug:name>/": "/what-we-hear/forces/",
    **{f"what-we-hear/<slug:name>.{kind}": f"/what-we-hear/forces.{kind}" for kind in ("csv", "png", "svg")},
    "sitemap-stories-<int:number>.xml": "/sitemap-stories-1.xml",
    "open-data/heard-<slug:quarter>.zip": requests.quarter_path(QUARTER),
    "^media/images/(?P<name>[\\w-][\\w.-]*)$": "/media/images/seen.png",
    "^((?:[\\w\\-]+/)*)$": "/",
    "asks/<slug:slug>/": "/asks/teach-them-all/",
    "actions/<slug:slug>/<slug:name>.png": "/actions/teach-them/code.png",
    "^(?P<path>(?:[\\w-]+/)*)share\\.png$": "/news/how-heard-works/share.png",
}
# The same views answer under /cy/; a few stand for all.
IN_WELSH = ["/cy/", "/cy/tell/", "/cy/tell/form/", "/cy/return/", f"/cy/stories/{SLUG}/", "/cy/get-help/"]
# What else a browser meets at the public address: each is (method, path, what is posted).
ERRORS = {
    "no such page": ("GET", "/no-such-page/", {}),
    "no such story": ("GET", "/stories/0123456789ab/", {}),
    "a form that nobody takes": ("POST", "/stories/", {"account": "Nobody rang."}),
    "a method that nobody takes": ("DELETE", "/stories/", {}),
    "another host": ("GET", "/stories/", {"HTTP_HOST": "elsewhere.example"}),
    "a lost slash": ("GET", "/stories", {}),
    "a static file": ("GET", "/static/css/base.css", {}),
}


def routes():
    """Each public route of the URL conf as it is written there."""
    found = list(_walk(get_resolver().url_patterns, ""))
    return [route for route in found if not f"/{route}".startswith(ADMIN_PATH)]


def public_paths():
    """One path for each public route, and for each page that other pages lead to."""
    paths = [EXAMPLES.get(route, f"/{route}") for route in routes()]
    pages = [*(f"/{slug}/" for slug in fixed_pages.FIXED_SLUGS), "/the-law/officers-card/"]
    return sorted(set(paths + pages + IN_WELSH))


def client(**defaults):
    browser = Client(headers={"host": HOST}, raise_request_exception=False, **defaults)
    browser.defaults["wsgi.url_scheme"] = "https"
    return browser


def lay():
    """A site with its pages, a picture and one live story, and nothing late."""
    call_command("starting_pages", stdout=io.StringIO())
    words = {"text": f"{factories.FIELDS['text']}\n\n{PASSAGE}"}
    _live["slug"] = factories.live_story(consent_quote=True, fields=words).slug
    asking.action()
    release()
    picture = Path(settings.MEDIA_ROOT) / "images" / "seen.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(b"a picture")
    retention.run_retention()
    snapshot.invalidate()
    forget()


def collect_static(settings, folder):
    """Have the static files of a release in this folder, and serve them from there."""
    settings.STATIC_ROOT = folder
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "heard.storage.StaticFilesStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)


def release():
    """Figures of this quarter, without which there is no file of it."""
    ReleasedFigures.objects.create(quarter=QUARTER, figures=FIGURES)


def gathered(look):
    """Return `look()` at a site that is laid for the purpose, on the tests' day, and gone afterwards."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        lay()
        seen = look()
        transaction.set_rollback(True)
    forget()
    return seen


def ask(name, **headers):
    """The answer to a public path, or to one of `ERRORS` by its name."""
    method, path, more = ERRORS.get(name, ("GET", name.replace(SLUG, _live.get("slug", "")), {}))
    if method == "POST":
        return client().post(path, more, headers=headers)
    response = client(**more).generic(method, path, headers=headers)
    # With all that was sent, as a browser would: an answer in pieces that nobody reads to its end stays open.
    if response.streaming:
        response.streaming_content = [b"".join(response)]
    return response


def _walk(patterns, before):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _walk(pattern.url_patterns, route)
