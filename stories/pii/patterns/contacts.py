"""Ways to reach somebody: mail, web links, usernames, phone numbers, postcodes and streets."""

import re
from urllib.parse import unquote

from stories.pii import words
from stories.pii.rule_files import RuleFile
from stories.pii.words import GROUPS, read_list

_ANY = "."
_PLATFORMS = {
    host: re.compile(paths, re.IGNORECASE)
    for paths, hosts in (line.split(" ", 1) for line in read_list("platforms"))
    for host in hosts.split()
}
_SPOKEN = "|".join(sorted({host.rpartition(".")[0] for host in _PLATFORMS if host.count(".") == 1}, key=len)[::-1])
_RULES = RuleFile("contacts", SPOKEN=_SPOKEN)


def _leads_to_somebody(match: re.Match[str]) -> bool:
    """Of an address with a path, which may be escaped or begin with the "#!" of old."""
    return _is_somebodys(match["host"].lower(), unquote(match["path"]).lstrip("/#!") or match["path"])


def _is_somebodys(host: str, path: str) -> bool:
    # "en-gb" stands before "facebook.com".
    parts = host.split(".")
    at = next((at for at in range(len(parts) - 1) if ".".join(parts[at:]) in _PLATFORMS), None)
    before, platform = (host, host) if at is None else (".".join(parts[:at]), ".".join(parts[at:]))
    if _RULES["own"].match(before.rpartition(".")[2]):
        return False
    paths = _PLATFORMS.get(platform)
    if paths is None:
        return _RULES["on any host"].match(path) is not None
    if path.startswith("?") and paths.pattern == _ANY:
        return _RULES["named"].match(path) is not None
    return paths.match(path) is not None and (".." in path or not _RULES["own"].match(path))


def _is_told_in_words(match: re.Match[str]) -> bool:
    """ "facebook dot com slash jo.b"; after a stroke between spaces stands mostly another platform, or any word."""
    is_name = "slash" in match["slash"].lower() or match["slash"] == "/" or _looks_invented(match["path"])
    return is_name and _is_somebodys(f"{match['name']}.{match['ending']}".lower(), match["path"])


def _is_no_platform(match: re.Match[str]) -> bool:
    return not _RULES["own"].match(match["name"]) and match["name"].lower() != "www"


# Links to profiles, posts and chats.
PROFILES = _RULES.shapes("profiles", "HANDLE", globals())


def _is_no_public_site(match: re.Match[str]) -> bool:
    """Not the bare address of a platform, a charity or the state, nor any page of law or guidance."""
    bare = _RULES["scheme"].sub("", match["it"]).rstrip("/")
    return not _RULES["public site"].fullmatch(bare) and not _RULES["law"].match(bare)


def _looks_invented(handle: str) -> bool:
    """False for what is an ordinary word or a plain name."""
    bare = handle.lower().lstrip("@")
    if handle.startswith("@") or re.search(r"\d.{0,40}[a-z]|[a-z].{0,40}\d|_|[a-z]\.[a-z]", bare):
        return not re.fullmatch(r"\d{1,4}[a-z]{1,3}|[a-z]\.[a-z](?:\.[a-z])?", bare)
    return bare.isalpha() and len(bare) > 3 and not words.is_known(bare) and not words.is_slip(bare)


def _is_told_as_an_account(match: re.Match[str]) -> bool:
    """ "Mehmo.exe", near a word for an account; not "went.then", where only a space is missing, and no file."""
    parts = match["it"].lower().split(".")
    is_plain = all(words.is_common(part) or len(part) < 2 or part.isdigit() for part in parts)
    if is_plain or parts[0] in GROUPS["short titles"] or _RULES["file"].search(match["it"]):
        return False
    if not _is_no_public_site(match):
        return False
    return _RULES["account"].search(match.string, max(0, match.start() - 60), match.end() + 60) is not None


def _is_no_word_or_model(match: re.Match[str]) -> bool:
    """Not "iphone13", "feb2021", "page12"."""
    low = match["it"].lower()
    stem = low.rstrip("0123456789")
    is_word = stem != low and words.is_word(stem) and not words.is_first_name(stem)
    return _looks_invented(match["it"]) and not is_word and stem not in GROUPS["plain stems"] | words.MONTHS


def _is_no_help_line(match: re.Match[str]) -> bool:
    """Not freephone and 03 numbers, which reach an organisation and never a person."""
    digits = re.sub(r"\D", "", match["it"])
    national = "0" + digits.removeprefix("00").removeprefix("44") if digits.startswith(("44", "0044")) else digits
    return not _RULES["organisation line"].fullmatch(national)


_CHECKS = globals() | {
    "_is_invented": lambda match: _looks_invented(match["it"]) and not _RULES["file"].search(match["it"]),
    "_is_told_as_mail": lambda match: _RULES["mail sign"].search(match["it"]) is not None,
    "_is_as_long_as_a_number": lambda match: sum(map(str.isdigit, match["it"])) in (10, 11) and _is_no_help_line(match),
}
MAIL_AND_LINKS = (*_RULES.shapes("mail", "EMAIL", _CHECKS), *_RULES.shapes("links", "URL", _CHECKS))
HANDLES = _RULES.shapes("handles", "HANDLE", _CHECKS)
PHONES = _RULES.shapes("phones", "PHONE", _CHECKS)

_ADDRESSES = RuleFile("addresses")


def _is_a_postcode(match: re.Match[str]) -> bool:
    written = match["it"].replace(" ", "")
    area = re.match(r"[a-z]{1,2}", written.lower())
    inward = written[-3:]
    # The "2nd" of "b4 2nd".
    slang = _ADDRESSES["clock or ordinal"].fullmatch(inward) and match["it"][0].islower()
    return area is not None and area[0] in GROUPS["postcode areas"] and not slang


def _is_a_parted_postcode(match: re.Match[str]) -> bool:
    """ "SW1A-1AA"; not the "B4, 2nd floor", "L1/5ft" of floors, times and sizes."""
    inward = match["it"][-3:]
    is_size = inward[1:].lower() in GROUPS["units of size"]
    return not is_size and not _ADDRESSES["clock or ordinal"].fullmatch(inward) and _is_a_postcode(match)


def _is_a_numbered_street(match: re.Match[str]) -> bool:
    """With a name that a street can have, or none: "number nine, the close"."""
    if match["name"] is None:
        return True
    name = [word.lower() for word in _ADDRESSES["word"].findall(match["name"])]
    return bool(name) and not any(word in GROUPS["not in a street"] for word in name)


def _is_a_northern_street(match: re.Match[str]) -> bool:
    """ "On quarry brae", not "on garden gate"."""
    name = match["name"].lower()
    return name not in GROUPS["plain gates"] | GROUPS["not in a street"] and not words.is_never_a_name(name)


def _is_a_named_street(match: re.Match[str]) -> bool:
    name = [word.lower().rstrip("'’") for word in match["name"].split()]
    if name[-1] in _RANKS:
        return False
    titled = match["it"][0].isupper() and match["it"].split()[-1][0].isupper() and not match["it"].isupper()
    if name[-1] in GROUPS["not before road"] or any(
        word in GROUPS["not in a street"]
        or (not titled and words.is_never_a_name(word) and word not in GROUPS["street words"])
        for word in name
    ):
        return False
    return not (name[-1] in {"high", "main", "ring", "rail", "one"} or name[-1].endswith("ing"))


_RANKS = GROUPS["long ranks"] | GROUPS["short titles"]

_AT_HOME = globals() | {
    # An outward half; not the "M1" and "A6" of roads.
    "_is_an_area": lambda match: (
        re.sub(r"\d", "", match["it"].lower()) in GROUPS["postcode areas"]
        and not re.fullmatch(r"[am]\d", match["it"].lower())
    ),
    "_is_no_common_word": lambda match: (
        not words.is_common(match["name"].lower()) and not words.is_slip(match["name"].lower())
    ),
}
POSTCODES = _ADDRESSES.shapes("postcodes", "POSTCODE", _AT_HOME)
STREETS = _ADDRESSES.shapes("streets", "ADDRESS", _AT_HOME)
