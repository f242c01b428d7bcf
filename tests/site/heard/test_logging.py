"""Nothing about a visit is written down: not a word, not a path, not a value, and one line for an error."""

import io
import json
import logging
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from unittest.mock import Mock

from django.conf import settings as site_settings
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from heard.logging import BareFormatter, HourlyHandler, OnlyErrors, note_request
from tests.site.heard import raising

CANARY = "canary"
LINE = re.compile(r"ERROR at [\w.]+:\d+(: \w+ \([a-z -]+\)(, \d+ in this hour)?)?")
VISIT = """
import django
django.setup()
import logging, warnings
from django.conf import settings
settings.ROOT_URLCONF = "tests.site.heard.raising"
from django.test import Client
browser = Client(raise_request_exception=False, headers={
    "host": "heard.example", "user-agent": "canary-agent", "referer": "http://canary.example/", "x-canary": "canary",
    "cookie": "canary=canary", "x-forwarded-for": "203.0.113.77",
})
for path in ("/tell/fails/", "/tell/suspects/", "/tell/forbids/", "/canary-path/", "/tell/allows-nothing/"):
    browser.post(path + "?q=canary-query", {"account": "canary-words"}, REMOTE_ADDR="203.0.113.77")
browser.get("/tell/fails/", headers={"host": "canary.example"})
browser.post("/cy/tell/fails/", {"account": "canary-words"})
assert browser.get("/healthz").status_code == 503
warnings.warn("canary-warning")
for name in ("django", "django.server", "django.request", "django.security.csrf", "wagtail.images", "PIL", "heard"):
    logging.getLogger(name).warning("canary-warning %s", "canary")
    logging.getLogger(name).info("canary-info")
logging.getLogger("stories.here").error("canary-error %s", "canary")
logging.getLogger("stories.here").error("canary-error %d", "canary")
"""


def run(*words):
    told = {"PYTHONPATH": f"site{os.pathsep}.", "DJANGO_SETTINGS_MODULE": "tests.site_settings"}
    how = {"cwd": site_settings.ROOT, "env": os.environ | told, "capture_output": True, "text": True}
    return subprocess.run([sys.executable, *words], **how)


def test_visit_that_fails_leaves_one_bare_line_for_each_error_and_nothing_else():
    done = run("-c", VISIT)

    written = (done.stdout + done.stderr).splitlines()
    ours = [line for line in written if "ValueError" in line]
    assert done.returncode == 0
    # Of a contributor's page, at the end of the process: no line of the journal has the second of a visit.
    assert ours == [f"ERROR at tests.site.heard.raising:{_line_that_fails()}: ValueError (other), 1 in this hour"]
    assert [line for line in written if "django.request" in line] == []
    assert [line for line in written if CANARY in line or "203.0.113" in line] == []
    assert {line for line in written if not LINE.fullmatch(line)} == set()


def test_error_is_placed_at_the_line_of_ours_that_called_a_library_without_its_words():
    try:
        json.loads("{")
    except ValueError:
        line = BareFormatter().format(_record(exc_info=sys.exc_info()))

    assert re.fullmatch(r"ERROR at tests.site.heard.test_logging:\d+: JSONDecodeError \(other\)", line)
    assert BareFormatter().format(_record("canary %s", "canary")) == "ERROR at heard.somewhere:7", "where and not what"


def test_error_in_a_contributors_request_is_counted_and_written_at_the_full_hour(clock, monkeypatch):
    timer = Mock(return_value=threading.Thread())
    monkeypatch.setattr("heard.logging.threading.Timer", timer)
    clock.move_to("2026-12-16T10:59")
    handler = HourlyHandler()
    handler.setFormatter(BareFormatter())
    handler.setStream(io.StringIO())
    for path in ("/tell/form/", "/cy/return/", "/take-down/", "/stories/", "/admin/return/", "/tellers/"):
        note_request({"PATH_INFO": path})
        handler.handle(_record())
    note_request()

    assert handler.stream.getvalue() == "ERROR at heard.somewhere:7\n" * 3
    [((seconds, write), _named)] = timer.call_args_list
    assert seconds == 60
    write()
    write()
    assert handler.stream.getvalue().splitlines()[3:] == ["ERROR at heard.somewhere:7, 3 in this hour"]


def test_command_that_fails_says_one_line_without_a_value_and_all_where_asked():
    fails = ("manage.py", "shell", "-c", "raise ValueError('canary-row')")
    short, long = run(*fails), run(*fails, "--debug")

    assert (short.returncode, long.returncode) == (1, 1)
    assert re.fullmatch(r"manage.py shell failed at [\w.]+:\d+: ValueError \(other\)\. With .+\n", short.stderr)
    assert "canary-row" in long.stderr


def test_one_handler_writes_for_everybody_but_loggers_of_visits_and_no_mail_goes_out():
    for name in ("django.request", "django.request.deeper"):
        assert not OnlyErrors().filter(_record("Service Unavailable: /healthz", name=name))
    for name in ("django.server", "django.security.DisallowedHost", "PIL.Image", "py.warnings"):
        assert not logging.getLogger(name).isEnabledFor(logging.ERROR), name
    names = [None, *logging.root.manager.loggerDict]
    handlers = {handler for name in names for handler in logging.getLogger(name).handlers}
    writes = {type(handler).__name__ for handler in handlers if "pytest" not in type(handler).__module__}

    assert writes <= {"HourlyHandler", "NullHandler"}
    assert site_settings.ADMINS == []


def test_error_report_holds_nothing_of_the_request(settings):
    headers = {"cookie": "c=canary", "user-agent": "canary"}
    request = RequestFactory().post("/path/", {"account": "canary-words"}, headers=headers)
    try:
        raising.fails(request)
    except ValueError:
        found = ExceptionReporter(request, *sys.exc_info()).get_traceback_data()

    for name in ("filtered_POST_items", "request_meta", "request_COOKIES_items", "settings"):
        assert not found[name], name
    assert not any(frame["vars"] for frame in found["frames"])


def _record(message="", *values, name="heard.somewhere", exc_info=None):
    return logging.LogRecord(name, logging.ERROR, "/path/somewhere.py", 7, message, values, exc_info)


def _line_that_fails():
    lines = Path(raising.__file__).read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if "raise ValueError" in line)
