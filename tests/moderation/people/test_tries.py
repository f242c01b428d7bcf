"""How often somebody may be wrong at the log-in, and that strangers shut nobody out by it."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice

from moderation.models import SecondFactor
from moderation.people import tries
from tests.moderation import room
from tests.moderation.people.second_step import code_for, give_code, give_password, new_browser, reaches, wrong_code

pytestmark = pytest.mark.django_db


def test_eleventh_wrong_password_is_told_when_to_come_back(alice):
    answers = [give_password(new_browser(), "alice", "wrong horse battery") for _ in range(11)]

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


def test_browser_that_was_let_in_before_is_let_in_whatever_strangers_did(alice, codes):
    alices = new_browser()
    give_password(alices, "alice")
    give_code(alices, code_for(alice))
    alices.post(reverse("wagtailadmin_logout"))
    for _ in range(12):
        give_password(new_browser(), "alice", "wrong horse battery")
    SecondFactor.objects.update(last_t=-1)

    assert give_password(new_browser(), "alice").status_code == 429
    assert give_password(alices, "alice").status_code == 302


def test_cookie_of_a_known_browser_counts_for_its_own_name_alone(alice, bob, codes):
    alices = new_browser()
    give_password(alices, "alice")
    give_code(alices, code_for(alice))
    alices.post(reverse("wagtailadmin_logout"))
    for _ in range(12):
        give_password(new_browser(), "bob", "wrong horse battery")

    assert give_password(alices, "bob").status_code == 429


def test_tries_of_all_networks_together_are_counted_by_name(alice):
    for number in range(60):
        browser = new_browser()
        browser.defaults["REMOTE_ADDR"] = f"203.0.{number}.9"
        give_password(browser, "alice", "wrong")

    late = new_browser()
    late.defaults["REMOTE_ADDR"] = "198.51.100.9"
    assert give_password(late, "Alice").status_code == 429


def test_name_with_spaces_around_it_counts_as_the_same(alice, codes):
    alices = new_browser()
    give_password(alices, "alice")
    give_code(alices, code_for(alice))
    alices.post(reverse("wagtailadmin_logout"))
    for _ in range(10):
        give_password(new_browser(), "  alice ", "wrong horse battery")

    assert give_password(new_browser(), "alice").status_code == 429
    assert give_password(alices, " alice").status_code == 302


def test_no_address_and_no_name_lie_in_the_cache(alice, settings):
    browser = new_browser()
    browser.defaults["REMOTE_ADDR"] = "203.0.113.9"
    give_password(browser, "alice", "wrong horse battery")

    kept = repr(cache._cache)
    assert "rl:" in kept
    assert "203.0" not in kept
    assert "alice" not in kept


def test_wrong_codes_are_counted_too(browser, alice):
    for _ in range(10):
        SecondFactor.objects.update(throttling_failure_count=0)
        give_code(browser, wrong_code(alice))
    SecondFactor.objects.update(throttling_failure_count=0)
    StaticDevice.objects.update(throttling_failure_count=0)

    response = give_code(browser, code_for(alice))

    assert response.status_code == 429
    assert not reaches(browser)


@pytest.fixture
def known(alice, codes):
    """Alice was let in here before, and gave her password again."""
    known = new_browser()
    give_password(known, "alice")
    give_code(known, code_for(alice))
    known.post(reverse("wagtailadmin_logout"))
    SecondFactor.objects.update(last_t=-1)
    give_password(known, "alice")
    return known


def somebody_guesses(alice):
    """From many networks, until nobody new is heard under the name any more."""
    for number in range(60):
        guesser = new_browser()
        guesser.defaults["REMOTE_ADDR"] = f"203.0.{number}.9"
        give_password(guesser, "alice")
        SecondFactor.objects.update(throttling_failure_timestamp=None)
        give_code(guesser, wrong_code(alice))
    StaticDevice.objects.update(throttling_failure_count=13, throttling_failure_timestamp=timezone.now())


def test_known_browser_is_let_in_by_its_phone_whatever_codes_somebody_guessed(alice, known):
    somebody_guesses(alice)

    give_code(known, code_for(alice))

    assert reaches(known)


def test_recovery_code_opens_anywhere_whatever_codes_somebody_guessed(alice, browser, codes):
    somebody_guesses(alice)
    browser.defaults["REMOTE_ADDR"] = "198.51.100.9"
    assert give_code(browser, code_for(alice)).status_code == 429

    give_code(browser, codes[0])

    assert reaches(browser)


def test_guessing_in_a_known_browser_ends_for_the_day(alice, known, monkeypatch):
    monkeypatch.setattr(tries, "_IN_A_BROWSER", "1000/15m")

    answers = [give_code(known, wrong_code(alice)).status_code for _ in range(41)]

    assert answers == [200] * 40 + [429]


def test_wrong_recovery_codes_are_counted_by_place(browser):
    browser.defaults["REMOTE_ADDR"] = "203.0.113.9"

    answers = [give_code(browser, "2345-6789-abcd").status_code for _ in range(41)]

    assert answers[-1] == 429
