"""A site that an older release kept goes on after `migrate` alone, and all of it is there: see README.md."""

import json
import lzma
import os
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from operations.pages import PAGES

from tests.operations.conftest import STORES, own_database
from tests.upgrade.history import FACTS, ROOT, code_of, environment, release_before

HERE = Path(__file__).resolve().parent
COLUMNS = "slug, title, text, differently, well, agreed, salt, digest, first_reader_id, second_reader_id"


@dataclass
class Upgraded:
    """What was there before (`facts`, and each story's columns), and what today's code finds."""

    facts: dict
    stories: dict
    found: dict


@pytest.fixture(scope="module", params=STORES)
def site(request, tmp_path_factory):
    """The old site in a store of its own, after `migrate` and nothing else."""
    folder = tmp_path_factory.mktemp("upgrade")
    with _OLD_SITE[request.param](folder) as (address, connection):
        with closing(connection):
            stories = _stories(connection)
        told = environment(folder) | address
        _run(told, ROOT / "manage.py", "migrate", "--verbosity=0")
        found = json.loads(_run(told, HERE / "what_is_there.py", request.param))
        yield Upgraded(FACTS[request.param], stories, found)


@contextmanager
def _sqlite(folder):
    path = folder / "heard.sqlite3"
    path.write_bytes(_unpacked("old_site.sqlite3"))
    yield {}, sqlite3.connect(path)


@contextmanager
def _postgresql(folder):
    with own_database(f"upgrade_{os.getpid()}_{secrets.token_hex(3)}") as url:
        with psycopg.connect(url) as old:
            old.execute(_unpacked("old_site.sql"))
        yield {"DATABASE_URL": url}, psycopg.connect(url)


_OLD_SITE = {"sqlite": _sqlite, "postgresql": _postgresql}


def _stories(connection):
    cursor = connection.cursor()
    cursor.execute(f"SELECT {COLUMNS} FROM stories_story")
    return {slug: list(told) for slug, *told in cursor.fetchall()}


def _run(told, script, *words, root=ROOT):
    done = subprocess.run([sys.executable, str(script), *words], env=told, cwd=root, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def _unpacked(name):
    return lzma.decompress((HERE / f"{name}.xz").read_bytes())


def test_every_story_is_there_to_the_last_character_and_as_many_of_each_kind(site):
    counted = site.facts["counts"]
    assert len(site.stories) >= 1_500
    assert site.found["stories"] == site.stories
    assert site.found["counts"] == {name: many for name, many in counted.items() if name in site.found["counts"]}


def _waiting(facts):
    return sorted([row["force"], row["state"], row["waits"]] for row in facts["responses"].values() if row["waits"])


def _objections(facts):
    """An objection is now a take-down request of one of two grounds."""
    grounds = {"identifies": "force-who", "law": "force-law"}
    told = [each | {"ground": grounds[each["ground"]]} for each in facts["objections"].values()]
    return sorted(told, key=lambda each: each["text"])


def _take_downs(facts):
    columns = ("words", "answer", "ground", "story")
    return {pk: {name: told[name] for name in columns} for pk, told in facts["requests"].items()}


# What was found, by its name, and the facts that it is beside.
SAME = {
    "drafts": lambda facts: ["draft"],
    "claims": lambda facts: facts["claims"],
    "wish to release": lambda facts: "bob",
    "log-ins": lambda facts: list(facts["people"]),
    "phones": lambda facts: list(facts["people"]),
    "settings": lambda facts: facts["settings"],
    "take-downs": _take_downs,
    "objections": _objections,
    "public answers": lambda facts: sorted(
        [r["force"], r["public"]] for r in facts["responses"].values() if r["public"]
    ),
    "waiting answers": _waiting,
    # Before and after an answer that waits sealed was opened.
    "letters before": lambda facts: facts["letters"],
    "letters": lambda facts: facts["letters"],
}


@pytest.mark.parametrize("what", SAME)
def test_what_was_there_is_found_as_it_was(what, site):
    assert SAME[what](site.facts)
    assert site.found[what] == SAME[what](site.facts)


def test_pages_show_a_story_its_quote_and_what_a_search_finds(site):
    story, pages = site.facts["submissions"]["published"]["story"], site.found["pages"]

    assert "Nobody called back: published" in pages["story"]
    assert "I rang 101 and waited." in pages["quote"]
    assert f"/stories/{story}/" in pages["quote"]
    assert f"/stories/{story}/" in pages["search"]
    assert site.facts["settings"]["Brand"][-1]["name"] in pages["home"]


def test_every_code_opens_the_same_words(site):
    for name, told in site.facts["submissions"].items():
        found = site.found["by code"][name]
        for what in ("id", "status", "account", "answers", "story", "erase_on", "said_yes"):
            assert found[what] == told[what], (name, what)
        assert found["messages"] == told.get("messages", []), name


def test_facts_have_a_code_of_every_state_and_answers_and_letters_of_both_kinds(site):
    facts = site.facts
    assert {told["status"] for told in facts["submissions"].values()} == set(facts["counts"]["submissions"])
    assert {state for _force, state, _words in _waiting(facts)} == {"waiting", "sent-back"}
    assert {answered for _force, answered in facts["letters"]} == {True, False}


def test_six_words_open_all_that_is_sealed_and_doesnt_stand_apart(site):
    sealed = {name: told for name, told in site.facts["submissions"].items() if "messages" in told}
    assert set(site.found["by alice"]) == set(sealed)
    assert set(site.found["by alice"]) - set(site.found["by bob"]) == {"put-aside"}
    for name, told in sealed.items():
        found = site.found["by alice"][name]
        for what in ("account", "answers", "messages", "notes", "working_copies"):
            assert found[what] == told[what], (name, what)
        assert found["newest"] == (told["working_copies"] or [None])[-1], name


def test_work_goes_on_where_it_was_left_with_its_ready_words(site):
    agreed, sent, account, messages = site.found["work goes on"]
    assert (agreed, sent, messages) == ("agreed", "received", ["One more thing."])
    assert account["account"]
    assert {"Safeguarding lead", "Which year"} <= set(site.found["words"])


# What a migration, or what `migrate` does at its end, changes on purpose.
CHANGES = {"stories_edition", "stories_lastrun"}


@pytest.mark.parametrize("store", STORES)
def test_every_row_of_the_release_before_is_there(store, tmp_path):
    """The old site goes by the release before, which adds what the old one had none of; then comes today's code."""
    before = code_of(release_before(), tmp_path)
    with _OLD_SITE[store](tmp_path) as (address, connection):
        connection.close()
        ours, old = (environment(tmp_path, root) | address for root in (ROOT, before))
        for script, word in ((before / "manage.py", "migrate"), (HERE / "every_kind.py", "fill")):
            _run(old, script, word, root=before)
        was = json.loads(_run(old, HERE / "every_kind.py", "rows", root=before))
        _run(ours, ROOT / "manage.py", "migrate", "--verbosity=0")
        found = json.loads(_run(ours, HERE / "every_kind.py", "rows"))
        statuses = json.loads(_run(ours, HERE / "every_kind.py", "pages", *PAGES))

    assert [table for table, rows in was.items() if not rows] == []
    for table in was.keys() & found.keys() - CHANGES:
        assert _in_columns_of(found[table], was[table]) == was[table], table
    assert statuses == dict.fromkeys(PAGES, 200)


def _in_columns_of(found, was):
    """The rows in the columns that both know; a row that came is left out."""
    known = next(iter(was.values())).keys()
    return {key: {name: row.get(name) for name in known} for key, row in found.items() if key in was}
