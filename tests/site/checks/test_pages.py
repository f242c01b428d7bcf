"""Lighthouse gives a page of each sort a hundred for accessibility, on a phone; Nu finds no error on any page."""

import json
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import ports, running_site
from tests.checkers import fetching
from tests.site.checks import crawling

PROGRAM = Path(fetching.__file__).with_name("lighthouse.mjs")
PATHS = ("/", "/stories/", "/tell/form/", "/forces/kent/", "/what-we-hear/")


@pytest.mark.lighthouse
@pytest.mark.browser
def test_lighthouse_gives_a_hundred(full_site, crawled, tmp_path):
    story = next(address for address in crawled.answers if running_site.STORY.fullmatch(address))
    addresses = [full_site.url + path for path in (*PATHS, story)]

    with _chromium(tmp_path) as port:
        said = _asked(port, addresses)

    assert said == {address: {"score": 1, "failed": []} for address in addresses}


def _asked(port, addresses):
    command = ["node", str(PROGRAM), str(fetching.FOLDER), str(port), *addresses]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout)


@contextmanager
def _chromium(folder):
    """One that Lighthouse can steer itself, at the port that it hands out."""
    port = ports.held_port()
    command = [running_site.chromium(), "--headless=new", f"--remote-debugging-port={port}", *running_site.FLAGS]
    command += [f"--user-data-dir={folder}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        running_site.wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=running_site.LONGEST_END)


@pytest.mark.nu
@pytest.mark.served
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
    command += ["--stdout", "--exit-zero-always", "--skip-non-html", str(folder)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["messages"]
