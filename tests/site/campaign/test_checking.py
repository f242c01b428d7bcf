from datetime import timedelta

import pytest
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
