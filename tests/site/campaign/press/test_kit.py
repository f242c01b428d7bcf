"""The press kit: whole, the same each time, and with the caution that each figure carries."""

import io
import zipfile

import pytest
from PIL import Image

from stories.core import snapshot
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db

ADDRESS = "/for-press/heard-press-kit.zip"
CAUTION = "people who chose to write, not a sample"


def unpacked():
    whole = zipfile.ZipFile(io.BytesIO(addresses.ask(ADDRESS).content))
    return {name.removeprefix("heard-press-kit/"): whole.read(name) for name in whole.namelist()}


def test_kit_of_a_demonstration_says_so(settings):
    settings.DEMO = True

    files = unpacked()

    told = {name for name, words in files.items() if b"from a demonstration" in words}
    assert told == {"HOW-TO-QUOTE.txt", "LICENCE.txt"}
    assert b"Please publish none of this." in files["README.txt"]


def test_kit_holds_the_logo_and_how_to_use_it():
    files = unpacked()

    logos = ["logo/heard-mark.svg", "logo/heard-mark.png", "logo/heard-logo.svg", "logo/heard-logo.png"]
    texts = ["README.txt", "HOW-TO-QUOTE.txt", "HOW-NOT-TO.txt", "LICENCE.txt"]
    assert list(files) == [*texts, *logos, "SHA256SUMS"]
    assert all(CAUTION in files[name].decode() for name in ("README.txt", "HOW-NOT-TO.txt"))
    assert not [name for name, words in files.items() if b"demonstration" in words]
    for name in files:
        if name.endswith(".png"):
            Image.open(io.BytesIO(files[name])).verify()


def test_kit_is_the_same_each_time_and_is_named_by_its_edition():
    first, again = addresses.ask(ADDRESS), addresses.ask(ADDRESS)

    assert first.content == again.content
    assert first["ETag"] == again["ETag"]
    whole = zipfile.ZipFile(io.BytesIO(first.content))
    assert {info.date_time for info in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert addresses.ask(ADDRESS, **{"if-none-match": first["ETag"]}).status_code == 304
    snapshot.invalidate()
    addresses.forget()
    assert addresses.ask(ADDRESS)["ETag"] != first["ETag"]
