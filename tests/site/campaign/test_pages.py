"""The pages of a site: rich text as it comes out, fixed addresses, and who runs it, said where one asks."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from campaign import fixed_pages, initial_content, rich_text, site_chrome
from campaign.initial_content import creating
from campaign.models import Brand, ContentPage, HelpLine, HomePage, NewsPage
from heard.demo import pages
from stories.core import snapshot
from tests import factories
from tests.site.campaign.asking import page_at, words_at


def test_home_shows_how_the_newest_story_begins_that_may_be_quoted(laid, reader):
    stories = {}
    for title, may_quote in (("The older one", True), ("The newer one", True), ("The one not to be quoted", False)):
        fields = {"title": title, "text": "I rang 101 and waited."}
        stories[title] = factories.submission_at("published", fields=fields, consent_quote=may_quote).story
    snapshot.invalidate()

    words = words_at(reader, "/")

    assert [title for title in stories if title in words] == ["The newer one"]
    for said in ("The newest story", f'href="/stories/{stories["The newer one"].slug}/"', "I rang 101 and waited."):
        assert said in words, said


def test_get_help_folds_most_lines_by_where_and_loses_none(laid, reader):
    words = words_at(reader, "/get-help/").split('id="somebody-to-talk-to"')[1].split("<h2")[0]
    before, first, *folds = words.split("<details")
    in_bsl, in_the_open = first.split("</details>")

    assert "tel:" not in before
    assert "In British Sign Language" in in_bsl
    assert re.findall(r'name"><a[^>]*>(.*?)<', in_bsl) == ["999 BSL", "SignHealth Domestic Abuse Service"]
    shown = re.findall(r'helpline__phone" href="(?:tel|sms):(\d+)"', in_the_open)
    assert shown == ["999", "116123", "85258", "03456000459"]
    assert words.count('<li class="helpline">') == len(site_chrome.site_chrome()["help_lines"])
    where = ["Under 18", "Anywhere in the UK", "England and Wales", "Scotland", "Northern Ireland"]
    where += ["Jersey, Guernsey, Man"]
    assert [re.search(r"summary\">(.*?)<", fold)[1] for fold in folds] == where


def test_news_stands_newest_first_by_the_day_and_in_pages(laid, reader):
    news = page_at("news")
    for title, day in (("The oldest", date(2026, 1, 2)), ("The newest", date(2026, 11, 20))):
        news.add_child(instance=NewsPage(title=title, slug=title[4:], date=day))

    words = words_at(reader, "/news/")

    order = [words.index(title) for title in ("The newest", "said sorry", "How Heard works", "The oldest")]
    assert order == sorted(order)
    assert "20 November 2026" in words
    assert 'href="newest/"' in words
    for number in range(20):
        news.add_child(instance=NewsPage(title=f"Item {number}", slug=f"item-{number}", date=date(2026, 11, 20)))
    pages = [words_at(reader, f"/news/{page}") for page in ("", "?page=2")]
    assert "Older news" in pages[0]
    assert ["How Heard works" in page for page in pages] == [False, True]
    assert [reader.get(f"/news/?page={page}", secure=True).status_code for page in ("3", "far")] == [404, 404]


def test_visitors_have_no_log_in_screen(laid, reader):
    for address in ("/_util/login/", "/_util/authenticate_with_password/1/1/"):
        assert reader.get(address, secure=True).status_code == 404


def address_of(deed, page):
    if deed == "move":
        return reverse("wagtailadmin_pages:move_confirm", args=[page.pk, page_at("news").pk])
    return reverse(f"wagtailadmin_pages:{deed}", args=[page.pk])


@pytest.mark.parametrize("deed", ["delete", "unpublish", "move"])
def test_page_that_the_site_leads_to_stays_alone_and_among_many_which_is_told(deed, editor):
    home, alone, told = HomePage.objects.get(), page_at("get-help"), "because other parts of the site lead to it"
    home.add_child(instance=ContentPage(title="Who we are", slug="who-we-are"))
    pages = [page_at("who-we-are"), page_at("your-rights")]
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", deed])
    query = "&".join(f"id={page.pk}" for page in pages)

    one = editor.post(address_of(deed, alone), follow=True)
    answer = editor.post(f"{many}?{query}", {"chooser": page_at("privacy").pk}, follow=True)

    for each in (one, answer):
        assert told in each.content.decode()
    for page in (alone, *pages):
        kept = page_at(page.slug)
        assert (kept.live, kept.get_parent().specific) == (True, home), page
    if deed != "move":
        superuser = factories.client_of(factories.person("sam", is_superuser=True), unlocked=False)
        superuser.post(address_of(deed, home))
        assert HomePage.objects.get().live


def test_no_page_comes_to_stand_where_code_answers(editor):
    home, page = HomePage.objects.get(), page_at("your-rights").add_child(instance=ContentPage(title="S", slug="tell"))
    many = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={page.pk}"
    copied = {"new_title": "S", "new_slug": "Tell", "new_parent_page": home.pk}

    answers = [
        editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]), follow=True),
        editor.post(many, {"chooser": home.pk}, follow=True),
        editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copied),
        editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copied | {"alias": "on"}),
    ]

    assert all("is already a part of the site" in answer.content.decode() for answer in answers)
    assert not home.get_children().filter(slug__iexact="tell").exists()


def test_every_fixed_page_is_a_starting_one_and_its_address_known_without_asking(laid):
    assert set(Page.objects.filter(depth=3).values_list("slug", flat=True)) == set(fixed_pages.FIXED_SLUGS)
    assert fixed_pages.address(HomePage.objects.get()) == "/"
    assert fixed_pages.address(page_at("how-heard-works")) == "/news/how-heard-works/"


WHO = "Heard is run by the Lantern Trust. We are not the police. No officer reads what you send."


def text_at(reader, address):
    """What a reader sees there, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", words_at(reader, address)))


def test_first_page_says_who_runs_it_and_from_a_form_that_opens_in_a_new_tab(laid, reader):
    Brand.objects.create(run_by="the Lantern Trust")
    foot = words_at(reader, "/return/").split("<footer")[1]

    assert WHO in text_at(reader, "/")
    assert '<a href="/about/">Who we are</a>' in words_at(reader, "/")
    assert 'target="_blank" rel="noopener noreferrer"' in re.search(r'<a href="/about/"([^>]*)>', foot)[1]
    assert "new tab" in foot


def test_new_site_is_told_its_gaps_and_the_demo_marks_its_charity_as_invented(laid, reader):
    said = list(creating.unfinished_pages())
    pages.fill_in_about_page()
    words = text_at(reader, "/about/")

    assert [sentence.split()[0] for sentence in said] == ["/about/", "/privacy/", "Nobody"]
    assert "[the charity’s full name]" in said[0]
    assert [sentence.split()[0] for sentence in creating.unfinished_pages()] == ["/privacy/"]
    assert "an invented charity" in text_at(reader, "/")
    assert "which we invented for this demonstration" in words
    assert creating.gaps_in(words) == []


def test_lines_as_they_were_laid_are_to_be_called_until_somebody_did(laid):
    before = creating.help_lines_to_call()
    line = HelpLine.objects.get(name="Samaritans")
    line.last_checked = "2026-12-01"
    line.save()

    assert len(before) == len(initial_content.initial_data("help_lines"))
    assert set(before) - set(creating.help_lines_to_call()) == {"Samaritans"}


# What somebody could store past the editor, each with what is left of it.
HOSTILE = json.loads(Path(__file__).with_name("hostile_html.json").read_text())
# Nothing of a browser's parser can come after it: no mark but ours, no attribute but where a link leads.
PLAIN = re.compile(r"<(?:/?(?:h3|p|b|strong|i|em|ul|ol|li|a|span)|br|a href=\"[^\"<>]*\")>")


def test_hostile_html_comes_out_clean():
    for what, (hostile, left) in HOSTILE.items():
        cleaned = rich_text.clean_html(hostile)

        assert "<" not in PLAIN.sub("", cleaned), what
        assert not re.search(r'href="\s*(?:javascript|data|vbscript|//)', cleaned, re.IGNORECASE), what
        assert left is None or cleaned == left, what


def test_our_own_marks_and_plain_links_stay_and_a_page_becomes_its_address(laid):
    marks = "<h3>One</h3><p><b>Two</b> <em>three</em></p><ul><li>5</li></ul><ol><li>6</li></ol>"
    plain = ("https://stopncii.org/", "mailto:hello@heard.example", "tel:116123", "/get-help/")
    to_a_page = f'<a linktype="page" id="{page_at("privacy").pk}">Privacy</a>'

    for kept in (marks, *(f'<a href="{address}">x</a>' for address in plain)):
        assert rich_text.clean_html(kept) == kept
    assert rich_text.clean_html(to_a_page) == '<a href="/privacy/">Privacy</a>'


SHOWN = ("/", "/tell/", "/stories/?force=kent#list", "https://x.example/a?b=c", "http://x.example/")
SHOWN += ("mailto:us@x.example",)
NOWHERE = ("", "tell/", "//x.example/", "/\\x.example/", "\\\\x.example", "/tell/\n", "/ /", "/admin/", "/media/a.png")
NOWHERE += ("/cy//x.example/", "/stories//x.example", "/\t/x.example/", "javascript:steal()", "JavaScript:steal()")
NOWHERE += ("java\tscript:steal()", " javascript:steal()", "data:text/html,x", "https:", "https:///x")
NOWHERE += ("https:x.example", "http://[x", "ftp://x.example/", "mailto:", "tel:999", "https://x/\x00")
IN_WELSH = {
    "/tell/": "/cy/tell/",
    "/cy/tell/#form": "/cy/tell/#form",
    "/stories/?force=kent": "/cy/stories/?force=kent",
    "/stories.csv?force=kent": "/stories.csv?force=kent",
    "/open-data/openapi.json": "/open-data/openapi.json",
    "/.well-known/security.txt": "/.well-known/security.txt",
}


def test_plain_address_is_shown_as_it_is_in_its_language_and_any_other_leads_nowhere():
    assert [address for address in SHOWN if rich_text.safe_link(address) != address] == []
    assert [address for address in NOWHERE if rich_text.safe_link(address) != ""] == []
    with translation.override("cy"):
        assert {address: rich_text.safe_link(address) for address in IN_WELSH} == IN_WELSH
