"""Who needs a share of the threads: whatever has to be made, but never a page on which somebody tells."""

import pytest
from django.test import Client

from heard.middleware import limits
from heard.middleware.limits import PAGE, SEARCH

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def asked(path, method="get", **said):
    """The answer to a request that came through the adapter, and the share that it asked for."""
    response = getattr(Client(headers={"host": "127.0.0.1"}), method)(path, **{limits.CAN_WAIT: True, **said})
    return response, response.wsgi_request.META.get(limits.WANTED)


@pytest.mark.parametrize(
    ("path", "share"),
    [
        *(("/search/?q=police", SEARCH), ("/stories/?q=police", SEARCH), ("/cy/search/?q=heddlu", SEARCH)),
        *(("/stories/?made-up=1", SEARCH), ("/stories.csv?q=x", SEARCH), (f"/stories/?page={'9' * 300}", SEARCH)),
        *(
            ("/", PAGE),
            ("/stories/", PAGE),
            ("/stories/?force=kent", PAGE),
            ("/no-such-page/", PAGE),
            ("/stories.csv", PAGE),
        ),
    ],
)
def test_page_that_has_to_be_made_asks_for_its_share(path, share):
    response, wanted = asked(path)

    assert wanted == share
    assert response.content == b""


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/tell/",
            "/tell/form/",
            "/tell/under-18/",
            "/cy/tell/form/",
            "/return/",
            "/take-down/",
            "/leave/",
            "/healthz",
        ),
        *("/admin/", "/admin/login/"),
    ],
)
def test_who_tells_and_who_moderates_need_none(path):
    assert asked(path)[1] is None


def test_page_that_is_kept_needs_none_and_is_given_while_others_wait():
    made = Client(headers={"host": "127.0.0.1"}).get("/stories/")

    response, wanted = asked("/stories/")

    assert wanted is None
    assert response.content == made.content


def test_without_the_adapter_everything_is_made():
    assert Client(headers={"host": "127.0.0.1"}).get("/search/?q=police").status_code == 200


@pytest.mark.parametrize(("prefix", "words"), [("", "This page has to wait"), ("/cy", "aros")])
def test_page_that_refuses_says_when_to_come_again_and_where_help_is(prefix, words):
    response, _ = asked(f"{prefix}/search/?q=police", **{limits.REFUSED: 503})
    page = response.content.decode()

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert words in page
    assert '<a href="">' in page
    assert f'href="{prefix}/get-help/"' in page
    assert 'id="exit"' in page
    assert not response.cookies


def test_refused_page_is_not_kept():
    asked("/forces/", **{limits.REFUSED: 503})

    assert asked("/forces/")[1] == PAGE
