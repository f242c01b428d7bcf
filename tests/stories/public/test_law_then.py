import pytest

from stories.public import law_then


@pytest.mark.parametrize("nation", ["England", "Wales"])
def test_before_2015_there_was_no_offence_of_that_name(nation):
    assert "no offence of that name yet" in law_then.sentence(2014, nation)


def test_each_change_of_the_law_is_told_in_its_year():
    assert "From 13 April 2015" in law_then.sentence(2015, "England")
    assert "From 29 June, so was threatening" in law_then.sentence(2021, "Wales")
    assert "From 31 January 2024" in law_then.sentence(2024, "England")


def test_threat_is_no_offence_of_its_own_before_2021():
    assert "threat" not in law_then.sentence(2020, "England")
    assert "threatening to, was an offence" in law_then.sentence(2022, "England")


@pytest.mark.parametrize("year", [2014, 2015, 2018, 2024, 2026, None])
@pytest.mark.parametrize("nation", ["Scotland", "Northern Ireland"])
def test_other_nations_have_their_own_law_and_no_date_of_ours(nation, year):
    sentence = law_then.sentence(year, nation)

    assert sentence.startswith(nation)
    assert not any(letter.isdigit() for letter in sentence)


@pytest.mark.parametrize(
    ("year", "nation"), [(2020, ""), (2020, "Great Britain"), (2020, "United Kingdom"), (None, "England")]
)
def test_where_nation_or_year_is_unknown_it_says_less(year, nation):
    assert law_then.sentence(year, nation) == "Which law applied depends on where it happened and when."
