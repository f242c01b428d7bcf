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


def test_leaving_writes_nothing_down(visitor, caplog):
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/leave/")

    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
    assert caplog.records == []
    assert visitor.response.cookies == {}
