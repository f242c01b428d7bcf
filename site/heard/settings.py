"""Every setting, read from the environment and safe where the environment is silent."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ

from heard import secrets

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(ROOT / "var"))).resolve()

# --- What this process is -------------------------------------------------------------------
DEMO = env.bool("DEMO", default=False)
DEBUG = DEMO and env.bool("DEBUG", default=False)
SERVE = env.str("SERVE", default="both")
if SERVE not in ("public", "admin", "both"):
    raise SystemExit("Heard can't start: SERVE is public, admin or both.")
SERVE_PUBLIC = SERVE != "admin"
SERVE_ADMIN = SERVE != "public"

_secrets = secrets.gather(demo=DEMO, data_dir=DATA_DIR)
SECRET_KEY = _secrets["SECRET_KEY"]
# Its own secret, never derived from SECRET_KEY: losing it ends every receipt code.
RECEIPT_PEPPER = _secrets["RECEIPT_PEPPER"].encode()[:64]
# Where set, the vault refuses a queue key with another fingerprint.
QUEUE_KEY_FINGERPRINT = env.str("QUEUE_KEY_FINGERPRINT", default="")

BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000" if DEMO else "https://localhost").rstrip("/")
ONION_HOST = env.str("ONION_HOST", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
if ONION_HOST:
    ALLOWED_HOSTS.append(ONION_HOST)
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
PLAIN_HTTP = BASE_URL.startswith("http://")
if PLAIN_HTTP and not DEMO:
    raise SystemExit("Heard can't start: BASE_URL begins with https:// outside the demo.")

# --- What it is made of ---------------------------------------------------------------------
INSTALLED_APPS = [
    "heard",
    "stories",
    "moderation",
    "campaign",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "heard.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "heard.page_cache.PageCacheMiddleware",
    "heard.admin_door.SessionsForAdmin",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "heard.admin_door.PeopleForAdmin",
    "heard.admin_door.MessagesForAdmin",
    "heard.public_door.PublicDoorMiddleware",
    "heard.limits.LimitsMiddleware",
]
ROOT_URLCONF = "heard.urls"
WSGI_APPLICATION = "heard.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "campaign.context.furniture",
                "heard.admin_door.for_templates",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Where things are kept ------------------------------------------------------------------
DATABASES: dict[str, Any] = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'heard.sqlite3'}")}
if env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = env.db_url("DATABASE_REPLICA_URL")
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
for _database in DATABASES.values():
    if _database["ENGINE"].endswith("sqlite3"):
        _database.setdefault("OPTIONS", {}).update(
            # Without IMMEDIATE two writers that began by reading throw each other out.
            transaction_mode="IMMEDIATE",
            timeout=20,
            init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        )
    else:
        _database["CONN_MAX_AGE"] = 600
        _database["CONN_HEALTH_CHECKS"] = True
# The connection that public reads use: the replica where there is one.
PUBLIC_READS = "replica" if "replica" in DATABASES else "default"

_cache_url = env.str("CACHE_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": _cache_url}
        if _cache_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
    )
}
# One machine has a memory cache for each process, so a limit counts for each process too; the
# flood tray is a sieve and not a lock, so that is good enough, and Redis makes it exact.
SILENCED_SYSTEM_CHECKS = [] if _cache_url else ["django_ratelimit.E003", "django_ratelimit.W001"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "site" / "static"]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
# Keys that live an hour and are then gone lie in Redis, or in a folder in memory where there is one.
TOKEN_KEYS_IN_CACHE = bool(_cache_url)
_memory = Path("/dev/shm")
_in_memory = _memory / f"heard-{hashlib.sha256(str(DATA_DIR).encode()).hexdigest()[:12]}"
RUN_DIR = Path(env.str("RUN_DIR", default=str(_in_memory if os.access(_memory, os.W_OK) else DATA_DIR / "run")))

# --- People and the admin -------------------------------------------------------------------
SESSION_COOKIE_NAME = "heard_admin"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "wagtailadmin_login"

# --- Wagtail --------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Heard"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# --- What a browser is told -----------------------------------------------------------------
_own = ["'self'"]
_nothing = ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _nothing,
        "script-src": _own,
        "style-src": _own,
        "img-src": _own,
        "font-src": _own,
        "connect-src": _own,
        "form-action": _own,
        "base-uri": _nothing,
        "frame-ancestors": _nothing,
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer ambient-light-sensor autoplay bluetooth browsing-topics camera display-capture "
        "encrypted-media fullscreen geolocation gyroscope hid idle-detection interest-cohort local-fonts "
        "magnetometer microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock "
        "serial storage-access usb web-share xr-spatial-tracking"
    ).split()
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else int(timedelta(days=730).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
X_FRAME_OPTIONS = "DENY"

# --- What a form may carry ------------------------------------------------------------------
# A full form of the widest characters is about 400 kB; a paste twenty times too long still
# comes back with its words and a kind sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_TEMP_DIR = None

# --- Words and time -------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [ROOT / "site" / "locale"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("en-gb", "English")]

# --- What is written down about a visit: nothing --------------------------------------------
LOGGING_CONFIG = "heard.logging.configure"
LOGGING: dict[str, Any] = {}
DEFAULT_EXCEPTION_REPORTER_FILTER = "heard.logging.EmptyReporterFilter"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
ADMINS: list[tuple[str, str]] = []
