"""The picture beside a link to a page of the editors: its title, drawn once for an edition, at no made-up address."""

import pytest

from stories.reading import pictures
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch):
    addresses.forget()
    titles = []
    monkeypatch.setattr(pictures, "share_card", lambda title: titles.append(title) or title.encode())
    return titles


TITLES = {
    "/share.png": "Heard: what happened when you told the police?",
    "/get-help/share.png": "Get help now",
    "/news/how-heard-works/share.png": "How Heard works",
    "/cy/the-law/share.png": "The law",
}


def test_picture_has_the_title_of_its_page(drawn):
    answers = {path: addresses.ask(path) for path in TITLES}

    assert {path: answer.content.decode() for path, answer in answers.items()} == TITLES
    assert {answer["Content-Type"] for answer in answers.values()} == {"image/png"}


def test_picture_is_drawn_once_whatever_is_added_to_its_address(drawn):
    for number in range(3):
        addresses.ask(f"/get-help/share.png?x={number}")

    assert drawn == ["Get help now"]


def test_there_is_none_of_a_page_that_is_not_there(drawn):
    for path in ("/nothing/share.png", "/help/share.png", "/how-heard-works/share.png"):
        assert addresses.ask(path).status_code == 404, path
    assert drawn == []
