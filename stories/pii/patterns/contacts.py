"""Ways to reach somebody: mail, web links, usernames, phone numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.kinds import PROFILE
from stories.pii.patterns import search, shape
from stories.pii.words import word_group

# --- Profiles ---------------------------------------------------------------------------------

_ANY = "."
_CHAT = r".{0,300}?\bphone=|channel/|qr/|message/"
# Where paths of each host lead to somebody. The longest host that fits an address counts.
_PLATFORMS = {
    host: re.compile(paths, re.IGNORECASE)
    for hosts, paths in (
        ("facebook.com fb.com fb.me fb.watch m.me messenger.com instagram.com instagr.am ig.me threads.net", _ANY),
        ("threads.com x.com twitter.com snapchat.com bereal.com vm.tiktok.com vt.tiktok.com kik.me ask.fm", _ANY),
        ("t.me telegram.me telegram.dog wa.me chat.whatsapp.com signal.me signal.group discord.gg redd.it", _ANY),
        ("onlyfans.com fansly.com twitch.tv pinterest.com pinterest.co.uk pin.it tumblr.com vk.com ok.ru", _ANY),
        ("truthsocial.com myspace.com ngl.link tellonym.me linktr.ee about.me paypal.me", _ANY),
        ("whatsapp.com", _CHAT),
        ("tiktok.com", "@|t/"),
        ("youtube.com", "@|c/|channel/|user/"),
        ("linkedin.com", "in/|pub/|posts/|profile/|feed/update"),
        ("reddit.com", "u/|user/|r/[^/]{1,60}/(?:comments|s)/"),
        ("bsky.app", "profile/"),
        ("discord.com discordapp.com", "users/|invite/|channels/"),
        ("steamcommunity.com", "id/|profiles/"),
        ("pornhub.com", "users/|model/|pornstar/"),
        ("line.me", "(?:r/)?ti/"),
    )
    for host in hosts.split()
}
# Where anybody's own server keeps its people, as Mastodon does; a place on a map has digits after its sign.
_ON_ANY_HOST = re.compile(r"(?:web/|deck/)?@[a-z_]", re.IGNORECASE)
# A platform's own pages: by the first part of a path, or of a host before the platform's own.
_OWN = re.compile(
    r"""(?:en(?:-[a-z]{2})?/)?(?:about|accounts|ads?|addstickers|advertising|blog|business|careers|
        community-?guidelines|company|contact|cookies?(?:-policy)?|copyright|creators|developers?|dialog|directory|download|explore|faq|
        guidelines|hashtags?|help|home|i/flow|ideas|intent/(?!user|follow)[a-z]{1,40}|investors?|jobs|legal|
        log(?:in|out)|newsroom|pin/create|plugins|policy|policies|press|privacy(?:-policy)?|recover|register|report|
        rules|safety|search|security|settings|share(?:\.php|/url)?/?(?=[?\#]|\Z)|sharer|sign-?up|status|support|
        tag(?:s|ged)?|terms(?:-of-(?:use|service))?|topics|tos|transparency|trending|widgets?)
        (?:\.php)?(?![^/?\#])""",
    re.VERBOSE | re.IGNORECASE,
)
# Names a person where there is no path, as in "wa.me/?phone=".
_NAMED = re.compile(r"\?.{0,300}?\b(?:phone|screen_name|user_?(?:id|name)|domain)=", re.IGNORECASE)
# An address can stand within another, as in an archive's: that is one of its own.
_PROFILE_PATH = r"(?:(?!https?://)[^\s<>\"“”‘]){0,300}(?!https?://)[^\s<>\"“”‘’.,;:!?)\]}']"
_BY_SUBDOMAIN = r"(?:tumblr\.com|bsky\.social|livejournal\.com)"
_SPOKEN_DOT = r"(?:[ ]?[(\[{][ ]?(?:dot|\.)[ ]?[)\]}][ ]?|[ ]dot[ ]|[ ]\.[ ]?|\.[ ])"
_ENDINGS = "com|me|tv|net|app|ru"
_SPOKEN = "|".join(sorted({host.rpartition(".")[0] for host in _PLATFORMS if host.count(".") == 1}, key=len)[::-1])


def _leads_to_somebody(match: re.Match[str]) -> bool:
    """Of an address with a path, which may be escaped or begin with the "#!" of old."""
    return _is_somebodys(match["host"].lower(), unquote(match["path"]).lstrip("/#!") or match["path"])


def _is_somebodys(host: str, path: str) -> bool:
    before, platform = _platform(host)
    if _OWN.match(before.rpartition(".")[2]):
        return False
    paths = _PLATFORMS.get(platform)
    if paths is None:
        return _ON_ANY_HOST.match(path) is not None
    if path.startswith("?") and paths.pattern == _ANY:
        return _NAMED.match(path) is not None
    return paths.match(path) is not None and (".." in path or not _OWN.match(path))


def _platform(host: str) -> tuple[str, str]:
    """Part what stands before a platform from its own host, "en-gb" from "facebook.com"; all before where it's none."""
    parts = host.split(".")
    for at in range(len(parts) - 1):
        if (known := ".".join(parts[at:])) in _PLATFORMS:
            return ".".join(parts[:at]), known
    return "", host


def _is_told_in_words(match: re.Match[str]) -> bool:
    """ "facebook dot com slash jo.b"; after a stroke between spaces stands mostly another platform, or any word."""
    is_name = "slash" in match["slash"].lower() or match["slash"] == "/" or allowlist.looks_invented(match["path"])
    return is_name and _is_somebodys(f"{match['name']}.{match['ending']}".lower(), match["path"])


def _is_no_platform(match: re.Match[str]) -> bool:
    return not _OWN.match(match["name"]) and match["name"].lower() != "www"


PROFILES = (
    shape(
        "HANDLE",
        rf"""(?<![\w@.\-])(?P<it>(?:https?://(?:[^\s/?\#@]{{1,60}}@)?)?
            (?P<host>(?:[a-z0-9\-]{{1,63}}\.){{1,4}}[a-z]{{2,24}})\.?(?::\d{{1,5}})?(?P<path>[/?\#]{_PROFILE_PATH}))""",
        check=_leads_to_somebody,
    ),
    shape(
        "HANDLE",
        rf"""(?<![\w@.\-])(?P<it>(?:https?://)?(?:www\.)?(?P<name>[a-z0-9][a-z0-9\-]{{1,62}})\.{_BY_SUBDOMAIN}
            (?:/{_PROFILE_PATH})?)(?![\w@])""",
        check=_is_no_platform,
    ),
    shape(
        "HANDLE",
        rf"""(?<![\w.])(?P<it>(?P<name>{_SPOKEN})(?:{_SPOKEN_DOT}|(?=\.\w{{2,3}}[ ]))\.?(?P<ending>{_ENDINGS})
            (?P<slash>[ ]?/[ ]?|[ ](?:forward[ ])?slash[ ])
            (?P<path>(?![\w\-]{{1,60}}\.(?:{_ENDINGS})\b)@?[\w.\-]{{1,60}}(?<![.\-])))""",
        check=_is_told_in_words,
    ),
    shape(
        "HANDLE",
        rf"""(?<!\w)(?P<it>(?:(?:tg|fb|snapchat|twitter|instagram|vk|discord|sgnl|viber)://|
            whatsapp://send/?\?(?:[^\s\#]{{0,200}}?&)?phone=|skype:(?=\w)){_PROFILE_PATH})""",
    ),
)


def find_profiles(text: str) -> Iterator[Finding]:
    """Links to profiles, posts and chats; a platform's help, a tag and a button to share lead to nobody."""
    return (replace(found, why=PROFILE.why) for found in search(text, PROFILES))


# --- Contacts ---------------------------------------------------------------------------------

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
    return not allowlist.is_public_site(match["it"])


def _is_invented(match: re.Match[str]) -> bool:
    return allowlist.looks_invented(match["it"]) and not _FILE.search(match["it"])


def _is_told_as_an_account(match: re.Match[str]) -> bool:
    """ "Mehmo.exe", near a word for an account; not "went.then", where only a space is missing, and no file."""
    parts = match["it"].lower().split(".")
    if (
        all(words.is_common(part) or len(part) < 2 or part.isdigit() for part in parts)
        or _FILE.search(match["it"])
        or parts[0] in _TITLES
        or allowlist.is_public_site(match["it"])
    ):
        return False
    return _ACCOUNT.search(match.string, max(0, match.start() - _NEAR), match.end() + _NEAR) is not None


def _is_as_long_as_a_number(match: re.Match[str]) -> bool:
    """Ten or eleven digits, and no organisation's."""
    digits = sum(letter.isdigit() for letter in match["it"])
    return digits in (10, 11) and not allowlist.is_help_line(match["it"])


_NEAR = 60
_TITLES = word_group("short titles")
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
        check=lambda match: allowlist.looks_invented(match["it"]) and not allowlist.is_model_name(match["it"]),
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
        check=lambda match: not allowlist.is_help_line(match["it"]),
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
        check=lambda match: not allowlist.is_help_line(match["it"]),
    ),
    shape("PHONE", rf"{_BEFORE}(?P<it>44{_APART}7\d{{3}}{_APART}\d{{3}}{_APART}\d{{3}}){_AFTER}"),
    shape("PHONE", r"(?<![\w/*])(?P<it>\+[1-9]\d{0,2}(?:[ \u00a0.·()\-–/_]{0,3}\d){7,12})(?!\d)"),
    shape("PHONE", r"(?<![\w/*.\-])(?P<it>7[1-9]\d\d[ \-]?\d{3}[ \-]?\d{3})(?![\w/*\-])", sure=False),
    shape("PHONE", r"(?<![\w/*.\-])(?P<it>07\d{3}[ \-]?[\dx*]{3}[ \-]?[\dx*]{3})(?![\w/\-])", sure=False),
    shape("PHONE", rf"\b(?P<it>{_DIGIT_WORD}(?:[ ,\-]{{1,2}}{_DIGIT_WORD}){{6,12}})\b"),
)


def find_contacts(text: str) -> Iterator[Finding]:
    """Mail, links, handles and phone numbers."""
    yield from search(text, MAIL)
    yield from search(text, LINKS)


def find_handles(text: str) -> Iterator[Finding]:
    """Usernames, with or without an @."""
    return search(text, HANDLES)


def find_phones(text: str) -> Iterator[Finding]:
    """British phone numbers, foreign ones with a +, and numbers spelled out."""
    return search(text, PHONES)
