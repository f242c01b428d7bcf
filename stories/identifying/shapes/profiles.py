"""Links that lead to somebody on a platform: to their profile, to what they posted, or to a chat with them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from stories.identifying import vetoes
from stories.identifying.finding import Finding
from stories.identifying.kinds import PROFILE
from stories.identifying.shapes import search, shape

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
_PATH = r"(?:(?!https?://)[^\s<>\"“”‘]){0,300}(?!https?://)[^\s<>\"“”‘’.,;:!?)\]}']"
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
    is_name = "slash" in match["slash"].lower() or match["slash"] == "/" or vetoes.looks_invented(match["path"])
    return is_name and _is_somebodys(f"{match['name']}.{match['ending']}".lower(), match["path"])


def _is_no_platform(match: re.Match[str]) -> bool:
    return not _OWN.match(match["name"]) and match["name"].lower() != "www"


PROFILES = (
    shape(
        "HANDLE",
        rf"""(?<![\w@.\-])(?P<it>(?:https?://(?:[^\s/?\#@]{{1,60}}@)?)?
            (?P<host>(?:[a-z0-9\-]{{1,63}}\.){{1,4}}[a-z]{{2,24}})\.?(?::\d{{1,5}})?(?P<path>[/?\#]{_PATH}))""",
        check=_leads_to_somebody,
    ),
    shape(
        "HANDLE",
        rf"""(?<![\w@.\-])(?P<it>(?:https?://)?(?:www\.)?(?P<name>[a-z0-9][a-z0-9\-]{{1,62}})\.{_BY_SUBDOMAIN}
            (?:/{_PATH})?)(?![\w@])""",
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
            whatsapp://send/?\?(?:[^\s\#]{{0,200}}?&)?phone=|skype:(?=\w)){_PATH})""",
    ),
)


def find(text: str) -> Iterator[Finding]:
    """Links to profiles, posts and chats; a platform's help, a tag and a button to share lead to nobody."""
    return (replace(found, why=PROFILE.why) for found in search(text, PROFILES))
