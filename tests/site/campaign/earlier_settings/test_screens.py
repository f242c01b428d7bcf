"""An editor sees below the form of a setting what it was, looks at it and puts it back; who may not change it can’t."""

import html
import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaign.earlier_settings import kept
from campaign.models import Brand, Exit, Menu
from moderation import policies
from stories.public import edition
from tests import factories
from tests.site.campaign.editing.test_editing import setting_address
from tests.site.campaign.finding import page_at

pytestmark = pytest.mark.slow


LOOK = {"strapline": "", "hashtag": "", "palette": "bark", "accent_light": "", "accent_dark": ""}


def call_it(browser, name, **others):
    browser.post(setting_address("brand"), LOOK | {"name": name} | others)


def after_in(answer):
    return re.search('name="after" value="([^"]*)"', words_of(answer))[1]


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


def test_second_of_two_at_once_sees_what_the_first_changed_and_chooses(editor):
    eve = factories.client_of(factories.person("eve", policies.EDITORS), unlocked=False)
    opened = after_in(editor.get(setting_address("brand")))
    call_it(eve, "Told")

    said = editor.post(setting_address("brand"), LOOK | {"name": "Read", "palette": "bark", "after": opened})

    assert Brand.load().name == "Told"
    assert "eve changed this meanwhile: Name: “Told” in place of “Heard”" in words_of(said)
    assert 'value="Read"' in words_of(said)
    assert words_of(said).count("It stands like this.") == 1
    call_it(editor, "Read", after=after_in(said))
    assert Brand.load().name == "Read"


def test_what_is_put_back_is_not_put_over_what_nobody_has_seen(editor):
    call_it(editor, "Told")
    way = way_back(first(Brand))
    opened = after_in(editor.get(way))
    call_it(editor, "Read")

    said = editor.post(way, {"after": opened}, follow=True)

    assert Brand.load().name == "Read"
    assert "You changed this meanwhile, in another window: Name: “Read” in place of “Told”" in words_of(said)
    editor.post(way, {"after": after_in(said)})
    assert Brand.load().name == "Heard"


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
