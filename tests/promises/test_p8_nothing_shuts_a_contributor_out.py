"""P8 Nothing shuts a contributor out: no CAPTCHA, no account, no wall; a limit only sends to the flood tray."""

import os
import re
import runpy
import socket
import statistics
import threading
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from heard import asgi_adapter as asgi
from heard.middleware import limits
from stories.crypto import receipts
from stories.intake import flood_tray, questions
from stories.intake.views import returning, telling
from stories.models import Submission
from tests import at_work, factories, running_site, servers
from tests.stories.intake.visiting import ACCOUNT, TOLD, Visitor

pytestmark = [pytest.mark.django_db]

OFFICE = "198.51.100.23"
THOUSAND = 1000


@pytest.fixture
def unhurried(monkeypatch):
    """Tests write faster than people; with this, none of them counts as a machine."""
    monkeypatch.setattr(telling, "LEAST_SECONDS", 0)


@pytest.fixture
def no_patience(settings):
    """Limits that everybody is over from their second form on."""
    tight = {"send": ["1/h"], "take-down": ["1/h"], "return": ["1/h"], "other": ["1/h"]}
    settings.LIMITS = settings.LIMITS_FOR_ALL = tight


def somebody(address=OFFICE):
    visitor = Visitor()
    visitor.client.defaults["REMOTE_ADDR"] = address
    return visitor


def opens(code):
    visitor = somebody("203.0.113.9")
    return ACCOUNT in visitor.come_back(code) or ACCOUNT in visitor.text()


@pytest.mark.parametrize("path", ["/tell/", "/tell/form/", "/return/", "/take-down/", "/cy/tell/form/"])
def test_who_tells_waits_for_no_share_of_the_threads(path, client):
    answer = client.get(path, secure=True, **{limits.CAN_WAIT: True})

    assert answer.status_code == 200
    assert limits.WANTED not in answer.wsgi_request.META


def test_thirty_people_on_one_address_all_get_a_code_and_none_is_taken_for_a_flood(queue_key, unhurried):
    codes = [somebody().tell() for _ in range(30)]

    assert len(set(codes)) == 30
    assert all(opens(code) for code in codes)
    assert not Submission.objects.filter(is_flood=True).exists()


def test_flood_from_one_network_takes_nothing_from_another(queue_key, unhurried, no_patience):
    for _ in range(3):
        somebody().tell()

    code = somebody("203.0.113.9").tell()

    assert opens(code)
    assert Submission.objects.filter(is_flood=False).count() == 2


def test_full_flood_tray_lets_whoever_comes_late_in_as_well(queue_key, unhurried, no_patience, pauses, monkeypatch):
    tray = 8
    monkeypatch.setattr(flood_tray, "MOST_KEPT", tray)
    somebody().tell()

    codes = [_press_send() for _ in range(3 * tray)]

    kept = [code for code in codes if opens(code)]
    assert len(kept) == tray
    assert codes[-1] in kept


def _press_send():
    """The last press alone: what came before it is the same for the first and the thousandth."""
    visitor = somebody()
    code = receipts.new_code()
    visitor.hold_check_page(code)
    visitor.post("/tell/form/", step="send", **TOLD)
    assert visitor.response.status_code == 200
    assert visitor.code() == code
    return code


# Fifty for each thread of both workers; forty once closed it.
STALLED = 50 * 2 * asgi.THREADS
SEARCHING = 50
CANARY = "stalledcanarybcdfghjk"


@pytest.fixture(scope="module")
def attacked(demo_site, tmp_path_factory):
    """The demo's server on its own, with a folder of its own for whatever it would put into temporary files."""
    folder = running_site.copy_of(demo_site, tmp_path_factory.mktemp("attacked") / "demo")
    temporary = folder / "temporary"
    temporary.mkdir()
    with running_site.serve_again(folder, TMPDIR=str(temporary), BODY_IDLE_SECONDS="600") as site:
        yield site


@pytest.mark.served
def test_every_page_answers_while_hundreds_of_forms_hang_and_none_reached_a_file(attacked):
    told = urlencode({"adult": "yes", "account": ACCOUNT, "step": "check"}).encode()
    asked = [("/", None), ("/tell/form/", None), ("/stories/", None), ("/tell/form/", told)] * 3

    with ExitStack() as stack:
        stalled = f"account={CANARY}".encode()
        lines = [stack.enter_context(_stall(attacked, stalled, length=50_000)) for _ in range(STALLED)]
        servers.until(lambda: _held(lines, attacked) == STALLED)
        # Where these had to wait for those, they would wait for ten minutes, and `_ask` does for two.
        for path, body in asked:
            _ask(attacked, path, body)
        found = list(_files_with(CANARY, attacked))
        assert _held(lines, attacked) == STALLED

    assert found == []


@pytest.mark.served
def test_who_tells_waits_for_few_of_those_who_search(attacked):
    """Counted: how many searches end while one form is asked for, the median of fifteen.

    A machine that is busy with all else lets some wait by itself, so the fifteen may begin later. Where forms really
    wait their turn among the searches, each of them waits for all, whenever.
    """
    answered, is_over = [], threading.Event()
    searching = [
        threading.Thread(target=_search, args=(attacked, answered, is_over, name)) for name in range(SEARCHING)
    ]
    for each in searching:
        each.start()
    servers.until(lambda: len(answered) > SEARCHING)
    waited = []
    while len(waited) < 15 or (statistics.median(waited[-15:]) >= SEARCHING / 2 and len(waited) < 60):
        before = len(answered)
        _ask(attacked, "/tell/form/")
        waited.append(len(answered) - before)
    is_over.set()
    for each in searching:
        each.join()

    assert {status for status, _ in answered} <= {200, 503}
    assert any(status == 200 for status, _ in answered)
    assert {again for status, again in answered if status == 503} <= {"30"}
    assert statistics.median(waited[-15:]) < SEARCHING / 2


@contextmanager
def _stall(site, begun, *, length):
    """Begin to send a form, and then say nothing."""
    host, port = site.url.removeprefix("http://").split(":")
    head = f"POST /tell/form/ HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection((host, int(port)), timeout=running_site.LONGEST_ANSWER) as line:
        line.sendall(f"{head}Content-Length: {length}\r\n\r\n".encode() + begun)
        yield line


def _ask(site, path, body=None):
    visitor = running_site.Visitor(site.url)
    visitor.send(path, body) if body else visitor.get(path)
    assert visitor.status == 200


def _held(lines, site):
    """How many of these lines the site's processes hold, by the kernel's own list of connections."""
    ends = {(line.getpeername()[1], line.getsockname()[1]) for line in lines}
    known = [entry.split() for entry in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = {f"socket:[{each[9]}]" for each in known if tuple(int(end[-4:], 16) for end in each[1:3]) in ends}
    held = set()
    for path in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if os.getpgid(int(path.parts[2])) == site.process.pid:
                held.add(path.readlink().name)
    return len(held & ours)


def _files_with(secret, site):
    """Every file that the server wrote or holds open, those without a name too."""
    for path in site.data_dir.rglob("*"):
        if path.is_file() and "static" not in path.parts and secret.encode() in path.read_bytes():
            yield str(path)
    for held in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            is_its_own = os.getpgid(int(held.parts[2])) == site.process.pid
            if is_its_own and held.is_file() and secret.encode() in held.read_bytes():
                yield f"{held} {held.readlink()}"
        except OSError:
            continue


def _search(site, answered, is_over, name):
    """Search without a pause, each time for something else."""
    number = 0
    while not is_over.is_set():
        number += 1
        request = urllib.request.Request(f"{site.url}/search/?q=police+{name}+{number}")
        try:
            with urllib.request.urlopen(request, timeout=running_site.LONGEST_ANSWER) as answer:
                answered.append((answer.status, None))
        except urllib.error.HTTPError as error:
            answered.append((error.status, error.headers["Retry-After"]))


@pytest.fixture
def onion(settings, monkeypatch):
    """The address of the onion, at a site that was started with it."""
    monkeypatch.setenv("ONION_HOST", "heardexample.onion")
    started = runpy.run_path(f"{settings.ROOT}/site/heard/settings.py")
    settings.ONION_HOST, settings.ALLOWED_HOSTS = started["ONION_HOST"], started["ALLOWED_HOSTS"]
    return "heardexample.onion"


class OnionVisitor(Visitor):
    """Somebody who came over Tor, which leaves no address and brings its own encryption in the place of https."""

    is_on_https = False

    def __init__(self, onion):
        super().__init__()
        self.client.defaults["HTTP_HOST"] = onion


def test_way_to_a_code_leads_through_no_log_in_and_no_redirect_on_the_onion_either(
    queue_key, onion, unhurried, no_patience
):
    for visitor in (somebody(), OnionVisitor(onion)):
        for path in ("/", "/stories/", "/get-help/", "/tell/", "/tell/form/", "/return/", "/take-down/", "/cy/tell/"):
            visitor.get(path)
            assert visitor.response.status_code == 200, (visitor, path)
            assert not visitor.response.cookies
    # The onion has no addresses, so all there count as one network.
    codes = [OnionVisitor(onion).tell() for _ in range(3)]
    assert all(opens(code) for code in codes)
    assert Submission.objects.filter(is_flood=True).count() == 2


def test_whoever_looks_like_a_machine_gets_a_code_on_the_page_that_everybody_gets(queue_key, monkeypatch):
    too_fast, machine, person = somebody(), somebody(), somebody("203.0.113.9")
    too_fast.tell()
    monkeypatch.setattr(telling, "LEAST_SECONDS", 0)
    # A field that no person sees.
    machine.tell(leave_empty="https://spam.example")
    assert [each.is_flood for each in Submission.objects.all()] == [True, True]
    person.tell()

    own = r'<div class="code__text".*?</div>|<input type="hidden" name="token"[^>]*>'
    pages = {re.sub(own, "", visitor.page, flags=re.S) for visitor in (too_fast, machine, person)}

    assert Submission.objects.filter(is_flood=True).count() == 2
    assert len(pages) == 1
    assert all(opens(visitor.code()) for visitor in (too_fast, machine, person))


ASKED = {question.name for question in questions.ASKED}
CARRIED = {"token", "leave_empty", "step", "part"}
OF_FINDINGS = ("swap-", "own-", "was-")


@pytest.mark.parametrize("path", ["/tell/form/", "/return/", "/take-down/", "the check page"])
def test_form_asks_for_nothing_but_its_questions(path, queue_key):
    is_check, visitor = path == "the check page", somebody()
    page = visitor.check(account="My friend Dana came with me.") if is_check else visitor.get(path)

    (form,) = [form for form in at_work.forms_on(page) if form.method == "post"]
    names = {name for name, _ in form.fields} | set(form.choices)

    if is_check:
        names = {name for name in names if not name.startswith(OF_FINDINGS)}
    assert is_check or form.action == path
    assert names <= ASKED | CARRIED | ({"no_code", "urgent"} if is_check else {"code", "story", "ground", "words"})
    assert_no_wall(page)


def test_age_and_account_are_all_that_anybody_has_to_answer(queue_key):
    visitor = somebody()
    form = at_work.form_on(visitor.get("/tell/form/"), "/tell/form/")

    for step in ("check", "send"):
        fields = [pair for pair in form.fields if pair[0] not in ("adult", "account")]
        fields += [("adult", "yes"), ("account", ACCOUNT), ("step", step)]
        page = visitor.send("/tell/form/", urlencode(fields).encode())
        form = at_work.form_on(page, "/tell/form/") if step == "check" else None

    assert opens(visitor.code())


def assert_no_wall(page):
    """No challenge, no password, nothing that a browser would refuse to send, and no script that has to run first."""
    assert not re.search(r"captcha|turnstile|challenge|<canvas|<audio|<iframe|type=.password", page, re.I)
    assert not re.search(r"<(?:input|textarea|select)[^>]*\s(?:required|pattern|minlength)\b", page)
    # A button of no type of its own would send the form; the others are for scripts, which show them.
    assert not re.search(r"<(?:button(?! type=.button)|fieldset|form)[^>]*\s(?:disabled|hidden)\b", page)
    assert not re.search(r"\son(?:click|submit|change|load)=", page)


@pytest.fixture
def pauses(monkeypatch):
    """How often the return page made somebody wait, instead of the waiting."""
    waited = []
    monkeypatch.setattr(returning, "time", SimpleNamespace(sleep=waited.append))
    return waited


def test_right_code_opens_at_once_however_many_wrong_ones_came_before(queue_key, unhurried, no_patience, pauses):
    code = somebody().tell()
    guesser = somebody()
    for _ in range(100):
        assert "opens nothing here" in guesser.come_back(receipts.new_code())
    assert len(pauses) >= 98
    pauses.clear()

    guesser.come_back(code)

    assert ACCOUNT in guesser.page
    assert pauses == []


def test_over_the_limit_a_message_a_yes_taking_it_back_and_requests_go_through(
    alice, bob, unhurried, no_patience, pauses
):
    story, visitor = factories.live_story(), somebody()
    code = visitor.tell()
    for _ in range(5):
        visitor.come_back(receipts.new_code())

    visitor.come_back(code)
    visitor.post("/return/", step="message", message="One thing more.")
    assert "We have your message." in visitor.page
    visitor.post("/return/", step="withdraw")
    visitor.post("/return/", step="withdraw-now")

    assert "You took it back" in visitor.page
    for _ in range(3):
        visitor = somebody()
        visitor.get(f"/take-down/?story={story.slug}")
        visitor.post("/take-down/", ground="legal", words="Please look at this.")
        assert visitor.response.status_code == 200
    assert story.take_down_requests.count() == 3


def test_token_of_yesterday_costs_one_more_press_and_no_word(queue_key, unhurried):
    visitor = somebody()
    visitor.get("/tell/form/")
    visitor.page = '<input type="hidden" name="token" value="from-long-ago">'

    visitor.post("/tell/form/", step="send", **TOLD)
    assert ACCOUNT in visitor.text()
    visitor.post("/tell/form/", step="send", **TOLD)

    assert opens(visitor.code())


# Last, so that whatever fails sooner is seen sooner.
def test_thousand_over_the_limit_get_their_code_and_lie_in_the_flood_tray(queue_key, unhurried, settings):
    first = somebody().tell()
    limit = int(settings.LIMITS["send"][0].partition("/")[0])

    codes = [_press_send() for _ in range(THOUSAND)]

    assert len({first, *codes}) == THOUSAND + 1
    assert Submission.objects.filter(is_flood=False).count() == limit
    assert Submission.objects.filter(is_flood=True).count() == THOUSAND + 1 - limit
    assert all(opens(code) for code in (first, codes[0], codes[limit], codes[-1]))
