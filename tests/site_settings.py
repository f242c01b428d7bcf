"""The settings of the tests: the site's own, with quick hashing and a database file kept between runs."""

import atexit
import os
import shutil
import tempfile

_scratch = tempfile.mkdtemp(prefix="heard-tests-")
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
os.environ.update(
    SECRET_KEY="a secret key for the tests alone, long enough",
    RECEIPT_PEPPER="a pepper for the tests alone, also long enough",
    DEMO="",
    DATA_DIR=_scratch,
    RUN_DIR=f"{_scratch}/run",
    BASE_URL="https://heard.example",
    DESK_URL="https://testserver",
    ALLOWED_HOSTS="testserver,heard.example,127.0.0.1,localhost",
)
os.environ.pop("SERVE", None)
os.environ.pop("CACHE_URL", None)

from heard.settings import *  # noqa: E402, F403
from heard.settings import DATABASES, STORAGES  # noqa: E402
from tests import made_database  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _name = f"{os.environ.get('TEST_NAME', 'all')}-{made_database.schema()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(made_database.folder() / _name)}
