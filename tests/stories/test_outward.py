"""The words of lists, help lines, pictures and letters: none leads straight to somebody by mistake (P5 has all)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign import initial_content
from campaign.models import AskUpdate, HelpLine, Menu, Picture
from stories.models import Force, Letter, Outcome, Theme
from tests import factories
from tests.site.campaign.pictures.test_plain_pictures import photograph

PHONE = "07700 900123"
WORDS = f"Ring {PHONE}."

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.client_of(factories.person("edith", "Editors"), unlocked=False)


def test_letter_to_a_force_is_looked_at_and_a_name_in_a_link_held_back():
    link = "https://force.example/news/jo-brennan-sorry"
    update = AskUpdate(words="Jo Brennan’s force is sorry.", who_says="Kent Police")
    assert update.why_not_public() is None, "a name in words is weighed by readers"
    update.source_url = link

    for row, kind in (
        (Letter(force_id="kent", month=date(2026, 3, 1), role=f"The front desk, {PHONE}"), "phone number"),
        (Letter(force_id="kent", month=date(2026, 3, 1), role=f"The office at {link}"), "person's name in a link"),
        (update, "person's name in a link"),
    ):
        assert kind in row.why_not_public()


def refused(browser, address, data):
    answer = browser.post(address, data)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "This could lead straight to somebody: phone number" in shown
    assert WORDS in shown


LINE = {
    **{"name": "Somebody", "about": "Listens.", "phone": PHONE, "text_number": "07700 900456"},
    **{"url": "https://line.example", "audience": "all", "region": "uk", "hours_text": "Always", "open": "always"},
    **{"opens-count": "0", "order": "1", "last_checked": "2026-11-01"},
}


def test_numbers_of_a_help_line_are_what_it_is_for(editor):
    assert editor.post(reverse(HelpLine.snippet_viewset.get_url_name("add")), LINE).status_code == 302
    assert HelpLine.objects.get(name="Somebody").phone == PHONE


def test_forms_refuse_it_in_words_and_give_them_back(editor):
    refused(editor, reverse(HelpLine.snippet_viewset.get_url_name("add")), LINE | {"about_cy": WORDS})
    outcome = Outcome.objects.first()
    address = reverse(outcome.snippet_viewset.get_url_name("edit"), args=[outcome.pk])
    refused(editor, address, {"slug": outcome.slug, "name": "Closed", "explanation": WORDS, "order": "0"})
    title = {"header-0-value-part": "/tell/", "header-0-value-title": WORDS, "header-0-value-title_cy": ""}
    place = {"header-count": "1", "header-0-type": "part", "header-0-order": "0", "header-0-deleted": ""}
    menu = reverse("wagtailsnippets_campaign_menu:edit", args=[Menu.load().pk])
    refused(editor, menu, place | title | {"footer-count": "0"})


def test_picture_refuses_it_and_its_file_may_be_called_as_a_camera_calls_it(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    address, file = reverse("wagtailimages:add"), SimpleUploadedFile("tree.jpg", photograph())
    refused(editor, address, {"title": "A tree", "description": WORDS, "file": file})
    assert not Picture.objects.exists()

    for name in ("DSC00123", "IMG-20240311-WA0001", "07700900123"):
        file = SimpleUploadedFile(f"{name}.jpg", photograph())
        assert editor.post(address, {"title": name, "description": "", "file": file}).status_code == 302
        assert Picture.objects.get(title=name).default_alt_text == ""


def test_lists_and_help_lines_of_a_new_site_hold_nothing_of_it():
    assert len(HelpLine.objects.all()) == len(initial_content.initial_data("help_lines"))
    for model in (Force, Outcome, Theme, HelpLine):
        for row in model.objects.all():
            assert row.why_not_public() is None, row
