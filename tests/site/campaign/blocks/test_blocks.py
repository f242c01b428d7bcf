"""Blocks as their page shows them, and what their form says of a value."""

from wagtail.blocks import StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from campaign.blocks.body import Body
from campaign.models import Ask
from stories.core import snapshot
from stories.figures import counts
from stories.models import Story
from tests.site.campaign import asking
from tests.site.campaign.asking import page_at, words_at

BODY = Body()


def shown(kind, value, **context):
    """The HTML of one block, made of what a page would have stored."""
    block = BODY.child_blocks[kind]
    return block.render(block.to_python(value), context=context)


def refusals(kind, value):
    """What the form says of it, by field; empty where it takes it."""
    block = BODY.child_blocks[kind]
    try:
        block.clean(block.to_python(value))
    except StructBlockValidationError as refused:
        return {name: error.messages for name, error in refused.block_errors.items()}
    return {}


def refusal(*blocks):
    """What the form says of all blocks of a page together, or None."""
    try:
        BODY.clean(StreamValue(BODY, list(blocks)))
    except StreamBlockValidationError as refused:
        return refused
    return None


HOSTILE = '"><script>steal()</script><img src=x onerror=steal()>'
# Every field of words of every block that has some.
WORDS = {
    "heading": HOSTILE,
    "text": f"<p>{HOSTILE}</p>",
    "steps": [f"<p>{HOSTILE}</p>"],
    "picture_line": {"drawing": HOSTILE, "words": f"<p>{HOSTILE}</p>"},
    "notice": f"<p>{HOSTILE}</p>",
    "table": {"caption": HOSTILE, "columns": [{"type": "text", "heading": HOSTILE}], "rows": [{"values": [HOSTILE]}]},
    "quote": {"text": HOSTILE, "source": HOSTILE, "url": f"javascript:{HOSTILE}"},
    "help_lines": {"audience": HOSTILE},
    "story_quote": {"story": HOSTILE, "passage": HOSTILE},
    "figure": {"figure": HOSTILE},
    "action_button": {"words": HOSTILE, "page": None, "link": f"javascript:{HOSTILE}"},
    "help_line": {"words": HOSTILE, "line": "National Domestic Abuse Helpline"},
    "language_read": {"read": HOSTILE, "unread": HOSTILE},
    "contents": None,
    "criteria": None,
    "figures": None,
    "languages": None,
    "law": None,
}


def test_hostile_words_of_a_block_are_words_and_every_block_is_looked_at(laid):
    page = page_at("privacy")
    page.body = [("heading", HOSTILE)]
    columns, row = [{"type": "text", "heading": HOSTILE}] * 4, {"values": [HOSTILE] * 4}
    wide = ("table", {"caption": HOSTILE, "columns": columns, "rows": [row]})

    for kind, value in [*WORDS.items(), wide]:
        html = shown(kind, value, page=page)
        assert not any(mark in html for mark in ("<script", "<img", "javascript:", 'onerror="')), kind

    assert "<dl" in html, "a wide table reads as entries that fit a phone"
    assert "<table" not in html
    assert set(BODY.child_blocks) == set(WORDS) | {"ask", "image"}


def test_hostile_words_of_an_ask_and_its_action_are_words_wherever_they_stand(laid, reader):
    whom = asking.addressee(HOSTILE)
    ask = asking.ask(sentence=HOSTILE, whom=whom, why_it_stays=HOSTILE)
    asking.action(ask, title=HOSTILE, intro=HOSTILE, letter=HOSTILE, to_whom=HOSTILE, why_it_stays=HOSTILE)
    whole = [words_at(reader, address) for address in ("/actions/teach-them/", "/asks/teach-them-all/")]

    for html in (shown("ask", {"ask": ask.pk}), *whole):
        assert "&lt;script&gt;steal" in html
        assert not any(mark in html for mark in ("<script>", "<img src=x", 'onerror="'))


def test_a_page_has_no_two_headings_of_one_name_and_one_list_of_them():
    assert set(refusal(("heading", "One"), ("heading", "Two"), ("heading", "one!")).block_errors) == {2}
    assert refusal(("heading", "One"), ("heading", "Two")) is None
    assert refusal(("contents", None), ("contents", None)).non_block_errors


def test_a_block_shows_itself_where_an_editor_picks_one(editor):
    for kind in set(BODY.child_blocks) - {"ask", "image", "story_quote", "table", "contents"}:
        answer = editor.get("/admin/block-preview/", {"id": BODY.child_blocks[kind].definition_prefix})

        assert answer.status_code == 200, kind
        assert "css/tokens" in answer.content.decode(), kind


BUTTON = {"words": "Write to your MP", "page": None, "link": ""}


def test_an_ask_stands_in_a_page_in_short_while_it_is_public(laid):
    ask = asking.ask()
    asking.action(ask)
    shown_while_live = shown("ask", {"ask": ask.pk})
    Ask.objects.get().unpublish()
    snapshot.forget_snapshot()

    assert f'<a href="/asks/teach-them-all/">{asking.SENTENCE}</a>' in shown_while_live
    assert '<a href="/actions/teach-them/">' in shown_while_live
    assert shown("ask", {"ask": ask.pk}).strip() == ""


def test_button_leads_to_a_page_elsewhere_a_mail_or_a_part_of_ours_alone():
    for link in ("https://x.example/", "mailto:chief@x.example", "/tell/"):
        assert refusals("action_button", {**BUTTON, "link": link}) == {}, link
        assert f'href="{link}"' in shown("action_button", {**BUTTON, "link": link})
    for link in ("", "http://x.example/", "javascript:steal()", "//x.example/", "x.example", "/admin/"):
        assert set(refusals("action_button", {**BUTTON, "link": link})) == {"link"}, link


def test_a_button_to_a_page_that_is_not_public_is_not_shown(laid):
    button = {**BUTTON, "page": page_at("how-heard-works").pk}
    before = shown("action_button", button)
    page_at("how-heard-works").unpublish()

    assert 'href="/news/how-heard-works/"' in before
    assert shown("action_button", button).strip() == ""


KEY = "stories-in-wales"


def test_editor_picks_a_figure_shown_as_the_edition_has_it_and_types_no_number(laid):
    figure = counts.named_figure(KEY)
    html = shown("figure", {"figure": KEY})

    assert KEY in dict(counts.figure_choices())
    assert refusals("figure", {"figure": KEY}) == {}
    assert set(refusals("figure", {"figure": "117"})) == {"figure"}
    assert f'href="{figure.url}">{figure.value} {figure.words}</a>' in html
    assert figure.caution in html
    assert shown("figure", {"figure": "stories-in-atlantis"}).strip() == ""


PASSAGE = "I rang 101 and waited."


def quoting(story, passage=PASSAGE):
    return {"story": story.slug, "passage": passage}


def test_the_passage_is_shown_with_the_way_to_its_story_for_one_query(story, django_assert_num_queries):
    with django_assert_num_queries(1):
        html = shown("story_quote", quoting(story))

    assert f"<p>{PASSAGE}</p>" in html
    assert f'<a href="/stories/{story.slug}/">{story.title}</a>' in html


def test_nothing_is_shown_or_taken_once_it_may_not_be_quoted(story):
    for changes in ({"status": "hidden"}, {"status": "live", "may_quote": False}):
        Story.objects.filter(pk=story.pk).update(**changes)

        assert shown("story_quote", quoting(story)).strip() == ""
        assert set(refusals("story_quote", quoting(story))) == {"story"}


def test_a_passage_that_the_story_does_not_say_is_neither_taken_nor_shown(story):
    asked = quoting(story, "I rang 999 and waited.")

    assert "doesn’t say exactly this" in refusals("story_quote", asked)["passage"][0]
    assert shown("story_quote", asked).strip() == ""


def test_a_draft_keeps_what_could_not_be_published(story):
    block = BODY.child_blocks["story_quote"]
    block.defer_required_validation()
    try:
        assert refusals("story_quote", quoting(story, "Not yet copied")) == {}
        assert refusals("story_quote", {"story": "", "passage": ""}) == {}
    finally:
        block.restore_deferred_validation()


def test_contents_list_the_headings_of_their_page_and_then_none_stand_beside_it(laid, reader):
    page = page_at("privacy")
    page.body = [("contents", None), *(("heading", title) for title in ("One", "Two", "Three", "Menu"))]
    page.save_revision().publish()

    words = words_at(reader, "/privacy/")

    assert words.count("On this page") == 2
    assert '<a href="#one">One</a></li><li><a href="#two">Two</a>' in words
    assert '<a href="#menu-part">Menu</a>' in words
    assert "slip__contents" not in words
    assert shown("contents", None).strip() == ""


def test_a_source_is_linked_by_http_alone():
    said, source = (
        {"text": "Sorry.", "source": "A chief"},
        '<figcaption class="quote__source"><a href="https://x.example/"',
    )

    assert source in shown("quote", {**said, "url": "https://x.example/"})
    assert "href" not in shown("quote", {**said, "url": "javascript:steal()"})


SHOWN = {
    "heading": ("A heading & more", '<h2 id="a-heading-more">A heading &amp; more</h2>'),
    "steps": (["<p>One</p>", "<p>Two</p>"], "<ol><li><p>One</p></li><li><p>Two</p></li></ol>"),
    "notice": ("<p>Take note</p>", '<div class="notice"><p>Take note</p></div>'),
}


def test_each_kind_of_block_shows_what_is_in_it():
    for kind, (value, html) in SHOWN.items():
        assert html in shown(kind, value), kind


def test_help_lines_for_young_people_leave_out_those_for_adults(laid):
    html = shown("help_lines", {"audience": "under-18"})

    assert [name in html for name in ("Childline", "Samaritans", "StopNCII")] == [True, True, False]
