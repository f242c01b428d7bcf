"""Every file that a document names is there under that name."""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LISTED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
TRACKED = [f"/{name}" for name in LISTED.split("\0") if (ROOT / name).is_file()]
# It is measured now and then, so its words are looked at where they are written.
WRITTEN_BY = {"docs/identifying.md": "docs/write_identifying.py"}
PAGES = ["README.md", "SECURITY.md", *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").rglob("*.md")))]
# What a site makes, so no file of ours: the campaign's own colours, and how to report a weakness.
MADE = {"/.well-known/security.txt", "security.txt"}
NAMED = re.compile(r"[^\s(]+\.(?:py|html|toml|css|js|txt|md)(?![^\s,:;])")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_document_names_is_there(page):
    text = (ROOT / WRITTEN_BY.get(page, page)).read_text(encoding="utf-8")
    assert [name for name in named_files(text) if name not in MADE and not is_tracked(name)] == []


def named_files(text):
    """The words in backticks that end as a file does; a block of code between three of them is left out."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^\s*```.*?^\s*```", "", text, flags=re.M | re.S))
    return [name for span in spans for name in NAMED.findall(span)]


def is_tracked(name):
    return any(fnmatch(path, f"*/{name}") for path in TRACKED)
