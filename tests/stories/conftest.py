"""A reader without a cookie."""

import html
import re

import pytest
from django.test import Client


class Visitor(Client):
    """Reads pages as anyone can, over https; `words` are a page's own words as a reader sees them."""

    def __init__(self):
        super().__init__(headers={"host": "heard.example"})
        self.defaults["wsgi.url_scheme"] = "https"

    def read(self, address, *, status=200):
        response = self.get(address)
        assert response.status_code == status, f"{address} answered {response.status_code}"
        return response.content.decode()

    def words(self, address, *, status=200):
        main = self.read(address, status=status).split("<main", 1)[1].split("</main>")[0]
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", "<" + main)).split())

    def slugs(self, address):
        """The slugs of the stories that a page lists, in its order."""
        return re.findall(r'opening__title"><a href="/stories/(\w+)/"', self.read(address))


@pytest.fixture
def visitor():
    return Visitor()
