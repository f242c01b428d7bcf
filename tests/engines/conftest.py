"""Windows of three engines, with scripts and without, on the demo and a web of one's own."""

import threading

import pytest

from tests.engines import stand_in, windows


@pytest.fixture(scope="session")
def web(tmp_path_factory):
    """The rest of the web; a browser that goes by its `port` reaches nothing but this machine."""
    with stand_in.Web(tmp_path_factory.mktemp("web")) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        yield web
        web.shutdown()


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
