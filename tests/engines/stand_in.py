"""The web as a browser meets it: a proxy that hands one host on to the site, and answers for others in a few words."""

import http.client
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.proxies import make_certificate

BEFORE, ELSEWHERE = "https://recipes.example/", "https://www.bbc.co.uk/weather"
WORDS = {"recipes.example": "Bread in an hour", "www.bbc.co.uk": "Sunny intervals"}
# The site by TLS, as people have it: what a browser keeps of a page hangs on that.
HEARD = "heard.example"
FIREFOXS_OWN = ("mozilla.com", "mozilla.net", "mozilla.org", "firefox.com")
ELSEWHERE_SAYS, BEFORE_SAYS = WORDS["www.bbc.co.uk"], WORDS["recipes.example"]


class Web(ThreadingHTTPServer):
    """`asked` are the hosts that a browser wanted, in order; `site` is the address that stands behind `HEARD`."""

    daemon_threads = True

    def __init__(self, folder):
        self.asked, self.site = [], None
        self.tls = _certified(folder)
        super().__init__(("127.0.0.1", 0), _Proxy)

    @property
    def port(self):
        return self.server_address[1]

    def asked_by_pages(self):
        """Without the hosts that Firefox asks on its own."""
        return [host for host in self.asked if not host.endswith(FIREFOXS_OWN)]

    def handle_error(self, request, client_address):
        """A browser that closes a line early is no trouble."""


class _Proxy(BaseHTTPRequestHandler):
    def do_CONNECT(self):  # noqa: N802
        self.send_response(200)
        self.end_headers()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.setup()
        self.handle_one_request()

    def do_GET(self):  # noqa: N802
        host = self.headers.get("Host", "").partition(":")[0]
        if host == HEARD:
            return self.hand_on()
        self.server.asked.append(host)
        says = f"<title>{host}</title><p>{WORDS.get(host, '')}<textarea></textarea>"
        body = f'<!doctype html><link rel="icon" href="data:,">{says}'.encode()
        headers = [("Content-Type", "text/html"), ("Date", self.date_time_string())]
        self.answer(200 if host in WORDS else 404, headers, body)

    do_POST = do_GET  # noqa: N815

    def hand_on(self):
        """The site's own answer, to the byte."""
        line = http.client.HTTPConnection(urlsplit(self.server.site).netloc)
        line.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        told = dict(self.headers) | {"Host": urlsplit(self.server.site).netloc, "X-Forwarded-Proto": "https"}
        # Packed, no word could be found on the disk.
        for name, value in (told | {"Accept-Encoding": "identity"}).items():
            line.putheader(name, value)
        line.endheaders(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        answer = line.getresponse()
        told = [each for each in answer.getheaders() if each[0].lower() not in ("content-length", "transfer-encoding")]
        self.answer(answer.status, told, answer.read())

    def answer(self, status, headers, body):
        self.send_response_only(status)
        for name, value in [*headers, ("Content-Length", len(body)), ("Connection", "close")]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def setup(self):
        # Made over again on the line inside of the tunnel.
        if isinstance(getattr(self, "connection", None), ssl.SSLSocket):
            self.request = self.connection
        super().setup()

    def log_message(self, *args):
        """Nothing: the tests ask `asked`."""


def _certified(folder):
    """TLS for any name, signed by nobody."""
    make_certificate(folder)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "tls.pem", folder / "tls.key")
    return tls
