"""The door of every public form: what was posted, read leniently; its tokens; and how a request is answered.

Whatever is wrong with a posted form, the words that we asked for come out. Django's own reading gives up on too many
fields, too many bytes, another charset or a torn part, and the words are gone. Here only named fields are looked
for, files are passed over, and nothing touches the disk.
"""

import functools
import json
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from stories import danger
from stories.core import faults, sealed_store
from stories.crypto import receipts, tokens
from stories.crypto.tokens import StaleToken
from stories.danger import Danger
from stories.intake import pages, questions
from stories.intake.receive import NotOpenYet, cleaned_words

# More than any form of ours sends; it bounds the memory that a hostile body can take.
MOST_VALUES = 2000
# Of one value and of all: twenty times what the longest text may have, and room for such a text in every box.
MOST_CHARACTERS = 20 * questions.LONGEST_ACCOUNT
_MOST_IN_ALL = 5 * MOST_CHARACTERS
_WIDEST = 12  # bytes of one character in UTF-8, each written as %XX
_LONGEST_JSON = 1024 * 1024  # characters; our pages send none, and a tree takes many times its length

# No repeat here is open, and none gives back what it took: a hostile body would be read once for each of its letters.
_HEADER = re.compile(rb"content-disposition:([^\r\n]{0,1000}+)", re.IGNORECASE)
_NAME = re.compile(rb";[ \t]{0,9}+name=\"?([a-z0-9_-]{1,40}+)", re.IGNORECASE)
_FILE = re.compile(rb";[ \t]{0,9}+filename\*?=", re.IGNORECASE)
_OTHER_HEADERS = re.compile(rb"(?:\r?\n[^\r\n]{1,600}+){0,9}\r?\n\r?\n")
_CHARSET = re.compile(r"charset=\"?([a-z0-9_-]+)", re.IGNORECASE)
_ONE_BYTE = re.compile(r"(iso-?8859-\d+|(windows-|cp)125\d|latin-?1|koi8-[ru])", re.IGNORECASE)
_OLD_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_WIDE = re.compile(r"utf-?(16|32)([lb]e)?", re.IGNORECASE)


@dataclass(frozen=True)
class Posted:
    """The values of each field in the order they came, which of them were cut, and whether a file was passed over."""

    values: dict[str, list[str]] = field(default_factory=dict)
    cut: frozenset[str] = frozenset()
    had_file: bool = False


def posted_in(body: bytes, *, content_type: str, names: str) -> Posted:
    """Return the cleaned values of the fields whose names match the pattern `names`."""
    charset = (_CHARSET.search(content_type) or ["", "utf-8"])[1].lower()
    if _WIDE.fullmatch(charset) and b"\x00" in body:
        body = body[: 4 * _MOST_IN_ALL].decode(charset, "replace").encode()
    values: dict[str, list[str]] = {}
    cut, left = set(), _MOST_IN_ALL
    pairs = _pairs(body, content_type=content_type.lower(), names=names.encode())
    for field_name, raw in islice(pairs, MOST_VALUES):
        name, text = field_name.decode("ascii"), _text(raw, charset)
        most = min(MOST_CHARACTERS, left)
        if len(text) > most:
            cut.add(name)
        values.setdefault(name, []).append(cleaned_words(text[:most]))
        left -= min(len(text), most)
    headers = _HEADER.finditer(body) if body.lstrip()[:2] == b"--" else ()
    had_file = any(_FILE.search(header[1]) for header in headers)
    return Posted(values, frozenset(cut), had_file=had_file)


def _pairs(body: bytes, *, content_type: str, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Go by what the body looks like: its label can be missing or wrong."""
    if body.lstrip()[:2] == b"--":
        return _parts(body, names)
    if body.lstrip()[:1] == b"{":
        return _members(body, names)
    if content_type.startswith("text/plain") and b"\n" in body:
        return _lines(body, names)
    longest, pairs = _WIDEST * (MOST_CHARACTERS + 1), re.finditer(rb"&(?=[a-z])(" + names + rb")=([^&]*)", b"&" + body)
    return ((pair[1], unquote_to_bytes(pair[2][:longest].replace(b"+", b" "))) for pair in pairs)


def _parts(body: bytes, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    start = body.index(b"--")
    fence = body[start : body.find(b"\n", start)].rstrip() if b"\n" in body[start:] else body[start:]
    at, wanted = start, re.compile(names)
    while header := _HEADER.search(body, at):
        at = header.end()
        name, begins = _NAME.search(header[1]), _OTHER_HEADERS.match(body, at)
        if not name or not begins:
            continue
        end = body.find(b"\n" + fence, begins.end())
        at = len(body) if end < 0 else end
        if wanted.fullmatch(name[1]) and not _FILE.search(header[1]):
            yield name[1], body[begins.end() : at].removesuffix(b"\r")


def _members(body: bytes, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    try:
        members = json.loads(body[:_LONGEST_JSON])
    except (ValueError, RecursionError):
        return
    for name, value in members.items():
        if re.fullmatch(names, name.encode("utf-8", "replace")):
            for each in value if isinstance(value, list) else [value]:
                yield name.encode(), str(each).encode("utf-8", "replace")


def _lines(body: bytes, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    found = list(islice(re.finditer(rb"(?:\A|\n)(" + names + rb")=", body), MOST_VALUES))
    ends = [*(after.start() for after in found[1:]), len(body)]
    for line, end in zip(found, ends, strict=False):
        yield line[1], body[line.end() : end].removesuffix(b"\n").removesuffix(b"\r")


def _text(raw: bytes, charset: str) -> str:
    """Read at most one value's characters of these bytes; what isn't UTF-8 as old Windows would have written it."""
    raw = raw[: 4 * (MOST_CHARACTERS + 1)]
    # In one go, for an error handler of ours would be called for each byte.
    text = raw.decode("utf-8", "surrogateescape")
    as_windows = text.translate(_OLD_WINDOWS)
    if as_windows != text and _ONE_BYTE.fullmatch(charset):
        with suppress(LookupError):
            return raw.decode(charset, "replace")
    return as_windows


# A field that no person sees; what fills it in is a machine.
HONEYPOT = "leave_empty"
# Words that we give back whatever happens. Not the receipt code: a page never shows one by accident.
WORDS = (*(question.name for question in questions.TEXTS), "message", "words")
# And those that stand beside each paragraph of a text, as many as it has.
BESIDE = "change-[0-9]{1,3}"
# And those that somebody puts in place of what was spotted; the other fields of that choice stand beside them.
OWN = "own-[0-9a-f]{32}"
_CHOICES = "(?:swap|was)-[0-9a-f]{32}"
_OF_A_FORM = ("step", "token", "code", "no_code", "urgent", "language", "digest", "change-of", HONEYPOT)
_OTHERS = (*_OF_A_FORM, "story", "ground", "reminder", "reminder-day", "part")
_NAMES = "|".join([*dict.fromkeys((*WORDS, *_OTHERS, *questions.BY_NAME)), _CHOICES, OWN, BESIDE])

_CHUNK = 64 * 1024
# Past what we keep, an upload is read and thrown away for a while: an answer in mid-upload is never shown.
_MOST_THROWN_AWAY = 1024  # chunks

View = Callable[..., HttpResponse]
logger = logging.getLogger(__name__)


# Of each text so much is looked at for words of danger, twice as much as fits: no page waits for a whole book.
_LOOKED_AT = 2 * questions.LONGEST_ACCOUNT  # characters


def public_form(*, counts_against: str | None = None) -> Callable[[View], View]:
    """Mark a view as a public form. It has no CSRF check, answers GET and POST, and is kept by no cache.

    `counts_against` names the limit that its POSTs count towards; over it, a request carries
    `over_limit` and is treated as a flood, never refused.
    """

    def mark(view: View) -> View:
        answering = functools.wraps(view)(functools.partial(_answer, view))
        # There is no cookie and so no authority to borrow; and under `no-referrer` browsers send
        # `Origin: null`, which the check would answer with a bare 403 (docs/adr/0004).
        exempt: View = csrf_exempt(cache_control(no_store=True)(answering))
        exempt.is_public_form = True  # type: ignore[attr-defined]
        exempt.counts_against = counts_against  # type: ignore[attr-defined]
        return exempt

    return mark


def words_given(request: HttpRequest) -> MultiValueDict:
    """Every field of ours in this POST, cleaned; never raises, and never looks at the address."""
    return MultiValueDict(_posted(request).values)


def given_back(request: HttpRequest) -> dict[str, str]:
    """Return the words somebody typed, by field name, from any POST to any address; never raises."""
    posted_form = _posted(request)
    values = posted_form.values
    names = (*WORDS, *(name for name in values if re.fullmatch(f"{BESIDE}|{OWN}", name)))
    found = {name: "\n\n".join(dict.fromkeys(filter(None, values.get(name, ())))) for name in names}
    stops = _("[It stops here. This is as much as we can take in one go.]")
    return {name: f"{words}\n\n{stops}" if name in posted_form.cut else words for name, words in found.items() if words}


def words_to_copy(request: HttpRequest, answers: Mapping[str, object] | None = None) -> list[tuple[str, str, str]]:
    """All that was typed, for a page that has no box for it: the name of each, what it is called, and the words."""
    return [(name, pages.field_label(name, answers), text) for name, text in given_back(request).items()]


def danger_typed(request: HttpRequest) -> Danger:
    """Return what the words in this POST speak of, so that whatever page answers it can say whom to call."""
    return danger.scan_all(text[:_LOOKED_AT] for text in given_back(request).values())


def had_file(request: HttpRequest) -> bool:
    return _posted(request).had_file


def is_cut(request: HttpRequest) -> bool:
    """True if the form, or one of its texts, was so long that its end was not read."""
    return bool(_posted(request).cut or getattr(request, "_heard_is_cut", False))


def is_flood(request: HttpRequest) -> bool:
    """True if it came over the limit, or a machine filled in the field that no person sees."""
    return bool(getattr(request, "over_limit", False) or words_given(request).get(HONEYPOT))


def looks_often(request: HttpRequest) -> bool:
    """True if so many looks at words were asked for that a quick one has to do; asking counts as one."""
    return bool(getattr(request, "over_look_limit", False) or words_given(request).get(HONEYPOT))


def _answer(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        response = trouble_page(request, "method", status=405)
        response["Allow"] = "GET, HEAD, POST"
        return response
    if request.method == "POST" and is_cut(request):
        return trouble_page(request, "length", status=413)
    try:
        return view(request, *args, **kwargs)
    except NotOpenYet:
        return trouble_page(request, "closed", status=503)
    except sealed_store.Full:
        return trouble_page(request, "full", status=413)
    except (DatabaseError, OSError) as error:
        logger.error("A public form could not be answered: %s", faults.Fault(error))
        return trouble_page(request, _what_failed(request), status=503)


def _what_failed(request: HttpRequest) -> str:
    """Name the trouble: whoever takes a story down or back has to know that it is still up."""
    if request.method != "POST":
        return "opening"
    takes_down = words_given(request).get("step") == "withdraw-now" or "/take-down/" in request.path_info
    return "not-down" if takes_down else "saving"


def trouble_page(request: HttpRequest, what: str, *, status: int, given: MultiValueDict | None = None) -> HttpResponse:
    """Say what went wrong and give everything back: the words to read and copy, the rest ready to send again.

    `given` is the form where it isn't any more as it came.
    """
    said = pages.WORDS["trouble"][what]
    if given is None:
        given, words = words_given(request), given_back(request)
    else:
        words = {name: given.get(name, "") for name in WORDS if given.get(name)}
    context = {
        "title": _(said["title"]),
        "says": _(said["says"]).format(contact=settings.SECURITY_CONTACT.removeprefix("mailto:")),
        "words": [(name, pages.field_label(name, dict(given.lists())), text) for name, text in words.items()],
        "danger": danger_typed(request),
        "hidden": [(name, each) for name in given if name not in (*words, "step") for each in given.getlist(name)],
        "step": given.get("step", ""),
        "path": request.path,
        "can_try_again": what in ("saving", "not-down", "gave-way") and bool(given),
    }
    return pages.render_page(request, "trouble", context, status=status)


def _posted(request: HttpRequest) -> Posted:
    found: Posted | None = getattr(request, "_heard_posted", None)
    if found is None and (body := _body(request)):
        found = posted_in(body, content_type=request.META.get("CONTENT_TYPE", ""), names=_NAMES)
    elif found is None:
        # Django read a form with parts before us, and keeps only what it made of it.
        read_before: QueryDict = getattr(request, "_post", None) or QueryDict()
        found = Posted({name: read_before.getlist(name) for name in read_before if re.fullmatch(_NAMES, name)})
    request._heard_posted = found  # type: ignore[attr-defined]
    return found


def _body(request: HttpRequest) -> bytes:
    """Read what was sent, up to twice what a form may carry, and leave it for Django to find as well."""
    if request.method in ("GET", "HEAD"):
        return b""
    if not hasattr(request, "_body"):
        if getattr(request, "_read_started", True):
            return b""
        request._body = _read(request, 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        request._stream = BytesIO(request._body)
    body: bytes = request._body
    return body


def _read(request: HttpRequest, most: int) -> bytes:
    chunks, size = [], 0
    try:
        while size < most and (chunk := request.read(min(_CHUNK, most - size))):
            chunks.append(chunk)
            size += len(chunk)
        request._heard_is_cut = size >= most and bool(request.read(_CHUNK))  # type: ignore[attr-defined]
        for _chunk in range(_MOST_THROWN_AWAY if size >= most else 0):
            if not request.read(_CHUNK):
                break
    except OSError:
        pass  # the line broke: what came before it is all there is
    return b"".join(chunks)


def issue_token(purpose: str, **words: str) -> str:
    """Seal `words` for one purpose, with the minute; good for one to two hours."""
    return tokens.seal_token(tokens.current_key(), purpose=purpose, at=int(time.time() // 60), **words)


def token_words(request: HttpRequest, *purposes: str) -> dict[str, str]:
    """Return the words of the token in this form, or nothing if it is stale, changed or for something else."""
    token = words_given(request).get("token", "")
    for purpose in purposes:
        with suppress(StaleToken):
            return tokens.open_token(tokens.good_keys(), token, purpose=purpose)
    return {}


class Visit(NamedTuple):
    """One visit: the second it began, its code, and the version of a draft that the form began from.

    The second is 0 where it goes on from an earlier visit: how fast it was written nobody can tell.
    """

    since: int = 0
    code: str = ""
    began_from: str = ""


def visit_of(request: HttpRequest, *purposes: str) -> Visit:
    """Return what this form carries; a visit without a code, where that is too old to be read."""
    words = token_words(request, *purposes)
    return Visit(int(words["since"]), words["code"], words.get("began_from", "")) if words else Visit()


def visit_token(visit: Visit, *, purpose: str) -> str:
    """Seal a visit into a form, with a code from the beginning: a second press is then the same visit's."""
    code = visit.code or receipts.new_code()
    return issue_token(purpose, since=str(visit.since), code=code, began_from=visit.began_from)
