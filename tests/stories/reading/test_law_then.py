import itertools
import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from campaign import initial_content
from stories.reading import offences
from stories.reading.offences import PublicOffence

UNSURE = "Which law applied depends on where it happened and when."


@pytest.fixture(autouse=True)
def records(monkeypatch):
    """The offences of a new site as the edition carries them."""
    names, laid = PublicOffence.__dataclass_fields__, initial_content.initial_data("offences")
    kept = [{name: row[name] for name in names} for row in laid if row["stands"] == "shown"]
    monkeypatch.setattr(offences.snapshot, "get_built", {offences.NAME: kept}.get)
    monkeypatch.setattr(offences.snapshot, "cached", lambda key, make: make())
    return kept


def test_before_2015_there_was_no_such_offence():
    none = "England and Wales had no offence of sharing intimate images yet. Other laws could apply."
    for nation in ("England", "Wales"):
        assert offences.law_in_year(2014, nation)["sentence"] == none
    assert offences.law_in_year(2009, "England") == offences.law_in_year(2014, "England"), "no nearer than readers are"
    assert "2009" not in offences.law_in_year(2009, "England")["url"]
    for year, nation in ((2016, "Scotland"), (2015, "Northern Ireland")):
        assert offences.law_in_year(year, nation)["sentence"].startswith(f"{nation} had no offence")


def test_offences_of_a_year_are_named_with_the_days_that_could_bear_on_it():
    distress, threat = "private sexual images, to cause distress", {"threats", "waiting"}
    new = "sharing an intimate image without consent (from 31 January 2024)"
    old = f"sharing {distress} (until 30 January 2024)"
    for year, nation, about, said in [
        (2015, "England", (), f"sharing {distress} (from 13 April 2015)"),
        (2021, "Wales", {"waiting"}, f"sharing {distress}"),
        (2021, "Wales", threat, f"sharing {distress}; threatening to share {distress} (from 29 June 2021)"),
        (2017, "Scotland", (), "sharing or threatening to share an intimate image (from 3 July 2017)"),
        (2016, "Northern Ireland", threat, f"sharing {distress} (from some day in 2016)"),
        (2024, "England", {"fake-images"}, f"{new}; {old}"),
        (2024, "England", threat, f"{new}; threatening to share an intimate image (from 31 January 2024); {old}; "
         f"threatening to share {distress} (until 30 January 2024)"),
        (2025, "England", {"fake-images"}, "sharing an intimate image without consent"),
    ]:  # fmt: skip
        where = "England and Wales" if nation in ("England", "Wales") else nation
        then = offences.law_in_year(year, nation, about)["sentence"]
        assert then == f"In {where} in {year}: {said}. Which law applies depends on what happened and when.", then
    made = offences.law_in_year(2026, "England", {"fake-images"})["sentence"]
    assert "; creating a fake intimate image of an adult" in made
    assert "creating" not in offences.law_in_year(2026, "England", threat)["sentence"]


def test_law_of_a_story_is_mapped_for_offences_and_by_themes_and_notes_there_are():
    laid = {row["slug"] for row in initial_content.initial_data("offences")}
    known = json.loads((Path(settings.ROOT) / "stories" / "data" / "lists.json").read_text())
    slugs = {slug for name in ("themes", "content_notes") for slug, *_words in known[name]}

    assert offences._BEARS_ON.keys() <= laid
    assert {slug for about in offences._BEARS_ON.values() for slug in about} <= slugs


def test_every_year_has_a_sentence_that_says_less_without_nation_year_or_record(records):
    for nation, year in itertools.product(("England", "Wales", "Scotland", "Northern Ireland"), range(2015, 2027)):
        then = offences.law_in_year(year, nation)

        assert "Which law applies depends" in then["sentence"] or "had no offence" in then["sentence"]
        assert then["url"] == f"/the-law/?nation={nation.lower().replace(' ', '-')}&on={year}"
    for year, nation in ((2020, ""), (2020, "Great Britain"), (2020, "United Kingdom"), (None, "England")):
        assert offences.law_in_year(year, nation) == {"sentence": UNSURE, "url": "/the-law/"}
    # A year after the last offence ended is not called a time before the first.
    records[:] = [row for row in records if row["slug"] == "sharing-private-sexual-images"]
    assert offences.law_in_year(2025, "England")["sentence"] == UNSURE
    records.clear()
    assert offences.law_in_year(2020, "England")["sentence"] == UNSURE


def test_first_and_last_day_of_an_offence_are_in_force():
    old = ["sharing-private-sexual-images", "threatening-to-share-private-sexual-images"]
    new = ["sharing-an-intimate-image", "threatening-to-share-an-intimate-image", "sending-an-image-of-genitals"]
    wanted = {"2015-04-12": [], "2015-04-13": old[:1], "2024-01-30": old, "2024-01-31": new}
    for each, slugs in wanted.items():
        day = date.fromisoformat(each)
        assert [each.slug for each in offences.offences_between(day, day, "england-and-wales")] == slugs, day
