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


def draft():
    page = page_at("privacy")
    page.title = "Being written"
    page.save_revision()
    HomePage.objects.get().add_child(instance=ContentPage(title="New", slug="new", live=False))


CHANGES = {
    "a page is published": (1, lambda: page_at("privacy").save_revision().publish()),
    "a page is unpublished": (1, lambda: page_at("how-heard-works").unpublish()),
    "a page is moved": (1, lambda: page_at("for-press").move(page_at("privacy"), pos="last-child")),
    "a draft is saved": (0, draft),
}


def test_one_new_edition_begins_when_a_page_is_published_unpublished_or_moved(laid):
    # Also after a failure while they were held back.
    with pytest.raises(RuntimeError), snapshots.one_edition():
        raise RuntimeError
    for what, (many, change) in CHANGES.items():
        before = number()

        change()

        assert number() == before + many, what


# Lists of the stories' side, which begin a new edition by a signal of their own.
OF_THE_STORIES = (ContentNote, Demand, Force, Outcome, Response, Theme)


def test_visible_change_of_what_is_watched_begins_one_and_no_draft_being_typed_does(laid):
    live = (*snapshots.LIVE_MODELS, *OF_THE_STORIES)
    assert {*get_snippet_models(), get_image_model()} == {*live, *snapshots.DRAFT_MODELS}
    begins = [(model, change, 1) for model in live for change in (post_save, post_delete)]
    for model in snapshots.DRAFT_MODELS:
        begins += [(model, post_save, 0), *((model, change, 1) for change in (published, unpublished, post_delete))]
    told = {"created": False, "raw": False, "using": "default", "update_fields": None, "revision": None}
    for model, change, many in begins:
        before = number()

        change.send(model, instance=model(), **told)

        assert number() == before + many, (model, change)


def test_a_deleted_page_begins_one_after_it_is_gone(laid):
    page_at("for-press").delete()

    kept = Edition.objects.get(pk=1).made[settings.VERSION]["furniture"]["footer"]

    assert "/for-press/" not in [link["url"] for link in kept]
