"""What was public is taken off the site and not deleted, so that an editor's slip can be taken back."""

import html

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaign import wagtail_hooks
from campaign.models import Addressee, ContentPage, HelpLine, NewsPage, Offence
from stories.core import snapshot
from tests import factories
from tests.site.campaign import asking
from tests.site.campaign.asking import page_at


def news(title, *, live):
    return page_at("news").add_child(instance=NewsPage(title=title, live=live))


def public_news():
    page = news("It was public", live=False)
    page.save_revision().publish()
    return page


def unpublished_ask():
    ask = asking.ask()
    ask.unpublish()
    return ask


ROWS = {
    "a page": (public_news, "Unpublish it instead."),
    "a page that a site begins with": (lambda: NewsPage.objects.get(slug="how-heard-works"), "Unpublish it instead."),
    "an ask that was public": (unpublished_ask, "Unpublish it instead."),
    "an offence": (Offence.objects.first, "Put it with the lawyer instead"),
    "a help line": (HelpLine.objects.first, "Take its tick at “Shown” away instead."),
}


def deleting(row):
    if isinstance(row, NewsPage):
        return reverse("wagtailadmin_pages:delete", args=[row.pk])
    return reverse(row.snippet_viewset.get_url_name("delete"), args=[row.pk])


def deleting_many(row):
    model = "wagtailcore/page" if isinstance(row, NewsPage) else row._meta.label_lower.replace(".", "/")
    return f"/admin/bulk/{model}/delete/?id={row.pk}"


def is_there(row):
    return type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("what", ROWS)
@pytest.mark.parametrize("where", [deleting, deleting_many])
def test_editor_is_told_what_to_do_instead(where, what, editor):
    make, instead = ROWS[what]
    row = make()

    answer = editor.post(where(row), follow=True)

    assert is_there(row)
    assert instead in html.unescape(answer.content.decode())
    assert f"/{row.pk}/" in answer.redirect_chain[-1][0], "it leads to the form where that can be done"


def test_draft_takes_no_public_page_along(laid):
    draft = page_at("your-rights").add_child(instance=ContentPage(title="Nobody saw it", live=False))
    assert wagtail_hooks.why_not_delete(draft) is None

    draft.add_child(instance=ContentPage(title="It was public"))

    assert "“It was public” stays" in wagtail_hooks.why_not_delete(draft)


def test_draft_may_go_and_an_administrator_may_delete_what_was_public(editor):
    root = factories.client_of(User.objects.create_superuser("root"), unlocked=False)
    for browser, row in ((editor, news("Nobody saw it", live=False)), (root, public_news())):
        browser.post(deleting(row))

        assert not is_there(row), row


def test_help_line_without_its_tick_is_on_no_page_and_nobody_is_asked_to_check_it(laid, reader):
    line = HelpLine.objects.get(name="Galop")
    shown = reader.get("/get-help/", secure=True).content.decode()

    line.shows = False
    line.save()
    snapshot.forget_snapshot()

    assert "Galop" in shown
    assert "Galop" not in reader.get("/get-help/", secure=True).content.decode()
    assert line not in HelpLine.due(line.last_checked + HelpLine.checked_for)


def test_somebody_always_finds_a_help_line(laid):
    line = HelpLine.objects.filter(audience=HelpLine.Audience.ALL).first()
    HelpLine.objects.exclude(pk=line.pk).update(shows=False)
    line.clean()

    for audience, shows in ((HelpLine.Audience.UNDER_18, True), (HelpLine.Audience.ADULTS, False)):
        line.audience, line.shows = audience, shows
        with pytest.raises(ValidationError, match="last help line for" + (": Adults" if shows else "")):
            line.clean()


def test_what_is_copied_is_never_overwritten_by_its_copy(editor):
    rows = (asking.ask(), Addressee.objects.first(), Offence.objects.first(), HelpLine.objects.first())
    doors = [reverse(row.snippet_viewset.get_url_name("copy"), args=[row.pk]) for row in rows]

    assert {editor.get(door).status_code for door in doors} == {200}
    assert {editor.post(door, {"name": "Another"}).status_code for door in doors} == {405}


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_no_address_does_to_a_page_what_its_screens_refuse(action, editor):
    page = page_at("privacy")
    home = page.get_parent().pk

    door = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    answer = editor.post(door, {"destination_page_id": page_at("news").pk})

    assert answer.status_code == 404
    page.refresh_from_db()
    assert (page.live, page.get_parent(update=True).pk) == (True, home)
