"""Storing together: nobody is told that theirs is stored before it is, or that it is not when it is."""

import fcntl
import os
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from stories.models import LastRun
from stories.public import security_contact
from stories.telling import together

# Only real commits can be waited for, or fail.
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def as_on_sqlite():
    """PostgreSQL gathers commits itself; the turns that are taken here hold there all the same."""
    # A patch of its own: it ends before the tables are emptied, which each store does its own way.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connections["default"]), "vendor", "sqlite")
        yield


class Ended(BaseException):
    """A thread is told to end."""


def writing(name):
    def write():
        LastRun.objects.create(name=name, at="2024-05-06T00:00Z")
        return name

    return write


def failing(error):
    def fail():
        raise error

    return fail


def stored():
    return set(LastRun.objects.exclude(name=security_contact.NAME).values_list("name", flat=True))


def ask(*jobs):
    """Have all of them wait behind a first one, so that they are done as one; returns what each got, in order."""
    got, threads = [None] * len(jobs), []

    def run(place, write):
        try:
            got[place] = together.store(write)
        except BaseException as error:
            got[place] = type(error)
        finally:
            connection.close()

    with together._turn:
        for place, write in enumerate(jobs):
            threads.append(threading.Thread(target=run, args=(place, write)))
            threads[-1].start()
            while len(together._waiting) <= place and threads[-1].is_alive():
                threads[-1].join(0.005)
    for thread in threads:
        thread.join(30)
    return got


def test_all_that_wait_are_stored_by_one_commit(monkeypatch):
    commits = counted(monkeypatch)

    got = ask(*(writing(name) for name in "abc"))

    assert got == ["a", "b", "c"]
    assert stored() == {"a", "b", "c"}
    assert len(commits) == 1


@pytest.mark.parametrize("error", [ValueError, OperationalError, Ended])
def test_one_that_fails_in_whatever_way_fails_alone(error):
    got = ask(writing("a"), failing(error()), writing("c"))

    assert got == ["a", error, "c"]
    assert stored() == {"a", "c"}


def test_commit_that_fails_once_is_made_good_for_each(monkeypatch):
    commits = counted(monkeypatch, failing=1)

    got = ask(*(writing(name) for name in "abc"))

    assert got == ["a", "b", "c"]
    assert stored() == {"a", "b", "c"}
    assert len(commits) == 4


def test_commit_that_always_fails_is_told_to_everybody(monkeypatch):
    with monkeypatch.context() as broken:
        counted(broken, failing=99)
        got = ask(*(writing(name) for name in "abc"))

    assert got == [OperationalError] * 3
    assert stored() == set()


def test_thread_that_ends_in_the_middle_leaves_nobody_believing_that_theirs_is_stored(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(together, "_do_alone", failing_with(Ended))
        got = ask(writing("a"), failing(ValueError()), writing("c"))

    # Whoever of the three comes to the turn first is the thread that ends.
    assert got.count(Ended) == 1
    assert got.count(OperationalError) == 2
    assert ask(writing("d")) == ["d"]
    assert stored() == {"d"}


def test_what_its_contributor_was_told_could_not_be_saved_is_never_stored_with_the_next(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(together, "_turn_among_processes", failing_with(ValueError))
        assert ask(writing("a")) == [ValueError]

    assert ask(writing("b")) == ["b"]
    assert stored() == {"b"}


def test_many_at_once_each_get_their_own():
    names = [f"job {number}" for number in range(40)]

    assert ask(*map(writing, names)) == names
    assert stored() == set(names)


# --- Among processes ------------------------------------------------------------------------


@contextmanager
def another_process():
    """Hold the turn as another process does: with a handle of its own."""
    handle = os.open(settings.DATA_DIR, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(handle)


def test_another_process_is_waited_for():
    together._folder.cache_clear()
    waits = threading.Thread(target=lambda: ask(writing("a")))
    with another_process():
        waits.start()
        waits.join(0.3)
        assert waits.is_alive()
        assert stored() == set()

    waits.join(30)
    assert stored() == {"a"}


def test_without_a_folder_to_wait_at_it_is_stored_all_the_same(settings, tmp_path):
    together._folder.cache_clear()
    settings.DATA_DIR = tmp_path / "missing"

    assert ask(writing("a")) == ["a"]

    together._folder.cache_clear()


def test_no_time_of_it_is_left_on_any_disk():
    together._folder.cache_clear()
    folders = [Path(settings.DATA_DIR), Path(settings.RUN_DIR)]
    before = [_times(folder) for folder in folders]

    ask(writing("a"))
    ask(writing("b"))

    assert [_times(folder) for folder in folders] == before


def _times(folder):
    """Of the folder and of all in it; none, where it isn't there."""
    found = [folder, *folder.rglob("*")] if folder.exists() else []
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in found}


def counted(monkeypatch, *, failing=0):
    """Note each commit; the first `failing` of them fail."""
    commits, commit = [], BaseDatabaseWrapper._commit

    def _commit(self):
        commits.append(self)
        if len(commits) <= failing:
            raise OperationalError("disk I/O error")
        return commit(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", _commit)
    return commits


def failing_with(error):
    def fail(*args):
        raise error

    return fail
