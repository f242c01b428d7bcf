"""Parts, passwords and log-ins as Wagtail's screens change them, and what somebody reaches afterwards."""

import html
import re

from django.contrib.auth.models import Group, User
from django.urls import reverse

from tests import factories
from tests.moderation import room
from tests.moderation.team.second_step import give_password, new_browser
from tests.record_of_room import logged

ROOMS = ("room_queue", "vault_unlock", "vault_make_key", "room_practice")


def change(browser, person, *, groups, **fields):
    """Send Wagtail's form of a person, with these groups ticked."""
    form = {"username": person.username, "email": person.email, "is_active": "on", "groups": ids(*groups)}
    return browser.post(reverse("wagtailusers_users:edit", args=[person.pk]), form | fields)


def bulk(action, *names):
    keys = User.objects.filter(username__in=names).values_list("pk", flat=True)
    return reverse("wagtail_bulk_action", args=["auth", "user", action]) + "?" + "&".join(f"id={pk}" for pk in keys)


def ids(*names):
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def groups_of(name):
    return set(User.objects.get(username=name).groups.values_list("name", flat=True))


def logged_in(name, password):
    """Whoever has this password, and a phone that they set up or that fell into their hands."""
    browser = new_browser()
    give_password(browser, name, password)
    assert "_auth_user_id" in browser.session, f"{name} can't log in"
    factories.log_in(browser, User.objects.get(username=name))
    return browser


def opened(browser):
    """Which of the moderators' rooms open in this browser."""
    return [name for name in ROOMS if browser.get(reverse(name)).status_code == 200]


def stop_link(response):
    return re.search(r'href="(/admin/people/rights/\d+/stop/)"', room.text_of(response))[1]


def recorded(name):
    return [(row.deed, row.who) for row in logged(item=name)]


def unlock(client, words=factories.WORDS, **form):
    return client.post(reverse("vault_unlock"), {"words": words, **form})


def is_open(client):
    return client.get(reverse("vault_rotate")).status_code == 200


def said(response):
    return html.unescape(" ".join(str(message) for message in response.context["messages"]))
