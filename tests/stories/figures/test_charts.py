"""What a sentence names, what a chart says of what it hides, and how a browser draws it, on a phone and on paper."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from stories.figures import charts, svg_drawing
from stories.figures.charts import Chart, most_counted
from stories.figures.disclosure_control import FEW, UNSHOWN
from stories.figures.svg_drawing import Line

STATIC = Path(__file__).resolve().parents[3] / "site/static"
ADDRESS = "https://heard.example"
FEWER = "fewer than 10"
MEASURES = dict(
    re.findall(r"^/\* ([a-z ]+) \*/\n((?:[^/\n].*\n)+)", Path(__file__).with_name("measures.js").read_text(), re.M)
)


def sentence(*counted, one="%(words)s led.", read=str):
    """The sentence of (words, number) as four plain ones."""
    return most_counted(counted, one=one, equal="%(words)s lead.", none="None leads.", few="Few.", read=read)


def test_sentence_names_what_leads_and_whatever_is_equal_to_it():
    assert sentence(("A", 20), ("B", 15)) == "A led."
    assert sentence(("A", 20), ("B", 15), ("C", 20)) == "A and C lead."
    assert sentence(("A", 20), ("B", 20), ("C", 20), ("D", 10)) == "A, B and C lead."
    assert sentence(*((letter, 20) for letter in "ABCD")) == "None leads.", "of more than three it names none"
    assert sentence(("A", FEW), ("B", UNSHOWN), ("C", 10)) == "C led.", "hidden and small numbers never lead"
    assert sentence(("A", FEW), ("B", UNSHOWN), ("C", 9)) == sentence() == "Few."
    assert sentence(("A", 60), one="%(share)s chose %(words)s", read=lambda most: "over 95%") == "Over 95% chose A"
    assert sentence(("A", 60), read=lambda most: "") == "Few.", "of so few there is no share"


def test_every_column_of_numbers_is_headed_as_its_numbers_stand_and_what_is_not_shown_is_spoken_of():
    for chart in (by_two(), by_bars()):
        head, *rows = shown(chart).split("<table")[1].split("<tr>")[1:]
        columns = len(chart.head) - 1
        assert head.count('<th scope="col" class="table__number">') == columns
        assert {row.count('<td class="table__number">') for row in rows} == {columns}

    assert "not shown" not in shown(by_two())
    assert "fewer than 10, or not shown" in shown(replace(by_two(), note="Why."))


def by_bars(note=""):
    lines = [
        Line("I stopped, or felt I had to", FEWER, level="hidden", url="/stories/?outcome=i-stopped"),
        Line("Warning, caution or order", FEWER, level="hidden", url="/stories/?outcome=warning"),
        Line("They said I had stopped, but I had not", FEWER, level="hidden", url="/stories/?outcome=said"),
        Line("Looked into, then closed", "14", percent=100, url="/stories/?outcome=closed"),
    ]
    made = charts.bar_chart("outcome", "What came of it", lines, counted="Stories", sentence="Most.", about="All.")
    return Chart(**{**vars(made), "note": note})


def by_two():
    columns = ["Always", "Mostly", "Sometimes", "No", "Not sure", "Rather not say"]
    rows = ["They said it is not a crime", "Rather not say", "Only after being told"]
    squares = [(row, [Line(f"{row}: {column}", FEWER, level="hidden") for column in columns]) for row in rows]
    table = [[row, *(FEWER for _column in columns)] for row in rows]
    parts = ("crossed", svg_drawing.draw_crossed(squares), ["", *columns], table)
    return Chart("law-by-dignity", "Law beside dignity", "Most.", "All.", *parts, key=columns)


def by_force():
    letters = sorted(charts._FORCE_CODES.values())
    placed = [
        (Line(each, FEWER, level="hidden", url=f"/{at}/"), each, at % 9, at // 9) for at, each in enumerate(letters)
    ]
    return Chart(
        "forces", "Where", "None.", "All.", "map", svg_drawing.draw_tiles(placed), ["Force"], [], on_paper="None yet."
    )


def shown(chart):
    return render_to_string("stories/figures/chart.html", {"chart": chart})


@pytest.fixture
def drawn(chromium):
    """`drawn(chart)` is a page that holds it, 320 px wide, its table unfolded."""
    context = chromium.new_context(base_url=ADDRESS, viewport={"width": 320, "height": 640})
    sheets = "".join(
        f'<link rel="stylesheet" href="/css/{name}.css">' for name in ("tokens", "base", "reading", "figures")
    )
    for folder in ("css", "fonts"):
        kept = f"{ADDRESS}/{folder}/**"
        context.route(kept, lambda route: route.fulfill(path=STATIC / route.request.url[len(ADDRESS) + 1 :]))

    def draw(chart):
        page = context.new_page()
        body = f'<main class="page band"><div class="figures">{shown(chart)}</div></main>'
        html = f'<!doctype html><html lang="en-GB">{sheets}{body}'.replace("<details", "<details open")
        page.route(f"{ADDRESS}/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto("/")
        page.evaluate("document.fonts.ready")
        return page

    yield draw
    context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_drawing_and_table_fit_a_phone_no_word_is_broken_and_the_whole_row_of_a_bar_is_its_link(drawn):
    page, bars = drawn(by_two()), drawn(by_bars())

    assert page.evaluate(MEASURES["gaps"]) >= 12
    assert page.evaluate(MEASURES["broken words"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("(each => each.scrollWidth > each.clientWidth)(document.querySelector('.table-scroll'))")

    assert drawn(by_force()).evaluate(MEASURES["too wide"]) == []
    assert bars.evaluate(MEASURES["on one line"]) == [True, True, False, True]
    assert bars.evaluate(MEASURES["overlaps"]) == []
    assert bars.evaluate(MEASURES["pressed between"]) == [bar.line.url for bar in by_bars().drawing.parts]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("chart", [by_bars(), by_two(), by_force()], ids=lambda chart: chart.kind)
def test_paper_has_the_drawing_and_neither_its_table_nor_a_control(drawn, chart):
    page = drawn(chart)
    page.emulate_media(media="print")

    assert page.locator(".chart").is_visible()
    assert not page.locator("details").is_visible()
    assert page.get_by_text("None yet.").count() == (chart.kind == "map")
    assert reverse("figure-table", args=[chart.name]) in page.content()
    assert not page.get_by_role("link", name="Download it as CSV").is_visible()
