"""`/healthz`, which says ok, or what is late by its cause and nothing else; and which of it is for a proxy to see."""

import os
import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from heard import health
from heard.settings import caches_in
from stories.core import disk_space
from stories.intake import clock as machine_clock, retention
from stories.models import LastRun, QueueKey
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def healthy(queue_key, monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(machine_clock, "is_synchronised", lambda: True)
    retention.run_retention()


def asked():
    response = addresses.ask("/healthz")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    return response.status_code, response.content.decode()


def test_what_is_late_is_named_one_to_a_line_but_erasing_not_in_ten_minutes(monkeypatch, clock):
    LastRun.objects.filter(name=retention.NAME).delete()
    for minutes, answer in ((10, "ok\n"), (1, "late: retention\n")):
        clock.shift(minutes * 60)
        assert asked() == (200, answer), minutes
    retention.run_retention()
    for hours, answer in ((25, "ok\n"), (27, "late: retention\n")):
        LastRun.objects.filter(name=retention.NAME).update(at=timezone.now() - timedelta(hours=hours))
        assert asked() == (200, answer), hours
    QueueKey.objects.all().delete()
    assert asked() == (200, "late: vault\nlate: retention\n")
    monkeypatch.setattr(disk_space, "LEAST_FREE", 10**18)
    assert asked() == (200, "late: disk\nlate: vault\nlate: retention\n")


def test_silent_database_is_told_without_a_word_of_why_and_once(monkeypatch, settings):
    def silent():
        raise OperationalError("canary: password=secret host=10.0.0.9")

    for name in health.IN_DATABASE:
        monkeypatch.setitem(health.SIGNS, name, silent)

    assert asked() == (503, "late: database\n")


def test_each_timer_of_this_machine_is_named_by_its_own_name(tmp_path):
    folder = tmp_path / "clocks"
    folder.mkdir()
    for name, hours in health.HOURS.items():
        file = folder / name
        file.touch()
        for beyond, is_late in ((-0.1, False), (0.1, True)):
            ended = time.time() - (hours + beyond) * 3600
            os.utime(file, (ended, ended))
            assert asked() == (200, f"late: {name}\n" if is_late else "ok\n"), name
        file.unlink()


def test_clock_that_jumped_is_told_and_nothing_that_goes_by_it(tmp_path, monkeypatch):
    (tmp_path / "clocks").mkdir()
    (tmp_path / "clocks" / "backup").touch()
    monkeypatch.setattr(machine_clock, "is_synchronised", lambda: False)
    runs = LastRun.objects.filter(name=retention.NAME)
    for days in (91, -91):
        runs.update(at=timezone.now() - timedelta(days=days))
        os.utime(tmp_path / "clocks" / "backup", times=(runs.get().at.timestamp(),) * 2)

        assert asked() == (200, "late: clock\n"), days


def test_full_disk_and_cache_that_is_away_are_told_and_the_site_goes_on(settings, tmp_path):
    settings.PAGES_ARE_SHARED, settings.CACHES = True, caches_in("redis://127.0.0.1:1")
    assert asked() == (200, "late: cache\n")
    settings.PAGES_ARE_SHARED, settings.DATA_DIR = False, tmp_path / "gone"
    assert asked() == (200, "late: disk\n")


def test_files_that_every_page_names_and_that_are_gone_close_the_site(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "heard.storage.StaticFilesStorage"}}

    assert asked() == (503, "late: static\n")
    (tmp_path / "staticfiles-0.0.9.json").touch()
    assert asked()[0] == 503
    (tmp_path / f"staticfiles-{settings.VERSION}.json").touch()
    assert asked() == (200, "ok\n")
