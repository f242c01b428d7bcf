"""A way to open visits: each in a context of its own, closed at the end of its test."""

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import DESK, Visit

# A busy machine is slow, and no reason for a test to fail.
expect.set_options(timeout=20_000)


@pytest.fixture
def visit(chromium, demo_site):
    """`visit(PHONE, java_script_enabled=False)` opens a window of one's own, with a Chromium context's options."""
    opened = []

    def open_visit(device=DESK, **options):
        settings = {"base_url": demo_site.url, "locale": "en-GB", "reduced_motion": "reduce", **device, **options}
        opened.append(chromium.new_context(**settings))
        return Visit(opened[-1], demo_site.url)

    yield open_visit
    for context in opened:
        context.close()
