"""The log-in's two steps through their real addresses, and the limit by which strangers shut nobody out."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.cache import cache
from django.urls import reverse

from moderation.team import second_factor, throttle
from tests import at_work, factories
from tests.moderation import room
from tests.moderation.team import second_step
from tests.moderation.team.second_step import (
    another_code,
    code_for,
    code_shown,
    give_code,
    give_password,
    new_browser,
    reaches,
    wrong_code,
)
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db
SET_UP = "/admin/login/set-up/"


def test_password_alone_reaches_the_step_and_the_log_out_and_nothing_else(browser, alice):
    for name in ("wagtailadmin_home", "room_queue", "vault_keys", "wagtailadmin_account", "room_set_up", "room_key"):
        response = browser.get(reverse(name))
        assert response.status_code == 302, name
        assert response.url.startswith(reverse("room_code")), name

    asked_by_a_script = browser.get(reverse("room_queue"), headers={"x-requested-with": "XMLHttpRequest"})
    assert asked_by_a_script.status_code == 403
    # Words that meet it come back.
    written = room.save(browser, alice, factories.submission_at("received"), text="Rewritten with care.")
    assert (written.status_code, "Rewritten with care." in room.text_of(written)) == (401, True)
    assert browser.get(reverse("room_code")).status_code == 200
    assert browser.post(reverse("wagtailadmin_logout")).url == reverse("wagtailadmin_login")


def test_step_leads_back_to_what_was_asked_for_or_to_the_page_of_a_pressed_button(browser, alice):
    asked = browser.get(reverse("vault_keys"))
    fields = dict(at_work.form_on(room.text_of(browser.get(asked.url)), reverse("room_code")).fields)
    answer = browser.post(reverse("room_code"), fields | {"code": code_for(alice)})
    assert answer.url == reverse("vault_keys")
    assert reaches(browser)

    page, again = f"/admin/queue/{factories.submission_at().pk}/", _knocking("alice")
    second_step.half_a_minute_passes(alice)
    pressed = give_code(again, code_for(alice), next=f"{page}claim/").url
    for address, stands_on in ((pressed, page), (f"{page}save/", page), ("/admin/care/paused/", "/admin/care/")):
        landed = again.get(address, follow=True)
        assert landed.redirect_chain[-1][0] == stands_on
        assert "Press it again" in room.text_of(landed)


def test_code_opens_the_door_once_and_the_session_has_another_name_then(browser, alice, codes):
    code, wrong, recovery = code_for(alice), wrong_code(alice), codes[0].upper().replace("-", " ")
    told = room.text_of(give_code(browser, wrong))
    assert "That isn’t right." in told
    assert wrong not in told

    for right, again in ((f"{code[:3]} {code[3:]}", code), (recovery, codes[0])):
        first, another = _knocking("alice"), _knocking("alice")
        before = first.session.session_key
        answer = give_code(first, right, next="https://elsewhere.example/admin/")
        give_code(another, again)

        assert answer.url == "/admin/", right
        assert (reaches(first), reaches(another)) == (True, False), right
        assert first.session.session_key != before, right
    assert second_factor.recovery_codes_left(alice) == 9


def _knocking(name, address="127.0.0.1"):
    """A browser that has given its password."""
    browser = new_browser(address)
    give_password(browser, name)
    return browser


def test_wrong_password_and_unknown_name_get_the_same_answer(alice):
    wrong = give_password(new_browser(), "alice", "wrong horse battery")
    unknown = give_password(new_browser(), "nobody", "wrong horse battery")
    alice.is_active = False
    alice.save()
    pages = (wrong, unknown, give_password(new_browser(), "alice"))

    said = {(page.status_code, page.context["form"].errors.as_text()) for page in pages}
    assert [(status, "match" in words) for status, words in said] == [(200, True)]


def test_first_log_in_leads_to_setting_it_up(alice):
    browser = _knocking("alice")
    asked = browser.get(reverse("vault_keys"), follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("room_set_up"))
    assert 'src="data:image/svg+xml;base64,' in room.text_of(asked)
    right = code_shown(asked)

    wrong = browser.post(SET_UP, {"code": another_code(right)})
    assert "the code for this picture" in room.text_of(wrong)
    assert second_factor.phone_of(alice) is None
    assert not reaches(browser)
    assert second_step.letters_shown(browser.get(SET_UP)) == second_step.letters_shown(asked)
    shown = browser.post(SET_UP, {"code": right, "next": reverse("vault_keys")})

    assert len(shown.context["codes"]) == 10
    assert all(words in room.text_of(shown) for words in (*shown.context["codes"], f'href="{reverse("vault_keys")}"'))
    assert reaches(browser)
    assert logged("set up a second factor")[0].who == "alice"


def test_another_phone_ends_the_factor_before_and_every_other_log_in_asks_for_it(alice):
    browser, elsewhere = factories.client_of(alice), factories.client_of(alice)
    before = second_factor.phone_of(alice)
    # Each browser is shown a secret of its own until one is confirmed.
    peeked = code_shown(elsewhere.get(SET_UP))

    browser.post(SET_UP, {"code": code_shown(browser.get(SET_UP)), "current": code_for(alice)})

    assert second_factor.phone_of(alice).pk != before.pk
    assert code_for(alice) != peeked
    assert (reaches(browser), reaches(elsewhere)) == (True, False)
    second_factor.remove_factor(alice)
    second_step.set_up(alice)
    assert not reaches(browser)


def test_open_session_sets_up_another_phone_with_a_code_alone_and_adds_no_key(alice, codes):
    browser, before = factories.client_of(alice), second_factor.phone_of(alice)
    assert "creation_options" in room.text_of(browser.get(reverse("room_key")))
    answered = browser.post(reverse("room_key"), {"credential": '{"id": "x"}', "current": "000000"})
    assert "your phone until now" in room.text_of(answered)
    assert not second_factor.security_keys(alice).exists()

    right = code_shown(browser.get(SET_UP))
    for current in ("", "000000", "2345-6789-abcd"):
        page = room.text_of(browser.post(SET_UP, {"code": right, "current": current}))
        assert "your phone until now" in page, current
        assert second_factor.phone_of(alice).pk == before.pk, current
    assert second_factor.phone_of(alice).data["wrong"] == 3

    # A recovery code does, and survives a wrong first code of the new one.
    browser.post(SET_UP, {"code": another_code(right), "current": codes[0]})
    assert second_factor.recovery_codes_left(alice) == 10
    browser.post(SET_UP, {"code": right, "current": codes[0]})
    assert second_factor.phone_of(alice) != before
    assert reaches(browser)


def test_demo_asks_for_no_second_step_unless_one_was_set_up_under_its_secret_key(alice, settings):
    assert settings.SECOND_FACTOR_REQUIRED
    settings.SECOND_FACTOR_REQUIRED = False
    plain = _knocking("alice")
    assert reaches(plain)

    second_step.set_up(alice)
    assert not reaches(plain)

    settings.SECRET_KEY = "another secret key, of which no factor was made"
    assert second_factor.phone_of(alice) is None


def test_person_removes_a_key_of_their_own_and_of_nobody_else(alice, bob):
    keys = [WebAuthn.add(person, "Security key 1", credential={}).instance for person in (alice, bob)]
    browser = factories.client_of(alice)

    assert browser.post(reverse("room_remove_key", args=[keys[1].pk])).status_code == 404
    browser.post(reverse("room_remove_key", args=[keys[0].pk]))

    assert list(Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)) == [keys[1]]


def test_eleventh_wrong_password_is_told_when_to_come_back_and_shuts_nobody_else_out(alice, codes):
    wrong = lambda name: give_password(new_browser("192.0.2.9"), name, "wrong horse battery")  # noqa: E731
    answers = [wrong(name) for name in (*["alice", "  alice ", "Alice"] * 3, "alice", "alice", "alice")]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert "too many tries" in room.text_of(answers[-1])
    assert "alice" not in room.text_of(answers[-1])
    # No address and no name lies in the cache.
    kept = repr(cache._cache)
    assert [word in kept for word in ("rl:", "192.0", "alice")] == [True, False, False]
    alices = _knocking("alice", "203.0.113.9")
    give_code(alices, code_for(alice))
    assert reaches(alices)


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
        give_code(_knocking("alice", f"203.0.{number}.9"), wrong_code(alice))


def test_guessing_ends_for_the_day(alice, codes, monkeypatch):
    monkeypatch.setattr(throttle, "_AFTER_THE_PASSWORD", ("4/d",))
    somebody_guesses(alice, codes=4)

    assert give_code(_knocking("alice"), code_for(alice)).status_code == 429
