"""What an editor did can be taken back from its history: a page, an offence, a help line."""

import html
import re

import pytest
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaign.models import HelpLine
from stories.core import snapshot
from tests.site.campaign.editing.test_editing import DRAFT, content, edit_address
from tests.site.campaign.finding import page_at


def old_form(editor, address):
    """What the form of an old version posts, as it is filled in: the fields of words and numbers."""
    page = editor.get(address).content.decode()
    inputs = re.findall(r"<input[^>]*>", page)
    told = {_of(tag, "name"): _of(tag, "value") for tag in inputs if _of(tag, "name")}
    texts = re.findall(r'<textarea name="([^"]+)"[^>]*>\s*(.*?)</textarea>', page, re.S)
    return told | {name: html.unescape(words) for name, words in texts}


def _of(tag, name):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def versions_of(row):
    return [version.pk for version in Revision.objects.for_instance(row).order_by("created_at", "pk")]


def test_page_goes_back_to_what_it_was(editor, reader):
    page = page_at("privacy")
    first = versions_of(page)[0]
    editor.post(edit_address(page), content() | {"action-publish": "1"})
    snapshot.forget_snapshot()
    between = reader.get("/privacy/", secure=True).content.decode()

    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    back = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first])
    old = editor.get(back)
    Revision.objects.get(pk=first).publish()
    snapshot.forget_snapshot()

    assert back in history, "nothing of its history leads to the words that the page began with"
    assert old.status_code == 200
    assert DRAFT in between
    assert DRAFT not in reader.get("/privacy/", secure=True).content.decode()


@pytest.mark.parametrize("line", ["Galop", "Samaritans"])
def test_number_of_a_help_line_goes_back_to_the_one_before_the_first_change(line, editor):
    row = HelpLine.objects.get(name=line)
    right, fields = (
        row.phone,
        ("name", "about", "text_number", "url", "order", "audience", "region", "hours_text", "open"),
    )
    posted = {name: getattr(row, name) for name in fields}
    hours = streamfield([("hours", {"first_day": "0", "last_day": "4", "opens": "09:00", "closes": "17:00"})])
    edit = reverse(HelpLine.snippet_viewset.get_url_name("edit"), args=[row.pk])
    editor.post(edit, nested_form_data(posted | {"phone": "0800 1111", "opens": hours, "last_checked": "2026-11-20"}))
    row.refresh_from_db()
    wrong = row.phone

    history = editor.get(reverse(HelpLine.snippet_viewset.get_url_name("history"), args=[row.pk])).content.decode()
    back = reverse(HelpLine.snippet_viewset.get_url_name("revisions_revert"), args=[row.pk, versions_of(row)[0]])
    old = old_form(editor, back)

    assert (wrong, old["phone"]) == ("0800 1111", right)
    assert back in history
