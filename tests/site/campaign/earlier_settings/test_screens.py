"""An editor sees below the form of a setting what it was, looks at it and puts it back; who may not change it can’t."""

import html
import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaign.earlier_settings import kept
from campaign.models import Brand, Exit, Menu
from stories.public import edition
from tests.site.campaign.editing.test_editing import setting_address
from tests.site.campaign.finding import page_at

pytestmark = pytest.mark.slow


def call_it(browser, name, **others):
    look = {"strapline": "", "hashtag": "", "palette": "bark", "accent_light": "", "accent_dark": ""}
    browser.post(setting_address("brand"), look | {"name": name} | others)


def lead_to(browser, slug, title):
    links = streamfield([("page", {"page": page_at(slug).pk, "title": title, "title_cy": ""})])
    browser.post(setting_address("menu"), nested_form_data({"header": links, "footer": streamfield([])}))


def first(model):
    return kept.every(model.load())[-1]


def way_back(version):
    setting = version.content_object
    return reverse("setting_earlier", args=["campaign", setting._meta.model_name, setting.pk, version.pk])


def words_of(answer):
    return html.unescape(answer.content.decode())


def test_menu_that_editors_and_readers_see_goes_back(editor, reader):
    before = reader.get("/privacy/", secure=True).content
    lead_to(editor, "privacy", "What we keep")
    edition.forget()
    between = reader.get("/privacy/", secure=True).content.decode()
    form = words_of(editor.get(setting_address("menu")))

    said = words_of(editor.post(way_back(first(Menu)), follow=True))
    edition.forget()

    editor.post(way_back(kept.every(Menu.load())[0]))
    assert len(kept.every(Menu.load())) == 3, "what stands already is put back by nothing"
    assert "What we keep" in between
    assert f"“What we keep ({page_at('privacy').title})” in place of" in form
    assert f'href="{way_back(first(Menu))}"' in form
    assert "It is as it was" in said
    assert reader.get("/privacy/", secure=True).content == before


def test_form_says_who_changed_what_and_the_screen_says_what_goes_back(editor):
    call_it(editor, "Heard", palette=Brand.load().palette)
    new = words_of(editor.get(setting_address("brand")))
    assert len(kept.every(Brand.load())) == 1
    call_it(editor, "Told", strapline="By people")

    form, look = (words_of(editor.get(address)) for address in (setting_address("brand"), way_back(first(Brand))))

    assert "Earlier" not in new
    assert "Name: “Told” in place of “Heard”; Strapline: with “By people”" in form
    assert "edith</strong>" in form
    [way] = re.findall('href="#([^"]+)">See what it was', form)
    assert f'id="{way}"' in form, "the way to what it was leads nowhere"
    assert "Put this back" in look
    assert "<li>Name: “Heard” in place of “Told”</li>" in look
    assert "<dd>Heard</dd>" in look


def test_what_is_not_fit_any_more_is_said_and_nothing_changes(editor):
    call_it(editor, "Told")
    version = first(Brand)
    version.content["palette"] = "neon"
    version.save()

    said = words_of(editor.post(way_back(version), follow=True))

    assert "It can’t be put back as it was. Palette:" in said
    assert "Nothing has changed" in said
    assert (Brand.load().name, len(kept.every(Brand.load()))) == ("Told", 2)


def test_only_who_may_change_a_setting_looks_at_what_it_was(editor, coordinator):
    coordinator.post(setting_address("exit"), {"target": Exit.Target.NEWS})
    call_it(editor, "Told")
    of_exit, of_brand = way_back(first(Exit)), way_back(first(Brand))
    wrong = reverse("setting_earlier", args=["campaign", "brand", Brand.load().pk, first(Exit).pk])

    for address, other in ((of_exit, editor), (of_brand, coordinator)):
        assert other.get(address).url == other.post(address).url == "/admin/"
    coordinator.post(of_exit)

    assert Exit.load().target == Exit.Target.WEATHER
    assert Brand.load().name == "Told"
    assert editor.get(wrong).status_code == 404
