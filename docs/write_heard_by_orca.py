"""Write docs/heard-aloud/by-orca.md: telling, in the words of Orca, a screen reader, from its own log of speech.

`.venv/bin/python docs/write_heard_by_orca.py` needs Debian's orca, at-spi2-core, dbus-daemon, xvfb and a Chromium. It
makes no sound, takes three minutes, and stands in no test: what Orca says depends on how soon the machine answers.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "heard-aloud" / "by-orca.md"
SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*?)'(?: \{|$)")
# In seconds: so long without a word, and Orca has said what it had to say.
QUIET, LONGEST = 4, 90
HEAD = """# Telling, as Orca says it

Made by `docs/write_heard_by_orca.py` with {version}, Debian's Chromium and a display that nobody sees.
The same journey as `telling.md`, which is made from the accessibility tree. One line is one call of Orca to its voice,
and can stand a step late: Orca speaks when it is ready.

What differs from the tree: Orca counts landmarks, headings and links first, says where each landmark and list ends,
calls the footer “information” and a fold a “toggle button”, and a heading that takes the focus “clickable”. It joins
“1 of 6” to its heading without a pause, says an answer that is missing twice where the tree has it once, and says
“Checking” twice: from the button, which has the focus, and from the line that announces it where it has not.

"""


def main() -> None:
    from tests import running_site

    screen = subprocess.Popen(["Xvfb", ":77", "-screen", "0", "1280x900x24"], stderr=subprocess.DEVNULL)
    try:
        with tempfile.TemporaryDirectory() as folder, running_site.serve_demo(Path(folder) / "demo") as site:
            own = {"DISPLAY": ":77", "HOME": folder, "XDG_RUNTIME_DIR": folder, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
            command = ["dbus-run-session", "--", sys.executable, __file__, site.url, f"{folder}/orca.log"]
            subprocess.run(command, env=os.environ | own, check=True)
    finally:
        screen.terminate()


def listen_at(url: str, log: Path) -> None:
    """Inside a session bus of its own: start Orca, walk, and write down what it said at each step."""
    from playwright.sync_api import sync_playwright

    from tests import running_site
    from tests.journeys import heard_aloud
    from tests.journeys.watching import Visit

    class OrcasEar(heard_aloud.Ear):
        def hear(self, did: str) -> None:
            self.steps.append((did, _said_since(log, self.steps)))

    for setting in ("interface toolkit-accessibility", "a11y.applications screen-reader-enabled"):
        subprocess.run(["gsettings", "set", *f"org.gnome.desktop.{setting} true".split()], check=True)
    started = [
        subprocess.Popen(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"], stderr=subprocess.DEVNULL)
    ]
    started.append(subprocess.Popen(["orca", "--replace", f"--debug-file={log}"], stderr=subprocess.DEVNULL))
    time.sleep(QUIET)
    flags = [*running_site.FLAGS, "--force-renderer-accessibility"]
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, headless=False, args=flags)
        ear = OrcasEar(Visit(browser.new_context(base_url=url, locale="en-GB", no_viewport=True), url), None)
        heard_aloud.tell(ear)
        browser.close()
    for process in reversed(started):
        process.terminate()
    _write(ear.steps)


def _said_since(log: Path, steps: list[Any]) -> list[str]:
    """Wait until it is quiet; what was said since the steps before."""
    had, until = sum(len(said) for _did, said in steps), time.monotonic() + LONGEST
    before, since = -1, time.monotonic()
    while time.monotonic() < until and time.monotonic() - since < QUIET:
        time.sleep(0.5)
        said = [found[1].strip() for line in log.read_text().splitlines() if (found := SPOKEN.search(line))]
        if len(said) != before:
            before, since = len(said), time.monotonic()
    return said[had:]


def _write(steps: list[Any]) -> None:
    from docs.write_heard_aloud import steady

    version = subprocess.run(["orca", "--version"], check=True, capture_output=True, text=True).stdout.partition(",")[0]
    lines = [HEAD.format(version=version.strip())]
    for did, said in steps:
        lines += [f"## {did}\n\n", *(f"- {steady(each)}\n" for each in said if re.search(r"\w", each)), "\n"]
    PAGE.write_text("".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    os.environ.setdefault("DEMO", "1")
    import django

    django.setup()
    if len(sys.argv) > 1:
        listen_at(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
