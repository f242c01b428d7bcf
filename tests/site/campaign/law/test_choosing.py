from datetime import date

from django.utils import translation
from django.utils.formats import date_format

from campaign import law
from heard.middleware import page_cache

TODAY = date(2026, 11, 26)


READ = {
    (date(2019, 1, 1), date(2019, 12, 31)): ["2019"],
    (date(2020, 2, 1), date(2020, 2, 29)): ["2020-02"],
    (date(2019, 3, 1), date(2019, 3, 31)): ["3/2019", "March 2019", "mar 2019", "Mawrth 2019"],
    (date(2015, 4, 13), date(2015, 4, 13)): [
        *("13 April 2015", " 13th  april 2015 ", "13th of April 2015", "13/04/2015", "13.4.2015", "2015-04-13")
    ],
}


def test_a_day_a_month_or_a_year_is_read_as_people_and_our_own_pages_write_it():
    for days, written in READ.items():
        assert {typed: law.law_span(typed) for typed in written} == dict.fromkeys(written, days)

    days = [date(2019, month, 3) for month in range(1, 13)]
    for code in ("en", "cy"):
        with translation.override(code):
            read = [law.law_span(date_format(day, "j F Y")) for day in days]
        assert read == [(day, day) for day in days], code


NO_DATES = ("31 February 2020", "last summer", "13/13/2015", "04", "15", "0000", "2019 2020", "٢٠١٩-99", "12 x 2019")


def test_what_is_no_date_or_yet_to_come_or_no_nation_is_said_so():
    for typed in NO_DATES:
        choice = law.law_choice({"on": typed}, TODAY)

        assert "Write a day, a month or a year" in choice.errors["on"], typed
        assert (choice.typed, choice.first, choice.is_today) == (typed, TODAY, True)
    assert "has not come yet" in law.law_choice({"on": "27 November 2026"}, TODAY).errors["on"]
    assert law.law_choice({"on": "2026"}, TODAY).errors == {}
    for nation, where in (("wales", "england-and-wales"), ("scotland", "scotland")):
        assert law.law_choice({"nation": nation}, TODAY).where == where
    assert "Choose one from the list" in law.law_choice({"nation": "narnia"}, TODAY).errors["nation"]


KEPT = ("", "nation=wales&on=2019", "on=2019&nation=", "nation=scotland&paper=a5")
NOT_KEPT = ("on=13+April+2015", "on=2019-03-01", "on=1999", "nation=narnia", "on=2019&on=2020", "on=2019&force=kent")
NOT_KEPT += ("paper=a3", "on=2019&paper=a5")


def test_only_the_few_addresses_that_pages_lead_to_are_kept():
    for path in ("/the-law/", "/cy/the-law/officers-card/"):
        assert all(page_cache.is_known(path, query) for query in KEPT)
        assert not any(page_cache.is_known(path, query) for query in NOT_KEPT)
