"""The watch over every journey sees what it is there to see; without this, its silence would mean nothing."""

import pytest

from tests.journeys.watching import script


def test_every_store_another_host_and_what_our_policy_stops_are_noted(visit):
    window = visit(at="/")
    assert [window.stored(), window.elsewhere(), window.complaints] == [[], [], []]

    window.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    window.page.evaluate(script("leave_traces"))

    assert any("Content Security Policy" in complaint for complaint in window.complaints)
    assert [each["name"] for each in window.context.cookies()] == ["a"]
    assert window.stored()[1:] == ["b", "c", "a=1", "d", "e"]
    with window.page.expect_request("https://stranger.example/"):
        window.page.evaluate("location.href = 'https://stranger.example/'")
    assert window.elsewhere() == ["https://stranger.example/"]


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
