"""Site search: one box that finds pages, the law, forces and stories, keeps nothing, and fails at nothing."""

import json
import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.models import ContentPage, HomePage, LearningPage
from campaign.search import ranking
from campaign.search.entries import Entry, SearchIndex
from stories.core import snapshot
from stories.reading.search import terms
from tests import factories
from tests.site.campaign.asking import action
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db

WORDS = "It stood still and nobody rang."


@pytest.fixture(autouse=True)
def fresh():
    addresses.forget()


def look(query, **headers):
    return addresses.client().get("/search/", {"q": query}, headers=headers)


def page(query):
    return look(query).content.decode()


def hrefs(text):
    """Where the titles of what was found lead, in their order."""
    return re.findall(r'opening__title".*?href="([^"]*)"', text, re.S)


FIRST = {
    "kent police": "/forces/kent/",
    "take down": "/take-down/",
    "get help": "/get-help/",
    "privacy": "/privacy/",
    "derbyshire apology": "/news/derbyshire-constabulary-apology/",
    "deepf*": "/get-help/",
    "what do I do, my ex is threatening to leak my nudes??": "/get-help/",
}


def test_what_fits_best_stands_first_and_whoever_searches_tonight_finds_help():
    assert {query: hrefs(page(query))[0] for query in FIRST} == FIRST
    for query in ("revenge porn", "“revenge porn”", "intimate image abuse"):
        assert {"/get-help/", "/the-law/"} <= set(hrefs(page(query))[:5]), query


FOUND = {
    "threat": ["A threat", "Threatening"],
    "art": ["The art"],
    "-threat": [],
    "art -threat": ["The art"],
    "officer": ["Officers"],
    "harass": ["Harassment"],
}


def test_whole_words_stand_first_and_short_ones_begin_none():
    titles = ("Threatening", "A threat", "The art", "Article", "Officers", "Official", "Harassment")
    known = SearchIndex(tuple(Entry(title, title, keys=(title,)) for title in titles), {})

    for query, found in FOUND.items():
        answer = ranking.matching_entries(terms.parse_search(query), known)
        assert [hit.url for hit in answer.best] == found, query


def test_stories_stand_below_with_marked_words_and_no_passage_on_a_page_is_searched():
    story = factories.live_story(consent_quote=True, fields={"title": "The heron", "text": WORDS})
    body = [{"type": "story_quote", "value": {"story": story.slug, "passage": WORDS}}]
    body.append({"type": "text", "value": "<p>Somebody wrote about <em>otters</em>.</p>"})
    home = HomePage.objects.get()
    home.add_child(instance=ContentPage(title="Quoted", slug="quoted", body=json.dumps(body)))
    snapshot.invalidate()
    addresses.forget()

    words = page("heron")

    for said in ("<mark>heron</mark>", f'href="{story.get_absolute_url()}"'):
        assert said in words, said
    assert 'href="/stories/?q=heron">1 story with these words' in words
    assert "/quoted/" in hrefs(page("otters"))
    assert "/quoted/" not in hrefs(page("stood still"))


def test_what_is_searched_for_is_kept_nowhere_and_no_box_is_where_somebody_tells():
    answer = look("heroncanary")

    assert answer.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not caches["pages"]._cache
    assert "heroncanary" not in repr(snapshot._seen.kept)
    for path in ("/tell/form/", "/return/"):
        assert 'action="/search/"' not in addresses.ask(path).content.decode(), path


def test_no_input_is_an_error_or_comes_back_as_markup_and_it_costs_one_query():
    for query in ("", " ", "*", '"', "-", "-police", "\x00", "😀", "a" * 5000, "(' OR 1=1", "%", "é\u202e"):
        assert look(query).status_code == 200, query
    words = page("<script>alert(1)</script>")
    assert "<script>alert" not in words
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in words
    with CaptureQueriesContext(connection) as taken:
        look("police")
    assert len(taken) == 1


def test_parts_of_a_session_a_card_and_an_action_are_searched():
    LearningPage.objects.update(live=True)
    made = action(letter="[{force}] Dear chief constable, we grow marrows here.", step_one="[] Choose your force.")
    addresses.forget()

    assert "/learning/the-first-call/" in hrefs(page("“that’s a civil matter”"))
    assert "/learning/why-people-stop/" in hrefs(page("court isn’t offered stopping"))
    assert "/the-law/officers-card/" in hrefs(page("“just come off the internet”"))
    assert hrefs(page("marrows chief constable"))[0] == f"/actions/{made.slug}/"
