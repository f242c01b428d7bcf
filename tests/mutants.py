"""Change the code in sixty places, one at a time, and say which test notices each.

A witness for work on the tests: a seed draws from the code that it draws from today, and each change that was noticed
before such work has to be noticed after it. Which tests reach which line is recorded once for a state of the code, in
`var/`, which takes a quarter of an hour of a processor. It needs `coverage`.

    .venv/bin/python tests/mutants.py                  sixty changes
    .venv/bin/python tests/mutants.py --seed 2         sixty others
    .venv/bin/python tests/mutants.py --only 7 12      the seventh and the twelfth of them
"""

import argparse
import ast
import json
import random
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.prove import AT_ONCE, MADE, NO_TESTS, Copy  # noqa: E402
from tests.reached import CHOSEN, FOLDERS, read_or_record  # noqa: E402

HINTS = ("annotation", "returns")
MANY, FIRST = 60, 40  # changes of one run; tests that look at each before all others do
PAIRS = [(ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot)]
OTHER = {one: other for pair in [*PAIRS, (ast.And, ast.Or)] for one, other in (pair, pair[::-1])}


@dataclass(frozen=True)
class Mutant:
    """One change: the file as it would be, and the lines by which tests run it."""

    file: str
    line: int
    what: str
    code: str
    lines: frozenset[int]


def draw(seed: int, many: int = MANY) -> list[Mutant]:
    chance, files = random.Random(seed), sorted(path for each in FOLDERS for path in (ROOT / each).rglob("*.py"))
    places = [(path, number) for path in files for number in range(len(_places(path)))]
    return [_mutant(path, number, chance) for path, number in chance.sample(places, many)]


def changes(node: ast.AST) -> list[ast.AST]:
    """What this piece of code could be in its place."""
    match node:
        case ast.Compare(left, ops, others):
            swapped = [[*ops[:n], OTHER[type(op)](), *ops[n + 1 :]] for n, op in enumerate(ops)]
            return [ast.Compare(left, each, others) for each in swapped]
        case ast.BoolOp(op, values):
            return [ast.BoolOp(OTHER[type(op)](), values)]
        case ast.UnaryOp(ast.Not(), operand):
            return [operand]
        case ast.Constant(bool() as value):
            return [ast.Constant(not value)]
        case ast.Constant(int() | float() as value):
            return [ast.Constant(value + 1), ast.Constant(value - 1)]
        case ast.Return(ast.expr() as value) if ast.unparse(value) != "None":
            return [ast.Return(ast.Constant(None))]
        case ast.Raise() | ast.Expr(ast.Call()):
            return [ast.Pass()]
    return []


def _places(path: Path):
    tree = ast.parse(path.read_text())
    return [(tree, *piece) for piece in pieces(tree) if changes(piece[0])]


def pieces(up: ast.AST, lines: frozenset[int] = frozenset()):
    """Each piece of code but type hints and logs, what it stands in, and the lines by which a test runs it.

    What a function's head says counts as all of its body. Nothing says which test needs what runs once for all: code
    outside functions, and what is cached.
    """
    for field, part in ast.iter_fields(up):
        is_run = isinstance(up, ast.FunctionDef) and not any("cache" in ast.unparse(each) for each in up.decorator_list)
        for node in part if isinstance(part, list) else [part]:
            if not isinstance(node, ast.AST) or field in HINTS or _is_log(node):
                continue
            inner = lines
            if is_run and field != "body":
                inner = frozenset(range(up.body[0].lineno, up.end_lineno + 1))
            elif isinstance(node, ast.stmt) and (is_run or lines):
                last = node.body[0].lineno - 1 if hasattr(node, "body") else node.end_lineno
                inner = frozenset({node.lineno, *range(node.lineno, last + 1)})
            yield node, up, field, inner
            yield from pieces(node, inner)


def _is_log(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else node
    return isinstance(call, ast.Call) and ast.unparse(call.func).startswith("logger.")


def _mutant(path: Path, number: int, chance: random.Random) -> Mutant:
    tree, node, up, field, lines = _places(path)[number]
    new, is_number = chance.choice(changes(node)), isinstance(node, ast.Constant)
    # A number alone says nothing.
    was = _shown(up if is_number else node)
    if isinstance(part := getattr(up, field), list):
        part[part.index(node)] = new
    else:
        setattr(up, field, new)
    what = f"{was} → {_shown(up if is_number else new)}"
    return Mutant(str(path.relative_to(ROOT)), node.lineno, what, ast.unparse(tree), lines)


def _shown(node: ast.AST) -> str:
    return f"`{' '.join(ast.unparse(node).split())[:90]}`"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", help="the numbers of some")
    chosen = parser.parse_args()
    drawn = [(n, one) for n, one in enumerate(draw(chosen.seed), 1) if not chosen.only or n in chosen.only]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as beside:
        copies: SimpleQueue[Copy] = SimpleQueue()
        both = [Copy(Path(folder), number) for number in range(AT_ONCE)]
        reached = read_or_record(both, beside)
        if failing := _failing(both[0], list(reached.seconds)[:1]):
            print(f"The tests fail as they are: {failing}")
            return 1
        for each in both:
            copies.put(each)

        def look(numbered: tuple[int, Mutant]) -> str:
            number, mutant = numbered
            copy = copies.get()
            try:
                noticed, after = _noticed(mutant, copy, reached.tests_of(mutant.file, mutant.lines))
            finally:
                copies.put(copy)
            print(f"{chosen.seed}, {number} {mutant.file}:{mutant.line} {mutant.what}, {after}", flush=True)
            return noticed

        noticed = [test for test in beside.map(look, drawn) if test]
        print(f"Seed {chosen.seed}: {len(drawn)} mutants, {len(noticed)} noticed")
        return _is_sound(both[0], sorted(filter(reached.seconds.get, noticed)))


def _noticed(mutant: Mutant, copy: Copy, tests: list[str]) -> tuple[str, str]:
    """The test that notices it, and what to say of it."""
    path = copy.root / mutant.file
    path.write_text(mutant.code)
    try:
        for some in filter(None, (tests[:FIRST], tests[FIRST:])):
            if failing := _failing(copy, some):
                return failing, f"noticed by {failing}"
        return "", f"NOT NOTICED by any of {len(tests)} tests"
    except RuntimeError as late:
        # One that goes round for ever ends by its limit of the processor: here the machine was held up.
        return "", f"UNDECIDED: {late}"
    finally:
        shutil.copy2(ROOT / mutant.file, path)


def _failing(copy: Copy, tests: list[str]) -> str:
    """The first of these tests that fails; empty where none does."""
    for left in MADE.glob(f"{copy.name}-*"):
        # What a run before wrote under other code.
        left.unlink()
    (copy.root / CHOSEN).write_text(json.dumps(tests))
    files = sorted({test.partition("::")[0] for test in tests})
    ended, said = copy.run(
        [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-p", "tests.reached", *files]
    )
    failed = re.search(r"^(?:FAILED|ERROR) (tests/.+?)(?: - |$)", said, re.MULTILINE)
    return "" if ended in (0, NO_TESTS) else failed[1] if failed else f"no one test, for all end with {ended}"


def _is_sound(copy: Copy, noticed: list[str]) -> int:
    """Whether all that noticed pass where each file is written as the mutants are, with nothing changed."""
    for path in (path for each in FOLDERS for path in (copy.root / each).rglob("*.py")):
        path.write_text(ast.unparse(ast.parse(path.read_text())))
    if noticed and (failing := _failing(copy, noticed)):
        print(f"{failing} fails without any change too")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
