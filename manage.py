#!/usr/bin/env python
"""Run one of the site's commands; with `--debug`, one that fails shows where, and what it was about."""

import os
import sys
from pathlib import Path


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    from django.core.management import execute_from_command_line

    from stories.core.faults import Fault

    arguments = ["--traceback" if each == "--debug" else each for each in sys.argv]
    try:
        execute_from_command_line(arguments)
    except Exception as error:
        if "--traceback" in arguments:
            raise
        # A database's message can hold a row, and a journal keeps what is printed.
        sys.exit(f"{' '.join(sys.argv[:2])} failed at {Fault(error)}. With --debug it says more.")


if __name__ == "__main__":
    main()
