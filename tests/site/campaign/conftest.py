"""What the campaign's tests lean on: a site with its starting pages, a reader, an editor."""

import pytest
from django.test import Client
from wagtail.models import Page, Site

from campaign.models import HelpLine, Menu
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS
from stories.models import Story
from tests import factories


@pytest.fixture
def laid(db):
    """A site as `manage.py starting_pages` leaves it: the tests' database begins as one."""


@pytest.fixture
def bare(db):
    """A database without a page, a help line or a menu."""
    for model in (Site, Page, HelpLine, Menu):
        model.objects.all().delete()


@pytest.fixture
def reader():
    """A browser of the public: it answers with what stands at an address."""
    return Client(headers={"host": "heard.example"})


@pytest.fixture
def story(laid, alice, bob):
    """A story that may be quoted and trains nobody: "I rang 101 and waited."."""
    story = factories.live_story()
    Story.objects.filter(pk=story.pk).update(may_quote=True)
    return story


@pytest.fixture
def coordinator(laid):
    return factories.client_of(factories.person("cora", COORDINATORS), unlocked=False)


@pytest.fixture
def editor(laid):
    return factories.client_of(factories.person("edith", EDITORS), unlocked=False)


@pytest.fixture
def other(laid):
    """A second editor."""
    return factories.client_of(factories.person("otis", EDITORS), unlocked=False)


@pytest.fixture
def moderator(laid):
    return factories.client_of(factories.person("mia", MODERATORS), unlocked=False)
