"""Break each promise on purpose, and show that the tests named after it notice: `make prove`.

Each patch in `tests/promises/breaks/` begins with what it would mean in the world. It is applied to a copy of the code,
whose tests of that promise alone are run; one that they don't notice, or that doesn't fit the code, fails this.

    .venv/bin/python tests/prove.py             every break
    .venv/bin/python tests/prove.py p2 p5       those whose names begin so
    .venv/bin/python tests/prove.py --changed   those whose code or tests changed since `proven.txt` was written

`proven.txt` keeps for each break the digest of the patch, of the files that it touches and of its promise's tests,
as they were when it was noticed last; whoever changes one of them proves the break again and commits the new line.
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
sys.path.insert(0, str(ROOT))

from tests import made_database  # noqa: E402

MADE = ROOT / "var" / "tests"
BREAKS = ROOT / "tests" / "promises" / "breaks"
PROVEN = BREAKS.parent / "proven.txt"
PROMISES = [f"p{number}" for number in range(1, 10)]
# A demo that whole code laid doesn't have what these make.
_LAID = re.compile(r"^\+\+\+ b/\S*(/static/|/migrations/|/initial_content/|triggers)", re.MULTILINE)
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

    def tests(self, root: Path) -> list[Path]:
        """The files of the tests that are named after the promise; leaving at once has its journey."""
        exits = [root / "tests" / "journeys" / "test_exit.py"]
        named = sorted((root / "tests" / "promises").glob(f"test_{self.promise}_*.py"))
        return exits if self.promise == "exit" else named

    def digest(self) -> str:
        touched = re.findall(r"^\+\+\+ b/(\S+)", self.path.read_text(), re.MULTILINE)
        whole = [self.path, *(ROOT / name for name in touched), *self.tests(ROOT)]
        return made_database.digest(whole)


class Copy:
    """The code in a folder of its own, whose tests share the databases and the demo that were laid before."""

    def __init__(self, folder: Path, number: int) -> None:
        self.root = folder / f"copy-{number}"
        self.name = f"{os.getpid()}-{self.root.name}"
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in filter(None, listed.decode().split("\0")):
            if (ROOT / name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.root / name)
        (self.root / "var").mkdir()
        for kept in ("models", "checkers"):
            (self.root / "var" / kept).symlink_to(ROOT / "var" / kept)

    def patch(self, path: Path, *, back: bool = False) -> bool:
        """Apply one patch, or take it back; False where it doesn't fit."""
        command = ["git", "apply", "--whitespace=nowarn", *(["--reverse"] if back else []), str(path)]
        # Outside any repository, git takes the paths as they stand.
        environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(self.root.parent)}
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, check=False).returncode == 0

    def test(self, each: Break) -> str:
        """Return the first test of this break's promise that fails; empty where none does."""
        demo = {} if _LAID.search(each.path.read_text()) else {"TEST_DEMO": made_database.demo_name()}
        for marks in ROUNDS:
            command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-m", marks]
            ended, said = self.run([*command, *map(str, each.tests(self.root))], **demo)
            failed = re.search(r"^FAILED \S*::(\S+)", said, re.MULTILINE)
            if ended == TESTS_FAILED and failed:
                return failed[1]
            if ended not in (0, NO_TESTS):
                # An import or a fixture that breaks is no test that noticed.
                raise RuntimeError(said[-2000:])
        return ""

    def run(self, command: list[str], **told: str) -> tuple[int, str]:
        """How this command ended, told these names of the environment, and what it said."""
        environment = os.environ | told
        environment["PYTHONPATH"] = f"{self.root / 'site'}{os.pathsep}{self.root}"
        environment |= {"TEST_FOLDER": str(MADE), "TEST_NAME": self.name}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            done = subprocess.run(
                command, cwd=self.root, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired as late:
            raise RuntimeError(f"no end after {LONGEST} seconds") from late
        return done.returncode, done.stdout + done.stderr


def main(chosen: list[str]) -> int:
    breaks = [Break(path) for path in sorted(BREAKS.glob("*.patch"))]
    few = [each for each in PROMISES if sum(one.promise == each for one in breaks) < FEWEST]
    if few:
        print(f"Each promise needs {FEWEST} breaks at least: {', '.join(few)}")
        return 1
    proven = made_database.digests_in(PROVEN)
    if "--changed" in chosen:
        breaks = [each for each in breaks if proven.get(each.path.stem) != each.digest()]
    elif chosen:
        breaks = [each for each in breaks if each.path.stem.startswith(tuple(chosen))]
    print(f"Breaking the promises in {len(breaks)} ways …", flush=True)
    if breaks:
        made_database.demo()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as beside:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(AT_ONCE):
            copies.put(Copy(Path(folder), number))
        noticed = list(beside.map(lambda each: _is_noticed(each, copies), breaks))
    for path in MADE.glob(f"{os.getpid()}-*"):
        path.unlink()
    proven |= {each.path.stem: each.digest() for each, is_noticed in zip(breaks, noticed, strict=True) if is_noticed}
    there = {path.stem for path in BREAKS.glob("*.patch")}
    made_database.keep_digests(PROVEN, {name: proven[name] for name in proven.keys() & there})
    print(f"{len(breaks)} breaks, {sum(noticed)} noticed by their promise's own tests")
    return 0 if all(noticed) else 1


def _is_noticed(each: Break, copies: "SimpleQueue[Copy]") -> bool:
    """Break the promise in a copy that is free, run its tests, mend the copy, and say what became of it."""
    copy, began = copies.get(), time.monotonic()
    try:
        if not copy.patch(each.path):
            return _say(each, "NO LONGER FITS THE CODE", began)
        try:
            test = copy.test(each)
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
