"""A look at any text is bounded work, one costly look is taken at a time, and what was in a hurry says so."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from stories.pii import MAX_CHARACTERS, find_identifying, replacements
from stories.pii.kinds import InAHurry
from stories.pii.model import names, network
from tests.stories.pii.hostile import HOSTILE, filled, made_up

pytestmark = pytest.mark.skipif(not names.is_here(), reason="the name model is not in var/models")
ROOT = Path(__file__).resolve().parents[3]
MOST_MEGABYTES = 150
PROGRAM = """
from pathlib import Path
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
before = peak()
from stories.pii import find_identifying as find
find(("My ex Dave rang PC Hussein at Derby. " * 600)[:20_000])
print(peak() - before)
"""
# A beginning and an end for each run of pieces, of which the shortest are 25 long.
MOST_PIECES = names.most_pieces(MAX_CHARACTERS) * 27 / 25
ACCOUNT = (
    "My ex Dave put the pictures on a site and PC Hussein at Derby said so. i rang again on monday and nobody knew. "
)
# The rules alone take it for a stone.
BY_THE_MODEL = "it was jade who told me, my best mate since primary. "
ATTACKS = {shape: filled(HOSTILE[shape]) for shape in HOSTILE} | {
    "a@": filled("a@ "),
    "short words": made_up(2, 4),
    "words": made_up(4, 9),
    "names": made_up(5, 6).title(),
    "long words": made_up(30, 60),
}


@pytest.fixture
def pieces_asked(monkeypatch):
    """How many pieces the network is asked about; it thinks of none of them."""
    asked, embedded = [], network._embedded

    def looked(tables, name, at):
        asked.extend([len(at)] if name == "word" else [])
        return embedded(tables, name, at)

    monkeypatch.setattr(names._loaded()[0], "_layers", [])
    monkeypatch.setattr(network, "_embedded", looked)
    return asked


@pytest.mark.parametrize("attack", ATTACKS)
def test_network_is_asked_about_a_bounded_part_of_any_text(attack, pieces_asked):
    find_identifying(ATTACKS[attack])

    assert sum(pieces_asked) <= MOST_PIECES


def test_shorter_text_has_its_own_smaller_bound(pieces_asked):
    find_identifying(ATTACKS["words"][:4_000])

    assert 0 < sum(pieces_asked) <= MOST_PIECES / 2


def test_more_names_than_we_can_ask_about_are_in_a_hurry_and_the_longest_account_not(pieces_asked):
    for text, is_hurried in ((ATTACKS["names"], True), ((ACCOUNT * 200)[:MAX_CHARACTERS], False)):
        assert isinstance(find_identifying(text), InAHurry) == is_hurried
        assert isinstance(replacements.look_through(text), InAHurry) == is_hurried


def test_second_costly_look_at_a_time_is_by_rules_alone(costly_look):
    text = ATTACKS["words"]

    found = find_identifying(text)

    assert isinstance(found, InAHurry)
    assert found == find_identifying(text, by_rules_alone=True)


def test_ordinary_account_is_looked_at_whole_while_a_costly_look_is(costly_look):
    assert names._COSTLY_ONE.locked()

    text = ACCOUNT * 14 + BY_THE_MODEL
    found = find_identifying(text)

    assert not isinstance(found, InAHurry)
    assert "jade" in [text[each.start : each.end] for each in found]


def test_thorough_look_waits_for_its_turn_and_says_so_where_it_was_in_vain(costly_look, monkeypatch):
    text = ATTACKS["words"][:5_000]
    monkeypatch.setattr(names, "_LONGEST_WAIT", 0.05)
    assert isinstance(replacements.look_through(text), InAHurry)

    monkeypatch.setattr(names, "_LONGEST_WAIT", 60)
    threading.Timer(0.2, costly_look.set).start()
    assert not isinstance(replacements.look_through(text), InAHurry)


def test_look_at_many_parts_is_in_a_hurry_where_one_of_them_was(monkeypatch):
    answers = iter([InAHurry(), []])
    monkeypatch.setattr(replacements, "find_identifying", lambda text, **_: next(answers))

    assert isinstance(replacements.look_through("a " * MAX_CHARACTERS), InAHurry)


def test_fault_in_a_costly_look_leaves_the_next_its_turn(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(network.Network, "labels", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            find_identifying(ATTACKS["words"])

    assert not names._COSTLY_ONE.locked()


def test_finder_with_its_model_weighs_less_than_its_bar():
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)

    assert 20 < float(done.stdout) < MOST_MEGABYTES
