"""Passages, which an editor marked or a rule chose, and pictures: where a story may be quoted, and nowhere else."""

import io

import pytest
from PIL import Image, ImageChops, ImageColor

from stories.models import Story
from stories.reading import passages, patterns, pictures
from tests import factories
from tests.site import colours
from tests.site.heard import addresses

CHOSEN = "My phone is in a cupboard at the station."
TEXT = f"I rang & waited. {CHOSEN}\n\nHe said “bring it in. Now” and left.\n\nNo news yet <3."


def told(**columns):
    return Story(**{"slug": "a", "title": "A cupboard for my phone", "text": TEXT, "may_quote": True} | columns)


def body_of(story):
    return passages.marked_body(story, passages.quotable_passages(story))


@pytest.fixture
def marked(monkeypatch):
    """What editors marked, story by story."""
    kept = {}
    monkeypatch.setattr(patterns, "marked_passages", lambda slug: kept.get(slug, []))
    return kept


def test_rule_chooses_the_sentence_nearest_to_the_title_or_the_last_that_reads_alone(marked):
    for title, text, chosen in [
        ("A cupboard for my phone", TEXT, [CHOSEN]),
        ("At my age", f"{TEXT}\n\nAnd that was all there was.", ["And that was all there was."]),
        # Too short, half of what was said, too long.
        ("At my age", f"No.\n\nHe said “it isn’t a crime at all. I know.\n\n{'And so on ' * 12}.", []),
    ]:
        assert passages.quotable_passages(told(title=title, text=text)) == chosen, title
        assert passages.quotable_passages(told(title=title, text=text, may_quote=False)) == []


def test_sentence_is_marked_once_and_an_editors_choice_comes_first_while_it_lasts(marked):
    assert f"<p>I rang &amp; waited. <mark>{CHOSEN}</mark></p>" in body_of(told())
    marked["a"] = ["Taken out since.", "ang & wai", "Ring <me> back.", "I rang & waited."]

    story = told(differently="Ring <me> back.")

    assert passages.quotable_passages(story) == ["I rang & waited.", "Ring <me> back."]
    assert body_of(story).count("<mark>") == 1
    assert "<p><mark>I rang &amp; waited.</mark> My phone" in body_of(story)
    assert body_of(told(may_quote=False)) == told().body
    marked["a"] = ["p", "br"]
    assert passages.quotable_passages(story) == [CHOSEN], "one word is no passage, and no tag is one"


def test_wall_has_the_newest_titles_that_may_be_quoted_and_a_way_on_from_each(db, visitor):
    first, second = (factories.live_story(consent_quote=True, fields={"title": title}) for title in ("One", "Two"))
    factories.live_story(fields={"title": "Not to be quoted"})
    addresses.forget()

    page = visitor.read("/wall/")

    assert page.index(second.get_absolute_url()) < page.index(first.get_absolute_url())
    assert "Not to be quoted" not in page
    assert "<script" not in page.split("<body")[1]
    for number in range(4):
        assert f'id="{number}"' in page
        assert f'href="#{number}"' in page
    assert "heard.example" in visitor.words("/wall/")
    assert visitor.words("/wall/").startswith("What happened when people told the police Heard 2 titles")


def test_what_is_no_passage_has_no_picture(db, visitor):
    story = factories.live_story(consent_quote=True, fields={"text": TEXT})
    address = f"{story.get_absolute_url()}quote-"
    page, name = visitor.read(story.get_absolute_url()), patterns.passage_name(CHOSEN)

    for shape in pictures.QUOTES:
        assert f'href="quote-{name}-{shape}.png"' in page
        assert visitor.get(f"{address}{name}-{shape}.png").status_code == 200
    for none in (f"{name}-round", name, "00000000-square"):
        assert visitor.get(f"{address}{none}.png").status_code == 404, none


TITLES = {
    "short": "At my age",
    "long": "I was told to make a list, and to make it again in a table, and then they lost it. Twice.",
    "one word": "W" * 120,
    "with accents": "Ŵyn a’r ŷd: “naïve café”",
    "without a letter of ours": "😀 \u202e\u0000 مرحبا",
    "empty": "",
}


def look(png):
    """The picture, which tells nobody when it was drawn."""
    assert not any(chunk in png for chunk in (b"tIME", b"tEXt", b"zTXt", b"iTXt", b"eXIf"))
    picture = Image.open(io.BytesIO(png))
    assert picture.info.keys() <= {"transparency"}
    return picture.convert("RGB")


def test_quote_holds_the_words_under_a_marker_within_its_paper_and_tells_no_time():
    for shape, size in pictures.QUOTES.items():
        for words in ("So it’s live. It’s just nobody’s.", "He said that I should have known. " * 8):
            address = "https://heard.example/stories/0123456789ab/"
            png = pictures.quote_picture(words, shape, name="Heard", address=address)
            drawn = look(png)

            assert (drawn.size, len(png) < 90_000) == (size, True)
            seen = {colour for _count, colour in drawn.getcolors()}
            assert {ImageColor.getrgb(each) for each in (pictures.PAPER, pictures.INK, pictures.APRICOT)} <= seen
            edges = [drawn.crop(box) for box in ((0, 0, size[0], 40), (0, size[1] - 40, *size), (0, 0, 40, size[1]))]
            assert {colour for each in edges for _count, colour in each.getcolors()} == {(251, 248, 242)}


def test_card_holds_its_whole_title_in_the_colours_of_the_site_and_tells_no_time():
    site, (wide, high) = colours.of(), pictures.CARD
    assert (site["paper"], site["ink"], site["moss"]) == (pictures.PAPER, pictures.INK, pictures.MOSS)
    for name, title in TITLES.items():
        png = pictures.share_card(title)
        drawn = look(png)

        assert (drawn.size, len(png) < 60_000) == ((1200, 630), True), name
        assert pictures.share_card(title) == png, name
        assert drawn.getpixel((1, 1)) == ImageColor.getrgb(pictures.PAPER), name
        if name in ("short", "long", "one word"):
            paper = Image.new("RGB", pictures.CARD, pictures.PAPER)
            left, _top, right, bottom = ImageChops.difference(drawn, paper).getbbox()
            assert (left >= 75, right <= wide - 75, bottom <= high - 50) == (True, True, True), name


def test_card_is_public_drawn_once_and_kept_with_the_edition_for_quotes(db, monkeypatch, django_assert_num_queries):
    story = factories.live_story(consent_quote=True, fields={"title": "The heron"})
    addresses.forget()
    drawn, draw = [], pictures.share_card
    monkeypatch.setattr(pictures, "share_card", lambda title: drawn.append(title) or draw(title))

    def ask(story, query=""):
        return addresses.ask(f"/stories/{story.slug}/share.png{query}")

    response = ask(story)

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response.content == draw("The heron")
    assert "Last-Modified" not in response
    with django_assert_num_queries(0):
        assert ask(story).content == response.content
    assert ask(story, "?x=1").content == response.content
    assert drawn == ["The heron"]
    # None where the contributor wants no quotes, or nothing is live yet.
    Story.objects.update(may_quote=False)
    addresses.forget()
    agreed = Story.objects.get(submission=factories.submission_at("agreed", consent_quote=True))

    assert ask(story).status_code == ask(agreed).status_code == 404
