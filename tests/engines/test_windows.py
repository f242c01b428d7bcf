"""What becomes of an engine that dies as it begins or shows no first page: it is started once more, and told."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from tests.engines import windows

DEAD, WINDOW = None, SimpleNamespace(name="a window")


@pytest.fixture
def opened(monkeypatch):
    """`opened(engine, …)` opens a window of that engine, whose starts come to these windows, one after the other."""

    def open_window(engine, *starts):
        left = iter(starts)

        @contextmanager
        def made(**_how):
            window = next(left)
            if window is DEAD:
                raise windows.Lost
            yield window

        monkeypatch.setattr(windows, f"_{engine}", made)
        return windows.opened(engine, size=windows.PHONE)

    yield open_window
    # No engine of this run's.
    windows.started_again.clear()


def test_engine_that_dies_as_it_begins_is_started_once_more_and_told_and_no_more(opened):
    with opened("firefox", DEAD, WINDOW) as window:
        assert window is WINDOW
    assert windows.started_again == ["firefox"]

    with pytest.raises(windows.Lost), opened("firefox", DEAD, DEAD, WINDOW):
        pass


def test_engine_that_is_lost_in_the_middle_ends_the_test(opened):
    with pytest.raises(windows.Lost), opened("firefox", WINDOW, WINDOW):
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


def test_engine_that_shows_no_first_page_is_started_once_more_and_told(opened):
    with opened("webkit", Deaf(True), Deaf(False)) as window:
        window.open("/tell/")

        assert window.at == "/tell/"
    assert windows.started_again == ["webkit"]


def test_engine_that_shows_no_later_page_or_is_deaf_twice_is_not_tried_again(opened):
    with opened("webkit", Deaf(False), Deaf(False)) as window:
        window.open("/tell/")
        window.is_deaf = True
        with pytest.raises(TimeoutError):
            window.open("/tell/form/")
    assert windows.started_again == []
    with pytest.raises(TimeoutError), opened("webkit", Deaf(True), Deaf(True), Deaf(False)) as window:
        window.open("/tell/")
