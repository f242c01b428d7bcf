"""Windows of three engines, with scripts and without, on the demo and a web of one's own."""

import pytest

from tests.engines import stand_in, windows


@pytest.fixture(scope="session")
def web(tmp_path_factory):
    with stand_in.stand_in(tmp_path_factory.mktemp("web")) as web:
        yield web


@pytest.fixture
def size():
    return windows.PHONE


@pytest.fixture
def window(engine, scripts, size, web, tmp_path, request):
    """One window of that engine; nothing that it asks for leaves this machine."""
    chromium = request.getfixturevalue("whole_chromium") if engine == "chromium" else None
    web.asked.clear()
    with windows.opened(engine, scripts=scripts, size=size, web=web, folder=tmp_path, chromium=chromium) as window:
        yield window
