"""A page as a visitor asks for it on this machine, and an account told through the forms and withdrawn."""

import html
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException

from operations import pages
from operations.machine import Failed

ACCOUNT = "I rang twice and was told that nobody could help. A canary sings in this sentence."
# In seconds, for one answer.
_LONGEST = 60
_ANSWERS = {"adult": "yes", "account": ACCOUNT, "force": "kent", "year": "2024", "consent_publish": "on"}


@dataclass(frozen=True)
class Site:
    """A process of the site on this machine, asked for `host` as the proxy does; on port 443 the proxy itself."""

    host: str
    port: int = pages.PUBLIC_PORT

    def page(self, path: str, fields: dict[str, str] | None = None) -> str:
        """The page at `path`, posted to if there are fields. Raises Failed unless it is there."""
        try:
            answer, text = pages.ask_page(self.host, path, port=self.port, fields=fields, seconds=_LONGEST)
        except (OSError, HTTPException) as error:
            raise Failed(f"{path} of {self.host} doesn't answer: {error}.") from None
        if answer.status != HTTPStatus.OK:
            raise Failed(f"{path} of {self.host} answers {answer.status}.")
        if answer.getheader("Set-Cookie") and not path.startswith("/admin/"):
            raise Failed(f"{path} of {self.host} set a cookie.")
        return text

    def wait_for(self, path: str, *, seconds: float = 60) -> str:
        """The page at `path` as soon as it is there; raises Failed with the last answer."""
        until = time.monotonic() + seconds
        while True:
            try:
                return self.page(path)
            except Failed:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)


def tell_and_withdraw(site: Site) -> None:
    """Tell an account, find it again by its code, withdraw it. Raises Failed with the step that went wrong."""
    form = site.page("/tell/form/")
    checked = site.page("/tell/form/", _hidden(form) | _ANSWERS | {"step": "check"})
    _require(ACCOUNT in checked, "the check page doesn't show the account")
    sent = site.page("/tell/form/", _hidden(checked) | _ANSWERS | {"step": "send"})
    code = _code(sent)
    try:
        _withdraw(site, code)
    except Failed as error:
        raise Failed(
            f"{error} The trial account is still there: withdraw it at /return/ with the code {code}."
        ) from None


def _withdraw(site: Site, code: str) -> None:
    back = site.page("/return/", {"code": code})
    _require(ACCOUNT in back, "the code doesn't open what was sent")
    asked = site.page("/return/", _hidden(back) | {"step": "withdraw"})
    gone = site.page("/return/", _hidden(asked) | {"step": "withdraw-now"})
    again = site.page("/return/", {"code": code})
    _require(ACCOUNT not in gone + again, "the account is still there after it was withdrawn")
    said = again.lower()
    _require("withdr" in said or "took" in said, "the code doesn't say that the account was withdrawn")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise Failed(f"A trial account: {what}.")


def _hidden(page: str) -> dict[str, str]:
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def _code(page: str) -> str:
    found = re.search(r'id="receipt-code"[^>]*>(.*?)</(?:p|code|output|strong|div)>', page, re.S)
    _require(found is not None, "the page after sending shows no code")
    letters = re.sub(r"[^0-9A-Z]", "", re.sub(r"<[^>]*>", "", found[1] if found else "").upper())
    _require(len(letters) == 16, "the code doesn't have 16 characters")
    return letters
