"""What holds before any public view runs."""

import io
import tempfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from heard.middleware import public
from tests import factories
from tests.site.heard import addresses


def through(request, view=lambda request: HttpResponse()):
    return public.PublicDoorMiddleware(view)(request)


def upload(path="/tell/form/", size=3_000_000):
    file = SimpleUploadedFile("canary.jpg", b"canary" * (size // 6), content_type="image/jpeg")
    return RequestFactory().post(path, {"account": "Nobody rang.", "picture": file}, headers={"host": addresses.HOST})


@pytest.mark.parametrize("path", ["/tell/form/", "/stories/", "/"])
def test_upload_is_dropped_and_the_words_are_kept(path):
    request = upload(path)

    through(request)

    assert request.POST["account"] == "Nobody rang."
    assert not request.FILES


def test_upload_never_lands_on_the_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", _refuses)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", _refuses)
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", _refuses)
    request = upload(size=6_000_000)

    through(request)

    assert not request.FILES


def test_body_can_be_read_again_after_a_view_gave_up_on_it():
    request = RequestFactory().post("/tell/form/", {"account": "Nobody rang."})

    through(request, lambda request: HttpResponse(request.POST["account"]))

    assert b"Nobody rang." in request.body


def test_body_that_breaks_off_does_not_stop_the_request():
    request = RequestFactory().post("/tell/form/", {"account": "x"})
    request._stream = _BrokenLine()

    assert through(request).status_code == 200


def test_nobody_is_logged_in_on_the_public_side():
    request = RequestFactory().get("/stories/")

    through(request)

    assert isinstance(request.user, AnonymousUser)
    assert not hasattr(request, "session")


@pytest.mark.django_db
def test_moderators_log_in_counts_for_nothing_on_public_pages(alice):
    seen = []
    client = factories.client_of(alice)
    client.get("/admin/")
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}

    response = addresses.client().get(
        "/stories/", headers={"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    )
    seen.append(response.wsgi_request)

    assert cookies
    assert not seen[0].user.is_authenticated
    assert not hasattr(seen[0], "session")


@pytest.mark.parametrize(
    ("path", "quiet"),
    [
        ("/tell/", True),
        ("/tell/form/", True),
        ("/cy/return/", True),
        ("/take-down/", True),
        ("/leave/", True),
        ("/healthz", True),
        ("/telling-tales/", False),
        ("/", False),
        ("/stories/", False),
        ("/news/tell/", False),
        ("/abc/tell/", False),
    ],
)
def test_quiet_paths_are_those_where_words_stand(path, quiet):
    assert public.carries_words(path) is quiet


class _BrokenLine(io.RawIOBase):
    def read(self, *args):
        raise OSError("the line broke")


def _refuses(*args, **kwargs):
    raise AssertionError("a file was about to be made")
