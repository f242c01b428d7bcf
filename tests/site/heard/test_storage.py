"""Two releases share the folder of static files while one replaces the other."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse

from heard import storage


@pytest.fixture
def collected(settings, tmp_path):
    """A folder that static files are collected into, and one that they come from."""
    source = tmp_path / "source"
    for folder in (source, tmp_path / "static"):
        (folder / "css").mkdir(parents=True)
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "static", [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "heard.storage.StaticFilesStorage"}}
    return source


def _collect(source, monkeypatch, version, words):
    """The address of a style sheet in a release of that version."""
    monkeypatch.setattr(storage.StaticFilesStorage, "manifest_name", f"staticfiles-{version}.json")
    staticfiles_storage._wrapped = storage.StaticFilesStorage()
    (source / "css/page.css").write_text(words)
    call_command("collectstatic", "--noinput", verbosity=0)
    return storage.StaticFilesStorage().url("css/page.css")


def test_old_process_keeps_its_names_and_serves_what_the_next_release_collected(collected, monkeypatch, rf):
    (collected.parent / "secret").write_text("no")
    old = _collect(collected, monkeypatch, "1.0.0", "p { margin: 0 }")
    process = storage.StaticFilesMiddleware(lambda request: HttpResponse(status=404))
    new = _collect(collected, monkeypatch, "1.1.0", "p { margin: 1px }")

    answers = {path: process(rf.get(path)) for path in (new, old)}
    monkeypatch.setattr(storage.StaticFilesStorage, "manifest_name", "staticfiles-1.0.0.json")

    assert [b"".join(answer) for answer in answers.values()] == [b"p { margin: 1px }", b"p { margin: 0 }"]
    assert storage.StaticFilesStorage().url("css/page.css") == old != new
    for path in ("/static/css/", "/static/css", "/static/a%00.css", "/static/../secret", "/static/no.css"):
        assert process(rf.get(path)).status_code == 404, path
