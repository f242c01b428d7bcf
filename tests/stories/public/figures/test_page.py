"""`/what-we-hear/`: whole with nothing, true with much, and never a small number."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation.invented import seeding
from stories import going_down
from stories.models import CountedAnswers, Force
from stories.public import edition
from stories.public.figures import asked, drawing, force_letters, page
from stories.public.figures.drawing import Line
from stories.public.figures.releasing import release
from stories.telling import questions
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADDRESS = "/what-we-hear/"


def count_people(many, *, knew_law="some", dignity="no"):
    """As if that many had answered these two questions alike, and no other."""
    both = f"knew_law.{knew_law} dignity.{dignity}"
    names = ("knew_law", f"knew_law.{knew_law}", "dignity", f"dignity.{dignity}", "knew_law dignity", both)
    CountedAnswers.objects.create(quarter="2026-Q1", people=many, totals=dict.fromkeys(names, many))


@pytest.fixture
def released():
    count_people(60)
    release("2026-Q1")
    edition.forget()


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_page_without_a_story_or_an_answer_is_whole_and_says_how_few_there_are(visitor):
    words = visitor.words(ADDRESS)

    assert "fewer than 10 stories" in words
    assert "So far fewer than 10 people have let us count their answers" in words
    assert "about one in three allegations were withdrawn" in words
    assert "From people who chose to write, not a sample." in words
    assert "There are too few stories yet" in words
    assert not re.search(r"(?<![\d–-])0(?![\d%])", visitor.words(ADDRESS).split("Go to what")[1])


def test_page_takes_the_edition_alone_with_few_stories_and_with_many(visitor, released):
    for more in (3, 400):
        seeding.seed(more, chance=1)
        edition.forget()
        with CaptureQueriesContext(connection) as captured:
            visitor.read(ADDRESS)
        assert len(captured) == 1


def test_small_number_of_stories_is_never_told_and_a_larger_one_is_what_its_list_shows(visitor):
    seeding.seed(300, chance=2)
    edition.forget()

    charts = {chart.name: chart for chart in page.context()["of_stories"]}

    for chart in (charts["stories-by-outcome"], charts["stories-by-theme"], charts["stories-by-year"]):
        for bar in chart.drawing.parts:
            listed = int(re.search(r"(\d+) stor", visitor.words(bar.line.url))[1])
            assert bar.line.value == (str(listed) if listed >= 10 else "fewer than 10"), bar.line
            assert (bar.line.level == "hidden") == (listed < 10)


@pytest.mark.parametrize(
    ("address", "leads_to"), [(ADDRESS, r'href="/stories/\?force=([\w-]+)"'), ("/forces/", r'href="/forces/([\w-]+)/"')]
)
def test_map_has_every_force_once_as_a_link_to_what_it_counts_or_to_its_page(visitor, address, leads_to):
    picture = visitor.read(address).split('class="chart chart--map"')[1].split("</svg>")[0]

    assert sorted(re.findall(leads_to, picture)) == sorted(Force.objects.values_list("pk", flat=True))
    assert picture.count("fewer than 10") == Force.objects.count()


def test_no_two_forces_stand_on_one_square():
    places = list(Force.objects.values_list("column", "row"))

    assert len(set(places)) == len(places) == 48


def test_each_table_is_a_file_with_its_caution_and_the_numbers_of_the_page(visitor, released):
    names = [chart.name for key in ("of_stories", "headlines", "one_way") for chart in page.context()[key]]

    assert len(names) == 4 + len(asked.tables())
    for name in names:
        answer = visitor.get(f"{ADDRESS}{name}.csv")
        assert answer["Content-Type"].startswith("text/csv")
        head, *numbers = rows(answer.content.decode())
        assert {len(row) for row in numbers} == {len(head)}
        assert all(row[-1].endswith("From people who chose to write, not a sample.") for row in numbers)
    told = rows(visitor.get(f"{ADDRESS}answers-knew-law.csv").content.decode())
    assert ["Some did", "60", "over 95%"] in [row[:3] for row in told]
    assert visitor.get(f"{ADDRESS}no-such.csv").status_code == 404


def test_what_was_released_is_told_in_a_sentence_a_drawing_and_a_table(visitor, released):
    words = visitor.words(ADDRESS)

    assert "These tables were released after January to March 2026, and don’t change. They are of 60 people" in words
    assert "over 95% of those who answered chose “Some did”" in words
    assert "Given together most often: “Some did” with “No”, by about 60 people." in words


def test_every_drawing_has_a_title_a_description_its_caution_and_nothing_that_its_policy_forbids(visitor, released):
    shown = visitor.read(ADDRESS)
    drawings = re.findall(r'<svg class="chart.*?</svg>', shown, re.S)

    assert len(drawings) == 4 + len(asked.tables())
    for each in drawings:
        assert "<title id=" in each
        assert "<desc id=" in each
        assert "not a sample" in each.split("<text")[-1]
        assert 'href="#' in each or 'href="/' in each
        assert "style" not in each
        assert "<script" not in each
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_no_question_that_is_counted_is_missing_from_the_page():
    assert {table.name for table in asked.tables()} == {
        *questions.COUNTED,
        *(" ".join(pair) for pair in questions.COUNTED_TOGETHER),
    }


def test_long_words_are_broken_and_leave_their_number_room():
    made = drawing.bars(
        [Line("They said I had stopped, but I had not", "fewer than 10"), Line("Yes", "20", percent=50)]
    )

    first, second = made.parts
    assert [words for _y, words in first.words] == ["They said I had stopped, but I had not", ""]
    assert (second.width, first.width) == ("50.0%", "2.0%")


def test_story_that_goes_down_leaves_every_figure(visitor):
    seeding.seed(10, chance=4)
    edition.forget()
    before = page.context()["stories"]
    story = factories.live_story()
    edition.bump()
    edition.forget()

    assert (before, page.context()["stories"]) == ("10", "11")
    going_down.hide(story)
    edition.forget()
    assert page.context()["stories"] == "10"


def test_letters_of_a_square_are_those_of_one_force_alone():
    letters = [force_letters.of(force) for force in Force.objects.values_list("pk", flat=True)]

    assert len(set(letters)) == len(letters)
    assert all(2 <= len(each) <= 3 for each in letters)
    assert force_letters.of("new-force") == "New"


def test_table_that_repeats_an_earlier_release_says_which(visitor, released):
    CountedAnswers.objects.create(quarter="2026-Q2", people=30, totals={"believed": 30, "believed.yes": 30})
    release("2026-Q2")
    edition.forget()

    charts = {chart.name: chart for chart in page.context()["one_way"]}

    assert "As it was released for January to March 2026" in charts["answers-knew-law"].about
    assert "As it was released" not in charts["answers-believed"].about
    assert "April to June 2026" in visitor.words(ADDRESS)
