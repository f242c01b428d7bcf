"""The reserve on the disk of the data, which is given up for what takes a story down."""

import shutil
from collections import namedtuple

import pytest

from stories.core import disk_space
from stories.intake import retention

MIB = 1 << 20
Usage = namedtuple("Usage", "free")


@pytest.fixture
def reserve(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(disk_space, "RESERVE", MIB)
    return tmp_path / "reserve"


def test_reserve_is_laid_once_without_a_gap_where_there_is_room(reserve, monkeypatch):
    for free, laid in ((0, 0), (disk_space.LEAST_FREE + 5, 5), (1 << 40, MIB), (1 << 40, MIB)):
        with monkeypatch.context() as patch:
            patch.setattr(shutil, "disk_usage", lambda path, free=free: Usage(free))
            disk_space.keep_reserve()
        assert reserve.stat().st_size == laid, free
    assert reserve.stat().st_blocks * 512 >= MIB


@pytest.mark.django_db
def test_erasing_lays_it_again(reserve):
    retention.run_retention()

    assert reserve.stat().st_size == MIB
