"""A telling page is compressed while it is the same for everybody, and never once words stand on it."""

import gzip

import pytest

from tests.site.heard import addresses

pytestmark = pytest.mark.django_db
EMPTY = ["/tell/", "/tell/form/", "/return/", "/take-down/", "/cy/tell/form/"]
TAKES_IT = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("path", EMPTY)
def test_page_that_nobody_has_written_on_is_compressed(path):
    plain = addresses.ask(path)
    packed = addresses.ask(path, **TAKES_IT)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert len(packed.content) < len(plain.content) / 2
    assert packed.content[4:8] == b"\0\0\0\0", "it tells when somebody came"
    assert gzip.decompress(packed.content).split()[:100] == plain.content.split()[:100]
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Cache-Control"] == "no-store"


WRITTEN_ON = {
    "/tell/form/": {"step": "check", "account": "I rang 101."},
    "/return/": {"code": "7K3M9QZX0TVAW2HE"},
    "/take-down/": {"step": "send", "story": "I rang 101."},
}


def test_answer_that_holds_words_beside_a_token_is_not():
    for path, fields in WRITTEN_ON.items():
        response = addresses.client().post(path, fields, headers=TAKES_IT)

        assert response.status_code == 200, path
        assert "Content-Encoding" not in response.headers, path


def test_page_whose_address_carries_something_is_not():
    assert "Content-Encoding" not in addresses.ask("/take-down/?story=0123456789ab", **TAKES_IT).headers
