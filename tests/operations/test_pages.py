"""The pages that an upgrade asks for, of the real site beside the one that serves."""

import re
import secrets
import threading

import pytest
from operations import pages, releases
from operations.layout import Layout
from operations.machine import Failed, Machine
from operations.releases import Release

from tests import made_database
from tests.operations.small_releases import ROOT

BESIDE = Release(ROOT)


@pytest.fixture
def machine(tmp_path):
    """A new site with its pages and its styles, which nobody serves yet."""
    machine = Machine(Layout(tmp_path))
    layout = machine.layout
    layout.data.mkdir(parents=True)
    layout.etc.mkdir(parents=True)
    made_database.copy_to(layout.data / "heard.sqlite3")
    told = {"DATA_DIR": layout.data, "RUN_DIR": layout.data / "run", "BASE_URL": "https://heard.example"}
    told |= {"ALLOWED_HOSTS": "heard.example", "TRUSTED_PROXIES": "127.0.0.1"}
    told |= {name: secrets.token_hex(32) for name in ("SECRET_KEY", "RECEIPT_PEPPER")}
    layout.env_file.write_text("".join(f"{name}='{value}'\n" for name, value in told.items()))
    return machine


def test_all_of_them_come_and_no_style_is_missing_while_they_are_collected_again(machine):
    releases.collect_static_files(machine, BESIDE)

    with pages.served_aside(machine, BESIDE) as port:
        statuses = pages.page_statuses(machine, port)
        wrong = pages.wrong_pages(machine, port, {"/open-data/": 200})

    assert statuses == dict.fromkeys([*pages.PAGES, "the styles"], 200)
    assert len(pages.PAGES) == 12
    assert wrong == []
    named = re.compile(r"\.[0-9a-f]{12}\.")
    found = (machine.layout.data / "static").rglob("*")
    served = [path for path in found if named.search(path.name) and path.stat().st_size]
    missing, ended = set(), threading.Event()

    def look():
        while not ended.is_set():
            missing.update(path.name for path in served if not path.exists() or not path.stat().st_size)

    looking = threading.Thread(target=look)
    looking.start()
    releases.collect_static_files(machine, BESIDE)
    ended.set()
    looking.join()
    assert served
    assert missing == set()
    assert not (machine.layout.data / "static.next").exists()


def test_release_that_does_not_start_says_why(machine):
    machine.layout.env_file.write_text("SECRET_KEY=short\n")

    said = "The new release doesn't start: .*SECRET_KEY"
    with pytest.raises(Failed, match=said), pages.served_aside(machine, BESIDE):
        pass
