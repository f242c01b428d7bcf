"""Rules that are data: files of [sections], one regular expression a line, blind to case.

A line that is set in goes on with the one before, and one that begins with "#" is a comment. <NAMES> stand for what
the section of that name says, in the file itself or, for every file of its folder, in `stand_ins.txt`. In a [table:]
each line says something before its pattern.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from stories.pii.kinds import Finding, make_finding

_FOLDER = Path(__file__).parent / "data" / "rules"
_HEADING = re.compile(r"\[([\w ]+:?)\]")
_NAME = re.compile(r"<([A-Z][A-Z0-9_]*)>")
_SHAPE = re.compile(r"(sure|unsure) (?:\(([a-z, ]+)\) )?(.+)")

Check = Callable[[re.Match[str]], bool]
# A kind, a pattern whose group `it` is the detail, whether it is sure, and checks that all have to let it through.
Shape = tuple[str, re.Pattern[str], bool, tuple[Check, ...]]


class RuleFile(dict[str, re.Pattern[str]]):
    """The pattern of each section by its heading: it matches what any of the lines does. `form` is put around it."""

    def __init__(self, name: str, folder: Path = _FOLDER, form: str = "{}", /, **stand_ins: str) -> None:
        super().__init__()
        self._stand_ins = dict(stand_ins)
        for file in ("stand_ins", name):
            self._sections = sections_of(folder / f"{file}.txt")
            for heading in filter(str.isupper, self._sections):
                self._stand_ins[heading] = "|".join(self.lines(heading))
        for heading in self._sections:
            if heading.islower() and not heading.endswith(":"):
                self[heading] = re.compile(form.format("|".join(self.lines(heading))), re.IGNORECASE)

    def shapes(self, heading: str, kind: str, checks: Mapping[str, Check]) -> tuple[Shape, ...]:
        """Return a shape for each line of a table: "sure" or "unsure", in brackets which `checks`, and the pattern.

        `checks` are those of a module by their names, `_is_long` for "is long".
        """
        found = []
        for line in self.lines(f"{heading}:"):
            parts = _SHAPE.fullmatch(line)
            if parts is None:
                raise ValueError(line)
            sure, names, pattern = parts.groups()
            its_checks = tuple(checks[f"_{each.replace(' ', '_')}"] for each in names.split(", ")) if names else ()
            found.append((kind, re.compile(pattern, re.IGNORECASE), sure == "sure", its_checks))
        return tuple(found)

    def leads(self, heading: str, match: re.Match[str], reach: int, group: str | int = 0) -> bool:
        """True where so many characters before the match, or a group of it, hold this pattern."""
        start = match.start(group)
        return self[heading].search(match.string, max(0, start - reach), start) is not None

    def follows(self, heading: str, match: re.Match[str]) -> bool:
        """True where this pattern matches right behind the detail."""
        return self[heading].match(match.string, match.end("it")) is not None

    def lines(self, heading: str) -> list[str]:
        """Return the lines of a section, spelt out."""
        return _NAME.sub(lambda match: self._stand_ins[match[1]], self._sections[heading]).splitlines()


@cache
def sections_of(path: Path) -> dict[str, str]:
    """Return the text of each section by its heading: whole lines, without comments."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = _HEADING.fullmatch(line)
        if heading:
            lines = found.setdefault(heading[1], [])
        elif line.startswith(" "):
            lines[-1] += line.lstrip()
        elif line and not line.startswith("#"):
            lines.append(line)
    return {heading: "\n".join(lines) for heading, lines in found.items()}


def search(text: str, shapes: Iterable[Shape]) -> Iterator[Finding]:
    """Every match of every shape that its checks let through."""
    for kind, pattern, sure, checks in shapes:
        for match in pattern.finditer(text):
            if all(check(match) for check in checks):
                yield make_finding(match.span("it"), kind, sure=sure)
