"""The checks of a site's surroundings for `manage.py check`; the words tell what to do."""

import contextlib
import socket
import ssl
import stat
import tomllib
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError, connections

from campaign.initial_content import creating
from heard.demo import mark
from heard.middleware import limits
from moderation import ready_words
from stories.intake import labels, receive
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
_SAID = tomllib.loads(Path(__file__).with_name("checks.toml").read_text(encoding="utf-8"))


def _message(number: str, **facts: object) -> CheckMessage:
    """The message of that number, whose first letter says how bad it is."""
    says, hint = (_SAID[number][part].format(**facts) for part in ("says", "hint"))
    return _KINDS[number[0]](says, hint=hint or None, id=f"heard.{number}")


@register()
def settings_and_files(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    is_wrong = {
        # It works, and misses more of them.
        "W005": not names.are_known(),
        # While accounts come in, nothing else says that the mark isn't left.
        "W012": bool(settings.DUTY_EMAIL) and not labels.mark_can_be_left(),
        # A pin from the first release: another key with the same 16 digits is within somebody's reach.
        "W013": receive.pins_a_half(),
    }
    return [_message(number) for number, wrong in is_wrong.items() if wrong]


@register(Tags.security)
def proxies(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    try:
        limits.trusted_networks(tuple(settings.TRUSTED_PROXIES))
    except ValueError as error:
        return [_message("E001", error=error)]
    return [] if settings.TRUSTED_PROXIES or settings.DEMO else [_message("W001")]


@register(Tags.security, deploy=True)
def streaming_proxy(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Warn of a proxy that hands requests on before their body: one that stalls then holds a place in the site.

    Only BASE_URL is asked, from this machine, over HTTP/1.1: not the onion's listener, and not the other service.
    """
    if settings.DEMO or not settings.TRUSTED_PROXIES:
        return []
    try:
        is_asked_too_soon = _site_answers_half_a_request()
    except OSError as error:
        return [_message("I016", site=settings.BASE_URL, error=error)]
    return [_message("W016", site=settings.BASE_URL)] if is_asked_too_soon else []


def _site_answers_half_a_request() -> bool:
    """True if a page that isn't there is answered before the body of a POST came: the site does so, if it hears of it.

    Raises OSError where nobody answers at all.
    """
    site = urlsplit(settings.BASE_URL)
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
        reason = mark.why_not_this_database()
        # A moderator who reads of danger tonight would find nobody to ring.
        lacks_contact = not (settings.DEMO or ready_words.safeguarding())
    except DatabaseError:
        # Before the first migration there is nothing to refuse, and nowhere to write.
        return []
    return [*([_message("E002", reason=reason)] if reason else []), *([_message("W008")] if lacks_contact else [])]


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
    except DatabaseError:
        return []
    found = [_message("W010", sentence=sentence) for sentence in unfinished]
    if uncalled:
        found.append(_message("W011", many=len(uncalled), names=", ".join(uncalled)))
    # Nothing can see whether a lawyer did, so it is said each time.
    return [*found, _message("I010")]
