"""One window, whichever engine draws it: what a person does in it, over Playwright, WebDriver BiDi or WebDriver.

Playwright drives Chromium. Debian's Firefox speaks BiDi by itself, and WebKitGTK's MiniBrowser WebDriver through
`WebKitWebDriver`; neither has a driver that Playwright knows. Where scripts are off, all three still answer `ask`.
"""

import itertools
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests import ports, running_site

ENGINES = ("chromium", "firefox", "webkit")
PHONE, DESK = (390, 844), (1280, 900)
# In seconds. Only what has gone wrong takes so long.
PATIENCE = 60
_IN_PAGE = {path.stem: path.read_text().strip() for path in (Path(__file__).parent / "in_page").glob("*.js")}


def minibrowser():
    """The path of WebKitGTK's own small browser, or None; each version of its library has it in another folder."""
    found = sorted(Path("/usr").glob("lib*/*/webkit*gtk-*/MiniBrowser"))
    return str(found[-1]) if found else None


def are_here():
    """Whether each of the three engines is on this machine."""
    programs = ("firefox-esr", "WebKitWebDriver", "Xvfb")
    return bool(running_site.chromium() and minibrowser() and all(map(shutil.which, programs)))


class Window:
    """What somebody sees and does. An engine's own part is `open`, `ask`, `point`, `type`, `press_key`, `back` …"""

    # Seconds between two questions.
    pause = 0.05

    def press(self, name, title=None, *, kind="button, a[href], summary", says=None):
        """Press what has exactly this name, once it can be seen and the page has its last form.

        It leads to the page of that title, or to one that says so.
        """
        self.wait_for("is_all_there")
        self.point(*self.find("place_of", name, kind))
        if title:
            self.arrive(title)
        if says:
            self.sees(says)

    def touch(self, css):
        """Press what this selects."""
        self.point(*self.find("place_of_box", css))

    def choose(self, css):
        """Press the label of a tick or a choice."""
        self.point(*self.find("place_of_choice", css))

    def fill(self, css, words):
        """Put the cursor in a box and type."""
        self.touch(css)
        self.type(words)

    def arrive(self, heading):
        """Wait for the page of that first heading."""
        self.wait_for("is_at", heading)

    def sees(self, words):
        self.wait_for("shows", words)

    def find(self, script, *args):
        """Where that is once it stays there: a page scrolls to words that were typed a moment ago."""
        before = None
        while (place := self.wait_for(script, *args)) != before:
            before = place
            time.sleep(0.05)
        return place

    def wait_for(self, script, *args):
        """Ask the page with a function of in_page/ until it has an answer, and return that."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            # A page that goes away in the middle of a question answers none.
            with suppress(Unanswered):
                if answer := self.ask(_IN_PAGE[script], *args):
                    return answer
            time.sleep(self.pause)
        raise AssertionError(f"no {script} of {args} on the page, which says:\n{self.words()}")

    def words(self):
        """All that the page shows, and what stands in its boxes."""
        return self.ask(_IN_PAGE["words_on"])


class Unanswered(Exception):
    """The page went away, or had nothing to say."""


class Lost(Exception):
    """The browser itself is gone, or never came."""


class Chromium(Window):
    """Over Playwright, with which the other journeys are made too."""

    def __init__(self, page):
        self.page = page

    def open(self, address):
        self.page.goto(address)

    def ask(self, function, *args):
        from playwright.sync_api import Error

        try:
            return self.page.evaluate(f"args => ({function})(...args)", list(args))
        except Error as error:
            raise Unanswered(str(error)) from None

    def point(self, x, y):
        self.page.mouse.click(x, y)

    def type(self, words):
        self.page.keyboard.insert_text(words)

    def press_key(self, name):
        self.page.keyboard.press(name)

    def back(self):
        from playwright.sync_api import Error

        # To a page that was posted: it asks whether to post again, which Playwright takes for an error.
        with suppress(Error):
            self.page.go_back(wait_until="commit")

    def reload(self):
        self.page.reload()

    def address(self):
        return self.page.url

    def forget(self):
        self.page.context.clear_cookies()


class Driven(Window):
    """A window that takes WebDriver's actions, over whichever line."""

    def point(self, x, y):
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y)}]
        moves += [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._act({"type": "pointer", "id": "hand", "actions": moves})

    def type(self, words):
        presses = [{"type": kind, "value": each} for each in words for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": presses})

    def press_key(self, name):
        self.type(KEYS[name])


class Firefox(Driven):
    """Over WebDriver BiDi, which Firefox speaks by itself on a port of loopback."""

    def __init__(self, line, process):
        self.line, self.process, self.numbers = line, process, itertools.count(1)
        self.say("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self.take_tab()

    def take_tab(self):
        """The first tab, as it is by now: one that is brought back takes the place of the one it began with."""
        self.context = self.say("browsingContext.getTree")["contexts"][0]["context"]

    def say(self, method, **params):
        """One command, and its answer; what else Firefox tells meanwhile is passed over."""
        number = next(self.numbers)
        try:
            self.line.send(json.dumps({"id": number, "method": method, "params": params}))
            while (answer := json.loads(self.line.recv(timeout=PATIENCE))).get("id") != number:
                pass
        except ConnectionClosed as error:
            raise Lost(f"Firefox is gone: {method}") from error
        if answer["type"] == "error":
            raise Unanswered(f"{method}: {answer['message']}")
        return answer["result"]

    def open(self, address):
        self.say("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def ask(self, function, *args):
        # In a world of its own, where it works with the page's scripts off and against no policy.
        expression = f"JSON.stringify(({function})(...{json.dumps(args)}))"
        world = {"context": self.context, "sandbox": "looking"}
        answer = self.say("script.evaluate", expression=expression, target=world, awaitPromise=False)
        if answer["type"] == "exception":
            raise Unanswered(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def _act(self, source):
        self.say("input.performActions", context=self.context, actions=[source])

    def back(self):
        self.say("browsingContext.traverseHistory", context=self.context, delta=-1)

    def reload(self):
        self.say("browsingContext.reload", context=self.context, wait="complete")

    def address(self):
        return self.say("browsingContext.getTree", root=self.context)["contexts"][0]["url"]

    def forget(self):
        self.say("storage.deleteCookies")


class WebKit(Driven):
    """Over WebDriver, through WebKitGTK's own driver.

    Asked in the very moment in which another site's page takes this one's place, with scripts off, it never answers
    again: so it is asked seldom, and not while a page is likely to come.
    """

    pause = 0.4
    # Until it has shown its first page: starts another in its place.
    start_again = None

    def __init__(self, driver, capabilities):
        self.driver = driver
        try:
            self.session = self.say("POST", "", capabilities={"alwaysMatch": capabilities})["sessionId"]
        except Unanswered as error:
            if "session not created" not in str(error):
                raise
            raise Lost("WebKit ended as it began") from error

    def say(self, method, path, **body):
        """One command, and its answer."""
        session = f"/{self.session}{path}" if path or method == "DELETE" else ""
        data = json.dumps(body).encode() if method == "POST" else None
        labels = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"{self.driver}/session{session}", data, labels, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise Unanswered(f"{path}: {error.read().decode()}") from None

    def open(self, address):
        start_again, self.start_again = self.start_again, None
        try:
            self._go(address)
        except OSError:
            # It answers nothing any more, now and then, before it has shown anything.
            if not start_again:
                raise
            start_again()
            self._go(address)

    def _go(self, address):
        # It comes back at once: until the page is another one, and all of it is there.
        with suppress(Unanswered):
            self.ask("() => { document.documentElement.dataset.left = '' }")
        self.say("POST", "/url", url=address)
        time.sleep(self.pause)
        self.wait_for("is_all_there")

    def ask(self, function, *args):
        return self.say("POST", "/execute/sync", script=f"return ({function})(...arguments)", args=list(args))

    def _act(self, source):
        self.say("POST", "/actions", actions=[source])

    def back(self):
        self.say("POST", "/back")

    def reload(self):
        self.say("POST", "/refresh")

    def address(self):
        return self.say("GET", "/url")

    def forget(self):
        self.say("DELETE", "/cookie")


# As WebDriver writes the keys that aren't a character.
KEYS = {"Enter": "\ue007"}


@contextmanager
def opened(engine, *, size, keeps=False, **how):
    """A window of one engine, with or without `scripts`, that reaches the web by `web` alone; ends all it began.

    One that `keeps` has its profile in the folder; Firefox begins there with the tabs of one that was killed.
    """
    makers = {"chromium": _kept_chromium if keeps else _chromium, "firefox": _firefox, "webkit": _webkit}
    how["size"] = dict(zip(("width", "height"), size, strict=True))
    with ExitStack() as stack:

        def start():
            return stack.enter_context(makers[engine](**how))

        def start_again():
            started_again.append(engine)
            vars(window).update(vars(start()))

        try:
            window = start()
            window.start_again = start_again
        except Lost:
            started_again.append(engine)
            window = start()
        yield window


# Each engine that died as it began, once or twice a thousand, or showed no first page: pytest's closing line counts
# them. Nothing else is tried again: one that dies in the middle of a journey ends it.
started_again = []


@contextmanager
def _chromium(*, scripts, size, web, folder, chromium):
    way = {"server": f"http://127.0.0.1:{web.port}", "bypass": "127.0.0.1"}
    with ExitStack() as stack:
        if not chromium.is_connected():
            # It died since the test before.
            started_again.append("chromium")
            chromium = running_site.launch(chromium.browser_type, running_site.chromium())
            stack.callback(chromium.close)
        context = chromium.new_context(viewport=size, java_script_enabled=scripts, ignore_https_errors=True, proxy=way)
        stack.callback(context.close)
        context.set_default_timeout(PATIENCE * 1000)
        yield Chromium(context.new_page())


@contextmanager
def _kept_chromium(*, scripts, size, web, folder, chromium):
    """In a process of its own: one of Playwright's keeps nothing."""
    profile, asked_at = folder / "profile", folder / "profile" / "DevToolsActivePort"
    command = [running_site.chromium(), "--headless=new", "--remote-debugging-port=0", *running_site.FLAGS]
    command += [f"--user-data-dir={profile}", "--window-size={width},{height}".format(**size)]
    command += [f"--proxy-server=http://127.0.0.1:{web.port}", "--proxy-bypass-list=127.0.0.1"]
    command += ["--ignore-certificate-errors", f"--blink-settings=scriptEnabled={str(scripts).lower()}"]
    with _running(command, home=folder) as process:
        until = time.monotonic() + PATIENCE
        while not (asked_at.exists() and asked_at.read_text()) and time.monotonic() < until:
            if process.poll() is not None:
                raise Lost(f"Chromium ended with {process.returncode}")
            time.sleep(0.05)
        browser = chromium.browser_type.connect_over_cdp(f"http://127.0.0.1:{asked_at.read_text().split()[0]}")
        yield Chromium(browser.contexts[0].pages[0])


@contextmanager
def _firefox(*, scripts, size, web, folder, chromium, prefs=()):
    profile = folder / "profile"
    profile.mkdir(exist_ok=True)
    wishes = _BY_PROXY | dict.fromkeys(_PORTS, web.port) | {"javascript.enabled": scripts} | dict(prefs)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wishes.items()]
    (profile / "user.js").write_text("".join(lines))
    measures = [f"--{name}={value}" for name, value in size.items()]
    command = ["firefox-esr", "--headless", "--no-remote", *measures, "--profile", str(profile)]
    command += ["--remote-debugging-port=0"]
    with _running(command, home=folder, stderr=subprocess.PIPE) as process:
        for line in process.stderr:
            if found := re.search(r"BiDi listening on (ws://\S+)", line):
                break
        else:
            raise Lost(f"Firefox ended with {process.wait()}")
        with connect(f"{found[1]}/session", max_size=None, compression=None) as line:
            window = Firefox(line, process)
            # A window of its own is 500 px wide at the least.
            window.say("browsingContext.setViewport", context=window.context, viewport=size)
            yield window


_PORTS = ("network.proxy.http_port", "network.proxy.ssl_port")
_BY_PROXY = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.ssl": "127.0.0.1",
    # Driven, it would forget the tabs of a crash; kept, they are written down at once.
    "remote.prefs.recommended": False,
    "browser.sessionstore.interval": 1000,
    "browser.sessionstore.max_resumed_crashes": 100,
    # What Firefox itself would ask for as it starts.
    "app.normandy.enabled": False,
    "services.settings.server": "data:,",
    # And minutes later, elsewhere than at Mozilla.
    "media.gmp-manager.updateEnabled": False,
    "browser.safebrowsing.update.enabled": False,
}


@contextmanager
def _webkit(*, scripts, size, web, folder, chromium):
    port = ports.held_port()
    # Not as a capability of WebDriver: it would speak TLS to the proxy itself.
    by_proxy = [f"--proxy=http://127.0.0.1:{web.port}", "--ignore-host=127.0.0.1"]
    # No script of a page, rather than none at all: what is asked of a page that goes away is then never answered.
    wishes = ["--automation", f"--enable-javascript-markup={str(scripts).lower()}", *by_proxy]
    # It waits for no page to load: one that Back brought, without scripts, never says that it has.
    wanted = {"acceptInsecureCerts": True, "pageLoadStrategy": "none"}
    wanted |= {"webkitgtk:browserOptions": {"binary": minibrowser(), "args": wishes}}
    with ExitStack() as stack:
        display = stack.enter_context(_display(folder))
        stack.enter_context(_running(["WebKitWebDriver", f"--port={port}"], home=folder, DISPLAY=display))
        running_site.wait_for(port)
        window = WebKit(f"http://127.0.0.1:{port}", wanted)
        with suppress(Unanswered):
            window.say("POST", "/window/rect", **size)
        yield window
        with suppress(Unanswered, OSError):
            window.say("DELETE", "")


@contextmanager
def _display(folder):
    """A screen that nobody sees; Xvfb writes which number it took."""
    reads, writes = os.pipe()
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1400x1100x24", "-nolisten", "tcp"]
    with _running(command, home=folder, pass_fds=[writes]):
        number = os.read(reads, 16).decode().strip()
        yield f":{number}"
    os.close(reads)
    os.close(writes)


@contextmanager
def _running(command, *, home, stderr=subprocess.DEVNULL, pass_fds=(), **changes):
    """A program with a home of its own, ended at the end."""
    environment = os.environ | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "NO_AT_BRIDGE": "1"} | changes
    says = {"stdout": subprocess.DEVNULL, "stderr": stderr, "text": True}
    process = subprocess.Popen(command, env=environment, pass_fds=pass_fds, **says)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
