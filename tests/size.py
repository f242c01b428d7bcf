"""Print the size of the house beside the most that it may be: `make size`."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT, FRAMEWORK = ("site", "stories", "moderation"), {"__init__.py", "__main__.py", "apps.py", "urls.py"}
SHORTEST, LONGEST, LONGEST_FUNCTION, MOST_MODULES = 25, 500, 40, 20


def main() -> int:
    """Print one line a figure; `--strict` ends with 1 where one is over its bound."""
    rows = _figures()
    for name, now, most in rows:
        print(f"{'  ' if now <= most else '! '}{name:<58}{_shown(now):>9}  at most {_shown(most):>7}")
    over = sum(now > most for _, now, most in rows)
    said = f"{over} of {len(rows)} figures over their bound" if over else "within its bounds"
    print(f"The size of the house: {said}")
    return 1 if over and "--strict" in sys.argv else 0


def _figures() -> list[tuple[str, float, float]]:
    product = [path for path in _tracked(*PRODUCT) if path.suffix == ".py" and "migrations" not in path.parts]
    lines = {path: len(path.read_text().splitlines()) for path in product}
    tests, deploy = (
        sum(len(path.read_text().splitlines()) for path in _tracked(place) if path.suffix == ".py")
        for place in ("tests", "deploy")
    )
    short = [path for path in product if lines[path] < SHORTEST and path.name not in FRAMEWORK]
    folders = Counter(path.parent for path in product if path.name != "__init__.py")
    return [
        ("product Python, lines", sum(lines.values()), 38_000),
        ("Python that sets up and looks after a machine, lines", deploy, 4_000),
        ("product Python, files", len(product), 330),
        (f"files under {SHORTEST} lines", len(short), 0),
        (f"files over {LONGEST} lines", sum(each > LONGEST for each in lines.values()), 0),
        (f"folders with more than {MOST_MODULES} modules", sum(each > MOST_MODULES for each in folders.values()), 0),
        (f"functions over {LONGEST_FUNCTION} lines", sum(map(_long_functions, product)), 0),
        ("terms in the glossary", _terms(), 60),
        ("`Any` outside imports", sum(map(_anys, product)), 300),
        ("templates", len(_tracked("templates")), 250),
        ("test lines for each line of product", round(tests / (sum(lines.values()) + deploy), 2), 1.2),
    ]


def _tracked(*places: str) -> list[Path]:
    """The files under these places that git knows and that are still there."""
    said = subprocess.run(["git", "ls-files", "-z", *places], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in said.stdout.split("\0") if name and (ROOT / name).is_file()]


def _long_functions(path: Path) -> int:
    found = (each for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.FunctionDef))
    return sum(each.end_lineno - each.lineno + 1 > LONGEST_FUNCTION for each in found)


def _anys(path: Path) -> int:
    """The uses of `Any` in a file, its imports aside."""
    source = path.read_text()
    imported = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return sum(each.type == tokenize.NAME and each.string == "Any" and each.start[0] not in imported for each in tokens)


def _terms() -> int:
    """The terms that the glossary explains: what stands in bold."""
    return len(re.findall(r"\*\*[^*]+\*\*", (ROOT / "docs" / "glossary.md").read_text()))


def _shown(number: float) -> str:
    return f"{number:,.2f}" if isinstance(number, float) else f"{number:,}"


if __name__ == "__main__":
    sys.exit(main())
