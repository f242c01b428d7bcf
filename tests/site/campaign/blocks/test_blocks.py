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
    **dict.fromkeys(("contents", "criteria", "figures", "languages", "law")),
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


def test_page_has_no_two_headings_of_one_name_and_lists_them_once(laid, reader):
    assert set(refusal(("heading", "One"), ("heading", "Two"), ("heading", "one!")).block_errors) == {2}
    assert refusal(("heading", "One"), ("heading", "Two")) is None
    assert refusal(("contents", None), ("contents", None)).non_block_errors
    page = page_at("privacy")
    page.body = [("contents", None), *(("heading", title) for title in ("One", "Two", "Three", "Menu"))]
    page.save_revision().publish()

    words = words_at(reader, "/privacy/")

    assert words.count("On this page") == 2
    assert '<a href="#one">One</a></li><li><a href="#two">Two</a>' in words
    assert '<a href="#menu-part">Menu</a>' in words
    assert "slip__contents" not in words
    assert shown("contents", None).strip() == ""


def test_a_block_shows_itself_where_an_editor_picks_one(editor):
    for kind in set(BODY.child_blocks) - {"ask", "image", "story_quote", "table", "contents"}:
        answer = editor.get("/admin/block-preview/", {"id": BODY.child_blocks[kind].definition_prefix})

        assert answer.status_code == 200, kind
        assert "css/tokens" in answer.content.decode(), kind


BUTTON = {"words": "Write to your MP", "page": None, "link": ""}


def test_ask_in_short_and_a_button_are_shown_while_what_they_lead_to_is_public(laid):
    ask = asking.ask()
    asking.action(ask)
    ways = ("ask", {"ask": ask.pk}), ("action_button", {**BUTTON, "page": page_at("how-heard-works").pk})

    in_short, button = (shown(*way) for way in ways)
    Ask.objects.get().unpublish()
    page_at("how-heard-works").unpublish()
    snapshot.forget_snapshot()

    assert f'<a href="/asks/teach-them-all/">{asking.SENTENCE}</a>' in in_short
    assert '<a href="/actions/teach-them/">' in in_short
    assert 'href="/news/how-heard-works/"' in button
    assert [shown(*way).strip() for way in ways] == ["", ""]


def test_button_leads_to_a_page_elsewhere_a_mail_or_a_part_of_ours_alone():
    for link in ("https://x.example/", "mailto:chief@x.example", "/tell/"):
        assert refusals("action_button", {**BUTTON, "link": link}) == {}, link
        assert f'href="{link}"' in shown("action_button", {**BUTTON, "link": link})
    for link in ("", "http://x.example/", "javascript:steal()", "//x.example/", "x.example", "/admin/"):
        assert set(refusals("action_button", {**BUTTON, "link": link})) == {"link"}, link


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


def test_passage_is_shown_for_one_query_and_none_that_no_story_says_or_allows(story, django_assert_num_queries):
    with django_assert_num_queries(1):
        html = shown("story_quote", quoting(story))

    assert f"<p>{PASSAGE}</p>" in html
    assert f'<a href="/stories/{story.slug}/">{story.title}</a>' in html
    block, other = BODY.child_blocks["story_quote"], quoting(story, "I rang 999 and waited.")
    assert "doesn’t say exactly this" in refusals("story_quote", other)["passage"][0]
    assert shown("story_quote", other).strip() == ""
    # A draft takes it.
    block.defer_required_validation()
    try:
        assert refusals("story_quote", other) == {}
        assert refusals("story_quote", {"story": "", "passage": ""}) == {}
    finally:
        block.restore_deferred_validation()
    for changes in ({"status": "hidden"}, {"status": "live", "may_quote": False}):
        Story.objects.filter(pk=story.pk).update(**changes)
        assert shown("story_quote", quoting(story)).strip() == "", changes
        assert set(refusals("story_quote", quoting(story))) == {"story"}, changes


SOURCE = {"text": "Sorry.", "source": "A chief"}


SHOWN = {
    "heading": ("A heading & more", '<h2 id="a-heading-more">A heading &amp; more</h2>'),
    "steps": (["<p>One</p>", "<p>Two</p>"], "<ol><li><p>One</p></li><li><p>Two</p></li></ol>"),
    "notice": ("<p>Take note</p>", '<div class="notice"><p>Take note</p></div>'),
    "quote": ({**SOURCE, "url": "https://x.example/"}, 'class="quote__source"><a href="https://x.example/"'),
}


def test_each_kind_of_block_shows_what_is_in_it_and_links_a_source_by_http_alone(laid):
    for kind, (value, html) in SHOWN.items():
        assert html in shown(kind, value), kind
    assert "href" not in shown("quote", {**SOURCE, "url": "javascript:steal()"})
    for_the_young = shown("help_lines", {"audience": "under-18"})
    assert [name in for_the_young for name in ("Childline", "Samaritans", "StopNCII")] == [True, True, False]
