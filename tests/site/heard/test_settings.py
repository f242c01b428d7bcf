"""How a process starts, and with what it refuses to."""

import functools
import json
import os
import re
import runpy
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from heard import settings as shipped

ROOT = Path(settings.ROOT)
SECRETS = {
    "SECRET_KEY": "a secret key for these tests alone, long enough",
    "RECEIPT_PEPPER": "a pepper for these tests alone, also long enough",
    "BASE_URL": "https://heard.example",
}
REPEATS = "repeats itself; make one by chance, as docs/runbook.md says."
OURS = ("SECRET_KEY", "RECEIPT_PEPPER", "BASE_URL", "ALLOWED_HOSTS", "DEMO", "SERVE", "CACHE_URL", "DATABASE_URL")
OURS += ("DJANGO_ALLOW_ASYNC_UNSAFE",)
LOOK = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver
from tests.site.heard.addresses import _walk
call_command("check", deploy=True, fail_level="ERROR")
kept = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
kept["routes"] = list(_walk(get_resolver().url_patterns, ""))
print(json.dumps(kept, default=str))
"""


def run(*words, tmp_path, **environment):
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    kept |= {"DATA_DIR": str(tmp_path), "RUN_DIR": str(tmp_path / "run"), "PYTHONPATH": f"site{os.pathsep}."}
    kept |= {"DJANGO_SETTINGS_MODULE": "heard.settings"} | environment
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=kept, capture_output=True, text=True)


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """What a process of each kind has once it has passed Django's own checks: settings by name, and `routes`."""

    @functools.cache
    def look(serve):
        done = run("-c", LOOK, tmp_path=tmp_path_factory.mktemp(serve), SERVE=serve, DEBUG="1", **SECRETS)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return look


MISSING = "set {} in the environment (docs/runbook.md says how to make one)."
ALONE = "the demo answers to this machine alone, and not as {}; take DEMO away to run a real site."
HERE = {"DEMO": "1", "BASE_URL": "http://127.0.0.1:8000"}
UNSAFE = [
    *((MISSING.format(name), {name: ""}) for name in ("SECRET_KEY", "RECEIPT_PEPPER")),
    ("SECRET_KEY is shorter than 32 characters; make a longer one.", {"SECRET_KEY": "short"}),
    *((f"RECEIPT_PEPPER {REPEATS}", {"RECEIPT_PEPPER": pepper}) for pepper in ("a" * 32, "0123456789abcdef" * 4)),
    (f"SECRET_KEY {REPEATS}", {"SECRET_KEY": "change me" * 4}),
    (
        "RECEIPT_PEPPER is the same as SECRET_KEY; each has to be made by itself.",
        {"RECEIPT_PEPPER": SECRETS["SECRET_KEY"]},
    ),
    ("BASE_URL begins with https:// outside the demo.", {"BASE_URL": "http://heard.example"}),
    ("SERVE is public, admin or both.", {"SERVE": "everything"}),
    (
        "DUTY_EMAIL: phone is no e-mail address.",
        {"DUTY_EMAIL": "duty@heard.example,phone", "EMAIL_URL": "smtp://mail.example:25"},
    ),
    ("DUTY_EMAIL is set and EMAIL_URL isn't, so no mail would leave.", {"DUTY_EMAIL": "duty@heard.example"}),
    (ALONE.format("heard.example"), {"DEMO": "1", "BASE_URL": "https://heard.example"}),
    (ALONE.format("*"), HERE | {"ALLOWED_HOSTS": "127.0.0.1,*"}),
]


def test_unsafe_start_stops_with_one_line(tmp_path, monkeypatch):
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    for line, environment in UNSAFE:
        with monkeypatch.context() as said:
            for name, value in (SECRETS | {"DATA_DIR": str(tmp_path)} | environment).items():
                said.setenv(name, value)
            with pytest.raises(SystemExit) as stopped:
                runpy.run_path(shipped.__file__)
        assert stopped.value.args == (f"Heard can't start: {line}",)


@pytest.mark.full
@pytest.mark.slow
def test_each_kind_of_process_passes_djangos_own_checks_and_a_silent_environment_is_safe(started):
    safe = {"DEBUG": False, "DEMO": False, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True}
    safe |= {"SESSION_COOKIE_PATH": "/admin/"}

    for serve in ("public", "admin", "both"):
        wanted = safe | {"SERVE": serve}
        assert {name: started(serve)[name] for name in wanted} == wanted
    routes = started("admin")["routes"]
    assert len(routes) > 100
    assert [route for route in routes if not re.match(r"admin/|\^?media/|healthz", route)] == [], "a public page"


@pytest.mark.slow
def test_public_process_has_no_admin_no_session_and_no_log_in(started):
    found = started("public")

    assert not [route for route in found["routes"] if "admin" in route]
    assert not [name for name in found["MIDDLEWARE"] if re.search("session|people|message|auth", name.lower())]


VISIT = """
import heard.settings
heard.settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
import django
django.setup()
from django.test import Client
browser = Client(headers={"host": "heard.example"}, raise_request_exception=False)
for path in ("/stories/", "/admin/", "/admin/login/", "/tell/"):
    answer = browser.get(path)
    print(path, answer.status_code, answer.headers["X-Frame-Options"], len(answer.cookies))
"""


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.django_db
def test_public_process_answers_without_an_admin(tmp_path):
    environment = {**SECRETS, "SERVE": "public", "ALLOWED_HOSTS": "heard.example"}

    done = run("-c", VISIT, tmp_path=tmp_path, DATABASE_URL=_database(tmp_path), **environment)

    assert done.stdout.splitlines() == [
        "/stories/ 200 DENY 0",
        "/admin/ 404 DENY 0",
        "/admin/login/ 404 DENY 0",
        "/tell/ 200 DENY 0",
    ]


def _database(tmp_path):
    """The address of a database with all its tables; of SQLite's a copy, for this test itself holds the lock."""
    found = connection.settings_dict
    if connection.vendor != "sqlite":
        return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**found)
    with sqlite3.connect(found["NAME"]) as source, sqlite3.connect(tmp_path / "copy") as copy:
        source.backup(copy)
    return f"sqlite:///{tmp_path / 'copy'}"


def test_site_folder_holds_no_python_file_and_is_not_ignored():
    ignored = (ROOT / ".gitignore").read_text().splitlines()

    assert [path.name for path in (ROOT / "site").glob("*.py*")] == []
    assert not {"/site", "site/", "site", "/site/"} & set(ignored)


def test_what_knows_a_person_stands_inside_the_page_cache_and_headers_outermost():
    order = [name.rpartition(".")[2].lower() for name in settings.MIDDLEWARE]

    for name in ("sessionsforadmin", "peopleforadmin", "csrfviewmiddleware", "messagesforadmin"):
        assert order.index(name) > order.index("pagecachemiddleware"), name
    assert order[0] == "headersmiddleware"
