from hypothesis import given, settings, strategies as st

from stories.reading import filters
from stories.reading.marked_sets import place_bits
from stories.reading.search.store import Found


def walk_to_the_end(found):
    """The pages of a set, each begun at the code of the last one's end."""
    pages = [Found([], found, filters.page_of_places(found))]
    while pages[-1].older:
        pages.append(Found([], found, filters.page_of_places(found, before=filters.parse_place(pages[-1].older))))
    return pages


def test_place_survives_its_address_and_can_be_neither_made_up_nor_reckoned(settings):
    for sequence in (0, 1, 31, 32, 33, 5000, 2**39):
        assert filters.parse_place(filters.place_code(sequence)) == sequence
    for code in ("", "-1", "1.5", "UPPERUPPERUPPERU", "é" * 16, "i" * 16, "0" * 15, "z" * 500, "1 OR 1=1", "\x00"):
        assert filters.parse_place(code) is None, code
    letters, real = filters.SLUG_LETTERS, filters.place_code(1000)
    near = [real[:at] + letter + real[at + 1 :] for at in range(len(real)) for letter in letters if letter != real[at]]
    assert [code for code in near if filters.parse_place(code) is not None] == []
    assert all(filters.parse_place(letter * 16) is None for letter in letters)
    # Two that stand beside each other have no more in common than any two.
    assert sum(one == other for one, other in zip(real, filters.place_code(1001), strict=True)) < 8
    settings.SECRET_KEY = "another " * 8
    assert filters.parse_place(real) is None, "another site's place means nothing here"


@settings(max_examples=60)
@given(st.sets(st.integers(1, 3000), max_size=90))
def test_pages_together_hold_every_story_once_newest_first_and_lead_back(places):
    pages = walk_to_the_end(place_bits(places))

    assert [place for page in pages for place in page.places] == sorted(places, reverse=True)
    assert all(len(page.places) == filters.SIZE for page in pages[:-1])
    assert pages[0].newer == ""
    for earlier, later in zip(pages, pages[1:], strict=False):
        back = filters.page_of_places(place_bits(places), after=filters.parse_place(later.newer))
        assert back == earlier.places


def test_place_beyond_either_end_promises_no_page_and_one_gone_moves_no_other():
    found = place_bits(range(1, 6))

    assert filters.page_of_places(found, before=2**59) == [5, 4, 3, 2, 1]
    assert filters.page_of_places(found, before=1) == filters.page_of_places(found, after=2**59) == []
    whole = Found([], found, [5, 4, 3, 2, 1])
    assert (whole.newer, whole.older) == ("", "")
    # A story that goes down between two pages moves no other.
    first, second, _ = walk_to_the_end(place_bits(range(1, 46)))
    left = set(range(1, 46)) - {first.places[-1], second.places[0]}

    page = filters.page_of_places(place_bits(left), before=filters.parse_place(first.older))

    assert page[:19] == second.places[1:]
