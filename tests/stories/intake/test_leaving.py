"""The exit that needs no script, and the page that says what it cannot do."""

import re

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext

from campaign.models import Exit
from campaign.models.settings import DEFAULT_SITE
from stories.core import snapshot

pytestmark = pytest.mark.django_db


def test_exit_leads_to_another_site_and_has_the_browser_forget_ours(visitor):
    visitor.get("/leave/")

    assert visitor.response.status_code == 303
    assert visitor.response.headers["Location"] == DEFAULT_SITE
    assert visitor.response.headers["Clear-Site-Data"] == '"cache"'
    assert visitor.response.headers["Cache-Control"] == "no-store"
    assert visitor.response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("chosen", "target"),
    [
        ("https://www.bbc.co.uk/news", "https://www.bbc.co.uk/news"),
        ("https://example.com/", DEFAULT_SITE),
        ("javascript:alert(1)", DEFAULT_SITE),
        ("", DEFAULT_SITE),
    ],
)
def test_it_leads_to_the_site_that_was_chosen_and_only_to_one_on_the_list(chosen, target, visitor):
    Exit.load()
    Exit.objects.update(target=chosen)
    snapshot.invalidate()

    visitor.get("/leave/")

    assert visitor.response.headers["Location"] == target


def test_exit_works_with_the_database_out_of_reach(visitor, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(CursorWrapper, "execute", fail)
    visitor.get("/leave/")

    assert visitor.response.status_code == 303


def test_exit_link_on_a_form_is_a_link_that_tells_nobody_where_it_came_from(queue_key, visitor):
    visitor.get("/tell/form/")
    links = re.findall(r"<a [^>]*data-exit[ >][^>]*>?", visitor.page)

    assert len(links) == 2
    for link in links:
        assert 'href="/leave/"' in link
        assert 'rel="nofollow noreferrer"' in link


def test_exit_is_the_first_thing_that_a_keyboard_reaches(queue_key, visitor):
    visitor.get("/tell/form/")

    first = re.search(r"<(?:a|button|input|textarea|select|summary)\b[^>]*>", visitor.page)[0]

    assert 'class="exit"' in first


def test_leaving_writes_nothing_down(visitor, caplog):
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/leave/")

    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
    assert caplog.records == []
    assert visitor.response.cookies == {}


def test_what_the_exit_cannot_do_is_said_before_anything_is_typed(queue_key, visitor):
    visitor.get("/tell/")
    words = visitor.text()

    for said in ("cannot clear your history", "watches this device", "only you use", "private window"):
        assert said in words
    assert words.index("cannot clear your history") < words.index("Start", words.index("Before you start") + 20)
    assert 'href="/tell/leaving/"' in visitor.page


def test_page_on_leaving_says_what_it_cannot_do_and_how_to_open_a_private_window(visitor):
    visitor.get("/tell/leaving/")
    words = visitor.text()

    for said in ("History:", "Shared devices and accounts:", "Monitoring apps:", "data and bills:", "Tor Browser"):
        assert said in words
    windows = re.findall(r"<h3>(.*?)</h3>", visitor.page)
    assert sorted(windows) == ["Chrome", "Edge", "Firefox", "Safari", "Samsung Internet"]
    assert "<form" not in visitor.page
