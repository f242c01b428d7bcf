"""What becomes of an engine that dies as it begins or shows no first page: it is started once more, and told."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from tests.engines import windows


@pytest.fixture
def dying(monkeypatch):
    """Lets Firefox die so many times as it begins."""

    def die(times):
        left = iter([True] * times)

        @contextmanager
        def made(**_how):
            if next(left, False):
                raise windows.Lost
            yield SimpleNamespace(name="a window")

        monkeypatch.setattr(windows, "_firefox", made)

    yield die
    # No engine of this run's.
    windows.started_again.clear()


def test_engine_that_dies_as_it_begins_is_started_once_more_and_told(dying):
    dying(1)

    with windows.opened("firefox", size=windows.PHONE) as window:
        assert window.name == "a window"
    assert windows.started_again == ["firefox"]


def test_engine_that_dies_twice_is_not_tried_again(dying):
    dying(2)

    with pytest.raises(windows.Lost), windows.opened("firefox", size=windows.PHONE):
        pass


def test_engine_that_is_lost_in_the_middle_ends_the_test(dying):
    dying(0)

    with pytest.raises(windows.Lost), windows.opened("firefox", size=windows.PHONE):
        raise windows.Lost
    assert windows.started_again == []


class Deaf(windows.WebKit):
    """It answers nothing when it is told to go somewhere; otherwise it is there."""

    def __init__(self, is_deaf):
        self.is_deaf, self.at = is_deaf, None

    def _go(self, address):
        if self.is_deaf:
            raise TimeoutError
        self.at = address


@pytest.fixture
def webkits(monkeypatch):
    """Makes these windows of WebKit, one after the other."""

    def make(*made):
        left = iter(made)

        @contextmanager
        def one(**_how):
            yield next(left)

        monkeypatch.setattr(windows, "_webkit", one)

    yield make
    windows.started_again.clear()


def test_engine_that_shows_no_first_page_is_started_once_more_and_told(webkits):
    webkits(Deaf(True), Deaf(False))

    with windows.opened("webkit", size=windows.PHONE) as window:
        window.open("/tell/")

        assert window.at == "/tell/"
    assert windows.started_again == ["webkit"]


def test_engine_that_shows_no_later_page_or_is_deaf_twice_is_not_tried_again(webkits):
    webkits(Deaf(False), Deaf(True), Deaf(True))

    with windows.opened("webkit", size=windows.PHONE) as window:
        window.open("/tell/")
        window.is_deaf = True
        with pytest.raises(TimeoutError):
            window.open("/tell/form/")
    assert windows.started_again == []
    with pytest.raises(TimeoutError), windows.opened("webkit", size=windows.PHONE) as window:
        window.open("/tell/")
