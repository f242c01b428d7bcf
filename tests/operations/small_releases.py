"""A place with signed releases of a very small site, and a machine that runs one, with processes in place of units."""

import contextlib
import http.client
import shutil
import subprocess
import sys
from pathlib import Path

from operations.layout import Layout
from operations.machine import Machine

from tests.ports import held_port

ROOT = Path(__file__).resolve().parent.parent.parent
SIGNER = 'releases@heard.example namespaces="git" '
# What a release of Heard has that `heard` knows of, and nothing else.
FILES = {
    "requirements.txt": "",
    "deploy/heard": '#!/bin/sh\necho "heard $*" | sed "s|--root [^ ]* ||" >>"$2/said"\n[ ! -e "$2/no-$3" ]\n',
    "deploy/set_up.py": (
        "import pathlib, sys\n"
        "bin = pathlib.Path(__file__).resolve().parent.parent / '.venv/bin'\n"
        "bin.mkdir(parents=True, exist_ok=True)\n"
        "(bin / 'python').exists() or (bin / 'python').symlink_to(sys.executable)\n"
    ),
    "deploy/fetch_model.py": "",
    "manage.py": (
        "import os, pathlib, sys\n"
        "data = pathlib.Path(os.environ['DATA_DIR'])\n"
        "release = pathlib.Path(__file__).resolve().parent.name\n"
        "with (data / 'said').open('a') as said: print(sys.argv[1], release, file=said)\n"
        "sys.exit('it cannot be done' if (data / f'no-{sys.argv[1]}').exists() else 0)\n"
    ),
    "deploy/serve.py": (
        "import pathlib, sys\n"
        "from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer\n"
        "release = pathlib.Path(__file__).resolve().parent.parent\n"
        "fails = (release / 'fails').exists() or (release / 'fails-in-public').exists() and sys.argv[-1] == 'public'\n"
        "class Site(BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        self.send_response(500 if fails and self.path == '/tell/form/' else 200)\n"
        "        self.send_header('Content-Type', 'text/html')\n"
        "        self.end_headers()\n"
        "        self.wfile.write(f'<html>{release.name}</html>'.encode())\n"
        "    log_message = lambda *words: None\n"
        "ThreadingHTTPServer.allow_reuse_port = True\n"
        "site = ThreadingHTTPServer(('127.0.0.1', int(sys.argv[sys.argv.index('--port') + 1])), Site)\n"
        "print('ready', flush=True)\n"
        "site.serve_forever()\n"
    ),
}


class Origin:
    """The repository that releases are fetched from, with a maintainer's key and a stranger's."""

    def __init__(self, folder):
        self.folder, self.keys = folder / "origin", folder
        for name in ("maintainer", "stranger"):
            _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name)
        _run("git", "init", "-q", "-b", "main", self.folder)
        for name, text in FILES.items():
            self.write(name, text)
        (self.folder / "deploy/heard").chmod(0o755)
        shutil.copytree(ROOT / "deploy/units", self.folder / "deploy/units")
        self.write("deploy/release_signers", SIGNER + (folder / "maintainer.pub").read_text())

    def write(self, name, text):
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)

    def release(self, version, *, by="maintainer", oldest="1.0.0", sign=("-s",), **files):
        """Commit and tag a version; `files` are what it adds."""
        told = f'[project]\nversion = "{version}"\n[tool.heard]\nupgrade-from = "{oldest}"\n'
        for name, text in {"pyproject.toml": told, **files}.items():
            self.write(name, text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", version)
        self.git("-c", f"user.signingkey={self.keys / by}.pub", "tag", *sign, "-m", version, f"v{version}")

    def git(self, *words):
        who = ("-c", "user.name=A", "-c", "user.email=a@heard.example", "-c", "gpg.format=ssh")
        return _run("git", "-C", self.folder, *who, *words)


class SmallMachine(Machine):
    """A machine under a folder. Its units are processes that listen side by side, as they share a socket."""

    def __init__(self, root, port):
        super().__init__(Layout(root))
        self.port, self.told, self.processes = port, [], {}
        self.enabled = {"heard-public.service", "heard-desk.service"}

    def systemctl(self, *words):
        self.told.append(" ".join(words))
        folders = {"heard-public.service": self.layout.current, "heard-public-next.service": self.layout.next}
        if words[1:] and (folder := folders.get(words[1])):
            self._restart(words[1], folder if words[0] == "restart" else None)

    def is_enabled(self, unit):
        return unit in self.enabled

    def _restart(self, unit, folder):
        self.end(unit)
        if folder:
            command = [sys.executable, folder.resolve() / "deploy/serve.py", "--port", str(self.port), "public"]
            self.processes[unit] = subprocess.Popen(command, stdout=subprocess.PIPE)
            self.processes[unit].stdout.readline()

    def end(self, *units):
        for unit in units or list(self.processes):
            if process := self.processes.pop(unit, None):
                process.terminate()
                process.communicate()

    def who_answers(self):
        """The releases that answer visitors, asked some times."""
        answers = set()
        for _ in range(8):
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
                connection.request("GET", "/")
                answers.add(connection.getresponse().read().decode().removeprefix("<html>").removesuffix("</html>"))
        return answers

    def said(self):
        """What was told to `manage.py` and to `heard`, in turn."""
        return [line for name in ("var/lib/heard/said", "said") for line in _lines(self.layout.root / name)]


def lay_machine(root, origin):
    """A machine that serves release 1.0.0."""
    machine = SmallMachine(root, held_port())
    layout = machine.layout
    release = layout.releases / "1.0.0"
    _run("git", "clone", "-q", origin.folder, release)
    _run("git", "-C", release, "checkout", "-q", "--detach", "v1.0.0")
    _run(sys.executable, release / "deploy/set_up.py")
    layout.current.symlink_to(release)
    for folder in (layout.data, layout.clocks, layout.etc, layout.units / "timers.target.wants"):
        folder.mkdir(parents=True)
    layout.env_file.write_text(f"DATA_DIR={layout.data}\nBASE_URL=https://heard.example\n")
    machine.systemctl("restart", "heard-public.service")
    machine.told.clear()
    return machine


def _lines(path):
    return path.read_text().splitlines() if path.exists() else []


def _run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
