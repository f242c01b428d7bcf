import pytest

from campaign import links


@pytest.mark.parametrize(
    "address",
    ["/", "/tell/", "/stories/?force=kent#list", "https://x.example/a?b=c", "http://x.example/", "mailto:us@x.example"],
)
def test_a_plain_address_is_shown_as_it_is(address):
    assert links.safe(address) == address


@pytest.mark.parametrize(
    "address",
    [
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
    assert links.safe(address) == ""
