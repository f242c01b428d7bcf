"""How a process starts, and with what it refuses to."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.ROOT)
SECRETS = {"SECRET_KEY": "s" * 40, "RECEIPT_PEPPER": "p" * 40, "BASE_URL": "https://heard.example"}
OURS = ("SECRET_KEY", "RECEIPT_PEPPER", "BASE_URL", "ALLOWED_HOSTS", "DEMO", "SERVE", "CACHE_URL", "DATABASE_URL")
LOOK = """
import django, json, sys
django.setup()
from django.conf import settings
from tests.site.heard.addresses import _walk
from django.urls import get_resolver
seen = {name: getattr(settings, name, None) for name in NAMES}
seen["routes"] = list(_walk(get_resolver().url_patterns, ""))
print(json.dumps(seen, default=str))
"""


def run(*words, tmp_path, **environment):
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    kept |= {"DATA_DIR": str(tmp_path), "RUN_DIR": str(tmp_path / "run"), "PYTHONPATH": f"site{os.pathsep}."}
    kept |= {"DJANGO_SETTINGS_MODULE": "heard.settings"} | environment
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=kept, capture_output=True, text=True)


def seen(*names, tmp_path, **environment):
    done = run("-c", f"NAMES = {names!r}\n{LOOK}", tmp_path=tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SECRET_KEY", "RECEIPT_PEPPER"])
def test_missing_secret_stops_the_start_with_one_line_that_names_it(tmp_path, name):
    done = run("manage.py", "check", tmp_path=tmp_path, **{**SECRETS, name: ""})

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        f"Heard can't start: set {name} in the environment (docs/runbook.md says how to make one).\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"SECRET_KEY": "short"}, "Heard can't start: SECRET_KEY is shorter than 32 characters; make a longer one."),
        ({"BASE_URL": "http://heard.example"}, "Heard can't start: BASE_URL begins with https:// outside the demo."),
        ({"SERVE": "everything"}, "Heard can't start: SERVE is public, admin or both."),
        (
            {"DEMO": "1", "BASE_URL": "https://heard.example"},
            "Heard can't start: the demo answers to this machine alone, and not as heard.example; "
            "take DEMO away to run a real site.",
        ),
        (
            {"DEMO": "1", "BASE_URL": "http://127.0.0.1:8000", "ALLOWED_HOSTS": "127.0.0.1,*"},
            "Heard can't start: the demo answers to this machine alone, and not as *; "
            "take DEMO away to run a real site.",
        ),
    ],
)
def test_unsafe_start_stops_with_one_line(tmp_path, environment, line):
    done = run("manage.py", "check", tmp_path=tmp_path, **(SECRETS | environment))

    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{line}\n")


@pytest.mark.slow
def test_silent_environment_is_safe(tmp_path):
    found = seen(
        "DEBUG",
        "DEMO",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_PATH",
        tmp_path=tmp_path,
        **SECRETS,
    )
    found.pop("routes")

    assert found == {
        "DEBUG": False,
        "DEMO": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_PATH": "/admin/",
    }


@pytest.mark.slow
def test_debug_needs_the_demo(tmp_path):
    assert seen("DEBUG", tmp_path=tmp_path, DEBUG="1", **SECRETS)["DEBUG"] is False


@pytest.mark.slow
def test_public_process_has_no_admin_no_session_and_no_log_in(tmp_path):
    found = seen("MIDDLEWARE", tmp_path=tmp_path, SERVE="public", **SECRETS)

    assert not [route for route in found["routes"] if "admin" in route]
    assert not [
        name for name in found["MIDDLEWARE"] if any(word in name.lower() for word in ("session", "people", "message"))
    ]


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


@pytest.mark.slow
@pytest.mark.django_db
def test_public_process_answers_without_an_admin(tmp_path):
    database = connection.settings_dict
    where = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/"
    kind = "sqlite:///" if connection.vendor == "sqlite" else f"postgresql://{where}"
    environment = {**SECRETS, "SERVE": "public", "ALLOWED_HOSTS": "heard.example"}

    done = run("-c", VISIT, tmp_path=tmp_path, DATABASE_URL=f"{kind}{database['NAME']}", **environment)

    assert done.stdout.splitlines() == [
        "/stories/ 200 DENY 0",
        "/admin/ 404 DENY 0",
        "/admin/login/ 404 DENY 0",
        "/tell/ 200 DENY 0",
    ]


@pytest.mark.slow
def test_admin_process_has_no_public_pages(tmp_path):
    found = seen(tmp_path=tmp_path, SERVE="admin", **SECRETS)

    assert len(found["routes"]) > 100
    assert [route for route in found["routes"] if not re.match("admin/|media/|healthz", route)] == []


@pytest.mark.slow
@pytest.mark.parametrize("serve", ["public", "admin", "both"])
def test_each_kind_of_process_passes_djangos_own_checks(tmp_path, serve):
    done = run("manage.py", "check", "--deploy", "--fail-level", "ERROR", tmp_path=tmp_path, SERVE=serve, **SECRETS)

    assert done.returncode == 0, done.stderr


def test_no_python_file_lies_straight_in_the_site_folder():
    assert [path.name for path in (ROOT / "site").glob("*.py*")] == []


def test_python_still_finds_its_own_site_module():
    import site

    assert "work" not in site.__file__ or ".venv" in site.__file__ or "lib/python" in site.__file__


def test_ignored_files_leave_the_site_folder_in():
    lines = (ROOT / ".gitignore").read_text().splitlines()

    assert not {"/site", "site/", "site", "/site/"} & set(lines)


@pytest.mark.parametrize(
    "middleware",
    ["session", "auth", "csrf", "message"],
)
def test_what_knows_a_person_stands_inside_the_page_cache(middleware):
    order = [name.lower() for name in settings.MIDDLEWARE]
    names = {"session": "sessionsforadmin", "auth": "peopleforadmin", "csrf": "csrf", "message": "messagesforadmin"}
    place = next(number for number, name in enumerate(order) if names[middleware] in name)

    assert place > order.index("heard.page_cache.pagecachemiddleware")


def test_headers_stand_outermost():
    assert settings.MIDDLEWARE[0] == "heard.headers.HeadersMiddleware"


def test_admin_calls_nobody():
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False


def test_settings_say_each_limit_on_purpose():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE >= 4 * 1024 * 1024
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS >= 1000
