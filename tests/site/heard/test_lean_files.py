"""What is served of our styles and scripts: the same without comments, under the name and hash of exactly that."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from heard.lean_files import lean

STATIC = Path(settings.ROOT) / "site" / "static"
SCRIPTS = sorted((STATIC / "js").glob("*.js"))


def test_comments_and_indents_go_and_the_rest_stays():
    script = '/* What it does.\n *\n * At length. */\nif (a) {\n  // Why.\n  go("http://x /* y */");  // and so\n}\n'

    assert lean(script, is_script=True) == 'if (a) {\ngo("http://x /* y */");  // and so\n}\n'


def test_style_keeps_what_looks_like_a_comment_of_a_script():
    assert lean("/* Why. */\na {\n  b: url(//c);\n}\n", is_script=False) == "a {\nb: url(//c);\n}\n"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_string_of_a_script_goes_over_a_line(path):
    """Its indents would go with the others."""
    assert all(line.count("`") % 2 == 0 for line in path.read_text().splitlines())


@pytest.mark.parametrize("path", [*SCRIPTS, *sorted((STATIC / "css").glob("*.css"))], ids=lambda path: path.name)
def test_nothing_but_comments_and_space_is_lost(path):
    text = path.read_text()
    served = lean(text, is_script=path.suffix == ".js")

    assert "/*" not in served
    assert bare(served) == bare(text)


def bare(text):
    """Without comments, by another way than the site's own, and without any space."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "".join(re.sub(r"(^|\s)//.*", "", text, flags=re.MULTILINE).split())
