"""Editors' rich text and links, as they come out."""

import re

import pytest
from django.utils import translation

from campaign import rich_text
from tests.site.campaign.finding import page_at

# What somebody could store past the editor, each with what is left of it.
HOSTILE = {
    "a script": ("<p>Hi<script>steal()</script></p>", "<p>Histeal()</p>"),
    "a script in capitals with a gap": ("<SCRIPT SRC=//x.example/s.js ></SCRIPT >a", "a"),
    "an event": ('<p onclick="steal()">a</p>', "<p>a</p>"),
    "an event behind a slash": ("<b/onmouseover=steal()>a</b>", "<b>a</b>"),
    "a style": ('<p style="position:fixed;inset:0">a</p>', "<p>a</p>"),
    "a class and an id": ('<p class="exit" id="exit">a</p>', "<p>a</p>"),
    "what scripts of ours look for": (
        '<a data-exit data-exit-to="https://x.example/" href="/">a</a>',
        '<a href="/">a</a>',
    ),
    "javascript": ('<a href="javascript:steal()">a</a>', "<a>a</a>"),
    "javascript in capitals": ('<a href="JaVaScRiPt:steal()">a</a>', "<a>a</a>"),
    "javascript in entities": ('<a href="&#106;avascript&colon;steal()">a</a>', "<a>a</a>"),
    "javascript in long entities": ('<a href="&#0000106&#0000097vascript:steal()">a</a>', "<a>a</a>"),
    "javascript behind a tab": ('<a href="jav&#x09;ascript:steal()">a</a>', "<a>a</a>"),
    "javascript behind a line end": ('<a href="java\nscript:steal()">a</a>', "<a>a</a>"),
    "javascript behind a control character": ('<a href="&#1;javascript:steal()">a</a>', "<a>a</a>"),
    "a page in an address": ('<a href="data:text/html,<script>steal()</script>">a</a>', "<a>a</a>"),
    "vbscript": ('<a href="vbscript:steal()">a</a>', "<a>a</a>"),
    "another host as if a path": ('<a href="//x.example/">a</a>', "<a>a</a>"),
    "another host behind a backslash": ('<a href="/\\x.example/">a</a>', "<a>a</a>"),
    "a window of its own": (
        '<a href="https://x.example/" target="_blank" ping="/x">a</a>',
        '<a href="https://x.example/">a</a>',
    ),
    "a picture from elsewhere": ('<p>a<img src="https://x.example/pixel.png" onerror=steal()></p>', "<p>a</p>"),
    "a drawing": ('<svg><a xlink:href="javascript:steal()"><text>a</text></a></svg>', "<a>a</a>"),
    "a drawing with an event": ("<svg/onload=steal()>a", "a"),
    "a frame": ('<iframe srcdoc="<script>steal()</script>"></iframe>a', "a"),
    "an object and an embed": ('<object data="x.swf"></object><embed src="x.swf">a', "a"),
    "a form": ('<form action="/x"><input name="code"><button>a</button></form>', "a"),
    "a base and a meta": (
        '<base href="https://x.example/"><meta http-equiv="refresh" content="0;url=//x.example">a',
        "a",
    ),
    "a title of the page": ("<h1>a</h1><h2>b</h2>", "a\nb"),
    "words that a parser turns over": ('<p title="</noscript><img src=x onerror=steal()>">a</p>', "<p>a</p>"),
    "a comment that ends early": ("<!--><img src=x onerror=steal()>-->a", "--&gt;a"),
    "a mark never closed": ("<p><b>a", "<p><b>a</b></p>"),
    "an attribute never closed": ('<a href="/x', ""),
    "one in another": ("<scr<script>ipt>steal()</scr</script>ipt>", None),
    "style in a formula": (
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=steal()&gt;">',
        None,
    ),
    "style in a drawing": ('<svg></p><style><a id="</style><img src=1 onerror=steal()>">', None),
    "noscript": ('<noscript><p title="</noscript><img src=x onerror=steal()>">', None),
}
# Nothing of a browser's parser can come after it: no mark but ours, no attribute but where a link leads.
PLAIN = re.compile(r"<(?:/?(?:h3|p|b|strong|i|em|ul|ol|li|a)|br|a href=\"[^\"<>]*\")>")


@pytest.mark.parametrize(("hostile", "left"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_html_comes_out_clean(hostile, left):
    cleaned = rich_text.clean_html(hostile)

    assert "<" not in PLAIN.sub("", cleaned)
    assert not re.search(r'href="\s*(?:javascript|data|vbscript|//)', cleaned, re.IGNORECASE)
    assert left is None or cleaned == left


def test_the_words_and_our_own_marks_stay():
    kept = (
        '<h3>One</h3><p><b>Two</b> <em>three</em> <a href="/tell/">four</a></p><ul><li>5</li></ul><ol><li>6</li></ol>'
    )

    assert rich_text.clean_html(kept) == kept


@pytest.mark.parametrize("address", ["https://stopncii.org/", "mailto:hello@heard.example", "tel:116123", "/get-help/"])
def test_a_plain_link_stays(address):
    assert rich_text.clean_html(f'<a href="{address}">x</a>') == f'<a href="{address}">x</a>'


def test_a_link_to_a_page_becomes_its_address(laid):
    source = f'<a linktype="page" id="{page_at("privacy").pk}">Privacy</a>'

    assert rich_text.clean_html(source) == '<a href="/privacy/">Privacy</a>'


def test_hostile_html_in_a_page_reaches_no_reader(laid, reader):
    hostile = HOSTILE["javascript"][0] + HOSTILE["an event"][0]
    page = page_at("privacy")
    page.body = [("text", hostile), ("notice", hostile), ("steps", [hostile])]
    page.save_revision().publish()

    answer = reader.get("/privacy/", secure=True).content.decode()

    assert answer.count("<a>a</a><p>a</p>") == 3


SHOWN = (
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
    assert [address for address in SHOWN if rich_text.safe_link(address) != address] == []
    assert [address for address in NOWHERE if rich_text.safe_link(address) != ""] == []


def test_a_page_is_linked_in_the_pages_language_and_a_file_at_its_one_address():
    with translation.override("cy"):
        assert {address: rich_text.safe_link(address) for address in IN_WELSH} == IN_WELSH
