import html

import pytest

from bench.seeding import stories as seeding
from stories.core import snapshot
from stories.models import Force, Response
from tests import factories

pytestmark = pytest.mark.django_db


def test_index_names_every_force_once_in_the_order_of_its_name_in_its_nation_and_no_number(visitor):
    seeding.seed(30)
    page = visitor.read("/forces/")
    names = list(Force.objects.filter(nation="England").order_by("name").values_list("name", flat=True))
    rows = page.split("<main")[1].split("on-a-map")[0].split("<li>")[1:]

    for force in Force.objects.all():
        assert page.count(f'<a href="/forces/{force.id}/">{html.escape(force.name)}</a>') == 1
    assert sorted(names, key=lambda name: page.index(html.escape(name))) == names
    assert (len(names), len(rows)) == (39, 48)
    assert not any(letter.isdigit() for row in rows for letter in row.split("</li>")[0])


def test_page_of_a_force_shows_the_stories_that_name_it_newest_first(visitor):
    older, newer = (factories.live_story(fields={"force": "kent", "title": title}) for title in ("Older", "Newer"))
    elsewhere = factories.live_story(fields={"force": "essex"})
    factories.live_story(fields={"force": "kent", "place_shown": "region"})

    assert visitor.slugs("/forces/kent/") == [newer.slug, older.slug]
    assert visitor.slugs("/forces/essex/") == [elsewhere.slug]
    assert visitor.get("/forces/atlantis/").status_code == 404
    none = visitor.words("/forces/surrey/")
    assert "No story here names Surrey Police yet." in none
    assert "We know of nothing that Surrey Police has said in public" in none


def test_hostile_words_of_a_response_are_only_words_and_a_source_that_is_no_web_address_is_no_link(visitor):
    evil = "<script>alert(1)</script>"
    factories.a_response(words=evil, context=evil, source=f"{evil} A newspaper")
    for source_url in ("javascript:alert(1)", "data:text/html,x", ""):
        # As if a row came from a release that looked less closely.
        Response.objects.update(source_url=source_url)
        snapshot.start_over()
        snapshot.forget_snapshot()

        page = visitor.read("/forces/kent/")
        assert "A newspaper" in page
        assert "javascript:" not in page
        assert "A newspaper</a>" not in page
        assert evil not in page
        assert page.count("&lt;script&gt;alert(1)") == 3
