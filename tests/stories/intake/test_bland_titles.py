"""What a tab and the browser's history say of a contributor's pages: a neutral word, and nothing of the matter."""

import html
import re
from pathlib import Path

import pytest

from tests.stories.intake.visiting import TOLD

pytestmark = pytest.mark.django_db

PAGES = sorted((Path(__file__).resolve().parents[3] / "templates" / "stories" / "intake").glob("*.html"))
# Words that would tell somebody who looks over a shoulder, or through the history, what the page is about.
TELLING_WORDS = (
    *("heard", "police", "force", "image", "picture", "abuse", "tell", "story", "stories", "account", "code"),
    *("report", "under 18", "safe", "exit", "leav", "withdraw", "crime", "victim", "child", "take down", "moderat"),
)


def test_every_page_of_telling_coming_back_and_taking_down_has_a_bland_title(queue_key, unhurried, visitor):
    titles = {}
    for step, page in _every_page(visitor):
        titles[step] = html.unescape(re.search(r"<title>(.*?)</title>", page, re.S)[1])

    for step, title in titles.items():
        assert 0 < len(title) <= 30, (step, title)
        assert title == title.strip(), (step, title)
        assert [word for word in TELLING_WORDS if word in title.lower()] == [], (step, title)
    # Told apart all the same, as somebody with many tabs needs them to be (WCAG 2.4.2).
    assert len({titles[step] for step in ("before", "form", "look again", "check", "sent", "return", "stands")}) == 7


def test_templates_leave_their_titles_to_the_one_rule():
    assert PAGES
    for template in PAGES:
        source = template.read_text()
        assert "{% block bland_title %}" in source or '{% extends "base_quiet.html" %}' not in source, template
        # `title` is not asked on these pages: what stands in it would never be seen.
        assert "{% block title %}" not in source, template
        assert "{% block whole_title %}" not in source, template


def _every_page(visitor):
    for step, address in (("before", "/tell/"), ("leaving", "/tell/leaving/"), ("under 18", "/tell/under-18/")):
        yield step, visitor.get(address)
    yield "form", visitor.get("/tell/form/")
    yield "look again", visitor.post("/tell/form/", step="check")
    yield "check", visitor.check()
    yield "sent", visitor.post("/tell/form/", step="send", **TOLD)
    code = visitor.code()
    assert code
    yield "return", visitor.get("/return/")
    yield "wrong code", visitor.post("/return/", code="0000-0000-0000-0000")
    yield "stands", visitor.come_back(code)
    yield "take it back", visitor.post("/return/", step="withdraw")
    yield "took it back", visitor.post("/return/", step="withdraw-now")
    yield "take down", visitor.get("/take-down/")
    yield "take down, look again", visitor.post("/take-down/", step="send")
    yield "method", visitor._keep(visitor.client.put("/tell/form/", secure=True))
    yield "no such page", visitor.get("/tell/no-such-page/")
