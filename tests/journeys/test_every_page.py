"""Every page of the public side, in both languages: axe finds nothing, and a screen reader has a name for everything.

The pages are those that links lead to. What is made of the same pieces as a page before is the same to axe and to a
screen reader, so it isn't looked at again.
"""

import pytest

from tests.journeys import axe_core, spoken
from tests.journeys.watching import DESK, PHONE
from tests.site.checks import crawling, kinds

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]


@pytest.fixture(scope="module")
def window(chromium, full_site):
    """One window for all pages; axe comes with every page that it opens."""
    context = chromium.new_context(base_url=full_site.url, reduced_motion="reduce", **DESK)
    context.add_init_script(path=axe_core.SCRIPT)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def said(window, crawled):
    """What axe and a screen reader say of each page: address → (findings, troubles)."""
    addresses = [page.address for page in kinds.of(crawled.pages())]
    return {address: _look(window, address) for address in [*addresses, *crawling.UNLINKED]}


def test_the_pages_are_of_many_kinds(said):
    addresses = set(said)

    assert {"/", "/stories/", "/forces/", "/tell/", "/tell/form/", "/open-data/", "/what-we-hear/"} <= addresses
    assert any(address.startswith("/cy/") for address in addresses)


def test_axe_finds_nothing_in_both_widths_and_both_schemes(said):
    assert {address: findings for address, (findings, _) in said.items() if findings} == {}


def test_every_control_has_a_name_and_every_link_makes_sense_alone(said):
    assert {address: troubles for address, (_, troubles) in said.items() if troubles} == {}


def _look(window, address):
    window.goto(address)
    window.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")
    troubles = set()
    for device in (PHONE, DESK):
        window.set_viewport_size(device["viewport"])
        troubles |= set(spoken.troubles(window))
    # Main pages are looked at in every way by the tests of the journeys; these share their pieces and their colours.
    return axe_core.found_everywhere(window, ways=axe_core.TWO_WAYS), sorted(troubles)
