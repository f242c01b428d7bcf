"""Ways to reach somebody: mail, web links, usernames, phone numbers, postcodes and streets."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.kinds import PROFILE
from stories.pii.rule_files import RuleFile, search
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
_SPOKEN = "|".join(sorted({host.rpartition(".")[0] for host in _PLATFORMS if host.count(".") == 1}, key=len)[::-1])
_RULES = RuleFile("contacts", SPOKEN=_SPOKEN)
# Where anybody's own server keeps its people, as Mastodon does; a place on a map has digits after its sign.
_ON_ANY_HOST = re.compile(r"(?:web/|deck/)?@[a-z_]", re.IGNORECASE)
# A platform's own pages: by the first part of a path, or of a host before the platform's own.
_OWN = _RULES.pattern("own")
# Names a person where there is no path, as in "wa.me/?phone=".
_NAMED = re.compile(r"\?.{0,300}?\b(?:phone|screen_name|user_?(?:id|name)|domain)=", re.IGNORECASE)


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


PROFILES = _RULES.shapes("profiles", "HANDLE", _leads_to_somebody, _is_no_platform, _is_told_in_words)


def find_profiles(text: str) -> Iterator[Finding]:
    """Links to profiles, posts and chats; a platform's help, a tag and a button to share lead to nobody."""
    return (replace(found, why=PROFILE.why) for found in search(text, PROFILES))


# --- Contacts ---------------------------------------------------------------------------------


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


def _is_no_word_or_model(match: re.Match[str]) -> bool:
    return allowlist.looks_invented(match["it"]) and not allowlist.is_model_name(match["it"])


def _is_told_as_mail(match: re.Match[str]) -> bool:
    return re.search(r"@|\Wdot\W|[(\[]at[)\]]", match["it"], re.IGNORECASE) is not None


def _is_no_help_line(match: re.Match[str]) -> bool:
    return not allowlist.is_help_line(match["it"])


def _is_as_long_as_a_number(match: re.Match[str]) -> bool:
    """Ten or eleven digits, and no organisation's."""
    digits = sum(letter.isdigit() for letter in match["it"])
    return digits in (10, 11) and not allowlist.is_help_line(match["it"])


_NEAR = 60
_TITLES = word_group("short titles")
_FILE = _RULES.pattern("file")
_ACCOUNT = _RULES.pattern("account")
MAIL_AND_LINKS = (
    *_RULES.shapes("mail", "EMAIL", _is_told_as_mail),
    *_RULES.shapes("links", "URL", _is_no_public_site),
)
HANDLES = _RULES.shapes("handles", "HANDLE", _is_invented, _is_no_word_or_model, _is_told_as_an_account)
PHONES = _RULES.shapes("phones", "PHONE", _is_no_help_line, _is_as_long_as_a_number)


# --- Addresses -----------------------------------------------------------------------------------

_ADDRESSES = RuleFile("addresses")

_WORD = _ADDRESSES.pattern("word")
_AREAS = word_group("postcode areas")


def _is_a_postcode(match: re.Match[str]) -> bool:
    written = match["it"].replace(" ", "")
    area = re.match(r"[a-z]{1,2}", written.lower())
    inward = written[-3:]
    slang = allowlist.is_clock_or_ordinal(inward) and match["it"][0].islower()
    return area is not None and area[0] in _AREAS and not slang


def _is_a_parted_postcode(match: re.Match[str]) -> bool:
    """ "SW1A-1AA"; not the "B4, 2nd floor", "L1/5ft" of floors, times and sizes."""
    inward = match["it"][-3:]
    return not allowlist.is_clock_or_ordinal(inward) and inward[1:].lower() not in _UNITS and _is_a_postcode(match)


def _is_an_area(match: re.Match[str]) -> bool:
    """An outward half; not the "M1" and "A6" of roads."""
    outward = match["it"].lower()
    return re.sub(r"\d", "", outward) in _AREAS and not re.fullmatch(r"[am]\d", outward)


def _is_a_numbered_street(match: re.Match[str]) -> bool:
    """With a name that a street can have, or none: "number nine, the close"."""
    if match["name"] is None:
        return True
    name = [word.lower() for word in _WORD.findall(match["name"])]
    return bool(name) and not any(word in _NOT_IN_A_STREET for word in name)


def _is_no_common_word(match: re.Match[str]) -> bool:
    name = match["name"].lower()
    return not words.is_common(name) and not words.is_slip(name)


def _is_a_northern_street(match: re.Match[str]) -> bool:
    """ "On quarry brae", not "on garden gate"."""
    name = match["name"].lower()
    return name not in _PLAIN_GATES and not words.is_never_a_name(name) and name not in _NOT_IN_A_STREET


def _is_a_named_street(match: re.Match[str]) -> bool:
    name = [word.lower().rstrip("'’") for word in match["name"].split()]
    if name[-1] in _RANKS:
        return False
    titled = match["it"][0].isupper() and match["it"].split()[-1][0].isupper() and not match["it"].isupper()
    if name[-1] in _NOT_A_STREET or any(
        word in _NOT_IN_A_STREET or (not titled and words.is_never_a_name(word) and word not in _STREET_WORDS)
        for word in name
    ):
        return False
    return not (name[-1] in {"high", "main", "ring", "rail", "one"} or name[-1].endswith("ing"))


_UNITS = frozenset({"ft", "lb", "gb", "tb", "hr", "yr", "st", "ph", "ll", "ed"})
_RANKS = word_group("long ranks") | word_group("short titles")
_PLAIN_GATES = word_group("plain gates")
_STREET_WORDS = word_group("street words")
_NOT_IN_A_STREET = word_group("not in a street")
_NOT_A_STREET = word_group("not before road")

POSTCODES = _ADDRESSES.shapes("postcodes", "POSTCODE", _is_a_postcode, _is_a_parted_postcode, _is_an_area)
STREETS = _ADDRESSES.shapes(
    "streets", "ADDRESS", _is_a_northern_street, _is_a_numbered_street, _is_no_common_word, _is_a_named_street
)
