"""What holds before any public view runs."""

import tempfile
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from heard.middleware import public
from tests import factories
from tests.site.heard import addresses


def through(request, view=lambda request: HttpResponse()):
    return public.PublicDoorMiddleware(view)(request)


def test_upload_is_dropped_and_never_lands_on_the_disk_and_the_words_are_kept(monkeypatch):
    refuses = Mock(side_effect=AssertionError("a file was about to be made"))
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", refuses)
    for path in ("/tell/form/", "/stories/", "/"):
        file = SimpleUploadedFile("canary.jpg", b"canary" * 1_000_000, content_type="image/jpeg")
        fields = {"account": "Nobody rang.", "picture": file}
        request = RequestFactory().post(path, fields, headers={"host": addresses.HOST})

        with monkeypatch.context() as patch:
            patch.setattr(tempfile, "NamedTemporaryFile", refuses)
            through(request)

        assert request.POST["account"] == "Nobody rang."
        assert not request.FILES
    # A body that breaks off does not stop the request.
    request = RequestFactory().post("/tell/form/", {"account": "x"})
    request._stream = Mock(spec=["read", "close"], **{"read.side_effect": OSError("the line broke")})
    assert through(request).status_code == 200


@pytest.mark.django_db
def test_moderators_log_in_counts_for_nothing_on_public_pages(alice):
    client = factories.client_of(alice)
    client.get("/admin/")
    cookie = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())

    seen = addresses.client().get("/stories/", headers={"cookie": cookie}).wsgi_request

    assert cookie
    assert not seen.user.is_authenticated
    assert not hasattr(seen, "session")


def test_quiet_paths_are_those_where_words_stand():
    quiet = ("/tell/", "/tell/form/", "/cy/return/", "/take-down/", "/leave/", "/healthz")
    for path in (*quiet, "/telling-tales/", "/", "/stories/", "/news/tell/", "/abc/tell/"):
        assert public.carries_words(path) is (path in quiet), path
