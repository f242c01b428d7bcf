"""The shipped nginx.conf and Caddyfile under attack: each runs as it is, before an echo in the site's place."""

import ipaddress
import resource
import subprocess
import time
from contextlib import ExitStack, closing

import pytest
from django.core.cache import cache
from django.core.checks import Tags, run_checks
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from heard import checks
from heard.middleware import limits
from tests import proxies
from tests.proxies import DESK, NAME, ONION

pytestmark = [pytest.mark.proxies, pytest.mark.served]

PROXIES = {"nginx": proxies.nginx, "caddy": proxies.caddy}
FORM, ELSEWHERE = "/tell/form/", "/stories/"
TEN_MB, MB = 10_000_000, 1024 * 1024
# What nginx.conf allows one network: requests at once, those with a body, and those with a long one; and all together.
VISITORS, SENDERS, LARGE, ALL_LARGE = 1024, 128, 4, 16
ADDRESSES = [f"198.51.100.{number}" for number in (1, 2, 3, 4)]
FORGED = {
    **dict(zip(("X-Forwarded-For", "x-forwarded-for", "X_Forwarded_For", "x-forwarded_for"), ADDRESSES, strict=True)),
    **dict.fromkeys(("X-Forwarded-Proto", "X_Forwarded_Proto"), "gopher"),
    **dict.fromkeys(("X-Forwarded-Host", "X_Forwarded_Host"), "elsewhere.example"),
}


@pytest.fixture(scope="module")
def echo():
    with proxies.echoing() as running:
        yield running


@pytest.fixture
def begun(echo):
    """The paths that came to the site in this test."""
    echo.begun.clear()
    return echo.begun


@pytest.fixture(scope="module")
def nginx(echo, tmp_path_factory):
    with proxies.nginx(tmp_path_factory.mktemp("nginx"), public=echo.port) as running:
        yield running


@pytest.fixture(scope="module")
def caddy(echo, tmp_path_factory):
    with proxies.caddy(tmp_path_factory.mktemp("caddy"), public=echo.port) as running:
        yield running


@pytest.fixture(params=PROXIES)
def front(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=[NAME, ONION])
def name(request):
    return request.param


@pytest.fixture
def changed(echo, tmp_path):
    """`changed(proxies.nginx, (old, new), …)` runs a proxy of one's own, with some of its file said otherwise."""
    with ExitStack() as stack:
        yield lambda run, *instead: stack.enter_context(run(tmp_path, public=echo.port, instead=instead))


@pytest.fixture
def stalled():
    """`stalled(front, path, …)` begins a POST that goes on for as long as the test; see `Proxy.stall`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with ExitStack() as stack:
        yield lambda front, path=FORM, **how: stack.enter_context(closing(front.stall(path, **{"length": 100} | how)))
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def refused(lines, *, wanted):
    """Those that were answered or closed although their body never came, once there are as many as wanted."""
    until = time.monotonic() + proxies.PATIENCE
    while len(found := [line for line in lines if proxies.is_refused(line)]) < wanted and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(0.5)  # for one too many
    return [line for line in lines if line in found or proxies.is_refused(line)]


def is_served(front, **how):
    found = front.ask("POST", FORM, b"account=mine", **how)
    return bool(found) and found.status == 200 and found.seen["size"] == 12


def sent(seen, name):
    """Every header that the site would read under this name."""
    return [value for given, value in seen["headers"] if given.replace("_", "-") == name]


def test_sixty_connections_of_one_address_at_once_are_all_served(front, stalled, name):
    lines = [stalled(front, length=12, sent=b"account=", name=name) for _ in range(60)]

    for line in lines:
        line.sendall(b"mine")

    assert {proxies.answer(line).seen["size"] for line in lines} == {12}


@pytest.mark.parametrize(("method", "path", "most"), [("POST", FORM, SENDERS), ("GET", ELSEWHERE, VISITORS)])
def test_more_than_one_address_may_hold_are_refused_kindly_and_others_get_in(nginx, stalled, method, path, most):
    lines = [stalled(nginx, path, method=method, source="127.0.0.2") for _ in range(most + 20)]

    assert len(refused(lines, wanted=20)) == 20
    assert is_served(nginx, source="127.0.0.3")
    found = nginx.ask(method, path, b"account=mine" if method == "POST" else b"", source="127.0.0.2")
    assert found.status == 503
    assert_kind(found)


def assert_kind(found):
    assert "load this page again" in found.text
    assert "llwythwch y dudalen hon eto" in found.text
    assert found.headers["Content-Type"] == "text/html; charset=utf-8"
    assert found.headers["Cache-Control"] == "no-store"


def test_one_ipv6_household_counts_once_and_another_apart(changed, stalled):
    # The address of a visitor comes in a header here: this machine has no such addresses.
    real = "set_real_ip_from 127.0.0.1; real_ip_header X-Test-Address;"
    nginx = changed(proxies.nginx, ("access_log off;", f"access_log off; {real}"))
    # With the byte of a line's end in it, for the expression that cuts it.
    household = list(ipaddress.ip_network("2001:db8:a0a:a00::/56").subnets(new_prefix=64))

    def visitor(number, network):
        return {"headers": [("X-Test-Address", str(network[number + 10]))]}

    lines = [stalled(nginx, **visitor(count, household[count])) for count in range(SENDERS + 1)]

    assert len(refused(lines, wanted=1)) == 1
    assert is_served(nginx, **visitor(0, ipaddress.ip_network("2001:db8:a0a:b00::/64")))


def test_onion_where_all_have_one_address_counts_nobody(nginx, stalled):
    lines = [stalled(nginx, name=ONION, length=12, sent=b"account=") for _ in range(2 * SENDERS)]

    assert is_served(nginx, name=ONION)
    for line in lines:
        line.sendall(b"mine")
    assert {proxies.answer(line).status for line in lines} == {200}


def test_twice_1024_idle_posts_disconnect_nobody(changed, stalled):
    """From many addresses, so that no limit helps: there are places enough."""
    # However slow this machine is to begin them all.
    nginx = changed(proxies.nginx, ("client_body_timeout 60s", "client_body_timeout 600s"))
    lines = [stalled(nginx, source=f"127.0.1.{count % 32 + 1}") for count in range(2 * 1024)]

    assert all(is_served(nginx) for _ in range(20))
    assert not [line for line in lines if proxies.is_refused(line)]


@pytest.mark.parametrize("path", [FORM, "/nowhere/"])
def test_forty_stalled_bodies_never_reach_the_site(front, begun, stalled, path, name):
    lines = [stalled(front, path, length=50_000, name=name) for _ in range(40)]

    assert is_served(front, name=name)
    assert begun == [FORM]
    assert not [line for line in lines if proxies.is_refused(line)]


@pytest.mark.parametrize(
    ("run", "body", "head"),
    [
        (proxies.nginx, ("client_body_timeout 60s", "client_body_timeout 1s"), "client_header_timeout"),
        (proxies.caddy, ("read_body 5m", "read_body 1s"), "read_header"),
    ],
)
def test_request_that_stalls_in_its_head_or_body_is_given_up_in_the_end(changed, begun, stalled, run, body, head):
    front = changed(run, body, (f"{head} 15s", f"{head} 1s"))

    with closing(front.connect()) as line:
        line.sendall(b"POST /tell/form/ HTTP/1.1\r\nHost: he")
        for each in (line, stalled(front)):
            assert proxies.is_refused(each, seconds=proxies.PATIENCE / 2)
    assert begun == []


@pytest.mark.parametrize(("sources", "most"), [(1, LARGE), (20, ALL_LARGE)])
def test_long_bodies_that_stall_take_the_memory_of_few(nginx, stalled, sources, most):
    before = nginx.memory()
    body = b"a" * (TEN_MB - 1)

    lines = [stalled(nginx, length=TEN_MB, sent=body, source=f"127.0.2.{count % sources + 1}") for count in range(20)]

    assert len(refused(lines, wanted=20 - most)) == 20 - most
    assert nginx.memory() - before < (most + 1) * 11 * MB
    assert is_served(nginx)


def test_caddy_which_counts_nobody_keeps_of_a_long_body_no_more_than_a_form_has(caddy, stalled):
    before = caddy.memory()

    lines = [stalled(caddy, length=TEN_MB, sent=b"a" * (TEN_MB - 1)) for _ in range(20)]

    assert not [line for line in lines if proxies.is_refused(line)]
    assert caddy.memory() - before < 100 * MB
    assert is_served(caddy)


def test_bodies_without_a_length_hold_no_more(nginx, stalled, name):
    """Chunks of one letter take six bytes each, which is more than the buffer: the rest would go into a file."""
    chunked = [("Content-Length", None), ("Transfer-Encoding", "chunked")]

    stalled(nginx, sent=b"1\r\na\r\n" * 2 * MB, headers=chunked, name=name)

    found = nginx.ask("POST", FORM, b"1\r\na\r\n", headers=chunked, name=name)
    assert found.status == 411
    assert_kind(found)
    assert nginx.written() == []


def paths_of_forms():
    """Where somebody's words are posted: every view of the site that counts what is sent, in both languages."""
    names = {key: view for key, view in _views(get_resolver().url_patterns) if hasattr(view, "counts_against")}
    found = [reverse(name) for name, view in names.items() if view.counts_against]
    return [*found, *(f"/cy{path}" for path in found)]


def _views(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback


def test_paste_far_too_long_reaches_every_form_and_an_even_longer_one_a_kind_answer(front, begun, name):
    forms = paths_of_forms()
    body = b"a" * TEN_MB

    assert len(forms) >= 6
    assert [front.ask("POST", path, body, name=name).seen["size"] for path in forms] == [TEN_MB] * len(forms)
    assert front.ask("POST", "/tell/nowhere/?a=%2f%20b", body, name=name).seen["path"] == "/tell/nowhere/?a=%2f%20b"
    for path in (ELSEWHERE, "/nowhere/", "/.form", "/telling/"):
        assert front.ask("POST", path, b"a" * 200_000, name=name).status in (404, 413)
    assert front.ask("POST", "/nowhere/", b"a" * 60_000, name=name).seen["size"] == 60_000
    assert front.written() == []
    begun.clear()
    found = front.ask("POST", FORM, b"a" * (12 * MB), name=name)
    assert found.status == 413
    assert_kind(found)
    assert begun == []


@pytest.mark.parametrize("run", PROXIES.values(), ids=PROXIES)
def test_desk_takes_a_picture_of_eight_mb_and_no_more(changed, run):
    desk = changed(run, ("10.8.0.0/24", "127.0.0.0/8"))

    picture = desk.ask("POST", "/admin/images/add/", b"a" * (8 * MB + 2000), name=DESK)

    assert picture.seen["size"] == 8 * MB + 2000
    assert desk.ask("POST", "/admin/images/add/", b"a" * 11 * MB, name=DESK).status == 413
    assert desk.written() == []


def test_desk_lets_in_nobody_from_outside(front, begun):
    found = front.ask("GET", "/admin/", name=DESK)

    assert found is None or found.status == 403
    assert begun == []


def test_visitor_cannot_say_where_they_come_from(front, name):
    seen = front.ask("GET", "/tell/", name=name, headers=FORGED.items()).seen

    assert sent(seen, "x-forwarded-for") == (["127.0.0.1"] if name == NAME else [])
    assert sent(seen, "x-forwarded-proto") == ["https" if name == NAME else "http"]
    assert sent(seen, "x-forwarded-host") in ([], [name])
    assert name == NAME or sent(seen, "host") == [ONION]
    assert [given for given, _ in seen["headers"] if "_" in given] == []


ASKED_FOR = {ONION: (NAME, DESK, "127.0.0.1", "elsewhere.onion", f"x.{ONION}", "localhost:8000")}
ASKED_FOR |= {NAME: (ONION, "127.0.0.1", "elsewhere.example")}


def test_onion_and_web_answer_to_no_other_name(front, begun, name):
    for host in ASKED_FOR[name]:
        found = front.ask("GET", "/tell/", name=name, headers=[("Host", host)])

        assert found is None or (name == NAME and not found.text), host
    assert begun == []


def test_140_accounts_over_the_onion_share_one_limit_whatever_they_say(front, settings):
    settings.TRUSTED_PROXIES, settings.ONION_HOST = ["127.0.0.1"], ONION
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, ONION, NAME]
    cache.clear()
    over = []
    for number in range(140):
        # By the onion's name and by another, which an attacker would rather have counted by address.
        for host in (ONION, NAME):
            forged = [("Host", host), *((name, f"198.51.{number}.7") for name in FORGED if "For" in name)]
            answer = front.ask("POST", FORM, b"account=mine", name=ONION, headers=forged)
            if answer:
                over.append(limits.is_over(as_django_reads(answer.seen), "send"))

    assert len(over) == 140
    assert over.count(True) == 20


def as_django_reads(seen):
    """The request that the app server makes of what the proxy sent."""
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in seen["headers"]}
    return RequestFactory().post(FORM, REMOTE_ADDR="127.0.0.1", **environ)


def test_shipped_caddyfile_is_valid():
    command = [proxies.program("caddy"), "validate", "--adapter", "caddyfile", "--config", "deploy/Caddyfile"]

    found = subprocess.run(command, cwd=proxies.ROOT, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize(
    ("run", "instead", "told"),
    [
        (proxies.nginx, [], []),
        (proxies.caddy, [], []),
        (proxies.caddy, [("\tbuffer_requests\n\tmax_buffer_size 512KB\n", "")], ["heard.W016"]),
        (proxies.nginx, [("proxy_http_version", "proxy_request_buffering off; proxy_http_version")], ["heard.W016"]),
    ],
)
def test_deploy_check_says_where_a_proxy_streams(changed, settings, monkeypatch, run, instead, told):
    front = changed(run, *instead)
    settings.TRUSTED_PROXIES, settings.DEMO = ["127.0.0.1"], False
    settings.BASE_URL = settings.DESK_URL = f"https://{NAME}"
    connect = checks.socket.create_connection
    monkeypatch.setattr(
        checks.socket, "create_connection", lambda address, **how: connect(("127.0.0.1", front.https), **how)
    )

    found = run_checks(tags=[Tags.security], include_deployment_checks=True)

    assert [message.id for message in found if message.id.startswith("heard.")] == told


def test_nothing_of_all_this_is_written_down(nginx, caddy):
    """Last of all: what they were asked above, refused and given up."""
    for front in (nginx, caddy):
        assert front.written() == []
        assert "127.0." not in (front.folder / "said.txt").read_text()
