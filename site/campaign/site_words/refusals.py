"""Why words can't stand in the place of others: gaps and marks that have to stay, and what may never come in.

A string of the catalogue goes into pages as it is, within sentences, attributes, files and pictures. So nothing that
any of these could take for a mark of its own may stand in the words around those of the original.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

# What is filled in when it is said, and what a catalogue writes for a sign of per cent.
_GAP = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
_MARK = re.compile(r"</?[a-z]\w*(?:\s[^<>]*)?>|&\w+;|&#\w+;")
_SPECIAL = re.compile(r"[<>&\"`\\{}%]")
_HOST = re.compile(r"(?:https?:)?//|www\.|@|\b[\w-]+\.(?=[a-z]{2,}\b)[\w./-]+", re.IGNORECASE)
# A number that a touch calls, with the words of it.
_CALL = re.compile(r'<a href="tel:[^<]*</a>')
# In Unicode these are letters, and nobody sees them.
_BLANK = re.compile("[\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
# At the beginning of a cell these run in a spreadsheet.
_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# So much longer the words may be, that a button or a heading still holds them.
_TIMES, _AT_LEAST, _MORE = 3, 60, 300
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def tidied(words: str, original: str) -> str:
    """Return the words in one line, with our kind of quotation marks and the spaces of the original at their ends."""
    seen = _BLANK.sub(" ", words).strip()
    bare = "".join(letter if unicodedata.category(letter) not in _UNSEEN else " " for letter in seen)
    parts = _MARK.split(" ".join(bare.split()))
    marks = _MARK.findall(" ".join(bare.split()))
    curled = [_curled(part) for part in parts]
    whole = "".join(part + mark for part, mark in zip(curled, [*marks, ""], strict=True))
    before = original[: len(original) - len(original.lstrip())]
    return f"{before}{whole}{original[len(original.rstrip()) :]}" if whole else ""


def why_not(words: str, *, shipped: str, original: str, may_lose_number: bool = False) -> str | None:
    """Say why `words` can't stand in the place of what is `shipped` in their language, or None.

    `original` is the English of that form; the form for one may leave out the gap for the number.
    """
    for reason in (
        _why_not_these_gaps(words, original, may_lose_number=may_lose_number),
        _why_not_these_marks(words, shipped),
        _why_not_these_signs(words, shipped),
        _why_not_this_address(words, shipped),
        _why_not_so_long(words, shipped),
    ):
        if reason:
            return reason
    return None


def to_keep(shipped: str) -> list[str]:
    """The gaps and marks that have to stay, each once, as somebody has to type them: a gap in a mark is the mark's."""
    return list(dict.fromkeys(_GAP.findall(_MARK.sub("", shipped)) + _MARK.findall(shipped)))


def _why_not_these_gaps(words: str, original: str, *, may_lose_number: bool) -> str | None:
    # One with a gap in it isn't a gap: an attribute of a mark has to stay with its mark.
    needed, given = _GAP.findall(original), _GAP.findall(words)
    if new := [gap for gap in given if gap not in needed]:
        return _("Nothing is filled in for %(gaps)s here. Leave it out.") % {"gaps": _listed(new)}
    if (lost := [gap for gap in needed if gap not in given]) and not may_lose_number:
        return _("%(gaps)s has to stay: something is filled in there. You can move it.") % {"gaps": _listed(lost)}
    return None


def _why_not_these_marks(words: str, shipped: str) -> str | None:
    needed, given = Counter(_MARK.findall(shipped)), Counter(_MARK.findall(words))
    if lost := needed - given:
        return _("%(marks)s has to stay as it is. You can move it, and change what stands between.") % {
            "marks": _listed(lost)
        }
    if new := given - needed:
        return _("%(marks)s can’t come in here: write words alone.") % {"marks": _listed(new)}
    if (calls := _CALL.findall(shipped)) and sorted(calls) != sorted(_CALL.findall(words)):
        return _("%(marks)s has to stay as it is: somebody would call another number.") % {"marks": _listed(calls)}
    if "></" in words and "></" not in shipped:
        return _("Leave words between the marks: a link without words can’t be found.")
    if not _are_closed(words):
        return _("Each mark that opens has to close, in the order in which they stood.")
    return None


def _why_not_these_signs(words: str, shipped: str) -> str | None:
    around = _GAP.sub("", _MARK.sub("", words))
    if found := dict.fromkeys(_SPECIAL.findall(around)):
        return _("Leave out %(signs)s, or say it in words: a page could take it for something else.") % {
            "signs": " ".join(found)
        }
    if re.search(r"\w", shipped) and not re.search(r"\w", words):
        return _("Write at least one word: a button or a heading without one can’t be found.")
    if words.startswith(_RUNS) and not shipped.startswith(_RUNS):
        return _("Begin with a letter or a number: a spreadsheet would run what begins like this.")
    return None


def _why_not_this_address(words: str, shipped: str) -> str | None:
    there = _HOST.findall(_MARK.sub(" ", shipped))
    new = [found for found in _HOST.findall(_MARK.sub(" ", words)) if found not in there]
    if not new:
        return None
    return _("No address comes in here that wasn’t there: %(found)s. Put a link on a page instead.") % {
        "found": _listed(new)
    }


def _why_not_so_long(words: str, shipped: str) -> str | None:
    most = max(_AT_LEAST, min(_TIMES * len(shipped), len(shipped) + _MORE))
    if len(words) <= most:
        return None
    return _("This is %(long)d characters long, and there is room for %(most)d. Nothing is lost: make it shorter.") % {
        "long": len(words),
        "most": most,
    }


def _are_closed(words: str) -> bool:
    stack: list[str] = []
    for mark in _MARK.findall(words):
        name = re.match(r"</?(\w*)", mark)
        if mark.startswith("&") or name is None:
            continue
        if not mark.startswith("</"):
            stack.append(name[1])
        elif not stack or stack.pop() != name[1]:
            return False
    return not stack


def _curled(words: str) -> str:
    """Straight quotation marks as ours are: an attribute of a page ends at a straight one."""
    words = re.sub(r'(^|[\s(\[])"', r"\1“", words).replace('"', "”")
    return re.sub(r"(^|[\s(\[])'(?=\w+')", r"\1‘", words).replace("'", "’")


def _listed(found: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(found))
