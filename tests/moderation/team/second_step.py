"""The second step in tests: a browser that has given its password, and the code that a phone would show."""

import re

from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from moderation.team import second_factor
from tests import factories


def new_browser(address="127.0.0.1"):
    """A browser on https that nobody used yet."""
    browser = Client(headers={"origin": "https://testserver"})
    browser.defaults |= {"wsgi.url_scheme": "https", "REMOTE_ADDR": address}
    return browser


def give_password(browser, name, password=factories.PASSWORD):
    return browser.post(reverse("wagtailadmin_login"), {"username": name, "password": password})


def give_code(browser, code, **more):
    return browser.post(reverse("room_code"), {"code": code, **more})


def set_up(user):
    """Give somebody a factor and recovery codes; returns the codes."""
    session = {}
    codes = second_factor.set_up_phone(user, code_now(second_factor.pending_secret(session)), session)
    half_a_minute_passes(user)
    return codes


def half_a_minute_passes(user):
    """In tests the next code is the same one, which is refused as used."""
    phone = second_factor.phone_of(user)
    phone.data["counter"] = 0
    phone.save()


def code_now(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[1]))


def code_shown(response):
    """The code that a phone makes of the picture on a page, from the same in letters."""
    return code_now(letters_shown(response))


def letters_shown(response):
    return re.search(r'door__letters">([A-Z2-7 ]+)<', response.content.decode())[1].replace(" ", "")


def code_for(user):
    """The code that the phone of somebody who has set it up shows."""
    return code_now(second_factor.SealedAdapter().decrypt(second_factor.phone_of(user).data["secret"]))


def wrong_code(user):
    return another_code(code_for(user))


def another_code(code):
    return f"{(int(code) + 500_000) % 1_000_000:06}"


def reaches(browser, name="vault_keys"):
    return browser.get(reverse(name)).status_code == 200
