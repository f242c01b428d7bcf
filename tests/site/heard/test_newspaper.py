"""Two minutes of the day in the news: who tells meets no error, nothing is lost, nothing that went down is seen."""

import subprocess
import sys

import pytest

from tests import running_site

pytestmark = [pytest.mark.proxies, pytest.mark.served]


def test_two_minutes_of_the_day_in_the_news(demo_site, tmp_path):
    folder = running_site.copy_of(demo_site, tmp_path / "demo")
    command = [sys.executable, "-m", "bench.newspaper", "--minutes", "2", "--stories", "200", "--demo", str(folder)]

    done = subprocess.run(command, cwd=running_site.ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
