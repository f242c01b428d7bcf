"""Of words that were taken out nothing is left in the file: FTS5 would keep them, were it not told otherwise."""

import hashlib

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from stories.models import Story
from stories.reading.search import store

pytestmark = pytest.mark.store

OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;",
}


@pytest.fixture
def file(tmp_path, db):
    """A database in a file of its own, set as ours is, that holds nothing but search."""
    path, own = tmp_path / "search.sqlite3", connections.databases[DEFAULT_DB_ALIAS]
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": OPTIONS}
    connections.databases["file"] = {**own, **sqlite}
    # Django lets a test ask no database that it wasn't told of, but for one that is open already.
    connections["file"].connect()
    run("CREATE TABLE stories_story (sequence integer, status text)")
    store.create_search("file")
    yield path
    connections["file"].close()
    del connections["file"], connections.databases["file"]


def run(statement):
    with connections["file"].cursor() as cursor:
        cursor.execute(statement)


def own_words(sequence):
    return [hashlib.sha256(f"{sequence} {number}".encode()).hexdigest()[:16] for number in range(3)]


@pytest.fixture(params=["deletes for good", "as an older SQLite"], autouse=True)
def way(request, file, monkeypatch):
    if request.param == "as an older SQLite":
        monkeypatch.setattr(store, "_deletes_for_good", lambda connection: False)
        run("INSERT INTO stories_search(stories_search, rank) VALUES('secure-delete', 0)")


def put(sequences, text=None):
    texts = {each: text or " ".join(["The police came", *own_words(each)]) for each in sequences}
    store.index_story([Story(sequence=each, text=text) for each, text in texts.items()], using="file")


def held(path, sequences):
    """Whether the end of each word stands in the file: it is kept without what it shares with the one before it."""
    run("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = path.read_bytes()
    return [word[-10:].encode() in whole for each in sequences for word in own_words(each)]


def test_no_word_of_what_was_taken_out_or_replaced_is_left_in_the_file(file):
    put(range(1, 100))
    assert all(held(file, range(1, 100, 7)))

    store.take_out(range(1, 100, 7), using="file")
    assert not any(held(file, range(1, 100, 7)))

    put(range(2, 50, 7), "Nothing.")
    assert not any(held(file, range(2, 50, 7)))
    with store._replacing("file", 1000):
        put(range(3, 50, 7), "Nothing.")
    assert not any(held(file, range(3, 50, 7)))
    assert all(held(file, range(4, 100, 7)))
    put([3])
    store.take_out([3], using="file")
    assert not any(held(file, [3]))
