"""English at /, Welsh at /cy/: the address alone says which, in Welsh one stays in Welsh, and no trace is left."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from campaign import site_chrome
from campaign.models import HelpLine
from stories.core import addresses, snapshot
from stories.models import Submission
from tests import factories
from tests.site.heard.addresses import client
from tests.stories.intake.visiting import WelshVisitor

pytestmark = pytest.mark.django_db
# Pages of which a contributor's words are no part, so that a way to the other language costs nothing.
WITH_A_WAY_OVER = ["/", "/tell/", "/return/", "/stories/", "/forces/kent/", "/get-help/", "/news/"]
WAY_OF_TELLING = ["/tell/", "/tell/form/", "/tell/leaving/", "/return/", "/take-down/"]
WAY_OF_TELLING += ["/tell/under-18/", "/tell/under-18/helping/"]


def page(path, **headers):
    return client().get(path, headers=headers)


def text(path, **headers):
    return page(path, **headers).content.decode()


def links(html):
    """Where the links and forms of a page lead on this site, but for files."""
    return [
        url
        for url in re.findall(r'<(?:a|form)\b[^>]*(?:href|action)="(/[^"]*)"', html)
        if "/static/" not in url and not re.search(r"\.(?:atom|csv)\b", url)
    ]


def test_browser_that_asks_for_welsh_gets_what_the_address_says():
    assert '<html lang="en-gb">' in text("/tell/", **{"accept-language": "cy"})
    assert '<html lang="cy">' in text("/cy/tell/", **{"accept-language": "en"})


def test_welsh_page_sets_no_cookie_varies_by_no_language_and_leads_on_in_welsh(queue_key):
    for path in (*WITH_A_WAY_OVER, *WAY_OF_TELLING):
        answer = page(f"/cy{path}")

        assert answer.status_code == 200, path
        assert not answer.cookies, path
        assert not re.search("cookie|language", answer.headers.get("Vary", "").lower()), path
        led_away = {url for url in links(answer.content.decode()) if not url.startswith("/cy/")}
        assert led_away - {path} == set(), path


def test_nothing_stands_under_welsh_that_has_no_language():
    for path in ("/cy/admin/", "/cy/healthz/", "/cy/static/css/base.css", "/cy/robots.txt", "/de/tell/"):
        assert page(path).status_code == 404, path


def test_lost_slash_is_given_back_in_the_language_that_was_asked_for():
    assert page("/cy/tell").headers["Location"] == "/cy/tell/"
    assert page("/cy").headers["Location"] == "/cy/"


def test_thread_speaks_english_again_after_a_welsh_page():
    page("/cy/tell/")

    assert translation.get_language() == "en-gb"


def test_address_names_its_language_and_its_english_twin():
    for path, code, english in (("/cy/tell/", "cy", "/tell/"), ("/cy/", "cy", "/"), ("/cy", "cy", "/")):
        assert (addresses.language_of(path), addresses.path_in_english(path)) == (code, english), path
    assert (addresses.language_of("/cyfraith/"), addresses.path_in_english("/cyfraith/")) == ("en-gb", "/cyfraith/")


def test_story_is_read_in_welsh_with_its_own_words_marked_as_english():
    story = factories.live_story()

    html = text(f"/cy/stories/{story.slug}/")

    assert '<h1 class="display" lang="en-GB">' in html
    assert '<div class="story__text" lang="en-GB">' in html
    assert f'<link rel="canonical" href="{settings.BASE_URL}/cy/stories/{story.slug}/">' in html
    assert f"{settings.BASE_URL}/stories/{story.slug}/</a>" in html


def test_page_of_editors_says_that_its_words_are_english():
    assert re.search(r'<h1 lang="en-GB">[^<]+</h1>', text("/cy/privacy/"))
    assert "in English only" not in text("/privacy/")
    assert ' lang="en-GB"' not in text("/privacy/").replace('hreflang="en-GB"', "")


def test_somebody_tells_in_welsh_from_the_first_page_to_the_code(queue_key):
    visitor = WelshVisitor()

    code = visitor.tell()

    submission = Submission.objects.get()
    assert code
    assert submission.language == "cy"
    assert '<html lang="cy">' in visitor.page
    assert 'action="/cy/tell/form/"' in visitor.check()
    assert 'action="/cy/return/"' in visitor.come_back(code)


def test_words_of_a_welsh_form_come_back_where_there_is_no_form():
    answer = client().post("/cy/tell/dim-byd/", {"account": "Ffoniais 101."})

    html = answer.content.decode()
    assert "Ffoniais 101." in html
    assert 'action="/cy/tell/form/"' in html
    assert '<html lang="cy">' in html


def test_first_reader_in_welsh_makes_an_edition_that_reads_in_english():
    snapshot.start_over()
    snapshot.forget_snapshot()

    text("/cy/stories/")

    assert site_chrome.site_chrome()["menu"][0] == {"title": "Stories", "url": "/stories/", "lang": ""}


def test_page_leads_to_its_other_language_but_not_beside_typed_words_or_a_code(queue_key):
    for path in WITH_A_WAY_OVER:
        assert f'<a href="/cy{path}" hreflang="cy" lang="cy">Cymraeg</a>' in text(path), path
        assert f'<a href="{path}" hreflang="en-GB" lang="en-GB">English</a>' in text(f"/cy{path}"), path
    for path in ("/tell/form/", "/take-down/", "/tell/under-18/"):
        assert "hreflang" not in text(path) + text(f"/cy{path}"), path
    assert "hreflang" not in client().post("/return/", {"code": "0000-0000-0000-0000"}).content.decode()


def test_help_line_and_menu_speak_the_pages_language_or_english_where_welsh_has_gaps():
    with translation.override("cy"):
        given = site_chrome.site_chrome()
        HelpLine.objects.filter(name="Childline").update(hours_text_cy="")
        snapshot.invalidate()
        snapshot.forget_snapshot()
        later = site_chrome.site_chrome()

    lines = (each["help_lines"] for each in (given, later))
    childline, half = (next(line for line in each if line["name"] == "Childline") for each in lines)
    assert childline["about"].startswith("I bobl dan 18")
    assert childline["hours"] == "Ar unrhyw adeg"
    assert {"title": "Help a hawliau", "url": "/cy/get-help/", "lang": ""} in given["menu"]
    assert half["about"].startswith("For under 18s")
    assert half["lang"] == "en-GB"


def test_welsh_page_says_in_one_line_what_is_english_and_lists_what_is_welsh():
    english = "mae testun y dudalen hon yn Saesneg"
    for path, is_english in {"/the-law/": True, "/asks/": True, "/get-help/": False, "/stories/": False}.items():
        page = text(f"/cy{path}")
        banner = page.split('<aside class="banner')[1].split("</aside>")[0]

        assert page.count('<aside class="banner') == 1
        assert (english in banner) is is_english, path
        for part in ("Straeon", "Beth welson ni", "27 o 27", "Angen newid"):
            assert part in banner, path
        assert "<a " not in banner


def test_every_starting_help_line_has_its_welsh():
    assert list(HelpLine.objects.filter(about_cy="") | HelpLine.objects.filter(hours_text_cy="")) == []
