import gzip
import html

import pytest

from bench.seeding import stories as seeding
from stories.core import snapshot, takedown
from stories.models import Story
from stories.reading import filters, story_queries
from tests import factories
from tests.stories.reading.export.conftest import live

pytestmark = pytest.mark.django_db


def test_place_and_year_are_no_finer_than_they_are_shown(visitor):
    for shown, words in (("force", "Kent Police"), ("region", "South East"), ("nation", "England"), ("nothing", "UK")):
        story = live(place_shown=shown, force="kent", title=shown)

        main = visitor.words("/stories/").split("Show these stories")[1].split("called me back.")[1]

        assert f"{words} 2024" in main
        assert ("Kent" in main) == (shown == "force")
        assert (story.slug in visitor.slugs("/stories/?force=kent")) == (shown == "force")
    live(year="2011")
    before = visitor.words("/stories/?year=before-2015")
    assert "Before 2015 Looked into" in before
    assert "2011" not in before


def test_hostile_address_is_only_words_and_one_choice_alone_is_for_search_engines(visitor):
    story = live()
    others = ("?force=kent&year=2024", "?force=kent&force=essex", "?colour=red", "?q=rang")
    for query in ("", "?force=kent", *others):
        unlisted = '<meta name="robots" content="noindex">' in visitor.read(f"/stories/{query}")
        assert unlisted is (query in others), query
    for query in ("x=<script>alert(1)</script>", "force=<img src=x onerror=y>", "<b>=1", "after=<i>", "colour=red"):
        page = visitor.read(f"/stories/?{query}")

        assert html.escape(query[:30]) in page
        assert query not in page or query == "colour=red"
        assert visitor.slugs(f"/stories/?{query}") == [story.slug]
        # It names what one reader typed.
        assert visitor.get(f"/stories/?{query}")["Cache-Control"] == "no-store"


def test_pages_link_to_each_other_both_ways_and_are_small_enough_for_a_poor_line(visitor):
    seeding.seed(45)
    everything = list(Story.live.order_by("-sequence").values_list("slug", flat=True))

    first = visitor.read("/stories/")
    second_address = link(first, "next")
    second = visitor.read(second_address)

    assert first.count('class="opening"') == 20
    assert link(first, "prev") is None
    assert visitor.slugs(second_address) == everything[20:40]
    assert visitor.slugs(link(second, "prev")) == everything[:20]
    assert visitor.slugs(link(second, "next")) == everything[40:]
    assert link(visitor.read(link(second, "next")), "next") is None
    seeding.seed(155)
    snapshot.forget_snapshot()
    assert len(gzip.compress(visitor.get("/stories/").content)) <= 12 * 1024


def link(page, rel):
    before, found, _ = page.partition(f'" rel="{rel}"')
    return html.unescape(before.rsplit('href="', 1)[1]) if found else None


def test_form_shows_counts_keeps_what_was_chosen_and_leads_on_where_no_story_is(visitor):
    assert "No story has been published yet." in visitor.words("/stories/")
    live(force="kent", year="2014")
    live(force="kent", year="2010")

    everything, other = visitor.words("/stories/"), visitor.words("/stories/?year=2024")
    page = visitor.read("/stories/?force=kent&force=essex&outcome=closed&year=2024")

    for said in ("2 stories, newest first", "Kent Police (2)", "Before 2015 2"):
        assert said in everything
    for said in ("0 stories match", "Kent Police (0)", "Before 2015 +2", "Any of those you tick."):
        assert said in other
    for name, slug in (("force", "kent"), ("outcome", "closed"), ("year", "2024")):
        assert f'name="{name}" value="{slug}" checked' in page
    assert '<option value="kent"' not in page
    assert '<option value="surrey"' in page
    words = visitor.words("/stories/?force=kent&force=essex&year=2024")
    assert "Remove Essex Police × or Remove Kent Police × Remove 2024" in words
    beyond = visitor.words(f"/stories/?before={filters.place_code(1)}")
    assert "There is nothing further along here. Go to the newest" in beyond
    none = visitor.read("/stories/?force=essex&year=2016")
    assert 'href="/stories/?year=2016">Remove Essex Police' in none
    assert 'href="/stories/?force=essex">Remove 2016' in none


def test_empty_fields_of_the_form_leave_the_address_and_nobody_keeps_the_way_there(visitor):
    place = filters.place_code(10)
    response = visitor.get(f"/stories/?force=&outcome=closed&year=2024&before={place}")

    assert response.status_code == 302
    assert response["Location"] == f"/stories/?outcome=closed&year=2024&before={place}"
    for path in ("/stories/?force=&q=somebody", "/stories?q=somebody", "/cy/stories/?q=somebody&year="):
        response = visitor.get(path)
        assert response.status_code in (301, 302, 308)
        assert "q=somebody" in response["Location"]
        assert response["Cache-Control"] == "no-store"


def test_newest_openings_are_of_live_quotable_stories_and_come_with_their_facts():
    assert story_queries.newest_quotable(3) == []
    factories.live_story(consent_quote=True, fields={"title": "Older"})
    fields = {"title": "Newer", "text": "I rang.\n\nNobody came.", "content_notes": "threats,no-such-note"}
    newer, _unquotable = factories.live_story(consent_quote=True, fields=fields), live()
    takedown.hide_story(live(title="H"))
    takedown.remove_story(live(title="R"))
    factories.submission_at("agreed")

    snapshot.forget_snapshot()
    assert len(story_queries.newest_quotable(10)) == 2
    assert story_queries.newest_quotable(1) == [
        {
            "url": f"/stories/{newer.slug}/",
            "title": "Newer",
            "lines": "I rang. Nobody came.",
            "facts": ["Kent Police", "2024", "Looked into, then closed"],
            # A word that left its list is left out.
            "notes": ["Mentions threats"],
        }
    ]
