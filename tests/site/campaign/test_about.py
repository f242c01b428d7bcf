"""Who runs the site, said where somebody asks it; and the page that gets images down."""

import re

from campaign import initial_content
from campaign.initial_content import creating
from campaign.models import Brand, HelpLine
from heard.demo import pages
from tests.site.campaign.asking import words_at

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
