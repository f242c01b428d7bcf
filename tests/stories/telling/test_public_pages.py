"""What no page of the contributor's way may do."""

import re

import pytest
from django.core.cache import cache

from tests.stories.telling.visiting import ACCOUNT, TOLD

pytestmark = pytest.mark.django_db

WAY = ["/tell/", "/tell/under-18/", "/tell/under-18/helping/", "/tell/form/", "/return/", "/take-down/"]


@pytest.mark.parametrize("path", [*WAY, "/leave/"])
def test_page_is_kept_nowhere_and_sets_no_cookie(path, queue_key, visitor):
    visitor.get(path)

    assert visitor.response.headers["Cache-Control"] == "no-store"
    assert not visitor.response.cookies
    assert "Cookie" not in visitor.response.headers.get("Vary", "")


@pytest.mark.parametrize("path", WAY)
def test_page_runs_no_inline_script_or_style(path, queue_key, visitor):
    visitor.get(path)

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", visitor.page)
    assert not re.search(r"<script(?![^>]*\bsrc=)", visitor.page)


def test_check_and_code_pages_are_kept_nowhere(queue_key, visitor):
    visitor.check()
    assert visitor.response.headers["Cache-Control"] == "no-store"

    visitor.post("/tell/form/", step="send", **TOLD)
    assert visitor.code()
    assert visitor.response.headers["Cache-Control"] == "no-store"


def test_words_in_an_address_are_never_put_into_the_form(queue_key, visitor):
    visitor.get("/tell/form/?account=leaked&adult=yes")

    assert "leaked" not in visitor.page


def test_memory_holds_neither_words_nor_code(queue_key, visitor):
    code = visitor.tell()

    held = repr(cache._cache)
    assert "sent:" in held
    for secret in (ACCOUNT, code, code.replace("-", "")):
        assert secret not in held


def test_no_link_leads_away_from_a_page_that_holds_words_or_a_code(queue_key, visitor):
    visitor.check(online="yes")
    for page in ("check", "code", "standing"):
        assert {link for link in links(visitor) if not re.match("#|tel:|sms:", link)} == {"/leave/"}, page
        if page == "check":
            visitor.post("/tell/form/", step="send", **TOLD | {"online": "yes"})
        else:
            visitor.come_back(visitor.code())


def test_no_link_leads_away_from_the_form(queue_key, visitor):
    visitor.get("/tell/form/")

    assert {link for link in links(visitor) if not re.match("#|tel:|sms:", link)} == {"/leave/"}


def links(visitor):
    """Those that would take the place of this page: a new tab costs no word and no code."""
    tags = re.findall(r"<a\b[^>]*>", visitor.page)
    return [re.search(r'\bhref="([^"]*)"', tag)[1] for tag in tags if 'target="_blank"' not in tag]
