"""English at /, Welsh at /cy/: the address alone says which, in Welsh one stays in Welsh, and no trace is left.

Welsh that a computer made says so on every page, until a named person has checked exactly these words.
"""

import re

import pytest
from django.conf import settings
from django.utils import translation

from campaign import site_chrome
from campaign.models import HelpLine
from heard import translation_credit
from stories.core import addresses, snapshot
from stories.intake import other_languages
from stories.models import Submission
from tests import factories
from tests.site.heard.addresses import client
from tests.site.heard.test_catalogue import bare_words
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
    urls = re.findall(r'<(?:a|form)\b[^>]*(?:href|action)="(/[^"]*)"', html)
    return [url for url in urls if not re.search(r"/static/|\.(?:atom|csv)\b", url)]


def test_address_says_the_language_whatever_the_browser_asks_for():
    assert '<html lang="en-gb">' in text("/tell/", **{"accept-language": "cy"})
    assert '<html lang="cy">' in text("/cy/tell/", **{"accept-language": "en"})
    assert translation.get_language() == "en-gb"
    # A lost slash is given back in the language that was asked for.
    assert page("/cy/tell").headers["Location"] == "/cy/tell/"
    assert page("/cy").headers["Location"] == "/cy/"
    for path in ("/cy/admin/", "/cy/healthz/", "/cy/static/css/base.css", "/cy/robots.txt", "/de/tell/"):
        assert page(path).status_code == 404, path


def test_welsh_page_leads_on_in_welsh_without_a_cookie_and_says_a_computer_wrote_it(queue_key):
    assert not translation_credit.is_checked("cy")
    for path in (*WITH_A_WAY_OVER, *WAY_OF_TELLING):
        answer = page(f"/cy{path}")

        assert answer.status_code == 200, path
        assert NOTE in answer.content.decode(), path
        assert NOTE not in text(path), path
        assert not answer.cookies, path
        assert not re.search("cookie|language", answer.headers.get("Vary", "").lower()), path
        led_away = {url for url in links(answer.content.decode()) if not url.startswith("/cy/")}
        assert led_away - {path} == set(), path


def test_address_names_its_language_and_its_english_twin():
    for path, twin in {"/cy/tell/": "/tell/", "/cy/": "/", "/cy": "/", "/cyfraith/": "/cyfraith/"}.items():
        language = "en-gb" if path == twin else "cy"
        assert (addresses.language_of(path), addresses.path_in_english(path)) == (language, twin), path


def test_words_of_a_story_and_of_editors_are_marked_as_english_on_a_welsh_page():
    story = factories.live_story()

    html = text(f"/cy/stories/{story.slug}/")

    assert '<h1 class="display" lang="en-GB">' in html
    assert '<div class="story__text" lang="en-GB">' in html
    assert f'<link rel="canonical" href="{settings.BASE_URL}/cy/stories/{story.slug}/">' in html
    assert f"{settings.BASE_URL}/stories/{story.slug}/</a>" in html
    assert re.search(r'<h1 lang="en-GB">[^<]+</h1>', text("/cy/privacy/"))
    assert "in English only" not in text("/privacy/")
    assert ' lang="en-GB"' not in text("/privacy/").replace('hreflang="en-GB"', "")


def test_somebody_tells_in_welsh_to_the_code_and_words_come_back_without_a_form(queue_key):
    visitor = WelshVisitor()

    code = visitor.tell()

    submission = Submission.objects.get()
    assert code
    assert submission.language == "cy"
    assert '<html lang="cy">' in visitor.page
    assert 'action="/cy/tell/form/"' in visitor.check()
    assert 'action="/cy/return/"' in visitor.come_back(code)
    html = client().post("/cy/tell/dim-byd/", {"account": "Ffoniais 101."}).content.decode()
    for piece in ("Ffoniais 101.", 'action="/cy/tell/form/"', '<html lang="cy">'):
        assert piece in html, piece


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
    assert list(HelpLine.objects.filter(about_cy="") | HelpLine.objects.filter(hours_text_cy="")) == []
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


NOTE = "Cyfrifiadur ysgrifennodd y geiriau hyn"
# What is the same word in Welsh, or a name; those of help lines and police forces are left out by where they stand.
SAME_IN_BOTH = {"Partner", "Firefox", "Chrome", "Edge", "Safari", "Samsung Internet", "eSafety", "Image Abuse Helpline"}
SAME_IN_BOTH |= {"childline.org.uk, Report Remove", *(own for own, _english in other_languages.NAMES.values())}


@pytest.fixture
def checks(tmp_path, monkeypatch):
    """A folder of languages whose list of checks a test may write; returns what names the words there."""
    words = tmp_path / "cy" / "LC_MESSAGES" / "django.mo"
    words.parent.mkdir(parents=True)
    words.write_bytes(b"geiriau")
    monkeypatch.setattr(translation_credit, "LOCALES", tmp_path)
    translation_credit.is_checked.cache_clear()
    yield lambda written: (tmp_path / "cy" / "checked.toml").write_text(written)
    translation_credit.is_checked.cache_clear()


def test_note_goes_once_a_named_person_has_checked_exactly_these_words(checks):
    words = translation_credit.digest_of_words(b"geiriau")
    for check in ("", '[[check]]\nby = ""\nwords = "{}"\n', '[[check]]\nby = "Alice"\nwords = "of last year"\n'):
        checks(check.format(words))
        assert not translation_credit.was_checked("cy", words), check

    checks(f'[[check]]\nby = "Alice"\non = 2026-12-01\nwords = "{words}"\n')

    assert translation_credit.is_checked("cy")
    assert NOTE not in text("/cy/tell/")


def test_no_words_of_a_telling_page_are_english_in_welsh(queue_key):
    same = SAME_IN_BOTH | set(HelpLine.objects.values_list("name", flat=True))
    for path in WAY_OF_TELLING:
        pages = (re.sub(r"<option.*?</option>", "", text(each), flags=re.S) for each in (path, f"/cy{path}"))
        english, welsh = (set(bare_words(page)) - same for page in pages)

        assert [words for words in english & welsh if "." not in words or " " in words] == [], path
