"""People and groups: what Wagtail's own screens don't do here, and what the list of people says."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from moderation.team.permissions import EDITORS, MODERATORS
from tests import factories
from tests.moderation import room
from tests.moderation.team.changing import bulk, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db):
    return factories.person("root", is_superuser=True, is_staff=True)


def _form(name, **more):
    return {"username": name, "email": f"{name}@heard.example", "first_name": name.title(), "is_active": "on"} | more


def test_coordinator_changes_or_adds_a_person_but_makes_no_administrator(coordinator):
    erin = factories.person("erin")
    change = reverse("wagtailusers_users:edit", args=[erin.pk])
    passwords = dict.fromkeys(("password1", "password2"), factories.PASSWORD)
    assert coordinator.get(reverse("wagtailusers_users:add")).status_code == 200

    answer = coordinator.post(change, _form("erin", is_superuser="on", groups=ids(EDITORS)))
    coordinator.post(reverse("wagtailusers_users:add"), _form("new", is_superuser="on", **passwords))

    assert answer.status_code == 302
    assert User.objects.get(pk=erin.pk).first_name == "Erin"
    assert set(User.objects.filter(is_superuser=False).values_list("username", flat=True)) >= {"erin", "new"}


def test_coordinator_neither_changes_nor_ends_an_administrator_nor_gives_them_a_password(coordinator, root):
    theirs = dict.fromkeys(("password1", "password2"), "a password of their own")

    coordinator.post(reverse("wagtailusers_users:edit", args=[root.pk]), _form("root", **theirs))
    coordinator.post(f"/admin/users/copy/{root.pk}/", _form("root", **theirs))
    coordinator.post(bulk("set_active_state", "root"), {"mark_as_active": "False"})

    now = User.objects.get(pk=root.pk)
    assert now.check_password(factories.PASSWORD)
    assert (now.first_name, now.is_active) == (root.first_name, True)


def test_an_administrator_still_changes_another(root):
    other = factories.person("other", is_superuser=True, is_staff=True)
    browser = factories.client_of(root, unlocked=False)

    browser.post(reverse("wagtailusers_users:edit", args=[other.pk]), _form("other"))

    assert User.objects.get(pk=other.pk).first_name == "Other"


def test_group_that_code_asks_for_is_neither_deleted_nor_renamed(root):
    browser = factories.client_of(root, unlocked=False)
    ours, other = Group.objects.get(name=MODERATORS), Group.objects.create(name="Trustees")

    for group in (ours, other):
        browser.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    pages = {f"page_permissions-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    page = browser.post(reverse("wagtailusers_groups:edit", args=[ours.pk]), {"name": "Readers"} | pages)

    assert Group.objects.filter(name=MODERATORS).exists()
    assert not Group.objects.filter(name="Trustees").exists()
    assert "stays, and is called so" in page.content.decode()


def test_nobody_is_deleted_even_by_a_superuser_on_their_page_or_from_the_list(root):
    plain = factories.person("plain")
    browser = factories.client_of(root, unlocked=False)

    response = browser.post(reverse("wagtailusers_users:delete", args=[plain.pk]), follow=True)
    browser.post(bulk("delete", "plain"))

    assert User.objects.filter(pk=plain.pk).exists()
    assert "Make plain inactive instead" in room.text_of(response)


def test_list_says_how_each_key_and_second_step_stands_and_counts_nobodys_work(alice, carol):
    factories.moderator("eve", admitted_days_ago=1)
    factories.moderator("zed", admitted_days_ago=None)
    factories.person("erin", EDITORS)
    factories.person("root", is_superuser=True)

    people = room.see(factories.client_of(alice), "room_people").context["people"]

    assert {person["user"].username: (person["key"], person["has_factor"]) for person in people} == {
        "alice": ("Reads and agrees", True),
        "eve": ("Reads; agrees once 48 hours have passed", False),
        "zed": ("Waits to be admitted", False),
        **dict.fromkeys(("carol", "erin", "root"), ("No key", False)),
    }
