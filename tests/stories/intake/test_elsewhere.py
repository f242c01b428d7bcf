"""Where somebody may find more help than we can give: open now first, for whom, and where."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from campaign import help_lines, site_chrome

pytestmark = pytest.mark.django_db
SUNDAY_NIGHT = datetime(2026, 11, 1, 23, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("chosen", "shown", "left_out"),
    [
        ({"who": "under-18"}, "Childline", "StopNCII.org"),
        ({"who": "adults"}, "StopNCII.org", "Childline"),
        ({"region": "wales"}, "Live Fear Free", "Domestic and Sexual Abuse Helpline"),
        ({"region": "northern-ireland"}, "Domestic and Sexual Abuse Helpline", "Live Fear Free"),
    ],
)
def test_choices_leave_out_the_lines_for_others(chosen, shown, left_out, visitor):
    visitor.get("/tell/somewhere-else/")

    visitor.post("/tell/somewhere-else/", **chosen)

    names = names_on(visitor)
    assert shown in names
    assert left_out not in names


@pytest.mark.parametrize("chosen", [{}, {"who": "nobody"}, {"who": "adults", "region": "mars"}])
def test_no_choice_or_an_unknown_one_leaves_nobody_out(chosen, visitor):
    visitor.post("/tell/somewhere-else/", **chosen)

    assert len(names_on(visitor)) == len(site_chrome.site_chrome()["help_lines"])


def test_lines_that_are_open_now_come_first():
    lines = site_chrome.site_chrome(SUNDAY_NIGHT)["help_lines"]

    found = help_lines.chosen_help_lines(lines, audience="adults", region="scotland")

    states = [line["open_now"] for line in found if not line["stays_when_closed"]]
    assert states == sorted(states, reverse=True)
    assert {True, False} == set(states)


def test_lines_for_under_18s_come_last_where_somebody_is_18_or_over():
    lines = site_chrome.site_chrome(SUNDAY_NIGHT)["help_lines"]

    found = help_lines.chosen_help_lines(lines, audience="all", region="uk", may_be_child=False)

    assert {line["name"] for line in found[-2:]} == {"Childline", "Report Remove"}
    assert found[help_lines.UNFOLDED - 1]["name"] == "Revenge Porn Helpline"


def names_on(visitor):
    part = visitor.page.split('id="talk"')[1].split("</section>")[0]
    return [re.sub(r"<[^>]+>", "", name) for name in re.findall(r'helpline__name">(.*?)</span>', part)]
