"""`/what-we-hear/`: whole with nothing, true with much, and never a small number."""

import csv
import html
import io
import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.seeding import stories as seeding
from stories.core import named_lists, snapshot
from stories.figures import charts as figures_charts, counts, svg_drawing, table_spec, views
from stories.figures.counts import StoryCount
from stories.figures.releases import make_release
from stories.figures.svg_drawing import Line
from stories.intake import questions
from stories.models import CountedAnswers, Force, Theme

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
    make_release("2026-Q1")
    snapshot.forget_snapshot()


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_page_without_a_story_or_an_answer_is_whole_and_says_how_few_there_are(visitor):
    words = visitor.words(ADDRESS)

    assert "fewer than 10 stories" in words
    assert "There are no tables yet. We wait until enough people have let us count their answers" in words
    assert "more than one in three were closed because the person" in words
    assert "From people who chose to write, not a sample." in words
    assert "There are too few stories yet" in words
    assert not re.search(r"(?<![\d–-])0(?![\d%])", visitor.words(ADDRESS).split("Go to what")[1])


def test_page_takes_the_edition_alone_with_few_stories_and_with_many(visitor, released):
    for more in (3, 400):
        seeding.seed(more, chance=1)
        snapshot.forget_snapshot()
        with CaptureQueriesContext(connection) as captured:
            visitor.read(ADDRESS)
        assert len(captured) == 1


@pytest.mark.full
def test_small_number_of_stories_is_never_told_and_a_larger_one_is_what_its_list_shows(visitor):
    seeding.seed(300, chance=2)
    snapshot.forget_snapshot()

    charts = {chart.name: chart for chart in views.figures_context()["of_stories"]}

    for chart in (charts["stories-by-outcome"], charts["stories-by-theme"], charts["stories-by-year"]):
        for bar in chart.drawing.parts:
            listed = int(re.search(r"(\d+) stor", visitor.words(bar.line.url))[1])
            assert bar.line.value == (str(listed) if listed >= 10 else "fewer than 10"), bar.line
            assert (bar.line.level == "hidden") == (listed < 10)


def test_every_drawn_length_is_its_number_and_every_headline_true(visitor, released):
    """As somebody sees them who reads nothing else: no bar for a hidden number, one unit a chart, no topic told."""
    seeding.seed(300, chance=2)
    snapshot.forget_snapshot()
    rendered = visitor.read(ADDRESS)

    figures = re.findall(r'<figure class="figure figure--bars" id="([\w-]+)">(.*?)</figure>', rendered, re.S)

    assert len(figures) > 10
    lengths = {}
    for name, figure in figures:
        for value, bar in _drawn(figure):
            assert "%" not in value, name
            assert ("fewer" in value or "not shown" in value) == (bar is None), name
            if bar is not None:
                lengths.setdefault(name, []).append((int(value.replace(",", "")), bar))
    assert lengths
    for name, drawn in lengths.items():
        most = max(number for number, _bar in drawn)
        longest = max(bar for _number, bar in drawn)
        assert all(bar == pytest.approx(max(longest * number / most, 2), abs=0.2) for number, bar in drawn), name
    topics = [each.name for each in Theme.objects.exclude(slug__in=figures_charts.FINDINGS)]
    told = next(figure for name, figure in figures if name == "stories-by-theme")
    sentence = html.unescape(re.search(r'figure__sentence">(.*?)</p>', told, re.S)[1])
    assert not [topic for topic in topics if f"“{topic}”" in sentence]
    number = int(re.search(r"in (\d+) stories", sentence)[1])
    named = re.findall(r"“(.+?)”(?:,| and|$)", sentence.split(": ", 1)[1])
    rows = dict(re.findall(r'<th scope="row">(.*?)</th><td class="table__number">(.*?)</td>', html.unescape(told)))
    assert named
    # A theme that is somebody's words has its marks in the table, and one pair in the sentence.
    assert all(rows.get(words, rows.get(f"“{words}”")) == str(number) for words in named)


def _drawn(figure):
    """Each number of a chart of bars, with the length of its bar in hundredths of the whole."""
    drawing = figure.split("</svg>")[0]
    for row in drawing.split('<text class="chart__value"')[1:]:
        bar = re.search(r'class="chart__bar[^>]* width="([\d.]+)%"', row)
        yield re.search(r">([^<]*)</text>", row)[1], float(bar[1]) if bar else None


@pytest.mark.parametrize(
    ("address", "leads_to"), [(ADDRESS, r'href="/stories/\?force=([\w-]+)"'), ("/forces/", r'href="/forces/([\w-]+)/"')]
)
def test_map_has_every_force_once_as_a_link_to_what_it_counts_or_to_its_page(visitor, address, leads_to):
    picture = visitor.read(address).split('class="chart chart--map"')[1].split('"chart__foot"')[0]

    assert sorted(re.findall(leads_to, picture)) == sorted(Force.objects.values_list("pk", flat=True))
    assert picture.count("fewer than 10") == Force.objects.count()


def test_each_table_is_a_file_with_its_caution_and_the_numbers_of_the_page(visitor, released):
    names = [chart.name for key in ("of_stories", "headlines", "one_way") for chart in views.figures_context()[key]]

    for name in names:
        answer = visitor.get(f"{ADDRESS}{name}.csv")
        assert answer["Content-Type"].startswith("text/csv")
        head, *numbers = rows(answer.content.decode())
        assert {len(row) for row in numbers} == {len(head)}
        assert all(row[-1].endswith("From people who chose to write, not a sample.") for row in numbers)
    told = rows(visitor.get(f"{ADDRESS}answers-knew-law.csv").content.decode())
    assert ["Some did", "60", "100%"] in [row[:3] for row in told]
    assert visitor.get(f"{ADDRESS}no-such.csv").status_code == 404


def test_every_question_is_drawn_with_a_title_a_description_its_caution_and_nothing_forbidden(visitor, released):
    shown = visitor.read(ADDRESS)
    assert "100% of those who answered chose “Some did”" in html.unescape(shown)
    assert '<desc id="stories-by-year-about">There are too few stories yet' in shown
    drawings = re.findall(r'<svg class="chart(?: chart--map)?" .*?"chart__foot".*?</svg>', shown, re.S)

    assert len(drawings) == 4 + len(table_spec.released_tables())
    for each in drawings:
        assert "<title id=" in each
        assert "<desc id=" in each
        assert "not a sample" in each.split("<text")[-1]
        assert 'href="#' in each or 'href="/' in each
        assert "style" not in each
        assert "<script" not in each
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    titles = {html.unescape(title) for title in re.findall(r'<h3 class="figure__title">(.*?)</h3>', shown)}
    asked_for = {name: questions.BY_NAME[name] for name in questions.COUNTED}
    assert {each.counted_as or each.words for each in asked_for.values()} <= titles
    for pair in questions.COUNTED_TOGETHER:
        first, second = (questions.BY_NAME[name].words for name in pair)
        assert titles & {f"“{first}” beside “{second}”", f"“{second}” beside “{first}”"}


def test_long_words_leave_their_number_room_and_rows_that_can_be_pressed_lie_without_a_gap():
    long = "They said I had stopped, but I had not"
    made = svg_drawing.draw_bars([Line(long, "fewer than 10"), Line("Yes", "20", percent=50), Line("Long " * 12, "20")])

    first, second, _third = made.parts
    assert [words for _y, words in first.words] == [long, ""]
    assert (second.width, first.width) == ("50.0%", "2.0%")
    places = [(float(bar.row_y[:-3]), float(bar.row_height[:-3])) for bar in made.parts]
    assert places[0][0] == 0
    for (top, height), (below, _height) in pairwise(places):
        assert below == pytest.approx(top + height, abs=0.02)


def test_answers_and_pairs_of_answers_that_are_equal_are_all_named(db):
    count_people(60)
    row = CountedAnswers.objects.get()
    row.totals.update(
        {"knew_law": 120, "knew_law.not-a-crime": 60, "knew_law dignity": 120, "knew_law.not-a-crime dignity.no": 60}
    )
    row.totals.update({"dignity": 120, "dignity.no": 120})
    row.people = 120
    row.save()
    make_release("2026-Q1")
    snapshot.forget_snapshot()

    said = {chart.name: chart.sentence for key in ("headlines", "one_way") for chart in views.figures_context()[key]}

    assert said["answers-knew-law"] == (
        "“Some did” and “They said it is not a crime” were chosen most often, each by 50% of those who answered."
    )
    assert said["answers-knew-law-by-dignity"] == (
        "Most often, “Some did” about the law came with “No” about dignity and “They said it is not a crime” about "
        "the law came with “No” about dignity: about 60 people gave each of these pairs of answers."
    )


def test_paper_lists_the_forces_whose_number_is_shown_in_alphabetical_order(monkeypatch):
    many = {"kent": 12, "avon-and-somerset": 40, "surrey": 9}
    monkeypatch.setattr(
        counts, "count_stories", lambda names, words, force: StoryCount(force, words, many.get(force, 0), "")
    )

    said = figures_charts.force_map(named_lists.get_named_lists()).on_paper

    assert said.startswith(
        "In alphabetical order, with their stories: Avon and Somerset Police (40) and Kent Police (12)."
    )
    assert "Surrey" not in said


def test_no_two_forces_share_a_square_or_its_letters():
    forces = Force.objects.all()
    letters = [figures_charts._FORCE_CODES[force.pk] for force in forces]

    assert len({(force.column, force.row) for force in forces}) == len(set(letters)) == len(forces) == 48
    assert all(2 <= len(each) <= 3 for each in letters)


def test_table_that_repeats_an_earlier_release_says_which(visitor, released):
    CountedAnswers.objects.create(quarter="2026-Q2", people=30, totals={"believed": 30, "believed.yes": 30})
    make_release("2026-Q2")
    snapshot.forget_snapshot()

    charts = {chart.name: chart for chart in views.figures_context()["one_way"]}

    assert "As it was released for January to March 2026" in charts["answers-knew-law"].about
    assert "As it was released" not in charts["answers-believed"].about
    assert "April to June 2026" in visitor.words(ADDRESS)
