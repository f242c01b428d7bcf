"""Entering what a force said, and entering it again: the form, with the guide to making sure beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from moderation import reading
from moderation.errors import Refused
from moderation.forms.responses import ResponseForm
from moderation.models import ResponseEntry
from moderation.policies.responses import SEND_BACK
from moderation.responses import entering, entries, same_words, seen
from moderation.safekeeping.vault_door import vault_of
from moderation.views.doors import for_words, keeps_words, may
from moderation.views.headings import heading
from moderation.views.office.forces import FORCES
from stories.looking import Look
from stories.models import Letter


@keeps_words
@require_http_methods(["GET", "POST"])
@may("enter a response")
def enter(request: HttpRequest) -> HttpResponse:
    """A new answer; `?letter=` begins with what that letter was about."""
    form, look = ResponseForm(request.POST if request.method == "POST" else None, initial=_of_letter(request)), Look()
    if request.method == "POST" and form.is_valid():
        try:
            entry = entering.enter(form.entered(), by=request.user, look=look)
        except Refused as refused:
            _tell(form, refused)
        else:
            return _kept(request, entry, form)
    return _page(request, form, look, title=_("Enter a force’s answer"))


@keeps_words
@require_http_methods(["GET", "POST"])
@may("enter a response")
def enter_again(request: HttpRequest, pk: object) -> HttpResponse:
    """Another version of what waits, of what was sent back, or the correction of what stands."""
    entry = get_object_or_404(ResponseEntry.objects.select_related("force", "letter"), pk=pk)
    initial, look = _of_entry(request, entry), Look()
    form = ResponseForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            after = form.cleaned_data["version"]
            entering.enter_again(entry, form.entered(), after=after, by=request.user, look=look)
        except Refused as refused:
            _tell(form, refused)
            _follow_newest(form, entry)
        else:
            return _kept(request, entry, form)
    is_sealed = entry.state != entry.State.AGREED and "words" not in form.initial
    context = {"entry": entry, "is_sealed": is_sealed, "sent_back_for": SEND_BACK.get(entry.sent_back_for, "")}
    return _page(request, form, look, title=_("Enter it again"), **context)


def _of_letter(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("letter", "")
    letter = next((row for row in Letter.objects.filter(answer=None) if str(row.pk) == asked), None)
    return _begun_with(letter) if letter else {}


def _begun_with(letter: Letter) -> dict[str, Any]:
    slugs = letter.stories.filter(status="live").order_by("slug").values_list("slug", flat=True)
    return {"force": letter.force_id, "letter": str(letter.pk), "ask": letter.ask, "stories": _lines(slugs)}


def _of_entry(request: HttpRequest, entry: ResponseEntry) -> dict[str, Any]:
    """What the form begins with: all of it where it is public, or where the vault is open; else no word of it."""
    newest = entries.current(entry)
    begun = {"version": newest.number, "force": entry.force_id, "letter": str(entry.letter_id or "")}
    standing = entries.response_of(entry)
    if entry.state == entry.State.AGREED and standing is not None:
        return begun | _with_lines(standing.public_fields())
    vault = vault_of(request)
    if vault is None:
        return (_begun_with(entry.letter) if entry.letter else {}) | begun
    try:
        payload = reading.response(newest, vault=vault)
    except reading.CannotOpen:
        return begun
    return begun | _with_lines(payload["fields"]) | {"checked": payload["checked"], "left": payload["left"]}


def _with_lines(fields: dict[str, str]) -> dict[str, str]:
    return fields | {"stories": _lines(fields["stories"].split())}


def _lines(slugs: Any) -> str:
    return "\n".join(f"/stories/{slug}/" for slug in slugs)


def _tell(form: ResponseForm, refused: Refused) -> None:
    """Say it on top, and once more beside each field that it is about."""
    form.add_error(None, refused.reason)
    if isinstance(refused, entering.HeldBack):
        for name, reason in refused.beside.items():
            form.add_error(name, reason)


def _follow_newest(form: ResponseForm, entry: ResponseEntry) -> None:
    """Have the next press go on from the newest version: whoever typed this knows of it now."""
    newest = entry.versions.order_by("-number").values_list("number", flat=True).first()
    form.data = {**form.data.dict(), "version": newest or 0}  # type: ignore[attr-defined]


def _kept(request: HttpRequest, entry: ResponseEntry, form: ResponseForm) -> HttpResponse:
    messages.success(request, _("Kept, sealed. It is public once a second person agreed to exactly these words."))
    if same_words.elsewhere(form.cleaned_data["words"], but=entry.pk):
        messages.warning(
            request,
            _("The same words stand on the site already. Your second person sees that, too."),
        )
    return redirect("room_response", pk=entry.pk)


def _page(
    request: HttpRequest, form: ResponseForm, look: Look, *, title: str, entry: Any = None, **more: Any
) -> HttpResponse:
    under = [FORCES, *([(reverse("room_response", args=[entry.pk]), entry.force)] if entry else [])]
    context = {
        "form": form,
        "media": form.media,
        "action": request.get_full_path(),
        "remaining": _remaining(form, look),
        **more,
        **for_words(request),
        **heading(title, "comment", under=under),
    }
    return TemplateResponse(request, "moderation/forces/response_form.html", context)


def _remaining(form: ResponseForm, look: Look) -> seen.Seen | None:
    """What has to have a reason, each with its own; None before anybody pressed a button, for a look takes a while."""
    if form.is_bound or form.left():
        return seen.through(entering.cleaned(form.typed()), left=form.left(), look=look)
    return None
