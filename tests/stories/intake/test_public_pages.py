"""What no page of the contributor's way may do, what a tab says of them, and the ways out: help, and the exit."""

import html
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext

from campaign import help_lines, site_chrome
from campaign.initial_content.creating import create_initial_content
from campaign.models import Exit
from campaign.models.settings import DEFAULT_SITE
from stories.core import snapshot
from tests.stories.intake.visiting import ACCOUNT, TOLD, raising

pytestmark = pytest.mark.django_db
BESIDE = 'target="_blank" rel="noopener noreferrer"'


def test_words_in_an_address_never_go_into_the_form_and_memory_holds_none_or_a_code(queue_key, visitor):
    assert "leaked" not in visitor.get("/tell/form/?account=leaked&adult=yes")
    code = visitor.tell()

    held = repr(cache._cache)
    assert "sent:" in held
    for secret in (ACCOUNT, code, code.replace("-", "")):
        assert secret not in held


def test_no_link_leads_away_from_a_page_that_holds_words_or_a_code(queue_key, visitor):
    for step in ("form", "check", "send", "standing", "waiting for the code"):
        if step == "standing":
            visitor.come_back(visitor.code())
        elif step == "waiting for the code":
            visitor.page = ""
            visitor.post("/return/", step="message", message="Do not lose me.")
        elif step == "form":
            visitor.get("/tell/form/")
        else:
            visitor.post("/tell/form/", step=step, **TOLD | {"online": "yes"})
        # What stands in a template takes the page's place, once there is nothing on it to lose.
        page = re.sub(r"<template.*?</template>", "", visitor.page, flags=re.S)
        links = re.findall(r"<a\b[^>]*\bhref=[^>]*>", page)
        beside = {link for link in links if BESIDE in link}
        away = {re.search(r'\bhref="([^"]*)"', link)[1] for link in set(links) - beside}
        assert {link for link in away if not re.match("#|tel:|sms:", link)} == {"/leave/?blank"}, step
        if step == "check":
            # What opens beside such a page tells it nothing, and says that it opens there.
            assert any("childline.org.uk" in link for link in beside)
            assert {link for link in links if "_blank" in link} == beside
            assert "New tabs: if you leave, close them too." in visitor.text()


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


def test_exit_leads_to_the_site_chosen_from_the_list_forgets_ours_and_writes_nothing(visitor, caplog):
    Exit.load()
    for chosen in (None, "https://www.bbc.co.uk/news", "https://example.com/", "javascript:alert(1)", ""):
        if chosen is not None:
            Exit.objects.update(target=chosen)
            snapshot.invalidate()

        with CaptureQueriesContext(connection) as asked:
            visitor.get("/leave/")

        assert visitor.response.status_code == 303
        target = chosen if chosen == "https://www.bbc.co.uk/news" else DEFAULT_SITE
        assert visitor.response.headers["Location"] == target, chosen
        assert visitor.response.headers["Clear-Site-Data"] == '"cache"'
        assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
        assert visitor.response.cookies == {}
    assert caplog.records == []


def test_exit_works_with_the_database_out_of_reach(visitor, monkeypatch):
    monkeypatch.setattr(CursorWrapper, "execute", raising(OperationalError))

    assert '<meta http-equiv="refresh" content="0; url=/leave/">' in visitor.get("/leave/?blank")
    visitor.get("/leave/")
    assert visitor.response.status_code == 303


def test_exit_link_on_a_form_is_a_link_that_tells_nobody_where_it_came_from(queue_key, visitor):
    visitor.get("/tell/form/")
    links = re.findall(r"<a [^>]*data-exit[ >][^>]*>?", visitor.page)

    assert len(links) == 2
    for link in links:
        assert 'href="/leave/?blank"' in link
        assert 'rel="nofollow noreferrer"' in link


SUNDAY_NIGHT = datetime(2026, 11, 1, 23, 0, tzinfo=ZoneInfo("Europe/London"))


def test_help_beside_the_form_is_one_with_the_page_of_help_in_both_languages(visitor):
    """Where it was leads on, and a Welsh reader meets whom to call in Welsh."""
    create_initial_content()
    for path, target in (("/tell/somewhere-else/", "/get-help/"), ("/cy/tell/somewhere-else/", "/cy/get-help/")):
        visitor.get(path)
        assert (visitor.response.status_code, visitor.response.headers["Location"]) == (301, target)

        visitor.get(target)
        assert 'class="loud"' in visitor.page
        for fold in ("police", "closed", "law", "status", "nations"):
            assert f'<details class="disclosure" id="{fold}">' in visitor.page
        names = set(re.findall(r'helpline__name">(?:<a [^>]*>)?(.*?)<', visitor.page.split("</main>")[0]))
        assert len(names) >= len(site_chrome.site_chrome()["help_lines"]) - 1
    assert "Os ydych chi" in visitor.page.split('id="talk"')[0]


def test_lines_that_are_open_now_come_first_and_for_adults_those_for_under_18s_last():
    lines = site_chrome.site_chrome(SUNDAY_NIGHT)["help_lines"]

    states = [line["open_now"] for line in help_lines.chosen_help_lines(lines) if not line["stays_when_closed"]]
    assert states == sorted(states, reverse=True)
    assert {True, False} == set(states)
    found = help_lines.chosen_help_lines(lines, may_be_child=False)
    assert {line["name"] for line in found[-2:]} == {"Childline", "Report Remove"}
    assert found[help_lines.UNFOLDED - 1]["name"] == "Revenge Porn Helpline"
