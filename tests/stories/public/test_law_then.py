import html
import re

import pytest

from campaign import starting
from stories.public import law_then


@pytest.mark.parametrize("nation", ["England", "Wales"])
def test_before_2015_there_was_no_such_offence(nation):
    assert "no offence of sharing private sexual images yet" in law_then.sentence(2014, nation)


def test_each_change_of_the_law_is_told_in_its_year():
    assert "From 13 April 2015" in law_then.sentence(2015, "England")
    assert "From 29 June, so was threatening" in law_then.sentence(2021, "Wales")
    assert "From 31 January 2024" in law_then.sentence(2024, "England")
    assert "since 31 January 2024" in law_then.sentence(2025, "England") == law_then.sentence(2026, "Wales")
    assert "From 3 July 2017" in law_then.sentence(2017, "Scotland")
    assert "In 2016" in law_then.sentence(2016, "Northern Ireland")


def test_threat_is_no_offence_of_its_own_before_2021():
    assert "threat" not in law_then.sentence(2020, "England")
    assert "threatening to, was an offence" in law_then.sentence(2022, "England")


@pytest.mark.parametrize(("nation", "before", "after"), [("Scotland", 2016, 2018), ("Northern Ireland", 2015, 2026)])
def test_other_nations_have_their_own_law_and_no_date_of_another(nation, before, after):
    assert law_then.sentence(before, nation).startswith(f"{nation} had no offence")
    assert law_then.sentence(after, nation).endswith(f"an offence in {nation}.")
    assert not any(letter.isdigit() for letter in law_then.sentence(after, nation))


@pytest.mark.parametrize(
    ("year", "nation"), [(2020, ""), (2020, "Great Britain"), (2020, "United Kingdom"), (None, "England")]
)
def test_where_nation_or_year_is_unknown_it_says_less(year, nation):
    assert law_then.sentence(year, nation) == "Which law applied depends on where it happened and when."


def test_page_about_the_law_knows_every_date_that_a_sentence_names():
    [page] = [html.unescape(str(page)) for page in starting.read("pages") if page["slug"] == "the-law"]
    said = " ".join(law_then.sentence(year, nation) for year in range(2014, 2027) for nation in law_then._BY_NATION)

    dates = {*re.findall(r"\d+ \w+ \d{4}", said), "29 June 2021", "2016"}

    assert len(dates) == 5
    assert [date for date in dates if date not in page] == []
