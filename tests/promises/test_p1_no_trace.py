"""P1 No trace: a real server, a visit full of canaries, and then every place where one could lie."""

import os
import secrets
import sqlite3

import psycopg
import pytest

from tests import running_site

pytestmark = [pytest.mark.slow, pytest.mark.served]

ADDRESS = "203.0.113.77"


@pytest.fixture(scope="module")
def canaries():
    return {
        name: f"{name}canary{secrets.token_hex(6)}" for name in ("words", "giveaway", "agent", "referrer", "message")
    }


@pytest.fixture(scope="module")
def sqlite_site(tmp_path_factory):
    with running_site.serve_demo(tmp_path_factory.mktemp("canary"), TRUSTED_PROXIES="127.0.0.1") as site:
        site.tables = lambda: _sqlite_tables(site.data_dir / "heard.sqlite3")
        yield site


@pytest.fixture(scope="module")
def postgresql_site(tmp_path_factory):
    url = _fresh_database()
    folder = tmp_path_factory.mktemp("canary-postgresql")
    with running_site.serve_demo(folder, TRUSTED_PROXIES="127.0.0.1", DATABASE_URL=url) as site:
        site.tables = lambda: _postgresql_tables(url)
        yield site


STORES = ["sqlite_site", pytest.param("postgresql_site", marks=pytest.mark.postgresql)]


@pytest.mark.parametrize("store", STORES)
def test_no_canary_is_in_any_table_file_or_line_before_and_after_withdrawal(store, canaries, request):
    site = request.getfixturevalue(store)
    visitor = _visitor(site, canaries)
    code = visitor.tell(canaries["words"], giveaways=canaries["giveaway"], consent_publish="on")
    assert canaries["words"] in visitor.come_back(code)
    visitor.post("/return/", step="message", message=canaries["message"])
    assert canaries["message"] in visitor.come_back(code)

    before = _found(site, canaries, code)
    visitor.post("/return/", step="withdraw")
    visitor.post("/return/", step="withdraw-now")
    assert canaries["words"] not in visitor.come_back(code)
    after = _found(site, canaries, code)

    assert before == []
    assert after == []
    assert visitor.cookies == []


def test_the_search_finds_what_is_published_so_that_it_means_something(sqlite_site):
    places = {place for place, data in _places(sqlite_site) if b"civil matter" in data}

    assert any("heard.sqlite3" in place for place in places)
    assert any(place.startswith("table stories_story") for place in places)


@pytest.mark.parametrize("path", ["/no-such-page/", "/stories/nosuchstory0/", "/tell/form/?x=1", "/return/?code=ABCD"])
def test_mistaken_visits_leave_no_line_in_the_log(path, canaries, sqlite_site):
    before = len(sqlite_site.said)

    _visitor(sqlite_site, canaries).get(path)

    assert sqlite_site.said[before:] == []


def _visitor(site, canaries):
    headers = {"User-Agent": canaries["agent"], "Referer": f"https://{canaries['referrer']}.example/"}
    return running_site.Visitor(site.url, **headers, **{"X-Forwarded-For": ADDRESS})


def _found(site, canaries, code):
    grouped = "-".join(code[start : start + 4] for start in range(0, 16, 4))
    sought = [*canaries.values(), code, grouped, code.lower(), grouped.lower(), ADDRESS]
    return [(place, secret) for place, data in _places(site) for secret in sought if secret.encode() in data]


def _places(site):
    """Everything that was written down: rows, files (the database's own bytes too), printed lines."""
    yield from site.tables()
    for folder, _, names in os.walk(site.data_dir):
        if "/static" in folder:
            continue
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                yield path, file.read()
    yield "what it printed", "".join(site.said).encode()


def _sqlite_tables(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):
                yield f"table {table}", b"\0".join(_as_bytes(value) for value in row)


def _postgresql_tables(url):
    with psycopg.connect(url) as database:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        for (table,) in database.execute(names).fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
                yield f"table {table}", b"\0".join(_as_bytes(value) for value in row)


def _as_bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _fresh_database():
    server = os.environ["TEST_POSTGRESQL_URL"]
    name = f"canary_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}")
    return server.rsplit("/", 1)[0] + f"/{name}"
