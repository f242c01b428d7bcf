"""`/what-we-hear/`: whole with nothing, exact of stories, and of answers never a small number; named figures, too."""

import csv
import html
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bench.seeding import stories as seeding
from stories.core import named_lists, snapshot
from stories.figures import charts, counts, views
from stories.figures.releases import make_release
from stories.intake import questions
from stories.models import CountedAnswers, Force
from stories.reading import marked_sets
from tests import factories

pytestmark = [pytest.mark.django_db]
ADDRESS = "/what-we-hear/"
CAUTION = "From people who chose to write, not a sample."


@pytest.fixture
def released():
    """Two questions were answered by sixty, one of them by all alike."""
    alike = ("knew_law", "knew_law.some", "dignity", "dignity.no", "knew_law dignity", "knew_law.some dignity.no")
    known = {f"believed.{slug}": 12 for slug in ("yes", "by-some", "no", "not-sure", "rather-not-say")}
    totals = {**dict.fromkeys(alike, 60), **known, "believed": 60}
    CountedAnswers.objects.create(quarter="2026-Q1", people=60, totals=totals)
    make_release("2026-Q1")
    snapshot.forget_snapshot()


def seed(many):
    seeding.seed(many, chance=2)
    snapshot.forget_snapshot()


def test_page_without_a_story_or_an_answer_is_whole(visitor):
    words = visitor.words(ADDRESS)

    for said in (
        *("0 stories published so far", "There are no tables yet. We wait until enough people have let us count"),
        *("more than one in three were closed because the person", "by itself we have no official figures", CAUTION),
    ):
        assert said in words
    assert 'class="findings"' not in visitor.read(ADDRESS)


def test_page_takes_two_queries_with_any_number_of_stories_and_many_have_bars(visitor, released):
    for more, has_dots in ((3, True), (400, False)):
        seed(more)
        marked_sets.current_sets()
        with CaptureQueriesContext(connection) as captured:
            page = visitor.read(ADDRESS)
        assert len(captured) <= 2
        assert ('class="dots__dot"' in page) == has_dots
        assert ("stories-by-outcome.svg" in visitor.read(f"{ADDRESS}stories-by-outcome/")) is True
    figures = re.findall(r'figure--bars" id="stories-[\w-]+">(.*?)</figure>', page, re.S)
    assert len(figures) == 3
    for figure in figures:
        bars = [(int(n), float(w)) for n, w in re.findall(r'value">(\d+)</b>\s*<svg.*?many" width="([\d.]+)%', figure)]
        most = max(number for number, _width in bars)
        assert all(width == pytest.approx(100 * number / most, abs=0.1) for number, width in bars)


def test_every_number_of_stories_is_that_of_its_list_and_every_dot_one_of_it(visitor):
    seed(60)
    context = views.figures_context(charts.story_dots())

    for chart in (*context["stories_open"], *context["stories_folded"]):
        for line in (line for line in chart.lines if line.count <= 20):
            dots = {dot.split("/")[2] for dot in line.dots}
            assert dots == set(visitor.slugs(line.url)), line.words
            assert len(dots) == line.count or line.count > charts.MOST_IN_A_SQUARE
    assert sum(line.count for line in context["stories_open"][0].lines) <= 60


def test_no_word_of_a_picture_waits_for_a_mouse_and_a_dot_says_no_title(visitor):
    factories.live_story(consent_quote=True, fields={"title": "The heron"})
    snapshot.invalidate()
    for address in (ADDRESS, f"{ADDRESS}forces/", "/forces/"):
        page = visitor.read(address)
        body = page.split("<body")[1]
        assert 'class="dots__dot"' in body
        assert " title=" not in body
        assert "The heron" not in body
        key = body.split("What the letters stand for")[1].split("</ul>")[0]
        codes = re.findall(r'tile__code" aria-hidden="true">(.*?)<', body)
        assert re.findall(r"<b>(.*?)</b>", key) == codes


def test_map_has_every_force_once_as_a_link_to_what_it_counts_or_to_its_page(visitor):
    for address, leads in ((ADDRESS, r'href="/stories/\?force=([\w-]+)"'), ("/forces/", r'href="/forces/([\w-]+)/"')):
        picture = visitor.read(address).split('<ul class="tiles">')[1].split("</ul>")[0]
        assert sorted(re.findall(leads, picture)) == sorted(Force.objects.values_list("pk", flat=True)), address
        names = re.findall(r'tile__name">(.*?)</span>', picture)
        assert names == sorted(names), "in alphabetical order: never ranked"


def test_no_two_forces_share_a_square_or_its_letters_in_either_language():
    places = set()
    for language in ("en-gb", "cy"):
        with translation.override(language):
            lines = charts.force_map(named_lists.get_named_lists(), {}).lines
        letters = [line.code for line in lines]
        places |= {(line.column, line.row) for line in lines}
        assert len(set(letters)) == len(places) == len(lines) == 48
        assert all(2 <= len(each) <= 3 for each in letters)
    assert {"GCy", "DCy", "Alb", "GI"} <= set(letters)


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_each_figure_has_a_page_and_three_files_with_its_caution_to_show_elsewhere(visitor, released):
    seed(30)
    kinds = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "png": "image/png"}

    for name in ("forces", "stories-by-theme", "answers-knew-law", "answers-who"):
        page = visitor.read(f"{ADDRESS}{name}/")
        assert CAUTION in page
        assert "How we counted" in page
        assert f"&lt;img src=&quot;https://heard.example{ADDRESS}{name}.png" in page.replace('"', "&quot;")
        for kind, said in kinds.items():
            answer = visitor.get(f"{ADDRESS}{name}.{kind}")
            assert (answer["Content-Type"], answer["Cross-Origin-Resource-Policy"]) == (said, "cross-origin"), name
    told = rows(visitor.get(f"{ADDRESS}answers-knew-law.csv"))
    some = [(row["count"], row["base"], row["percent"]) for row in told if row["slug"] == "some"]
    assert some == [("60", "60", "100")]
    hidden = {(row["count"], row["percent"], row["note"]) for row in told if not row["count"]}
    assert hidden == {("", "", "fewer than 10")}
    assert told[0]["about"].endswith(CAUTION)
    assert {row["about"] for row in told[1:]} == {""}
    assert {row["percent"] for row in rows(visitor.get(f"{ADDRESS}forces.csv"))} == {""}
    for nothing in ("no-such/", "no-such.csv", "no-such.svg"):
        assert visitor.get(f"{ADDRESS}{nothing}").status_code == 404


def test_answers_are_drawn_where_more_than_half_speak_and_the_others_are_named(visitor, released):
    seed(30)
    shown = visitor.read(ADDRESS)

    drawn = set(re.findall(r'<figure class="figure figure--bars" id="(answers-[\w-]+)"', shown))
    assert drawn == {"answers-believed"}
    named = set(re.findall(rf'href="{ADDRESS}(answers-[\w-]+)/"', shown))
    assert named == {f"answers-{name.replace('_', '-')}" for name in questions.COUNTED}
    assert "About two in ten felt believed by everybody they told." in html.unescape(shown)
    assert 'class="chart__many" width="25.0%"' not in shown
    assert "stories someone was charged" in shown.split('class="findings"')[1].split("</ol>")[0]
    assert "style=" not in shown.split("<main")[1]
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    # A table that repeats an earlier release says which.
    CountedAnswers.objects.create(quarter="2026-Q2", people=30, totals={"who": 30, "who.ex-partner": 30})
    make_release("2026-Q2")
    snapshot.forget_snapshot()
    found = views.all_charts()
    assert "As it was released for January to March 2026" in found["answers-knew-law"].about
    assert "As it was released" not in found["answers-who"].about
    assert "April to June 2026" in visitor.words(ADDRESS)


def test_every_choice_is_a_figure_of_its_own_and_none_is_of_one_force_or_unknown():
    choices = counts.figure_choices()

    assert len(dict(choices)) == len({words for _key, words in choices}) == len(choices)
    assert dict(choices)["stories-in-wales"] == "stories in Wales"
    names = {name.lower() for name in Force.objects.values_list("name", flat=True)}
    assert not [words for _key, words in choices if any(name in words.lower() for name in names)]
    figure = counts.named_figure("stories-in-wales")
    assert counts.named_figure("stories-in-kent") is counts.named_figure("") is None
    assert (figure.value, figure.url) == ("0", "/stories/?nation=wales")
    assert figure.caution == CAUTION


def test_figure_is_what_its_list_shows_and_asks_nothing_but_the_edition(visitor):
    seed(150)
    for key in ("stories", "stories-in-england", "stories-with-closed", "stories-about-waiting"):
        figure = counts.named_figure(key)
        assert figure.value == re.search(r"(\d+) stor", visitor.words(figure.url))[1], key
    factories.a_second_passes()
    with CaptureQueriesContext(connection) as asked:
        counts.named_figure("stories")
        counts.named_figure("stories-in-england")
    assert len(asked) == 1
