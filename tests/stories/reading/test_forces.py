import html
import re

import pytest

from bench.seeding import stories as seeding
from campaign import views as campaign_views
from stories.core import snapshot
from stories.models import Force, Response
from stories.reading import patterns
from stories.reading.patterns import PublicPattern
from tests import factories

pytestmark = pytest.mark.django_db
CONTACTS = {
    "contact": "https://kent.example/contact",
    "foi": "https://kent.example/foi",
    "oversight": {"name": "Kent Police and Crime Commissioner", "url": "https://oversight.example/"},
}


def test_index_names_every_force_once_by_name_in_its_nation_without_a_number(visitor):
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


def test_page_of_a_force_without_anything_says_what_is_there_and_no_more(visitor):
    none = visitor.words("/forces/surrey/")

    assert "No story here names Surrey Police yet." in none
    for absent in ("We know of nothing", "no letter", "What it was asked", "What the force said", "What happens again"):
        assert absent not in none


def test_each_story_is_a_dot(visitor):
    told = [factories.live_story() for _ in range(2)]
    page = visitor.read("/forces/kent/")
    dots = page.partition('class="dots"')[2].split("</span>")[0]

    assert re.findall(r'href="/stories/(\w+)/"', dots) == [story.slug for story in told]


def test_what_happens_again_is_counted_exactly_and_leads_to_that_list(visitor, monkeypatch):
    for theme in ("waiting", "waiting,not-believed", "evidence-lost"):
        factories.live_story(fields={"themes": theme})
    factories.live_story(fields={"force": "essex", "themes": "waiting"})
    made = PublicPattern("nobody-rang", "Nobody rang", "They waited.", ("waiting",), "")
    monkeypatch.setattr(patterns, "get_patterns", lambda: [made])

    page = visitor.read("/forces/kent/")
    again = page[page.index('class="again"') :].split("</ul>")[0]

    assert 'href="/patterns/nobody-rang/">Nobody rang' in again
    found = re.findall(r'href="(/stories/\?force=kent[^"]*)">(\d+) ', html.unescape(again))
    assert ("/stories/?force=kent&theme=waiting", "2") in found
    assert all(len(visitor.slugs(url)) == int(many) for url, many in found)


def test_sheet_holds_quotable_words_alone_the_count_by_outcome_and_who_can_act(visitor, monkeypatch):
    monkeypatch.setattr(campaign_views, "force_contacts", lambda: {"kent": CONTACTS})
    said = factories.live_story(consent_quote=True, fields={"text": "Nobody rang. It was a Tuesday."})
    factories.live_story(fields={"text": "Not to be quoted.", "outcome": "closed"})
    monkeypatch.setattr(patterns, "home_voices", lambda: [(said.slug, "Nobody rang.")])

    page = visitor.words("/forces/kent/sheet/")

    assert "Nobody rang." in page
    assert "Tuesday" not in page
    assert "Not to be quoted" not in page
    assert "2 published stories name it" in page
    assert "Kent Police and Crime Commissioner" in page
    assert "https://oversight.example/" in page
    assert page.count("not a sample") == 1
    assert visitor.get("/forces/atlantis/sheet/").status_code == 404


def test_hostile_words_of_a_response_are_only_words_and_no_bad_source_is_a_link(visitor):
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
