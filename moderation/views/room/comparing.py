"""A version beside the account or another version, word by word; and as its readers would see it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from moderation import publishing, reading
from moderation.facts import load_text_facts
from moderation.models import WorkingCopy
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import require_permission
from moderation.views.pages import account_crumbs, heading
from moderation.views.room.reading import submission_or_404
from moderation.views.room.source import account_as_fields, below_changes, facets_in_words
from moderation.views.team.vault import needs_vault
from stories.core import named_lists, rendering, story_sections
from stories.models import Story, Submission
from stories.reading import story_page

ACCOUNT = "account"


@dataclass(frozen=True)
class Text:
    """One side of a comparison; the account has neither title nor facts."""

    text: str
    below: Mapping[str, str]
    title: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@require_GET
@require_permission("open an account")
def compare(request: HttpRequest, pk: object) -> HttpResponse:
    """Show two texts as one, with what was taken out and what was put in; to a script without the page around it."""
    submission = submission_or_404(pk)
    if request.headers.get("x-requested-with") != "XMLHttpRequest":
        return _page(request, submission)
    if vault_of(request) is None:
        return TemplateResponse(request, "moderation/parts/compared.html", {"is_locked": True})
    return TemplateResponse(request, "moderation/parts/compared.html", _context(request, submission))


@needs_vault
def _page(request: HttpRequest, submission: Submission) -> HttpResponse:
    context = _context(request, submission) | _frame(submission)
    return TemplateResponse(request, "moderation/compare.html", context)


def _context(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    context: dict[str, Any] = {"submission": submission}
    try:
        if not submission.is_empty:
            context |= _compared(request, submission)
    except reading.CannotOpen as refused:
        context["cannot_open"] = refused.reason
    return context


def _compared(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    vault = vault_of(request)
    assert vault is not None  # noqa: S101 - both ways here have looked
    opened = reading.read_account(submission, vault=vault)
    copies = opened.facts.versions
    by_number = {str(copy.number): copy for copy in copies}
    was, now = (by_number.get(request.GET.get(side, "")) for side in ("was", "now"))
    if not copies:
        return {}
    now = now or copies[0]
    account = account_as_fields(opened.account)
    before = _text(was, vault) if was else Text(account["text"], _below(account))
    after = _text(now, vault) if was else replace(_text(now, vault), title="", facts=())
    sides = {"copies": copies, "was": was.number if was else ACCOUNT, "now": now.number}
    return sides | _differences(before, after)


def _differences(before: Text, after: Text) -> dict[str, Any]:
    return {
        "title_changes": rendering.compare_words(before.title, after.title),
        "changes": rendering.compare_words(before.text, after.text),
        "below_changes": below_changes(before.below, after.below),
        "is_same": before == after,
        "facts": _changed(before, after),
    }


def _text(copy: WorkingCopy, vault: OpenVault) -> Text:
    fields = reading.working_copy(copy.sealed, vault=vault)["fields"]
    return Text(fields["text"], _below(fields), fields["title"], tuple(facets_in_words(fields)))


def _below(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: fields[name] for name in story_sections.NAMES}


def _changed(before: Text, after: Text) -> list[tuple[str, str, str]]:
    pairs = zip(before.facts, after.facts, strict=True)
    return [(what, was, now) for (what, was), (_what, now) in pairs if was != now]


def _frame(submission: Submission) -> dict[str, Any]:
    return heading(_("What changed"), "history", under=account_crumbs(submission))


# --- As its readers would see it -------------------------------------------------------------


# Stands where an address would, in what the page says of citing it.
NOT_YET = "not-public-yet"


@require_GET
@require_permission("open an account")
@needs_vault
def as_public(request: HttpRequest, pk: object) -> HttpResponse:
    """Show the page that the newest version would be; nothing of it is kept or given an address."""
    submission = submission_or_404(pk)
    try:
        story = _story_of(submission, request.vault)  # type: ignore[attr-defined]
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


def _story_of(submission: Submission, vault: OpenVault) -> Story:
    facts = load_text_facts(submission, vault.moderator)
    if facts.newest is None or submission.is_empty:
        raise Refused(_("There is no version to show yet. Save one first."))
    # For its event: somebody reads the words.
    opened = reading.read_account(submission, vault=vault, facts=facts)
    return publishing.as_story(opened.unsealed.version(facts.newest)["fields"], slug=NOT_YET)
