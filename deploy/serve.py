"""Serve Heard with granian, taking its own options; the name model is loaded once, and its workers share it.

    .venv/bin/python deploy/serve.py --host 127.0.0.1 --port 8000 --workers 2 --blocking-threads 4

Where workers aren't forks of this process, each loads the model when it starts (`heard.wsgi`).
"""

import multiprocessing
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

from granian.cli import entrypoint  # noqa: E402

from stories.identifying.model import names  # noqa: E402

if __name__ == "__main__":
    if multiprocessing.get_start_method() == "fork":
        names.is_here()
    sys.argv[1:1] = ["heard.wsgi:application", "--interface", "wsgi", "--no-access-log"]
    entrypoint()
