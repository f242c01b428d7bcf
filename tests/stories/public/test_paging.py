import pytest

from moderation.invented import seeding
from stories import going_down
from stories.models import Story
from stories.public import openings, paging

pytestmark = pytest.mark.django_db


def slugs(page):
    return [story.slug for story in page.stories]


def everything():
    return list(Story.live.order_by("-sequence").values_list("slug", flat=True))


def walk_to_the_end():
    pages = [paging.page(openings.rows())]
    while pages[-1].older:
        pages.append(paging.page(openings.rows(), before=paging.place(pages[-1].older)))
    return pages


@pytest.mark.parametrize("sequence", [0, 1, 31, 32, 33, 5000, 2**59])
def test_place_survives_its_address(sequence):
    assert paging.place(paging.code(sequence)) == sequence


@pytest.mark.parametrize("code", ["", "-1", "1.5", "UPPER", "é", "i", "0" * 13, "z" * 500, "1 OR 1=1", "\x00"])
def test_address_that_is_no_place_is_none(code):
    assert paging.place(code) is None


def test_longest_place_is_a_number_that_databases_take():
    assert paging.place("z" * 12) < 2**63


def test_pages_together_hold_every_story_once_newest_first():
    seeding.seed(45)

    pages = walk_to_the_end()

    assert [len(page.stories) for page in pages] == [20, 20, 5]
    assert [slug for page in pages for slug in slugs(page)] == everything()


def test_way_back_shows_the_same_pages():
    seeding.seed(45)
    first, second, third = walk_to_the_end()

    back = paging.page(openings.rows(), after=paging.place(third.newer))
    start = paging.page(openings.rows(), after=paging.place(back.newer))

    assert slugs(back) == slugs(second)
    assert slugs(start) == slugs(first)
    assert start.newer == ""
    assert back.older
    assert start.older


def test_full_last_page_leads_nowhere_further():
    seeding.seed(40)

    first, second = walk_to_the_end()

    assert first.newer == ""
    assert len(second.stories) == 20
    assert second.older == ""
    assert second.newer


def test_place_beyond_either_end_promises_no_page_that_is_not_there():
    seeding.seed(5)

    above = paging.page(openings.rows(), before=10**9)
    below = paging.page(openings.rows(), before=1)
    higher = paging.page(openings.rows(), after=10**9)

    assert slugs(above) == everything()
    assert (above.newer, above.older) == ("", "")
    assert below == higher == paging.Page([])


def test_story_that_goes_down_between_two_pages_moves_no_other():
    seeding.seed(45)
    first, second, _ = walk_to_the_end()
    going_down.hide(first.stories[-1])
    going_down.hide(second.stories[0])

    page = paging.page(openings.rows(), before=paging.place(first.older))

    assert slugs(page)[:19] == slugs(second)[1:]


def test_page_anywhere_is_one_query(django_assert_num_queries):
    seeding.seed(45)

    for place in ({}, {"before": 30}, {"after": 3}, {"before": 1}):
        with django_assert_num_queries(1):
            paging.page(openings.rows(), **place)
