"""The pages that an upgrade asks for, of the real site beside the one that serves."""

import secrets

import pytest
from django.conf import settings
from operations import pages
from operations.layout import Layout
from operations.machine import Failed, Machine
from operations.releases import Release

from tests import made_database
from tests.operations.small_releases import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.full]
BESIDE = Release(ROOT)


@pytest.fixture
def machine(tmp_path):
    """A new site with its pages and its styles, which nobody serves yet."""
    machine = Machine(Layout(tmp_path))
    layout = machine.layout
    layout.data.mkdir(parents=True)
    layout.etc.mkdir(parents=True)
    made_database.copy_to(layout.data / "heard.sqlite3", schema=settings.SCHEMA)
    told = {"DATA_DIR": layout.data, "RUN_DIR": layout.data / "run", "BASE_URL": "https://heard.example"}
    told |= {"ALLOWED_HOSTS": "heard.example", "TRUSTED_PROXIES": "127.0.0.1"}
    told |= {name: secrets.token_hex(32) for name in ("SECRET_KEY", "RECEIPT_PEPPER")}
    layout.env_file.write_text("".join(f"{name}='{value}'\n" for name, value in told.items()))
    return machine


def test_all_of_them_come_and_with_them_the_styles(machine):
    machine.manage("collectstatic", "--noinput", release=ROOT)

    with pages.served_aside(machine, BESIDE) as port:
        statuses = pages.page_statuses(machine, port)
        wrong = pages.wrong_pages(machine, port, {"/open-data/": 200})

    assert statuses == dict.fromkeys([*pages.PAGES, "the styles"], 200)
    assert len(pages.PAGES) == 12
    assert wrong == []


def test_release_that_does_not_start_says_why(machine):
    machine.layout.env_file.write_text("SECRET_KEY=short\n")

    with (
        pytest.raises(Failed, match="The new release doesn't start: .*SECRET_KEY"),
        pages.served_aside(machine, BESIDE),
    ):
        pass
