"""With every open string said otherwise, in signs that pass, each address still answers what it did but for words."""

import csv
import io
import json
from functools import cache
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from campaign.site_words import catalogued, locked, refusals, speaking
from campaign.site_words.catalogued import ENGLISH, WELSH
from tests.site.heard import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# All that an editor can type and nobody refuses, at the end of every string.
TAIL = " ’til “so” a = b (it’s #1; $2 | ^ ~ * _ [x] é ? !)"


def test_tail_is_one_that_nobody_refuses():
    shipped = "A string of the site that is long enough to have a tail"
    said = refusals.tidied(f"{shipped} 'til \"so\" a = b (it's #1; $2 | ^ ~ * _ [x] é ? !)", shipped)

    assert said == f"{shipped}{TAIL}"
    assert refusals.why_not(said, shipped=shipped, original=shipped) is None


def test_other_words_change_no_mark_no_field_and_no_answer(monkeypatch):
    def look():
        before = _skeletons()
        monkeypatch.setattr(speaking, "spoken", every_open_string_otherwise)
        addresses.forget()
        return before, _skeletons()

    before, after = addresses.gathered(look)

    assert [path for path in before if before[path] != after[path]] == []
    # They were said: a test that changes nothing proves nothing.
    assert sum(said for said in _said.values()) > len(before) / 2


_said: dict[str, bool] = {}


@cache
def every_open_string_otherwise():
    words = {ENGLISH: {}, WELSH: {}}
    for each in catalogued.every():
        if not locked.why_locked(each):
            for language, said in words.items():
                said |= {each.name(form): f"{was}{TAIL}" for form, was in enumerate(each.shipped(language))}
    return words


def _skeletons():
    paths = [path for path in addresses.public_paths() if not path.endswith((".png", ".zip"))]
    return {path: _skeleton(path, addresses.ask(path)) for path in paths}


def _skeleton(path, response):
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    text = b"".join(response).decode() if response.streaming else response.content.decode()
    _said[path] = "a = b" in text
    reading = {"text/html": _marks, "application/json": _fields, "text/csv": _columns}
    if kind.endswith("xml"):
        return response.status_code, [each.tag for each in ElementTree.fromstring(text).iter()]  # noqa: S314 - our own
    return response.status_code, reading.get(kind, len)(text) if kind in reading else kind


def _marks(text):
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found, sorted(reader.drawn)


class _Reader(HTMLParser):
    """Each element with the names of its attributes, and where it leads; a drawing breaks its lines as it has to."""

    def __init__(self):
        super().__init__()
        self.found, self.drawn, self.drawings = [], set(), 0

    def handle_starttag(self, tag, attributes):
        self.drawings += tag == "svg"
        names = [name for name, _value in attributes]
        if self.drawings:
            self.drawn |= {tag, *(name for name in names if name.startswith("on") or "href" in name)}
        else:
            kept = [(name, value) for name, value in attributes if name in ("href", "src", "action", "name", "id")]
            self.found.append((tag, names, [each for each in kept if not str(each[1]).startswith("mailto:")]))

    def handle_endtag(self, tag):
        self.drawings -= tag == "svg"


def _fields(text):
    def shape(value):
        if isinstance(value, dict):
            return {name: shape(inside) for name, inside in value.items()}
        return [shape(each) for each in value] if isinstance(value, list) else type(value).__name__

    return shape(json.loads(text))


def _columns(text):
    """Of what describes our data the names; of a drawing's numbers, whose heads are words, how many there are."""
    rows = list(csv.reader(io.StringIO(text)))
    return [rows[0] if "slug" in rows[0] or "id" in rows[0] else len(rows[0]), *map(len, rows[1:])]
