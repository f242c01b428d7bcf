"""The cues and word lists of this package: data files of [sections], with a comment wherever a line begins with "#".

A cue is one phrase a line, in the one spelling, as a regular expression. A line that is set in goes on with the one
before it, and <NAMES> stand for the words that `stand_ins.txt` gives them.
"""

import re
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_HEADING = re.compile(r"\[([\w ]+)\]")
_NAME = re.compile(r"<([A-Z][A-Z0-9_]*)>")


@cache
def sections_of(name: str) -> dict[str, str]:
    """Return the text of each section of a data file by its heading, without comments."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        heading = _HEADING.fullmatch(line)
        if heading:
            lines = found.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return {heading: "\n".join(lines) for heading, lines in found.items()}


def cues_of(name: str) -> dict[str, re.Pattern[str]]:
    """Return one pattern for each section: any of its phrases, each from the start of a word to the end of one."""
    return {heading: _compiled(text) for heading, text in sections_of(name).items()}


def _compiled(text: str) -> re.Pattern[str]:
    phrases = _joined(text).splitlines()
    return re.compile(rf"\b(?:{'|'.join(_spelt_out(phrase) for phrase in phrases)})\b")


def _spelt_out(phrase: str) -> str:
    return _NAME.sub(lambda match: _joined(sections_of("stand_ins")[match[1]]), phrase)


def _joined(text: str) -> str:
    return re.sub(r"\n +", "", text)
