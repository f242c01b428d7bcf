import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from moderation import policies
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.client_of(factories.person("charlie", policies.COORDINATORS), unlocked=False)


def test_coordinator_changes_a_person_but_makes_no_administrator(coordinator):
    erin = factories.person("erin")
    address = reverse("wagtailusers_users:edit", args=[erin.pk])
    editors = Group.objects.get(name=policies.EDITORS)
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
