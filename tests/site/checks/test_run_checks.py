"""A known vulnerability fails the checks, whatever else could not be looked up."""

import json

import pytest

from tests import run_checks

SKIPPED = {"name": "anyascii", "skip_reason": "Dependency not found and could not be audited: anyascii (0.3.3)"}
FINE = {"name": "bleach", "version": "6.4.0", "vulns": []}
BROKEN = {"name": "wagtail", "version": "7.4.4", "vulns": [{"id": "PYSEC-2026-1"}]}
SILENT = "requests.exceptions.ConnectionError: Max retries exceeded"


@pytest.fixture
def checks(tmp_path, monkeypatch, capsys):
    """Run the checks with a pip-audit that finds `listed`, or says `error`; returns the status and what was printed."""

    def run(*listed, error="", strict=False):
        said = json.dumps({"dependencies": listed, "fixes": []}) if listed else ""
        status = 1 if error or any(each.get("vulns") for each in listed) else 0
        program = tmp_path / "pip-audit"
        program.write_text(f"#!/bin/sh\nprintf '%s' '{said}'\nprintf '%s' '{error}' >&2\nexit {status}\n")
        program.chmod(0o700)
        monkeypatch.setattr(run_checks, "BIN", tmp_path)
        monkeypatch.setattr(run_checks, "CHECKS", {"vulnerabilities": ["pip-audit"]})
        return run_checks.main(strict=strict), capsys.readouterr().out

    return run


@pytest.mark.parametrize("strict", [False, True])
def test_known_vulnerability_fails_beside_a_skipped_package_as_does_a_broken_audit(checks, strict):
    for told, words in (((SKIPPED, BROKEN, FINE), "wagtail 7.4.4: PYSEC-2026-1"), ((), "invalid requirements input")):
        status, said = checks(*told, error="" if told else words, strict=strict)
        assert (status, words in said) == (1, True), said


@pytest.mark.parametrize(
    ("listed", "error"), [([SKIPPED, FINE], ""), ([SKIPPED], ""), ([], SILENT)], ids=["one", "all", "nobody answers"]
)
def test_release_needs_every_package_looked_up(checks, listed, error):
    status, said = checks(*listed, error=error)
    assert status == 0
    assert FINE not in listed or "1 of 2 could not be looked up: anyascii" in said
    assert checks(*listed, error=error, strict=True)[0] == 1
