"""`/healthz` says ok, or what is late, and nothing else."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from stories.intake import retention
from stories.models import LastRun, QueueKey
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def healthy(queue_key):
    retention.run_retention()


def asked():
    response = addresses.ask("/healthz")
    return response.status_code, response.content.decode()


def test_healthy_site_says_ok(healthy):
    response = addresses.ask("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("hours", "answer"), [(25, (200, "ok\n")), (27, (503, "late: retention\n"))])
def test_retention_is_late_after_26_hours(healthy, hours, answer):
    LastRun.objects.filter(name=retention.NAME).update(at=timezone.now() - timedelta(hours=hours))

    assert asked() == answer


def test_site_without_a_queue_key_is_late(healthy):
    QueueKey.objects.all().delete()

    assert asked() == (503, "late: vault\n")


def test_disk_is_really_looked_at(healthy, monkeypatch):
    monkeypatch.setattr("stories.intake.disk_space.LEAST_FREE", 10**18)

    assert asked() == (503, "late: disk\n")


def test_several_late_things_stand_one_to_a_line(monkeypatch):
    assert asked() == (503, "late: vault\nlate: retention\n")


def test_silent_database_is_told_without_a_word_of_why(healthy, monkeypatch):
    def silent():
        raise OperationalError("canary: password=secret host=10.0.0.9")

    monkeypatch.setattr("stories.intake.receive.is_open", silent)

    assert asked() == (503, "late: database\n")
