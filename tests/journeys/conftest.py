"""A way to open visits: each in a context of its own, closed at the end of its test.

The contributor's journeys, each of which ends with `assert_left_nothing` (test_watching.py holds us to this list):

test_contributor.py::test_contributor_tells_comes_back_and_takes_it_all_back
test_screens.py::test_first_timer_goes_through_six_parts_to_the_code_in_one_entry
test_coming_back.py::test_draft_on_the_bus_finished_at_home
test_coming_back.py::test_question_reply_wish_yes_story_and_down_again_weeks_later
test_coming_back.py::test_lost_code_leads_on_without_one
test_exit.py::test_exit_leaves_at_once_tells_nobody_and_back_shows_what_was_before_the_visit
test_offline.py::test_line_that_goes_at_every_press_loses_no_word_and_all_is_sent_once
test_offline.py::test_without_javascript_back_and_reload_bring_every_word_through
test_two_tabs.py::test_form_in_two_tabs_is_two_accounts
test_two_tabs.py::test_draft_in_two_tabs_loses_nothing_of_either
test_two_tabs.py::test_yes_in_one_tab_and_taken_back_in_the_other
test_small_phone.py::test_long_account_is_told_by_touch_alone_and_left_at_the_end
test_check.py::test_choices_go_in_page_by_page_and_what_was_kept_stays
test_contributor.py::test_contributor_needs_nothing_but_the_keyboard
"""

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys import axe_core
from tests.journeys.watching import DESK, PATIENCE, Visit

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def visit(chromium, demo_site):
    """`visit(PHONE, site=…, java_script_enabled=False)` opens a window of one's own, with a context's options."""
    opened = []

    def open_visit(device=DESK, *, site=demo_site, **options):
        settings = {"base_url": site.url, "locale": "en-GB", "reduced_motion": "reduce", **device, **options}
        opened.append(chromium.new_context(**settings))
        return Visit(opened[-1], site.url)

    yield open_visit
    for context in opened:
        context.close()


@pytest.fixture
def own_site(demo_site, tmp_path):
    """A copy of the demo, in which a test may change what others would meet."""
    with running_site.serve_again(running_site.copy_of(demo_site, tmp_path / "demo")) as site:
        yield site


@pytest.fixture(scope="module")
def open_axe(chromium):
    """`open_axe(url, *cookies, **options)` opens a window with axe on every page; all close with their module."""
    opened = []

    def open_window(url, *cookies, **options):
        opened.append(chromium.new_context(base_url=url, **options))
        opened[-1].add_init_script(path=axe_core.SCRIPT)
        opened[-1].add_cookies(list(cookies))
        return Visit(opened[-1], url)

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture
def asked():
    """The kinds of the questions that the browser asked; each is answered with “stay”, or as the test says."""
    return []
