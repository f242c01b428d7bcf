import pytest
from django.utils import translation

from campaign import rich_text


@pytest.mark.parametrize(
    "address",
    ["/", "/tell/", "/stories/?force=kent#list", "https://x.example/a?b=c", "http://x.example/", "mailto:us@x.example"],
)
def test_a_plain_address_is_shown_as_it_is(address):
    assert rich_text.safe_link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *("/cy//x.example/", "/stories//x.example", "/\t/x.example/"),
        *("", "tell/", "//x.example/", "/\\x.example/", "\\\\x.example", "/tell/\n", "/ /", "/admin/", "/media/a.png"),
        *(
            "javascript:steal()",
            "JavaScript:steal()",
            "java\tscript:steal()",
            " javascript:steal()",
            "data:text/html,x",
        ),
        *(
            "https:",
            "https:///x",
            "https:x.example",
            "http://[x",
            "ftp://x.example/",
            "mailto:",
            "tel:999",
            "https://x/\x00",
        ),
    ],
)
def test_whatever_else_was_kept_leads_nowhere(address):
    assert rich_text.safe_link(address) == ""


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/tell/", "/cy/tell/"),
        ("/cy/tell/#form", "/cy/tell/#form"),
        ("/stories/?force=kent", "/cy/stories/?force=kent"),
        ("/stories.csv?force=kent", "/stories.csv?force=kent"),
        ("/open-data/openapi.json", "/open-data/openapi.json"),
        ("/.well-known/security.txt", "/.well-known/security.txt"),
    ],
)
def test_a_page_is_linked_in_the_pages_language_and_a_file_at_its_one_address(address, where):
    with translation.override("cy"):
        assert rich_text.safe_link(address) == where
