"""Editors' rich text and links, as they come out."""

import json
import re
from pathlib import Path

from django.utils import translation

from campaign import rich_text
from tests.site.campaign.asking import page_at

# What somebody could store past the editor, each with what is left of it.
HOSTILE = json.loads(Path(__file__).with_name("hostile_html.json").read_text())
# Nothing of a browser's parser can come after it: no mark but ours, no attribute but where a link leads.
PLAIN = re.compile(r"<(?:/?(?:h3|p|b|strong|i|em|ul|ol|li|a|span)|br|a href=\"[^\"<>]*\")>")


def test_hostile_html_comes_out_clean():
    for what, (hostile, left) in HOSTILE.items():
        cleaned = rich_text.clean_html(hostile)

        assert "<" not in PLAIN.sub("", cleaned), what
        assert not re.search(r'href="\s*(?:javascript|data|vbscript|//)', cleaned, re.IGNORECASE), what
        assert left is None or cleaned == left, what


def test_our_own_marks_and_plain_links_stay_and_a_page_becomes_its_address(laid):
    marks = "<h3>One</h3><p><b>Two</b> <em>three</em></p><ul><li>5</li></ul><ol><li>6</li></ol>"
    plain = ("https://stopncii.org/", "mailto:hello@heard.example", "tel:116123", "/get-help/")
    to_a_page = f'<a linktype="page" id="{page_at("privacy").pk}">Privacy</a>'

    for kept in (marks, *(f'<a href="{address}">x</a>' for address in plain)):
        assert rich_text.clean_html(kept) == kept
    assert rich_text.clean_html(to_a_page) == '<a href="/privacy/">Privacy</a>'


SHOWN = ("/", "/tell/", "/stories/?force=kent#list", "https://x.example/a?b=c", "http://x.example/")
SHOWN += ("mailto:us@x.example",)
NOWHERE = ("", "tell/", "//x.example/", "/\\x.example/", "\\\\x.example", "/tell/\n", "/ /", "/admin/", "/media/a.png")
NOWHERE += ("/cy//x.example/", "/stories//x.example", "/\t/x.example/", "javascript:steal()", "JavaScript:steal()")
NOWHERE += ("java\tscript:steal()", " javascript:steal()", "data:text/html,x", "https:", "https:///x")
NOWHERE += ("https:x.example", "http://[x", "ftp://x.example/", "mailto:", "tel:999", "https://x/\x00")
IN_WELSH = {
    "/tell/": "/cy/tell/",
    "/cy/tell/#form": "/cy/tell/#form",
    "/stories/?force=kent": "/cy/stories/?force=kent",
    "/stories.csv?force=kent": "/stories.csv?force=kent",
    "/open-data/openapi.json": "/open-data/openapi.json",
    "/.well-known/security.txt": "/.well-known/security.txt",
}


def test_plain_address_is_shown_as_it_is_in_its_language_and_any_other_leads_nowhere():
    assert [address for address in SHOWN if rich_text.safe_link(address) != address] == []
    assert [address for address in NOWHERE if rich_text.safe_link(address) != ""] == []
    with translation.override("cy"):
        assert {address: rich_text.safe_link(address) for address in IN_WELSH} == IN_WELSH
