"""A version of a setting is kept with each change, and put back where nothing speaks against it."""

import json
from types import SimpleNamespace

import pytest
from wagtail.contrib.settings.registry import registry
from wagtail.models import ModelLogEntry

from campaign.earlier_settings import in_words, kept
from campaign.models import Brand, Menu
from campaign.models.kept_setting import KeptSetting
from stories.public import edition
from tests import factories
from tests.site.campaign.finding import page_at

pytestmark = pytest.mark.django_db


def change(model, *, by=None, **fields):
    """What the form does once it found nothing wrong."""
    setting = model.load()
    for name, value in fields.items():
        setattr(setting, name, value)
    kept.save(SimpleNamespace(instance=setting, save=lambda: setting.save() or setting), by=by)
    return model.load()


def lead_to(*links):
    return change(Menu, header=json.dumps([{"type": kind, "value": value} for kind, value in links]))


def to_page(slug):
    return ("page", {"page": page_at(slug).pk, "title": "", "title_cy": ""})


def first(setting):
    return kept.every(setting)[-1]


def names(setting):
    return [version.content["name"] for version in kept.every(setting)]


# --- What is kept ---------------------------------------------------------------------------


def test_state_before_the_first_change_is_kept_and_goes_back():
    brand = change(Brand, name="Told")

    kept.put_back(brand, first(brand), by=None)

    assert Brand.load().name == "Heard"
    assert names(brand) == ["Heard", "Told", "Heard"]


def test_putting_back_can_be_taken_back_and_both_stand_in_the_log():
    edith = factories.person("edith", "Editors")
    brand = change(Brand, by=edith, name="Told")
    told = kept.every(brand)[0]
    kept.put_back(brand, first(brand), by=edith)

    kept.put_back(Brand.load(), told, by=edith)

    assert Brand.load().name == "Told"
    assert [version.user for version in kept.every(brand)] == [edith, edith, edith, None]
    deeds = ModelLogEntry.objects.for_instance(brand).filter(user=edith).order_by("pk")
    assert [deed.action for deed in deeds] == ["wagtail.edit", "wagtail.revert", "wagtail.revert"]


@pytest.mark.parametrize("model", [Brand, Menu])
def test_form_saved_as_it_is_leaves_no_version_but_the_first(model):
    change(model)

    assert len(kept.every(change(model))) == 1


def test_what_was_changed_past_the_form_is_kept_at_the_next_change():
    change(Brand, name="Told")
    Brand.objects.update(name="Read")

    assert names(change(Brand, name="Listened")) == ["Listened", "Read", "Told", "Heard"]


def test_what_was_changed_past_the_form_is_kept_when_something_is_put_back():
    brand = change(Brand, name="Told")
    Brand.objects.update(name="Read")

    kept.put_back(Brand.load(), first(brand), by=None)

    assert names(brand) == ["Heard", "Read", "Told", "Heard"]


def test_what_a_version_did_not_have_yet_stays_as_it_is():
    brand = change(Brand, hashtag="#Told")
    version = first(brand)
    del version.content["hashtag"]

    assert kept.as_it_was(brand, version).hashtag == "#Told"


def test_one_change_begins_one_edition(monkeypatch):
    Brand.load()
    bumps = []
    monkeypatch.setattr(edition, "bump", lambda: bumps.append(1))

    kept.put_back(brand := change(Brand, name="Told"), first(brand), by=None)

    assert len(bumps) == 2


def test_every_setting_keeps_its_versions():
    assert registry
    assert all(issubclass(model, KeptSetting) for model in registry)


# --- What speaks against it -----------------------------------------------------------------


def test_colour_that_cannot_be_read_does_not_come_back():
    Brand.load()
    Brand.objects.update(accent_light="#a98bc0", accent_dark="#d3b1e2")
    brand = change(Brand, accent_light="", accent_dark="")

    reason = kept.why_not_put_back(brand, first(brand))

    assert "It can’t be put back as it was. Own colour on light screens:" in reason
    assert "4.5 to 1 is needed" in reason
    assert kept.why_not_put_back(brand, kept.every(brand)[0]) is None


def test_menu_that_leads_to_a_page_that_has_gone_does_not_come_back():
    lead_to(to_page("how-heard-works"))
    menu = lead_to(to_page("privacy"))
    version = kept.every(menu)[1]
    before = kept.why_not_put_back(menu, version)
    page_at("how-heard-works").delete()

    assert before is None
    assert "Menu: A page or a part of the site that it leads to has gone." in kept.why_not_put_back(menu, version)
    assert in_words.of(kept.as_it_was(menu, version))["Menu"] == ["a page that has gone"]


def test_menu_that_leads_to_a_part_that_has_gone_does_not_come_back():
    lead_to(("part", {"part": "/letters/", "title": "", "title_cy": ""}))
    menu = lead_to(to_page("privacy"))

    assert "Menu: A page or a part" in kept.why_not_put_back(menu, kept.every(menu)[1])


@pytest.mark.slow
def test_words_of_a_story_do_not_come_back():
    told = "I rang them every day for a month and nobody could say who had my report or why"
    Brand.load()
    Brand.objects.update(strapline=told)
    brand = change(Brand, strapline="")
    before = kept.why_not_put_back(brand, first(brand))
    factories.live_story(fields={"text": f"{told}."})

    assert before is None
    assert "It can’t be put back as it was." in kept.why_not_put_back(brand, first(brand))


def test_logo_that_was_deleted_does_not_come_back():
    brand = change(Brand, name="Told")
    version = first(brand)
    version.content["logo"] = 4_000

    assert "Logo: it has been deleted." in kept.why_not_put_back(brand, version)


# --- In words -------------------------------------------------------------------------------


def test_link_is_said_as_readers_see_it_and_by_what_it_leads_to():
    named = {"part": "/stories/", "title": "Read", "title_cy": "Darllen"}

    menu = lead_to(("part", named), ("part", {**named, "title": "", "title_cy": ""}), to_page("privacy"))

    assert in_words.of(menu)["Menu"] == ["Read (Stories, Darllen)", "Stories", page_at("privacy").title]


@pytest.mark.parametrize(
    ("was", "became", "said"),
    [
        (["A"], ["B"], ["Menu: “B” in place of “A”"]),
        (["A"], ["A", "B"], ["Menu: with “B”"]),
        (["A", "B"], ["A"], ["Menu: without “B”"]),
        (["A", "B"], ["B", "A"], ["Menu: in another order"]),
        (["A"], ["A"], []),
    ],
)
def test_change_is_said_in_few_words(was, became, said):
    assert in_words.changes({"Menu": was}, {"Menu": became}) == said
