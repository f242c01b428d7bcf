from tests.site.campaign.blocks.rendering import shown
from tests.site.campaign.finding import page_at


def test_a_heading_that_says_what_the_frame_says_bears_another_name():
    assert 'id="menu-part"' in shown("heading", "Menu")


def test_contents_list_the_headings_of_their_page_and_then_none_stand_beside_it(laid, reader):
    page = page_at("privacy")
    page.body = [("contents", None), *(("heading", title) for title in ("One", "Two", "Three", "Menu"))]
    page.save_revision().publish()

    words = reader.get("/privacy/", secure=True).content.decode()

    assert words.count("On this page") == 2
    assert '<a href="#one">One</a></li><li><a href="#two">Two</a>' in words
    assert '<a href="#menu-part">Menu</a>' in words
    assert "slip__contents" not in words


def test_contents_without_a_page_show_nothing():
    assert shown("contents", None).strip() == ""


def test_a_source_is_linked_by_http_alone():
    said = {"text": "Sorry.", "source": "A chief"}

    assert 'href="https://x.example/"' in shown("quote", {**said, "url": "https://x.example/"})
    assert "href" not in shown("quote", {**said, "url": "javascript:steal()"})
