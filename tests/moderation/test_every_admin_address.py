"""The table role × deed, and every address of the admin asked as five people: docs/roles.md says what each answers."""

import copy
import uuid

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Site, Task, Workflow

from campaign.models import Addressee, Ask, Brand, ContentPage, Exit, HomePage, Menu, Picture
from docs import admin_addresses, write_roles
from moderation.models import Contact, ModeratorKey, ReadyWords
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS, PERMISSIONS, why_not
from stories.models import Response
from tests import factories
from tests.moderation import room
from tests.moderation.team.second_step import new_browser
from tests.site.campaign import asking

pytestmark = pytest.mark.django_db

SUPERUSER, NOBODY = "superuser", "nobody"
ROLES = (MODERATORS, COORDINATORS, EDITORS)
BARE = {"IntConverter": 1, "UUIDConverter": uuid.UUID(int=1)}
# What the room's own forms with words carry; the others don't look at it.
OURS = ("room_", "vault_")
# Wagtail's that ask for a right only where they store something.
ONLY_BY_POST = ("wagtailadmin_api:pages:action", "wagtailadmin_pages:move_confirm")


@pytest.fixture
def five(queue_key):
    """A browser for each of the roles, for a superuser in no group, and for somebody who isn't logged in."""
    people = [factories.moderator("mo"), factories.person("coro", ROLES[1]), factories.person("edi", ROLES[2])]
    people.append(factories.person("sue", is_superuser=True, is_staff=True))
    browsers = [factories.client_of(person, unlocked=person.username == "mo") for person in people]
    return dict(zip((*ROLES, SUPERUSER, NOBODY), (*browsers, new_browser()), strict=True))


@pytest.fixture
def unrendered(monkeypatch):
    """Who is let in is asked hundreds of times, and what they would see isn't."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


def test_every_address_that_can_write_has_one_row_and_the_page_says_the_same():
    found = {address.row for address in admin_addresses.writing() if not address.deed}
    listed = [row for _why, rows in write_roles.WAGTAILS.values() for row in rows]

    assert found - set(listed) == set(), "Say in docs/write_roles.py who may, or put the view behind `may`"
    assert set(listed) - found == set(), "These are gone: take them out of docs/write_roles.py"
    assert len(listed) == len(set(listed))
    assert write_roles.PAGE.read_text(encoding="utf-8") == write_roles.as_markdown(), "Run docs/write_roles.py"


def test_role_gives_what_the_table_says_and_an_inactive_one_or_a_superuser_nothing(queue_key):
    people = {role: factories.person(role.lower(), role) for role in ROLES}
    people[SUPERUSER] = factories.person("sue", is_superuser=True, is_staff=True)
    people["inactive"], people[NOBODY] = factories.person("gone", *ROLES, is_active=False), AnonymousUser()

    for who, person in people.items():
        given = {permission for permission in PERMISSIONS if why_not(permission, person) is None}
        assert given == {permission for permission, roles in PERMISSIONS.items() if who in roles}, who


@pytest.mark.usefixtures("unrendered")
def test_whoever_is_not_logged_in_opens_no_address(queue_key):
    outside, opened = new_browser(), []
    outside.raise_request_exception = False
    for address in admin_addresses.every():
        if address.name in write_roles.WAGTAILS[write_roles.DOORS][1]:
            continue
        parts = {part: BARE.get(type(kind).__name__, "x") for part, kind in address.converters.items()}
        # Wagtail writes these as a regular expression, which has no converters.
        ids = [1, 1, 1] if address.name.endswith(":revisions_compare") else []
        given = parts | _special(address)
        where = reverse(address.name, None, ids, given) if address.name != "-" else "/admin/nothing/"
        asked = [outside.get] * address.can_read + [outside.post] * address.can_write
        answers = {_answer(address, ask(where)) for ask in asked}
        if answers - {"log in", "nothing there"}:
            opened.append(f"{address.row}: {answers}")

    assert not opened, "\n".join(opened)


def test_deed_of_a_row_that_waits_is_for_the_roles_of_the_table(five):
    alice = factories.moderator("alice")
    for deed, action in {"agree to a response": "approve", "send a response back": "reject"}.items():
        for who in (*ROLES, SUPERUSER):
            with transaction.atomic():
                entry = factories.an_entry(by=alice)
                state = entry.current_workflow_task_state
                address = reverse("room_answers:workflow_action", args=[entry.pk, action, state.pk])
                response = five[who].post(address, {"revision": state.revision_id, "reason": "blames"})
                transaction.set_rollback(True)
            is_refused = response.status_code == 403 or response.url == reverse("wagtailadmin_home")
            assert is_refused is (who not in PERMISSIONS[deed]), (deed, who)


@pytest.mark.usefixtures("unrendered")
def test_every_address_answers_each_of_five_as_the_page_says(five):
    differing = []
    reading = [address for address in admin_addresses.every() if address.deed and not address.can_write]
    for address in (*admin_addresses.writing(), *reading):
        where = _where(address)
        for who, browser in five.items():
            answer = _answer(address, _ask(browser, address, where))
            if answer not in _expected(address, who):
                differing.append(f"{address.row} answers {who}: {answer}")

    assert not differing, "\n".join(differing)


def _expected(address, who):
    """What this person may be answered: "in", "refused", "log in", or "nothing there" where a row is looked for."""
    if address.deed:
        return _expected_of_ours(address, who)
    group = next(group for group, (_why, rows) in write_roles.WAGTAILS.items() if address.row in rows)
    if group == write_roles.DOORS:
        return ("in", "log in", "refused", "nothing there")
    if who == NOBODY:
        return ("log in", "nothing there") if group == write_roles.NOBODY else ("log in",)
    if group == write_roles.NOBODY:
        # Wagtail has an address that fails on purpose, so that a site's own page for that can be looked at.
        return ("broken",) if address.name == "wagtailadmin_error_test" else ("refused", "nothing there")
    if "where there is one" in group:
        # Nothing of the kind is there, so nobody is let in to anything.
        return ("nothing there", "refused")
    is_theirs = group in (write_roles.EVERYBODY, who) or group == write_roles.TEAM and who in ROLES[:2]
    is_a_superuser = who == SUPERUSER and group not in (MODERATORS, write_roles.TEAM)
    may_find_nothing = _looks_first(address)
    if is_theirs or is_a_superuser:
        return ("in", "nothing there") if may_find_nothing else ("in",)
    return ("refused", "nothing there") if may_find_nothing else ("refused",)


def _looks_first(address):
    """True where a list of ids, or a form that was previewed before, is looked for before anybody's right."""
    names = ("wagtail_bulk_action", "wagtailadmin_collections:delete", "room_stories:inspect")
    return address.name in names and "submission" not in address.row


def _expected_of_ours(address, who):
    if who == NOBODY:
        return ("log in",)
    # A row of which only its id is made up isn't there for whoever may look for it.
    is_theirs = who in PERMISSIONS[address.deed]
    return ("in" if is_theirs else "refused", *["nothing there"] * (is_theirs or _looks_first(address)))


def _answer(address, response):
    if response.status_code >= 500:
        return "broken"
    if told := {403: "refused", 404: "nothing there", 401: "log in"}.get(response.status_code):
        return told
    target = response.url if response.status_code == 302 else ""
    if target.startswith(reverse("wagtailadmin_login")):
        return "log in"
    if address.name.startswith("room_answers:") and "workflow_action" in address.name:
        # Nothing waits there: Wagtail leads away and says so.
        return "nothing there"
    # Wagtail's refusal leads back to the start page, and ours of deleting a person to that person.
    is_kept = address.name == "wagtailusers_users:delete" and "/edit/" in target
    return "refused" if is_kept or target == reverse("wagtailadmin_home") else "in"


def _where(address):
    # Wagtail's last pattern, which is for whatever no other has, has no name.
    return reverse(address.name, kwargs=_arguments(address)) if address.name != "-" else "/admin/nothing-here/"


def _ask(browser, address, where):
    """Ask as a browser would, with a row that is there where one is needed, and undo what it did."""
    is_in = "_auth_user_id" in browser.session
    data = room.token(browser) if address.name.startswith(OURS) and is_in else {}
    is_ours = address.name.startswith((*OURS, *ONLY_BY_POST)) and address.can_write
    posts = is_ours or "GET" not in (address.takes or {"GET"})
    cookies = copy.copy(browser.cookies)
    browser.raise_request_exception = False
    with transaction.atomic():
        response = browser.post(where, data) if posts else browser.get(where)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return response


def _arguments(address):
    """A value for each part of an address: the key of a row that is there, where a view looks for one first."""
    missing = [part for part in address.converters if part not in address.given]
    return {part: _value(address, part) for part in missing} | _special(address) | address.given


def _special(address):
    by_name: dict = {
        "wagtailadmin_api:pages:action": {"action_name": "copy"},
        "room_lane": {"lane": "new"},
        "room_answers:workflow_action": {"action_name": "approve", "task_state_id": 1},
        "room_answers:collect_workflow_action_data": {"action_name": "approve", "task_state_id": 1},
        "wagtailadmin_workflows:add_task": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
        "wagtailadmin_password_reset_confirm": {"uidb64": "MQ", "token": "x-y"},
        "wagtailadmin_tag_model_autocomplete": {"app_name": "taggit", "model_name": "tag"},
    }
    given = by_name.get(address.name, {})
    return {part: value for part, value in given.items() if part in address.converters}


def _value(address, part):
    is_a_page = "page" in part and part != "revision_id"
    if is_a_page or part != "revision_id" and address.name.startswith(("wagtailadmin_pages", "wagtailadmin_explore")):
        page = {"content_type_app_name": "campaign", "content_type_model_name": "contentpage"}
        return page.get(part) or {"app_label": "campaign", "model_name": "contentpage"}.get(part) or _page(part)
    space = address.name.split(":")[0]
    rows = {
        "wagtailadmin_collections": Collection,
        "wagtailadmin_workflows": Task if "task" in address.name else Workflow,
        "wagtailsites": Site,
        "wagtailusers_groups": Group,
        "room_ready_words": ReadyWords,
        "room_safeguarding": Contact,
        "room_answers": Response,
        "wagtailredirects": Redirect,
    }
    is_snippet = space.startswith("wagtailsnippets_")
    model = apps.get_model(*space.split("_")[1:]) if is_snippet else rows.get(space)
    if model is not None:
        row = _row(model)
        return model.objects.get(pk=row).save_revision().pk if part == "revision_id" else row
    return _bare(address, part)


def _page(part="page_id"):
    if part == "page_to_move_id":
        # The pages that the site can't be without are moved by nobody.
        return HomePage.objects.get().add_child(instance=ContentPage(title="A walk by the sea")).pk
    return (HomePage if part in ("parent_page_id", "destination_id") else ContentPage).objects.order_by("pk").first().pk


def _row(model):
    if model is Collection:
        return Collection.get_first_root_node().add_child(name="Pictures of the sea").pk
    if model in (Brand, Exit, Menu):
        return model.load().pk
    if model is Addressee:
        return asking.addressee().pk
    if model is Ask:
        return (model.objects.first() or asking.ask()).pk
    if model is Response and not model.objects.exists():
        factories.a_response(first="mo2", second="mo3")
    if model is Redirect:
        model.objects.get_or_create(old_path="/old", redirect_link="/stories/")
    return model.objects.order_by("pk").first().pk


def _bare(address, part):
    if part == "image_id":
        return (Picture.objects.first() or Picture.objects.create(title="Sea", file=get_test_image_file())).pk
    if part == "revision_id":
        return ContentPage.objects.order_by("pk").first().save_revision().pk
    if address.name.startswith("wagtailusers_users"):
        return ModeratorKey.objects.exclude(moderator__username__in=("mo2", "mo3")).get().moderator_id
    return BARE.get(type(address.converters[part]).__name__, "x")
