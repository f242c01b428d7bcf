"""Easy Read: what makes a page easy, whoever writes it next, and the way there from the page that it says again."""

import re
import statistics

import pytest
from wagtail.models import Page

from campaign import initial_content
from campaign.blocks.words import DRAWINGS
from stories.core import rendering, snapshot
from tests import reading_age
from tests.site.campaign.asking import page_at, words_at
from tests.site.campaign.blocks.test_blocks import shown
from tests.stories.intake.visiting import Visitor

PAGES = {page["slug"]: page for page in initial_content.initial_data("easy_read")}
# The page in ordinary words, by the slug of what says it again.
BESIDE = {"tell": "/tell/", "choices": "/tell/form/", "get-help": "/get-help/", "your-rights": "/your-rights/"}
MOST_WORDS, USUAL_WORDS, OLDEST = 15, 12, 9.0


def sentences_of(page):
    """One a line, as somebody meets them; what stands at the foot of the page is for whoever helps them."""
    lines = [block["value"]["words"] for block in page["body"] if block["type"] == "picture_line"]
    return [page["intro"], *(next(rendering.words_within(line)) for line in lines)]


@pytest.mark.parametrize("slug", PAGES)
def test_a_line_is_one_short_sentence_that_a_child_of_nine_can_read(slug):
    sentences = sentences_of(PAGES[slug])
    lengths = [len(each.split()) for each in sentences]

    assert not [each for each in sentences if re.search(r"[.?!]\s", each) or not re.search(r"[.!?]”?$", each)]
    assert max(lengths) <= MOST_WORDS, max(sentences, key=len)
    assert statistics.median(lengths) <= USUAL_WORDS
    assert reading_age.reading_age(sentences) <= OLDEST


def test_each_line_has_a_small_drawing_of_its_own_that_nobody_needs_to_hear():
    drawn = {name: shown("picture_line", {"drawing": name, "words": "Call."}) for name, _ in DRAWINGS}
    lines = [block["value"] for page in PAGES.values() for block in page["body"] if block["type"] == "picture_line"]
    used = {line["drawing"] for line in lines}

    assert used == set(drawn)
    assert len(set(drawn.values())) == len(drawn)
    for name, html in drawn.items():
        assert re.search(r"<svg[^>]* aria-hidden=\"true\"[^>]*>\s*<(path|rect|circle)", html), name
        assert not re.search(r"style=|<text|href|#[0-9a-f]{3}", html), name
        assert len(re.sub(r"\s+", " ", html)) <= 1500, name


def test_each_page_in_short_words_is_a_step_from_the_one_that_it_says_again(laid, queue_key, reader):
    visitor = Visitor()
    visitor.tell()
    beside = {slug: words_at(reader, address) for slug, address in BESIDE.items()} | {"code": visitor.page}
    for slug, words in beside.items():
        easy = f"/easy-read/{slug}/"
        assert f'href="{easy}"' in words, slug
        assert "loud" in re.search(r'<body class="([^"]*)"', words_at(reader, easy))[1], "the exit is as large there"
    for slug in PAGES.keys() - {"easy-read"}:
        assert f'href="/easy-read/{slug}/"' in words_at(reader, "/easy-read/")


def test_help_is_in_ordinary_words_and_in_short_ones_and_no_page_leads_to_a_draft(laid, reader):
    assert Page.objects.filter(slug="get-help").count() == 2
    assert "They closed my case" in words_at(reader, "/get-help/")
    assert "They closed my case" not in words_at(reader, "/easy-read/get-help/")

    page_at("easy-read").get_children().get(slug="your-rights").unpublish()
    snapshot.forget_snapshot()

    assert "/easy-read/" not in words_at(reader, "/your-rights/")
    assert "/easy-read/get-help/" in words_at(reader, "/get-help/")
