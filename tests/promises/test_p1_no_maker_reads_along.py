"""No browser's maker reads along: no spelling is checked elsewhere, nothing is offered, no own word is translated."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.journeys import the_way

pytestmark = [pytest.mark.served]

TYPED = 'textarea, input:not([type], [tabindex="-1"]), input[type=text]:not([tabindex="-1"])'
BOX = "input:not([type=hidden]), textarea, select"
THEIRS = ("My friend Dana Smith came", "They listened", "Nobody called me back")


# By which browsers know a box to fill in from somebody's contacts, whatever `autocomplete` says.
OF_A_CONTACT = re.compile(
    r"name|mail|tel|phone|mobile|street|addr|city|town|postcode|zip|country|web|url|compan|birth|user", re.IGNORECASE
)


def test_no_page_of_the_way_hands_what_is_typed_to_the_browsers_maker(stages):
    assert all(any(theirs in words for words in (the_way.LONG, the_way.TEXT["text"])) for theirs in THEIRS)
    wrong, boxes = [], set()
    for group, pages in stages.items():
        for name, page in pages.items():
            soup = BeautifulSoup(page, "html.parser")
            wrong += [f"{group}, {name}: {each}" for each in (*shared_boxes(soup), *translated_words(soup))]
            boxes |= {f"{box.get('name', '')} {box.get('id', '')}" for box in soup.select(BOX)}
            assert soup.body["spellcheck"] == soup.body["writingsuggestions"] == "false", name

    assert not wrong, "\n".join(wrong)
    assert boxes
    assert {box for box in boxes if OF_A_CONTACT.search(box)} == set()


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
