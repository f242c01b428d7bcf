"""The checks of a site's surroundings for `manage.py check`; the words tell what to do."""

import contextlib
import socket
import ssl
import stat
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError, connections
from django.utils import timezone

from campaign.initial_content import creating
from campaign.models import Picture
from heard import environment, start
from heard.demo import mark
from moderation import ready_words
from stories.core import tables
from stories.intake import receive
from stories.pii.model import names

# Caches that leave this process as data, or don't leave it; any other of Django's or django-redis' own pickles.
_PLAIN = (
    "heard.storage.PlainSerializer",
    "django_redis.serializers.msgpack.MSGPackSerializer",
    "django_redis.serializers.json.JSONSerializer",
)
_IN_PROCESS = ("django.core.cache.backends.locmem.LocMemCache", "django.core.cache.backends.dummy.DummyCache")
# How long a proxy gets to hand on what it should keep back.
_PROXY_SECONDS = 3
# How Redis says that it keeps nothing.
_NEVER_SAVED = {"save": "save ", "appendonly": "appendonly no"}


_KINDS = {"E": Error, "W": Warning, "I": Info}
_SAID = tables.read(__file__, "checks.toml")


def _message(number: str, **facts: object) -> CheckMessage:
    """The message of that number, whose first letter says how bad it is."""
    says, hint = (_SAID[number][part].format(**facts) for part in ("says", "hint"))
    return _KINDS[number[0]](says, hint=hint or None, id=f"heard.{number}")


@register()
def settings_and_files(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    is_wrong = {
        # It works, and misses more of them.
        "W005": not names.are_known(),
        # A pin from the first release: another key with the same 16 digits is within somebody's reach.
        "W013": receive.pins_a_half(),
    }
    found = [_message(number) for number, wrong in is_wrong.items() if wrong]
    found += [_message("W017", name=name, meant=meant) for name, meant in environment.misspelt_names().items()]
    return found + ([_message("E005", reason=reason)] if (reason := start.why_not_these_folders()) else [])


@register(deploy=True)
def python_of_machine(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Warn of a Python that gets no security updates: a copy of the machine's, or one past its last year."""
    is_copy = sys.prefix != sys.base_prefix and not Path(sys.executable).is_symlink()
    # Each release comes in October, 3.11 in 2022, and is looked after for five years.
    ends = date(2016 + sys.version_info.minor, 10, 31)
    old = [_message("W019", ends=f"{ends:%B %Y}")] if timezone.localdate() > ends else []
    return old + ([_message("W018")] if is_copy else [])


@register(Tags.security)
def proxies(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    return [] if settings.TRUSTED_PROXIES or settings.DEMO else [_message("W001")]


@register(Tags.security, deploy=True)
def streaming_proxy(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Warn of a proxy that hands requests on before their body: one that stalls then holds a place in the site.

    Asked from this machine, over HTTP/1.1, and not by an onion's listener.
    """
    if settings.DEMO or not settings.TRUSTED_PROXIES:
        return []
    sites = [each for each in dict.fromkeys((settings.BASE_URL, settings.DESK_URL)) if each.startswith("https:")]
    return [message for site in sites for message in _streams(site)]


def _streams(site: str) -> list[CheckMessage]:
    try:
        return [_message("W016", site=site)] if _site_answers_half_a_request(urlsplit(site)) else []
    except OSError as error:
        return [_message("I016", site=site, error=error)]


def _site_answers_half_a_request(site: SplitResult) -> bool:
    """True if a page that isn't there is answered before the body of a POST came: the site does so, if it hears of it.

    Raises OSError where nobody answers at all.
    """
    # A proxy that waits for the body asks for it, with a 100. Caddy, where it doesn't, hands this on, and the 404 back.
    asked = f"POST /does-the-proxy-wait.txt HTTP/1.1\r\nHost: {site.netloc}\r\n"
    asked += "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    # Nothing secret is said, so it doesn't matter who signed the certificate.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((site.hostname, site.port or 443), timeout=_PROXY_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=site.hostname) as line,
    ):
        line.sendall(asked.encode())
        answer = b""
        with contextlib.suppress(TimeoutError):
            while more := line.recv(1024):
                answer += more
    if not answer:
        raise ConnectionError("no answer")
    return b"HTTP/1.1 404" in answer


@register(Tags.database)
def database_rows(app_configs: object, databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Refuse the demo's database to a real site, and a real one to the demo; name what a real one lacks."""
    if "default" not in (databases or []):
        return []
    try:
        reason, pepper = mark.why_not_this_database(), start.why_not_this_pepper()
        # A moderator who reads of danger tonight would find nobody to ring.
        lacks_contact = not (settings.DEMO or ready_words.safeguarding())
    except DatabaseError:
        # Before the first migration there is nothing to refuse, and nowhere to write.
        return []
    is_wrong = {"E002": reason, "E004": pepper, "W008": lacks_contact}
    return [_message(number, reason=wrong) for number, wrong in is_wrong.items() if wrong]


@register(Tags.security)
def lines_to_other_machines(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Warn of a database or a Redis on another machine to which anybody on the way can listen, or be it."""
    told = [(name, each["HOST"], each.get("OPTIONS", {}).get("sslmode")) for name, each in settings.DATABASES.items()]
    found = [
        _message("W021", name=name, host=host)
        for name, host, mode in told
        if _is_elsewhere(host) and mode != "verify-full"
    ]
    redis = urlsplit(str(settings.CACHES["default"].get("LOCATION", "")))
    if _is_elsewhere(redis.hostname) and (redis.scheme != "rediss" or "none" in redis.query):
        found.append(_message("W022", host=redis.hostname))
    return found


def _is_elsewhere(host: str | None) -> bool:
    # A path is a socket of this machine.
    return bool(host) and not str(host).startswith("/") and host not in ("localhost", "127.0.0.1", "::1")


@register(Tags.database)
def database_file(app_configs: object, databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    found = [settings.DATABASES[name] for name in databases or []]
    open_to_all = [Path(database["NAME"]) for database in found if _others_may_read(database)]
    return [_message("W002", file=path.name, path=path) for path in open_to_all]


def _others_may_read(database: dict[str, str]) -> bool:
    path = Path(database["NAME"])
    if not database["ENGINE"].endswith("sqlite3") or not path.exists():
        return False
    may_read, may_enter = stat.S_IRGRP | stat.S_IROTH, stat.S_IXGRP | stat.S_IXOTH
    return bool(path.stat().st_mode & may_read and path.parent.stat().st_mode & may_enter)


@register(Tags.database)
def database_log(app_configs: object, databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Warn of each setting by which PostgreSQL would write down what is stored."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            for name, safe in _SAID["W003"]["safe"].items():
                cursor.execute("SELECT current_setting(%s, true)", [name])
                value = cursor.fetchone()[0]
                if value is not None and value not in safe:
                    found.append(_message("W003", name=name, value=value, safe=max(safe)))
    return found


@register(Tags.security)
def pickled_caches(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse a cache outside this process that pickles: whoever can write there would run code here."""
    return [
        _message("E003", name=name, plain=_PLAIN[0])
        for name, cache in settings.CACHES.items()
        if cache["BACKEND"] not in _IN_PROCESS and cache.get("OPTIONS", {}).get("SERIALIZER") not in _PLAIN
    ]


@register(Tags.database)
def redis_on_disk(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Warn of a Redis that saves what it holds: token keys, and counters made of addresses."""
    if not settings.CACHES["default"]["BACKEND"].startswith("django_redis"):
        return []
    try:
        server = caches["default"].client.get_client()  # type: ignore[attr-defined]
        saves = [f"{name} {value}" for name in _NEVER_SAVED for value in server.config_get(name).values()]
    except Exception as error:
        saves = [type(error).__name__]
    return [_message("W004", said=said) for said in saves if said not in _NEVER_SAVED.values()]


@register(Tags.database, deploy=True)
def before_opening(app_configs: object, databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Name what a real site has to fill in and to check before anybody may come."""
    if settings.DEMO or "default" not in (databases or []):
        return []
    try:
        unfinished, uncalled = list(creating.unfinished_pages()), creating.help_lines_to_call()
        lost = [each.pk for each in Picture.objects.all() if not each.file.storage.exists(each.file.name)]
    except DatabaseError:
        return []
    found = [_message("W010", sentence=sentence) for sentence in unfinished]
    if uncalled:
        found.append(_message("W011", many=len(uncalled), names=", ".join(uncalled)))
    if lost:
        found.append(_message("W020", many=len(lost), path=settings.MEDIA_ROOT))
    # Nothing can see whether a lawyer did, and which names are under ours, so it is said each time.
    return [*found, _message("I010"), _message("I017", host=urlsplit(settings.BASE_URL).hostname)]
