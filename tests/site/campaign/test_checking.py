from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from campaign.models import HelpLine


def test_line_is_due_after_ninety_days_and_told_to_those_who_may_change_help_lines(laid, editor, moderator):
    today = timezone.localdate()
    HelpLine.objects.update(last_checked=today)
    for name, days in (("Samaritans", 89), ("Shout", 90)):
        HelpLine.objects.filter(name=name).update(last_checked=today - timedelta(days=days))
    (late,) = HelpLine.due(today)

    first, listed = (editor.get(path).content.decode() for path in ("/admin/", address("list")))

    assert late.name == "Shout"
    assert "Help lines to check" in first
    assert "Nobody has checked these for 90 days." in first
    assert address("edit", late.pk) in first
    assert "Help lines to check" not in moderator.get("/admin/").content.decode()
    assert listed.count("Check again: last done") == 1
    assert "For whom" in listed
    assert "Under 18s" in listed


def address(view, *args):
    return reverse(f"wagtailsnippets_campaign_helpline:{view}", args=args)


def test_a_line_needs_a_way_to_reach_it_and_listed_hours_where_it_says_so():
    cases = {"Give a phone number": {"open": "always"}, "Add the days and hours": {"open": "listed", "phone": "999"}}
    for said, fields in cases.items():
        with pytest.raises(ValidationError, match=said):
            HelpLine(name="A line", **fields).clean()


def ticks(browser):
    page = BeautifulSoup(browser.get(reverse("check_help_lines")).content, "html.parser")
    boxes = page.select("input[name=checked]")
    return {each["aria-label"].removesuffix(": checked today"): each["value"] for each in boxes}


def test_lines_are_ticked_as_checked_today_by_those_who_may_unless_they_changed(laid, editor, moderator):
    offered = ticks(editor)
    assert len(offered) == HelpLine.objects.filter(shows=True).count()
    changed = HelpLine.objects.get(name="Galop")
    changed.phone = "0300"
    changed.save()
    changed.save_revision()

    lines = [offered[name] for name in ("Samaritans", "Shout", "Galop")]
    page = editor.post(reverse("check_help_lines"), {"checked": lines}, follow=True).content.decode()

    assert "Checked today: 2." in page
    for name in ("Samaritans", "Shout"):
        line = HelpLine.objects.get(name=name)
        assert (line.last_checked, line.is_as_laid) == (timezone.localdate(), False)
        assert line.latest_revision.content["last_checked"] == f"{timezone.localdate()}"
        assert line.latest_revision.user.username == "edith"
    assert offered.keys() - ticks(editor).keys() == {"Samaritans", "Shout"}
    assert "Changed meanwhile, so look again: Galop." in page
    changed.refresh_from_db()
    assert changed.last_checked < timezone.localdate()
    assert moderator.get(reverse("check_help_lines")).status_code in (302, 403)
