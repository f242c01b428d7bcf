"""What nginx keeps in front of the site: public pages, for the rest of a second, and nothing else."""

import contextlib
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import at_work, proxies, running_site, servers

pytestmark = [pytest.mark.proxies, pytest.mark.served]
GZIP = {"headers": [("Accept-Encoding", "gzip, deflate, br")]}


def until(seconds):
    """What the site says of a page that may be given again for so long."""
    return lambda: f"@{int(time.time()) + seconds}"


@pytest.fixture
def echo():
    with proxies.echoing() as running:
        running.says["Cache-Control"] = lambda: "public, max-age=0, must-revalidate"
        # For as long as a slow machine needs.
        running.says["X-Accel-Expires"] = until(600)
        yield running


@pytest.fixture
def nginx(echo, tmp_path):
    with proxies.nginx(tmp_path, public=echo.port) as running:
        yield running


def test_page_is_asked_for_once_by_however_many(echo, nginx):
    nginx.ask("GET", "/stories/", **GZIP)
    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda _: nginx.ask("GET", "/stories/", **GZIP), range(50)))

    assert len(echo.begun) == 1
    assert {answer.status for answer in answers} == {200}
    assert not [name for answer in answers for name in answer.headers if name.lower().startswith(("x-accel", "age"))]


def test_page_is_asked_for_again_in_the_next_second(echo, nginx):
    echo.says["X-Accel-Expires"] = until(0)

    for _ in range(3):
        nginx.ask("GET", "/stories/", **GZIP)
        next_second()

    assert len(echo.begun) == 3


def next_second():
    time.sleep(1.02 - time.time() % 1)


def test_each_name_packing_and_address_has_its_own(echo, nginx):
    for headers in (GZIP, {}, {"headers": [("Accept-Encoding", "gzip;q=1.0, *;q=0")]}, {"name": proxies.ONION}):
        for path in ("/stories/", "/stories/?theme=waiting"):
            nginx.ask("GET", path, **headers)
            nginx.ask("GET", path, **headers)

    assert sorted(echo.begun) == sorted(["/stories/", "/stories/?theme=waiting"] * 4)


OWN = ("/tell/form/", "/cy/return/", "/take-down/?story=0123456789ab", "/leave/", "/search/?q=my+name")
OWN += ("/stories/?theme=waiting&q=my+name",)


@pytest.mark.parametrize(("method", "path"), [*(("GET", path) for path in OWN), ("POST", "/stories/")])
def test_what_is_somebodys_own_is_given_to_nobody_else_and_kept_nowhere(echo, nginx, method, path):
    for _ in range(3):
        assert nginx.ask(method, path, b"account=mine" if method == "POST" else b"", **GZIP).status == 200

    assert len(echo.begun) == 3
    assert not nginx.kept()


def test_page_of_which_the_site_says_nothing_is_kept_nowhere_and_caddy_says_no_more(echo, nginx, tmp_path):
    (tmp_path / "caddy").mkdir()
    with proxies.caddy(tmp_path / "caddy", public=echo.port) as caddy:
        told = caddy.ask("GET", "/stories/").headers
    echo.begun.clear()
    del echo.says["X-Accel-Expires"]

    assert [nginx.ask("GET", "/status/").status for _ in range(3)] == [200] * 3
    assert len(echo.begun) == 3
    assert not nginx.kept()
    assert not [name for name in told if name.lower().startswith("x-accel")]


@pytest.fixture
def site(demo_site, tmp_path):
    """A site of one's own, that may be killed."""
    copy = running_site.copy_of(demo_site, tmp_path / "demo")
    with running_site.serve_again(copy, TRUSTED_PROXIES="127.0.0.1") as served:
        yield served


@pytest.fixture
def front(site, tmp_path):
    """nginx before it, which asks for it by the name that it has here; `read(path)` is a page as a browser gets it."""
    port = site.url.rpartition(":")[2]
    named = ("proxy_set_header Host $host;", f"proxy_set_header Host 127.0.0.1:{port};")
    scheme = ("proxy_set_header X-Forwarded-Proto $scheme;", "proxy_set_header X-Forwarded-Proto http;")
    (tmp_path / "nginx").mkdir()
    with proxies.nginx(tmp_path / "nginx", public=port, instead=[named, scheme]) as running:
        yield running


def take_down(site, slug):
    """Take a story down, as a moderator's press does."""
    code = "from stories.core import takedown; from stories.models import Story\n"
    at_work.run_in_shell(site, f"{code}takedown.hide_story(Story.objects.get(slug='{slug}'))")


def a_story(site):
    return running_site.STORY.search(running_site.Visitor(site.url).get("/stories/"))[0]


def test_story_that_goes_down_is_gone_in_front(site, front):
    """How soon hangs on what the site says of a page: until the end of its second (`test_ready_pages`)."""
    story = a_story(site)
    assert front.ask("GET", story).status == 200

    take_down(site, story.strip("/").rpartition("/")[2])

    servers.until(lambda: {front.ask("GET", story).status for _ in range(20)} == {410})


def test_killed_site_gives_no_story_after_its_second_and_help_for_a_minute(site, front):
    story = a_story(site)
    for path in (story, "/stories/", "/get-help/", "/patterns/"):
        assert front.ask("GET", path).status == 200, path
    with contextlib.suppress(ProcessLookupError):
        os.killpg(site.process.pid, signal.SIGKILL)
    next_second()

    for path in (story, "/stories/", "/patterns/"):
        answer = front.ask("GET", path)
        assert answer.status in (502, 503), path
        assert "That did not get through" in answer.text
    helping = front.ask("GET", "/get-help/")
    assert (helping.status, "116 123" in helping.text) == (200, True)
