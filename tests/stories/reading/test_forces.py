"""The pages of forces, and what each said and was asked: there, beside stories, and by the filter for it."""

import html
import re
from datetime import date

import pytest

from bench.seeding import stories as seeding
from campaign import views as campaign_views
from moderation import publishing
from stories.core import named_lists, snapshot, takedown
from stories.models import Force, Response, Story
from stories.reading import patterns
from stories.reading.filters import StoryFilter
from stories.reading.patterns import PublicPattern
from tests import factories
from tests.stories.reading.conftest import live

pytestmark = pytest.mark.django_db
SAID = "Every first call is recorded from now on."
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


def test_page_of_a_force_shows_its_stories_newest_first_each_a_dot_or_says_none(visitor):
    older, newer, elsewhere = live(title="Older"), live(title="Newer"), live(force="essex")
    live(place_shown="region")

    none, dots = visitor.words("/forces/surrey/"), visitor.read("/forces/kent/").partition('class="dots"')[2]

    assert visitor.slugs("/forces/kent/") == [newer.slug, older.slug]
    assert re.findall(r'href="/stories/(\w+)/"', dots.split("</span>")[0]) == [older.slug, newer.slug]
    assert visitor.slugs("/forces/essex/") == [elsewhere.slug]
    assert visitor.get("/forces/atlantis/").status_code == 404
    assert "No story here names Surrey Police yet." in none
    for absent in ("We know of nothing", "no letter", "What it was asked", "What the force said", "What happens again"):
        assert absent not in none


def test_what_happens_again_is_counted_exactly_and_leads_to_that_list(visitor, monkeypatch):
    for theme in ("waiting", "waiting,not-believed", "evidence-lost"):
        live(themes=theme)
    live(force="essex", themes="waiting")
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

    oversight = CONTACTS["oversight"]
    for said in ("Nobody rang.", "2 published stories name it", oversight["name"], oversight["url"]):
        assert said in page
    for unsaid in ("Tuesday", "Not to be quoted"):
        assert unsaid not in page
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
        for bad in ("javascript:", "A newspaper</a>", evil):
            assert bad not in page
        assert page.count("&lt;script&gt;alert(1)") == 3


@pytest.fixture
def story(db):
    return live(title="Nobody rang")


def test_answer_stands_beside_its_story_and_with_its_force_newest_month_first(story, visitor):
    for words, month in (("Older.", date(2026, 1, 1)), ("Undated.", None), ("Newer.", date(2026, 5, 1))):
        factories.a_response(words=words, month=month)
    factories.a_response(kind="planned", words=SAID, stories=[story], due_on=date(2099, 6, 1), owner="Head of Training")
    factories.a_response(kind="made", words="It answers another story.", stories=[factories.live_story()])
    snapshot.forget_snapshot()

    beside, words = visitor.words(f"/stories/{story.slug}/"), visitor.words("/forces/kent/")

    assert f"In answer to this story. A reply is not a change. Change planned · March 2026 “{SAID}”" in beside
    assert "Who will make the change: Head of Training, by 1 June 2099" in beside
    assert "And in general: Apology · May 2026 “Newer.”" in beside
    assert "What the force answered Change planned" in beside
    assert beside.index(SAID) < beside.index("“Newer.”")
    assert "It answers another story." not in beside
    assert "It answers another story." in words
    assert words.index("“Newer.”") < words.index("“Older.”") < words.index("“Undated.”")
    assert "About the story Nobody rang" in words
    shows = 'href="https://www.police.uk/" rel="noreferrer">See what shows the change<'
    assert shows in visitor.read("/forces/kent/")


def test_answer_goes_with_the_last_story_that_it_answers_and_comes_back_with_it(story, visitor):
    other = live(title="A second one")
    factories.a_response(words=SAID, stories=[story, other])

    shown = []
    for gone in (story, other):
        takedown.hide_story(gone)
        snapshot.forget_snapshot()
        shown.append(visitor.words("/forces/kent/"))
    publishing.put_back(story, vault=factories.open_vault(story.first_reader))
    publishing.put_back(story, vault=factories.open_vault(story.second_reader))
    snapshot.forget_snapshot()

    assert SAID in shown[0]
    assert "Nobody rang" not in shown[0]
    assert SAID not in shown[1]
    assert f"“{SAID}”" in visitor.words("/forces/kent/")
    # The story is answered while it shows its force, and the response stands.
    unanswered = live()
    factories.a_response(stories=[unanswered]).delete()
    assert [Story.objects.get(pk=each.pk).is_answered for each in (story, unanswered)] == [True, False]
    factories.correct(story, place_shown="region", force="", region="South East", nation="England")
    snapshot.forget_snapshot()
    assert not Story.objects.get(pk=story.pk).is_answered
    assert "Kent" not in visitor.words(f"/stories/{story.slug}/")
    assert SAID not in visitor.words("/forces/kent/")


def test_letter_says_one_plain_line_until_something_answers_it(story, visitor):
    factories.a_letter(stories=[story], role="Head of Public Protection")
    factories.a_letter(stories=[story], role="Head of Training", month=date(2026, 1, 1))
    snapshot.forget_snapshot()

    force, beside = visitor.words("/forces/kent/"), visitor.words(f"/stories/{story.slug}/")

    line = "Asked in March 2026 (Head of Public Protection), no answer since."
    assert line in force
    assert "We have asked it 2 times. It has not answered, as far as we know." in force
    assert f"About this story: {line}" in beside
    assert "letter" not in visitor.words("/forces/essex/").split("Follow")[0]
    # It is answered by whatever speaks of the same since.
    factories.a_response(stories=[story], month=date(2026, 2, 1))
    snapshot.forget_snapshot()
    answered = visitor.words("/forces/kent/")
    told = "Asked in January 2026 (Head of Training), answered in February 2026."
    for said in (told, line, "We have asked it 2 times. 1 letter has no answer yet."):
        assert said in answered


def test_choice_of_what_the_force_said_means_the_same_everywhere(taker):
    told, silent, asked, beside = (live(force=force) for force in ("kent", "essex", "surrey", "kent"))
    factories.a_response(stories=[told])
    factories.a_letter("surrey", stories=[asked])
    snapshot.forget_snapshot()

    wanted = {"story": {told}, "yes": {told, beside}, "asked": {asked}, "no": {silent, asked}}
    for choice, stories in wanted.items():
        slugs = {story.slug for story in stories}
        query = f"?responded={choice}"
        rows = {row["id"] for row in taker.rows(f"/stories.csv{query}")}
        searched = taker.slugs(f"/stories/{query}&q=rang")

        assert set(taker.slugs(f"/stories/{query}")) == rows == set(searched) == slugs, choice
        assert taker.json(f"/stories.json{query}")["count"] == len(taker.entries(f"/stories.atom{query}")) == len(slugs)
        assert StoryFilter.of(named_lists.get_named_lists(), responded=choice).count() == len(slugs)
