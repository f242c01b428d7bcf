"""Passages: what an editor marked or a rule chose, marked and drawn where the story may be quoted, and nowhere else."""

import io

import pytest
from PIL import Image, ImageColor

from stories.models import Story
from stories.reading import passages, patterns, pictures
from tests import factories
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


def test_picture_holds_the_words_under_a_marker_within_its_paper_and_tells_no_time():
    for shape, size in pictures.QUOTES.items():
        for words in ("So it’s live. It’s just nobody’s.", "He said that I should have known. " * 8):
            png = pictures.quote_picture(
                words, shape, name="Heard", address="https://heard.example/stories/0123456789ab/"
            )
            drawn = Image.open(io.BytesIO(png)).convert("RGB")

            assert (drawn.size, len(png) < 90_000) == (size, True)
            colours = {colour for _count, colour in drawn.getcolors()}
            assert {ImageColor.getrgb(each) for each in (pictures.PAPER, pictures.INK, pictures.APRICOT)} <= colours
            edges = [drawn.crop(box) for box in ((0, 0, size[0], 40), (0, size[1] - 40, *size), (0, 0, 40, size[1]))]
            assert {colour for each in edges for _count, colour in each.getcolors()} == {(251, 248, 242)}
            assert not any(chunk in png for chunk in (b"tIME", b"tEXt", b"zTXt", b"iTXt", b"eXIf"))


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
