import pytest

from campaign import rich_text
from tests.site.campaign.finding import page_at

HOSTILE = (
    '<p onclick="steal()" style="position:fixed" data-block-key="a1">Read <a href="javascript:steal()">this</a></p>'
    '<script>steal()</script><img src="https://elsewhere.example/pixel.png"><iframe src="//elsewhere.example"></iframe>'
    '<h1>Not a title</h1><svg><a xlink:href="javascript:steal()">x</a></svg><form action="/x"><input name="q"></form>'
)


@pytest.mark.parametrize(
    "trace",
    ["<script", "onclick", "style=", "javascript:", "<img", "<iframe", "<h1", "<svg", "<form", "<input", "data-"],
)
def test_hostile_html_comes_out_clean(trace):
    assert trace not in rich_text.clean(HOSTILE)


def test_the_words_and_our_own_marks_stay():
    kept = (
        '<h3>One</h3><p><b>Two</b> <em>three</em> <a href="/tell/">four</a></p><ul><li>5</li></ul><ol><li>6</li></ol>'
    )

    assert rich_text.clean(kept) == kept


@pytest.mark.parametrize("address", ["https://stopncii.org/", "mailto:hello@heard.example", "tel:116123", "/get-help/"])
def test_a_plain_link_stays(address):
    assert rich_text.clean(f'<a href="{address}">x</a>') == f'<a href="{address}">x</a>'


def test_a_link_to_a_page_becomes_its_address(laid):
    source = f'<a linktype="page" id="{page_at("privacy").pk}">Privacy</a>'

    assert rich_text.clean(source) == '<a href="/privacy/">Privacy</a>'


def test_hostile_html_in_a_page_reaches_no_reader(laid, reader):
    page = page_at("privacy")
    page.body = [("text", HOSTILE), ("notice", HOSTILE), ("steps", [HOSTILE])]
    page.save_revision().publish()

    answer = reader.get("/privacy/", secure=True).content.decode()

    assert answer.count("Read <a>this</a>") == 3
    assert not any(trace in answer for trace in ("<script>", "onclick", "javascript:", "elsewhere.example", "<iframe"))
