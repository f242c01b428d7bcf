"""Leaving in the middle of a sentence: at once, and Back shows nobody what stood there."""

import pytest
from playwright.sync_api import Error, expect

from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SENTENCE = "He said that if I went to the police he would"
WAYS_OUT = {
    "the link": lambda page: page.get_by_role("link", name="Exit this page").tap(),
    "Escape three times": lambda page: [page.keyboard.press("Escape") for _ in range(3)],
}


@pytest.fixture(params=[False, True], ids=["Back as usual", "Back from memory"])
def writing(request, visit):
    """Somebody in mid-sentence; once in a browser that keeps pages in memory for the Back button."""
    window = visit(PHONE)
    _weather_is_here(window)
    _begin_to_write(window)
    return window


@pytest.mark.parametrize("way", WAYS_OUT)
def test_exit_leaves_at_once_and_back_shows_no_word(way, visit):
    window = visit(PHONE)
    _begin_to_write(window)
    _weather_is_here(window)

    WAYS_OUT[way](window.page)
    window.page.wait_for_url("https://www.bbc.co.uk/weather")
    expect(window.page.get_by_text("Sunny intervals")).to_be_visible()

    for _ in range(3):
        assert SENTENCE not in _everything_on(window.page)
        assert "/tell/form/" not in window.page.url
        window.page.go_back()


def test_exit_without_javascript_leaves_and_back_shows_no_word(visit):
    window = visit(PHONE, java_script_enabled=False)
    _begin_to_write(window)

    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        _leave_by(window.page)
