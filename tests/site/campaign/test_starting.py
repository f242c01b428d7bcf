import html
import json
import re
from datetime import date

from django.core.management import call_command
from wagtail.models import ModelLogEntry, Page

from campaign import initial_content
from campaign.initial_content import creating
from campaign.models import HelpLine, Menu
from stories.models import Edition
from tests.site.campaign.asking import page_at

PAGES = [*initial_content.initial_data("pages"), *initial_content.initial_data("easy_read")]
ADDRESSES = [(f"/{page['parent']}/{page['slug']}/" if "parent" in page else f"/{page['slug']}/") for page in PAGES]


def test_each_starting_page_answers_at_its_address_with_its_title(laid, reader):
    for address, page in zip(ADDRESSES, PAGES, strict=True):
        answer = reader.get(address, secure=True)
        if address == "/actions/":
            assert answer["Location"] == "/asks/#act"
            continue

        words = html.unescape(answer.content.decode())
        assert answer.status_code == 200, address
        assert f"<h1>{page['title']}</h1>" in words
        assert f"<title>{page['seo_title']}</title>" in words
        assert f'<meta name="description" content="{page["search_description"]}">' in words


def test_laying_again_makes_nothing_twice_and_leaves_what_an_editor_wrote(laid):
    page, line, menu = page_at("privacy"), HelpLine.objects.first(), Menu.objects.get()
    page.title, line.hours_text, menu.footer = "What we keep", "Mornings", []
    page.save_revision().publish()
    line.save()
    menu.save()
    before = [model.objects.count() for model in (Page, HelpLine, Menu)]

    assert creating.create_initial_content() == []
    assert [model.objects.count() for model in (Page, HelpLine, Menu)] == before
    assert page_at("privacy").title == "What we keep"
    assert HelpLine.objects.get(pk=line.pk).hours_text == "Mornings"
    assert not Menu.objects.get().footer


def test_line_that_an_editor_took_out_stays_so_a_release_adds_one_and_gaps_wait(laid, reader):
    HelpLine.objects.get(name="SurvivorsUK").delete()
    HelpLine.objects.filter(name="Shout").update(name="Text somebody", url="https://other.example/")
    HelpLine.objects.get(name="Karma Nirvana").delete()
    ModelLogEntry.objects.get_for_model(HelpLine).filter(label="Karma Nirvana").delete()
    # A page with gaps, which waits as a draft on a site that readers know.
    page_at("about").delete()

    creating.create_initial_content()

    assert not HelpLine.objects.filter(name__in=["SurvivorsUK", "Shout"]).exists()
    assert HelpLine.objects.get(name="Karma Nirvana").phone == "0800 5999 247"
    assert not page_at("about").live
    assert reader.get("/about/", secure=True).status_code == 404
    assert "/about/" not in reader.get("/", secure=True).content.decode()


def test_each_line_names_where_its_number_stands_and_pages_keep_to_the_glossary():
    for line in initial_content.initial_data("help_lines"):
        assert line["source"].startswith("https://"), line["name"]
        assert line["hours_text"], line["name"]
        assert initial_content.days_checked()[line["name"]] >= date(2026, 11, 1)
    words = json.dumps(PAGES, ensure_ascii=False)
    for name in ("Victims’ Code", "Victims’ Right to Review", "the-code-of-practice-for-victims-of-crime"):
        words = words.replace(name, "")
    assert not re.search(r"victim|\buser|sender|unfortunately|please note|invalid", words, re.IGNORECASE)


def test_database_without_a_root_gets_its_pages_in_one_edition_and_is_told_which(bare, reader, capsys):
    before = Edition.objects.get(pk=1).number
    call_command("starting_pages")
    first, after = capsys.readouterr().out, Edition.objects.get(pk=1).number
    call_command("starting_pages")

    assert reader.get("/get-help/", secure=True).status_code == 200
    assert after == before + 1
    assert "Help and rights" in first
    assert f"{len(PAGES) + len(initial_content.initial_data('languages'))} pages laid." in first
    assert capsys.readouterr().out == "Nothing was missing.\n"
