"""Where somebody may find more help than we can give."""

from django.http import HttpRequest, HttpResponse

from stories.telling import answering, public_form
from stories.telling.help_form import HelpForm


@public_form.public_form()
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Say who helps with what we can't, and list the help lines for the choices in a posted form.

    The choices travel in a form, not in the address: an address stays in the browser's history.
    """
    form = HelpForm(public_form.given(request) if request.method == "POST" else None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    context = {"form": form, "who": chosen.get("who") or "all", "region": chosen.get("region") or "uk"}
    return answering.page(request, "elsewhere", context)
