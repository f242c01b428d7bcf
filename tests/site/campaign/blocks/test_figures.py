from stories.figures import counts
from tests.site.campaign.blocks.rendering import refusals, shown

KEY = "stories-in-wales"


def test_an_editor_picks_a_figure_and_types_no_number(laid):
    assert KEY in dict(counts.figure_choices())
    assert refusals("figure", {"figure": KEY}) == {}
    assert set(refusals("figure", {"figure": "117"})) == {"figure"}


def test_a_figure_is_shown_as_the_edition_has_it_with_its_list_and_its_caution(laid):
    figure = counts.named_figure(KEY)

    html = shown("figure", {"figure": KEY})

    assert f'href="{figure.url}">{figure.value} {figure.words}</a>' in html
    assert figure.caution in html


def test_a_figure_whose_name_is_gone_shows_nothing(laid):
    assert shown("figure", {"figure": "stories-in-atlantis"}).strip() == ""
