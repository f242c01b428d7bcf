"""The second step in tests: a browser that has given its password, and the code that a phone would show."""

import base64
import re
import time

from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP

from moderation.models import SecondFactor
from moderation.people import second_factor
from tests import factories


def new_browser(**headers):
    """A browser on https that nobody used yet."""
    browser = Client(headers={"origin": "https://testserver", **headers})
    browser.defaults["wsgi.url_scheme"] = "https"
    return browser


def give_password(browser, name, password=factories.PASSWORD):
    return browser.post(reverse("wagtailadmin_login"), {"username": name, "password": password})


def give_code(browser, code, **more):
    return browser.post(reverse("room_code"), {"code": code, **more})


def set_up(user):
    """Give somebody a factor and recovery codes; returns the codes."""
    session = {}
    codes = second_factor.confirm(user, code_of(second_factor.begun(user, session)), session)
    # In tests the next code is the same one, which is refused as used.
    SecondFactor.objects.filter(user=user).update(last_t=-1)
    return codes


def code_of(factor):
    return _now(factor.bin_key)


def _now(secret):
    phone = TOTP(secret)
    phone.time = time.time()
    return f"{phone.token():06}"


def code_shown(response):
    """The code that a phone makes of the picture on a page, from the same in letters."""
    letters = re.search(r'door__letters">([A-Z2-7 ]+)<', response.content.decode())[1]
    return _now(base64.b32decode(letters.replace(" ", "")))


def code_for(user):
    """What the phone of somebody who has set it up shows."""
    return code_of(second_factor.of(user))


def wrong_code(user):
    return f"{(int(code_for(user)) + 500_000) % 1_000_000:06}"


def reaches(browser, name="vault_keys"):
    return browser.get(reverse(name)).status_code == 200
