"""Write the rooms of docs/house.md from the first line of each file: `python docs/write_house.py`."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE, MARK = ROOT / "docs" / "house.md", "<!-- From here on written by docs/write_house.py. -->"
PRODUCT = ("stories", "moderation", "site/campaign", "site/heard")
LEFT_OUT = {"migrations", "management"}


def main() -> None:
    PAGE.write_text(as_markdown(), encoding="utf-8")


def as_markdown() -> str:
    """The page: the drawing as it was written by hand, then one table a room."""
    drawing = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    return f"{drawing}{MARK}\n" + "".join(_room(folder) for folder in _folders())


def _folders() -> list[Path]:
    """Every folder of the product with modules in it, a room before the rooms inside it."""
    tops = (ROOT / name for name in PRODUCT)
    folders = (path for top in tops for path in [top, *sorted(each for each in top.rglob("*") if each.is_dir())])
    return [path for path in folders if not LEFT_OUT & set(path.parts) and _modules(path)]


def _modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.py") if path.name != "__init__.py" or _first_line(path))


def _room(folder: Path) -> str:
    rows = "".join(f"| `{path.name}` | {_first_line(path)} |\n" for path in _modules(folder))
    return f"\n## {folder.relative_to(ROOT)}\n| | |\n|---|---|\n{rows}"


def _first_line(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return said.partition("\n\n")[0].replace("\n", " ").replace("|", "\\|").removesuffix(".")


if __name__ == "__main__":
    sys.exit(main())
