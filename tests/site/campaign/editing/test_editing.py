import json
import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from campaign.models import Brand, Exit, HelpLine, HomePage, Menu, NewsIndexPage, quick_exit
from moderation.team.permissions import MODERATORS
from moderation.urls import room_urlpatterns as rooms
from tests import factories
from tests.site.campaign.finding import page_at

DRAFT = "Words that nobody has published"


def content(**changes):
    """What the editor of a page of words posts."""
    return nested_form_data(
        {
            "title": "Privacy",
            "slug": "privacy",
            "intro": "",
            "seo_title": "",
            "search_description": "",
            "body": streamfield([("heading", "Kept"), ("text", rich_text(f"<p>{DRAFT}</p>"))]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
        }
        | changes
    )


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.full
def test_an_editor_sees_every_starting_page_in_the_editor(editor):
    for page in Page.objects.filter(depth__gt=1):
        assert editor.get(edit_address(page)).status_code == 200, page.title


def test_a_draft_that_an_editor_saves_reaches_no_reader(editor, reader):
    answer = editor.post(edit_address(page_at("privacy")), content())

    assert answer.status_code == 302
    assert DRAFT not in reader.get("/privacy/", secure=True).content.decode()


def test_what_an_editor_publishes_is_public_at_once(editor, reader, django_capture_on_commit_callbacks):
    reader.get("/privacy/", secure=True)

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(edit_address(page_at("privacy")), content() | {"action-publish": "1"})

    words = reader.get("/privacy/", secure=True).content.decode()
    assert DRAFT in words
    assert '<h2 id="kept">Kept</h2>' in words


def test_an_editor_adds_a_page_below_home(editor, reader):
    address = reverse("wagtailadmin_pages:add", args=["campaign", "contentpage", HomePage.objects.get().pk])

    editor.post(address, content(title="Who we are", slug="who-we-are") | {"action-publish": "1"})

    assert "<h1>Who we are</h1>" in reader.get("/who-we-are/", secure=True).content.decode()


def test_an_editor_cannot_add_a_page_where_code_answers(editor):
    address = reverse("wagtailadmin_pages:add", args=["campaign", "contentpage", HomePage.objects.get().pk])

    answer = editor.post(address, content(title="Stories", slug="stories") | {"action-publish": "1"})

    assert "already a part of the site" in answer.content.decode()


def test_the_address_of_a_page_that_the_site_leads_to_stays(editor):
    answer = editor.post(edit_address(page_at("privacy")), content(slug="secrets") | {"action-publish": "1"})

    assert "so its address stays" in answer.content.decode()
    assert page_at("privacy").live


def test_an_editor_submits_a_page_and_another_approves_it(editor, reader):
    page = page_at("privacy")
    editor.post(edit_address(page), content() | {"action-submit": "1"})
    state = page.current_workflow_task_state
    other = factories.client_of(factories.person("ed", "Editors"), unlocked=False)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])

    other.post(address, {"comment": ""})

    assert DRAFT in reader.get("/privacy/", secure=True).content.decode()


def an_hour_passes(revision):
    """As if it had been set for an hour ago."""
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()


HOME = {
    "title": "Heard",
    "slug": "heard",
    "seo_title": "",
    "search_description": "",
    "question": DRAFT,
    "ask": "",
    "named_figure": "",
    "intro": "",
    "tell_words": "",
    "read_words": "",
    "learn_words": "",
    "learn_page": "",
    "figure": "",
    "figure_caution": "",
    "figure_page": "",
}
NEWS_INDEX = {"title": DRAFT, "slug": "news", "intro": "", "seo_title": "", "search_description": ""}
NEWS_ITEM = {"slug": "how-heard-works", "date": "2026-11-01", "author_role": "Editor"}
ACTION = {
    "slug": "train-them",
    "ask": "",
    "to_whom": DRAFT,
    "state": "open",
    "letter": "To {force}",
    **dict.fromkeys(("step_one", "step_two", "step_three", "letter_subject", "letter_to"), ""),
    **dict.fromkeys(("petition_url", "achieved"), ""),
}


@pytest.mark.parametrize(
    ("slug", "posted"),
    [
        ("heard", content(**HOME)),
        ("privacy", content()),
        ("news", content(**NEWS_INDEX)),
        ("how-heard-works", content(**NEWS_ITEM)),
    ],
)
def test_the_preview_of_each_kind_of_page_shows_the_draft(editor, slug, posted):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page_at(slug).pk])

    told = editor.post(address, posted)
    shown = editor.get(f"{address}?in_preview_panel=true")

    assert json.loads(told.content)["is_valid"]
    assert shown.status_code == 200
    assert DRAFT in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("kind", "below", "posted"), [("newspage", "news", NEWS_ITEM), ("actionpage", "actions", ACTION)]
)
def test_the_preview_of_a_page_not_yet_saved_shows_it(kind, below, posted, editor):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["campaign", kind, page_at(below).pk])

    editor.post(address, content(title="Being written", **posted | {"slug": "being-written"}))
    shown = editor.get(address)

    assert shown.status_code == 200
    assert "<h1>Being written</h1>" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]


def test_the_checks_of_a_draft_run_in_the_frame_beside_the_form_and_nowhere_else(editor, reader):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page_at("privacy").pk])
    editor.post(address, content())

    beside = editor.get(f"{address}?in_preview_panel=true").content.decode()
    alone = editor.get(address).content.decode()

    assert "wagtailadmin/js/userbar.js" in beside
    assert "wagtailadmin" not in alone
    assert "wagtailadmin" not in reader.get("/privacy/?in_preview_panel=true", secure=True).content.decode()


def test_an_editor_schedules_news_and_it_comes_by_the_clock(editor, reader):
    address = reverse("wagtailadmin_pages:add", args=["campaign", "newspage", NewsIndexPage.objects.get().pk])
    soon = timezone.localtime(timezone.now() + timedelta(hours=1))
    posted = content(title="Soon", **NEWS_ITEM | {"slug": "soon", "go_live_at": f"{soon:%Y-%m-%d %H:%M}"})

    editor.post(address, posted | {"action-publish": "1"})
    before = reader.get("/news/soon/", secure=True).status_code
    an_hour_passes(Revision.objects.exclude(approved_go_live_at=None).get())
    call_command("publish_scheduled")

    assert before == 404
    assert DRAFT in reader.get("/news/soon/", secure=True).content.decode()


def test_a_preview_is_for_those_who_may_edit(laid):
    moderator = factories.client_of(factories.person("mia", "Moderators"), unlocked=False)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page_at("privacy").pk])

    assert DRAFT not in moderator.post(address, content(), follow=True).content.decode()
    assert moderator.get(address).status_code == 302


def test_an_editor_changes_the_settings_of_the_site(editor, reader):
    editor.post(
        setting_address("brand"), {"name": "Told", "strapline": "", "hashtag": "#Told", "palette": "bark"}, follow=True
    )

    words = reader.get("/privacy/", secure=True).content.decode()
    assert Brand.objects.get().name == "Told"
    assert "Told</a>" in words
    assert "#Told" in words
    assert '<html lang="en-gb" data-palette="bark">' in words


@pytest.mark.parametrize("target", dict(quick_exit.ALLOWED_SITES))
def test_a_coordinator_chooses_where_the_exit_leads_with_a_script_and_without(
    target, coordinator, reader, django_capture_on_commit_callbacks
):
    reader.get("/privacy/", secure=True)

    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(setting_address("exit"), {"target": target}, follow=True)

    for address in ("/privacy/", "/tell/form/"):
        assert f'data-exit-to="{target}"' in reader.get(address, secure=True).content.decode()
    assert reader.get("/leave/", secure=True).headers["Location"] == target


def test_the_exit_leads_only_where_the_list_says(coordinator, reader):
    coordinator.post(setting_address("exit"), {"target": "https://elsewhere.example/"}, follow=True)

    assert not Exit.objects.filter(target="https://elsewhere.example/").exists()
    assert reader.get("/leave/", secure=True).headers["Location"] == quick_exit.DEFAULT_SITE


def test_nobody_but_a_coordinator_and_an_administrator_chooses_where_the_exit_leads(editor, coordinator):
    address = setting_address("exit")
    moderator = factories.client_of(factories.person("mia", MODERATORS), unlocked=False)

    for other in (editor, moderator):
        other.post(address, {"target": quick_exit.ALLOWED_SITES[1][0]}, follow=True)

    assert not Exit.objects.filter(target=quick_exit.ALLOWED_SITES[1][0]).exists()
    assert coordinator.get(address).status_code == 200
    assert reverse("wagtailsnippets_campaign_exit:list") in coordinator.get("/admin/").content.decode()


def test_an_editor_changes_the_menu(editor, reader):
    links = streamfield(
        [
            ("page", {"page": page_at("privacy").pk, "title": "What we keep"}),
            ("part", {"part": "/stories/", "title": ""}),
        ]
    )

    editor.post(setting_address("menu"), nested_form_data({"header": links, "footer": streamfield([])}), follow=True)

    words = reader.get("/the-law/", secure=True).content.decode()
    assert '<a class="menu__link" href="/privacy/">What we keep</a>' in words
    assert '<a class="menu__link" href="/stories/">Stories</a>' in words
    assert 'class="menu__link" href="/news/"' not in words


def test_an_editor_changes_the_hours_of_a_help_line(editor):
    line = HelpLine.objects.get(name="Galop")
    hours = {"first_day": "5", "last_day": "1", "opens": "09:00", "closes": "17:30"}
    fields = {name: getattr(line, name) for name in ("name", "about", "phone", "text_number", "url", "order")}

    editor.post(
        reverse("wagtailsnippets_campaign_helpline:edit", args=[line.pk]),
        nested_form_data(
            {
                **fields,
                "audience": "all",
                "region": "uk",
                "hours_text": "Saturday to Tuesday",
                "open": "listed",
                "opens": streamfield([("hours", hours)]),
                "last_checked": "2026-11-20",
            }
        ),
    )

    line.refresh_from_db()
    assert line.for_furniture()["opens"] == [{"days": [5, 6, 0, 1], "from": "09:00", "to": "17:30"}]


@pytest.mark.full
def test_an_editor_is_shown_no_room_of_the_moderators(editor):
    admin = editor.get("/admin/").content.decode()

    for address in addresses_of_rooms():
        assert editor.get(address).status_code in (302, 403, 404, 405), address
        assert editor.post(address).status_code in (302, 403, 404, 405), address
        assert f'href="{address}"' not in admin


def addresses_of_rooms():
    """Each of the moderators' addresses, with something that fits where it takes an argument."""
    found = []
    for room in rooms:
        route = re.sub(r"<uuid:\w+>", "7d444840-9dc0-11d1-b245-5ffdce74fad2", str(room.pattern))
        found.append(urljoin("/admin/", re.sub(r"<slug:\w+>", "new", re.sub(r"<int:\w+>", "1", route))))
    assert "/admin/queue/" in found
    return found


def setting_address(name):
    setting = {"brand": Brand, "exit": Exit, "menu": Menu}[name].load()
    return reverse(f"wagtailsnippets_campaign_{name}:edit", args=[setting.pk])
