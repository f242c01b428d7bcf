"""A served site whose PostgreSQL, replica and Redis are stopped and frozen: what readers and contributors get.

Where a server would let them wait without end, a visitor of ours would give up and fail.
"""

import os
import subprocess
from contextlib import closing

import psycopg
import pytest

from stories.core import replica as replicas
from tests import made_database, running_site, servers
from tests.running_site import Visitor
from tests.site.heard.test_postgresql import ask, lateness, opened

pytestmark = [pytest.mark.served, pytest.mark.servers, pytest.mark.postgresql]
WORDS = "I rang 101 on a wet evening, and nobody ever rang me back about it."
PATIENCE = 20  # seconds, and four times what anybody has to wait


@pytest.fixture(scope="module")
def primary():
    with servers.running(servers.PostgreSQL().lay().start()) as (server,):
        source = os.environ["TEST_POSTGRESQL_URL"]
        name = made_database.template(source)
        made = [servers.binaries() / "pg_dump", f"{source.rsplit('/', 1)[0]}/{name}"]
        with subprocess.Popen(made, stdout=subprocess.PIPE) as dump:
            subprocess.run(["psql", "-q", server.url], stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
        yield server


@pytest.fixture(scope="module")
def standby(primary):
    with servers.running(primary.standby()) as (server,):
        yield server


@pytest.fixture(scope="module")
def redis():
    with servers.running(servers.Redis().start()) as (server,):
        yield server


@pytest.fixture(scope="module")
def site(primary, standby, redis, tmp_path_factory):
    where = {"DATABASE_URL": primary.url, "DATABASE_REPLICA_URL": standby.url, "CACHE_URL": redis.url}
    with running_site.serve_demo(tmp_path_factory.mktemp("demo"), **where) as site:
        yield site


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    monkeypatch.setattr(running_site, "LONGEST_ANSWER", PATIENCE)


@pytest.fixture
def visitor(site):
    return Visitor(site.url)


def story_of(visitor):
    # Each process leaves a server alone for a while that was away in the test before.
    servers.until(is_well(visitor, *["/stories/"] * 9))
    return running_site.STORY.search(visitor.page)[0]


def statuses(visitor, *paths):
    return [(visitor.get(path), visitor.status)[1] for path in paths]


def is_well(visitor, *paths):
    return lambda: statuses(visitor, *paths) == [200] * len(paths)


@pytest.mark.parametrize("way", servers.WAYS)
def test_postgresql_is_away(way, site, primary, visitor):
    story = story_of(visitor)
    asked = ("/get-help/", "/cy/privacy/")
    told = {"adult": "yes", "account": WORDS}
    servers.until(is_well(visitor, *asked, story))
    teller = Visitor(site.url)
    teller.get("/tell/form/")
    teller.post("/tell/form/", step="check", **told)

    with servers.away(primary, way):
        # Until two seconds after it was read last.
        servers.until(lambda: statuses(visitor, *[story] * 9) == [503] * 9)
        assert "Please come back in a few minutes" in visitor.page
        closed = (story, "/stories/", "/stories.json", "/stories/?q=police")
        assert statuses(visitor, *asked, *closed) == [200] * 2 + [503] * 4
        assert statuses(visitor, "/healthz", "/leave/") == [503, 303]
        hidden = teller.hidden()
        teller.post("/tell/form/", step="send", **told)
        assert teller.status == 503
        assert WORDS in teller.text()

    servers.until(is_well(visitor, story, *asked))
    form = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in hidden.items())

    def is_taken():
        teller.page = form
        teller.post("/tell/form/", step="send", **told)
        return teller.status == 200

    servers.until(is_taken)
    code = teller.code()
    # A busy machine may say once more that it can’t just now; an account that was lost never comes.
    servers.until(lambda: WORDS in visitor.come_back(code))


def test_replica_stands_still_and_what_goes_down_is_down(site, standby, visitor):
    story = story_of(visitor)
    with psycopg.connect(standby.url, autocommit=True) as other:
        other.execute("SELECT pg_wal_replay_pause()")
        servers.until(lambda: other.execute("SELECT pg_get_wal_replay_pause_state()").fetchone() == ("paused",))
        visitor.get(f"/take-down/?story={story.split('/')[2]}")
        visitor.post("/take-down/", ground="about-me")

        servers.until(lambda: statuses(visitor, *[story] * 9) == [410] * 9)
        # Another process may answer, whose look at the edition still holds for its second.
        servers.until(lambda: story not in visitor.get("/stories/"))
        other.execute("SELECT pg_wal_replay_resume()")


@pytest.mark.parametrize("way", servers.WAYS)
def test_replica_is_away_and_the_primary_answers(way, site, standby, visitor):
    story = story_of(visitor)
    with servers.away(standby, way):
        # None of them is kept.
        paths = [f"/stories/?q=word{number}" for number in range(5)]
        assert statuses(visitor, story, "/stories/", *paths, "/healthz") == [200] * 8

    servers.until(is_well(visitor, story))


def test_replica_is_late_five_seconds_after_it_stood_still(primary, standby, monkeypatch, django_db_blocker):
    later, one, other = lateness(monkeypatch), opened(primary), opened(standby)
    monkeypatch.setattr(replicas, "connection", one)
    monkeypatch.setattr(replicas, "connections", {"replica": other})

    with django_db_blocker.unblock(), closing(one), closing(other):
        assert [later(9), later(9)] == [False, False]
        ask(other, "SELECT pg_wal_replay_pause()::text")
        servers.until(lambda: ask(other, "SELECT pg_get_wal_replay_pause_state()") == "paused")
        ask(one, "SELECT pg_switch_wal()::text")
        assert [later(9), later(4), later(2)] == [False, False, True]
        ask(other, "SELECT pg_wal_replay_resume()::text")
        servers.until(lambda: not later(9))

        standby.stop()
        other.close()
        assert [later(4), later(2)] == [False, True]
        standby.start()
        servers.until(lambda: not later(9))


# Last: for some seconds after it each process leaves Redis alone, and keeps no page.
@pytest.mark.parametrize("way", servers.WAYS)
def test_redis_is_away(way, site, redis, visitor):
    story = story_of(visitor)

    with servers.away(redis, way):
        seen = statuses(visitor, "/", "/stories/", story, "/stories/?q=police", "/tell/form/")
        code = Visitor(site.url).tell(WORDS)

    assert seen == [200] * 5
    assert WORDS in visitor.come_back(code)
