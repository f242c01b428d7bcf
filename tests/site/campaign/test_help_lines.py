from datetime import UTC, datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from campaign import help_lines
from campaign.models import HelpLine

UK = ZoneInfo("Europe/London")
WEEKDAYS = {"opens": [{"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "16:00"}], "region": "uk"}
NIGHTS = {"opens": [{"days": [4, 5], "from": "22:00", "to": "02:00"}], "region": "uk"}


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 11, 25, 9, 59, tzinfo=UK), False),
        (datetime(2026, 11, 25, 10, 0, tzinfo=UK), True),
        (datetime(2026, 11, 25, 15, 59, 59, tzinfo=UK), True),
        (datetime(2026, 11, 25, 16, 0, tzinfo=UK), False),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UK), False),
    ],
)
def test_a_line_is_open_in_its_hours_and_shut_outside_them(at, is_open):
    assert help_lines.open_now(WEEKDAYS, at) is is_open


def test_hours_are_those_of_the_uk_in_summer_too():
    assert help_lines.open_now(WEEKDAYS, datetime(2026, 7, 1, 9, 30, tzinfo=UTC))
    assert not help_lines.open_now(WEEKDAYS, datetime(2026, 7, 1, 15, 30, tzinfo=UTC))


def test_a_line_with_hours_is_not_called_open_on_a_bank_holiday():
    assert not help_lines.open_now(WEEKDAYS, datetime(2026, 12, 25, 12, 0, tzinfo=UK))


def test_a_line_for_scotland_keeps_scottish_bank_holidays():
    st_andrews = datetime(2026, 11, 30, 12, 0, tzinfo=UK)

    assert help_lines.open_now(WEEKDAYS, st_andrews)
    assert not help_lines.open_now(WEEKDAYS | {"region": "scotland"}, st_andrews)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 11, 27, 23, 0, tzinfo=UK), True),
        (datetime(2026, 11, 28, 1, 59, tzinfo=UK), True),
        (datetime(2026, 11, 28, 2, 0, tzinfo=UK), False),
        (datetime(2026, 11, 29, 1, 0, tzinfo=UK), True),
        (datetime(2026, 11, 29, 23, 0, tzinfo=UK), False),
        (datetime(2026, 11, 27, 1, 0, tzinfo=UK), False),
    ],
)
def test_hours_that_run_past_midnight_belong_to_the_day_they_begin_on(at, is_open):
    assert help_lines.open_now(NIGHTS, at) is is_open


def test_a_line_that_is_always_open_is_open_at_christmas():
    assert help_lines.open_now({"opens": "always"}, datetime(2026, 12, 25, 3, 0, tzinfo=UK))


def test_a_line_whose_hours_are_not_known_is_never_called_open():
    assert not help_lines.open_now({"opens": []}, datetime(2026, 11, 25, 12, 0, tzinfo=UK))


def test_lines_that_answer_in_welsh_come_first_but_for_the_emergency_number():
    lines = [
        {"phone": phone, "answers_in_welsh": welsh} for phone, welsh in (("1", False), ("999", False), ("2", True))
    ]

    assert [line["phone"] for line in help_lines.welsh_first(lines)] == ["999", "2", "1"]


@pytest.mark.django_db
def test_a_site_that_is_there_learns_who_stays_and_who_answers_in_welsh_and_keeps_its_words():
    made = import_module("campaign.migrations.0010_who_runs_it_and_more_help")
    words = {"about": "Our own words", "hours_text": "Mornings", "open": "unknown"}
    HelpLine.objects.create(name="Helpline", url="https://revengepornhelpline.org.uk/", **words)
    HelpLine.objects.create(name="Fear Free", url="https://www.gov.wales/live-fear-free", **words)

    made.mark_lines_that_are_there(apps, None)

    helpline, fear_free = HelpLine.objects.filter(name__in=["Helpline", "Fear Free"]).order_by("-name")
    assert helpline.stays_when_closed
    assert helpline.form_url
    assert not fear_free.stays_when_closed
    assert (helpline.answers_in_welsh, fear_free.answers_in_welsh) == (False, True)
    assert {line.about for line in (helpline, fear_free)} == {"Our own words"}
