"""The command that reads JSON strings and answers with JSON lists."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
COMMAND = {"args": [sys.executable, "-m", "stories.pii"], "text": True, "cwd": ROOT}


def answer(*lines, flags=()):
    command = COMMAND | {"args": [*COMMAND["args"], *flags]}
    ran = subprocess.run(**command, input="\n".join(lines) + "\n", capture_output=True, check=True)
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


def test_indirect_details_come_after_the_others_where_they_are_asked_for():
    text = json.dumps("I am a nurse. My ex Dave left.")
    ((plain,), _), ((told,), _) = answer(text), answer(text, flags=["--indirect"])

    assert [one["kind"] for one in plain] == ["PERSON"]
    assert told[:1] == plain
    assert [one["kind"] for one in told[1:]] == ["JOB"]
    assert set(told[1]) == set(plain[0])
