"""An upgrade ends with the next release serving or with the old one, whatever happens on the way."""

import itertools
import re
import shutil

import pytest
from click.testing import CliRunner
from operations import pages, releases
from operations.machine import Failed
from operations.upgrade import rollback, upgrade

from tests.operations.small_releases import Origin, SmallMachine, lay_machine


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The origin with release 1.0.0 alone."""
    origin = Origin(tmp_path_factory.mktemp("releases"))
    origin.release("1.0.0")
    return origin


@pytest.fixture
def origin(made, tmp_path):
    """A copy of it, for a test to add to."""
    shutil.copytree(made.keys, tmp_path / "releases")
    copy = object.__new__(Origin)
    copy.folder, copy.keys = tmp_path / "releases/origin", tmp_path / "releases"
    return copy


@pytest.fixture
def machine(origin, tmp_path, monkeypatch):
    machine = lay_machine(tmp_path / "root", origin)
    monkeypatch.setattr(pages, "PUBLIC_PORT", machine.port)
    monkeypatch.setattr(releases, "_SPARE", 0)
    yield machine
    machine.end()


def run(command, machine, *words):
    """What the command said; raises what it raised."""
    done = CliRunner().invoke(command, words, obj=machine)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def state(machine):
    """The releases that the three links lead to, and who answers visitors."""
    layout = machine.layout
    links = [layout.current, layout.previous, layout.next]
    return *(link.resolve().name if link.is_symlink() else None for link in links), machine.who_answers()


SWITCH = ["daemon-reload", "restart heard-public-next.service", "restart heard-public.service"]
SWITCH += ["stop heard-public-next.service", "restart heard-desk.service", "start timers.target"]


def test_newest_release_takes_over_and_the_last_two_are_kept(origin, machine):
    origin.release("1.1.0")
    origin.release("1.2.0")

    said = run(upgrade, machine)

    assert state(machine) == ("1.2.0", "1.0.0", None, {"1.2.0"})
    assert machine.told == SWITCH
    told = ["collectstatic 1.2.0", "migrate 1.2.0", "starting_pages 1.2.0"]
    assert machine.said() == [*told, "heard backup --label upgrade-1.2.0", "heard install-units", "heard doctor"]
    assert "Heard 1.2.0 serves." in said
    assert "there is nothing to do" in run(upgrade, machine)
    assert machine.told == SWITCH
    origin.release("1.3.0")
    run(upgrade, machine)
    assert sorted(path.name for path in machine.layout.releases.iterdir()) == ["1.2.0", "1.3.0"]


def test_rollback_goes_back_to_the_release_before_once(origin, machine):
    origin.release("1.1.0")
    run(upgrade, machine, "1.1.0")
    machine.told.clear()

    run(rollback, machine)

    assert state(machine) == ("1.0.0", None, None, {"1.0.0"})
    assert machine.told == SWITCH
    assert "migrate 1.0.0" in machine.said()
    with pytest.raises(Failed, match=r"no release before 1\.0\.0"):
        run(rollback, machine)
    # What was left is there, and needn't be built again.
    (machine.layout.releases / "1.1.0/.venv/kept").touch()
    run(upgrade, machine, "v1.1.0")
    assert state(machine) == ("1.1.0", "1.0.0", None, {"1.1.0"})
    assert (machine.layout.releases / "1.1.0/.venv/kept").exists()


def test_release_that_must_come_before_comes_first(origin, machine):
    origin.release("1.1.0")
    origin.release("1.1.1")
    origin.release("1.2.0", oldest="1.1.0")

    said = run(upgrade, machine, "1.2.0")

    assert state(machine)[0] == "1.1.1"
    assert "`heard upgrade 1.2.0` goes on" in said
    run(upgrade, machine, "1.2.0")
    assert state(machine) == ("1.2.0", "1.1.1", None, {"1.2.0"})


def _by_a_stranger_who_names_himself(origin):
    stranger = (origin.keys / "stranger.pub").read_text()
    files = {"deploy/release_signers": f"releases@heard.example {stranger}"}
    origin.release("1.1.0", by="stranger", **files)


def _signed_name_of_another_version(origin):
    origin.release("1.1.0")
    signed = ("-c", f"user.signingkey={origin.keys}/maintainer.pub", "tag", "-f", "-s", "-m", "1.1.0", "v1.1.0")
    origin.git(*signed, "v1.0.0")


def _moved_after_it_was_signed(origin):
    origin.release("1.1.0")
    told = origin.git("cat-file", "tag", "v1.1.0").replace("Hello", "")
    other = told.replace(origin.git("rev-parse", "HEAD").strip(), origin.git("rev-parse", "HEAD~").strip())
    (origin.keys / "moved").write_text(other)
    moved = origin.git("hash-object", "-t", "tag", "-w", str(origin.keys / "moved")).strip()
    origin.git("update-ref", "refs/tags/v1.1.0", moved)


NOBODY, ANOTHER = "Nobody whom the installed release trusts signed 1.1.0", "was signed for another version"

FORGED = {
    "unsigned": (lambda origin: origin.release("1.1.0", sign=("-a",)), NOBODY),
    "by a stranger": (lambda origin: origin.release("1.1.0", by="stranger"), NOBODY),
    "by a stranger who names himself": (_by_a_stranger_who_names_himself, NOBODY),
    "a name for a commit": (lambda origin: origin.git("update-ref", "refs/tags/v1.1.0", "HEAD"), NOBODY),
    "moved after it was signed": (_moved_after_it_was_signed, NOBODY),
    "an old tag": (lambda origin: origin.git("update-ref", "refs/tags/v1.1.0", "refs/tags/v1.0.0"), ANOTHER),
    "signed name of another version": (_signed_name_of_another_version, ANOTHER),
}


@pytest.mark.parametrize("forged", FORGED)
def test_forged_release_is_refused(forged, origin, machine):
    forge, words = FORGED[forged]
    forge(origin)

    with pytest.raises(Failed, match=words):
        run(upgrade, machine, "1.1.0")

    _nothing_happened(machine)


def _no_room(origin, machine):
    # As the fixture, which puts it back.
    releases._SPARE = shutil.disk_usage(machine.layout.root).total


SIGNERS = "deploy/release_signers"
IN_THE_WAY = {
    "names no key": lambda origin, machine: (machine.layout.current / SIGNERS).write_text("# nobody yet\n\n"),
    "`git .*: ": lambda origin, machine: origin.folder.rename(origin.keys / "away"),
    r"no room for another release: make \d+ MB free first\. 1\.0\.0 goes on serving": _no_room,
}


@pytest.mark.parametrize("words", IN_THE_WAY)
def test_what_is_in_the_way_is_one_line_before_anything_is_built(words, origin, machine):
    origin.release("1.1.0")
    IN_THE_WAY[words](origin, machine)

    with pytest.raises(Failed, match=words):
        run(upgrade, machine, "--without-backup")

    _nothing_happened(machine)


REFUSED = {
    "1.3.0": r"There is no release 1\.3\.0\. The newest: 1\.0\.0, 1\.1\.0\.",
    "0.9.0": r"0\.9\.0 is older than 1\.0\.0, which is installed: `heard rollback`",
    "latest": "“latest” is no version: say it like 1.2.0",
    "--upload-pack=sh": "No such option",
}


@pytest.mark.parametrize("wanted", REFUSED)
def test_version_that_makes_no_sense_is_refused(wanted, origin, machine):
    origin.release("1.1.0")

    try:
        said = run(upgrade, machine, wanted)
    except Failed as error:
        said = str(error)

    assert re.search(REFUSED[wanted], said)
    _nothing_happened(machine)


def test_nothing_is_built_without_a_backup_unless_told_so(origin, machine):
    origin.release("1.1.0")
    (machine.layout.root / "no-backup").touch()

    with pytest.raises(Failed, match=r"There is no backup .* `heard upgrade --without-backup`"):
        run(upgrade, machine)

    assert state(machine) == ("1.0.0", None, None, {"1.0.0"})
    assert not (machine.layout.releases / "1.1.0").exists()
    run(upgrade, machine, "--without-backup")
    assert state(machine)[0] == "1.1.0"


@pytest.mark.parametrize("what", ["collectstatic", "migrate", "pages"])
def test_failure_before_the_switch_leaves_the_old_release_serving(what, origin, machine):
    origin.release("1.1.0", **({"fails": ""} if what == "pages" else {}))
    (machine.layout.data / f"no-{what}").touch()
    reason = "/tell/form/ answers 500" if what == "pages" else "it cannot be done"

    with pytest.raises(Failed, match=rf"^.*{reason}\. 1\.0\.0 goes on serving; nothing was switched\.$"):
        run(upgrade, machine)

    assert state(machine) == ("1.0.0", None, None, {"1.0.0"})
    assert machine.told == []


def test_second_at_once_is_turned_away_and_a_failure_after_the_switch_goes_back(origin, machine):
    origin.release("1.1.0")
    first = SmallMachine(machine.layout.root, machine.port)
    with first.alone("upgrade"), pytest.raises(Failed, match="`heard upgrade` is running"):
        run(upgrade, machine)
    run(upgrade, machine)
    origin.release("1.2.0", **{"fails-in-public": ""})

    with pytest.raises(Failed, match=r"^/tell/form/ answers 500\. 1\.1\.0 serves again\.$"):
        run(upgrade, machine)

    assert state(machine) == ("1.1.0", "1.0.0", None, {"1.1.0"})


def _nothing_happened(machine):
    assert state(machine) == ("1.0.0", None, None, {"1.0.0"})
    assert [path.name for path in machine.layout.releases.iterdir()] == ["1.0.0"]
    assert machine.said() == machine.told == []


class Killed(BaseException):
    """The machine was switched off at this moment."""


def dies(machine, command, deed):
    """Run the command on a machine that is switched off before its nth deed; returns whether it came so far."""
    count = itertools.count(1)

    def mortal(done):
        def done_or_dead(*words, **named):
            if next(count) == deed:
                raise Killed
            return done(*words, **named)

        return done_or_dead

    with pytest.MonkeyPatch.context() as patch:
        for name in ("run", "link", "systemctl"):
            patch.setattr(machine, name, mortal(getattr(machine, name)))
        try:
            run(command, machine)
        except Killed:
            return True
    return False


@pytest.mark.faults
def test_upgrade_that_was_killed_anywhere_is_finished_by_the_next(origin, machine):
    origin.release("1.1.0")
    layout, deed = machine.layout, 1

    while dies(machine, upgrade, deed):
        # Whatever came of it, somebody serves.
        assert machine.who_answers() <= {"1.0.0", "1.1.0"}
        run(upgrade, machine)
        assert state(machine) == ("1.1.0", "1.0.0", None, {"1.1.0"}), deed

        deed += 1
        machine.link(layout.current, layout.releases / "1.0.0")
        layout.previous.unlink()
        shutil.rmtree(layout.releases / "1.1.0")
        machine.systemctl("restart", "heard-public.service")
    assert deed > 20


@pytest.mark.faults
def test_rollback_that_was_killed_anywhere_is_finished_by_the_next(origin, machine):
    origin.release("1.1.0")
    run(upgrade, machine)
    deed = 1

    while dies(machine, rollback, deed):
        assert machine.who_answers() <= {"1.0.0", "1.1.0"}
        # Once only the doctor is left, there is nothing to finish.
        if state(machine)[1:3] != (None, None):
            run(rollback, machine)
        assert state(machine) == ("1.0.0", None, None, {"1.0.0"}), deed

        deed += 1
        run(upgrade, machine)
    assert deed > 10
