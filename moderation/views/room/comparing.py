"""A version beside the account or another version, word by word; and as its readers would see it."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin import messages

from moderation import publishing, reading
from moderation.facts import load_text_facts
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, needs_vault, room_view
from moderation.views.pages import account_crumbs, heading
from moderation.views.room import source
from moderation.views.room.source import VaultRequest
from stories.core import named_lists, rendering, story_sections
from stories.models import Submission
from stories.reading import story_page


@room_view("open an account", "GET")
def compare(request: StaffRequest, pk: object) -> HttpResponse:
    """Show two texts as one, with what was taken out and what was put in; to a script without the page around it."""
    submission = source.submission_or_404(pk)
    if request.headers.get("x-requested-with") != "XMLHttpRequest":
        return _page(request, submission)
    vault = vault_of(request)
    context = {"is_locked": True} if vault is None else _compared(request, submission, vault)
    return TemplateResponse(request, "moderation/parts/compared.html", context)


@needs_vault
def _page(request: VaultRequest, submission: Submission) -> HttpResponse:
    context = _compared(request, submission, request.vault)
    context |= heading(_("What changed"), "history", under=account_crumbs(submission))
    return TemplateResponse(request, "moderation/compare.html", context)


def _compared(request: StaffRequest, submission: Submission, vault: OpenVault) -> dict[str, object]:
    context: dict[str, object] = {"submission": submission}
    if submission.is_empty:
        return context
    try:
        opened = reading.read_account(submission, vault=vault)
        copies = {str(copy.number): copy for copy in opened.facts.versions}
        was, now = (copies.get(request.GET.get(side, "")) for side in ("was", "now"))
        now = now or opened.facts.newest
        if now is None:
            return context
        before, after = (
            reading.working_copy(copy.sealed, vault=vault)["fields"] if copy else {} for copy in (was, now)
        )
        before = before or source.account_as_fields(opened.account)
    except reading.CannotOpen as refused:
        return context | {"cannot_open": refused.reason}
    # An account has neither title nor facts.
    names = ("title", "text", *story_sections.NAMES) if was else ("text", *story_sections.NAMES)
    pairs = zip(source.facets_in_words(before), source.facets_in_words(after), strict=True) if was else ()
    facts = [(what, one, other) for (what, one), (_what, other) in pairs if one != other]
    return context | {
        "copies": opened.facts.versions,
        "was": was.number if was else "account",
        "now": now.number,
        "title_changes": rendering.compare_words(before["title"], after["title"]) if was else [],
        **source.changes_in_text(before, after),
        "is_same": not facts and all(before[name] == after[name] for name in names),
        "facts": facts,
    }


# Stands where an address would, in what the page says of citing it.
NOT_YET = "not-public-yet"


@room_view("open an account", "GET", with_vault=True)
def as_public(request: VaultRequest, pk: object) -> HttpResponse:
    """Show the page that the newest version would be; nothing of it is kept or given an address."""
    submission = source.submission_or_404(pk)
    facts = load_text_facts(submission, request.user)
    try:
        if facts.newest is None or submission.is_empty:
            raise Refused(_("There is no version to show yet. Save one first."))
        # For its event: somebody reads the words.
        opened = reading.read_account(submission, vault=request.vault, facts=facts)
        story = publishing.as_story(opened.version(facts.newest)["fields"], slug=NOT_YET)
    except Refused as refused:
        messages.warning(request, refused.reason)
        return redirect("room_read", pk=submission.pk)
    # As the page of its first address is, whatever language this moderator has the admin in.
    with translation.override(settings.LANGUAGE_CODE):
        month = _("the month it goes live")
        context = story_page.story_context(story, named_lists.get_named_lists()) | {
            "submission": submission,
            "month": month,
        }
        return render(request, "moderation/as_public.html", context)
