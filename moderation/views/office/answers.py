"""One answer of a force: what waits, for a second person who reads it with an open vault, or what stands."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from moderation import policies, reading
from moderation.forms.responses import SendResponseBackForm, in_words
from moderation.models import ResponseEntry, ResponseVersion
from moderation.policies import responses as rules
from moderation.redacting.remaining import marked
from moderation.responses import agreeing, entering, entries, lapsing, same_words, seen
from moderation.safekeeping.vault import OpenVault
from moderation.safekeeping.vault_door import vault_of
from moderation.views.asking_first import Asked, ask_first
from moderation.views.doors import may, telling
from moderation.views.headings import heading
from moderation.views.office.forces import FORCES
from moderation.views.safekeeping.vault import needs_vault
from stories import going_public
from stories.looking import Look
from stories.models import Response, Story
from stories.public import asks
from stories.public import facts as public_facts

_ENTRIES = ResponseEntry.objects.select_related("force", "letter__force")


@require_GET
@may("see forces’ answers")
def read(request: HttpRequest, pk: object) -> HttpResponse:
    """Show who entered it and where it stands; its words to whom they are open."""
    return _page(request, get_object_or_404(_ENTRIES, pk=pk))


@require_POST
@may("agree to a response")
@needs_vault
def agree(request: HttpRequest, pk: object) -> HttpResponse:
    """The second yes, to exactly what the form's digest names; it stands on the site at once."""
    entry = get_object_or_404(_ENTRIES, pk=pk)
    with telling(request):
        agreeing.agree(entry, request.POST.get("digest", ""), vault=request.vault)  # type: ignore[attr-defined]
        messages.success(request, _("Agreed. It stands on the force’s page now, and beside the stories it answers."))
    return redirect("room_response", pk=entry.pk)


@require_POST
@may("send a response back")
def send_back(request: HttpRequest, pk: object) -> HttpResponse:
    """Give it back to who entered it, for one of the closed reasons."""
    entry, form = get_object_or_404(_ENTRIES, pk=pk), SendResponseBackForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, send_back=form)
    with telling(request):
        digest = form.cleaned_data["digest"]
        agreeing.send_back(entry, form.cleaned_data["reason"], shown=digest, by=request.user)
        messages.success(request, _("Sent back. Whoever entered it reads why."))
        return redirect("room_forces")
    return redirect("room_response", pk=entry.pk)


@require_http_methods(["GET", "POST"])
@may("enter a response")
def drop(request: HttpRequest, pk: object) -> HttpResponse:
    """Erase what waits; what stands on the site stays."""
    entry = get_object_or_404(_ENTRIES, pk=pk)

    def do() -> str:
        entering.drop(entry, by=request.user)
        return _("Dropped, and what was sealed of it is erased.")

    why_not = rules.why_not_drop_response(entry, request.user)
    return ask_first(request, _before_dropping(entry), why_not=why_not, do=do, after="room_forces")


@require_http_methods(["GET", "POST"])
@may("take a response down")
def take_down(request: HttpRequest, pk: object) -> HttpResponse:
    """Take it off the site at once."""
    response = get_object_or_404(Response, pk=pk)
    says = _(
        "It goes off every page and data file at once, and everything that was entered of it is erased. To stand again "
        "it is entered anew, and agreed by two."
    )

    def do() -> str:
        agreeing.take_down(response, by=request.user)
        return _("It is down, everywhere. To stand again it is entered anew, and agreed by two.")

    asked = _about(response, title=_("Take down"), says=says, button=_("Take it down now"))
    why_not = rules.why_not_take_response_down(request.user)
    return ask_first(request, asked, why_not=why_not, do=do, after="room_forces")


def _before_dropping(entry: ResponseEntry) -> Asked:
    if entries.response_of(entry):
        says = _("The correction that waits is erased, and nobody can bring it back. What stands on the site stays.")
        return _about(entry, title=_("Drop the correction"), says=says, button=_("Drop the correction"))
    says = _("What was entered is erased, sealed as it is, and nobody can bring it back.")
    if entry.letter:
        says += " " + _("Its letter stands as not answered again, until its answer is entered anew.")
    return _about(entry, title=_("Drop it"), says=says, button=_("Drop it"))


def _about(row: ResponseEntry | Response, *, title: str, says: str, button: str) -> Asked:
    """An entry and what stands of it have one address."""
    page = (reverse("room_response", args=[row.pk]), row.force)
    return Asked(title, says, button, icon="comment", under=(FORCES, page))


def _page(request: HttpRequest, entry: ResponseEntry, *, send_back: SendResponseBackForm | None = None) -> HttpResponse:
    version, standing, vault = entries.current(entry), entries.response_of(entry), vault_of(request)
    is_waiting = entry.state != entry.State.AGREED
    may_read = policies.why_not("agree to a response", request.user) is None
    context = {
        "entry": entry,
        "version": version,
        "letter": in_words(entry.letter) if entry.letter else "",
        "standing": standing,
        "standing_facts": facts(standing.public_fields()) if standing else [],
        "is_waiting": is_waiting,
        "may_read": may_read,
        "is_locked": is_waiting and may_read and vault is None,
        "ends_on": lapsing.ends_on(version.written_on),
        "sent_back_for": rules.SEND_BACK.get(entry.sent_back_for, ""),
        "why_not_enter": policies.why_not("enter a response", request.user),
        "why_not_take_down": rules.why_not_take_response_down(request.user),
        "send_back": send_back or SendResponseBackForm(initial={"digest": version.digest}),
        **heading(_("Answer of %(force)s") % {"force": entry.force}, "comment", under=[FORCES]),
    }
    if is_waiting and may_read and vault is not None:
        context |= _opened(version, vault)
    return TemplateResponse(request, "moderation/forces/response.html", context)


def _opened(version: ResponseVersion, vault: OpenVault) -> dict[str, Any]:
    """What the second yes is about, with what could identify somebody marked."""
    try:
        payload = reading.response(version, vault=vault)
    except reading.CannotOpen as cannot:
        return {"cannot_open": cannot.reason}
    fields, left, look = payload["fields"], payload["left"], Look()
    remaining = seen.through(fields, left=left, look=look)
    why_not = rules.why_not_agree_response(
        version, version.digest, vault=vault, held_back=remaining.held_back, left=left
    )
    why_not = rules.why_not_answered_any_more(fields) or why_not
    if look.is_blind:
        why_not = why_not or going_public.why_not_looked()
    return {
        "words": {name: marked(each) for name, each in remaining.looked.items()},
        "remaining": remaining,
        "facts": facts(fields),
        "checked": rules.CHECKED.get(payload["checked"], ""),
        "same_words": same_words.elsewhere(fields["words"], but=version.entry_id),
        "why_not": why_not,
        "is_by_rules_alone": look.is_without_names,
    }


def facts(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return [(what, value)] for all but the words; “nothing” where it is empty, so that it is seen."""
    month, due = parse_date(fields["month"]), parse_date(fields["due_on"])
    ask = asks.by_slug().get(fields["ask"])
    rows = [
        (_("Kind"), str(dict(Response.Kind.choices).get(fields["kind"], ""))),
        (_("Month it was said"), date_format(month, "F Y") if month else _("not known")),
        (_("Year it is about"), public_facts.year_of_a_row(fields["about_year"])),
        (_("Source"), fields["source"]),
        (_("Link to the source"), fields["source_url"]),
        (_("Whose the change is"), fields["owner"]),
        (_("By when"), date_format(due, "j F Y") if due else ""),
        (_("Link to what shows the change"), fields["evidence_url"]),
        (_("Stories it answers"), _stories(fields["stories"].split())),
        (_("Ask it answers"), ask.sentence if ask else fields["ask"]),
    ]
    return [(what, value or _("nothing")) for what, value in rows]


def _stories(slugs: list[str]) -> str:
    """Addresses alone, each with where it stands: a story that came down since takes nothing from the answer.

    They lead to the story, for whoever has to read the answer as the person in it would.
    """
    live = set(Story.live.filter(slug__in=slugs).values_list("slug", flat=True))
    lines = [format_html(_LINK, slug) if slug in live else _("/stories/%s/ (down)") % slug for slug in slugs]
    return format_html_join("\n", "{}", ((line,) for line in lines))


_LINK = '<a href="/stories/{0}/" target="_blank" rel="noreferrer">/stories/{0}/</a>'
