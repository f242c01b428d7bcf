import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.client_of(factories.person("charlie", COORDINATORS), unlocked=False)


def test_coordinator_changes_a_person_but_makes_no_administrator(coordinator):
    erin = factories.person("erin")
    address = reverse("wagtailusers_users:edit", args=[erin.pk])
    editors = Group.objects.get(name=EDITORS)
    fields = {"username": "erin", "email": "e@heard.example", "first_name": "Erin", "last_name": "X", "is_active": "on"}

    answer = coordinator.post(address, fields | {"is_superuser": "on", "groups": [editors.pk]}, secure=True)

    erin = User.objects.get(pk=erin.pk)
    assert answer.status_code == 302
    assert erin.first_name == "Erin"
    assert not erin.is_superuser


def test_coordinator_adds_a_person_who_is_no_administrator(coordinator):
    fields = {"username": "new", "email": "n@heard.example", "first_name": "New", "last_name": "Person"}
    fields |= {"password1": factories.PASSWORD, "password2": factories.PASSWORD, "is_superuser": "on"}

    coordinator.post(reverse("wagtailusers_users:add"), fields, secure=True)

    assert User.objects.filter(username="new", is_superuser=False).exists()


def test_coordinator_does_not_change_an_administrator_or_give_them_a_password(coordinator):
    root = factories.person("root", is_superuser=True, is_staff=True)
    fields = {"username": "root", "email": "r@heard.example", "first_name": "R", "last_name": "X", "is_active": "on"}
    fields |= {"password1": "a password of their own", "password2": "a password of their own"}

    coordinator.post(reverse("wagtailusers_users:edit", args=[root.pk]), fields, secure=True)

    root = User.objects.get(pk=root.pk)
    assert root.check_password(factories.PASSWORD)
    assert root.email == "root@heard.example"


def test_no_address_of_a_copy_gives_an_administrator_a_coordinators_password(coordinator):
    root = factories.person("root", is_superuser=True, is_staff=True)
    theirs = dict.fromkeys(("password1", "password2"), "a password of their own")

    coordinator.post(f"/admin/users/copy/{root.pk}/", {"username": "root"} | theirs, secure=True)

    assert User.objects.get(pk=root.pk).check_password(factories.PASSWORD)


def test_coordinator_does_not_make_an_administrator_inactive_from_the_list(coordinator):
    root = factories.person("root", is_superuser=True, is_staff=True)
    address = f"{reverse('wagtail_bulk_action', args=['auth', 'user', 'set_active_state'])}?id={root.pk}"

    coordinator.post(address, {"mark_as_active": "False"}, secure=True)

    assert User.objects.get(pk=root.pk).is_active


def test_an_administrator_still_changes_another(db):
    root, other = (factories.person(name, is_superuser=True, is_staff=True) for name in ("root", "other"))
    fields = {"username": "other", "email": "o@heard.example", "first_name": "Other", "last_name": "X"}

    browser = factories.client_of(root, unlocked=False)
    browser.post(reverse("wagtailusers_users:edit", args=[other.pk]), fields | {"is_active": "on"}, secure=True)

    assert User.objects.get(pk=other.pk).first_name == "Other"


def test_group_that_code_asks_for_is_neither_deleted_nor_renamed(db):
    browser = factories.client_of(factories.person("root", is_superuser=True, is_staff=True), unlocked=False)
    ours, other = Group.objects.get(name=MODERATORS), Group.objects.create(name="Trustees")

    for group in (ours, other):
        browser.post(reverse("wagtailusers_groups:delete", args=[group.pk]), secure=True)
    pages = {f"page_permissions-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    page = browser.post(reverse("wagtailusers_groups:edit", args=[ours.pk]), {"name": "Readers"} | pages, secure=True)

    assert Group.objects.filter(name=MODERATORS).exists()
    assert not Group.objects.filter(name="Trustees").exists()
    assert "stays, and is called so" in page.content.decode()
