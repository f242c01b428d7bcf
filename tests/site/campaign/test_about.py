"""Who runs the site, said where somebody asks it; and the page that gets images down."""

import re

import pytest

from campaign import initial_content
from campaign.initial_content import creating
from campaign.models import Brand, HelpLine
from heard.demo import pages
from stories.core import snapshot
from tests.site.campaign.finding import page_at

WHO = "Heard is run by the Lantern Trust. We are not the police. No officer reads what you send."


def words_at(reader, address):
    """What a reader sees there, in one line."""
    page = reader.get(address, secure=True).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def page_text(reader, address):
    return reader.get(address, secure=True).content.decode()


def test_the_first_page_says_in_one_line_who_runs_it_and_leads_there(laid, reader):
    Brand.objects.create(run_by="the Lantern Trust")

    assert WHO in words_at(reader, "/")
    assert '<a href="/about/">Who we are</a>' in page_text(reader, "/")


def test_without_a_name_the_line_still_says_that_we_are_not_the_police(laid, reader):
    words = words_at(reader, "/")

    assert "We are not the police. No officer reads what you send." in words
    assert "is run by" not in words


@pytest.mark.parametrize("address", ["/", "/privacy/", "/stories/", "/tell/", "/tell/form/", "/return/"])
def test_every_foot_leads_to_who_we_are(address, laid, reader):
    foot = page_text(reader, address).split("<footer")[1]

    assert 'href="/about/"' in foot


def test_from_a_form_who_we_are_opens_in_a_new_tab_and_says_so(laid, reader):
    foot = page_text(reader, "/return/").split("<footer")[1]

    link = re.search(r'<a href="/about/"([^>]*)>', foot)[1]
    assert 'target="_blank" rel="noopener noreferrer"' in link
    assert "new tab" in foot


def test_who_we_are_is_in_the_sitemap_and_can_be_neither_moved_nor_taken_down(laid, reader):
    assert "/about/</loc>" in page_text(reader, "/sitemap-pages.xml")
    for slug in ("about", "images-online"):
        assert creating.fixed_pages.why_not_remove(page_at(slug))


def test_a_new_site_is_told_each_page_with_gaps_and_that_nobody_runs_it(laid):
    said = list(creating.unfinished_pages())

    assert [sentence.split()[0] for sentence in said] == ["/about/", "/privacy/", "Nobody"]
    assert "[the charity’s full name]" in said[0]


def test_what_was_filled_in_is_told_no_more(laid):
    pages.fill_in_about_page()

    assert [sentence.split()[0] for sentence in creating.unfinished_pages()] == ["/privacy/"]


def test_a_page_that_is_not_public_is_told(laid):
    page_at("about").delete()

    assert "/about/ isn't public yet." in list(creating.unfinished_pages())


def test_the_demo_marks_its_charity_as_invented_wherever_it_is_named(laid, reader):
    pages.fill_in_about_page()
    snapshot.forget_snapshot()

    assert "an invented charity" in words_at(reader, "/")
    words = words_at(reader, "/about/")
    assert "which we invented for this demonstration" in words
    assert creating.gaps_in(words) == []


def test_lines_as_they_were_laid_are_to_be_called_until_somebody_did(laid):
    before = creating.help_lines_to_call()
    line = HelpLine.objects.get(name="Samaritans")
    line.last_checked = "2026-12-01"
    line.save()

    assert len(before) == len(initial_content.initial_data("help_lines"))
    assert set(before) - set(creating.help_lines_to_call()) == {"Samaritans"}


def test_the_list_of_lines_says_to_check_before_opening(laid, editor):
    words = editor.get("/admin/snippets/campaign/helpline/").content.decode()

    assert "Check before you open" in words


def test_images_page_begins_with_its_two_tools_as_buttons(laid, reader):
    page = page_text(reader, "/images-online/").split("<main")[1]

    buttons = re.findall(r'<a class="button" href="([^"]+)"', page)
    assert [address.split("/")[2] for address in buttons] == ["stopncii.org", "www.childline.org.uk"]
    assert page.index(buttons[0]) < page.index("<h2")


def test_images_page_has_each_form_the_helpline_with_its_hours_and_proof_last(laid, reader):
    page = page_text(reader, "/images-online/").split("<main")[1].split("</main")[0]

    for host in (
        *("about.meta.com", "help.x.com", "tiktok.com", "snapchat.com", "reddit.com", "telegram.org", "discord.com"),
        *("pornhub.com", "onlyfans.com", "support.google.com", "microsoft.com"),
    ):
        assert re.search(rf'<a href="https://[^"]*{re.escape(host)}', page), host
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert headings[-1] == "Proof, if you can"
    assert "Monday to Friday, 10:00 to 16:00" in page
    assert 'href="tel:03456000459"' in page


@pytest.mark.parametrize("address", ["/", "/get-help/", "/tell/somewhere-else/"])
def test_pages_where_somebody_looks_for_help_lead_to_it(address, laid, reader):
    assert 'href="/images-online/"' in page_text(reader, address).split("<main")[1]


def test_privacy_says_that_a_court_could_have_it_opened(laid, reader):
    words = words_at(reader, "/privacy/")

    assert "hand over and open what we still hold" in words
    assert "what you write here could be asked for" in words
