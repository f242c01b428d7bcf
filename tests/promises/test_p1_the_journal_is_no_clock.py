"""P1 No trace: the journal of what was taken back tells the day, and neither who, nor when, nor in which order."""

import logging
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from stories.core import journal, lifecycle
from stories.intake import coming_back, retention
from stories.models import Story
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "journal"


def test_neither_contents_nor_names_nor_times_tell_more_than_the_day(
    alice, bob, folder, clock, caplog, django_capture_on_commit_callbacks
):
    stories, told = [factories.live_story() for _ in range(4)], []
    for hour, story in zip((9, 11, 15, 23), stories, strict=True):
        clock.move_to(f"2026-11-24T{hour:02}:50:17")
        with django_capture_on_commit_callbacks(execute=True):
            retention.withdraw_submission(coming_back.Opened(story.submission, b""))
        told.append(journal.read_folder(folder)[lifecycle.today()])
    journal.renew_journal()
    journal.padded_copy()

    path, midnight = folder / "2026-11-24", datetime(2026, 11, 24, tzinfo=timezone.get_current_timezone()).timestamp()
    for each in (path, folder):
        assert {each.stat().st_mtime, each.stat().st_atime} == {midnight}
    assert list(folder.iterdir()) == [path]
    content = path.read_bytes()
    # What came in between is spread over the file: it doesn't grow at its end.
    entries = [content[at : at + journal.ENTRY] for at in range(0, len(content), journal.ENTRY)]
    assert entries == sorted(entries)
    assert set(entries) == told[-1]
    assert entries != [entry for before, after in zip([set(), *told], told, strict=False) for entry in after - before]
    assert (path.stat().st_mode & 0o077, folder.stat().st_mode & 0o077) == (0, 0)
    for story in Story.objects.select_related("submission"):
        for name in (story.pk, story.slug, story.submission_id):
            assert str(name).encode() not in content
            assert getattr(name, "bytes", b"\0" * 16) not in content
    assert caplog.text == ""


def test_hash_is_of_its_kind_its_row_and_this_sites_pepper_alone(settings):
    here = journal.entry_of("withdrawn", "x")
    others = {journal.entry_of(*said) for said in (("erased", "x"), ("withdrawn", "y"), ("withdrawn", "x", ""))}
    assert here not in others
    assert journal.entry_of("a", "b", "c") != journal.entry_of("a", "b c")

    settings.RECEIPT_PEPPER = b"another pepper, which is long enough, too"

    assert journal.entry_of("withdrawn", "x") != here


def test_files_are_as_old_as_backups_and_what_a_broken_run_left_goes(folder, clock):
    journal.add_entries({bytes([1]) * 32})
    (folder / "new").write_bytes(b"half")
    for days, many in ((27, 1), (1, 0)):
        clock.shift(timedelta(days=days))
        retention.run_retention()
        assert len(list(folder.iterdir())) == many


def test_what_fails_is_logged_by_its_kind_alone(folder, caplog):
    folder.write_text("a file in the place of the folder")

    with caplog.at_level(logging.ERROR):
        journal.add_entries({bytes(32)})
        journal.renew_journal()

    assert {record.getMessage().rpartition(": ")[2] for record in caplog.records} == {"FileExistsError"}
    journal._missed.clear()
