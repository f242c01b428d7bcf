import html
import json
import re

import pytest

from stories.core import snapshot, story_sections, takedown
from stories.models import Story
from tests import factories

pytestmark = pytest.mark.django_db


def live(**fields):
    return factories.live_story(fields=fields)


def address(story):
    return f"/stories/{story.slug}/"


def test_story_stands_with_its_text_in_paragraphs(visitor):
    story = live(title="Nobody rang", text="I rang 101.\n\nNobody came.")

    page = visitor.read(address(story))

    assert "<h1>Nobody rang</h1>" in page
    assert "<p>I rang 101.</p>\n<p>Nobody came.</p>" in page


def test_facts_stand_on_the_slip(visitor):
    story = live(content_notes="threats", themes="waiting kindness")

    words = visitor.words(address(story))

    assert "Before you read Mentions threats" in words
    assert "Where Kent Police" in words
    assert "Year they told the police 2024" in words
    assert "What came of it Looked into, then closed" in words
    assert "About Waiting Kindness" in words
    assert 'href="/forces/kent/"' in visitor.read(address(story))


def test_story_of_somebody_who_never_told_the_police_says_no_year_in_which_they_did(visitor):
    never = live(themes="never-reported waiting", outcome="")
    live(themes="waiting")

    words = visitor.words(address(never))

    assert "Year it would have been 2024" in words
    assert "told the police 2024" not in words
    assert "About Waiting Never reported" in words
    assert visitor.slugs("/stories/?theme=never-reported") == [never.slug]


def test_law_that_year_leads_to_the_law(visitor):
    page = visitor.read(address(live(year="2012")))

    assert "England and Wales had no offence of sharing intimate images yet." in page
    assert 'href="/the-law/?nation=england&amp;on=2014"' in page
    assert "2012" not in page


def test_law_that_year_names_each_offence_with_the_days_of_that_year(visitor):
    words = visitor.words(address(live(year="2015")))

    assert "These were offences in England and Wales in 2015." in words
    assert "Sharing private sexual images, to cause distress: from 13 April 2015" in words


def test_law_stays_general_where_no_place_is_shown(visitor):
    words = visitor.words(address(live(place_shown="nothing", year="2012")))

    assert "Where UK" in words
    assert "England" not in words


def test_story_tells_its_month_and_no_day(visitor):
    story = live()
    month = story.month.strftime("%B %Y")

    page = visitor.read(address(story))

    assert f"Published {month}" in visitor.words(address(story))
    assert story.month.isoformat() not in page
    assert "<time" not in page


def test_citing_names_title_month_and_lasting_link(visitor):
    story = live(title="Nobody rang")

    words = visitor.words(address(story)).replace("“ ", "“").replace(" ”", "”")

    assert f"“Nobody rang”, Heard, {story.month:%B %Y}, https://heard.example{address(story)}" in words


def test_story_can_be_taken_down_from_its_page(visitor):
    story = live()

    assert f'href="/take-down/?story={story.slug}"' in visitor.read(address(story))


def test_force_answers_in_letters_like_those_of_the_story(visitor):
    story = live(force="kent")
    factories.a_response(words="We are\n\nsorry.", source="A newspaper", stories=[story])
    snapshot.forget_snapshot()

    page = visitor.read(address(story))

    assert '<div class="story__text"><p>I rang 101' in page
    assert '<blockquote class="story__text"><p>“We are</p>\n<p>sorry.”</p></blockquote>' in page
    assert "<b>Apology</b>" in page
    assert "A newspaper" in page
    assert 'href="#said">Read its words</a>' in page


def test_force_that_said_nothing_is_spoken_of_with_courtesy(visitor):
    words = visitor.words(address(live(force="essex")))

    assert "We know of nothing that Essex Police has said about this story." in words
    assert "has not answered" not in words, "it was never asked"
    assert "From a force? How to answer" in words


@pytest.mark.parametrize(("field", "heading"), story_sections.HEADINGS.items())
def test_short_text_stands_below_the_text_or_nothing_does(field, heading, visitor):
    said, silent = live(**{field: "Ring <back>.\n\nSoon."}), live(**{field: ""})

    assert f"{heading} Ring <back>. Soon." in visitor.words(address(said))
    assert str(heading) not in visitor.words(address(silent))


def test_story_that_shows_no_force_says_nothing_of_any_answer(visitor):
    factories.a_response(words="We are sorry.", source="A newspaper")
    snapshot.forget_snapshot()

    page = visitor.read(address(live(force="kent", place_shown="region")))

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


# --- For other sites ------------------------------------------------------------------------


def linked_data(page):
    """The one block of data on a page, as a machine reads it."""
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(data)


def described(page):
    """What other sites are told, by its name."""
    return {
        name: html.unescape(said)
        for name, said in re.findall(r'<meta (?:property|name)="(.*?)" content="(.*?)">', page)
    }


def test_machines_read_an_article_of_a_month_by_nobody(visitor):
    story = live(title="Nobody rang")

    data = linked_data(visitor.read(address(story)))

    assert data == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "Nobody rang",
        "url": f"https://heard.example{address(story)}",
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "datePublished": f"{story.month:%Y-%m}",
        "publisher": {"@type": "Organization", "name": "Heard", "url": "https://heard.example"},
    }


def test_link_elsewhere_shows_the_title_and_its_picture_where_quotes_are_wished(visitor):
    story = live(title="Nobody “rang”", text="They never rang.")
    before = visitor.read(address(story))
    assert "og:image" not in described(before)
    assert "They never rang" not in before.split("<body")[0]

    Story.objects.update(may_quote=True)
    snapshot.invalidate()
    told = described(visitor.read(f"/cy{address(story)}"))
    assert told["og:description"] == "They never rang."

    assert told["og:title"] == "Nobody “rang”"
    assert told["og:url"] == f"https://heard.example{address(story)}"
    assert told["og:image"] == f"https://heard.example{address(story)}share.png"
    assert "Nobody “rang”" in told["og:image:alt"]
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")


def test_page_says_what_the_story_may_be_used_for(visitor):
    story = live()
    Story.objects.update(may_quote=False, may_train=False)
    snapshot.invalidate()
    words = visitor.words(address(story))
    assert "What it may be used for Reading here. Please link to it, and don’t quote it." in words

    Story.objects.update(may_quote=False, may_train=True)
    snapshot.invalidate()
    snapshot.forget_snapshot()
    assert "Training the police Reading here. Please link to it, and don’t quote it." in visitor.words(address(story))

    Story.objects.update(may_quote=True, may_train=True)
    snapshot.invalidate()
    snapshot.forget_snapshot()

    words = visitor.words(address(story))
    assert "What it may be used for Short quotes, with the link Training the police" in words


# --- Down -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way_down", [takedown.hide_story, takedown.remove_story])
def test_story_that_was_live_is_gone_kindly_and_nobody_is_named(visitor, way_down, django_capture_on_commit_callbacks):
    story = live(title="Once here", text="Words that go.")
    visitor.read(address(story))

    with django_capture_on_commit_callbacks(execute=True):
        way_down(story)
    page = visitor.read(address(story), status=410)

    assert "This story is no longer here" in page
    assert "Once here" not in page
    assert "Words that go" not in page
    assert "alice" not in page
    assert "ld+json" not in page
    assert "og:" not in page
    assert 'href="/return/"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_both_ways_down_answer_alike(visitor):
    hidden, removed = live(title="One"), live(title="Two")
    takedown.hide_story(hidden)
    takedown.remove_story(removed)

    pages = [visitor.read(address(story), status=410) for story in (hidden, removed)]

    assert pages[0].replace(hidden.slug, "") == pages[1].replace(removed.slug, "")


def test_agreed_story_answers_as_one_that_never_was(visitor):
    story = Story.objects.get(submission=factories.submission_at("agreed"))

    agreed, never = visitor.get(address(story)), visitor.get("/stories/000000000000/")

    assert agreed.status_code == never.status_code == 404
    assert agreed.content.replace(story.slug.encode(), b"") == never.content.replace(b"000000000000", b"")


@pytest.mark.parametrize("way_down", [takedown.hide_story, takedown.remove_story])
def test_story_taken_down_before_it_was_live_never_was(visitor, way_down):
    story = Story.objects.get(submission=factories.submission_at("agreed"))
    way_down(story)

    assert visitor.get(address(story)).status_code == 404


@pytest.mark.parametrize("slug", ["x", "UPPERCASE123", "0" * 300, "..%2f", "%00"])
def test_slug_of_no_story_is_not_found(visitor, slug):
    assert visitor.get(f"/stories/{slug}/").status_code == 404


def test_headers_of_a_story_tell_no_time(visitor):
    response = visitor.get(address(live()))

    assert "Last-Modified" not in response
    assert not response.cookies
