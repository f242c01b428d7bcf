"""Break each promise on purpose, and show that the tests named after it notice: `make prove`.

Each patch in `tests/promises/breaks/` begins with what it would mean in the world. It is applied to a copy of the code,
whose tests of that promise alone are run; one that they don't notice, or that doesn't fit the code, fails this.

    .venv/bin/python tests/prove.py           every break
    .venv/bin/python tests/prove.py p2 p5     those whose names begin so
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
BREAKS = ROOT / "tests" / "promises" / "breaks"
PROMISES = [f"p{number}" for number in range(1, 10)]
FEWEST, LONGEST = 3, 1200  # breaks of each promise; seconds of one run
# Those that start no server first: most breaks are noticed within seconds.
ROUNDS = ("not served and not browser", "browser", "served and not browser")
AT_ONCE = 2
TESTS_FAILED, NO_TESTS = 1, 5  # as pytest ends


@dataclass(frozen=True)
class Break:
    """One patch: its name, the promise that it breaks, and what that means in the world."""

    path: Path

    @property
    def promise(self) -> str:
        return self.path.stem.split("_")[0]

    @property
    def meaning(self) -> str:
        return self.path.read_text().partition("\n")[0]


class Copy:
    """The code in a folder of its own, whose tests share the one folder of made databases."""

    def __init__(self, folder: Path, number: int) -> None:
        self.root, self.made = folder / f"copy-{number}", folder / "made"
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in filter(None, listed.decode().split("\0")):
            if (ROOT / name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.root / name)
        (self.root / "var").mkdir()
        for kept in ("models", "checkers"):
            (self.root / "var" / kept).symlink_to(ROOT / "var" / kept)
        self.made.mkdir(exist_ok=True)

    def patch(self, path: Path, *, back: bool = False) -> bool:
        """Apply one patch, or take it back; False where it doesn't fit."""
        command = ["git", "apply", "--whitespace=nowarn", *(["--reverse"] if back else []), str(path)]
        # Outside any repository, git takes the paths as they stand.
        environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(self.root.parent)}
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, check=False).returncode == 0

    def test(self, promise: str) -> str:
        """Return the first test of this promise that fails; empty where none does."""
        files = sorted(str(path) for path in (self.root / "tests" / "promises").glob(f"test_{promise}_*.py"))
        for marks in ROUNDS:
            command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-m", marks, *files]
            ended, said = self.run(command)
            failed = re.search(r"^FAILED \S*::(\S+)", said, re.MULTILINE)
            if ended == TESTS_FAILED and failed:
                return failed[1]
            if ended not in (0, NO_TESTS):
                # An import or a fixture that breaks is no test that noticed.
                raise RuntimeError(said[-2000:])
        return ""

    def run(self, command: list[str], *, longest: int = LONGEST) -> tuple[int, str]:
        """How this command ended within so many seconds, and what it said."""
        environment = os.environ | {
            "PYTHONPATH": f"{self.root / 'site'}{os.pathsep}{self.root}",
            "TEST_FOLDER": str(self.made),
            "TEST_NAME": self.root.name,
        }
        try:
            done = subprocess.run(
                command, cwd=self.root, env=environment, capture_output=True, text=True, timeout=longest, check=False
            )
        except subprocess.TimeoutExpired as late:
            raise RuntimeError(f"no end after {longest} seconds") from late
        return done.returncode, done.stdout + done.stderr


def main(chosen: list[str]) -> int:
    breaks = [Break(path) for path in sorted(BREAKS.glob("*.patch"))]
    few = [each for each in PROMISES if sum(one.promise == each for one in breaks) < FEWEST]
    if few:
        print(f"Each promise needs {FEWEST} breaks at least: {', '.join(few)}")
        return 1
    breaks = [each for each in breaks if not chosen or each.path.stem.startswith(tuple(chosen))]
    print(f"Breaking the promises in {len(breaks)} ways …", flush=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as beside:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(AT_ONCE):
            copies.put(Copy(Path(folder), number))
        noticed = list(beside.map(lambda each: _is_noticed(each, copies), breaks))
    print(f"{len(breaks)} breaks, {sum(noticed)} noticed by their promise's own tests")
    return 0 if all(noticed) else 1


def _is_noticed(each: Break, copies: "SimpleQueue[Copy]") -> bool:
    """Break the promise in a copy that is free, run its tests, mend the copy, and say what became of it."""
    copy, began = copies.get(), time.monotonic()
    try:
        if not copy.patch(each.path):
            return _say(each, "NO LONGER FITS THE CODE", began)
        try:
            test = copy.test(each.promise)
        except RuntimeError as error:
            return _say(each, f"BROKE THE TESTS THEMSELVES\n{error}", began)
        finally:
            copy.patch(each.path, back=True)
        return _say(each, f"noticed by {test}" if test else "NOT NOTICED", began, is_right=bool(test))
    finally:
        copies.put(copy)


def _say(each: Break, what: str, began: float, *, is_right: bool = False) -> bool:
    print(f"  {each.path.stem} ({time.monotonic() - began:.0f} s): {what}\n    {each.meaning}", flush=True)
    return is_right


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
