"""The releases on a machine: which there are, which signed tag comes next, and how one is built beside another."""

import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from operations.layout import Layout
from operations.machine import Failed, Machine

_TAG = re.compile(r"v?(\d+)\.(\d+)\.(\d+)\Z")
# In a release that was built to its end.
_BUILT = ".git/heard-built"
# What has to be free beside what a release takes.
_SPARE = 300 * 1024 * 1024


@dataclass(frozen=True)
class Release:
    """One release in a folder of its own, with its own packages."""

    folder: Path

    @property
    def version(self) -> str:
        told = tomllib.loads((self.folder / "pyproject.toml").read_text(encoding="utf-8"))
        return str(told["project"]["version"])

    @property
    def command(self) -> Path:
        return self.folder / "deploy/heard"

    @property
    def python(self) -> Path:
        return self.folder / ".venv/bin/python"

    @property
    def signers(self) -> Path:
        """The keys that may sign the release after this one."""
        return self.folder / "deploy/release_signers"


def linked_release(link: Path) -> Release | None:
    """The release that a link leads to; None where it leads nowhere."""
    return Release(link.resolve()) if (link / "pyproject.toml").is_file() else None


def installed_release(layout: Layout) -> Release:
    if found := linked_release(layout.current):
        return found
    raise Failed(f"{layout.current} leads to no release: `heard setup` first.")


def version_number(version: str) -> tuple[int, ...]:
    """A version, or the tag of one, as numbers that can be compared; raises Failed where it is neither."""
    if found := _TAG.match(version):
        return tuple(map(int, found.groups()))
    raise Failed(f"“{version}” is no version: say it like 1.2.0.")


def fetch_tags(machine: Machine, installed: Release) -> None:
    """Fetch the tags from where the installed release came from; a tag that was moved there is moved here."""
    machine.step("Asking for new releases")
    _git(machine, installed, "fetch", "--quiet", "--no-tags", "origin", "+refs/tags/v*:refs/tags/v*")


def choose_version(machine: Machine, installed: Release, wanted: str | None) -> str:
    """The version that was asked for, else the newest; never one that is older than the installed."""
    tags = machine.ask("git", "-C", installed.folder, "tag", "--list").split()
    known = sorted(version_number(tag) for tag in tags if _TAG.match(tag))
    chosen = version_number(wanted) if wanted else max([*known, version_number(installed.version)])
    version = ".".join(map(str, chosen))
    if chosen < version_number(installed.version):
        back = "`heard rollback` goes back to the release before"
        raise Failed(f"{version} is older than {installed.version}, which is installed: {back}.")
    if chosen not in known and version != installed.version:
        newest = ", ".join(".".join(map(str, each)) for each in known[-3:]) or "none"
        raise Failed(f"There is no release {version}. The newest: {newest}.")
    return version


def next_step(machine: Machine, installed: Release, wanted: str) -> str:
    """The version that is wanted, or one that comes before it: a release says from which on it can be reached."""
    tags = machine.ask("git", "-C", installed.folder, "tag", "--list").split()
    between = {version_number(tag): tag for tag in tags if _TAG.match(tag)}
    for number in sorted(between, reverse=True):
        if version_number(installed.version) < number <= version_number(wanted):
            told = _told_in_tag(machine, installed, between[number])
            oldest = told.get("tool", {}).get("heard", {}).get("upgrade-from", "0.0.0")
            if version_number(oldest) <= version_number(installed.version):
                return ".".join(map(str, number))
    raise Failed(f"There is no way from {installed.version} to {wanted}: CHANGELOG.md says what to do.")


def verify_tag(machine: Machine, installed: Release, version: str) -> None:
    """Raises Failed unless a key that the installed release names signed this very tag."""
    machine.step(f"Checking who signed {version}")
    tag = f"refs/tags/v{version}"
    if not any(line.strip() and line[0] != "#" for line in installed.signers.read_text(encoding="utf-8").splitlines()):
        raise Failed(
            f"{installed.signers} names no key, so no release can be trusted. The file says what goes into it."
        )
    if not shutil.which("ssh-keygen"):
        raise Failed("ssh-keygen isn't on this machine, which checks signatures: `apt-get install openssh-client`.")
    ssh_alone = ["gpg.format=ssh", f"gpg.ssh.allowedSignersFile={installed.signers}", "gpg.ssh.program=ssh-keygen"]
    ssh_alone += ["gpg.program=false", "gpg.openpgp.program=false", "gpg.x509.program=false"]
    settings = [word for each in ssh_alone for word in ("-c", each)]
    try:
        machine.ask("git", *settings, "-C", installed.folder, "verify-tag", tag)
    except Failed:
        raise Failed(
            f"Nobody whom the installed release trusts signed {version}. Don't install it; ask the maintainers."
        ) from None
    # A signature holds for a name inside the tag: an old tag under a new name would go back to old mistakes.
    inside = machine.ask("git", "-C", installed.folder, "for-each-ref", "--format=%(tag)", tag).strip()
    told = _told_in_tag(machine, installed, f"v{version}")
    if inside != f"v{version}" or told["project"]["version"] != version:
        raise Failed(f"The tag v{version} was signed for another version. Don't install it; ask the maintainers.")


def build_release(machine: Machine, installed: Release, version: str) -> Release:
    """The release of that version in its own folder, with its packages; one that is built already is taken as it is."""
    release = Release(machine.layout.releases / version)
    if release == installed or (release.folder / _BUILT).exists():
        return release
    machine.step(f"Building {version} beside {installed.version}, in {release.folder}")
    _stop_without_space(machine.layout.releases, installed)
    try:
        _clone(machine, installed, release, f"refs/tags/v{version}")
        install_packages(machine, release)
        _take_model(machine, installed, release)
        machine.run(release.python, "-m", "compileall", "-q", *_code(release.folder))
    except Failed:
        shutil.rmtree(release.folder, ignore_errors=True)
        raise
    (release.folder / _BUILT).touch()
    return release


def install_packages(machine: Machine, release: Release) -> None:
    """Make the release's Python environment, or make it again after another Python."""
    machine.note("Python packages (a minute or two where there are new ones)")
    machine.run("python3", release.folder / "deploy/set_up.py", "requirements.txt")


def collect_static_files(machine: Machine, release: Release) -> None:
    """Lay a release's styles and scripts beside those that are served, each file whole at once.

    Django deletes a file before it writes it again, and a page that names it fails in that moment.
    """
    served = Path(machine.environment().get("STATIC_DIR") or machine.layout.data / "static")
    aside = served.with_name(f"{served.name}.next")
    machine.manage(
        "collectstatic", "--noinput", "--clear", "-v0", release=release.folder, told={"STATIC_DIR": f"{aside}"}
    )
    with machine.as_user():
        # The list of a release comes last, as it lies on top: with it the release may start.
        for path in sorted(aside.rglob("*"), key=lambda each: len(each.parts), reverse=True):
            if path.is_file():
                place = served / path.relative_to(aside)
                place.parent.mkdir(parents=True, exist_ok=True)
                path.replace(place)
        shutil.rmtree(aside, ignore_errors=True)


def remove_other_releases(layout: Layout, kept: list[Release]) -> list[str]:
    """Remove the folders of all releases but these; returns their names."""
    folders = {each.folder for each in kept}
    others = [each for each in sorted(layout.releases.iterdir()) if each.is_dir() and each.resolve() not in folders]
    for each in others:
        shutil.rmtree(each)
    return [each.name for each in others]


def _told_in_tag(machine: Machine, installed: Release, tag: str) -> dict[str, Any]:
    text = machine.ask("git", "-C", installed.folder, "show", f"refs/tags/{tag}:pyproject.toml")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise Failed(f"The tag {tag} holds no release of Heard.") from None


def _git(machine: Machine, release: Release, *words: str) -> str:
    # Nobody is there to type a password.
    return machine.run("git", "-c", "core.askPass=true", "-C", release.folder, *words, seconds=300)


def _stop_without_space(folder: Path, installed: Release) -> None:
    """What a release takes is known from the one that is there."""
    takes = sum(path.lstat().st_size for path in installed.folder.rglob("*") if path.is_file())
    free = shutil.disk_usage(folder).free
    if free < takes + _SPARE:
        short = (takes + _SPARE - free) // 1024**2 + 1
        raise Failed(f"{folder} has no room for another release: make {short} MB free first.")


def _clone(machine: Machine, installed: Release, release: Release, tag: str) -> None:
    """The code at that tag, in a repository of its own that fetches from where the installed one does."""
    shutil.rmtree(release.folder, ignore_errors=True)
    machine.run("git", "clone", "--quiet", "--no-checkout", installed.folder, release.folder)
    _git(machine, release, "checkout", "--quiet", "--detach", tag)
    origin = machine.ask("git", "-C", installed.folder, "remote", "get-url", "origin").strip()
    _git(machine, release, "remote", "set-url", "origin", origin)


def _take_model(machine: Machine, installed: Release, release: Release) -> None:
    """The name model of the installed release, if the next one knows it; else it is fetched."""
    if (models := installed.folder / "var/models").is_dir():
        shutil.copytree(models, release.folder / "var/models", dirs_exist_ok=True)
    machine.run(release.python, release.folder / "deploy/fetch_model.py")


def _code(folder: Path) -> list[Path]:
    return [folder / name for name in ("site", "stories", "moderation", "deploy") if (folder / name).is_dir()]
