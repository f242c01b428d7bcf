from datetime import date

import pytest

from campaign import initial_content
from stories.reading import offences
from stories.reading.offences import PublicOffence

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
UNSURE = "Which law applied depends on where it happened and when."


def as_laid():
    """The offences of a new site as the edition carries them."""
    names = PublicOffence.__dataclass_fields__
    return [
        {name: row[name] for name in names}
        for row in initial_content.initial_data("offences")
        if row["stands"] == "shown"
    ]


@pytest.fixture(autouse=True)
def records(monkeypatch):
    kept = as_laid()
    monkeypatch.setattr(offences.snapshot, "get_built", {offences.NAME: kept}.get)
    return kept


def lines(year, nation):
    return list(offences.law_in_year(year, nation).offences)


@pytest.mark.parametrize(("nation", "where"), [("England", "England and Wales"), ("Wales", "England and Wales")])
def test_before_2015_there_was_no_such_offence(nation, where):
    then = offences.law_in_year(2014, nation)

    assert then.sentence == f"{where} had no offence of sharing intimate images yet. Other laws could apply."
    assert then.offences == ()


def test_year_before_2015_is_told_no_nearer_than_readers_are():
    assert offences.law_in_year(2009, "England") == offences.law_in_year(2014, "England")
    assert "2009" not in offences.law_in_year(2009, "England").url


@pytest.mark.parametrize(
    ("year", "nation", "said"),
    [
        (2015, "England", ["Sharing private sexual images, to cause distress: from 13 April 2015"]),
        (2018, "Wales", ["Sharing private sexual images, to cause distress"]),
        (2021, "Wales", [
            "Sharing private sexual images, to cause distress",
            "Threatening to share private sexual images, to cause distress: from 29 June 2021",
        ]),
        (2024, "England", [
            "Sharing an intimate image without consent: from 31 January 2024",
            "Threatening to share an intimate image: from 31 January 2024",
            "Sending somebody an image of genitals (“cyberflashing”): from 31 January 2024",
            "Sharing private sexual images, to cause distress: until 30 January 2024",
            "Threatening to share private sexual images, to cause distress: until 30 January 2024",
        ]),
        (2025, "England", [
            "Sharing an intimate image without consent",
            "Threatening to share an intimate image",
            "Sending somebody an image of genitals (“cyberflashing”)",
        ]),
        (2017, "Scotland", ["Sharing or threatening to share an intimate image: from 3 July 2017"]),
        (2026, "Scotland", ["Sharing or threatening to share an intimate image"]),
        (2016, "Northern Ireland", ["Sharing private sexual images, to cause distress: from some day in 2016"]),
        (2020, "Northern Ireland", ["Sharing private sexual images, to cause distress"]),
    ],
)  # fmt: skip
def test_offences_of_a_year_are_named_with_the_days_on_which_they_began_or_ended(year, nation, said):
    assert lines(year, nation) == said


@pytest.mark.parametrize(("year", "nation"), [(2016, "Scotland"), (2015, "Northern Ireland")])
def test_other_nations_had_none_until_their_own(year, nation):
    assert offences.law_in_year(year, nation).sentence.startswith(f"{nation} had no offence")


@pytest.mark.parametrize("nation", NATIONS)
def test_every_year_has_a_sentence_that_speaks_of_it_and_never_of_the_case(nation):
    for year in range(2015, 2027):
        then = offences.law_in_year(year, nation)

        assert bool(then.offences) == then.sentence.startswith("These were offences in ")
        assert "Which applies depends" in then.sentence or "had no offence" in then.sentence
        assert then.url == f"/the-law/?nation={nation.lower().replace(' ', '-')}&on={year}"


@pytest.mark.parametrize(
    ("year", "nation"), [(2020, ""), (2020, "Great Britain"), (2020, "United Kingdom"), (None, "England")]
)
def test_where_nation_or_year_is_unknown_it_says_less(year, nation):
    assert offences.law_in_year(year, nation) == offences.LawThen(UNSURE, (), "/the-law/")


def test_without_a_record_nobody_is_told_that_there_was_no_offence(records):
    records.clear()

    assert offences.law_in_year(2020, "England").sentence == UNSURE


def test_year_after_the_last_offence_ended_is_not_called_a_time_before_the_first(records):
    records[:] = [row for row in records if row["slug"] == "sharing-private-sexual-images"]

    assert offences.law_in_year(2025, "England").sentence == UNSURE


@pytest.mark.parametrize(
    ("day", "slugs"),
    [
        (date(2015, 4, 12), []),
        (date(2015, 4, 13), ["sharing-private-sexual-images"]),
        (date(2024, 1, 30), ["sharing-private-sexual-images", "threatening-to-share-private-sexual-images"]),
        (
            date(2024, 1, 31),
            ["sharing-an-intimate-image", "threatening-to-share-an-intimate-image", "sending-an-image-of-genitals"],
        ),
    ],
)
def test_first_and_last_day_of_an_offence_are_in_force(day, slugs):
    assert [each.slug for each in offences.offences_between(day, day, "england-and-wales")] == slugs
