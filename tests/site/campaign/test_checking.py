from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from campaign.models import HelpLine
from tests import factories


def check_again_after(days, name="Samaritans"):
    line = HelpLine.objects.get(name=name)
    line.last_checked = timezone.localdate() - timedelta(days=days)
    line.save()
    return line


@pytest.fixture
def all_checked(laid):
    HelpLine.objects.update(last_checked=timezone.localdate())


def test_a_line_is_due_after_ninety_days_and_not_before(all_checked):
    check_again_after(89, "Samaritans")
    late = check_again_after(90, "Shout")

    assert HelpLine.due(timezone.localdate()) == [late]


def test_the_first_screen_asks_those_who_may_change_help_lines_to_check_one(all_checked, editor):
    line = check_again_after(91)
    moderator = factories.client_of(factories.person("mia", "Moderators"), unlocked=False)

    words = editor.get("/admin/").content.decode()

    assert "Help lines to check" in words
    assert "Nobody has checked these for 90 days." in words
    assert reverse("wagtailsnippets_campaign_helpline:edit", args=[line.pk]) in words
    assert "Help lines to check" not in moderator.get("/admin/").content.decode()


def test_the_list_says_which_lines_to_check_again(all_checked, editor):
    check_again_after(91)

    words = editor.get(reverse("wagtailsnippets_campaign_helpline:list")).content.decode()

    assert words.count("Check again: last done") == 1
    assert "For whom" in words
    assert "Under 18s" in words


def test_a_line_needs_a_way_to_reach_it_and_listed_hours_where_it_says_so():
    cases = {"Give a phone number": {"open": "always"}, "Add the days and hours": {"open": "listed", "phone": "999"}}
    for said, fields in cases.items():
        with pytest.raises(ValidationError, match=said):
            HelpLine(name="A line", **fields).clean()


def tick(browser, *lines):
    return browser.post(reverse("check_help_lines"), {"checked": lines}, follow=True).content.decode()


def ticks(browser):
    page = BeautifulSoup(browser.get(reverse("check_help_lines")).content, "html.parser")
    return {
        each["aria-label"].removesuffix(": checked today"): each["value"] for each in page.select("input[name=checked]")
    }


def test_several_lines_are_ticked_as_checked_today_with_a_version_each(laid, editor):
    offered = ticks(editor)
    assert len(offered) == HelpLine.objects.filter(shows=True).count()

    assert "Checked today: 2." in tick(editor, offered["Samaritans"], offered["Shout"])

    for name in ("Samaritans", "Shout"):
        line = HelpLine.objects.get(name=name)
        assert (line.last_checked, line.is_as_laid) == (timezone.localdate(), False)
        assert line.latest_revision.content["last_checked"] == f"{timezone.localdate()}"
        assert line.latest_revision.user.username == "edith"
    assert offered.keys() - ticks(editor).keys() == {"Samaritans", "Shout"}


def test_line_that_changed_since_it_was_shown_is_not_ticked(laid, editor):
    shown = ticks(editor)["Samaritans"]
    line = HelpLine.objects.get(name="Samaritans")
    line.phone = "0300"
    line.save()
    line.save_revision()

    page = tick(editor, shown)

    assert "Changed meanwhile, so look again: Samaritans." in page
    line.refresh_from_db()
    assert line.last_checked < timezone.localdate()


def test_who_may_not_change_help_lines_ticks_none(laid):
    moderator = factories.client_of(factories.person("mia", "Moderators"), unlocked=False)

    assert moderator.get(reverse("check_help_lines")).status_code in (302, 403)
