"""No browser's maker reads along: no spelling is checked elsewhere, nothing is offered, no own word is translated."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.journeys import the_way

pytestmark = [pytest.mark.served]

TYPED = 'textarea, input:not([type], [tabindex="-1"]), input[type=text]:not([tabindex="-1"])'
THEIRS = ("My friend Dana Smith came", "They listened", "Nobody called me back")


def test_no_page_of_the_way_hands_what_is_typed_to_the_browsers_maker(stages):
    wrong = []
    for group, pages in stages.items():
        for name, page in pages.items():
            soup = BeautifulSoup(page, "html.parser")
            wrong += [f"{group}, {name}: {each}" for each in (*shared_boxes(soup), *translated_words(soup))]
            assert soup.body["spellcheck"] == soup.body["writingsuggestions"] == "false", name

    assert not wrong, "\n".join(wrong)


def shared_boxes(soup):
    for box in soup.select(TYPED):
        if box.get("translate") != "no" or box.get("spellcheck") == "true" or not stays_here(box):
            yield str(box)[:200]


def stays_here(box):
    return box.get("autocomplete") == "off" or box.find_parent("form", autocomplete="off")


def translated_words(soup):
    for words in soup.body.find_all(string=lambda text: any(theirs in text for theirs in THEIRS)):
        if not words.find_parent(translate="no"):
            yield str(words)[:200]


def test_the_walk_meets_these_words():
    assert all(any(theirs in words for words in (the_way.LONG, the_way.TEXT["text"])) for theirs in THEIRS)


# By which browsers know a box to fill in from somebody's contacts, whatever `autocomplete` says.
OF_A_CONTACT = re.compile(
    r"name|mail|tel|phone|mobile|street|addr|city|town|postcode|zip|country|web|url|compan|birth|user", re.IGNORECASE
)


def test_no_box_looks_like_one_of_a_contact(stages):
    boxes = [
        box
        for pages in stages.values()
        for page in pages.values()
        for box in BeautifulSoup(page, "html.parser").select("input:not([type=hidden]), textarea, select")
    ]
    assert boxes
    names = {f"{box.get('name', '')} {box.get('id', '')}" for box in boxes}
    assert {name for name in names if OF_A_CONTACT.search(name)} == set()
