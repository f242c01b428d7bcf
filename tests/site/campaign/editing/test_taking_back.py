"""What an editor did can be taken back from its history: a page, an offence, a help line."""

import pytest
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaign.models import HelpLine
from tests.site.campaign.asking import edit_address, page_at, words_at
from tests.site.campaign.editing.test_editing import DRAFT, content


def versions_of(row):
    return [version.pk for version in Revision.objects.for_instance(row).order_by("created_at", "pk")]


def test_page_goes_back_to_what_it_was(editor, reader):
    page = page_at("privacy")
    first = versions_of(page)[0]
    editor.post(edit_address(page), content() | {"action-publish": "1"})
    between = words_at(reader, "/privacy/")

    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    back = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first])
    old = editor.get(back)
    Revision.objects.get(pk=first).publish()

    assert back in history, "nothing of its history leads to the words that the page began with"
    assert old.status_code == 200
    assert DRAFT in between
    assert DRAFT not in words_at(reader, "/privacy/")


@pytest.mark.parametrize("line", ["Galop", "Samaritans"])
def test_number_of_a_help_line_goes_back_to_the_one_before_the_first_change(line, editor):
    row = HelpLine.objects.get(name=line)
    right = row.phone
    fields = ("name", "about", "text_number", "url", "order", "audience", "region", "hours_text", "open")
    posted = {name: getattr(row, name) for name in fields}
    hours = streamfield([("hours", {"first_day": "0", "last_day": "4", "opens": "09:00", "closes": "17:00"})])
    edit = reverse(HelpLine.snippet_viewset.get_url_name("edit"), args=[row.pk])
    editor.post(edit, nested_form_data(posted | {"phone": "0800 1111", "opens": hours, "last_checked": "2026-11-20"}))
    row.refresh_from_db()
    wrong = row.phone

    history = editor.get(reverse(HelpLine.snippet_viewset.get_url_name("history"), args=[row.pk])).content.decode()
    back = reverse(HelpLine.snippet_viewset.get_url_name("revisions_revert"), args=[row.pk, versions_of(row)[0]])
    old = editor.get(back).context["form"]

    assert (wrong, old["phone"].value()) == ("0800 1111", right)
    assert back in history
