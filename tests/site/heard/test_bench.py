"""The bench runs, and so do two minutes of the day in the news."""

import subprocess
import sys

import pytest

from tests import running_site

pytestmark = [pytest.mark.proxies, pytest.mark.served]
ROWS = ["home, kept", "the list, kept", "a story, kept", "a story made anew", "a filtered list made anew"]
ROWS += ["a list's 500th page", "a search, a word in most stories", "figures made anew", "the form"]
ROWS += ["the 500th page, times the first", "start, to the first page, s", "memory of the largest process, MB"]
ROWS += ["home, through a cache in front", "the list, through it", "a story, through it"]
ROWS += ["against a plain ModelForm's POST", "at 20 a second, of a hundred the 95th, ms"]
ROWS += ["memory after 36 changes, times that after 6", "publish one", "take one down"]
ROWS += ["the slowest first page after it", "publish or take down, times that of the fewest"]


def test_every_row_of_the_table_is_measured(demo_site, tmp_path):
    for stories in (1, 10, 100):
        running_site.copy_of(demo_site, tmp_path / f"sqlite-heard_{stories}")
    command = [sys.executable, "bench/run.py", "--stories", "100", "--quick", "--memory"]
    environment = running_site.demo_environment(tmp_path) | {"BENCH_FOLDER": str(tmp_path)}
    environment |= dict.fromkeys(("TEST_POSTGRESQL_URL", "TEST_REDIS_URL"), "")

    done = subprocess.run(command, cwd=running_site.ROOT, env=environment, capture_output=True, text=True)

    printed = {line[:47].rstrip() for line in done.stdout.splitlines()}
    assert not [row for row in ROWS if not any(line.startswith(row) for line in printed)], done.stdout + done.stderr


def test_two_minutes_of_the_day_in_the_news_meet_no_error_and_lose_nothing(demo_site, tmp_path):
    folder = running_site.copy_of(demo_site, tmp_path / "demo")
    command = [sys.executable, "-m", "bench.newspaper", "--minutes", "2", "--stories", "200", "--demo", str(folder)]

    done = subprocess.run(command, cwd=running_site.ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
