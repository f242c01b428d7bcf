"""The offences: kept by editors, shown where they stand as shown and nowhere else, and asked about after 180 days."""

import html
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaign import initial_content
from campaign.models import Offence, OfficersCardPage
from stories.core import lifecycle, snapshot
from stories.reading import offences

DRAFTS = [row for row in initial_content.initial_data("offences") if row["stands"] == "lawyer"]
CARD = "/the-law/officers-card/"


@pytest.fixture
def read(laid, reader):
    snapshot.invalidate()
    snapshot.forget_snapshot()

    def read(path):
        answer = reader.get(path, secure=True)
        assert answer.status_code == 200
        return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))

    return read


def offence(**changes):
    kept = Offence.objects.get(slug="sharing-an-intimate-image")
    for name, value in changes.items():
        setattr(kept, name, value)
    return kept


def test_edition_holds_what_is_shown_as_stories_read_it_and_a_draft_is_nowhere(reader, laid):
    snapshot.invalidate()

    shown = offences.all_offences()
    rows = snapshot.get_built(offences.NAME)

    laid_shown = [row["slug"] for row in initial_content.initial_data("offences") if row["stands"] == "shown"]
    assert [each.slug for each in shown] == laid_shown
    assert all(set(row) == set(offences.PublicOffence.__dataclass_fields__) for row in rows)
    assert len(DRAFTS) >= 4
    assert not {row["slug"] for row in DRAFTS} & {row["slug"] for row in rows}
    for path in ("/the-law/", "/the-law/?on=2026", CARD, "/search/?q=upskirting", "/open-data/"):
        words = html.unescape(reader.get(path, secure=True, follow=True).content.decode())

        assert [row["slug"] for row in DRAFTS if f'{row["slug"]}"' in words or row["covers"] in words] == [], path


def test_draft_that_the_lawyer_lets_go_is_shown_and_one_taken_back_is_not(read):
    kept = offence()
    for stands in ("lawyer", "shown"):
        kept.stands = stands
        kept.save()
        snapshot.forget_snapshot()
        assert (f'id="{kept.slug}"' in read("/the-law/")) == (stands == "shown")


UNSURE = {
    "statute_url": [
        *("http://www.legislation.gov.uk/ukpga/2003/42", "https://legislation.gov.uk.example/ukpga/2003/42"),
        *("https://www.legislation.gov.uk@evil.example/", ""),
    ],
    "source_url": ["http://www.gov.uk/", ""],
    "until": [date(2015, 1, 1)],
    "since_year_only": [True],
    "since": [None],
    "last_checked": [timezone.localdate() + timedelta(days=2), None],
    **{name: [""] for name in ("statute", "source", "checked_by")},
    "covers": ["Ring 07700 900123."],
}


def test_what_readers_could_not_rely_on_is_refused_and_a_new_site_has_none_of_it(laid):
    assert {each.stands for each in Offence.objects.all()} == {"shown", "lawyer"}
    for each in Offence.objects.all():
        each.full_clean()
    for field, values in UNSURE.items():
        for value in values:
            with pytest.raises(ValidationError):
                offence(**{field: value}).full_clean()
    # A draft may lack what nobody knows yet.
    Offence(name="A new offence", slug="new", covers="For the lawyer.", jurisdiction="uk").full_clean()


def test_an_offence_is_due_after_180_days_and_a_draft_never(laid):
    today = timezone.localdate()
    Offence.objects.update(last_checked=today - timedelta(days=179))
    assert Offence.due(today) == []

    Offence.objects.update(last_checked=today - timedelta(days=180))

    assert {each.stands for each in Offence.due(today)} == {"shown"}
    assert {each for each in Offence.objects.all() if each.is_due(today)} == set(Offence.due(today))


def test_law_of_a_day_and_a_nation_is_that_of_then_and_there_and_no_date_comes_back(read):
    words = read("/the-law/?on=30+January+2024&nation=wales")
    no_date = read("/the-law/?on=%22%3E%3Cb%3Elast+summer&nation=scotland")

    for said in ("England and Wales: the law of 30 January 2024", "From 13 April 2015 to 30 January 2024"):
        assert said in words, said
    for said in ('id="sharing-an-intimate-image"', "Scotland: the law"):
        assert said not in words, said
    assert '<option value="england-and-wales" selected>' in words
    for said in ("Write a day, a month or a year", 'aria-invalid="true"', "Scotland: the law today"):
        assert said in no_date, said
    assert 'value=""><b>last summer"' in no_date
    assert "<b>last" not in no_date.replace('value=""><b>last summer"', "")


def test_what_begins_later_in_the_year_is_not_said_to_be_law_today(laid, read, monkeypatch):
    offence(since=date(2026, 12, 1)).save()
    snapshot.invalidate()
    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 11, 26))

    page = read("/the-law/?on=2026&nation=england-and-wales")

    assert "From 1 December 2026<" in page
    assert "From 1 December 2026, and today" not in page


def test_card_holds_the_offences_of_today_or_of_one_nation_and_fits_on_one_side(read):
    every, one = read(CARD), read(f"{CARD}?nation=scotland&paper=a5")
    body = OfficersCardPage.objects.get().body
    body.stream_block.clean(body)

    assert all(name in every for name in ("Sharing an intimate image without consent", "Northern Ireland"))
    assert "Sharing an intimate image without consent" not in one
    assert "Abusive Behaviour and Sexual Harm (Scotland) Act 2016" in one
    assert "css/paper_a5" in one
    assert "css/paper" not in read(f"{CARD}?paper=a3")
    body.append(("part", {"heading": "More", "lines": ["x" * 160] * 8}))
    with pytest.raises(StreamBlockValidationError) as refused:
        body.stream_block.clean(body)
    assert "Take out about" in str(refused.value.non_block_errors)
