"""The name model as a whole: windows, loading, silence without its files."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from stories.identifying import find
from stories.identifying.model import files, names
from stories.identifying.model.word_pieces import Piece

needs_the_model = pytest.mark.skipif(not names.is_here(), reason="the name model is not in var/models")


def pieces(count):
    return [Piece(4, at, at + 1, goes_on=False) for at in range(count)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 176, 177, 1_000, 3_000, 4_000])
def test_windows_leave_nothing_out(count):
    covered = {piece.start for _, window in names.windows(pieces(count)) for piece in window}

    assert covered == set(range(count))


@pytest.mark.parametrize("count", [3_000, 5_000, 20_000])
def test_windows_are_never_more_than_we_can_wait_for(count):
    windows = list(names.windows(pieces(count)))

    assert len(windows) <= names.MOST_WINDOWS
    assert all(len(window) <= names.WINDOW for _, window in windows)


def test_neighbours_share_pieces_so_that_each_is_seen_in_context():
    (_, first), (start, _), *_ = names.windows(pieces(300))

    assert len(first) - start == names.OVERLAP


@pytest.fixture
def no_files(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    names._loaded.cache_clear()
    yield tmp_path
    names._loaded.cache_clear()


def test_without_its_files_the_rules_answer_alone(no_files):
    assert not names.is_here()
    assert names.likely("my ex Dave") == []
    assert [each.kind for each in find("my ex Dave")] == ["PERSON"]


def test_files_that_are_not_the_ones_we_know_are_not_used(no_files):
    for name in files.SHA256:
        (no_files / name).write_bytes(b"something else")

    assert not files.are_known()
    assert not names.is_here()


@needs_the_model
def test_model_sees_a_name_and_a_town():
    text = "then Priyanka Venkataraman wrote to me from Hinckley again"

    seen = {text[each.start : each.end]: each for each in names.likely(text)}

    assert max(each.name for each in seen.values()) > 0.9
    assert seen["again"].name < 0.1
    assert max(each.place for shown, each in seen.items() if shown in "Hinckley") > 0.9


@needs_the_model
def test_every_thread_sees_the_same():
    texts = [f"then Priyanka rang me on day {at} about Tunde and Beth" for at in range(12)]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(names.likely, texts)) == [names.likely(text) for text in texts]


@needs_the_model
@pytest.mark.parametrize("text", ["", " ", "\x00", "😭" * 50, "a" * 20_000, "\ud800"])
def test_odd_text_is_no_trouble(text):
    assert all(0 <= each.start < each.end <= len(text) for each in names.likely(text))
