from campaign.models import HomePage
from stories.core import snapshot
from stories.figures import counts
from tests import factories
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


def test_home_shows_the_figure_that_was_picked(laid, alice, bob, reader):
    factories.live_story()
    HomePage.objects.update(named_figure="stories")
    snapshot.invalidate()
    snapshot.forget_snapshot()

    words = reader.get("/", secure=True).content.decode()

    assert f"{counts.named_figure('stories').value} stories</a>" in words
    assert "More than one in three cases of shared intimate images were closed because the person" in words
