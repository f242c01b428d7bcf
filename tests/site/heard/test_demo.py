"""The demo answers to this machine alone, refuses a real site's database, and says everywhere that it is invented."""

import re
from unittest.mock import Mock

import pytest
from django.core.checks import Tags, run_checks
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from heard import environment
from heard.demo import mark, stories
from moderation.forces import answers
from moderation.team.permissions import COORDINATORS, EDITORS
from stories.models import Letter, Response
from tests import factories

pytestmark = pytest.mark.django_db

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


REACHABLE = {
    "heard.example": [("https://heard.example", LOOPBACK), ("http://127.0.0.1:8000", ["127.0.0.1", "heard.example"])],
    "*": [("http://127.0.0.1:8000", ["*"])],
    ".heard.example": [("http://127.0.0.1:8000", [".heard.example"])],
    "0.0.0.0": [("http://0.0.0.0:8000", LOOPBACK)],
    "heardexample.onion": [("http://127.0.0.1:8000", [*LOOPBACK, "heardexample.onion"])],
}


def test_demo_on_loopback_starts_and_one_that_others_could_reach_stops():
    for base_url in ("http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"):
        environment.stop_unless_loopback(base_url=base_url, hosts=LOOPBACK)
    for named, cases in REACHABLE.items():
        for base_url, hosts in cases:
            with pytest.raises(SystemExit, match=f"not as {re.escape(named)};"):
                environment.stop_unless_loopback(base_url=base_url, hosts=hosts)


def reasons(settings):
    """What a process in each mode would make of the database now: the demo, a real site."""
    found = []
    for settings.DEMO in (True, False):
        found.append(mark.why_not_this_database())
    return found


def test_empty_database_suits_both_and_the_demos_the_demo_alone(settings):
    empty = reasons(settings)
    mark.mark_as_demo()
    factories.person("anyone")

    assert empty == [None, None]
    assert reasons(settings) == [None, "the demo made this database; a real site begins with an empty one."]
    with pytest.raises(SystemExit, match=r"^Heard can't start: the demo made this database; [^\n]+$"):
        mark.stop_if_database_is_not_ours()


@pytest.mark.parametrize("use", [lambda: factories.person("someone"), lambda: factories.queue_key()])
def test_database_that_somebody_uses_suits_a_real_site_alone(settings, use):
    use()
    demo, real = reasons(settings)
    settings.DEMO = True
    found = run_checks(tags=[Tags.database], databases=["default"])

    assert "wasn't made by the demo" in demo
    assert real is None
    assert "heard.E002" in [message.id for message in found]


def test_server_starts_while_the_database_is_away(monkeypatch):
    monkeypatch.setattr(mark, "is_marked", Mock(side_effect=OperationalError))

    mark.stop_if_database_is_not_ours()


@pytest.fixture
def charlie(queue_key):
    return factories.person("charlie", "Coordinators")


def test_apology_is_entered_by_one_and_agreed_by_another(charlie, alice):
    said = stories.record_the_apology({"alice": factories.open_vault(alice)})

    assert Response.objects.get() == said
    assert (said.first_reader, said.second_reader) == (charlie, alice)
    assert (said.force_id, said.about_year, said.month) == ("derbyshire", 2018, None)
    assert (said.live, said.has_unpublished_changes) == (True, False)


def test_letters_say_themselves_that_they_are_invented_and_nobody_answers_them(charlie, alice, bob):
    for force in ("kent", "essex", "derbyshire"):
        factories.live_story(force=force, fields={"force": force})

    stories.ask_about_invented_stories()

    assert {letter.force_id for letter in Letter.objects.all()} == {"kent", "essex"}
    for letter in Letter.objects.all():
        assert "this demo invented" in answers.letter_text(letter)
        assert not letter.is_answered


INVENTED = "Every account, message and story here is invented"


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


def test_every_screen_of_the_demos_admin_says_that_its_stories_are_invented_and_no_real_ones_does(settings):
    seen = list(screens())
    for settings.DEMO in (False, True):
        for browser, address in seen:
            whole = browser.get(address, follow=True).content.decode()

            assert "</html>" in whole, address
            assert whole.count(INVENTED) == settings.DEMO, address
            assert ("css/admin_demo.css" in whole) is settings.DEMO, address
