"""The log-in's two steps through their real addresses."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse

from moderation.team import rights, second_factor
from moderation.views.decorators import TOKEN, words_token
from stories.crypto.receipts import new_code
from tests import at_work, factories
from tests.moderation import room
from tests.moderation.team import second_step
from tests.moderation.team.second_step import (
    code_for,
    code_now,
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


# Two steps


def test_password_alone_reaches_the_step_and_the_log_out_and_nothing_else(browser):
    for name in ("wagtailadmin_home", "room_queue", "vault_keys", "wagtailadmin_account", "room_set_up"):
        response = browser.get(reverse(name))
        assert response.status_code == 302, name
        assert response.url.startswith(reverse("room_code")), name

    assert browser.get(reverse("room_code")).status_code == 200
    assert browser.post(reverse("wagtailadmin_logout")).url == reverse("wagtailadmin_login")


def test_step_leads_back_to_what_was_asked_for(browser, alice):
    asked = browser.get(reverse("vault_keys"))
    page = room.text_of(browser.get(asked.url))
    fields = dict(at_work.form_on(page, reverse("room_code")).fields)

    response = browser.post(reverse("room_code"), fields | {"code": code_for(alice)})

    assert response.url == reverse("vault_keys")
    assert reaches(browser)


@pytest.mark.parametrize(
    ("pressed", "page"),
    [
        ("queue/{0}/claim/", "queue/{0}/"),
        ("queue/{0}/save/", "queue/{0}/"),
        ("care/paused/", "care/"),
    ],
)
def test_button_pressed_after_the_log_in_ended_leads_to_the_page_it_stands_on(browser, alice, pressed, page):
    submission = factories.submission_at()
    pressed, page = (f"/admin/{address.format(submission.pk)}" for address in (pressed, page))

    response = give_code(browser, code_for(alice), next=pressed)
    landed = browser.get(response.url, follow=True)

    assert landed.redirect_chain[-1][0] == page
    assert "Press it again" in room.text_of(landed)


@pytest.mark.parametrize("typed", ["{0}", "{0:.3} {1}"])
def test_code_opens_the_door_with_or_without_a_space(browser, alice, typed):
    code = code_for(alice)

    give_code(browser, typed.format(code, code[3:]))

    assert reaches(browser)


def test_code_works_once(browser, alice):
    code = code_for(alice)
    give_code(browser, code)
    another = new_browser()
    give_password(another, "alice")

    give_code(another, code)

    assert not reaches(another)


def test_session_has_another_name_once_the_code_was_given(browser, alice):
    before = browser.session.session_key

    give_code(browser, code_for(alice))

    assert browser.session.session_key != before


def test_recovery_code_opens_the_door_once_and_in_any_case(browser, codes):
    give_code(browser, codes[0].upper().replace("-", " "))
    another = new_browser()
    give_password(another, "alice")
    give_code(another, codes[0])

    assert reaches(browser)
    assert not reaches(another)
    assert second_factor.recovery_codes_left(User.objects.get(username="alice")) == 9


def test_wrong_code_is_told_kindly_and_never_comes_back_in_the_page(browser, alice):
    wrong = wrong_code(alice)

    page = room.text_of(give_code(browser, wrong))

    assert "That isn’t right." in page
    assert wrong not in page
    assert not reaches(browser)


def test_wrong_password_and_unknown_name_get_the_same_answer(alice):
    wrong = give_password(new_browser(), "alice", "wrong horse battery")
    unknown = give_password(new_browser(), "nobody", "wrong horse battery")
    alice.is_active = False
    alice.save()
    gone = give_password(new_browser(), "alice")

    said = [page.context["form"].errors.as_text() for page in (wrong, unknown, gone)]
    assert "match" in said[0]
    assert said == said[:1] * 3
    assert not {page.status_code for page in (wrong, unknown, gone)} - {200}


def test_next_of_the_step_leads_nowhere_but_into_our_own_admin(browser, alice):
    assert give_code(browser, code_for(alice), next="https://elsewhere.example/admin/").url == "/admin/"


def test_asking_from_a_script_is_refused_and_not_led_elsewhere(browser):
    response = browser.get(reverse("room_queue"), headers={"x-requested-with": "XMLHttpRequest"})

    assert response.status_code == 403


def test_words_that_meet_the_second_step_come_back(browser, alice):
    submission = factories.submission_at("received", code=new_code())
    data = factories.FIELDS | {"text": "Rewritten with care.", "version": 0, TOKEN: words_token(alice)}
    data |= {"themes": [], "content_notes": []}

    response = browser.post(f"/admin/queue/{submission.pk}/save/", data)

    assert response.status_code == 401
    assert "Rewritten with care." in room.text_of(response)


# Setting it up


def test_first_log_in_leads_to_setting_it_up(alice):
    browser = new_browser()
    give_password(browser, "alice")
    asked = browser.get(reverse("vault_keys"), follow=True)

    page = room.text_of(asked)
    assert asked.redirect_chain[-1][0].startswith(reverse("room_set_up"))
    assert 'src="data:image/svg+xml;base64,' in page

    shown = browser.post(reverse("room_set_up"), {"code": code_shown(asked), "next": reverse("vault_keys")})

    assert len(shown.context["codes"]) == 10
    assert all(code in room.text_of(shown) for code in shown.context["codes"])
    assert f'href="{reverse("vault_keys")}"' in room.text_of(shown)
    assert reaches(browser)
    assert logged("set up a second factor")[0].who == "alice"


def test_wrong_first_code_sets_nothing_up(alice):
    browser = new_browser()
    give_password(browser, "alice")
    wrong = f"{(int(code_shown(browser.get(SET_UP))) + 500_000) % 1_000_000:06}"

    page = room.text_of(browser.post(reverse("room_set_up"), {"code": wrong}))

    assert "the code for this picture" in page
    assert second_factor.phone_of(alice) is None
    assert not reaches(browser)


def test_another_phone_ends_the_factor_before_and_every_other_log_in_asks_for_it(alice):
    browser, elsewhere = factories.client_of(alice), factories.client_of(alice)
    before = second_factor.phone_of(alice)

    browser.post(SET_UP, {"code": code_shown(browser.get(SET_UP)), "current": code_for(alice)})

    assert second_factor.phone_of(alice).pk != before.pk
    assert reaches(browser)
    assert not reaches(elsewhere)


@pytest.mark.parametrize("current", ["", "000000", "2345-6789-abcd"])
def test_open_session_alone_sets_up_no_other_phone(alice, codes, current):
    browser = factories.client_of(alice)
    before = second_factor.phone_of(alice)

    page = room.text_of(browser.post(SET_UP, {"code": code_shown(browser.get(SET_UP)), "current": current}))

    assert "your phone until now" in page
    assert second_factor.phone_of(alice) == before


def test_recovery_code_sets_up_another_phone_and_is_not_used_up_by_a_wrong_first_code(alice, codes):
    browser = factories.client_of(alice)
    right = code_shown(browser.get(SET_UP))
    wrong = f"{(int(right) + 500_000) % 1_000_000:06}"

    browser.post(SET_UP, {"code": wrong, "current": codes[0]})
    assert second_factor.recovery_codes_left(alice) == 10
    before = second_factor.phone_of(alice)
    browser.post(SET_UP, {"code": right, "current": codes[0]})

    assert second_factor.phone_of(alice) != before
    assert reaches(browser)


def test_each_browser_is_shown_a_secret_of_its_own_until_one_is_confirmed(alice):
    intruder, browser = new_browser(), new_browser()
    for one in (intruder, browser):
        give_password(one, "alice")
    peeked = code_shown(intruder.get(SET_UP))

    browser.post(SET_UP, {"code": code_shown(browser.get(SET_UP))})

    assert code_for(alice) != peeked


def test_reloaded_page_shows_the_same_secret_again(alice):
    browser = new_browser()
    give_password(browser, "alice")

    shown = [browser.get(SET_UP).context["letters"] for _ in range(2)]

    assert len(set(shown)) == 1


def test_session_of_a_factor_that_is_gone_opens_nothing_even_after_another_was_set_up(alice):
    browser = factories.client_of(alice)
    second_factor.remove_factor(alice)
    second_step.set_up(alice)

    assert not reaches(browser)


def test_under_another_secret_key_each_sets_up_anew(browser, alice, settings):
    assert second_factor.phone_of(alice) is not None

    settings.SECRET_KEY = "another secret key, of which no factor was made"

    assert second_factor.phone_of(alice) is None


def test_demo_asks_for_no_second_step_unless_one_was_set_up(alice, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    plain = new_browser()
    give_password(plain, "alice")
    assert reaches(plain)

    second_step.set_up(alice)

    assert not reaches(plain)


def test_real_site_asks_for_a_second_step(settings):
    assert settings.SECOND_FACTOR_REQUIRED


# What the database holds


def test_database_holds_no_secret_and_no_recovery_code(alice, codes):
    browser = new_browser()
    give_password(browser, "alice")
    give_code(browser, code_for(alice))
    shown = browser.get(SET_UP).context["letters"].replace(" ", "")

    kept = repr(list(Authenticator.objects.values())) + repr(dict(browser.session))
    secret = second_factor.SealedAdapter().decrypt(second_factor.phone_of(alice).data["secret"])
    assert not [each for each in (shown, secret, *(code.replace("-", "") for code in codes)) if each in kept]


def test_phone_set_up_before_allauth_opens_and_its_owner_is_shown_new_recovery_codes(alice):
    migration = import_module("moderation.migrations.0014_second_factor_to_allauth")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE otp_totp_totpdevice"
            " (id integer, user_id integer, key varchar(80), confirmed bool, name varchar(64), last_t bigint)"
        )
        row = [alice.pk, "ab" * 20, True, migration._name()]
        cursor.execute("INSERT INTO otp_totp_totpdevice VALUES (1, %s, %s, %s, %s, -1)", row)
    migration.move_phones(apps, SimpleNamespace(connection=connection, execute=connection.cursor().execute))

    browser = new_browser()
    give_password(browser, "alice")
    shown = give_code(browser, code_now(migration._secret("ab" * 20)))

    assert len(shown.context["codes"]) == 10
    assert reaches(browser)
    assert "otp_totp_totpdevice" not in connection.introspection.table_names()


# Security keys


def test_open_session_alone_adds_no_key(alice, codes):
    browser = factories.client_of(alice)
    page = room.text_of(browser.get(reverse("room_key")))

    answered = browser.post(reverse("room_key"), {"credential": '{"id": "x"}', "current": "000000"})

    assert "creation_options" in page
    assert "your phone until now" in room.text_of(answered)
    assert not second_factor.security_keys(alice).exists()


def test_person_removes_a_key_of_their_own_and_of_nobody_else(alice, bob):
    keys = [WebAuthn.add(person, "Security key 1", credential={}).instance for person in (alice, bob)]
    browser = factories.client_of(alice)

    assert browser.post(reverse("room_remove_key", args=[keys[1].pk])).status_code == 404
    browser.post(reverse("room_remove_key", args=[keys[0].pk]))

    assert list(Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)) == [keys[1]]


def test_ended_log_ins_of_one_person_leave_the_others(alice, bob):
    alices, bobs = factories.client_of(alice), factories.client_of(bob)

    assert rights.end_log_ins(alice) == 1

    assert not reaches(alices)
    assert reaches(bobs)


# Passwords


def test_thirteen_characters_are_too_few_everywhere_a_password_is_chosen(alice):
    carol = factories.person("carol", "Coordinators")
    short = {"password1": "kelp-otter-01", "password2": "kelp-otter-01"}
    added = factories.client_of(carol, unlocked=False).post(
        reverse("wagtailusers_users:add"),
        {"username": "dora", "email": "d@heard.example", "first_name": "D", "last_name": "D", **short},
    )
    own = {"name_email-first_name": "A", "name_email-last_name": "M", "name_email-email": "alice@heard.example"}
    own |= {"password-old_password": factories.PASSWORD, "locale-preferred_language": ""}
    own |= {"password-new_password1": "kelp-otter-01", "password-new_password2": "kelp-otter-01"}
    changed = factories.client_of(alice).post(reverse("wagtailadmin_account"), own | {"locale-current_time_zone": ""})

    assert "at least 14 characters" in room.text_of(added)
    assert "at least 14 characters" in room.text_of(changed)
    assert not User.objects.filter(username="dora").exists()
    assert User.objects.get(pk=alice.pk).check_password(factories.PASSWORD)
