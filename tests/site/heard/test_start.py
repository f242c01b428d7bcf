"""What a server refuses before it answers anybody."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.checks import Tags, run_checks
from django.db import OperationalError

from heard import start
from heard.demo import mark
from stories.crypto import receipts
from stories.models import PepperCheck

pytestmark = pytest.mark.django_db
CODE = "7K3M-9QZX-0TVA-W2HE"


def ids(*tags):
    return {message.id for message in run_checks(tags=tags or None, databases=["default"])}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DATA_DIR, settings.RUN_DIR = tmp_path, tmp_path / "run"


def test_server_with_another_pepper_than_its_database_stops_and_the_check_names_it(settings):
    first = settings.RECEIPT_PEPPER
    start.stop_unless_ready()
    settings.RECEIPT_PEPPER = b"another pepper for this test, as long as the first"

    with pytest.raises(SystemExit, match=r"^Heard can't start: RECEIPT_PEPPER isn't the one [^\n]+$"):
        start.stop_unless_ready()
    assert "heard.E004" in ids(Tags.database)
    settings.RECEIPT_PEPPER = first
    start.stop_unless_ready()
    assert "heard.E004" not in ids(Tags.database)
    # The check value is no part of what a code is found or locked by.
    [kept] = PepperCheck.objects.values_list("value", flat=True)
    derived = [make(CODE, pepper=settings.RECEIPT_PEPPER) for make in (receipts.look_up_id, receipts.wrapping_key)]
    assert len(kept) == 16
    assert bytes(kept) not in [made[at : at + 16] for made in derived for at in range(17)]
    assert settings.RECEIPT_PEPPER[:16] != bytes(kept)


def test_folder_that_cant_be_written_to_stops_the_server_and_one_to_be_made_does_not(settings, tmp_path):
    missing, file = tmp_path / "missing", tmp_path / "file"
    file.touch()

    start.stop_unless_ready()
    assert not Path(settings.RUN_DIR).exists()
    for name, folder in (("DATA_DIR", missing), ("DATA_DIR", file), ("RUN_DIR", file / "run"), ("RUN_DIR", "/proc/x")):
        kept = getattr(settings, name)
        setattr(settings, name, folder)
        with pytest.raises(SystemExit, match=f"^Heard can't start: {name}={folder} can't be written to [^\n]+install"):
            start.stop_unless_ready()
        assert "heard.E005" in ids()
        setattr(settings, name, kept)


def test_name_with_a_slip_in_it_is_said_at_the_start_and_by_the_check(monkeypatch, capsys):
    for name in ("PGDATA", "SERVICE", "XDG_DATA_DIR", "HTTP_PROXY", "CREDENTIALS_DIRECTORY", "DATABASE_URL_FILE"):
        monkeypatch.setenv(name, "x")
    start.stop_unless_ready()
    assert capsys.readouterr().err == ""

    monkeypatch.setenv("TRUSTED_PROXY", "127.0.0.1")
    start.stop_unless_ready()

    assert capsys.readouterr().err == "Nothing reads TRUSTED_PROXY in the environment: is TRUSTED_PROXIES meant?\n"
    assert "heard.W017" in ids()
    # While the database is away, it starts.
    monkeypatch.setattr(mark, "is_marked", Mock(side_effect=OperationalError))
    start.stop_unless_ready()
