"""What no page of the contributor's way may do."""

import re

import pytest
from django.core.cache import cache

from tests.stories.intake.visiting import ACCOUNT, TOLD

pytestmark = pytest.mark.django_db
BESIDE = 'target="_blank" rel="noopener noreferrer"'


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
    for step in ("form", "check", "send", "standing"):
        if step == "standing":
            visitor.come_back(visitor.code())
        elif step == "form":
            visitor.get("/tell/form/")
        else:
            visitor.post("/tell/form/", step=step, **TOLD | {"online": "yes"})
        assert {link for link in links(visitor) if not re.match("#|tel:|sms:", link)} == {"/leave/"}, step


def test_what_opens_beside_such_a_page_tells_it_nothing_and_says_that_it_opens_there(queue_key, visitor):
    visitor.check(online="yes")

    beside = [link for link in whole_links(visitor) if BESIDE in link]
    assert any("childline.org.uk" in link for link in beside)
    assert {link for link in whole_links(visitor) if "_blank" in link} == set(beside)
    assert "New tabs: if you leave, close them too." in visitor.text()


def links(visitor):
    """Where its links lead, but for those that open in a new tab and leave this page where it is."""
    return [re.search(r'\bhref="([^"]*)"', link)[1] for link in whole_links(visitor) if BESIDE not in link]


def whole_links(visitor):
    # What stands in a template takes the page's place, once there is nothing on it to lose.
    return re.findall(r"<a\b[^>]*\bhref=[^>]*>", re.sub(r"<template.*?</template>", "", visitor.page, flags=re.S))
