"""What `manage.py check` says of a site's surroundings."""

from datetime import date
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from django.core.checks import Tags, run_checks

from campaign.initial_content import creating
from campaign.models import Brand, ContentPage, HelpLine, Picture
from heard import checks
from moderation.models import ReadyWords
from stories.pii.model import names
from tests import ports


def ids(*tags, **options):
    return [message.id for message in run_checks(tags=tags, **options) if message.id.startswith("heard.")]


def test_missing_proxy_is_hinted_at_and_a_named_one_is_fine(settings):
    for settings.TRUSTED_PROXIES in (["10.0.0.1"], ["10.0.0.0/8", "2001:db8::/32"], []):
        assert ids(Tags.security) == ([] if settings.TRUSTED_PROXIES else ["heard.W001"]), settings.TRUSTED_PROXIES


def test_deploy_check_says_when_nobody_could_ask_the_proxy(settings):
    settings.TRUSTED_PROXIES, settings.BASE_URL = ["127.0.0.1"], f"https://127.0.0.1:{ports.held_port()}"
    for desk, asked in ((settings.BASE_URL, 1), (f"https://127.0.0.1:{ports.held_port()}", 2)):
        settings.DESK_URL = desk
        assert ids(Tags.security, include_deployment_checks=True) == ["heard.I016"] * asked


def test_line_to_another_machine_that_anybody_could_listen_on_is_told(monkeypatch):
    sure = {"sslmode": "verify-full"}
    cases = (
        ({"HOST": "", "OPTIONS": {}}, "", []),
        ({"HOST": "/run/postgresql"}, "unix:///run/redis.sock", []),
        ({"HOST": "127.0.0.1"}, "redis://localhost:6379/0", []),
        ({"HOST": "db.example", "OPTIONS": sure}, "rediss://redis.example/0", []),
        ({"HOST": "db.example", "OPTIONS": {"sslmode": "require"}}, "redis://redis.example", ["W021", "W022"]),
        ({"HOST": "db.example"}, "rediss://redis.example/0?ssl_cert_reqs=none", ["W021", "W022"]),
    )
    for database, redis, told in cases:
        told_so = SimpleNamespace(DATABASES={"default": database}, CACHES={"default": {"LOCATION": redis}})
        monkeypatch.setattr(checks, "settings", told_so)
        found = checks.lines_to_other_machines(None)
        assert [message.id for message in found] == [f"heard.{number}" for number in told], database


def test_python_without_security_updates_is_told(monkeypatch, tmp_path):
    copy, link = tmp_path / "copy", tmp_path / "link"
    link.symlink_to("/usr/bin/python3")
    version = SimpleNamespace(minor=11)
    for executable, year, told in ((copy, 2027, ["heard.W018"]), (link, 2027, []), (link, 2028, ["heard.W019"])):
        fake = SimpleNamespace(executable=str(executable), prefix="/venv", base_prefix="/usr", version_info=version)
        monkeypatch.setattr(checks, "sys", fake)
        monkeypatch.setattr(checks.timezone, "localdate", lambda year=year: date(year, 1, 1))
        assert [message.id for message in checks.python_of_machine(None)] == told


def test_database_file_that_others_may_read_is_told(tmp_path, monkeypatch):
    path = tmp_path / "room" / "heard.sqlite3"
    path.parent.mkdir()
    path.touch()
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))
    modes = {(0o644, 0o755): 1, (0o640, 0o750): 1, (0o600, 0o755): 0, (0o644, 0o700): 0}

    for (file_mode, folder_mode), told in modes.items():
        path.chmod(file_mode)
        path.parent.chmod(folder_mode)
        found = checks.database_file(None, databases=["default"])
        assert [message.id for message in found] == ["heard.W002"] * told, (file_mode, folder_mode)
    path.parent.chmod(0o700)


def test_postgresql_that_writes_values_down_is_told(monkeypatch):
    safe = {"log_min_error_statement": "panic", "log_error_verbosity": "terse", "log_statement": "none"}
    safe |= {"log_min_duration_statement": "-1", "log_parameter_max_length_on_error": "0"}
    loose = {"log_min_error_statement": "error", "log_error_verbosity": "default", "log_statement": "all"}
    loose |= {"log_min_duration_statement": "0", "log_parameter_max_length_on_error": "-1"}
    fine = ({}, {"log_statement": "ddl"}, {"log_parameter_max_length_on_error": None})

    for logs, told in [*(({name: value}, [name]) for name, value in loose.items()), *((each, []) for each in fine)]:
        monkeypatch.setattr(checks, "connections", {"default": _server(safe | logs)})
        found = checks.database_log(None, databases=["default"])
        assert [message.msg.split()[1] for message in found] == told


def test_redis_that_writes_to_the_disk_is_told(monkeypatch, settings):
    settings.CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache"}}
    never = {"save": "", "appendonly": "no"}
    told_of = [{"save": "3600 1"}, {"appendonly": "yes"}]
    cases = [(never | each, [" ".join(*each.items())]) for each in told_of]

    # One that tells nothing is named by its error.
    for configured, told in [(never, []), *cases, ({}, ["KeyError"])]:
        server = MagicMock()
        server.client.get_client().config_get = lambda name, of=configured: {name: of[name]}
        monkeypatch.setattr(checks, "caches", {"default": server})
        found = checks.redis_on_disk(None)
        assert [message.msg.partition("“")[2].partition("”")[0] for message in found] == told


def test_missing_name_model_and_pin_of_the_first_release_are_told(settings, monkeypatch):
    for is_known in (True, False):
        monkeypatch.setattr(names, "are_known", lambda known=is_known: known)
        assert ("heard.W005" in [message.id for message in run_checks()]) is not is_known
    for pinned, is_told in {"": False, "0123-4567-89ab-cdef": True, "-".join(["0123"] * 8): False}.items():
        settings.QUEUE_KEY_FINGERPRINT = pinned
        assert ("heard.W013" in [message.id for message in checks.settings_and_files(None)]) is is_told, pinned


def _server(settings):
    """A PostgreSQL with these settings."""
    cursor = MagicMock()
    cursor.__enter__.return_value = cursor
    cursor.fetchone.side_effect = lambda: [settings[cursor.execute.call_args.args[1][0]]]
    return MagicMock(vendor="postgresql", **{"cursor.return_value": cursor})


def before_opening():
    found = run_checks(tags=[Tags.database], include_deployment_checks=True, databases=["default"])
    return [message for message in found if message.id in ("heard.W010", "heard.W011", "heard.I010")]


@pytest.mark.django_db
def test_site_is_told_before_it_opens_what_is_left_to_do_until_it_is_done(settings):
    settings.DEMO = False
    creating.create_initial_content()

    found = before_opening()

    assert [message.id for message in found] == ["heard.W010"] * 3 + ["heard.W011", "heard.I010"]
    assert "Samaritans" in found[3].hint
    for slug in ("about", "privacy"):
        ContentPage.objects.filter(slug=slug).update(body="[]")
    Brand.objects.create(run_by="the Lantern Trust")
    HelpLine.objects.update(last_checked="2027-01-05")

    assert [message.id for message in before_opening()] == ["heard.I010"]
    # It is named until there is somebody to ring about safety.
    assert "heard.W008" in ids(Tags.database, databases=["default"])
    for purpose, is_told in (("care", True), ("safety", False)):
        ReadyWords.objects.create(purpose=purpose, title="Dora", text="01632 960217, day and night")
        assert ("heard.W008" in ids(Tags.database, databases=["default"])) is is_told, purpose


@pytest.mark.django_db
def test_pictures_whose_files_are_not_here_are_told(settings, tmp_path):
    settings.DEMO, settings.MEDIA_ROOT = False, tmp_path
    Picture.objects.bulk_create([Picture(title="A door", file="door.png", width=1, height=1)])
    for is_here in (False, True):
        if is_here:
            (tmp_path / "door.png").touch()
        told = ids(Tags.database, include_deployment_checks=True, databases=["default"])
        assert ("heard.W020" in told) is not is_here
