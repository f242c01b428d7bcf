"""Ways to reach somebody: mail, web links, usernames, phone numbers."""

import re
from collections.abc import Iterator

from stories.identifying import vetoes
from stories.identifying.finding import Finding
from stories.identifying.shapes import search, shape

_NAME = r"[a-z0-9._%+\-]{1,64}"
_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,40}[a-z0-9])?"
_DOT_WORD = r"[ ]?[(\[]?[ ]?dot[ ]?[)\]]?[ ]?"
_NUMBER_WORD = r"""(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|
    fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b"""
_ENDING = r"""(?:com|co\.uk|org\.uk|ac\.uk|gov\.uk|police\.uk|net|org|uk|info|biz|xyz|onion|ru|tv|io|app|me|
    ly|gg|eu|ie|to|co|cc|wales|scot|london|site|online|fans|porn|xxx)"""
_SAFE_ENDING = r"(?:com|co\.uk|org\.uk|ac\.uk|gov\.uk|net|org|xyz|onion|ru|info)"
_PATH = r"[^\s<>\"“”‘]{0,300}[^\s<>\"“”‘’.,;:!?)\]}']"
_PLATFORM = r"""(?:snap(?:chat)?|insta(?:gram)?|ig|sc|tik[ ]?tok|twitter|x|facebook|fb|telegram|kik|
    discord|reddit|only[ ]?fans|whats[ ]?app|messenger|tinder|grindr|hinge|bumble|skype|steam|xbox|psn|
    youtube|tumblr|pornhub|threads|linked[ ]?in|signal)"""
_HANDLE = r"@?[a-z0-9](?:[a-z0-9]|[._\-](?=[a-z0-9_.])){1,40}_{0,3}"


def _is_no_public_site(match: re.Match[str]) -> bool:
    return not vetoes.is_public_site(match["it"])


MAIL = (
    shape("EMAIL", rf"(?<![\w.%+\-])(?P<it>{_NAME}@(?:{_LABEL}\.){{1,5}}[a-z]{{2,24}})(?![\w@])"),
    shape(
        "EMAIL",
        rf"""(?<![\w.])(?P<it>[a-z0-9][a-z0-9._\-]{{1,40}}(?:[ ](?:dot|underscore|
            dash|hyphen)[ ][a-z0-9]{{1,20}}|[ ]{_NUMBER_WORD}){{0,5}}(?:[ ][(\[]?at[)\]]?[ ]|[(\[]at[)\]]|[ ]?@[ ]?)
        [a-z0-9\-]{{2,40}}(?:\.[a-z0-9\-]{{2,40}}){{0,3}}(?:(?:{_DOT_WORD}|\.)(?:com|co|net|org|uk|ac|
            me)){{1,2}})(?!\w)""",
        check=lambda match: re.search(r"@|\Wdot\W", match["it"], re.IGNORECASE) is not None,
    ),
)
LINKS = (
    shape("URL", rf"(?<!\w)(?P<it>(?:https?|hxxps?)://{_PATH})", check=_is_no_public_site),
    shape("URL", rf"(?<![\w@.])(?P<it>www\.{_PATH})", check=_is_no_public_site),
    shape("URL", rf"(?<![\w@.\-])(?P<it>(?:{_LABEL}\.){{1,4}}{_ENDING}/{_PATH})"),
    shape("URL", r"(?<![\w@.\-/])(?P<it>(?:[a-z0-9\-]{3,40}\.){1,3}[a-z]{2,10}/[a-z0-9_\-]{1,40}/[\w\-./?=&%]{1,200})"),
    shape(
        "URL",
        r"""(?<![\w@.])(?P<it>[a-z0-9\-]{2,40}(?:[ ]dot[ ](?:com|co|uk|net|org|me|xyz|tv|
            info)){1,2}(?:[ ](?:slash|forward[ ]slash)[ ][\w\-]{1,40}){0,3})(?!\w)""",
    ),
    shape(
        "URL",
        rf"(?<![\w@.\-/])(?P<it>(?:{_LABEL}\.){{1,4}}{_SAFE_ENDING})(?![\w@\-]|\.\w)",
        check=_is_no_public_site,
    ),
)
HANDLES = (
    shape("HANDLE", r"(?<![\w@./])/?(?P<it>u/[a-z0-9_\-]{3,30})(?![\w/])"),
    shape("HANDLE", r"(?<![\w@./])(?P<it>@[a-z0-9_](?:[a-z0-9_]|[.\-](?=[a-z0-9_])){1,40})"),
    shape(
        "HANDLE",
        rf"""\b(?:user[ ]?names?|handles?|screen[ ]?names?|gamer[ ]?tags?|profile[ ]names?|accounts?|burners?|
            {_PLATFORM}|posts[ ]as|
        goes[ ]by)(?:[ ](?:name|account|user|handle|profile|called|was|is|as|under|name[d]?|it['’]?s|he['’]?s|
            she['’]?s)){{0,3}}[ ,:=\-]{{1,3}}["'“‘(]?
        (?P<it>{_HANDLE}(?:\#\d{{2,6}})?)(?![\w@])""",
        check=lambda match: vetoes.looks_invented(match["it"]),
    ),
    shape(
        "HANDLE",
        rf"(?<![\w@./\-])(?P<it>{_HANDLE})(?=[ \t\"'”’)]{{1,3}}on[ ]{_PLATFORM}\b)",
        check=lambda match: vetoes.looks_invented(match["it"]),
    ),
    shape(
        "HANDLE",
        r"""(?<![\w@./\-£$])(?P<it>(?=[a-z0-9_.]{0,40}[a-z]{2})[a-z0-9]{0,30}[a-z0-9_.]{0,10}_[a-z0-9_.]{0,30}[a-z0-9_])(?![\w@/])""",
        sure=False,
    ),
    shape(
        "HANDLE",
        r"""(?<![\w@./\-£$])(?P<it>[a-z]{4,30}\d{2,6}|[a-z]{2,20}-[a-z]{2,20}-(?:nudes?|leaked|leaks|exposed|
            official|xxx|18)|(?:[a-z]{2,20}\.){2,4}[a-z]{2,20}|[a-z]{3,20}\.[a-z]{2,20}\d{2,6})(?![\w@/.]\w|
            \w)""",
        sure=False,
        check=lambda match: vetoes.looks_invented(match["it"]) and not vetoes.is_model_name(match["it"]),
    ),
)
_GAP = r"[ \u00a0.()\-–]{0,3}"
_DIGIT_WORD = r"""(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|hundred|thousand|
    (?:double|triple)[ \-](?:oh|o|\w{3,5}))"""
PHONES = (
    shape(
        "PHONE",
        rf"""(?<![\w/*])(?<!\d[.\-])(?P<it>(?:(?:\+|00){_GAP}44{_GAP}(?:\(?0\)?{_GAP})?|
            \(?0{_GAP})[1-9](?:{_GAP}\d){{8,9}})(?![\d*])(?!/\d)""",
        check=lambda match: not vetoes.is_help_line(match["it"]),
    ),
    shape("PHONE", rf"(?<![\w/*])(?P<it>\+[1-9]\d{{0,2}}(?:{_GAP}\d){{7,12}})(?!\d)"),
    shape("PHONE", r"(?<![\w/*.\-])(?P<it>7[1-9]\d\d[ \-]?\d{3}[ \-]?\d{3})(?![\w/*\-])", sure=False),
    shape("PHONE", r"(?<![\w/*.\-])(?P<it>07\d{3}[ \-]?[\dx*]{3}[ \-]?[\dx*]{3})(?![\w/\-])", sure=False),
    shape("PHONE", rf"\b(?P<it>{_DIGIT_WORD}(?:[ ,\-]{{1,2}}{_DIGIT_WORD}){{6,12}})\b"),
)


def find(text: str) -> Iterator[Finding]:
    """Mail, links, handles and phone numbers."""
    yield from search(text, MAIL)
    yield from search(text, LINKS)


def find_handles(text: str) -> Iterator[Finding]:
    """Usernames, with or without an @."""
    return search(text, HANDLES)


def find_phones(text: str) -> Iterator[Finding]:
    """British phone numbers, foreign ones with a +, and numbers spelled out."""
    return search(text, PHONES)
