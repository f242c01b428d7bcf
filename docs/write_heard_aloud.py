"""Write docs/heard-aloud/ from the six journeys as Chromium's accessibility tree has them: needs a Chromium.

`.venv/bin/python docs/write_heard_aloud.py` serves the demo, walks it, and ends it.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "heard-aloud"
HEAD = """# {title}, as it is heard

Made by `docs/write_heard_aloud.py`; the demo's accounts are invented. One line is one breath of a screen reader.
What stands at the top and the foot of each page is written out once, and so is a part that has not changed.
"""
# What differs from one walk to the next: codes, days, times, names of accounts.
_CHANGES = (
    (re.compile(r"\b([0-9A-Z] ){3}[0-9A-Z]\b"), "A 1 B 2"),
    (
        re.compile(
            r"\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)\b"
        ),
        "1 \\1",
    ),
    (re.compile(r"http://127\.0\.0\.1:\d+"), "https://heard.example"),
    (re.compile(r"\b[0-9a-f]{6}\b"), "4d4252"),
    (re.compile(r"\b\d\d:\d\d\b"), "12:00"),
)


def as_markdown(name: str, steps: Iterable[Any]) -> str:
    """One journey: each step with what is announced, where the focus goes, and what is new on the page."""
    had: set[str] = set()
    lines = [HEAD.format(title=name.replace("-", " ").capitalize())]
    for step in steps:
        lines += [f"## {step.did}", ""]
        lines += [f"- **announced:** {steady(words)}" for words in step.announced]
        lines += [f"- **focus:** {steady(step.focus.line)}"] if step.focus.line else []
        lines += [f"- {line}" for line in _new(step.said, had)]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def _new(said: Iterable[Any], had: set[str]) -> Iterator[str]:
    is_main, now, told = False, set(), False
    for each in said:
        line, is_main = steady(each.line), is_main or each.kind == "main"
        if each.kind == "contentinfo":
            is_main = False
        now.add(line)
        # A heading is said each time: it tells where the rest belongs.
        if line and (line not in had or each.kind == "heading"):
            yield line
            told = False
        elif line and is_main and not told:
            yield "…"
            told = True
    had |= now


def steady(line: str) -> str:
    for pattern, instead in _CHANGES:
        line = pattern.sub(instead, line)
    return line.replace("<", "&lt;").replace("*", "\\*")


def main() -> None:
    from tests import at_work, running_site
    from tests.journeys import heard_aloud
    from tests.journeys.watching import DESK, Visit

    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site.serve_demo(Path(folder)) as site,
        running_site.browser() as browser,
    ):

        def open_window(device: dict[str, Any] = DESK, **options: Any) -> Visit:
            settings = {"base_url": site.url, "locale": "en-GB", "reduced_motion": "reduce", **device, **options}
            return Visit(browser.new_context(**settings), site.url)

        team = {name: at_work.Colleague(site, name).unlock() for name in ("alice", "bob")}
        for name, steps in heard_aloud.walk_all(open_window, site, team).items():
            (FOLDER / f"{name}.md").write_text(as_markdown(name, steps), encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    os.environ.setdefault("DEMO", "1")
    import django

    django.setup()
    main()
