"""The command that reads JSON strings and answers with JSON lists."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
COMMAND = {"args": [sys.executable, "-m", "stories.pii"], "text": True, "cwd": ROOT}


def answer(*lines):
    ran = subprocess.run(**COMMAND, input="\n".join(lines) + "\n", capture_output=True, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr


def test_each_line_is_answered_and_a_bad_one_gets_an_empty_list():
    bad = "{broken Dave", json.dumps({"no": "string"}), json.dumps("x" * 20_001)
    (first, *empty, last), errors = answer(json.dumps("My ex Dave left."), *bad, json.dumps("PC Jones"))

    assert [(one["start"], one["end"], one["kind"]) for one in first] == [(6, 10, "PERSON")]
    assert set(first[0]) == {"start", "end", "kind", "why"}
    assert empty == [[], [], []]
    assert last[0]["kind"] == "OFFICER_NAME"
    assert errors.count("line ") == 3
    assert "Dave" not in errors


def test_each_answer_is_flushed_before_the_next_line_is_read():
    with subprocess.Popen(**COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        for text in ("PC Jones", "my ex Dave"):
            running.stdin.write(json.dumps(text) + "\n")
            running.stdin.flush()

            assert len(json.loads(running.stdout.readline())) == 1
        running.stdin.close()
