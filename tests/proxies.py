"""nginx and Caddy with the very files that we ship, each in a folder of its own, and an echo in the site's place."""

import functools
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests import running_site
from tests.ports import held_port
from tests.running_site import ROOT
from tests.timings import children

NAME, DESK = "heard.example", "desk.heard.example"
# As long as a real one.
ONION = f"{'heardexample' * 4}heardexa.onion"
# In seconds. Only what has gone wrong takes so long.
PATIENCE = 60
_PAGE = os.sysconf("SC_PAGE_SIZE")


def program(name):
    """The path of nginx, caddy or openssl on this machine, or None; a user's PATH may lack nginx's folder."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def are_here():
    return all(map(program, ("nginx", "caddy", "openssl")))


@dataclass
class Answer:
    status: int
    text: str
    headers: dict

    @property
    def seen(self):
        """What the echo received."""
        return json.loads(self.text)


@dataclass
class Proxy:
    """A proxy that runs, and its ports on 127.0.0.1."""

    folder: Path
    https: int = field(default_factory=held_port)
    http: int = field(default_factory=held_port)
    onion: int = field(default_factory=held_port)
    process: subprocess.Popen = None

    def connect(self, *, name=NAME, source="127.0.0.1"):
        """A socket to the listener of this name, from any address in 127.0.0.0/8."""
        port = self.onion if name == ONION else self.https
        plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0))
        return plain if name == ONION else _unverified().wrap_socket(plain, server_hostname=name)

    def ask(self, method, path, body=b"", *, name=NAME, source="127.0.0.1", headers=()):
        """Send a request whole and read its answer; None if the line closed without one."""
        with closing(self.connect(name=name, source=source)) as line:
            # Where it is refused in the middle of its body, the answer may be there all the same.
            with suppress(OSError):
                line.sendall(head(method, path, len(body), name, headers) + body)
            return answer(line)

    def stall(self, path, *, length, sent=b"account=o", method="POST", name=NAME, source="127.0.0.1", headers=()):
        """A socket on which a request began, and `sent` is all that came of its `length` bytes."""
        line = self.connect(name=name, source=source)
        with suppress(OSError):
            line.sendall(head(method, path, length, name, headers) + sent)
        return line

    def memory(self):
        """What it and its workers hold in memory, in bytes."""
        processes = [self.process.pid, *children(self.process.pid)]
        return sum(int(Path(f"/proc/{each}/statm").read_text().split()[1]) for each in processes) * _PAGE

    def written(self):
        """The bodies and answers that it put on the disk, and what it logged."""
        found = [path for path in self.folder.rglob("*") if path.is_file() and path.name not in _OURS]
        found = [path for path in found if path.stat().st_size or "spilled" in path.parts]
        return [path for path in found if path.parent.parent.name != "pages"]

    def kept(self):
        """What it keeps of answers, in memory where it isn't tried."""
        return b"".join(path.read_bytes() for path in (self.folder / "pages").rglob("*") if path.is_file())


def head(method, path, length, name=NAME, headers=()):
    # A browser that asks for a page names no length.
    said = str(length) if length or method != "GET" else None
    given = {"Host": name, "Content-Length": said, "Connection": "close", **dict(headers)}
    lines = [f"{key}: {value}" for key, value in given.items() if value is not None]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode()


def answer(line):
    """Read the answer that comes on this socket; None if it closes without one."""
    try:
        response = HTTPResponse(line)
        response.begin()
        return Answer(response.status, response.read().decode(), dict(response.getheaders()))
    except (OSError, HTTPException):
        return None


def is_refused(line, *, seconds=0.0):
    """True if this socket was answered, or closed, before its body came."""
    line.settimeout(seconds or 0.001)
    try:
        line.recv(1)
    except OSError as error:
        return not isinstance(error, TimeoutError | ssl.SSLWantReadError)
    return True


@functools.cache
def _unverified():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def nginx(folder, *, public, instead=()):
    """Run deploy/nginx.conf before the site at port `public`; `instead` are pairs of its text and another."""
    proxy = Proxy(Path(folder))
    (proxy.folder / "spilled").mkdir()
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    spilled = "".join(f" {each}_temp_path {folder}/spilled/{each};" for each in temporary)
    places = [
        ("/var/log/nginx/error.log", f"{folder}/error.log"),
        ("/run/nginx.pid", f"{folder}/nginx.pid"),
        ("/run/heard-pages", f"{folder}/pages"),
        # Two, whatever the machine has.
        ("worker_processes auto", "worker_processes 2"),
        ("http {\n", f"http {{{spilled}\n"),
        ("listen 443", f"listen 127.0.0.1:{proxy.https}"),
        ("listen 80", f"listen 127.0.0.1:{proxy.http}"),
        # Another port for what would be IPv6, which not every machine has.
        ("listen [::]:443", f"listen 127.0.0.1:{held_port()}"),
        ("listen [::]:80", f"listen 127.0.0.1:{held_port()}"),
        ("127.0.0.1:8082", f"127.0.0.1:{held_port()}"),
        ("127.0.0.1:8081", f"127.0.0.1:{proxy.onion}"),
        ("/etc/heard/tls/fullchain.pem", f"{folder}/tls.pem"),
        ("/etc/heard/tls/privkey.pem", f"{folder}/tls.key"),
    ]
    # Root's nginx gives up its rights, and could not write a file here even where it tries.
    as_root = "user root; " if os.geteuid() == 0 else ""
    command = [program("nginx"), "-p", str(folder), "-e", f"{folder}/error.log", "-g", f"{as_root}daemon off;", "-c"]
    return _running(proxy, "nginx.conf", command, [*places, *_upstream(public), *instead])


def caddy(folder, *, public, instead=()):
    """The same with deploy/Caddyfile."""
    proxy = Proxy(Path(folder))
    ports = f"\thttp_port {proxy.http}\n\thttps_port {proxy.https}\n\tdefault_bind 127.0.0.1\n\tadmin off\n"
    places = [
        ("\n{\n", f"\n{{\n{ports}"),
        (f"\n{NAME} {{", f"\n{NAME} {{\n\ttls {folder}/tls.pem {folder}/tls.key"),
        (f"\n{DESK} {{", f"\n{DESK} {{\n\ttls {folder}/tls.pem {folder}/tls.key"),
        ("http://:8081", f"http://:{proxy.onion}"),
        ("http://:8082", f"http://:{held_port()}"),
    ]
    command = [program("caddy"), "run", "--adapter", "caddyfile", "--config"]
    return _running(proxy, "Caddyfile", command, [*places, *_upstream(public), *instead])


def _upstream(public):
    return [
        ("127.0.0.1:8000", f"127.0.0.1:{public}"),
        ("127.0.0.1:8001", f"127.0.0.1:{public}"),
        ("heardexample.onion", ONION),
    ]


# What lies in its folder because we put it there.
_OURS = ("nginx.conf", "Caddyfile", "tls.pem", "tls.key", "nginx.pid", "said.txt", "autosave.json", "last_clean.json")


@contextmanager
def _running(proxy, name, command, instead):
    text = (ROOT / "deploy" / name).read_text()
    for old, new in instead:
        assert old in text, f"the shipped {name} holds no {old!r}"
        text = text.replace(old, new)
    (proxy.folder / name).write_text(text)
    make_certificate(proxy.folder)
    home = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"), str(proxy.folder))
    with (proxy.folder / "said.txt").open("w") as said:
        whole = [*command, str(proxy.folder / name)]
        process = subprocess.Popen(whole, env=os.environ | home, stdout=said, stderr=said)
        try:
            proxy.process = process
            _wait_until_it_listens(proxy)
            yield proxy
        finally:
            process.terminate()
            # Caddy would wait for everybody who stalls.
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            process.kill()
            process.wait()


def make_certificate(folder):
    """A key and a certificate for our names, signed by nobody."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-keyout", f"{folder}/tls.key"]
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},DNS:{DESK}", "-out", f"{folder}/tls.pem"]
    subprocess.run([program("openssl"), "req", "-x509", *key, *names], check=True, capture_output=True)


def _wait_until_it_listens(proxy):
    ports = (proxy.https, proxy.onion)
    running_site.until(lambda: proxy.process.poll() is not None or all(map(running_site.listens, ports)))
    assert proxy.process.poll() is None, (proxy.folder / "said.txt").read_text()


class Echo(ThreadingHTTPServer):
    """Where it answers, and the paths of all requests whose head came to it, whether a body followed or not.

    `says` are headers of its own, each a function of nothing.
    """

    daemon_threads, request_queue_size, block_on_close = True, 1024, False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _EchoHandler)
        self.port, self.begun, self.says = self.server_port, [], {}

    def handle_error(self, request, client_address):
        """A proxy may go before it was answered."""


@contextmanager
def echoing():
    """Serve an echo: each answer is what came, as JSON; where no page is (`….txt`), it comes before the body does."""
    with Echo() as echo:
        threading.Thread(target=echo.serve_forever, daemon=True).start()
        try:
            yield echo
        finally:
            echo.shutdown()


class _EchoHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.server.begun.append(self.path)
        if self.path.endswith(".txt"):
            return self.say(404, {})
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        pairs = [(name.lower(), value) for name, value in self.headers.items()]
        self.say(200, {"method": self.command, "path": self.path, "headers": pairs, "size": len(body)})

    do_GET = do_HEAD = do_POST = answer

    def say(self, status, what):
        text = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        for name, value in self.server.says.items():
            self.send_header(name, value())
        self.end_headers()
        self.wfile.write(text)
        self.close_connection = self.close_connection or status != 200

    def log_message(self, *args):
        """Say nothing."""
