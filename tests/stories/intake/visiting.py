"""A contributor at the forms, page by page, as a browser without JavaScript would have it."""

import html
import re
from urllib.parse import urlencode

from django.test import Client

from stories.intake import coming_back, messages, public_form
from tests import running_site

ACCOUNT = "I rang 101 on a wet evening and the officer said that it was not a crime."
TOLD = {"adult": "yes", "account": ACCOUNT}


class Visitor(running_site.Page):
    """Holds the last page; `post` sends that page's hidden fields along, as its form would."""

    is_on_https = True

    def __init__(self):
        self.client = Client(headers={"host": "heard.example"}, raise_request_exception=False)
        super().__init__()
        self.response = None

    def get(self, path):
        return self._keep(self.client.get(path, secure=self.is_on_https))

    def post(self, path, **fields):
        return self.send(path, urlencode({**self.hidden(), **fields}, doseq=True).encode())

    def send(self, path, body, content_type="application/x-www-form-urlencoded"):
        return self._keep(self.client.generic("POST", path, body, content_type=content_type, secure=self.is_on_https))

    def check(self, **fields):
        self.get("/tell/form/")
        return self.post("/tell/form/", step="check", **TOLD | fields)

    def tell(self, **fields):
        """Fill in, check and send; returns the code as it stands on the page."""
        self.check(**fields)
        self.post("/tell/form/", step="send", **TOLD | fields)
        return self.code()

    def hold_check_page(self, code):
        """Stand on a check page that carries `code`, as somebody does who pressed Back."""
        token = public_form.issue_token("send", since="0", code=code)
        self.page = f'<input type="hidden" name="token" value="{token}">'

    def press_send_again(self, code, **changes):
        self.hold_check_page(code)
        self.post("/tell/form/", step="send", **TOLD | changes)

    def press(self, code, step, **fields):
        """Come back with that code and press a button of its page."""
        self.come_back(code)
        return self.post("/return/", step=step, **fields)

    def post_from(self, page, path, **fields):
        """Send from a page that was shown before, as another window or Back would."""
        self.page = page
        return self.post(path, **fields)

    def box(self, name):
        """What stands in a text box."""
        found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', self.page, re.S)
        return html.unescape(found[1]) if found else None

    def _keep(self, response):
        self.response, self.page = response, response.content.decode()
        return self.page


class WelshVisitor(Visitor):
    """The same person at the same forms, under /cy/."""

    def send(self, path, body, **options):
        return super().send(f"/cy{path}", body, **options)

    def get(self, path):
        return super().get(f"/cy{path}")


def sent(code):
    return coming_back.what_i_sent(coming_back.open_code(code))


def day(date):
    """As a page tells it."""
    return f"{date.day} {date:%B %Y}"


def messages_of(code):
    """The words of every message behind a code, ours too."""
    return [message["text"] for message in messages.opened_messages(coming_back.open_code(code))]


def raising(error):
    """In the place of a function: it fails with that error."""

    def fail(*args, **kwargs):
        raise error

    return fail
