from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from campaign import law
from heard.middleware import page_cache

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("3/2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("March 2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("mar 2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("Mawrth 2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("13 April 2015", date(2015, 4, 13), date(2015, 4, 13)),
        (" 13th  april 2015 ", date(2015, 4, 13), date(2015, 4, 13)),
        ("13th of April 2015", date(2015, 4, 13), date(2015, 4, 13)),
        ("13/04/2015", date(2015, 4, 13), date(2015, 4, 13)),
        ("13.4.2015", date(2015, 4, 13), date(2015, 4, 13)),
        ("2015-04-13", date(2015, 4, 13), date(2015, 4, 13)),
    ],
)
def test_a_day_a_month_or_a_year_is_read_as_people_write_it(typed, first, last):
    assert law.law_span(typed) == (first, last)


@pytest.mark.parametrize("code", ["en", "cy"])
def test_a_day_is_read_as_our_own_pages_write_it(code):
    days = [date(2019, month, 3) for month in range(1, 13)]

    with translation.override(code):
        read = [law.law_span(date_format(day, "j F Y")) for day in days]

    assert read == [(day, day) for day in days]


@pytest.mark.parametrize(
    "typed", ["31 February 2020", "last summer", "13/13/2015", "04", "15", "0000", "2019 2020", "٢٠١٩-99", "12 x 2019"]
)
def test_what_is_no_date_is_said_so_and_given_back(typed):
    choice = law.law_choice({"on": typed}, TODAY)

    assert "Write a day, a month or a year" in choice.errors["on"]
    assert choice.typed == typed
    assert (choice.first, choice.is_today) == (TODAY, True)


def test_a_day_to_come_is_told_apart():
    assert "has not come yet" in law.law_choice({"on": "27 November 2026"}, TODAY).errors["on"]
    assert law.law_choice({"on": "2026"}, TODAY).errors == {}


def test_no_choice_is_today_and_every_nation():
    assert law.law_choice({}, TODAY) == law.Choice(TODAY, TODAY)


def test_nation_of_a_story_is_a_choice_and_a_made_up_one_is_said_so():
    assert law.law_choice({"nation": "wales"}, TODAY).where == "england-and-wales"
    assert law.law_choice({"nation": "scotland"}, TODAY).where == "scotland"
    assert "Choose one from the list" in law.law_choice({"nation": "narnia"}, TODAY).errors["nation"]


@pytest.mark.parametrize(
    ("typed", "when"), [("2019", "2019"), ("3/2019", "March 2019"), ("2015-4-13", "13 April 2015")]
)
def test_it_says_which_days_it_understood(typed, when):
    with translation.override("en-gb"):
        assert law.law_choice({"on": typed}, TODAY).when == when


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("", True),
        ("nation=wales&on=2019", True),
        ("on=2019&nation=", True),
        ("nation=scotland&paper=a5", True),
        ("on=13+April+2015", False),
        ("on=2019-03-01", False),
        ("on=1999", False),
        ("nation=narnia", False),
        ("on=2019&on=2020", False),
        ("on=2019&force=kent", False),
        ("paper=a3", False),
        ("on=2019&paper=a5", False),
    ],
)
def test_only_the_few_addresses_that_pages_lead_to_are_kept(query, is_kept):
    assert page_cache.is_known("/the-law/", query) is is_kept
    assert page_cache.is_known("/cy/the-law/officers-card/", query) is is_kept
