"""On a small phone the way from /tell/ to the code stays as short as we said."""

import pytest

from tests.journeys import measure_the_way
from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]


def test_way_from_tell_to_the_code_is_no_longer_than_its_bars(visit, demo_site):
    pages = {each.name: each for each in measure_the_way.walk(visit(PHONE).page, demo_site.url)}

    assert sum(each.screens for each in pages.values()) <= measure_the_way.MOST_SCREENS
    assert pages["check"].screens <= measure_the_way.MOST_ON_CHECK
    assert pages["code"].screens <= measure_the_way.MOST_ON_CODE
    assert sum(each.words for each in pages.values()) <= measure_the_way.MOST_WORDS
    assert sum(each.seen for each in pages.values()) <= measure_the_way.MOST_WORDS
