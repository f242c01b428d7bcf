"""The Nu HTML checker finds no error on any page of the public side."""

import json
import subprocess

import pytest

from tests.checkers import fetching
from tests.site.checks import crawling

pytestmark = [pytest.mark.nu, pytest.mark.served, pytest.mark.slow, pytest.mark.full]


def test_nu_finds_no_error_on_any_page(crawled, stages, tmp_path):
    pages = {page.address: page.text for page in [*crawled.pages(), *crawling.unlinked(crawled.site)]}
    pages |= {f"{group}: {name}": page for group, each in stages.items() for name, page in each.items()}
    files = {f"{number:04}.html": address for number, address in enumerate(pages)}
    for name, address in files.items():
        (tmp_path / name).write_text(pages[address])

    found = {f"{each['message']} {each.get('extract', '')}": each["url"] for each in _found(tmp_path)}

    assert len(pages) > 150, "the walk ended early"
    assert {what: files[where.rpartition("/")[2]] for what, where in found.items()} == {}


def _found(folder):
    """All of the folder's pages at once: starting Java costs more than a hundred of them."""
    command = ["java", "-XX:+UseSerialGC", "-jar", str(fetching.NU), "--errors-only", "--format", "json"]
    done = subprocess.run(
        [*command, "--stdout", "--exit-zero-always", "--skip-non-html", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)["messages"]
