"""What holds for every block: what somebody stored past the editor is words and no mark, and each has a preview."""

import pytest

from campaign.blocks.body import Body
from tests.site.campaign import asking
from tests.site.campaign.blocks.rendering import BODY, refusal, refused_places, shown
from tests.site.campaign.finding import page_at

HOSTILE = '"><script>steal()</script><img src=x onerror=steal()>'
# Every field of words of every block that has some.
WORDS = {
    "heading": HOSTILE,
    "text": f"<p>{HOSTILE}</p>",
    "steps": [f"<p>{HOSTILE}</p>"],
    "notice": f"<p>{HOSTILE}</p>",
    "table": {
        "caption": HOSTILE,
        "columns": [{"type": "text", "heading": HOSTILE}],
        "rows": [{"values": [HOSTILE]}],
    },
    "quote": {"text": HOSTILE, "source": HOSTILE, "url": f"javascript:{HOSTILE}"},
    "help_lines": {"audience": HOSTILE},
    "story_quote": {"story": HOSTILE, "passage": HOSTILE},
    "figure": {"figure": HOSTILE},
    "action_button": {"words": HOSTILE, "page": None, "link": f"javascript:{HOSTILE}"},
    "contents": None,
    "figures": None,
    "law": None,
}


@pytest.mark.parametrize("kind", WORDS)
def test_hostile_words_of_a_block_are_words(kind, laid):
    page = page_at("privacy")
    page.body = [("heading", HOSTILE)]

    html = shown(kind, WORDS[kind], page=page)

    assert not any(mark in html for mark in ("<script", "<img", "javascript:", 'onerror="'))


def test_hostile_words_of_a_wide_table_are_words_too(laid):
    columns, row = [{"type": "text", "heading": HOSTILE}] * 4, {"values": [HOSTILE] * 4}

    html = shown("table", {"caption": HOSTILE, "columns": columns, "rows": [row]})

    assert "<dl" in html
    assert "<script" not in html


def test_hostile_words_of_an_ask_and_its_action_are_words_wherever_they_stand(laid, reader):
    whom = asking.addressee(HOSTILE)
    ask = asking.ask(sentence=HOSTILE, whom=whom, why_it_stays=HOSTILE)
    asking.action(ask, title=HOSTILE, intro=HOSTILE, letter=HOSTILE, to_whom=HOSTILE, why_it_stays=HOSTILE)
    page = reader.get("/actions/teach-them/", secure=True).content.decode()
    whole = reader.get("/asks/teach-them-all/", secure=True).content.decode()

    for html in (shown("ask", {"ask": ask.pk}), page, whole):
        assert "&lt;script&gt;steal" in html
        assert not any(mark in html for mark in ("<script>", "<img src=x", 'onerror="'))


def test_every_block_with_words_is_among_these():
    assert set(Body().child_blocks) == set(WORDS) | {"ask", "image"}


def test_a_page_has_no_two_headings_of_one_name_and_one_list_of_them():
    assert refused_places(("heading", "One"), ("heading", "Two"), ("heading", "one!")) == [2]
    assert refused_places(("heading", "One"), ("heading", "Two")) == []
    assert refusal(("contents", None), ("contents", None)).non_block_errors


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(set(BODY.child_blocks) - {"ask", "image", "story_quote", "table", "contents"}))
def test_a_block_shows_itself_where_an_editor_picks_one(kind, editor):
    block = BODY.child_blocks[kind]

    answer = editor.get("/admin/block-preview/", {"id": block.definition_prefix})

    assert answer.status_code == 200
    assert "css/tokens" in answer.content.decode()
