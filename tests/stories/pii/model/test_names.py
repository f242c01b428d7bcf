"""The name model as a whole: windows, loading, silence without its files."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from stories.pii import find_identifying
from stories.pii.model import names, network

needs_the_model = pytest.mark.skipif(not names.is_here(), reason="the name model is not in var/models")
SPREAD = {
    "none": (1_000, []),
    "in a short text": (99, [50]),
    "at both ends": (2_000, [0, 1_999]),
    "apart": (2_000, list(range(30, 2_000, 300))),
    "everywhere": (5_000, list(range(5_000))),
    "anywhere": (5_000, random.Random(3).sample(range(5_000), 400)),
}


def test_each_word_asked_about_stands_among_others():
    for spread, (count, asked) in SPREAD.items():
        runs, many = names.windows_of_pieces(asked, count, most=10**6)

        assert many == len(asked), spread
        assert all(len(run) <= names.WINDOW for run in runs), spread
        arounds = [(max(0, at - names.CONTEXT), min(count - 1, at + names.CONTEXT)) for at in asked]
        assert all(any(first in run and last in run for run in runs) for first, last in arounds), spread


@pytest.mark.parametrize("most", [0, 30, 600, 2_400])
def test_no_more_is_asked_than_we_can_wait_for_and_the_most_important_first(most):
    for spread, (count, asked) in SPREAD.items():
        runs, many = names.windows_of_pieces(asked, count, most=most)
        more = names.windows_of_pieces(asked[: many + 1], count, most=10**6)[0]

        assert sum(map(len, runs)) <= most, spread
        assert all(any(at in run for run in runs) for at in asked[:many]), spread
        assert many == len(asked) or sum(map(len, more)) > most, spread


@pytest.mark.parametrize("text", ["", "They rang me back.", "it was ok " * 2_000])
@needs_the_model
def test_where_no_word_could_be_a_name_the_network_is_not_asked(text, monkeypatch):
    # On the class: what is put back on the one network hides what later tests put on its class.
    monkeypatch.setattr(network.Network, "labels", None)

    assert type(find_identifying(text)) is list


@pytest.fixture
def no_files(monkeypatch, tmp_path):
    monkeypatch.setattr(names, "FOLDER", tmp_path)
    names._loaded.cache_clear()
    yield tmp_path
    names._loaded.cache_clear()


def test_without_its_files_the_rules_answer_alone(no_files):
    assert not names.is_here()
    assert names.likely_names("my ex Dave", [6]) == ([], True)
    assert [each.kind for each in find_identifying("my ex Dave")] == ["PERSON"]


def test_files_that_are_not_the_ones_we_know_are_not_used(no_files):
    for name in names.SHA256:
        (no_files / name).write_bytes(b"something else")

    assert not names.are_known()
    assert not names.is_here()


@needs_the_model
def test_model_sees_a_name_and_a_town():
    text = "then Priyanka Venkataraman wrote to me from Hinckley again"

    seen = {text[each.start : each.end]: each for each in names.likely_names(text, [5])[0]}

    assert max(each.name for each in seen.values()) > 0.9
    assert seen["again"].name < 0.1
    assert max(each.place for shown, each in seen.items() if shown in "Hinckley") > 0.9


def seen_in(text):
    return names.likely_names(text, range(len(text)))[0]


@needs_the_model
def test_every_thread_sees_the_same():
    texts = [f"then Priyanka rang me on day {at} about Tunde and Beth" for at in range(12)]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(seen_in, texts)) == [seen_in(text) for text in texts]


@needs_the_model
@pytest.mark.parametrize("text", ["", " ", "\x00", "😭" * 50, "a" * 20_000, "\ud800"])
def test_odd_text_is_no_trouble(text):
    assert all(0 <= each.start < each.end <= len(text) for each in seen_in(text))
