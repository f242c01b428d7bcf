"""Some invented stories, and a reader who takes them away as files."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from bench.seeding import stories as seeding
from stories.core import snapshot
from stories.models import Story
from tests import factories
from tests.stories.conftest import Visitor

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HERE = "https://heard.example"


class Taker(Visitor):
    """Takes files to their end, over https."""

    def take(self, address, status=200, **headers):
        response = self.get(address, headers=headers)
        assert response.status_code == status, f"{address} answered {response.status_code}"
        response.body = b"".join(response)
        return response

    def json(self, address):
        return json.loads(self.take(address).body)

    def rows(self, address):
        """The rows of a CSV as mappings, as a program reads them."""
        return list(csv.DictReader(io.StringIO(self.take(address).body.decode(), newline="")))

    def feed(self, address):
        return ElementTree.fromstring(self.take(address).body)

    def entries(self, address):
        return self.feed(address).findall("a:entry", ATOM)

    def walked(self, address, towards="next"):
        """The pages of a list of stories from `address` on, each as its ids, by the links of their headers."""
        while address:
            response = self.take(address)
            yield [story["id"] for story in json.loads(response.body)["stories"]]
            address = links_of(response).get(towards, "").removeprefix(HERE)


def links_of(response):
    """The Link header, as a mapping from what a link leads to."""
    return {rel: url for url, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers["Link"])}


def live(**fields):
    """One live story, as the public side sees it at once."""
    return factories.live_story(fields=fields)


def some(count=1):
    """A few invented ones, which cost less than one that was really agreed; returns the newest."""
    seeding.seed(count, chance=1)
    snapshot.forget_snapshot()
    return Story.live.latest("sequence")


@pytest.fixture
def taker():
    return Taker()


@pytest.fixture
def stories(db):
    """More than two pages of JSON, of all kinds."""
    some(120)
