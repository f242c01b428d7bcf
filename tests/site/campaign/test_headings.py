from types import SimpleNamespace

import pytest

from campaign.blocks.words import heading_anchor, headings_of, repeated_headings


def body(*titles):
    return [SimpleNamespace(block_type="heading", value=title) for title in titles]


@pytest.mark.parametrize(
    ("title", "name"), [("Your phone", "your-phone"), ("Menu", "menu-part"), ("Help", "help-part"), ("?!", "part")]
)
def test_a_heading_bears_its_words_as_its_name_but_never_one_that_the_frame_bears(title, name):
    assert heading_anchor(title) == name


def test_headings_of_one_name_are_found_by_their_places():
    assert repeated_headings(body("Your phone", "Your rights", "Your phone?", "your PHONE")) == [2, 3]


def test_headings_are_listed_in_their_order():
    assert headings_of([*body("One"), SimpleNamespace(block_type="text", value=""), *body("Two")]) == [
        {"title": "One", "id": "one"},
        {"title": "Two", "id": "two"},
    ]
