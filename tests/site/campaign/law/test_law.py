"""The offences: kept by editors, shown where they stand as shown and nowhere else, and asked about after 180 days."""

import html
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaign import initial_content, law
from campaign.models import Offence, OfficersCardPage
from stories.core import lifecycle, snapshot
from stories.reading import offences
from tests import factories
from tests.site.campaign.finding import page_at

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


# --- What is laid, and who sees it ----------------------------------------------------------


def test_a_new_site_has_offences_that_its_own_form_would_take(laid):
    assert {each.stands for each in Offence.objects.all()} == {"shown", "lawyer"}
    for each in Offence.objects.all():
        each.full_clean()


def test_edition_holds_what_is_shown_in_the_shape_that_stories_read(read):
    snapshot.invalidate()

    shown = offences.all_offences()

    assert [each.slug for each in shown] == [
        row["slug"] for row in initial_content.initial_data("offences") if row["stands"] == "shown"
    ]
    assert all(
        set(row) == set(offences.PublicOffence.__dataclass_fields__) for row in snapshot.get_built(offences.NAME)
    )


@pytest.mark.parametrize("path", ["/the-law/", "/the-law/?on=2026", CARD, "/search/?q=upskirting", "/open-data/"])
def test_a_draft_is_on_no_page(path, read, reader):
    words = html.unescape(reader.get(path, secure=True, follow=True).content.decode())

    assert len(DRAFTS) >= 4
    assert [row["slug"] for row in DRAFTS if f'{row["slug"]}"' in words or row["covers"] in words] == []
    assert not {row["slug"] for row in DRAFTS} & {row["slug"] for row in snapshot.get_built(offences.NAME)}


def test_a_draft_that_the_lawyer_lets_go_is_shown_and_one_taken_back_is_not(read):
    kept = offence(stands="lawyer")
    kept.save()
    snapshot.forget_snapshot()
    assert f'id="{kept.slug}"' not in read("/the-law/")

    kept.stands = "shown"
    kept.save()
    snapshot.forget_snapshot()
    assert f'id="{kept.slug}"' in read("/the-law/")


# --- What the form refuses ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statute_url", "http://www.legislation.gov.uk/ukpga/2003/42"),
        ("statute_url", "https://legislation.gov.uk.example/ukpga/2003/42"),
        ("statute_url", "https://www.legislation.gov.uk@evil.example/"),
        ("source_url", "http://www.gov.uk/"),
        ("until", date(2015, 1, 1)),
        ("since_year_only", True),
        ("last_checked", timezone.localdate() + timedelta(days=2)),
        *((name, "") for name in ("statute", "statute_url", "source", "source_url", "checked_by")),
        *((name, None) for name in ("since", "last_checked")),
        ("covers", "Ring 07700 900123."),
    ],
)
def test_what_readers_could_not_rely_on_is_refused(field, value, laid):
    with pytest.raises(ValidationError):
        offence(**{field: value}).full_clean()


def test_a_draft_may_lack_what_nobody_knows_yet(laid):
    Offence(name="A new offence", slug="new", covers="For the lawyer.", jurisdiction="uk").full_clean()


# --- Asked again after 180 days -------------------------------------------------------------


def test_an_offence_is_due_after_180_days_and_a_draft_never(laid):
    today = timezone.localdate()
    Offence.objects.update(last_checked=today - timedelta(days=179))
    assert Offence.due(today) == []

    Offence.objects.update(last_checked=today - timedelta(days=180))

    assert {each.stands for each in Offence.due(today)} == {"shown"}
    assert {each for each in Offence.objects.all() if each.is_due(today)} == set(Offence.due(today))


def test_first_screen_and_list_ask_editors_to_read_the_act_again_and_nobody_else(laid, editor):
    Offence.objects.filter(stands="shown").update(last_checked=timezone.localdate())
    assert "Offences to check" not in editor.get("/admin/").content.decode()
    late = offence(last_checked=timezone.localdate() - timedelta(days=180))
    late.save()

    first = editor.get("/admin/").content.decode()
    listed = editor.get(reverse("wagtailsnippets_campaign_offence:list")).content.decode()

    assert reverse("wagtailsnippets_campaign_offence:edit", args=[late.pk]) in first
    assert listed.count("Check again: last done") == 1
    assert listed.count("With the lawyer: a draft") >= len(DRAFTS)
    moderator = factories.client_of(factories.person("mia", "Moderators"), unlocked=False)
    assert "Offences to check" not in moderator.get("/admin/").content.decode()
    assert moderator.get(reverse("wagtailsnippets_campaign_offence:list")).status_code == 302


# --- The page about the law -----------------------------------------------------------------


def test_the_law_today_stands_by_nation_each_offence_with_its_facts(read):
    words = read("/the-law/")

    for where in ("England and Wales", "Scotland", "Northern Ireland"):
        assert f"{where}: the law today" in words
    assert "From 31 January 2024, and today" in words
    assert "From 2016, and today" in words
    assert 'id="sharing-private-sexual-images"' not in words
    assert '<a href="https://www.legislation.gov.uk/ukpga/2003/42/section/66B">' in words
    assert "26 November 2026, by <span>those who wrote this page, and not yet by a lawyer</span>" in words


def test_the_law_of_a_day_and_a_nation_is_that_of_then_and_there(read):
    words = read("/the-law/?on=30+January+2024&nation=wales")

    assert "England and Wales: the law of 30 January 2024" in words
    assert "From 13 April 2015 to 30 January 2024" in words
    assert 'id="sharing-an-intimate-image"' not in words
    assert "Scotland: the law" not in words
    assert '<option value="england-and-wales" selected>' in words


def test_what_begins_later_in_the_year_is_not_said_to_be_law_today(laid, read, monkeypatch):
    offence(since=date(2026, 12, 1)).save()
    snapshot.invalidate()
    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 11, 26))

    page = read("/the-law/?on=2026&nation=england-and-wales")

    assert "From 1 December 2026<" in page
    assert "From 1 December 2026, and today" not in page


def test_before_there_was_one_the_page_leaves_the_door_open(read):
    assert "Other laws could apply, so you can still report it." in read("/the-law/?on=2012&nation=scotland")


def test_a_date_that_nobody_can_read_comes_back_with_what_to_write(read):
    words = read("/the-law/?on=%22%3E%3Cb%3Elast+summer&nation=scotland")

    assert "Write a day, a month or a year" in words
    assert 'aria-invalid="true"' in words
    assert 'value=""><b>last summer"' in words
    assert "<b>last" not in words.replace('value=""><b>last summer"', "")
    assert "Scotland: the law today" in words


def test_the_law_speaks_welsh_where_it_can(read):
    words = read("/cy/the-law/?on=2025&nation=wales")

    assert "Rhannu llun personol heb gydsyniad" in words
    assert 'lang="en-GB"' in words


# --- The officers' card ---------------------------------------------------------------------


def test_card_holds_the_offences_of_today_and_of_one_nation_where_it_is_chosen(read):
    every, one = read(CARD), read(f"{CARD}?nation=scotland&paper=a5")

    assert all(name in every for name in ("Sharing an intimate image without consent", "Northern Ireland"))
    assert "Sharing an intimate image without consent" not in one
    assert "Abusive Behaviour and Sexual Harm (Scotland) Act 2016" in one
    assert "css/paper_a5" in one
    assert "css/paper" not in read(f"{CARD}?paper=a3")


def test_card_says_what_it_is_not_and_when_its_offences_were_checked(read):
    words = read(CARD)

    assert "This is not official guidance" in words
    assert (
        "The offences were last checked on 26 November 2026, by those who wrote this page, and not yet by a lawyer."
        in words
    )
    assert "0345 6000 459" in words


def test_law_on_fakes_is_named_with_its_day_and_that_the_day_is_being_checked(read):
    for page in (read("/the-law/"), read(CARD)):
        assert "sections 66E and 66F" in page
        assert "From 6 February 2026, as published; being checked" in page
    assert "sections 66E and 66F" not in read("/the-law/?on=2026-02-05&nation=england")


def test_card_that_would_not_fit_on_one_side_is_refused(laid):
    body = OfficersCardPage.objects.get().body
    body.stream_block.clean(body)

    body.append(("part", {"heading": "More", "lines": ["x" * 160] * 8}))

    with pytest.raises(StreamBlockValidationError) as refused:
        body.stream_block.clean(body)
    assert "Take out about" in str(refused.value.non_block_errors)


def test_page_about_the_law_and_page_for_forces_lead_to_the_card(read):
    assert CARD in read("/the-law/")
    assert CARD in read("/for-forces/")
    assert page_at("the-law").get_children().get().url == CARD


def test_what_was_checked_longest_ago_dates_the_card():
    old, new = (SimpleNamespace(offence=SimpleNamespace(last_checked=date(2026, m, 1))) for m in (1, 2))

    assert law.checked_last([law.Place("x", [new, old])]) == date(2026, 1, 1)
    assert law.checked_last([]) is None
