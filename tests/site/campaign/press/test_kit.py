"""The press kit: whole, the same each time, its figures as published and with their caution drawn into them."""

import io
import zipfile

import pytest
from PIL import Image

from campaign import press_kit
from stories.core import snapshot
from stories.figures import views
from stories.figures.charts import Chart, Line
from stories.figures.disclosure_control import FEW
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db

ADDRESS = "/for-press/heard-press-kit.zip"
CAUTION = "people who chose to write, not a sample"


def chart(name, *values):
    lines = [
        Line(str(at), f"Answer {at}", value if value >= 10 else FEW, 60, percent=value if value >= 10 else 0)
        for at, value in enumerate(values)
    ]
    return Chart(name, "What came of it", "About it.", "bars", lines)


@pytest.fixture
def published(monkeypatch):
    """Five charts of the site, of which one can't be shown and one is no chart of bars that the kit knows."""
    made = [chart(name, 40, 3) for name in (*press_kit.CHOSEN[1:], "forces")]
    every = {each.name: each for each in (chart(press_kit.CHOSEN[0], 4, 3), *made)}
    monkeypatch.setattr(views, "all_charts", lambda: every)
    addresses.forget()


def unpacked():
    whole = zipfile.ZipFile(io.BytesIO(addresses.ask(ADDRESS).content))
    return {name.removeprefix("heard-press-kit/"): whole.read(name) for name in whole.namelist()}


@pytest.mark.slow
def test_kit_of_a_demonstration_says_so(published, settings):
    settings.DEMO = True

    files = unpacked()

    told = {name for name, words in files.items() if b"from a demonstration" in words}
    assert told == {"HOW-TO-QUOTE.txt", "LICENCE.txt"}
    assert b"Please publish none of this." in files["README.txt"]


@pytest.mark.slow
def test_kit_holds_the_logo_three_figures_and_how_to_use_them(published):
    files = unpacked()

    figures = [f"figures/{name}.png" for name in press_kit.CHOSEN[1:4]]
    logos = ["logo/heard-mark.svg", "logo/heard-mark.png", "logo/heard-logo.svg", "logo/heard-logo.png"]
    texts = ["README.txt", "HOW-TO-QUOTE.txt", "HOW-NOT-TO.txt", "LICENCE.txt"]
    assert list(files) == [*texts, *logos, *figures, "SHA256SUMS"]
    assert all(CAUTION in files[name].decode() for name in ("README.txt", "HOW-NOT-TO.txt"))
    assert "fewer than three" not in files["README.txt"].decode()
    assert not [name for name, words in files.items() if b"demonstration" in words]
    for name in files:
        if name.endswith(".png"):
            Image.open(io.BytesIO(files[name])).verify()


def test_kit_of_a_site_without_numbers_says_why_it_has_no_figures():
    files = unpacked()

    assert not [name for name in files if name.startswith("figures/")]
    assert "We show no number under ten" in files["README.txt"].decode()
    assert "Why there are no figures" in files["README.txt"].decode()


def test_kit_is_the_same_each_time_and_is_named_by_its_edition():
    first, again = addresses.ask(ADDRESS), addresses.ask(ADDRESS)

    assert first.content == again.content
    assert first["ETag"] == again["ETag"]
    whole = zipfile.ZipFile(io.BytesIO(first.content))
    assert {info.date_time for info in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert addresses.ask(ADDRESS, **{"if-none-match": first["ETag"]}).status_code == 304
    snapshot.invalidate()
    addresses.forget()
    assert addresses.ask(ADDRESS)["ETag"] != first["ETag"]
