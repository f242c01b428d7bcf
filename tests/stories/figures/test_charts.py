"""What a figure says in a sentence, what it keeps to itself, and how a browser and a picture draw it."""

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image, ImageChops

from stories.figures import pictures, sentences, table_spec
from stories.figures.charts import Chart, Line
from stories.figures.disclosure_control import FEW, UNSHOWN
from stories.figures.sentences import part_words, said_of
from stories.reading import pictures as sheets
from stories.reading.pictures import Sheet

STATIC = Path(__file__).resolve().parents[3] / "site/static"
ADDRESS = "https://heard.example"
CAUTION = "From people who chose to write, not a sample."


def answers(*counts, base=355, slugs=("at-once", "after-being-told", "some", "not-a-crime")):
    return [Line(slug, slug, count, base) for slug, count in zip(slugs, counts, strict=True)]


def chart(kind="bars", name="answers-knew-law", url=""):
    words = ("They said I had stopped, but I had not", "Looked into, then closed", "Some did", "Not at all")
    lines = [
        Line("at-once", said, count, 60, percent=0 if isinstance(count, str) else count, url=url, column=at, row=at % 2)
        for at, (said, count) in enumerate(zip(words, (40, 10, 9 if url else FEW, 10), strict=True))
    ]
    if url:
        lines = [replace(line, dots=[f"/stories/{at}/" for at in range(line.count)]) for line in lines]
    return Chart(name, "What came of it", "About it.", kind, lines)


def test_part_of_all_is_told_in_words_that_are_never_more_than_the_numbers():
    told = {2: "about 2 in 100", 7: "about 7 in 100", 8: "about one in ten", 11: "one in ten"}
    told |= {14: "more than one in ten", 50: "half", 55: "more than half", 65: "more than six in ten"}
    told |= {70: "seven in ten", 73: "about seven in ten", 89: "nine in ten", 94: "more than nine in ten"}
    told |= {96: "nearly all", 100: "all"}

    assert {percent: part_words(percent) for percent in told} == told
    with translation.override("cy"):
        assert part_words(73) == "tua saith o bob deg"
    assert all(part_words(percent) for percent in range(1, 101))


def test_sentence_adds_up_what_it_names_and_says_nothing_where_any_is_hidden_or_few():
    said = said_of("answers-knew-law", answers(70, 85, 70, 105))

    assert said.words == "About seven in ten say officers did not all know at once that it is a crime."
    assert (said.number, said.base, said.percent) == ("260", "355", "73")
    for hidden in (answers(70, FEW, 70, 105), answers(70, 85, UNSHOWN, 105), answers(0, 0, 0, 0)):
        assert said_of("answers-knew-law", hidden) is None
    assert said_of("answers-knew-law", answers(10, 10, 10, 10, base=25)) is None, "a part is of 30 or more"
    assert said_of("no-such-figure", answers(70, 85, 70, 105)) is None
    charged = [Line("charged", "Charged", 8, 12, url="/")]
    assert said_of("stories-by-outcome", charged).words.startswith("In 8 of 12 stories someone was charged")


def test_every_question_has_its_sentence_and_answers_in_both_languages():
    written = sentences._WRITTEN["sentences"]
    tables = {f"answers-{one.name.replace('_', '-')}": one for one in table_spec.released_tables() if not one.is_pair}

    assert {name for name in written if name.startswith("answers-")} == set(tables)
    for name, table in tables.items():
        assert set(written[name]["of"]) <= set(table.questions[0].slugs), name
        assert len(written[name]["of"]) == 1 or not table.takes_many, name
    for name, said in written.items():
        assert re.findall(r"%\(\w+\)s", said["en"]) == re.findall(r"%\(\w+\)s", said["cy"]) != [], name


def shown(chart):
    return render_to_string("stories/figures/chart.html", {"chart": chart})


def test_hidden_number_has_no_bar_and_a_chart_that_hides_half_is_not_drawn():
    drawn = chart()
    assert drawn.is_told
    assert shown(drawn).count("chart__many") == 3
    assert "10 (17%)" in shown(drawn)

    hides = replace(drawn, lines=[replace(line, count=FEW) for line in drawn.lines[:2]] + list(drawn.lines[2:3]))
    assert not hides.is_told
    assert "chart__many" not in shown(hides)
    assert "Too few people have answered this yet" in shown(hides)


@pytest.fixture
def drawn(chromium):
    """`drawn(chart)` is a page that holds it, 320 px wide."""
    context = chromium.new_context(base_url=ADDRESS, viewport={"width": 320, "height": 640})
    names = ("tokens", "base", "reading", "figures")
    links = "".join(f'<link rel="stylesheet" href="/css/{name}.css">' for name in names)
    for folder in ("css", "fonts"):
        kept = f"{ADDRESS}/{folder}/**"
        context.route(kept, lambda route: route.fulfill(path=STATIC / route.request.url[len(ADDRESS) + 1 :]))

    def draw(chart):
        page = context.new_page()
        body = f'<main class="page band"><div class="figures">{shown(chart)}</div></main>'
        html = f'<!doctype html><html lang="en-GB">{links}{body}'
        page.route(f"{ADDRESS}/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto("/")
        page.evaluate("document.fonts.ready")
        return page

    yield draw
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["dots", "tiles", "bars"])
def test_drawing_fits_a_phone_with_finger_high_words_and_tab_passes_its_dots(drawn, kind):
    page = drawn(chart(kind, url="/stories/?outcome=closed"))

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    links = page.locator("li > a")
    assert all(links.nth(at).bounding_box()["height"] >= 44 for at in range(4))
    dot = page.locator(".dots__dot").first.bounding_box()
    assert min(dot["width"], dot["height"]) >= 24
    for _stop in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('li:last-child > a')")
    page.set_viewport_size({"width": 1280, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    page.emulate_media(media="print")
    assert page.locator(".rows, .tiles").get_by_text("Looked into, then closed").count() == 1


@pytest.fixture
def written(monkeypatch):
    """The texts that are set on a sheet, and the bars, in their order."""
    found = []
    for name in ("write", "write_number", "draw_bar"):
        do = getattr(Sheet, name)
        monkeypatch.setattr(Sheet, name, lambda sheet, *args, do=do, **at: found.append(args) or do(sheet, *args, **at))
    return found


def test_picture_has_caution_source_and_each_number_and_a_hidden_one_has_no_bar(written, settings):
    settings.DEMO = True
    pictures.draw_figure(chart(), "png")

    for words in (CAUTION, "What came of it", "About it.", pictures.source_words(), "40 (67%)", "fewer than 10"):
        assert (words,) in written
    assert "Invented numbers" in pictures.source_words()
    assert written.count(()) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["bars", "dots", "tiles"])
def test_both_files_are_the_same_each_time_hold_the_same_and_tell_no_moment(kind):
    made = replace(chart(kind, url="/" if kind != "bars" else ""), title="unbroken & words " * 20)

    png, svg = (pictures.draw_figure(made, each) for each in ("png", "svg"))

    assert (png, svg) == tuple(pictures.draw_figure(made, each) for each in ("png", "svg"))
    assert len(png) < 80_000
    assert not any(chunk in png for chunk in (b"tIME", b"tEXt", b"iTXt", b"eXIf"))
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    left, _top, right, bottom = ImageChops.difference(drawn, Image.new("RGB", drawn.size, sheets.PAPER)).getbbox()
    assert 60 <= left < right <= drawn.width - 60
    assert bottom <= drawn.height - 20
    tree = ElementTree.fromstring(svg)
    assert (int(tree.get("width")), int(tree.get("height"))) == drawn.size
    assert CAUTION in [each.text for each in tree.iter("{http://www.w3.org/2000/svg}text")]
    dots = {"bars": 0, "dots": 69, "tiles": 9}[kind]
    assert len(list(tree.iter("{http://www.w3.org/2000/svg}circle"))) == dots
