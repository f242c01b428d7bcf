"""The watch over every journey sees what it is there to see; without this, its silence would mean nothing."""

import ast
import re
from pathlib import Path

import pytest

from tests.journeys import conftest
from tests.journeys.watching import script

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]


def test_every_store_of_the_browser_is_looked_into(visit):
    window = visit()
    window.page.goto("/")
    assert window.stored() == []

    window.page.evaluate(script("leave_traces"))

    assert [each["name"] for each in window.context.cookies()] == ["a"]
    assert window.stored()[1:] == ["b", "c", "a=1", "d", "e"]


def test_request_to_another_host_is_noted(visit):
    window = visit()
    window.page.goto("/")
    assert window.elsewhere() == []

    with window.page.expect_request("https://stranger.example/"):
        window.page.evaluate("location.href = 'https://stranger.example/'")

    assert window.elsewhere() == ["https://stranger.example/"]


def test_what_our_own_policy_stops_is_noted(visit):
    window = visit()
    window.page.goto("/")

    window.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")

    assert any("Content Security Policy" in complaint for complaint in window.complaints)


def test_store_of_a_site_that_was_left_is_looked_into_and_so_is_every_tab(visit):
    window = visit()
    window.context.route("https://stranger.example/", lambda route: route.fulfill(body="<p>Rain"))
    window.page.goto("/")
    window.page.evaluate("sessionStorage.a = localStorage.b = 1")
    window.page.goto("https://stranger.example/")
    window.open_tab().goto("/")
    window.page.evaluate("sessionStorage.c = 1")

    assert sorted(window.stored()) == ["a", "b", "b", "c"]
    with pytest.raises(AssertionError):
        window.assert_left_nothing(went_to=["https://stranger.example/"])


def test_every_journey_of_the_list_is_there_and_ends_with_this_watch():
    listed = re.findall(r"(test_\w+\.py)::(test_\w+)", conftest.__doc__)

    assert len(listed) >= 10
    for file, name in listed:
        module = ast.parse((Path(__file__).parent / file).read_text())
        (journey,) = [each for each in module.body if getattr(each, "name", "") == name]
        assert ".assert_left_nothing(" in ast.unparse(journey), name
