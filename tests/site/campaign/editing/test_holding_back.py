"""A page that would lead straight to somebody isn't public by any way, unless its editor wrote why."""

import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from campaign import initial_content
from campaign.editing import HeldBack
from campaign.models import ContentPage, HomePage, NewsIndexPage, NewsPage
from stories.core import publication_gate
from tests.site.campaign.asking import edit_address, page_at
from tests.site.campaign.posting import unchanged

PHONE, OTHER = "07700 900123", "07700 900456"
WORDS = f"Ring {PHONE} and ask for the shop."
WHY = "It is the number of the regulator, from its own website."
LAID = [page["slug"] for name in ("pages", "languages") for page in initial_content.initial_data(name)]


def publish(browser, page, **changes):
    return browser.post(edit_address(page), unchanged(page, **changes) | {"action-publish": "1"})


def text_of(response):
    return response.content.decode()


def is_public(slug, words=PHONE):
    """True where the row that readers are given holds these words."""
    page = page_at(slug)
    said = f"{page.title} {page.seo_title} {page.search_description} {getattr(page, 'intro', '')}"
    return page.live and words in said


def draft_of(slug, **words):
    """A live page whose newest version, not yet public, holds these words."""
    page = page_at(slug)
    for name, value in words.items():
        setattr(page, name, value)
    page.save_revision(clean=False)
    return page


@pytest.mark.parametrize("slug", ["heard", *LAID])
def test_each_starting_page_is_opened_saved_and_published_unchanged(editor, slug):
    page = page_at(slug)
    assert editor.get(edit_address(page)).status_code == 200

    saved = editor.post(edit_address(page), unchanged(page))
    published = publish(editor, page)

    assert saved.status_code == 302, saved.context and saved.context["form"].errors
    assert published.status_code == 302, published.context["form"].errors
    again = page_at(slug)
    assert again.title == page.title
    assert again.live_revision == again.latest_revision
    if hasattr(page, "body"):
        assert [child.block_type for child in again.body] == [child.block_type for child in page.body]


def test_draft_may_hold_it_and_publishing_is_refused_with_kinds_and_words_come_back(editor):
    page, blank = page_at("how-heard-works"), " \n"
    typed = {"intro": f"{WORDS} Or {OTHER}.", "title": "A title half written", "why_it_stays": blank}

    draft = editor.post(edit_address(page), unchanged(page, **typed))

    assert draft.status_code == 302
    assert PHONE in page_at("how-heard-works").get_latest_revision_as_object().intro
    for action in ("action-publish", "action-submit"):
        answer = editor.post(edit_address(page), unchanged(page, **typed) | {action: "1"})

        said = answer.context["form"].errors["why_it_stays"][0]
        assert "2 × phone number" in said
        assert PHONE not in said
        assert WORDS in text_of(answer)
        assert "A title half written" in text_of(answer)
    assert not is_public("how-heard-works")


def test_reason_lets_it_through_and_the_next_editor_sees_it_and_no_reader(
    editor, reader, looks, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        publish(editor, page_at("privacy"), intro=WORDS, why_it_stays=WHY)

    assert is_public("privacy")
    assert len(looks) == 1
    assert WHY in text_of(editor.get(edit_address(page_at("privacy"))))
    shown = text_of(reader.get("/privacy/", secure=True))
    assert PHONE in shown
    assert WHY not in shown
    looks.clear()
    page_at("privacy").save()
    assert len(looks) == 1


def since(answer):
    return "since the reason below was written: phone number" in answer.context["form"].errors["why_it_stays"][0]


def test_reason_doesnt_speak_for_a_number_that_came_after_it_until_it_is_added_to(editor):
    both = f"{WORDS} Or {OTHER}."
    publish(editor, page_at("how-heard-works"), intro=WORDS, why_it_stays=WHY)

    assert since(publish(editor, page_at("how-heard-works"), intro=both, why_it_stays=WHY))
    editor.post(edit_address(page_at("how-heard-works")), unchanged(page_at("how-heard-works"), intro=both))
    assert since(publish(editor, page_at("how-heard-works").get_latest_revision_as_object()))
    assert not is_public("how-heard-works", OTHER)
    # Nor does one that outlived its number.
    publish(editor, page_at("how-heard-works"), intro="Nothing.", why_it_stays=WHY)
    assert since(publish(editor, page_at("how-heard-works"), intro=f"Ring {OTHER}.", why_it_stays=WHY))

    added = {"intro": both, "why_it_stays": f"{WHY} The second one is its fax."}
    editor.post(edit_address(page_at("how-heard-works")), unchanged(page_at("how-heard-works"), **added))
    assert publish(editor, page_at("how-heard-works"), **added).status_code == 302
    assert publish(editor, page_at("how-heard-works")).status_code == 302
    assert is_public("how-heard-works", OTHER)


def go_back(editor, old, **changes):
    address = reverse("wagtailadmin_pages:revisions_revert", args=[old.object_id, old.pk])
    return editor.post(address, unchanged(old.as_object(), **changes) | {"action-publish": "1"})


def test_old_version_is_refused_too_and_no_reason_speaks_for_what_was_put_into_one(editor):
    old = draft_of("privacy", intro=WORDS).latest_revision
    draft_of("privacy", intro="Nothing.")
    told = draft_of("how-heard-works", intro=WORDS, why_it_stays=WHY).latest_revision
    told.publish()

    assert "phone number" in go_back(editor, old).context["form"].errors["why_it_stays"][0]
    assert not is_public("privacy")
    assert since(go_back(editor, told, intro=f"{WORDS} Or {OTHER}."))


def submit(browser, slug, **changes):
    page = page_at(slug)
    return browser.post(edit_address(page), unchanged(page, **changes) | {"action-submit": "1"})


def test_second_editor_sees_the_reason_and_approves(editor, other):
    submit(editor, "privacy", intro=WORDS, why_it_stays=WHY)
    page = page_at("privacy")

    assert WHY in text_of(other.get(edit_address(page)))
    approve(other, page)

    assert is_public("privacy")


def waiting_for_approval(editor, slug):
    """A version with a phone number that came before an approver without passing the form."""
    submit(editor, slug)
    page = draft_of(slug, intro=WORDS)
    state = page.current_workflow_task_state
    state.revision = page.latest_revision
    state.save()
    return page_at(slug)


def approve(browser, page, **headers):
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return browser.post(address, {"comment": ""}, headers=headers)


def test_approving_is_refused_leads_to_the_form_and_asking_for_changes_is_possible(editor, other):
    page = waiting_for_approval(editor, "privacy")
    data = unchanged(page.get_latest_revision_as_object()) | {"action-workflow-action": "true"}

    answer = approve(other, page)
    window = approve(other, page, **{"x-requested-with": "XMLHttpRequest"})
    shown = text_of(other.get(answer.url))
    from_the_form = other.post(edit_address(page), data | {"workflow-action-name": "approve"})

    assert answer.url == edit_address(page)
    assert json.loads(window.content) == {"step": "success", "redirect": edit_address(page)}
    assert "since the reason below was written: phone number" in shown
    assert "phone number" in from_the_form.context["form"].errors["why_it_stays"][0]
    assert page_at("privacy").workflow_in_progress
    assert not is_public("privacy")
    other.post(edit_address(page), data | {"workflow-action-name": "reject"})
    assert page_at("privacy").current_workflow_state.status == "needs_changes"


SOON = timedelta(hours=2)


def scheduled(at):
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def test_scheduling_it_and_approving_a_day_in_the_future_are_refused(editor, other):
    answer = publish(editor, page_at("how-heard-works"), intro=WORDS, go_live_at=scheduled(timezone.now() + SOON))
    page = waiting_for_approval(editor, "privacy")
    draft_of("privacy", intro=WORDS, go_live_at=timezone.now() + SOON)
    approve(other, page)

    assert "phone number" in answer.context["form"].errors["why_it_stays"][0]
    for each in (page_at("how-heard-works"), page):
        assert not each.revisions.exclude(approved_go_live_at=None).exists()


def test_page_that_is_held_back_is_told_its_editor_and_keeps_no_other_from_its_day(editor, caplog):
    held = draft_of("privacy", title="Ring Dana", intro=WORDS, go_live_at=timezone.now() - SOON, why_it_stays="")
    with_reason = {"intro": WORDS, "why_it_stays": WHY}
    in_time = publish(editor, page_at("how-heard-works"), **with_reason, go_live_at=scheduled(timezone.now() + SOON))
    for page in (held, draft_of("accessibility", intro="A new beginning."), draft_of("how-heard-works", **with_reason)):
        page.revisions.filter(pk=page.latest_revision.pk).update(approved_go_live_at=timezone.now() - SOON)

    call_command("publish_scheduled")

    assert in_time.status_code == 302
    assert (is_public("how-heard-works"), is_public("privacy")) == (True, False)
    assert is_public("accessibility", "A new beginning.")
    told = "has its day and isn't public", "07700", "Dana"
    assert [words in caplog.text for words in told] == [True, False, False]
    shown = text_of(editor.get(edit_address(held)))
    for said in ("isn’t public yet", "could lead straight to somebody: phone number", WORDS):
        assert said in shown, said
    assert "isn’t public yet" not in text_of(editor.get(edit_address(page_at("accessibility"))))


def test_publishing_many_at_once_publishes_none_of_them(editor):
    held, clean = draft_of("privacy", intro=WORDS), draft_of("accessibility", intro="A new beginning.")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = editor.post(f"{address}?next=/admin/&id={clean.pk}&id={held.pk}", {"include_descendants": False})

    assert answer.url == edit_address(held)
    assert "isn’t public yet" in text_of(editor.get(answer.url))
    assert not is_public("privacy")
    assert not is_public("accessibility", "A new beginning.")


@pytest.fixture
def looks(monkeypatch):
    """Each look at the words of a page: how deep within transactions it was."""
    made, look = [], publication_gate.held_back

    def counted(texts):
        made.append(len(connection.savepoint_ids))
        return look(texts)

    monkeypatch.setattr(publication_gate, "held_back", counted)
    return made


def test_publishing_many_looks_once_at_each_and_those_below_before_the_transaction(editor, looks):
    index = NewsIndexPage.objects.get()
    for number in range(2):
        index.add_child(instance=NewsPage(title=f"News {number}", slug=f"news-{number}", date="2026-11-01", live=False))
    index.save_revision(clean=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    outside = len(connection.savepoint_ids)

    editor.post(f"{address}?next=/admin/&id={index.pk}", {"include_descendants": "on"})

    assert page_at("news-1").live
    assert looks == [outside] * 3


def test_publishing_saving_and_adding_by_code_are_refused(laid):
    page = draft_of("privacy", intro=WORDS)
    new = ContentPage(title="Who", slug="who", intro=WORDS)
    ways = (
        *(page.get_latest_revision().publish, page.save, lambda: page.save(update_fields=["intro"])),
        lambda: HomePage.objects.get().add_child(instance=new),
    )
    for way in ways:
        with pytest.raises(HeldBack, match="phone number"):
            way()

    assert not is_public("privacy")


def test_page_that_was_public_before_is_asked_about_when_it_is_published_again(editor):
    page = page_at("privacy")
    type(page).objects.filter(pk=page.pk).update(why_it_stays="", reason_covers=None)

    assert "email address" in text_of(publish(editor, page_at("privacy"), why_it_stays=""))


def test_copy_that_would_be_public_is_refused_in_words_that_fit_or_keeps_its_reason(editor):
    page = page_at("how-heard-works")
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_slug": "again", "new_parent_page": page.get_parent().pk, "publish_copies": "1"}

    answer = editor.post(address, data | {"new_title": f"Ring {PHONE}"})

    shown = text_of(editor.get(answer.url))
    assert "could lead straight to somebody: phone number" in shown
    assert "below" not in re.search("could lead straight[^<]*", shown)[0]
    assert "Everything you typed" not in shown
    assert not Page.objects.filter(slug="again").exists()

    publish(editor, page, intro=WORDS, why_it_stays=WHY)
    editor.post(address, data | {"new_title": "Again"})
    assert page_at("again").live
    assert page_at("again").why_it_stays == WHY
