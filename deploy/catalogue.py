"""Keep the catalogues of translated words: `make words` finds every string of the public side and compiles the rest.

`SCOPE` is the one list of what is put into Welsh. A string that is new stands in django.po without a translation, and
the tests fail until it has one; one that nobody says any more goes. It needs Babel (requirements-dev) and no gettext.
"""

import ast
import io
import json
import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

from django.utils.translation.template import templatize  # noqa: E402

from heard import translation_credit  # noqa: E402
from stories.pii import kinds  # noqa: E402

LANGUAGES = ("cy",)
# The public side: the whole contributor's way, what stands around every page, what readers see. The moderators' and
# editors' screens aren't here: they are Wagtail's, and in English.
SCOPE = (
    "site/campaign/blocks/live.py",
    "site/campaign/share_pictures.py",
    "site/campaign/views.py",
    "site/campaign/site_chrome.py",
    "site/campaign/law.py",
    "site/campaign/search/*.py",
    "site/heard/errors.py",
    "stories/core/story_sections.py",
    "stories/models/response.py",
    "stories/models/take_down.py",
    "stories/reading/**/*.py",
    "stories/figures/**/*.py",
    "stories/intake/**/*.py",
    "templates/base*.html",
    "templates/campaign/*.html",
    "templates/campaign/blocks/*.html",
    "templates/campaign/learning/*.html",
    "templates/errors/*.html",
    "templates/includes/*.html",
    "templates/stories/**/*",
)
# Pages of the house alone, which nobody is led to, and what is in English wherever it stands.
NOT_PUBLIC = (
    "templates/includes/admin_*.html",
    # A zip is one file for every language.
    "templates/stories/reading/export/zip/*",
)
NEEDS_A_CHECK = "Made by a computer; needs a human check."
# The same as Django's own Welsh, with which ours is merged.
PLURALS = {"cy": "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;"}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# What never changes but for its own sake, so that the file changes only with the words.
_NO_DAY = datetime(2026, 1, 1)


def main() -> int:
    for code in LANGUAGES:
        catalogue = updated(code)
        write(code, catalogue)
        lacking = sum(not is_translated(message) for message in catalogue if message.id)
        words = translation_credit.digest_of_words(compiled(catalogue))
        print(f"{code}: {len(catalogue)} strings, {lacking} without a translation, words = {words}")
    return 0


def updated(code: str) -> Catalog:
    """The catalogue as it should be: every string of the scope in order, with the translations that it has."""
    kept, catalogue = read(code), _empty(code)
    for message_id, context, places in strings():
        known = kept.get(_singular(message_id), context)
        # A singular that has got a plural asks for more words than it had.
        translation = known.string if known and known.id == message_id else ""
        catalogue.add(message_id, translation, locations=places, context=context)
    if not translation_credit.was_checked(code, translation_credit.digest_of_words(compiled(catalogue))):
        for message in catalogue:
            message.user_comments = [NEEDS_A_CHECK] if message.id and is_translated(message) else []
    return catalogue


def strings() -> list[tuple[str | tuple[str, ...], str | None, list[tuple[str, None]]]]:
    """Every string of the scope once, as (words, context, files), in the order of the files."""
    found: dict[tuple[str | tuple[str, ...], str | None], list[str]] = {}
    for file, message_id, context in _all():
        # A plural holds its singular too: one entry serves both.
        files = found.setdefault((message_id, context), [])
        if file not in files:
            files.append(file)
    plurals = {(key[0][0], key[1]) for key in found if isinstance(key[0], tuple)}
    return [(*key, [(file, None) for file in files]) for key, files in found.items() if key not in plurals]


def files() -> list[Path]:
    """The files of the scope."""
    left_out = {path for pattern in NOT_PUBLIC for path in ROOT.glob(pattern)}
    found = {path for pattern in SCOPE for path in ROOT.glob(pattern) if path.is_file() and path.suffix != ".pyc"}
    return sorted(found - left_out)


def read(code: str) -> Catalog:
    path = po_file(code)
    if not path.exists():
        return _empty(code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def write(code: str, catalogue: Catalog) -> None:
    """Write django.po and what is compiled of it, the same bytes for the same words."""
    po_file(code).parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, catalogue, width=110, sort_output=False)
    po_file(code).write_bytes(text.getvalue())
    po_file(code).with_suffix(".mo").write_bytes(compiled(catalogue))


def compiled(catalogue: Catalog) -> bytes:
    done = io.BytesIO()
    write_mo(done, catalogue)
    return done.getvalue()


def po_file(code: str) -> Path:
    return ROOT / "site" / "locale" / code / "LC_MESSAGES" / "django.po"


def is_translated(message: Message) -> bool:
    """True if every form of a message has words."""
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _all() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        for message_id, context in _in_file(path):
            yield name, message_id, context
    for name, words in _in_data():
        yield name, words, None


def _in_file(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _in_python(source)
        return
    template = io.BytesIO(_templatized(source, path).encode())
    for _line, message, _comments, context in extract("python", template, keywords=_KEYWORDS):
        yield message if isinstance(message, str) else tuple(message), context


def _in_python(source: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The words in calls that translate; a call with a variable puts into words what is marked elsewhere."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(node.func, "id", "")
        if name not in _KEYWORDS:
            continue
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        context = words.pop(0) if "pgettext" in name and words else None
        if len(words) == (2 if name.startswith(("ngettext", "npgettext")) else 1):
            yield tuple(words) if len(words) == 2 else words[0], context


def _templatized(source: str, path: Path) -> str:
    """A template as Django hands it to gettext: nothing left of it but the calls that translate."""
    # What is left of the page's own indents would be a fault in Python.
    return "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())


# Columns that people read, and tables in which every value is read.
_READ = ("words", "why", "title", "says", "next", "lead", "needed", "plainly", "counted_as")
_ALL_READ = ("answers", "retired", "asides", "outcomes", "alone", "notice", "reminder")


def _in_table(table: dict[str, object]) -> Iterator[str]:
    """The words of a table that people read, in its order."""
    for name, value in table.items():
        if name == "places" and isinstance(value, dict):
            yield from (region for region, _nation in value.values())
        elif name in _ALL_READ and isinstance(value, dict):
            yield from value.values()
        elif name in _READ and isinstance(value, str) and value:
            yield value
        for row in value if isinstance(value, list) else [value]:
            if isinstance(row, dict) and name not in (*_ALL_READ, "places"):
                yield from _in_table(row)


def _in_data() -> Iterator[tuple[str, str]]:
    """Words that stand in data and are put into a language where they are shown."""
    for name in ("stories/intake/questions.toml", "stories/intake/words.toml"):
        for words in _in_table(tomllib.loads((ROOT / name).read_text(encoding="utf-8"))):
            yield name, words
    for kind in kinds.ALL_KINDS:
        for words in (kind.contributor, kind.why):
            yield "stories/pii/kinds.py", words
    for words in sorted(kinds.NEUTRAL_WORDS):
        yield "stories/pii/kinds.py", words
    lists = json.loads((ROOT / "stories/data/lists.json").read_text(encoding="utf-8"))
    for pairs in lists.values():
        for _slug, words in pairs:
            yield "stories/data/lists.json", words
    for force in json.loads((ROOT / "stories/data/forces.json").read_text(encoding="utf-8")):
        yield from (("stories/data/forces.json", words) for words in (force["nation"], force["region"]))
        if force["nation"] == "Wales":
            yield "stories/data/forces.json", force["name"]
    yield "stories/reading/story_facts.py", "UK"
    home = json.loads((ROOT / "site/campaign/initial_content/home.json").read_text(encoding="utf-8"))
    for name in ("question", "intro", "tell_words", "read_words", "learn_words"):
        yield "site/campaign/initial_content/home.json", home[name]
    for name in (
        "data/decline_reasons.toml",
        "reading/facets.toml",
        "reading/export/fields.toml",
        "figures/transparency.toml",
    ):
        for words in _in_stories_table(tomllib.loads((ROOT / "stories" / name).read_text(encoding="utf-8"))):
            yield f"stories/{name}", words
    for words in _in_stories_table(tomllib.loads((ROOT / "site/campaign/site_parts.toml").read_text(encoding="utf-8"))):
        yield "site/campaign/site_parts.toml", words


def _in_stories_table(table: dict) -> Iterator[str]:
    """The words of a table and of the tables in it: what is said of a row, and every choice that it has."""
    for name, value in table.items():
        if name in ("kinds", "choices", "beside"):
            yield from value.values()
        elif isinstance(value, dict):
            yield from _in_stories_table(value)
        elif name in ("moderator", "contributor", "label", "title", "about", "words"):
            yield value


def _empty(code: str) -> Catalog:
    catalogue = Catalog(
        locale=code,
        project="Heard",
        version="1",
        header_comment="# The Welsh of the public side. `make words` keeps this file; checked.toml says who read it.",
        msgid_bugs_address="the issues of this project",
        last_translator="a computer",
        language_team="Welsh",
        creation_date=_NO_DAY,
        revision_date=_NO_DAY,
        fuzzy=False,
    )
    plurals = PLURALS[code]
    catalogue._num_plurals = int(plurals[len("nplurals=")])
    catalogue._plural_expr = plurals.partition("plural=")[2].rstrip(";")
    return catalogue


def _singular(message_id: str | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


if __name__ == "__main__":
    sys.exit(main())
