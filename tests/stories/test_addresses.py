"""Addresses: which language, which door, and where a link leads from a page."""

from django.test import RequestFactory
from django.utils import translation

from stories.core import addresses


def test_onion_is_known_by_its_host(settings):
    def is_onion(host):
        return addresses.is_onion(RequestFactory().get("/", headers={"host": host}))

    settings.ONION_HOST = "heardexample.onion"
    for host in ("heardexample.onion", "HEARDexample.onion", "heardexample.onion:80"):
        assert is_onion(host), host
    for host in ("heard.example", "heardexample.onion.example", ""):
        assert not is_onion(host), host
    settings.ONION_HOST = ""
    assert not is_onion("")


def test_page_is_linked_in_the_language_of_the_page_and_a_file_at_its_one_address():
    files = ("/stories.csv", "/stories.json?force=kent", "/open-data/openapi.json", "/static/", "/media/x/", "", "/x")
    pages = {
        "/": ("/", "/cy/"),
        "/cy/": ("/", "/cy/"),
        "/cy/tell/?a=/b#c": ("/tell/?a=/b#c", "/cy/tell/?a=/b#c"),
        "/stories/?q=a/b.csv": ("/stories/?q=a/b.csv", "/cy/stories/?q=a/b.csv"),
    }
    for number, language in enumerate(("en-gb", "cy")):
        with translation.override(language):
            assert [addresses.address_of_link(path) for path in files] == list(files)
            for path, linked in pages.items():
                assert addresses.address_of_link(path) == linked[number]
