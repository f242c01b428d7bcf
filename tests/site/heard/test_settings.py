"""How a process starts, and with what it refuses to."""

import functools
import json
import os
import re
import runpy
import sqlite3
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from redis import ConnectionPool

from docs import write_configuration
from heard import environment, settings as shipped

ROOT = Path(settings.ROOT)
SECRETS = {
    "SECRET_KEY": "a secret key for these tests alone, long enough",
    "RECEIPT_PEPPER": "a pepper for these tests alone, also long enough",
    "BASE_URL": "https://heard.example",
}
OURS = {*environment.NAMES, "SECRET_KEY_FILE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
SET_UP = "import django\ndjango.setup()\n"
LOOK = """
import json
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
        done = run("-c", SET_UP + LOOK, tmp_path=tmp_path_factory.mktemp(serve), SERVE=serve, DEBUG="1", **SECRETS)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return look


ALONE = "the demo answers to this machine alone, and not as {}; take DEMO away to run a real site."
HERE = {"DEMO": "1", "BASE_URL": "http://127.0.0.1:8000"}
# How the line begins, and what it never holds.
UNSAFE = [
    *((f"set {name}, or {name}_FILE. Example: {name}=", {name: ""}) for name in ("SECRET_KEY", "RECEIPT_PEPPER")),
    *(
        ("RECEIPT_PEPPER has to be at least 32 characters made by chance. Example: ", {"RECEIPT_PEPPER": pepper})
        for pepper in ("short", "a" * 32, "0123456789abcdef" * 4, "change me" * 4)
    ),
    ("RECEIPT_PEPPER is the same as SECRET_KEY; each has to be", {"RECEIPT_PEPPER": SECRETS["SECRET_KEY"]}),
    ("BASE_URL and DESK_URL begin with https:// outside the demo.", {"BASE_URL": "http://heard.example"}),
    ("BASE_URL and DESK_URL begin with https:// outside the demo.", {"DESK_URL": "http://desk.heard.example"}),
    ("DUTY_EMAIL is set and EMAIL_URL isn't, so no mail would leave.", {"DUTY_EMAIL": "duty@heard.example"}),
    (ALONE.format("heard.example"), {"DEMO": "1", "BASE_URL": "https://heard.example"}),
    (ALONE.format("*"), HERE | {"ALLOWED_HOSTS": "127.0.0.1,*"}),
    ("SECRET_KEY is set twice, as a value and as a file", {"SECRET_KEY_FILE": "/etc/heard/key"}),
    ("SECRET_KEY_FILE=/nowhere/key can't be read (FileNot", {"SECRET_KEY": "", "SECRET_KEY_FILE": "/nowhere/key"}),
]
# What a value isn't, by its name; each is refused by one line with the name and an example that is itself taken.
MALFORMED = {
    "DEMO": ["ture"],
    "SERVE": ["everything", "Public"],
    "CLOSED_BECAUSE": ["tired"],
    "DATABASE_URL": ["heard", "postgres://heard:hidden@db.example:port/heard", "postgres://db.example", "sqlite://x"],
    "CACHE_URL": ["redis.example", "http://redis.example", "redis://redis.example:port"],
    "EMAIL_URL": ["mail.example:25", "https://mail.example", "smtp://"],
    "DAILY_MAIL_HOUR": ["nine", "99", "9.5"],
    "ONION_HOST": ["http://heardexample.onion", "heard.example"],
    "QUEUE_KEY_FINGERPRINT": ["nope", "0123-4567-89ab"],
    "SECURITY_CONTACT": ["security@heard.example", "mailto:"],
    "BASE_URL": ["heard.example", "https://heard.example/site", "https://heard.example:port", "https://"],
    "ALLOWED_HOSTS": ["https://heard.example", "heard.example:443", "heard example"],
    "TRUSTED_PROXIES": ["nginx", "127.0.0.1,nginx", "10.0.0.0/40"],
    "DATA_DIR": ["var", "~/heard"],
    "RUN_DIR": ["/run/heard      # in memory", " /run/heard", '"/run/heard"'],
    "MAIL_FROM": ["Heard"],
    "DUTY_EMAIL": ["duty@heard.example,phone"],
    "BODY_IDLE_SECONDS": ["0"],
}


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Read the settings in this environment; returns them, or the line with which the start stops."""

    def read(changes):
        with monkeypatch.context() as said:
            for name in OURS:
                said.delenv(name, raising=False)
            for name, value in (SECRETS | {"DATA_DIR": str(tmp_path)} | changes).items():
                said.setenv(name, value)
            try:
                return runpy.run_path(shipped.__file__)
            except SystemExit as stopped:
                return stopped.args[0]

    return read


def test_unsafe_start_stops_with_one_line(start):
    for line, changes in UNSAFE:
        said = start(changes)
        assert str(said).startswith(f"Heard can't start: {line}"), (changes, said)
        assert "\n" not in said


def test_value_that_cant_be_right_stops_the_start_with_its_name_and_an_example(start):
    for name, values in MALFORMED.items():
        row, mail = environment.NAMES[name], {"EMAIL_URL": environment.NAMES["EMAIL_URL"].example}
        for value in values:
            said = start({**mail, name: value})
            assert re.match(rf"Heard can't start: {name}\b.*Example: {name}={re.escape(row.example)}\.$", said), value
            assert (f"{name}={value} " in said) is not row.is_secret, said
            assert "hidden" not in said
        assert isinstance(start({**mail, name: row.example} | (HERE if name == "DEMO" else {})), dict), name


def test_secret_comes_from_a_file_or_from_systemd_as_it_does_from_the_environment(start, tmp_path):
    (tmp_path / "RECEIPT_PEPPER").write_text(f"{SECRETS['RECEIPT_PEPPER']}\n")
    kept = {"RECEIPT_PEPPER": ""}

    files = {"RECEIPT_PEPPER_FILE": f"{tmp_path}/RECEIPT_PEPPER"}, {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    for changes in (*(kept | each for each in files), {}):
        assert start(changes)["RECEIPT_PEPPER"] == SECRETS["RECEIPT_PEPPER"].encode(), changes


def test_desk_has_its_own_address_and_the_lines_to_other_machines_their_certificates(start):
    told = {"SERVE": "admin", "DESK_URL": "https://desk.heard.example/", "MEDIA_DIR": "/srv/heard-media"}
    told |= {name: environment.NAMES[name].example for name in ("DATABASE_URL", "CACHE_URL")}

    found = start(told)

    assert found["BASE_URL"] == "https://heard.example"
    assert found["CSRF_TRUSTED_ORIGINS"] == [found["WAGTAILADMIN_BASE_URL"]] == ["https://desk.heard.example"]
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "desk.heard.example", "localhost"]
    assert str(found["MEDIA_ROOT"]) == "/srv/heard-media"
    trusted = found["DATABASES"]["default"]["OPTIONS"]
    assert (trusted["sslmode"], trusted["sslrootcert"]) == ("verify-full", "/etc/heard/ca.pem")
    line = ConnectionPool.from_url(found["CACHES"]["default"]["LOCATION"]).make_connection()
    assert (line.ca_certs, line.check_hostname, line.cert_reqs) == ("/etc/heard/ca.pem", True, ssl.CERT_REQUIRED)
    assert start({})["DESK_URL"] == "https://heard.example"
    # It may be reached without one where something else seals it.
    for desk in ("http://localhost:8001", f"http://{'a' * 56}.onion"):
        assert start({"SERVE": "admin", "DESK_URL": desk})["CSRF_TRUSTED_ORIGINS"] == [desk]


def test_every_name_is_in_the_docs():
    written = write_configuration.PAGE.read_text(encoding="utf-8")

    assert written == write_configuration.as_markdown(), "Run .venv/bin/python docs/write_configuration.py"


def test_each_kind_of_process_passes_djangos_checks_and_the_public_one_knows_nobody(started):
    safe = {"DEBUG": False, "DEMO": False, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True}
    safe |= {"SESSION_COOKIE_PATH": "/admin/"}

    for serve in ("public", "admin", "both"):
        wanted = safe | {"SERVE": serve}
        assert {name: started(serve)[name] for name in wanted} == wanted
    routes = started("admin")["routes"]
    assert len(routes) > 100
    assert [route for route in routes if not re.match(r"admin/|\^?media/|healthz", route)] == [], "a public page"
    found = started("public")
    assert not [route for route in found["routes"] if "admin" in route]
    assert not [name for name in found["MIDDLEWARE"] if re.search("session|people|message|auth", name.lower())]


UNGATHERED = """
import heard.settings
heard.settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
"""
VISIT = """
from django.test import Client
browser = Client(headers={"host": "heard.example"}, raise_request_exception=False)
for path in ("/stories/", "/admin/", "/admin/login/", "/tell/"):
    answer = browser.get(path)
    print(path, answer.status_code, answer.headers["X-Frame-Options"], len(answer.cookies))
"""


LETTER = """
from moderation.forces import answers
from stories.models import Letter
answers.live_slugs = lambda letter: ["724bahxxrn5g"]
print(answers.letter_text(Letter(force_id="derbyshire")))
"""


@pytest.mark.django_db
def test_letter_to_a_force_holds_the_public_address_also_where_the_desk_writes_it(tmp_path):
    desk = {"SERVE": "admin", "DESK_URL": "https://desk.heard.example", "ALLOWED_HOSTS": "desk.heard.example"}

    said = run("-c", SET_UP + LETTER, tmp_path=tmp_path, DATABASE_URL=_database(tmp_path), **SECRETS, **desk).stdout

    assert "https://heard.example/stories/724bahxxrn5g/" in said
    assert "desk" not in said


@pytest.mark.django_db
def test_public_process_answers_without_an_admin(tmp_path):
    environment = {**SECRETS, "SERVE": "public", "ALLOWED_HOSTS": "heard.example"}

    visit = UNGATHERED + SET_UP + VISIT
    done = run("-c", visit, tmp_path=tmp_path, DATABASE_URL=_database(tmp_path), **environment)

    answers = {"/stories/": 200, "/admin/": 404, "/admin/login/": 404, "/tell/": 200}
    assert done.stdout.splitlines() == [f"{path} {status} DENY 0" for path, status in answers.items()]


def _database(tmp_path):
    """The address of a database with all its tables; of SQLite's a copy, for this test itself holds the lock."""
    found = connection.settings_dict
    if connection.vendor != "sqlite":
        return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**found)
    with sqlite3.connect(found["NAME"]) as source, sqlite3.connect(tmp_path / "copy") as copy:
        source.backup(copy)
    return f"sqlite:///{tmp_path / 'copy'}"


CLOSED = """
from django.test import Client
from heard.asgi import django as handler
browser = Client(headers={"host": "anything.example"})
answers = [browser.get(path) for path in ("/", "/cy/", "/healthz", "/static/css/tokens.css", "/admin/")]
answers.append(browser.post("/cy/tell/form/", {"account": "I rang <101> twice."}))
answers.append(browser.post("/admin/reading/1/", {"title": "Nobody rang back"}))
for answer in answers:
    print(answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"], len(answer.cookies))
    print(*answer.content.decode().splitlines())
"""


def test_closed_process_needs_nothing_says_why_and_gives_words_back(tmp_path):
    nowhere = {"DATABASE_URL": "postgres://heard@127.0.0.1:1/heard", "CACHE_URL": "redis://127.0.0.1:1"}
    told = {**SECRETS, **nowhere, "SERVE": "closed", "CLOSED_BECAUSE": "restoring", "STATIC_DIR": "/nowhere"}

    done = run("-c", SET_UP + CLOSED, tmp_path=tmp_path, **told)

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert set(lines[::2]) == {"503 60 no-store 0"}
    home, welsh, health, _style, _admin, told, written = lines[1::2]
    assert health == "late: closed"
    assert "<html lang=cy>" in welsh
    assert ["from a copy" in page for page in (home, welsh)] == [True, False]
    assert "I rang &lt;101&gt; twice.</textarea>" in told
    assert "Nobody rang back</textarea>" in written


def test_site_folder_holds_no_python_file_and_what_knows_a_person_stands_inside():
    ignored = (ROOT / ".gitignore").read_text().splitlines()

    assert [path.name for path in (ROOT / "site").glob("*.py*")] == []
    assert not {"/site", "site/", "site", "/site/"} & set(ignored)
    # What knows a person stands inside the page cache, and headers stand outermost.
    order = [name.rpartition(".")[2].lower() for name in settings.MIDDLEWARE]
    for name in ("sessionsforadmin", "peopleforadmin", "csrfviewmiddleware", "messagesforadmin"):
        assert order.index(name) > order.index("pagecachemiddleware"), name
    assert order[0] == "headersmiddleware"


def test_real_site_without_the_static_files_of_its_release_ends_with_one_line(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles-0.0.9.json").write_text("{}")
    for words in (["deploy/serve.py"], ["-c", "import heard.asgi"]):
        done = run(*words, tmp_path=tmp_path, **SECRETS)

        assert done.returncode == 1
        assert re.fullmatch(r"Heard can't start: .+run `manage.py collectstatic --noinput`.\n", done.stderr), words
