"""A way to open visits: each in a context of its own, closed at the end of its test."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys import axe_core
from tests.journeys.watching import DESK, PATIENCE, Visit

expect.set_options(timeout=PATIENCE)


def pytest_itemcollected(item):
    """Every journey needs a browser."""
    item.add_marker("browser")


@pytest.fixture
def visit(request, demo_site):
    """`visit(PHONE, at="/tell/", site=…, java_script_enabled=False)` opens a window of one's own at that address."""
    chromium = request.getfixturevalue("whole_chromium" if request.node.get_closest_marker("whole") else "chromium")
    with ExitStack() as opened:

        def open_visit(device=DESK, *, at=None, site=demo_site, **options):
            settings = {"base_url": site.url, "locale": "en-GB", "reduced_motion": "reduce", **device, **options}
            return Visit(opened.enter_context(chromium.new_context(**settings)), site.url).come_to(at)

        yield open_visit


@pytest.fixture
def own_site(demo_site, tmp_path):
    """A copy of the demo, in which a test may change what others would meet."""
    with running_site.serve_again(running_site.copy_of(demo_site, tmp_path / "demo")) as site:
        yield site


@pytest.fixture(scope="module")
def open_axe(chromium):
    """`open_axe(url, *cookies, **options)` opens a window with axe on every page; all close with their module."""
    with ExitStack() as opened:

        def open_window(url, *cookies, **options):
            context = opened.enter_context(chromium.new_context(base_url=url, **options))
            context.add_init_script(path=axe_core.SCRIPT)
            context.add_cookies(list(cookies))
            return Visit(context, url)

        yield open_window


@pytest.fixture
def asked():
    """The kinds of the questions that the browser asked; see `Visit.answer_stay`."""
    return []
