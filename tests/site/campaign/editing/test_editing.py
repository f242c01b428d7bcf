import json
from datetime import time

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from campaign.models import Brand, Exit, HelpLine, HomePage, Menu
from campaign.models.settings import ALLOWED_SITES
from tests.site.campaign.asking import edit_address, page_at, words_at
from tests.site.campaign.posting import unchanged

DRAFT = "Words that nobody has published"


def content(**changes):
    """What the editor of the page about privacy posts."""
    body = streamfield([("heading", "Kept"), ("text", rich_text(f"<p>{DRAFT}</p>"))])
    return unchanged(page_at("privacy"), **{"intro": "", "why_it_stays": "", "body": body} | changes)


def test_what_an_editor_publishes_or_adds_is_public_at_once(editor, reader, django_capture_on_commit_callbacks):
    add = reverse("wagtailadmin_pages:add", args=["campaign", "contentpage", HomePage.objects.get().pk])
    reader.get("/privacy/", secure=True)

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(edit_address(page_at("privacy")), content() | {"action-publish": "1"})
    editor.post(add, content(title="Who we are", slug="who-we-are") | {"action-publish": "1"})

    words = reader.get("/privacy/", secure=True).content.decode()
    assert DRAFT in words
    assert '<h2 id="kept">Kept</h2>' in words
    assert "<h1>Who we are</h1>" in reader.get("/who-we-are/", secure=True).content.decode()


@pytest.mark.parametrize("slug", ["heard", "privacy", "news", "how-heard-works"])
def test_the_preview_of_each_kind_of_page_shows_the_draft(editor, slug):
    page = page_at(slug)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])

    told = editor.post(address, unchanged(page, title=DRAFT, intro=DRAFT))
    shown = editor.get(f"{address}?in_preview_panel=true")

    assert json.loads(told.content)["is_valid"]
    assert shown.status_code == 200
    assert DRAFT in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"


def test_checks_of_a_draft_run_beside_its_form_alone_and_those_who_may_edit_see_it(editor, moderator, reader):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page_at("privacy").pk])
    editor.post(address, content())

    beside = editor.get(f"{address}?in_preview_panel=true").content.decode()
    alone = editor.get(address).content.decode()

    assert "wagtailadmin/js/userbar.js" in beside
    assert "wagtailadmin" not in alone
    assert "wagtailadmin" not in reader.get("/privacy/?in_preview_panel=true", secure=True).content.decode()
    assert DRAFT not in moderator.post(address, content(), follow=True).content.decode()
    assert moderator.get(address).status_code == 302


def test_coordinator_alone_chooses_both_exits_and_from_the_list_alone(
    editor, moderator, coordinator, reader, django_capture_on_commit_callbacks
):
    address = setting_address("exit")
    for other in (editor, moderator):
        other.post(address, {"target": ALLOWED_SITES[1][0]}, follow=True)
    assert not Exit.objects.filter(target=ALLOWED_SITES[1][0]).exists()

    for target in dict(ALLOWED_SITES):
        with django_capture_on_commit_callbacks(execute=True):
            coordinator.post(address, {"target": target}, follow=True)

        for path in ("/privacy/", "/tell/form/"):
            assert f'data-exit-to="{target}"' in reader.get(path, secure=True).content.decode()
        assert reader.get("/leave/", secure=True).headers["Location"] == target
    coordinator.post(address, {"target": "https://elsewhere.example/"}, follow=True)
    assert Exit.load().target == target
    assert coordinator.get(address).status_code == 200
    assert reverse("wagtailsnippets_campaign_exit:list") in coordinator.get("/admin/").content.decode()


def test_an_editor_changes_the_menu(editor, reader):
    page = ("page", {"page": page_at("privacy").pk, "title": "What we keep"})
    links = streamfield([page, ("part", {"part": "/stories/", "title": ""})])

    editor.post(setting_address("menu"), nested_form_data({"header": links, "footer": streamfield([])}), follow=True)

    words = words_at(reader, "/the-law/")
    assert '<a class="menu__link" href="/privacy/">What we keep</a>' in words
    assert '<a class="menu__link" href="/stories/">Stories</a>' in words
    assert 'class="menu__link" href="/news/"' not in words


def test_hours_may_run_over_the_end_of_the_week():
    value = {"first_day": "5", "last_day": "1", "opens": time(9), "closes": time(17, 30)}
    line = HelpLine(open=HelpLine.Open.LISTED, opens=[("hours", value)])

    assert line.for_furniture()["opens"] == [{"days": [5, 6, 0, 1], "from": "09:00", "to": "17:30"}]


def setting_address(name):
    setting = {"brand": Brand, "exit": Exit, "menu": Menu}[name].load()
    return reverse(f"wagtailsnippets_campaign_{name}:edit", args=[setting.pk])
