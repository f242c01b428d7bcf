"""How often somebody may be wrong at the log-in, and that strangers shut nobody out by it."""

import pytest
from django.core.cache import cache

from moderation.team import login_throttle
from tests.moderation import room
from tests.moderation.team.second_step import code_for, give_code, give_password, new_browser, reaches, wrong_code

pytestmark = pytest.mark.django_db


def from_home():
    browser = new_browser()
    browser.defaults["REMOTE_ADDR"] = "192.0.2.9"
    return browser


def test_eleventh_wrong_password_is_told_when_to_come_back_however_the_name_is_typed(alice):
    names = ["alice", "  alice ", "Alice"] * 3
    answers = [give_password(from_home(), name, "wrong horse battery") for name in (*names, "alice", "alice")]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "too many tries" in room.text_of(answers[-1])
    assert "alice" not in room.text_of(answers[-1])


def test_wrong_passwords_elsewhere_shut_nobody_out(alice, codes):
    for _ in range(12):
        give_password(new_browser(), "alice", "wrong horse battery")
    alices = new_browser()
    alices.defaults["REMOTE_ADDR"] = "203.0.113.9"

    give_password(alices, "alice")
    give_code(alices, code_for(alice))

    assert reaches(alices)


def test_no_address_and_no_name_lie_in_the_cache(alice, settings):
    browser = new_browser()
    browser.defaults["REMOTE_ADDR"] = "203.0.113.9"
    give_password(browser, "alice", "wrong horse battery")

    kept = repr(cache._cache)
    assert "rl:" in kept
    assert "203.0" not in kept
    assert "alice" not in kept


def test_recovery_code_opens_anywhere_whatever_codes_somebody_guessed_anywhere(alice, browser, codes):
    somebody_guesses(alice)
    browser.defaults["REMOTE_ADDR"] = "198.51.100.9"
    assert give_code(browser, code_for(alice)).status_code == 429
    assert not reaches(browser)

    give_code(browser, codes[0])

    assert reaches(browser)


def somebody_guesses(alice, codes=10):
    """With her password, from many networks."""
    for number in range(codes):
        guesser = new_browser()
        guesser.defaults["REMOTE_ADDR"] = f"203.0.{number}.9"
        give_password(guesser, "alice")
        give_code(guesser, wrong_code(alice))


@pytest.mark.full
def test_guessing_ends_for_the_day(alice, codes, monkeypatch):
    monkeypatch.setattr(login_throttle, "_AFTER_THE_PASSWORD", ("40/d",))
    somebody_guesses(alice, codes=40)
    late = new_browser()
    give_password(late, "alice")

    assert give_code(late, code_for(alice)).status_code == 429
