"""The exit that needs no script."""

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper

from stories.telling.views import leaving

pytestmark = pytest.mark.django_db


def test_exit_leads_to_another_site_and_has_the_browser_forget_ours(visitor):
    visitor.get("/leave/")

    assert visitor.response.status_code == 303
    assert visitor.response.headers["Location"] == leaving.EXIT_TO
    assert visitor.response.headers["Clear-Site-Data"] == '"cache"'
    assert visitor.response.headers["Cache-Control"] == "no-store"
    assert visitor.response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("chosen", "target"),
    [
        ("https://www.gov.uk/bank-holidays?a=1&b=2", "https://www.gov.uk/bank-holidays?a=1&b=2"),
        ("javascript:alert(1)", leaving.EXIT_TO),
        ("", leaving.EXIT_TO),
    ],
)
def test_editor_chooses_where_it_leads_and_only_to_a_web_address(chosen, target, visitor, monkeypatch):
    from campaign import furniture

    made = furniture.read()
    monkeypatch.setattr(furniture, "read", lambda: made | {"exit_url": chosen})
    from campaign import context

    monkeypatch.setattr(context.room, "read", lambda: made | {"exit_url": chosen})

    visitor.get("/leave/")

    assert visitor.response.headers["Location"] == target


def test_exit_works_with_the_database_out_of_reach(visitor, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(CursorWrapper, "execute", fail)
    visitor.get("/leave/")

    assert visitor.response.status_code == 303


def test_exit_link_on_a_form_is_a_link_that_tells_nobody_where_it_came_from(queue_key, visitor):
    import re

    visitor.get("/tell/form/")
    link = re.search(r'<a class="exit"[^>]*>', visitor.page)[0]

    assert 'href="/leave/"' in link
    assert 'rel="nofollow noreferrer"' in link
