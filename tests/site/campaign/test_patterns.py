"""Patterns and demands: each part of the page, what its numbers lead to, and what goes when a story goes."""

import json

import pytest

from campaign.models import HomePage, Offence, PatternPage
from stories.core import named_lists, snapshot, takedown
from stories.models import Story
from stories.reading import patterns
from tests import factories
from tests.site.campaign import asking
from tests.site.campaign.asking import words_at
from tests.stories.intake.visiting import Visitor

pytestmark = pytest.mark.usefixtures("laid")
WORDS, WELL, ASKED = "Nobody rang me back.", "The desk officer wrote it down.", "Ring when you say so."
ADDRESS = "/patterns/nobody-rings/"


def a_story(*, quote=True, **fields):
    told = {"title": "A quiet phone", "text": f"I waited. {WORDS}", "well": WELL, "differently": ASKED, **fields}
    return factories.submission_at("published", fields=told, consent_quote=quote).story


def passage_of(story, words=WORDS):
    return {"type": "story_quote", "value": {"story": story.slug, "passage": words}}


def a_pattern(*stories, **fields):
    return asking.pattern(passages=map(passage_of, stories), **fields)


def test_pattern_has_every_part_and_each_number_leads_to_its_list(reader):
    story = a_story()
    ask = asking.ask(demands=["ring-when-said"])
    action = asking.action(ask)
    factories.a_response(words="We will ring.", ask=ask.slug)
    a_pattern(story, ask=ask, guidance="The Code says to ring.", action=action)

    page = words_at(reader, ADDRESS)

    parts = ("They say that they will ring", WORDS, WELL, ASKED, "The Code says to ring.", "We will ring.")
    for words in (*parts, ask.sentence, action.title):
        assert words in page, words
    assert page.count(f'class="dots__dot" href="/stories/{story.slug}/"') == 1
    for address in ("/stories/?theme=waiting", "/stories/?theme=waiting&amp;says=well"):
        assert f'href="{address}"' in page, address
        listed = words_at(reader, address.replace("&amp;", "&"))
        assert "1 story matches" in listed, address


def test_pattern_with_nothing_but_its_sentence_is_whole_and_its_theme_leads_to_it(reader):
    names = named_lists.get_named_lists()
    a_pattern(themes=())
    page = words_at(reader, ADDRESS)
    a_pattern(slug="waits")

    assert "They say that they will ring" in page
    assert "What you can do, now" in page
    parts = ("What the law says", "Where it was done well", "What people say should change", "What forces answered")
    for part in parts:
        assert part not in page, part
    assert patterns.theme_url(names, "waiting") == "/patterns/waits/"
    assert patterns.theme_url(names, "blame") == "/stories/?theme=blame"


@pytest.mark.parametrize("way", ["down", "no more quotes", "corrected"])
def test_passage_goes_with_its_story_its_consent_and_its_words(reader, way):
    story = a_story()
    a_pattern(story)
    home = HomePage.objects.get()
    home.voices = json.dumps([passage_of(story)])
    home.save_revision().publish()
    for path in ("/", ADDRESS):
        assert WORDS in words_at(reader, path), path

    if way == "down":
        takedown.hide_story(story)
    elif way == "no more quotes":
        Story.objects.filter(pk=story.pk).update(may_quote=False)
    else:
        PatternPage.objects.update(passages=json.dumps([passage_of(story, "Never said.")]))
        HomePage.objects.update(voices=json.dumps([passage_of(story, "Never said.")]))
    snapshot.invalidate()

    for path in ("/", ADDRESS):
        page = words_at(reader, path)
        for gone in ("Never said.", "lines__line", "voices__voice"):
            assert gone not in page, (path, gone)
    assert patterns.marked_passages(story.slug) == []


def test_law_is_named_where_it_was_law_all_through_the_year_of_the_story(reader):
    before, after = a_story(year="2015", title="Before"), a_story(year="2016", title="After")
    slug = Offence.objects.filter(jurisdiction="england-and-wales", since="2015-04-13").values_list("slug", flat=True)
    law = slug.first()
    a_pattern(before, after, law=[law])

    page = words_at(reader, ADDRESS)

    assert "Already a crime all through 2016" in page
    assert "Already a crime all through 2015" not in page
    assert page.count(f"/the-law/?on=2024#{law}") == 2  # beside the story of 2016, and in the list


def test_demands_are_the_largest_first_and_no_passage_is_there_twice(reader):
    for number in range(3):
        a_story(title=f"Ring {number}", differently=f"Ring me, {number}.", demand="ring-when-said")
    a_story(differently="Look it up.", demand="know-the-law")
    a_story(differently="Something of its own.", demand="")
    a_story(differently="Do not quote this.", demand="ring-when-said", quote=False)
    snapshot.forget_snapshot()

    found = patterns.demands_of(named_lists.get_named_lists(), most=3)

    assert [(each.slug, each.stories) for each in found] == [("ring-when-said", 4), ("know-the-law", 1)]
    said = [passage.words for demand in found for passage in demand.passages]
    assert sorted(said) == sorted({"Ring me, 0.", "Ring me, 1.", "Ring me, 2.", "Look it up."})
    page = words_at(reader, "/patterns/")
    assert "Something of its own." not in page
    assert 'href="/stories/?demand=ring-when-said"' in page
    assert "4 stories match" in words_at(reader, "/stories/?demand=ring-when-said")


def test_new_site_has_eight_patterns_as_drafts_and_the_former_page_leads_to_them(reader):
    assert PatternPage.objects.filter(live=False).count() >= 8
    assert not PatternPage.objects.filter(live=True).exists()
    for language in ("", "/cy"):
        answer = reader.get(f"{language}/what-should-change/")
        assert (answer.status_code, answer["Location"]) == (301, f"{language}/patterns/#change")


def test_whoever_told_it_reads_what_their_story_fed(reader):
    fields = {"themes": "waiting", "text": f"I waited. {WORDS}"}
    told = factories.submission_at("published", fields=fields, consent_quote=True)
    ask, visitor = asking.ask(), Visitor()
    a_pattern(told.story, ask=ask)
    a_pattern(slug="left", title="Left alone")

    visitor.come_back(told.code)

    said = " ".join(visitor.text().split()).replace(" ,", ",").replace(" .", ".")
    assert f"It is quoted in Nobody rings, which asks {ask.addressee}: {ask.sentence}" in said
    assert "It is counted in Left alone." in said


def test_home_shows_some_of_its_lines_and_others_after_a_change(reader):
    stories = [a_story(text=f"Before. Line {number} of mine. After.") for number in range(8)]
    home = HomePage.objects.get()
    lines = [passage_of(story, f"Line {number} of mine.") for number, story in enumerate(stories)]
    home.voices = json.dumps(lines)
    home.save_revision().publish()

    def lines_shown():
        page = words_at(reader, "/").partition("home__voices")[2].partition("</section>")[0]
        return {number for number in range(8) if f"Line {number} of mine." in page}

    first = lines_shown()
    assert len(first) == 5
    later = set()
    for _ in range(8):
        snapshot.invalidate()
        later |= lines_shown()
    assert later - first
