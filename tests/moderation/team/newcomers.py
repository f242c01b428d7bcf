"""A coordinator who invites, and a newcomer on their way in, through the real addresses."""

import html
import re

from django.contrib.auth.models import User
from django.urls import reverse

from moderation.team.permissions import MODERATORS
from tests.moderation import room
from tests.moderation.team.second_step import code_shown, new_browser

STEP = "room_welcome_step"
CHOSEN = "kelp otter lantern gravel"


def invite(coordinator, name="dora", role=MODERATORS, **more):
    return room.press(coordinator, "room_invite", username=name, role=role, **more)


def link_in(response):
    return re.search(r">https://testserver(/admin/welcome/[\w-]{43}/)<", room.text_of(response))[1]


def choose(browser, password=CHOSEN, again=None):
    both = {"new_password1": password, "new_password2": again or password}
    return room.press(browser, STEP, step="password", **both)


def set_up(browser):
    return room.press(browser, STEP, step="factor", code=code_shown(browser.get(reverse(STEP))))


def make_words(browser, replaces=""):
    page = html.unescape(room.text_of(room.press(browser, STEP, step="words", make="yes", replaces=replaces)))
    return " ".join(re.findall(r"<li><code>([\w-]+)</code></li>", page))


def type_back(browser, words):
    return room.press(browser, STEP, step="words", words=words)


def begun(link):
    browser = new_browser()
    browser.post(link)
    return browser


def with_phone(link):
    """A newcomer who has chosen a password and set up their second step."""
    browser = begun(link)
    choose(browser)
    set_up(browser)
    return browser


def is_in(name="dora"):
    return User.objects.get(username=name).is_active


def flat(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", room.text_of(response))))
