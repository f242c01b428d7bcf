import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from moderation.team.permissions import COORDINATORS
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db):
    return factories.person("root", is_superuser=True, is_staff=True)


def test_nobody_is_deleted_even_by_a_superuser(root):
    plain = factories.person("plain")
    browser = factories.client_of(root, unlocked=False)

    response = browser.post(reverse("wagtailusers_users:delete", args=[plain.pk]), follow=True)

    assert User.objects.filter(pk=plain.pk).exists()
    assert "Make plain inactive instead" in room.text_of(response)


def test_nobody_is_deleted_from_the_list_either(root):
    plain = factories.person("plain")
    browser = factories.client_of(root, unlocked=False)

    address = f"{reverse('wagtail_bulk_action', args=['auth', 'user', 'delete'])}?id={plain.pk}"
    browser.post(address)

    assert User.objects.filter(pk=plain.pk).exists()


def test_people_made_inactive_from_the_list_are_inactive(root):
    plain = factories.person("plain")
    address = f"{reverse('wagtail_bulk_action', args=['auth', 'user', 'set_active_state'])}?id={plain.pk}"

    factories.client_of(root, unlocked=False).post(address, {"mark_as_active": "False"})

    plain.refresh_from_db()
    assert not plain.is_active


def test_list_says_how_each_key_stands_and_counts_nobodys_work(alice):
    factories.moderator("eve", admitted_days_ago=1)
    factories.moderator("zed", admitted_days_ago=None)
    factories.person("carol", COORDINATORS)

    people = room.see(factories.client_of(alice), "room_people").context["people"]

    assert {person["user"].username: person["key"] for person in people} == {
        "alice": "Reads and agrees",
        "eve": "Reads; agrees once 48 hours have passed",
        "zed": "Waits to be admitted",
        "carol": "No key",
    }


def test_coordinator_finds_the_way_to_change_people_and_a_moderator_does_not(alice):
    carol = factories.person("carol", COORDINATORS)
    way = reverse("wagtailusers_users:edit", args=[alice.pk])

    assert way in room.text_of(room.see(factories.client_of(carol, unlocked=False), "room_person", alice.pk))
    assert way not in room.text_of(room.see(factories.client_of(alice), "room_person", alice.pk))


def test_list_says_who_has_set_up_a_second_step(alice, bob):
    people = room.see(factories.client_of(alice), "room_people").context["people"]

    assert {person["user"].username: person["has_factor"] for person in people} == {"alice": True, "bob": False}


def test_coordinators_can_add_people_on_a_new_site(db):
    carol = factories.person("carol", COORDINATORS)

    response = factories.client_of(carol, unlocked=False).get(reverse("wagtailusers_users:add"))

    assert response.status_code == 200
