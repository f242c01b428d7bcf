"""Ways to reach somebody: mail, web links, usernames, phone numbers."""

import re
from collections.abc import Iterator

from stories.identifying import vetoes, words
from stories.identifying.finding import Finding
from stories.identifying.lists import group
from stories.identifying.shapes import search, shape

_NAME = r"[a-z0-9._%+\-]{1,64}"
_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,40}[a-z0-9])?"
_DOT_WORD = r"[ ]?[(\[]?[ ]?dot[ ]?[)\]]?[ ]?"
_NUMBER_WORD = r"""(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|
    fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b"""
# What parts the words of an address where somebody hides it, or a line ends.
_APART_AT = r"(?:[ \n]{0,2}@[ \n]{0,2}|[ ]?[(\[{<][ ]?(?:at|@)[ ]?[)\]}>][ ]?)"
_APART_DOT = r"(?:\.|[ ]\.[ ]?|[ ]?[(\[{<][ ]?(?:dot|\.)[ ]?[)\]}>][ ]?|[ ]dot[ ])"
_MAIL_HOUSE = r"(?:gmail|hotmail|outlook|yahoo|icloud|live|btinternet|protonmail)"
_ENDING = r"""(?:com|co\.uk|org\.uk|ac\.uk|gov\.uk|police\.uk|net|org|uk|info|biz|xyz|onion|ru|tv|io|app|me|
    ly|gg|eu|ie|to|co|cc|wales|scot|london|site|online|fans|porn|xxx|example|test|club|live|cam|cams|link|fun|pics|
            vip|top|pw|ws|
    cx|st|la|im|page|blog|wtf|lol|space|world|chat|social|tk|ml|ga|nl|de|fr|pl|is|adult|sex|sexy|webcam|net|dev|cloud|
    one|win|su|video|watch|rocks|life|love|today|click|zone|pub)"""
_SAFE_ENDING = r"(?:com|co\.uk|org\.uk|ac\.uk|gov\.uk|net|org|xyz|onion|ru|info|example|porn|xxx|wtf)"
_PATH = r"[^\s<>\"“”‘]{0,300}[^\s<>\"“”‘’.,;:!?)\]}']"
_PLATFORM = r"""(?:snap(?:chat)?|insta(?:gram)?|ig|sc|tik[ ]?tok|twitter|x|facebook|fb|telegram|kik|
    discord|reddit|only[ ]?fans|whats[ ]?app|messenger|tinder|grindr|hinge|bumble|skype|steam|xbox|psn|
    youtube|tumblr|pornhub|threads|linked[ ]?in|signal)"""
_HANDLE = r"@?[a-z0-9](?:[a-z0-9]|[._\-](?=[a-z0-9_.])){1,40}_{0,3}"


def _is_no_public_site(match: re.Match[str]) -> bool:
    return not vetoes.is_public_site(match["it"])


def _is_invented(match: re.Match[str]) -> bool:
    return vetoes.looks_invented(match["it"]) and not _FILE.search(match["it"])


def _is_told_as_an_account(match: re.Match[str]) -> bool:
    """ "Mehmo.exe", near a word for an account; not "went.then", where only a space is missing, and no file."""
    parts = match["it"].lower().split(".")
    if (
        all(words.is_common(part) or len(part) < 2 or part.isdigit() for part in parts)
        or _FILE.search(match["it"])
        or parts[0] in _TITLES
        or vetoes.is_public_site(match["it"])
    ):
        return False
    return _ACCOUNT.search(match.string, max(0, match.start() - _NEAR), match.end() + _NEAR) is not None


def _is_as_long_as_a_number(match: re.Match[str]) -> bool:
    """Ten or eleven digits, and no organisation's."""
    digits = sum(letter.isdigit() for letter in match["it"])
    return digits in (10, 11) and not vetoes.is_help_line(match["it"])


_NEAR = 60
_TITLES = group("short titles")
_FILE = re.compile(
    r"\.(?:docx?|pdf|jpe?g|png|gif|mp[34]|mov|avi|zip|txt|xlsx?|heic|html?|eml|msg|ppt|php)\Z", re.IGNORECASE
)
_ACCOUNT = re.compile(
    rf"""(?<!\w)(?:add[ ]me|added|follow(?:ed|s)?|acc(?:ount|t|s)?s?|acounts?|users?|user[ ]?names?|handles?|
        profiles?|burners?|{_PLATFORM})(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
MAIL = (
    shape("EMAIL", rf"(?<![\w.%+\-])(?P<it>{_NAME}@(?:{_LABEL}\.){{1,5}}[a-z]{{2,24}})(?![\w@])"),
    shape(
        "EMAIL",
        rf"""(?<![\w.])(?P<it>[a-z0-9][a-z0-9._\-]{{1,40}}(?:[ ](?:dot|underscore|
            dash|hyphen)[ ][a-z0-9]{{1,20}}|[ ]{_NUMBER_WORD}){{0,5}}(?:[ ][(\[]?at[)\]]?[ ]|[(\[]at[)\]]|[ ]?@[ ]?)
        [a-z0-9\-]{{2,40}}(?:\.[a-z0-9\-]{{2,40}}){{0,3}}(?:(?:{_DOT_WORD}|\.)(?:com|co|net|org|uk|ac|
            me)){{1,2}})(?!\w)""",
        check=lambda match: re.search(r"@|\Wdot\W|[(\[]at[)\]]", match["it"], re.IGNORECASE) is not None,
    ),
    shape(
        "EMAIL",
        rf"""(?<![\w.])(?P<it>[a-z0-9][a-z0-9._+\-]{{0,40}}{_APART_AT}(?:{_MAIL_HOUSE}(?!\.?\w)|
            [a-z0-9\-]{{2,40}}(?:{_APART_DOT}[a-z0-9\-]{{2,40}}){{0,3}}?(?:{_APART_DOT}|\.[ ])(?:com|net|org|info|
            example|ie|eu|co)(?:{_APART_DOT}uk)?))(?!\w)""",
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
    shape(
        "URL",
        rf"""\b(?:link|site|website|board|forum|url|web[ ]?page|page|domain|address|thread|uploaded[ ]to|posted[ ]on|
            called)
            (?:[ ](?:is|was|called|at|on|named|it['’]?s)){{0,2}}[ :,(]{{1,3}}(?P<it>(?:{_LABEL}\.){{1,3}}{_ENDING})
            (?![\w@\-]|\.\w)""",
        check=_is_no_public_site,
        sure=False,
    ),
)
HANDLES = (
    shape("HANDLE", r"(?<![\w@./\-])(?P<it>xx[a-z0-9]{3,24}xx|x(?-i:X)[a-z0-9]{3,24}(?-i:X)x)(?![\w@/])", sure=False),
    shape("HANDLE", r"(?<![\w@./])/?(?P<it>u/[a-z0-9_\-]{3,30})(?![\w/])"),
    shape("HANDLE", r"(?<![\w@./])(?P<it>@[a-z0-9_](?:[a-z0-9_]|[.\-](?=[a-z0-9_])){1,40})"),
    shape(
        "HANDLE",
        rf"""\b(?:user[ ]?names?|handles?|screen[ ]?names?|gamer[ ]?tags?|profile[ ]names?|accounts?|acounts?|acc|
            accs|burners?|
            {_PLATFORM}|post(?:s|ed)[ ]as|added[ ](?:me|us)[ ]as|
        goes[ ]by)(?:[ ](?:name|account|acc|acount|user|handle|profile|called|was|is|as|under|name[d]?|it['’]?s|
            he['’]?s|
            she['’]?s|he|she|they|were|him|her|too|now|then)){{0,4}}[ ,:=\-]{{1,3}}["'“‘(]?
        (?P<it>{_HANDLE}(?:\#\d{{2,6}})?)(?![\w@])""",
        check=_is_invented,
    ),
    shape(
        "HANDLE",
        rf"""(?<![\w@./\-])(?P<it>{_HANDLE})(?=[ \t\"'”’)]{{1,3}}(?:(?:he|she|they|it|is|was|were|goes[ ]by|
            calls[ ]himself|i[ ]think)[ ]){{0,2}}on[ ]{_PLATFORM}\b)""",
        check=_is_invented,
    ),
    shape(
        "HANDLE",
        r"""(?<![\w@./\-£$])(?P<it>
            (?=[a-z0-9_.]{0,40}[a-z]{2})[a-z0-9]{0,30}[a-z0-9_.]{0,10}_[a-z0-9_.]{0,30}[a-z0-9_])(?![\w@/])""",
        sure=False,
    ),
    shape(
        "HANDLE",
        r"""(?<![\w@./\-£$])(?P<it>[a-z]{4,30}\d{2,6}|[a-z]{2,20}-[a-z]{2,20}-(?:nudes?|leaked|leaks|exposed|
            official|xxx|18)|[a-z]{2,20}\.(?:[a-z]{1,20}\.){1,3}[a-z0-9]{2,20}|[a-z]{3,20}\.[a-z]{1,20}\d{2,6})
                (?![\w@/.]\w|
            \w)""",
        sure=False,
        check=lambda match: vetoes.looks_invented(match["it"]) and not vetoes.is_model_name(match["it"]),
    ),
    shape("HANDLE", r"(?<![\w@./\-£$\#])(?P<it>[a-z][a-z0-9._]{2,30}\#\d{4})(?!\w)"),
    shape(
        "HANDLE",
        r"(?<![\w@./\-£$])(?P<it>[a-z][a-z0-9]{1,20}(?:\.[a-z0-9]{1,20}){1,3})(?=[.,;:!?)\n\"'”’]|[ ]|$)(?![.]\w|@)",
        sure=False,
        check=_is_told_as_an_account,
    ),
)
_GAP = r"[ \u00a0.·()\-–]{0,3}"
# What parts the digits of a number that somebody hides, or that a form parts; between all of them the same.
_APART = r"[ \u00a0.·()\-–—/_,;:|*~\\=\n]{0,3}"
_STROKE, _POINT = r"[ ]?[/_|*~\\][ ]?", r"[,;:.=\-–—\n]"
_BEFORE, _AFTER = r"(?<![^\W_])(?<![£$€])(?<!\d[/*.,:;\-_])", r"(?!\d|[^\W_]|[/*.,:;\-_]\d)"
_DIGIT_WORD = r"""(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|hundred|thousand|
    (?:double|triple)[ \-](?:oh|o|\w{3,5}))"""
PHONES = (
    shape(
        "PHONE",
        rf"""(?<![\w/*])(?<!\d[.\-])(?P<it>(?:(?:\+|00){_GAP}44{_GAP}(?:\(?0\)?{_GAP})?|
            \(?0{_GAP})[1-9](?:{_GAP}\d){{8,9}})(?![\d*])(?!/\d)""",
        check=lambda match: not vetoes.is_help_line(match["it"]),
    ),
    # A mobile's first five stand together, and nothing but a telephone begins so.
    shape("PHONE", rf"{_BEFORE}(?P<it>\(?07\d{{3}}\)?(?:{_APART}\d){{6}}){_AFTER}"),
    shape(
        "PHONE",
        rf"""{_BEFORE}(?P<it>\(?0[1-37]\d{{1,3}}\)?(?P<gap>{_STROKE}|{_POINT})\d{{2,4}}
            (?:(?P=gap)\d{{2,4}}){{1,3}}){_AFTER}""",
        check=_is_as_long_as_a_number,
    ),
    shape(
        "PHONE",
        rf"""{_BEFORE}(?P<it>0(?:(?P<gap>{_STROKE}|{_POINT})7(?:(?P=gap)\d){{9}}|
            7(?P<two>{_STROKE}|{_POINT})\d\d(?:(?P=two)\d\d){{3}}(?P=two)\d)){_AFTER}""",
    ),
    shape(
        "PHONE",
        rf"{_BEFORE}(?P<it>\(?(?:\+|00){_APART}44{_APART}(?:0{_APART})?[1-9](?:{_APART}\d){{8,9}})(?!\d)",
        check=lambda match: not vetoes.is_help_line(match["it"]),
    ),
    shape("PHONE", rf"{_BEFORE}(?P<it>44{_APART}7\d{{3}}{_APART}\d{{3}}{_APART}\d{{3}}){_AFTER}"),
    shape("PHONE", r"(?<![\w/*])(?P<it>\+[1-9]\d{0,2}(?:[ \u00a0.·()\-–/_]{0,3}\d){7,12})(?!\d)"),
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
