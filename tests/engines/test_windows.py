"""What becomes of an engine that dies as it begins: it is started once more, and told."""

from contextlib import contextmanager

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
            yield "a window"

        monkeypatch.setattr(windows, "_firefox", made)

    yield die
    # No engine of this run's.
    windows.started_again.clear()


def test_engine_that_dies_as_it_begins_is_started_once_more_and_told(dying):
    dying(1)

    with windows.opened("firefox", size=windows.PHONE) as window:
        assert window == "a window"
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
