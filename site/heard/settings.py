"""Every setting, read from the environment and safe where the environment is silent."""

import hashlib
import os
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from heard import environment

ROOT = Path(__file__).resolve().parent.parent.parent
env = environment.read_environment(ROOT)
DATA_DIR = Path(env.str("DATA_DIR")).resolve()
# The release: what is built or kept for readers by one is never shown by another.
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

# --- What this process is -------------------------------------------------------------------
DEMO = env.bool("DEMO")
DEBUG = DEMO and env.bool("DEBUG")
SERVE, CLOSED_BECAUSE = env.str("SERVE"), env.str("CLOSED_BECAUSE")
IS_CLOSED = SERVE == "closed"
SERVE_PUBLIC = SERVE != "admin"
SERVE_ADMIN = SERVE != "public"

SECRET_KEY = env.ENVIRON["SECRET_KEY"]
# Its own secret, never derived from SECRET_KEY: losing it ends every receipt code.
RECEIPT_PEPPER = env.ENVIRON["RECEIPT_PEPPER"].encode()[:64]
# Where set, the vault refuses a queue key with another fingerprint.
QUEUE_KEY_FINGERPRINT = env.str("QUEUE_KEY_FINGERPRINT")

# What is public carries the first, and what is for moderators the second, whichever process says it.
BASE_URL, DESK_URL = env.str("BASE_URL").rstrip("/"), env.str("DESK_URL").rstrip("/")
PLAIN_HTTP = BASE_URL.startswith("http://")
ONION_HOST = env.str("ONION_HOST").lower()
_served = [*([BASE_URL] if SERVE_PUBLIC else []), *([DESK_URL] if SERVE_ADMIN else [])]
_names = {"127.0.0.1", "localhost", "[::1]", *(str(urlsplit(address).hostname) for address in _served)}
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS") or sorted(_names)
if ONION_HOST:
    ALLOWED_HOSTS.append(ONION_HOST)
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES")
if TRUSTED_PROXIES:
    # A proxy that we name ends the https, and overwrites what a browser says of it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- What it is made of ---------------------------------------------------------------------
INSTALLED_APPS = [
    "heard",
    "stories",
    "moderation.apps.ModerationConfig",
    "campaign",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "moderation.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "moderation.apps.AllauthAccountConfig",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "heard.middleware.headers.HeadersMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "heard.storage.StaticFilesMiddleware",
    "heard.middleware.page_cache.PackingMiddleware",
    "heard.middleware.page_cache.PageCacheMiddleware",
    "heard.middleware.public.LanguageMiddleware",
    "heard.middleware.limits.FairShareMiddleware",
    *(["heard.middleware.admin.SessionsForAdmin"] if SERVE_ADMIN else []),
    "heard.middleware.public.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    *(
        f"heard.middleware.admin.{name}ForAdmin"
        for name in ("People", "Messages", "SecondFactor", "Buttons")
        if SERVE_ADMIN
    ),
    *(["campaign.editing.HoldingBackMiddleware"] if SERVE_ADMIN else []),
    "heard.errors.BareErrorsMiddleware",
    "heard.middleware.public.PublicDoorMiddleware",
    "heard.middleware.limits.LimitsMiddleware",
    "campaign.redirects.RedirectMiddleware",
]
if IS_CLOSED:
    # Neither the database nor a cache nor a static file may be there.
    MIDDLEWARE = [*MIDDLEWARE[:3], "heard.middleware.public.LanguageMiddleware", "heard.errors.ClosedMiddleware"]
CSRF_FAILURE_VIEW = "heard.errors.forbidden"
ROOT_URLCONF = "heard.urls"
WSGI_APPLICATION = "heard.asgi.django"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "campaign.site_chrome.context_processor",
                "heard.middleware.admin.for_templates",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Where things are kept ------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {"default": env.db_url("DATABASE_URL")}
if env.str("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = env.db_url("DATABASE_REPLICA_URL")
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
for _database in DATABASES.values():
    # A file that is opened anew for each request costs as much as all that a request asks of it.
    _database["CONN_MAX_AGE"] = 600
    if _database["ENGINE"].endswith("sqlite3"):
        _database.setdefault("OPTIONS", {}).update(
            # Without IMMEDIATE two writers that began by reading throw each other out.
            transaction_mode="IMMEDIATE",
            timeout=20,
            init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        )
    else:
        _database |= {"ENGINE": "heard.postgresql", "CONN_HEALTH_CHECKS": True}
# `heard.asgi` says so of its process: there nothing waits for a database without end.
IS_SERVING = False

_cache_url = env.str("CACHE_URL")


def caches_in(redis: str) -> dict[str, dict[str, Any]]:
    """The caches in the Redis at this address, or in this process's memory where there is none."""
    # Apart from the rest: a full cache throws entries out at random, and none of them may be the day's salt.
    most = {"default": 20_000, "pages": 1000, "renditions": 1000}
    memory = "django.core.cache.backends.locmem.LocMemCache"
    made: dict[str, dict[str, Any]] = {
        name: {"BACKEND": memory, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": entries}}
        for name, entries in most.items()
    }
    # Wagtail keeps objects of its models as renditions, which only pickle can carry: never outside this process.
    for name in ("default", "pages") if redis else ():
        made[name] = {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": redis,
            "KEY_PREFIX": name,
            "OPTIONS": {
                # By itself django-redis pickles, and whoever can write to Redis would run code here.
                "SERIALIZER": "heard.storage.PlainSerializer",
                # Without it a page is made again, a count begins again, and a token key is in RUN_DIR.
                "IGNORE_EXCEPTIONS": True,
                "REDIS_CLIENT_CLASS": "heard.storage.PatientRedis",
                "SOCKET_CONNECT_TIMEOUT": 0.5,  # seconds
                "SOCKET_TIMEOUT": 0.5,
            },
        }
    return made


CACHES = caches_in(_cache_url)
# Redis lets a page go after its minute; memory keeps it until somebody asks for it, or there is no room.
PAGES_ARE_SHARED = bool(_cache_url)
# One machine has a memory cache for each process, so a limit counts for each process too; the
# flood tray is a sieve and not a lock, so that is good enough, and Redis makes it exact.
SILENCED_SYSTEM_CHECKS = [] if _cache_url else ["django_ratelimit.E003", "django_ratelimit.W001"]
# Our own headers hold X-Frame-Options; plain http is turned away by the proxy, and an onion has no https.
SILENCED_SYSTEM_CHECKS += ["security.W002", "security.W008"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_DIR"))
STATICFILES_DIRS = [ROOT / "site" / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_DIR"))
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "heard.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Keys that live an hour and are then gone lie in Redis, or in a folder in memory where there is one.
TOKEN_KEYS_IN_CACHE = bool(_cache_url)
_memory = Path("/dev/shm")  # noqa: S108
_in_memory = _memory / f"heard-{hashlib.sha256(str(DATA_DIR).encode()).hexdigest()[:12]}"
RUN_DIR = Path(env.str("RUN_DIR") or (_in_memory if os.access(_memory, os.W_OK) else DATA_DIR / "run"))

# --- People and the admin -------------------------------------------------------------------
SESSION_COOKIE_NAME = "heard_admin"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = [DESK_URL]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_validators: dict[str, dict[str, int]] = {"UserAttributeSimilarity": {}, "CommonPassword": {}, "NumericPassword": {}}
_validators["MinimumLength"] = {"min_length": 14}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator", "OPTIONS": options}
    for name, options in _validators.items()
]
# At a real log-in a password is never enough; the demo's people have nothing to lose.
SECOND_FACTOR_REQUIRED = not DEMO
MFA_ADAPTER = "moderation.team.second_factor.SealedAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Heard"
# A phone whose clock is half a minute off; a recovery code that nobody guesses.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 16
LOGIN_URL = "wagtailadmin_login"

# --- Wagtail --------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Heard"
WAGTAILADMIN_BASE_URL = DESK_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = ["Europe/London"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "campaign.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "campaign.picture_form.PictureForm"
# A process that serves only the admin has no public addresses; `campaign.redirects` knows them without.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
# A picture is unpacked in memory to be drawn again: 30 million pixels are about 90 MB.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
# Nothing here is ever fetched from another site.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# --- What a browser is told -----------------------------------------------------------------
_told = tomllib.loads(Path(__file__).with_name("browser_policies.toml").read_text(encoding="utf-8"))
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _told["public"]}
ADMIN_CONTENT_SECURITY_POLICY = _told["admin"]
ADMIN_INLINE_SCRIPTS = tuple(f"/admin/{screen}/" for screen in _told["screens_with_scripts"])
PERMISSIONS_POLICY: dict[str, str | list[str] | tuple[str]] = {feature: [] for feature in _told["features"]}
ADMIN_PERMISSIONS_POLICY = PERMISSIONS_POLICY | {feature: ["self"] for feature in _told["admin_features"]}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else int(timedelta(days=730).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# --- What a form may carry ------------------------------------------------------------------
# A full form of the widest characters is about 400 kB. A text twenty times too long still comes back whole
# with a kind sentence, and a longer one to where it stopped (`posted`); where no form stands nothing is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# What of all bodies may wait in one process's memory, for their ends or for a thread; past it the largest is let go.
BODIES_MOST_BYTES = env.int("BODIES_MOST_BYTES")
# A phone in a tunnel sends nothing for a while, and a long paste takes minutes on the slowest line.
BODY_IDLE_SECONDS = env.int("BODY_IDLE_SECONDS")
BODY_LONGEST_SECONDS = env.int("BODY_LONGEST_SECONDS")

# --- How often is too often -------------------------------------------------------------------
# What one network may send before more of it goes to the flood tray: a room of thirty people passes,
# and one machine can't fill the moderators' day. The second set is for everybody without an address at once.
# A look at an account costs up to seconds; past that many they are quick ones (`look`).
LIMITS = {"send": ["60/h", "120/d"], "look": ["90/h"], "take-down": ["20/h", "40/d"], "other": ["60/h"]}
LIMITS_FOR_ALL = {"send": ["120/h", "600/d"], "look": ["240/h"], "take-down": ["60/h", "200/d"], "other": ["300/h"]}
RATELIMIT_FAIL_OPEN = True

# --- Words and time -------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
LOCALE_PATHS = [ROOT / "site" / "locale"]
# The first stands at /, each other at /<its code>/; editors write their pages in the first.
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES[:1]

# --- What is written down about a visit: nothing --------------------------------------------
LOGGING_CONFIG = "heard.logging.configure_logging"
# Django calls the function above only with something to hand on.
LOGGING: dict[str, object] = {"version": 1}
DEFAULT_EXCEPTION_REPORTER_FILTER = "heard.logging.EmptyReporterFilter"
# Without EMAIL_URL no mail leaves the site: an invitation's link is shown, to be handed over.
MAIL_IS_ON = bool(env.str("EMAIL_URL")) and not DEMO
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if MAIL_IS_ON:
    vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM")
# The hour, here, after which the daily mail goes to those moderators who asked for it.
DAILY_MAIL_HOUR = env.int("DAILY_MAIL_HOUR")
# Who is told at 09:00 and 18:00 that something urgent came since the last mail; nobody, where none is named.
DUTY_EMAIL = env.list("DUTY_EMAIL")
SECURITY_CONTACT = env.str("SECURITY_CONTACT")
