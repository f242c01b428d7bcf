"""Run as a process of its own by test_p3: sends one account through the site's pages, and is killed before the answer.

Prints the code first, which nobody was shown yet. `before-commit` dies inside the transaction, `after-commit`
between the commit and the page with the code.
"""

import os
import signal
import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from stories.core import lifecycle  # noqa: E402
from stories.crypto import receipts  # noqa: E402
from stories.intake import public_form  # noqa: E402
from stories.intake.views import telling  # noqa: E402

MOMENTS = {"before-commit": (lifecycle, "event_of"), "after-commit": (telling, "_code_page")}


def main(moment, account):
    place, name = MOMENTS[moment]
    setattr(place, name, lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL))
    code = receipts.new_code()
    print(code, flush=True)
    token = public_form.issue_token("send", since="0", code=code)
    sent = {"token": token, "step": "send", "adult": "yes", "account": account}
    Client(headers={"host": "127.0.0.1"}).post("/tell/form/", sent)


if __name__ == "__main__":
    main(*sys.argv[1:])
