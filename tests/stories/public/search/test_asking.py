"""The same words find the same stories on either store: each answer is held against one worked out story by story."""

import random

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from moderation.invented import seeding
from stories import going_down
from stories.models import Story
from stories.public import edition, facets, filter_form, finding, named_lists
from stories.public.filters import StoryFilter
from stories.public.search import asking, marks, store, terms, words
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def read(query):
    return StoryFilter.from_query(QueryDict(query))


def ask(typed, **where):
    return asking.ask(terms.read(typed), asking.Choices(), size=20, **where)


def found(typed):
    return {story.title for story in ask(typed).stories}


def live(title, text, **fields):
    return factories.live_story(fields={"title": title, "text": text, **fields})


@pytest.fixture
def few():
    live("a", "They policed nothing. I rang 101, and nobody called me back.")
    live("b", "The police called. They said it’s a civil matter, and lost the evidence.", force="essex")
    live("c", "Café José rang: “don't” wait. The evidential review was slow.", differently="Save the evidence.")
    live("d", "Un échange de mots, 証拠 and доказ.", place_shown="nothing")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("police", "ab"),
        ("POLICING", "ab"),
        ("evidence", "bc"),
        ("evid*", "bc"),
        ("eviden*", "bc"),
        ("evidences -civil", "c"),
        ("-police", "cd"),
        ("-police -jose", "d"),
        ('"called me back"', "a"),
        ('"me called back"', ""),
        ('"back The police"', ""),
        ("‘called me’", "a"),
        ("rang evidence", "c"),
        ("rang OR evidence", ""),
        ("jose", "c"),
        ("JOSÉ", "c"),
        ("dont", "c"),
        ("don’t", "c"),
        ("its civil", "b"),
        ("echange", "d"),
        ("証拠", "d"),
        ("доказ", "d"),
        ("101", "a"),
        ("10*", ""),
        ("a", "ab"),
        ("self-evident", ""),
        ("civil-matter", "b"),
        ('-"civil matter" evidence', "c"),
        ('"evidence', "bc"),
        ("AND NOT NEAR(police, 2)", ""),
        ("0all", ""),
        ("title", ""),
    ],
)
def test_words_find_what_they_say(few, typed, expected):
    assert found(typed) == set(expected)


def naive(wanted):
    """The places that a search lists, by reading each live story."""
    search, names = terms.read(wanted.q), named_lists.read()
    return [row.sequence for row in Story.live.order_by("-sequence") if _holds(row, search) and _fits(row, wanted, names)]


def _holds(row, search):
    texts = [[match[0] for match in words.words(text)] for text in (row.title, row.text, row.differently)]
    return all(any(_stands_in(term, text) for text in texts) != term.is_out for term in search.terms)


def _stands_in(term, text):
    if term.is_beginning:
        return any(words.raw(word).startswith(term.tokens[0]) for word in text)
    stems = [words.stem(word) for word in text]
    return any(tuple(stems[at : at + len(term.tokens)]) == term.tokens for at in range(len(stems)))


def _fits(row, wanted, names):
    carried = set(facets.marks(row, names))
    return all(carried & group for group in wanted.groups()) and not carried & wanted.left_out()


@pytest.fixture
def many():
    seeding.seed(300, chance=5)
    edition.forget()


def chances(count):
    """Searches of one to three words, phrases and beginnings that stand in the stories, half of them with a choice."""
    dice = random.Random(11)
    texts = list(Story.live.order_by("sequence").values_list("text", flat=True)[:40])
    for _ in range(count):
        held = dice.choice(texts).split()
        at = dice.randrange(len(held) - 3)
        made = (held[at], f'"{" ".join(held[at : at + 3])}"', f"{held[at][:4]}*", f"-{held[at]}")
        choice = dice.choice(("", "", "&force=kent&force=essex", "&without=threats", "&nation=england&year=2024"))
        yield f"q={' '.join(dice.sample(made, dice.randint(1, 2)))}{choice}".replace('"', "%22")


def test_search_lists_exactly_the_stories_that_hold_the_words(many):
    some = 0
    for query in chances(60):
        wanted = read(query)
        assert [story.sequence for story in finding.every(wanted)] == naive(wanted), query
        assert finding.find(wanted).count == len(naive(wanted)), query
        some += 0 < len(naive(wanted)) < 300
    assert some > 30


def test_number_beside_a_choice_is_what_the_search_then_lists(many):
    wanted = read("q=police&without=threats")
    searched = finding.find(wanted).searched

    for name in ("outcome", "nation", "without"):
        facet = facets.BY_NAME[name]
        for slug, count in filter_form.counts(facet, wanted, searched=searched).items():
            slugs = (*wanted.chosen.get(name, ()), slug) if facet.leaves_out else (slug,)
            then = StoryFilter(wanted.names, {**wanted.chosen, name: slugs}, q="police")
            assert finding.find(then).count == count, (name, slug)


def test_pages_of_a_search_hold_each_story_once_and_lead_back(many):
    first = finding.find(read("q=police"))
    second = finding.find(read(f"q=police&before={first.older}"))
    back = finding.find(read(f"q=police&after={second.newer}"))

    seen = [story.sequence for story in (*first.stories, *second.stories)]
    assert seen == naive(read("q=police"))[:40]
    assert [story.pk for story in back.stories] == [story.pk for story in first.stories]
    assert (first.newer, back.newer) == ("", "")


def test_search_is_one_query(many, django_assert_num_queries):
    edition.number()
    for query in ("q=police", "q=evid*&force=kent", "q=-police&before=40"):
        wanted = read(query)
        with django_assert_num_queries(1):
            finding.find(wanted)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
@example("\x00")
@example('"""*** -"" -* ""* NEAR( ) { } ^ : + | & ! <-> \' \\ %s %(x)s')
@example("x" * 10_000)
@example(" ".join(f"word{number}" for number in range(500)))
@example("-" * 300)
@example("\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
def test_no_search_is_an_error(few, typed):
    answer = ask(typed)

    assert len(answer.stories) == answer.matched.bit_count()


def test_only_the_newest_thousand_are_looked_at_and_that_is_said(few, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 2)

    answer = ask("-heron")

    assert answer.is_capped
    assert answer.hits.bit_count() == answer.matched.bit_count() == len(answer.stories) == 2


def test_story_that_goes_down_is_found_no_more_and_one_that_is_put_back_is(few):
    story = Story.live.get(title="b")

    going_down.hide(story, by_request=True)
    down = found("civil")
    story.refresh_from_db()
    story.status = Story.Status.LIVE
    story.save(update_fields=["status"])

    assert (down, found("civil")) == (set(), {"b"})


def test_no_word_of_a_removed_story_is_left_in_the_store():
    submission = factories.submission_at("published", fields={"title": "a", "text": "The heron stood in the canal."})
    with connection.cursor() as cursor:
        assert _kept(cursor) > 0
        going_down.remove(submission.story)
        assert _kept(cursor) == 0


def _kept(cursor):
    """How often the stem of a word stands in the tables that search is made of."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT count(*) FROM stories_search WHERE tokens::text LIKE '%%sheron%%'")
        return cursor.fetchone()[0]
    cursor.execute("SELECT count(*) FROM stories_search_content WHERE c0 LIKE '%%sheron%%'")
    kept = cursor.fetchone()[0]
    cursor.execute("SELECT block FROM stories_search_data")
    # A token is cut short where it begins as the one before it does.
    return kept + sum(b"heron" in bytes(block) for (block,) in cursor.fetchall())


def test_what_is_kept_is_mended_after_a_migration(few):
    places = sorted(Story.live.values_list("sequence", flat=True))
    store.take_out(places[:1])
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO stories_search({store._PLACE[connection.vendor]}, tokens) VALUES (99, 'sheron')")

    store.lay()

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {store._PLACE[connection.vendor]} FROM stories_search")
        assert sorted(place for (place,) in cursor.fetchall()) == places


def test_page_of_a_search_marks_the_words_where_they_stand(few):
    story = Story.live.get(title="b")

    pieces = marks.snippet(story.text, terms.read("evidence -nothing"))

    assert [piece.words for piece in pieces if piece.is_marked] == ["evidence"]
    assert "".join(piece.words for piece in pieces) == story.text
