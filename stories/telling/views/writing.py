"""The page that somebody writes on, and what a visit carries through it: in the form, and nowhere else."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.telling import answering, public_form, receipts, tokens
from stories.telling.forms import TellForm
from stories.telling.put_in import LONGEST_OWN, Own

# In the place of that second, where a visit goes on from an earlier one: how fast it was written nobody can tell.
UNCOUNTED = 0


@dataclass(frozen=True)
class Visit:
    """What a visit carries: the second it began, its code, and the version of a draft that the form began from."""

    since: int
    code: str = ""
    began_from: str = ""


def new_visit() -> Visit:
    return Visit(int(time.time()))


def visit(request: HttpRequest, *purposes: str) -> Visit:
    """Return what this form carries; a visit without a code, where that is too old to be read."""
    words = tokens.read(request, *purposes)
    return Visit(int(words["since"]), words["code"], words.get("began_from", "")) if words else Visit(UNCOUNTED)


def token(visit: Visit, *, purpose: str) -> str:
    """Seal a visit into a form, with a code from the beginning: a second press is then the same visit's."""
    code = visit.code or receipts.new_code()
    return tokens.issue(purpose, since=str(visit.since), code=code, began_from=visit.began_from)


def form_page(
    request: HttpRequest,
    filled: TellForm,
    visit: Visit,
    *,
    notice: str = "",
    own: Sequence[Own] = (),
    stopped_at: str = "",
) -> HttpResponse:
    """Show the form: empty, with what is wrong with it, or as it was saved; `own` are words still to be put in.

    `stopped_at` names the part that it opens at.
    """
    context = {
        "sections": list(filled.sections()),
        "errors": filled.problems(),
        "token": token(visit, purpose="form"),
        # Ticked on the check page, which this one came back from.
        "ticked_later": [name for name in ("no_code", "urgent") if filled[name].value()],
        "notices": notices(request, notice),
        "danger": public_form.spoken_of(request),
        "not_put_in": own,
        "longest_own": LONGEST_OWN,
        "stopped_at": stopped_at,
        "is_kept": not filled.is_bound,
        "honeypot": public_form.HONEYPOT,
    }
    return answering.page(request, "form", context)


def notices(request: HttpRequest, notice: str = "") -> list[str]:
    """Return what a page has to say at its top: `notice`, and a word on a file that was left out."""
    left_out = _("We left out the file: Heard takes words only. Your words are all here.")
    return [says for says in (left_out if public_form.had_file(request) else "", notice) if says]
