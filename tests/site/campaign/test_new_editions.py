import pytest
from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.images import get_image_model
from wagtail.signals import published, unpublished
from wagtail.snippets.models import get_snippet_models

from campaign import snapshots
from campaign.models import ContentPage, HomePage
from stories.models import ContentNote, Demand, Edition, Force, Outcome, Response, Theme
from tests.site.campaign.asking import page_at


def number():
    return Edition.objects.get(pk=1).number


def publish(page):
    page.save_revision().publish()


CHANGES = {
    "a page is published": lambda: publish(page_at("privacy")),
    "a page is unpublished": lambda: page_at("how-heard-works").unpublish(),
    "a page is moved": lambda: page_at("for-press").move(page_at("privacy"), pos="last-child"),
}


# Lists of the stories' side, which begin a new edition by a signal of their own.
OF_THE_STORIES = (ContentNote, Demand, Force, Outcome, Response, Theme)


def test_every_snippet_setting_and_picture_is_watched():
    kept = {*get_snippet_models(), get_image_model()}

    assert kept == {*snapshots.LIVE_MODELS, *snapshots.DRAFT_MODELS, *OF_THE_STORIES}


def test_visible_change_of_what_is_watched_begins_one_and_no_draft_being_typed_does(laid):
    live = (*snapshots.LIVE_MODELS, *OF_THE_STORIES)
    begins = [(model, change, 1) for model in live for change in (post_save, post_delete)]
    for model in snapshots.DRAFT_MODELS:
        begins += [(model, post_save, 0), *((model, change, 1) for change in (published, unpublished, post_delete))]
    told = {"created": False, "raw": False, "using": "default", "update_fields": None, "revision": None}
    for model, change, many in begins:
        before = number()

        change.send(model, instance=model(), **told)

        assert number() == before + many, (model, change)


def test_one_new_edition_begins_when_a_page_is_published_unpublished_or_moved(laid):
    for what, change in CHANGES.items():
        before = number()

        change()

        assert number() == before + 1, what


def test_a_deleted_page_begins_one_after_it_is_gone(laid):
    page_at("for-press").delete()

    kept = Edition.objects.get(pk=1).made[settings.VERSION]["furniture"]["footer"]

    assert "/for-press/" not in [link["url"] for link in kept]


def test_a_draft_begins_none(laid):
    before = number()
    page = page_at("privacy")
    page.title = "Being written"

    page.save_revision()
    HomePage.objects.get().add_child(instance=ContentPage(title="New", slug="new", live=False))

    assert number() == before


def test_editions_begin_again_after_a_failure_while_they_were_held_back(laid):
    with pytest.raises(RuntimeError), snapshots.one_edition():
        raise RuntimeError
    before = number()

    publish(page_at("privacy"))

    assert number() == before + 1
