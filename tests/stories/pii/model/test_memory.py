"""What the finder weighs in a process of its own, the model and the longest text included."""

import subprocess
import sys
from pathlib import Path

import pytest

from stories.pii.model import names

ROOT = Path(__file__).resolve().parents[4]
MOST_MEGABYTES = 150
PROGRAM = """
from pathlib import Path
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
before = peak()
from stories.pii import find_identifying as find
from stories.pii.model import names
assert names.is_here()
find(("My ex Dave rang PC Hussein at Derby. " * 600)[:20_000])
print(peak() - before)
"""


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.skipif(not names.is_here(), reason="the name model is not in var/models")
def test_finder_weighs_less_than_its_bar():
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)

    assert 20 < float(done.stdout) < MOST_MEGABYTES
