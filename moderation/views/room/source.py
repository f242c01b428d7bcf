"""A submission by its address, what a reader sees of its sealed side, and its texts side by side.

Labels come first, then words with findings marked; a version stands beside the account or another version, word by
word, or as its readers would see it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages

from moderation import publishing, reading
from moderation.facts import TextFacts, load_text_facts
from moderation.forms.room import PLACES, NoteForm
from moderation.policies import texts
from moderation.queue import lanes, rows
from moderation.redaction import findings
from moderation.team.permissions import Refused
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, VaultRequest, needs_vault, room_view
from moderation.views.pages import account_crumbs, room_page
from stories.core import lifecycle, named_lists, rendering, story_sections, tables
from stories.core.scanner import Look
from stories.intake import pages, questions
from stories.intake.messages import CONTRIBUTOR
from stories.models import Submission
from stories.reading import story_facts as public_facts, story_page

_WORDS: dict[str, dict[str, str]] = tables.read(__file__)
_WARNINGS, _ASKED = _WORDS["warnings"], _WORDS["asked"]


def submission_or_404(pk: object) -> Submission:
    """The submission of that id; a draft isn't ours to see."""
    return get_object_or_404(Submission.objects.exclude(status=Submission.Status.DRAFT), pk=pk)


def text_facts_or_404(request: StaffRequest, pk: Any) -> TextFacts:
    """The same with everything that a page and its rules know of it."""
    try:
        facts = load_text_facts(pk, request.user)
    except Submission.DoesNotExist:
        raise Http404 from None
    if facts.status == Submission.Status.DRAFT:
        raise Http404
    return facts


def labels_of(submission: Submission, vault: OpenVault) -> dict[str, object]:
    """Its sealed labels, and the days until it is erased, for `moderation/parts/labels.html`."""
    labels = reading.open_labels([submission], vault).get(submission.pk)
    return {"tags": list(rows.sealed_tags(labels)), "days_left": lanes.days_left(submission)}


def source_of(opened: reading.Unsealed, *, look: Look, is_blind: bool = False) -> dict[str, object]:
    """Work the left column out, as `moderation/parts/their_words.html` and `pinned.html` show it; nothing is kept."""
    answers = {name: answer for name, answer in opened.answers.items() if name not in questions.CONSENTS}
    parts = {
        name: {
            "heading": pages.field_label(name, answers),
            "pieces": findings.marked_pieces((words, look.with_indirect(words))),
        }
        for name, words in opened.account.items()
        if words.strip()
    }
    return {
        "giveaways": parts.pop("giveaways", None),
        "parts": list(parts.values()),
        "warnings": [*read_before(opened.facts), *_warnings(opened.answers)],
        "answers": pages.answers_in_words(answers),
        "choices": [(_ASKED[name], bool(opened.answers.get(name))) for name in questions.CONSENTS],
        "messages": _messages(opened),
        "new_messages": opened.new_messages,
        **notes_of(opened, is_blind=is_blind),
    }


def notes_of(opened: reading.Unsealed, *, is_blind: bool) -> dict[str, object]:
    """What `moderation/parts/notes.html` shows: the notes that this person may read, how many wait, and a form."""
    dated = [note | {"day": date.fromisoformat(note["day"]) if "day" in note else None} for note in opened.notes]
    shown = [note for note in dated if not texts.is_note_for_later(opened.facts, note, is_blind=is_blind)]
    return {"notes": shown, "notes_for_later": len(dated) - len(shown), "note_form": NoteForm()}


def read_before(facts: TextFacts) -> list[str]:
    """Say on which day of the last seven this person read it, if on any before today."""
    today = lifecycle.today()
    days = [event.day for event in facts.my_openings if event.day and 0 < (today - event.day).days <= 7]
    return [_("You read this on %(day)s.") % {"day": date_format(days[-1], "l, j F")}] if days else []


def _messages(opened: reading.Unsealed) -> list[dict[str, object]]:
    """Each message, in plain sight whose it is, whether it is new to this reader and whether it is about the text; one
    of ours that is leaving can still be taken back.
    """
    theirs = [number for number, message in enumerate(opened.messages) if message["from"] == CONTRIBUTOR]
    new = set(theirs[max(0, len(theirs) - opened.new_messages) :])
    return [
        {
            "is_ours": number not in theirs,
            "is_leaving": message["is_leaving"],
            "is_new": number in new,
            "is_wish": message.get("about") == "text",
            "week": date.fromisoformat(message["week"]),
            "text": message["text"],
        }
        for number, message in enumerate(opened.messages)
    ]


def _warnings(answers: dict[str, object]) -> list[str]:
    """The sentences that a reader should know before any word of it is read."""
    whose = answers.get("whose")
    known = {
        "case": answers.get("case") in ("arrested", "charged", "court"),
        "online": answers.get("online") in ("yes", "think-so"),
        "not_theirs": whose == "someone-else",
        "age": whose in ("helping", "someone-else") and questions.may_be_child(answers),
        "no_story": not answers.get("consent_publish"),
    }
    return [_WARNINGS[name] for name, is_so in known.items() if is_so]


def account_as_fields(account: Mapping[str, str]) -> dict[str, str]:
    return {"text": account.get("account", ""), **{name: account.get(name, "") for name in story_sections.NAMES}}


def changes_in_text(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, object]:
    """The changes, word by word, in the text and in each of the short texts below it, as templates read them."""
    changes = {name: rendering.compare_words(before[name], after[name]) for name in ("text", *story_sections.NAMES)}
    return {"changes": changes.pop("text"), "below_changes": story_sections.story_sections(changes)}


def changes_beside_text(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, object]:
    """The same of the title, and the facts that differ as [(what, was, is)]."""
    pairs = zip(facets_in_words(before), facets_in_words(after), strict=True)
    return {
        "title_changes": rendering.compare_words(before["title"], after["title"]),
        "facts": [(what, one, other) for (what, one), (_what, other) in pairs if one != other],
    }


def facets_in_words(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return [(what, value)] for all but what somebody wrote; “nothing” where it is empty, so that it is seen."""
    lists = named_lists.get_named_lists()
    rows = [
        (_("How much about where"), PLACES.get(fields["place_shown"], PLACES["nothing"])),
        (_("Force"), lists.forces[fields["force"]].name if fields["force"] in lists.forces else ""),
        (_("Region"), fields["region"]),
        (_("Nation"), fields["nation"]),
        (_("Year"), public_facts.year_of_a_row(fields["year"])),
        (_("What came of it"), lists.outcomes.get(fields["outcome"], "")),
        (_("Themes"), _named(lists.themes, fields["themes"])),
        (_("Content notes"), _named(lists.notes, fields["content_notes"])),
        (_("What it asks"), lists.demands.get(fields["demand"], "")),
    ]
    return [(what, value or _("nothing")) for what, value in rows]


def _named(names: Mapping[str, str], slugs: str) -> str:
    chosen = slugs.split()
    return " · ".join(name for slug, name in names.items() if slug in chosen)


@room_view("open an account", "GET")
def compare(request: StaffRequest, pk: object) -> HttpResponse:
    """Show two texts as one, with what was taken out and what was put in; to a script without the page around it."""
    submission = submission_or_404(pk)
    if request.headers.get("x-requested-with") != "XMLHttpRequest":
        return _page(request, submission)
    vault = vault_of(request)
    context = {"is_locked": True} if vault is None else _compared(request, submission, vault)
    return TemplateResponse(request, "moderation/parts/compared.html", context)


@needs_vault
def _page(request: VaultRequest, submission: Submission) -> HttpResponse:
    context, under = _compared(request, submission, request.vault), account_crumbs(submission)
    return room_page(request, "compare", _("What changed"), "history", context, under=under)


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
        before = before or account_as_fields(opened.account)
    except reading.CannotOpen as refused:
        return context | {"cannot_open": refused.reason}
    # An account has neither title nor facts.
    beside = changes_beside_text(before, after) if was else {"title_changes": [], "facts": []}
    names = ("title", "text", *story_sections.NAMES) if was else ("text", *story_sections.NAMES)
    return context | {
        "copies": opened.facts.versions,
        "was": was.number if was else "account",
        "now": now.number,
        **changes_in_text(before, after),
        **beside,
        "is_same": not beside["facts"] and all(before[name] == after[name] for name in names),
    }


# Stands where an address would, in what the page says of citing it.
NOT_YET = "not-public-yet"


@room_view("open an account", "GET", with_vault=True)
def as_public(request: VaultRequest, pk: object) -> HttpResponse:
    """Show the page that the newest version would be; nothing of it is kept or given an address."""
    submission = submission_or_404(pk)
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
