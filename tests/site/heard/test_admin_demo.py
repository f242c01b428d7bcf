"""In the demo every screen of the admin says that the stories are invented, and on a real site none does."""

import pytest
from django.test import Client
from django.urls import reverse

from moderation.team.permissions import COORDINATORS, EDITORS
from tests import factories

pytestmark = pytest.mark.django_db

INVENTED = "Every account, message and story here is invented"


def page(browser, address):
    return browser.get(address, follow=True).content.decode()


def screens():
    """The room's, the pages', the people's and Wagtail's own screens, each with somebody who may see it."""
    factories.queue_key()
    alice = factories.client_of(factories.moderator("alice"))
    carol = factories.client_of(factories.person("carol", COORDINATORS), unlocked=False)
    erin = factories.client_of(factories.person("erin", EDITORS), unlocked=False)
    yield from ((alice, reverse(name)) for name in ("wagtailadmin_home", "room_queue", "room_stories:index"))
    yield carol, reverse("wagtailusers_users:index")
    yield erin, reverse("wagtailadmin_explore_root")
    yield Client(), reverse("wagtailadmin_login")


def test_every_screen_of_the_demos_admin_says_that_its_stories_are_invented(settings):
    seen = list(screens())
    settings.DEMO = True

    for browser, address in seen:
        whole = page(browser, address)
        assert whole.count(INVENTED) == 1, address
        assert "css/admin_demo.css" in whole, address


def test_real_sites_admin_says_no_such_thing():
    for browser, address in screens():
        whole = page(browser, address)
        assert "</html>" in whole, address
        assert INVENTED not in whole, address
        assert "admin_demo.css" not in whole, address
