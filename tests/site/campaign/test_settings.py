"""Settings of the site: every version is in Wagtail's history, and nobody writes over what they haven't seen."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from campaign.models import Brand, HelpLine, Menu
from stories.core import snapshot
from tests import factories
from tests.site.campaign.editing.test_editing import setting_address

pytestmark = pytest.mark.django_db

LOOK = {"strapline": "", "hashtag": "", "palette": "bark", "accent_light": "", "accent_dark": ""}


def rename(browser, name, **others):
    return browser.post(setting_address("brand"), LOOK | {"name": name} | others)


def words_of(answer):
    return html.unescape(answer.content.decode())


def loaded(answer):
    """What a form carries along of the version that it shows."""
    names = ("loaded_revision_id", "loaded_revision_created_at")
    return {name: re.search(f'name="{name}" value="([^"]*)"', words_of(answer))[1] for name in names}


def address(setting, view, *args):
    return reverse(f"wagtailsnippets_campaign_{setting._meta.model_name}:{view}", args=[setting.pk, *args])


def first(setting):
    return setting.revisions.order_by("pk").first()


def test_menu_leads_to_the_one_row_and_an_earlier_version_is_put_back_in_the_form(editor, reader):
    listed = reverse("wagtailsnippets_campaign_brand:list")
    assert editor.get(listed).url == setting_address("brand")
    assert first(Brand.load()).content["name"] == "Heard"
    assert listed in editor.get("/admin/").content.decode()
    rename(editor, "Told")
    brand = Brand.load()
    back = address(brand, "revisions_revert", first(brand).pk)

    assert back in words_of(editor.get(address(brand, "history")))
    form = editor.get(back)
    assert 'value="Heard"' in words_of(form)
    editor.post(setting_address("brand"), LOOK | {"name": "Heard", "revision": first(brand).pk} | loaded(form))

    assert Brand.load().name == "Heard"
    assert [each.content["name"] for each in brand.revisions.order_by("pk")] == ["Heard", "Told", "Heard"]
    snapshot.forget_snapshot()
    assert "Heard</span></a>" in reader.get("/privacy/", secure=True).content.decode()


def test_version_from_before_a_field_was_there_leaves_it_as_it_is():
    brand = Brand.load()
    version = brand.save_revision()
    del version.content["hashtag"]
    brand.hashtag = "#Told"

    assert brand.with_content_json(version.content).hashtag == "#Told"


def test_second_of_two_at_once_is_told_and_chooses(editor, other):
    editor.get(reverse("wagtailsnippets_campaign_brand:list"))
    opened = loaded(editor.get(setting_address("brand")))
    rename(other, "Told")

    said = rename(editor, "Read", **opened)

    assert Brand.load().name == "Told"
    assert "Somebody saved this meanwhile" in words_of(said)
    assert 'value="Read"' in words_of(said)
    rename(editor, "Read", **loaded(said))
    assert Brand.load().name == "Read"


def test_what_is_public_once_saved_is_saved_by_a_press_and_nobody_adds_a_setting(editor):
    for model in (Brand, Menu, HelpLine):
        form = editor.get(address(model.objects.first() or model.load(), "edit"))

        assert form.status_code == 200, model
        assert "w-autosave#save" not in form.content.decode(), model
    superuser = factories.client_of(User.objects.create_superuser("sue", password="x"), unlocked=False)
    for where in (reverse("wagtailsnippets_campaign_brand:add"), address(Brand.load(), "delete")):
        assert superuser.post(where, LOOK | {"name": "Told"}).url == "/admin/", where
    assert Brand.objects.count() == 1
