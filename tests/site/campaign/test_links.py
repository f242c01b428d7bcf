from django.utils import translation

from campaign import rich_text

PLAIN = (
    "/",
    "/tell/",
    "/stories/?force=kent#list",
    "https://x.example/a?b=c",
    "http://x.example/",
    "mailto:us@x.example",
)
NOWHERE = (
    *("", "tell/", "//x.example/", "/\\x.example/", "\\\\x.example", "/tell/\n", "/ /", "/admin/", "/media/a.png"),
    *("/cy//x.example/", "/stories//x.example", "/\t/x.example/"),
    *("javascript:steal()", "JavaScript:steal()", "java\tscript:steal()", " javascript:steal()", "data:text/html,x"),
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
)
IN_WELSH = {
    "/tell/": "/cy/tell/",
    "/cy/tell/#form": "/cy/tell/#form",
    "/stories/?force=kent": "/cy/stories/?force=kent",
    "/stories.csv?force=kent": "/stories.csv?force=kent",
    "/open-data/openapi.json": "/open-data/openapi.json",
    "/.well-known/security.txt": "/.well-known/security.txt",
}


def test_a_plain_address_is_shown_as_it_is_and_whatever_else_was_kept_leads_nowhere():
    assert [address for address in PLAIN if rich_text.safe_link(address) != address] == []
    assert [address for address in NOWHERE if rich_text.safe_link(address) != ""] == []


def test_a_page_is_linked_in_the_pages_language_and_a_file_at_its_one_address():
    with translation.override("cy"):
        assert {address: rich_text.safe_link(address) for address in IN_WELSH} == IN_WELSH
