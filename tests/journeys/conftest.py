"""A way to open visits: each in a context of its own, closed at the end of its test.

The contributor's journeys, each of which ends with `assert_left_nothing` (test_watching.py holds us to this list):

a first-timer, with JavaScript and without
    test_contributor.py::test_contributor_tells_comes_back_and_takes_it_all_back
the form one part after the other
    test_screens.py::test_first_timer_goes_through_six_parts_to_the_code_in_one_entry
a draft on the bus, finished at home
    test_draft.py::test_draft_on_the_bus_finished_at_home
question, reply, yes, published, a word on the force’s answer, taken down three weeks later
    test_coming_back.py::test_question_reply_wish_yes_story_and_down_again_weeks_later
a lost code
    test_coming_back.py::test_lost_code_leads_on_without_one
an exit in mid-sentence, then Back
    test_exit.py::test_exit_leaves_at_once_tells_nobody_and_back_shows_what_was_before_the_visit
no line in the middle
    test_offline.py::test_line_that_goes_at_every_press_loses_no_word_and_all_is_sent_once
the same without JavaScript
    test_offline.py::test_without_javascript_back_and_reload_bring_every_word_through
two tabs with the form
    test_two_tabs.py::test_form_in_two_tabs_is_two_accounts
two tabs with a draft
    test_two_tabs.py::test_draft_in_two_tabs_loses_nothing_of_either
two tabs with a code
    test_two_tabs.py::test_yes_in_one_tab_and_taken_back_in_the_other
a small phone, 320 × 640, touched
    test_small_phone.py::test_long_account_is_told_by_touch_alone_and_left_at_the_end
names and details put out of a text on the check page
    test_check.py::test_choices_go_in_page_by_page_and_what_was_kept_stays
the keyboard alone
    test_contributor.py::test_contributor_needs_nothing_but_the_keyboard
"""

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import DESK, PATIENCE, Visit

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def visit(chromium, demo_site):
    """`visit(PHONE, java_script_enabled=False)` opens a window of one's own, with a Chromium context's options.

    It is on the demo, or on another `site`.
    """
    opened = []

    def open_visit(device=DESK, *, site=demo_site, **options):
        settings = {"base_url": site.url, "locale": "en-GB", "reduced_motion": "reduce", **device, **options}
        opened.append(chromium.new_context(**settings))
        return Visit(opened[-1], site.url)

    yield open_visit
    for context in opened:
        context.close()
