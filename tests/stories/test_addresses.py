"""Addresses: which language, which door, and where a link leads from a page."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from stories.core import addresses


@pytest.mark.parametrize("host", ["heardexample.onion", "HEARDexample.onion", "heardexample.onion:80"])
def test_onion_is_known_by_its_host(settings, host):
    settings.ONION_HOST = "heardexample.onion"

    assert addresses.is_onion(RequestFactory().get("/", headers={"host": host}))


@pytest.mark.parametrize("host", ["heard.example", "heardexample.onion.example", ""])
def test_any_other_host_is_no_onion(settings, host):
    settings.ONION_HOST = "heardexample.onion"

    assert not addresses.is_onion(RequestFactory().get("/", headers={"host": host}))


def test_no_host_is_an_onion_where_there_is_none(settings):
    settings.ONION_HOST = ""

    assert not addresses.is_onion(RequestFactory().get("/", headers={"host": ""}))


@pytest.mark.parametrize("language", ["en-gb", "cy"])
@pytest.mark.parametrize(
    "path", ["/stories.csv", "/stories.json?force=kent", "/open-data/openapi.json", "/static/", "/media/x/", "", "/x"]
)
def test_file_is_linked_at_its_one_address(language, path):
    with translation.override(language):
        assert addresses.address_of_link(path) == path


@pytest.mark.parametrize(
    ("path", "english", "welsh"),
    [
        ("/", "/", "/cy/"),
        ("/cy/", "/", "/cy/"),
        ("/cy/tell/?a=/b#c", "/tell/?a=/b#c", "/cy/tell/?a=/b#c"),
        ("/stories/?q=a/b.csv", "/stories/?q=a/b.csv", "/cy/stories/?q=a/b.csv"),
    ],
)
def test_page_is_linked_in_the_language_of_the_page(path, english, welsh):
    with translation.override("en-gb"):
        assert addresses.address_of_link(path) == english
    with translation.override("cy"):
        assert addresses.address_of_link(path) == welsh
