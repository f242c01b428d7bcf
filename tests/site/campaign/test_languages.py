"""The pages in other languages: one screen each, of words that are true today."""

import html
import re

import pytest
from django.utils.html import strip_tags
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page

from campaign import initial_content, rich_text
from campaign.models import ContentPage, HelpLine
from stories.core import retention_days, snapshot
from stories.intake import other_languages
from tests.site.campaign.asking import page_at

LAID = {page["language"]: page for page in initial_content.initial_data("languages") if "language" in page}
MOST_WORDS, MOST_BYTES = 230, 60_000
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)


@pytest.fixture
def read_here(monkeypatch):
    """Say that two moderators read these languages."""

    def say(*codes):
        snapshot.invalidate()
        monkeypatch.setattr("campaign.blocks.live.languages_read", lambda: frozenset(codes))

    return say


def shown(reader, code):
    return reader.get(f"/languages/{code}/", secure=True).content.decode()


def sentences(code):
    said = next(block["value"] for block in LAID[code]["body"] if block["type"] == "language_read")
    return {name: strip_tags(words) for name, words in said.items()}


def test_there_is_one_page_for_each_language_that_we_name(laid):
    names = [(code, own) for code, (own, _english) in other_languages.NAMES.items()]
    assert [(code, page["title"]) for code, page in LAID.items()] == names
    assert set(ContentPage.objects.exclude(language="").values_list("slug", "language")) == {(c, c) for c in LAID}


def test_each_is_one_short_screen_in_its_language_of_who_helps_and_how_to_call_in_it(laid, reader):
    for code, (_own, english) in other_languages.NAMES.items():
        whole = shown(reader, code)
        main, direction = MAIN.search(whole)[0], "rtl" if code in ("ur", "ar") else "ltr"

        for mark in ("<h1", '<p class="lead"', '<div class="prose"'):
            assert f'{mark} lang="{code}" dir="{direction}">' in whole, (code, mark)
        assert whole.startswith('<!doctype html>\n<html lang="en-gb">'), code
        assert f"<title>{LAID[code]['title']}</title>" in whole, code
        assert len(html.unescape(strip_tags(main)).split()) <= MOST_WORDS, code
        assert len(whole.encode()) <= MOST_BYTES, code
        for link in ("tel:999", "tel:08082000247", "https://stopncii.org/", "/images-online/", "/tell/"):
            assert f'href="{link}"' in main, (code, link)
        for said in (f"{english}, please</span>", f"This page is in {english}. A computer"):
            assert f'<span lang="en-GB" dir="ltr">{said}' in main, (code, said)
        assert "<strong>55</strong>" in main, code
        # Digits as they stand on a telephone.
        assert not re.search(r"[^\D0-9]", strip_tags(main)), code


def test_each_says_whether_somebody_reads_it_and_how_long_it_waits_otherwise(laid, reader, read_here):
    for code in LAID:
        said = sentences(code)
        assert str(retention_days.DAYS_UNDECIDED) in said["unread"], code

        read_here(code)
        read = html.unescape(shown(reader, code))
        read_here(*set(LAID) - {code})
        unread = html.unescape(shown(reader, code))

        assert (said["read"] in read, said["unread"] in read) == (True, False), code
        assert (said["read"] in unread, said["unread"] in unread) == (False, True), code


def test_the_number_of_a_help_line_is_that_of_today_and_goes_with_the_line(laid, reader):
    line = HelpLine.objects.get(name="National Domestic Abuse Helpline")
    line.phone = "0808 157 0000"
    line.save()
    assert 'href="tel:08081570000">0808 157 0000</a>' in MAIN.search(shown(reader, "ur"))[0]

    line.shows = False
    line.save()
    assert line.name not in MAIN.search(shown(reader, "ur"))[0]


def test_they_are_where_people_with_little_english_look_and_no_link_is_dead(laid, reader):
    paths = ("/", "/tell/", "/languages/", "/privacy/")
    ways = {path: reader.get(path, secure=True).content.decode() for path in paths}
    for code, (own, _english) in other_languages.NAMES.items():
        assert all(f'<bdi lang="{code}">{own}</bdi>' in ways[path] for path in ("/", "/tell/")), code
        assert f'href="/languages/{code}/" hreflang="{code}" lang="{code}"' in ways["/languages/"], code
    assert all('href="/languages/"' in each for each in ways.values())

    page_at("gu").unpublish()
    assert "/languages/gu/" not in reader.get("/languages/", secure=True).content.decode()
    Page.objects.get(slug="languages").unpublish()
    assert "/languages/" not in reader.get("/tell/", secure=True).content.decode()


def test_what_people_type_leads_to_their_language(laid, reader):
    typed = {"polish": "pl", "Polski": "pl", "in Romanian": "ro", "punjabi": "pa", "اردو": "ur", "urdu": "ur"}
    typed |= {"português": "pt", "spanish": "es", "العربية": "ar", "বাংলা": "bn", "ગુજરાતી": "gu", "українська": "uk"}
    for words, code in typed.items():
        found = reader.get("/search/", {"q": words}, secure=True).content.decode()
        first = re.search(r'<h3 class="opening__title"><a href="([^"]*)"><span([^>]*)>', found)

        assert first[1] == f"/languages/{code}/", words
        assert f' lang="{code}"' in first[2], words

    assert 'href="/languages/"' in MAIN.search(reader.get("/search/", {"q": "język"}, secure=True).content.decode())[0]


def test_english_words_stay_marked_through_the_editors_form():
    marked = '<span lang="en-GB" dir="ltr">Urdu, please</span>'
    form = ContentstateConverter(features=rich_text.FEATURES)

    kept = form.to_database_format(form.from_database_format(f"<p>کہیں: {marked}</p>"))

    assert marked in kept
    assert marked in rich_text.clean_html(kept)
    assert rich_text.clean_html('<span lang="x" class="loud" dir="rtl">a</span>') == "<span>a</span>"
