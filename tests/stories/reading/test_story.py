"""The page of a story and what it leads on to; and the list of stories, page by page and as somebody chose."""

import gzip
import html
import json
import re

import pytest

from bench.seeding import stories as seeding
from stories.core import snapshot, story_sections, takedown
from stories.models import Story
from stories.reading import filters, patterns, story_page, story_queries
from tests import factories
from tests.stories.reading.conftest import live

pytestmark = pytest.mark.django_db


def address(story):
    return f"/stories/{story.slug}/"


def test_story_stands_with_its_text_and_its_facts_for_people_and_machines(visitor):
    story = live(title="Nobody rang", text="I rang 101.\n\nNobody came.", themes="waiting kindness")
    month = f"{story.month:%B %Y}"

    page, words = visitor.read(address(story)), visitor.words(address(story))

    assert '<h1 class="display">Nobody rang</h1>' in page
    assert "<p>I rang 101.</p>\n<p>Nobody came.</p>" in page
    for said in (
        "Nobody rang Kent Police Year they told the police 2024 Looked into, then closed",
        "Before you read: Mentions threats I rang 101.",
        "About Waiting Kindness",
        f"Published {month}",
    ):
        assert said in words, said
    cited = f"“Nobody rang”, Heard, {month}, https://heard.example{address(story)}"
    assert cited in words.replace("“ ", "“").replace(" ”", "”")
    for leads_to in ("/forces/kent/", "/stories/?outcome=closed", "/stories/?theme=waiting"):
        assert f'href="{leads_to}"' in page
    assert f'href="/take-down/?story={story.slug}"' in page
    # Its month, and no day; a machine reads an article of that month by nobody.
    assert story.month.isoformat() not in page
    assert "<time" not in page
    assert linked_data(page) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "Nobody rang",
        "url": f"https://heard.example{address(story)}",
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "datePublished": f"{story.month:%Y-%m}",
        "publisher": {"@type": "Organization", "name": "Heard", "url": "https://heard.example"},
    }


def test_story_says_no_year_of_a_report_that_never_was_and_no_heading_without_words(visitor):
    never = live(themes="never-reported waiting", outcome="", differently="Ring <back>.\n\nSoon.", well="")
    other = live(themes="waiting", differently="", well="Ring <back>.\n\nSoon.")

    told = {story: visitor.words(address(story)) for story in (never, other)}

    assert "Kent Police not reported, 2024" in told[never]
    assert "told the police 2024" not in told[never]
    assert "About Waiting Never reported" in told[never]
    assert visitor.slugs("/stories/?theme=never-reported") == [never.slug]
    for said, silent, field in ((never, other, "differently"), (other, never, "well")):
        assert f"{story_sections.HEADINGS[field]} Ring <back>. Soon." in told[said]
        assert str(story_sections.HEADINGS[field]) not in told[silent]
    assert {*story_sections.HEADINGS} == {"differently", "well"}


def test_law_and_force_beside_a_story_tell_no_more_than_it_does_and_blame_nobody(visitor):
    factories.a_response(words="We are sorry.", source="A newspaper")
    snapshot.forget_snapshot()
    then, essex, region = live(year="2012"), live(force="essex"), live(place_shown="region")
    nowhere = live(place_shown="nothing", year="2012")

    law, words, page = visitor.read(address(then)), visitor.words(address(essex)), visitor.read(address(region))

    assert "England and Wales had no offence of sharing intimate images yet." in law
    assert 'href="/the-law/?nation=england&amp;on=2014"' in law
    assert "2012" not in law
    assert "Nobody called me back UK" in visitor.words(address(nowhere))
    assert "England" not in visitor.words(address(nowhere))
    assert "What Essex Police said" not in words
    assert "From a force? How to answer" in words
    assert "has not answered" not in words, "it was never asked"
    assert "Kent" not in page
    assert "sorry" not in page


def test_hostile_words_are_only_words(visitor):
    evil = '</title><script>alert("1")</script>{% now "Y" %}'
    story = live(title=evil, text=f"{evil}\n\n{evil}")

    page = visitor.read(address(story))

    assert "<script>alert" not in page
    # Tab, title for other sites, heading, two paragraphs, citation.
    assert page.count(html.escape("<script>alert(")) == 6
    assert linked_data(page)["headline"] == evil
    assert '{% now "Y" %}' in html.unescape(page)


def linked_data(page):
    """The one block of data on a page, as a machine reads it."""
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(data)


def test_link_elsewhere_shows_the_title_and_its_picture_where_quotes_are_wished(visitor):
    def described(page):
        told = re.findall(r'<meta (?:property|name)="(.*?)" content="(.*?)">', page)
        return {name: html.unescape(said) for name, said in told}

    story = live(title="Nobody “rang”", text="They never rang.")
    before = visitor.read(address(story))
    assert "og:image" not in described(before)
    assert "They never rang" not in before.split("<body")[0]

    Story.objects.update(may_quote=True)
    snapshot.invalidate()
    told, at = described(visitor.read(f"/cy{address(story)}")), f"https://heard.example{address(story)}"
    wanted = {"description": "They never rang.", "title": "Nobody “rang”", "url": at, "image": f"{at}share.png"}
    wanted |= {"image:width": "1200", "image:height": "630"}

    assert {name: told[f"og:{name}"] for name in wanted} == wanted
    assert "Nobody “rang”" in told["og:image:alt"]


def test_page_says_what_the_story_may_be_used_for(visitor):
    story = live()
    for quote, train, said in [
        (False, False, "What it may be used for Reading here. Please link to it, and don’t quote it."),
        (False, True, "Training the police Reading here. Please link to it, and don’t quote it."),
        (True, True, "What it may be used for Short quotes, with the link Training the police"),
    ]:
        Story.objects.update(may_quote=quote, may_train=train)
        snapshot.invalidate()
        snapshot.forget_snapshot()

        assert said in visitor.words(address(story))


def test_story_that_was_live_is_gone_kindly_and_both_ways_down_look_alike(visitor, django_capture_on_commit_callbacks):
    pages = []
    for way_down in (takedown.hide_story, takedown.remove_story):
        story = live(title="Once here", text="Words that go.")
        visitor.read(address(story))

        with django_capture_on_commit_callbacks(execute=True):
            way_down(story)
        page = visitor.read(address(story), status=410)

        assert "This story is no longer here" in page
        for gone in ("Once here", "Words that go", "alice", "ld+json", "og:"):
            assert gone not in page, gone
        assert 'href="/return/"' in page
        assert '<meta name="robots" content="noindex">' in page
        pages.append(page.replace(story.slug, ""))
    assert pages[0] == pages[1]


def test_story_that_never_was_live_answers_as_one_that_never_was(visitor):
    never = visitor.get("/stories/000000000000/")
    for way_down in (lambda story: None, takedown.hide_story, takedown.remove_story):
        story = Story.objects.get(submission=factories.submission_at("agreed"))
        way_down(story)

        agreed = visitor.get(address(story))

        assert agreed.status_code == never.status_code == 404
        assert agreed.content.replace(story.slug.encode(), b"") == never.content.replace(b"000000000000", b"")
    for slug in ("x", "UPPERCASE123", "0" * 300, "..%2f", "%00"):
        assert visitor.get(f"/stories/{slug}/").status_code == 404, slug


def test_page_leads_to_the_next_older_story_on_its_theme_and_of_its_force(visitor):
    oldest, _other = live(title="Kent 0", themes=""), live(force="essex", title="Essex", themes="waiting")
    kent = live(title="Kent 1", themes="kindness")
    story = live(title="Kent 2", themes="waiting kindness")
    live(title="Kent 3", themes="waiting")

    page, words = visitor.read(address(story)), visitor.words(address(story)).split("Read on")[1].split("Share")[0]

    assert words.strip() == "Next in “Waiting” Essex Next about Kent Police Kent 1 All 4 stories about Kent Police"
    assert 'href="/stories/?theme=waiting">Next in' in page
    assert f'href="{address(kent)}">Kent 1</a>' in page
    assert len(visitor.slugs("/stories/?force=kent")) == 4
    assert "Next" not in visitor.words(address(oldest)), "nothing is older"
    for hidden in (live(place_shown="region", themes=""), live(force="sussex", themes="")):
        assert "Read on" not in visitor.words(address(hidden))


def test_theme_leads_to_its_pattern_and_so_does_what_comes_next(visitor, monkeypatch):
    other, story = live(force="essex", title="Essex", themes="kindness"), live(themes="waiting")
    made = patterns.PublicPattern("nobody-rings", "Nobody rings", "", ("waiting", "kindness"), "")
    monkeypatch.setattr(patterns, "get_patterns", lambda: [made])

    page = visitor.read(address(story))

    assert page.count('href="/patterns/nobody-rings/"') == 2
    assert "Next in “Nobody rings” Essex" in visitor.words(address(story))
    assert f'href="{address(other)}"' in page


def test_next_story_that_goes_down_is_named_no_more_and_names_none(visitor, django_capture_on_commit_callbacks):
    other, story = live(title="The other"), live()
    assert visitor.words(address(story)).count("The other") == 1, "on its theme and of its force, it is named once"

    with django_capture_on_commit_callbacks(execute=True):
        takedown.hide_story(other)

    assert "The other" not in visitor.words(address(story))
    assert story_page.story_at(other.slug).status == "hidden"


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
