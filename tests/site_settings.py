"""The settings of the tests: the site's own, with quick hashing and a database file kept between runs."""

import atexit
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _schema() -> str:
    """Name what the test database is made from, so that a change of it makes another file."""
    made_from = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("site/*/migrations/*.py"), *ROOT.glob("stories/data/*")]
    made_from += [*ROOT.glob("site/campaign/initial_content/*.*"), ROOT / "site/campaign/roles.py"]
    made_from += [*ROOT.glob("moderation/triggers.*"), *ROOT.glob("moderation/ready_words.*")]
    made_from += [*ROOT.glob("stories/intake/questions.*"), ROOT / "moderation/team/permissions.py"]
    made_from += [ROOT / "stories/apps.py", ROOT / "stories/reading/search/store.py"]
    whole = b"".join(path.read_bytes() for path in sorted(made_from) if path.exists())
    return hashlib.sha256(whole).hexdigest()[:12]


SCHEMA = _schema()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _folder = Path(os.environ.get("TEST_FOLDER") or ROOT / "var" / "tests")
    _folder.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / f"{os.environ.get('TEST_NAME', 'all')}-{SCHEMA}.sqlite3")}
