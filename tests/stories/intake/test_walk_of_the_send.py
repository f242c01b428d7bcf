"""The walk of a send: how many of our files stand between the form's POST and the sealed row."""

import sys
from pathlib import Path

import pytest
from django.db import connection

from stories.intake.views import telling
from tests.stories.intake.visiting import TOLD

pytestmark = pytest.mark.django_db

ROOT = Path(telling.__file__).resolve().parents[3]
OURS = tuple(f"{ROOT / top}/" for top in ("stories", "moderation", "site"))
MOST = 12
# Asides: middleware and what it calls, the apps, and the scanner of danger: a library, texts in and a verdict out.
ASIDE = ("site/heard/middleware/", "stories/danger/", "stories/pii/", "/apps.py", "/__init__.py")


class Walk:
    """Notes each file of ours in which a function runs, from the view's first line to the row's INSERT."""

    def __init__(self):
        self.files, self.is_on = {}, False

    def __call__(self, frame, event, _arg):
        name = frame.f_code.co_filename
        if event != "call" or not name.startswith(OURS):
            return
        path = name.removeprefix(f"{ROOT}/")
        if path == "stories/intake/views/telling.py" and frame.f_code.co_name == "form":
            self.is_on = True
        if self.is_on and "/middleware/" not in frame.f_back.f_code.co_filename:
            self.files.setdefault(path, set()).add(frame.f_code.co_name)

    def until_the_row(self, execute, sql, *args):
        answer = execute(sql, *args)
        if sql.startswith('INSERT INTO "stories_submission"'):
            self.is_on = False
        return answer


def test_twelve_files_stand_between_the_post_and_the_sealed_row(queue_key, visitor, unhurried):
    fields = TOLD | {"force": "kent", "year": "2024", "consent_publish": "on", "kinds": ["shared"]}
    visitor.check(**fields)
    walk = Walk()
    with connection.execute_wrapper(walk.until_the_row):
        sys.setprofile(walk)
        try:
            visitor.post("/tell/form/", step="send", **fields)
        finally:
            sys.setprofile(None)

    passed = sorted(path for path in walk.files if not any(aside in f"/{path}" for aside in ASIDE))
    assert visitor.code()
    assert len(passed) <= MOST, {path: sorted(walk.files[path]) for path in passed}
