import itertools
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


def test_before_2015_there_was_no_such_offence():
    for nation in ("England", "Wales"):
        then = offences.law_in_year(2014, nation)

        none = "England and Wales had no offence of sharing intimate images yet. Other laws could apply."
        assert (then["sentence"], then["offences"]) == (none, [])
    assert offences.law_in_year(2009, "England") == offences.law_in_year(2014, "England"), "no nearer than readers are"
    assert "2009" not in offences.law_in_year(2009, "England")["url"]
    for year, nation in ((2016, "Scotland"), (2015, "Northern Ireland")):
        assert offences.law_in_year(year, nation)["sentence"].startswith(f"{nation} had no offence")


def test_offences_of_a_year_are_named_with_the_days_on_which_they_began_or_ended():
    distress = "private sexual images, to cause distress"
    for year, nation, said in [
        (2015, "England", [f"Sharing {distress}: from 13 April 2015"]),
        (2021, "Wales", [f"Sharing {distress}", f"Threatening to share {distress}: from 29 June 2021"]),
        (2017, "Scotland", ["Sharing or threatening to share an intimate image: from 3 July 2017"]),
        (2016, "Northern Ireland", [f"Sharing {distress}: from some day in 2016"]),
        (2024, "England", [
            "Sharing an intimate image without consent: from 31 January 2024",
            "Threatening to share an intimate image: from 31 January 2024",
            "Sending somebody an image of genitals (“cyberflashing”): from 31 January 2024",
            f"Sharing {distress}: until 30 January 2024",
            f"Threatening to share {distress}: until 30 January 2024",
        ]),
    ]:  # fmt: skip
        assert offences.law_in_year(year, nation)["offences"] == said, (year, nation)


def test_every_year_has_a_sentence_that_speaks_of_it_and_never_of_the_case():
    for nation, year in itertools.product(NATIONS, range(2015, 2027)):
        then = offences.law_in_year(year, nation)

        assert bool(then["offences"]) == then["sentence"].startswith("These were offences in ")
        assert "Which applies depends" in then["sentence"] or "had no offence" in then["sentence"]
        assert then["url"] == f"/the-law/?nation={nation.lower().replace(' ', '-')}&on={year}"


def test_where_nation_year_or_record_is_lacking_it_says_less(records):
    for year, nation in ((2020, ""), (2020, "Great Britain"), (2020, "United Kingdom"), (None, "England")):
        assert offences.law_in_year(year, nation) == {"sentence": UNSURE, "offences": [], "url": "/the-law/"}
    # A year after the last offence ended is not called a time before the first.
    records[:] = [row for row in records if row["slug"] == "sharing-private-sexual-images"]
    assert offences.law_in_year(2025, "England")["sentence"] == UNSURE
    records.clear()
    assert offences.law_in_year(2020, "England")["sentence"] == UNSURE


def test_first_and_last_day_of_an_offence_are_in_force():
    old = ["sharing-private-sexual-images", "threatening-to-share-private-sexual-images"]
    new = ["sharing-an-intimate-image", "threatening-to-share-an-intimate-image", "sending-an-image-of-genitals"]
    for day, slugs in {
        date(2015, 4, 12): [],
        date(2015, 4, 13): old[:1],
        date(2024, 1, 30): old,
        date(2024, 1, 31): new,
    }.items():
        assert [each.slug for each in offences.offences_between(day, day, "england-and-wales")] == slugs
