"""What every test may lean on: people with keys, an open vault, a public edition that is read afresh."""

import functools
import gc
import os
import random
import shutil
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.middleware import csrf
from django.utils import timezone, translation

from stories.core import snapshot
from stories.pii import MAX_CHARACTERS, finder
from stories.pii.kinds import InAHurry
from stories.pii.model import names, network
from stories.reading import marked_sets
from tests import at_work, factories, made_database, proxies, running_site, servers, timings
from tests.checkers import fetching
from tests.engines import windows
from tests.journeys import the_way
from tests.site.checks import crawling
from tests.stories.pii.hostile import made_up

# Property tests take the same examples each time, and a slow machine fails none of them.
# `--hypothesis-profile=default` looks further.
hypothesis.settings.load_profile("ci")

# A Wednesday morning in the middle of a month, far from the end of a day, a week and a quarter. A text, and no date
# with a time zone of its own: time-machine would set this process to that zone.
NOW = os.environ.get("TEST_NOW", "2026-12-16T10:30")
SEED = os.environ.get("TEST_SEED", "1")


def pytest_terminal_summary(terminalreporter):
    """Say what a second run needs to be like this one, and which engines died as they began."""
    terminalreporter.write_line(f"TEST_NOW={NOW} TEST_SEED={SEED}")
    # The last report of a test alone tells all of it.
    ended = [each for each in chain(*terminalreporter.stats.values()) if getattr(each, "when", "") == "teardown"]
    again = Counter(engine for each in ended for name, engine in each.user_properties if name == STARTED_AGAIN)
    if again:
        terminalreporter.write_line(f"engines started again: {again.total()} ({', '.join(sorted(again))})")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Modules that work out "this year" while they are imported do it on the tests' day."""
    with time_machine.travel(NOW, tick=False):
        return (yield)


def pytest_addoption(parser):
    parser.addoption("--places", help="run the tests of these places alone, by timings.txt: test, ci, release")
    parser.addoption("--twins", action="store_true", help="run what asks the database and starts no server of the site")


def pytest_configure(config):
    config.pluginmanager.register(timings.Measuring())


# First: xdist reads the groups in the same hook. The order comes last, after pytest-django's own.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Deal the tests out by file: journeys begin, and last come those that commit, which leave the database empty.

    What else is served comes in the order of its files, so that one worker goes on while the other lays the demo.
    """
    _choose(config, items)
    for item in items:
        if _SERVED & set(item.fixturenames):
            item.add_marker("served")
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    yield
    items.sort(key=lambda item: item.path)
    if order := os.environ.get("TEST_ORDER"):
        random.Random(order).shuffle(items)
    items.sort(key=lambda item: (_group(item) != "journeys", _commits(item)))


def _choose(config, items):
    """Leave the tests of the places that were asked for, and of them what can differ from store to store."""
    places, entries = (config.getoption("places") or "").split(","), timings.listed()
    chosen = [item for item in items if places == [""] or timings.place(timings.name_of(item), entries) in places]
    if config.getoption("twins"):
        chosen = [item for item in chosen if _asks_the_database(item)]
    kept = set(map(id, chosen))
    config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
    items[:] = chosen


def _asks_the_database(item):
    is_apart = _SERVED & set(item.fixturenames) or any(map(item.get_closest_marker, ("browser", "engines", "served")))
    asks = {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db")
    return not is_apart and bool(asks)


def _group(item):
    """The name of the tests that one worker takes together."""
    if any(map(item.get_closest_marker, ("browser", "engines", "served"))):
        # The journeys, and with them what else looks at the whole site: laid and crawled once.
        return "journeys" if {"journeys", "checks"} & set(item.path.parts) else "served"
    if item.get_closest_marker("redis"):
        return "redis"
    return f"{item.path.name}{'-commits' if _commits(item) else ''}"


def pytest_collection_finish(session):
    """What lies in memory for the whole run, names and models and tests, needn't be gone through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


# Whatever needs the demo in a process of its own; `-m "not served"` leaves it out.
_SERVED = {"demo_site", "full_site", "postgresql_site"}


def _commits(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def pytest_sessionfinish(session):
    """Throw the kept database away once it was emptied, so that the next run makes it anew."""
    if any(_commits(item) for item in getattr(session, "items", [])):
        name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
        for path in Path(name).parent.glob(f"{Path(name).name}*") if name else []:
            path.unlink()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin with the tables that another round or the demo may have made before: see `made_database`."""
    told = settings.DATABASES["default"]
    if told["ENGINE"].endswith("sqlite3") and not Path(told["TEST"]["NAME"]).exists():
        made_database.copy_to(told["TEST"]["NAME"])
    elif told["ENGINE"].endswith("postgresql"):
        told["TEST"]["TEMPLATE"] = made_database.template(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database begins as a new site does, with its starting pages: laying them for each test costs minutes."""
    from campaign.initial_content import creating
    from stories.figures import releases

    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        creating.create_initial_content()
        # As if it were made at this moment: the day of `migrate` is a real one, and may be to come.
        MigrationRecorder.Migration.objects.update(applied=timezone.now())
        releases.renew_security_contact()


@pytest.fixture(autouse=True)
def clock(request):
    """Stands still, unless it is told `clock.shift(60)` or `clock.move_to("2026-11-24T12:50")`.

    Who serves in a process of its own has the machine's clock, and then the test that asks there has it too.
    """
    if any(map(request.node.get_closest_marker, ("served", "browser"))):
        yield None
        return
    with time_machine.travel(NOW, tick=False) as traveller, pytest.MonkeyPatch.context() as patch:
        # The edition's age stands still too; all other seconds that are waited for go on.
        patch.setattr(snapshot, "time", SimpleNamespace(monotonic=time.time))
        yield traveller


@pytest.fixture(autouse=True)
def _record_can_be_emptied(request):
    """Tests that really commit end by emptying every table, which the fences of stories forbid."""
    if not _commits(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        of_it = "" if connection.vendor == "sqlite" else " ON stories_story"
        cursor.execute(f"DROP TRIGGER IF EXISTS heard_story_delete{of_it}")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    _forget()
    yield
    _forget()


def _forget():
    # The language of the last page that was asked for, which might be Welsh.
    translation.deactivate()
    # Stories that were saved, and that no edition followed.
    vars(marked_sets._noted).clear()
    factories.forget()


@pytest.fixture(autouse=True, scope="session")
def _no_token_spells_a_word():
    """Forms carry a random token, and now and then it held what a test looked for: "37", or a name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", "BCDFGHJKLMNPQRSTVWXZ")
        yield


@pytest.fixture(autouse=True)
def _looked_at_once():
    """Let the finder see each text once a run; a test's own name model is asked anew."""
    # Apart from the test's own patches, which have to end before what the fixtures put in order at the end.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finder, "_find", _found_once)
        yield


def _found_once(text, **how):
    found = _found(text, names.likely_names, **how)
    # What was found in a hurry says nothing of the next look.
    return _find(text, **how) if isinstance(found, InAHurry) else list(found)


@functools.lru_cache(maxsize=8192)
def _found(text, likely, **how):
    return _find(text, **how)


_find = finder._find


@pytest.fixture
def costly_look(monkeypatch):
    """Take a costly look at words in a thread of its own; it goes on until this is set, or the test ends."""
    begun, over, labels = threading.Event(), threading.Event(), network.Network.labels

    def slowly(model, windows):
        if threading.current_thread() is thread and not begun.is_set():
            begun.set()
            over.wait(60)
        return labels(model, windows)

    monkeypatch.setattr(network.Network, "labels", slowly)
    # One that a test before left behind ends first: while it lasts, no other is taken.
    assert names._COSTLY_ONE.acquire(timeout=60)
    names._COSTLY_ONE.release()
    thread = threading.Thread(target=names.likely_names, args=[made_up(8, 8), range(0, MAX_CHARACTERS, 9)])
    thread.start()
    assert begun.wait(60)
    yield over
    over.set()
    thread.join()


@pytest.fixture
def away():
    """Call it, and the database answers nothing any more; `age` seconds ago it was read last."""
    # Their patches end before those of every test, which they lie over.
    with pytest.MonkeyPatch.context() as patch, ExitStack() as held:

        def go(age):
            held.enter_context(connection.execute_wrapper(_fails))
            patch.setattr(snapshot, "TRUSTED_SECONDS", 0)
            snapshot._seen = replace(snapshot.last_seen(), asked_at=snapshot.time.monotonic() - age)

        yield go


def _fails(*args):
    raise OperationalError


@pytest.fixture
def queue_key(db):
    return factories.queue_key()


@pytest.fixture
def alice(queue_key):
    """A moderator whose key was admitted days ago; `factories.open_vault(alice)` opens her vault."""
    return factories.moderator("alice")


@pytest.fixture
def bob(queue_key):
    return factories.moderator("bob")


@pytest.fixture
def charlie(queue_key):
    return factories.moderator("charlie")


REQUIRE_ALL = bool(os.environ.get("REQUIRE_ALL"))


def pytest_runtest_setup(item):
    """Skip, with the reason, what this machine can't do; in CI that is an error."""
    for marker, (is_there, reason) in _NEEDS.items():
        if item.get_closest_marker(marker) and not is_there():
            (pytest.fail if REQUIRE_ALL else pytest.skip)(reason)
    # What a test draws does not hang on the tests before it.
    random.seed(f"{SEED} {item.name}")


@pytest.fixture(autouse=True)
def _engines_that_were_started_again(record_property):
    """Tell them with the test's report, which comes from whichever process ran it."""
    windows.started_again.clear()
    yield
    for engine in windows.started_again:
        record_property(STARTED_AGAIN, engine)


STARTED_AGAIN = "engine started again"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport():
    """A skip fails where everything is asked for: said here, before pytest counts and shows it."""
    report = yield
    if REQUIRE_ALL and report.skipped:
        report.outcome = "failed"
    return report


_PROGRAMS = ("age", "age-keygen", "rclone", "pg_dump", "pg_restore", "setpriv")
_NEEDS = {
    "browser": (lambda: bool(running_site.chromium()), "Chromium isn't on this machine (set CHROMIUM to its path)"),
    "engines": (windows.are_here, "Chromium, firefox-esr, WebKitGTK's driver or Xvfb isn't on this machine"),
    "nu": (fetching.has_nu, "the Nu HTML checker isn't here (`make checkers` fetches it, and needs npm and Java)"),
    "lighthouse": (fetching.has_lighthouse, "Lighthouse isn't here (`make checkers` fetches it, and needs Node.js)"),
    "mounts": (lambda: os.geteuid() == 0, "only root mounts a file system"),
    "proxies": (proxies.are_here, "nginx, Caddy or openssl isn't on this machine"),
    "machine": (lambda: all(map(shutil.which, _PROGRAMS)), f"one of {', '.join(_PROGRAMS)} isn't on this machine"),
    "redis": (lambda: bool(os.environ.get("TEST_REDIS_URL")), "TEST_REDIS_URL isn't set"),
    "servers": (servers.are_here, "PostgreSQL's own commands or redis-server aren't on this machine"),
    "postgresql": (lambda: bool(os.environ.get("TEST_POSTGRESQL_URL")), "TEST_POSTGRESQL_URL isn't set"),
}


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demo, really served by granian on loopback, once for all tests; it believes our `X-Forwarded-For`."""
    laid = made_database.demo()
    folder = running_site.copy_folder(laid, tmp_path_factory.mktemp("demo"))
    with running_site.serve_again(folder, TRUSTED_PROXIES="127.0.0.1") as site:
        yield site


@pytest.fixture(scope="session")
def full_site(demo_site, tmp_path_factory):
    """A copy of the demo some months on, with many stories and a page of each kind, served once for all tests."""
    folder = running_site.copy_of(demo_site, tmp_path_factory.mktemp("full") / "demo")
    with running_site.serve_again(running_site.fill(folder)) as site:
        yield site


@pytest.fixture(scope="session")
def crawled(full_site):
    """Every answer of the full site that a link leads to, in both languages."""
    return crawling.crawl(full_site.url)


@pytest.fixture(scope="session")
def team(demo_site):
    """Alice and Bob with an open vault, and Charlie, over HTTP: logging in costs seconds, so once for all tests."""
    moderators = {name: at_work.Colleague(demo_site, name).unlock() for name in ("alice", "bob")}
    return moderators | {"charlie": at_work.Colleague(demo_site, "charlie")}


@pytest.fixture(scope="session")
def stages(demo_site, team):
    """Every page of a contributor's way, in every state: group → name → page."""
    visits = {name: walk(running_site.Visitor(demo_site.url), demo_site, team) for name, walk in the_way.GROUPS.items()}
    return {name: dict(pages) for name, pages in visits.items()}


@pytest.fixture(scope="session")
def chromium():
    """The headless shell where it is on this machine, or else the whole browser."""
    # Playwright leaves a loop running, in which Django refuses to ask its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with running_site.browser(running_site.headless_shell()) as browser:
        yield browser


@pytest.fixture(scope="session")
def whole_chromium(chromium):
    """The browser that people have, for what hangs on more than pages: memory, disk, questions, leaving."""
    with running_site.launch(chromium.browser_type, running_site.chromium()) as browser:
        yield browser
