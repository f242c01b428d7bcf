"""The watch over every journey sees what it is there to see; without this, its silence would mean nothing."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_LEAVES_A_TRACE = """async () => {
    document.cookie = "a=1";
    localStorage.b = sessionStorage.c = 1;
    await new Promise(done => { indexedDB.open("d").onsuccess = done; });
    await caches.open("e");
}"""


def test_every_store_of_the_browser_is_looked_into(visit):
    window = visit()
    window.page.goto("/")
    assert window.stored() == []

    window.page.evaluate(_LEAVES_A_TRACE)

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
