"""Who needs a share of the threads: whatever has to be made, but never a page on which somebody tells."""

import pytest
from django.test import Client

from heard.middleware import limits
from heard.middleware.limits import PAGE, SEARCH

pytestmark = [pytest.mark.django_db]


def asked(path, method="get", **said):
    """The answer to a request that came through the adapter, and the share that it asked for."""
    response = getattr(Client(headers={"host": "127.0.0.1"}), method)(path, **{limits.CAN_WAIT: True, **said})
    return response, response.wsgi_request.META.get(limits.WANTED)


SHARES = {
    SEARCH: (
        *("/search/?q=police", "/stories/?q=police", "/cy/search/?q=heddlu"),
        *("/stories/?made-up=1", "/stories.csv?q=x"),
    ),
    PAGE: ("/", "/stories/", "/stories/?force=kent", "/no-such-page/", "/stories.csv"),
    None: (
        *("/tell/", "/tell/form/", "/tell/under-18/", "/cy/tell/form/", "/return/", "/take-down/", "/leave/"),
        *("/healthz", "/admin/", "/admin/login/"),
    ),
}


def test_page_that_has_to_be_made_needs_its_share_and_telling_and_moderating_none():
    for share, paths in SHARES.items():
        for path in paths:
            response, wanted = asked(path)

            assert wanted == share, path
            assert share is None or response.content == b"", path


def test_kept_page_needs_no_share_while_others_wait_and_no_refusal_is_kept():
    made = Client(headers={"host": "127.0.0.1"}).get("/stories/")
    asked("/forces/", **{limits.REFUSED: 503})

    response, wanted = asked("/stories/")

    assert wanted is None
    assert response.content == made.content
    assert asked("/forces/")[1] == PAGE


def test_page_that_refuses_says_when_to_come_again_and_where_help_is():
    for prefix in ("", "/cy"):
        response, _ = asked(f"{prefix}/search/?q=police", **{limits.REFUSED: 503})
        page = response.content.decode()

        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
        for piece in ('<a href="">', f'href="{prefix}/get-help/"', 'id="exit"'):
            assert piece in page, piece
