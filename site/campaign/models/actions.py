"""Actions of readers for an ask: each with its letter, from the day it opens to what it achieved."""

import json
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from campaign import rich_text
from campaign.editing import FIELDS, ActionForm
from campaign.models.pages import REASON, IndexPage, PageOfWords
from stories.core import addresses, named_lists
from stories.core.named_lists import NamedForce
from stories.reading import ask_progress

FORCE = "{force}"
_CONTACTS = Path(__file__).parent.parent / "data" / "contacts.json"
# The letter is English on every page.
_NO_FORCE = "[the name of your police force]"
# Of letters that stand in one line of the box on a phone, so that it is high enough for the whole letter.
_LETTERS_IN_A_LINE = 34


def chosen_force(request: HttpRequest) -> NamedForce | None:
    wanted = request.GET.get("force", "")
    return next((force for force in named_lists.get_named_lists().real_forces if force.id == wanted), None)


def filled_letter(page: "ActionPage", force: NamedForce | None) -> dict[str, object] | None:
    """The letter as a reader copies it: its words, how many lines its box needs, and a mail that begins with it.

    Without a choice it says in brackets what belongs there. None where the page has no letter.
    """
    if not page.letter.strip():
        return None
    name = force.name if force else _NO_FORCE
    words = page.letter.replace(FORCE, name).replace("\r\n", "\n").strip()
    lines = sum(1 + len(line) // _LETTERS_IN_A_LINE for line in words.split("\n"))
    # A `mailto:` by RFC 6068, whose lines end as mail's do; without an office it is the reader's to fill in.
    parts = {"subject": page.letter_subject.replace(FORCE, name), "body": words.replace("\n", "\r\n")}
    asked = urlencode({part: said for part, said in parts.items() if said}, quote_via=quote, safe="")
    return {"words": words, "lines": lines, "mail": f"mailto:{quote(page.letter_to, safe='@')}?{asked}"}


@cache
def force_contacts() -> dict[str, dict[str, Any]]:
    """Where each force, and those who oversee it, can be written to, and the month in which somebody looked it up."""
    found: dict[str, dict[str, Any]] = json.loads(_CONTACTS.read_text(encoding="utf-8"))
    return {force: row | {"checked": date.fromisoformat(f"{row['checked']}-01")} for force, row in found.items()}


class ActionIndexPage(IndexPage):
    subpage_types = ["campaign.ActionPage"]
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = _("actions")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return HttpResponseRedirect(addresses.path_in_language("/asks/") + "#act")


class ActionPage(PageOfWords):
    """One action, which presses an ask. Nobody signs anything here, and nobody is written down."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    ask = models.ForeignKey(
        "campaign.Ask", models.PROTECT, null=True, blank=True, related_name="+", **FIELDS["ActionPage.ask"]
    )
    state = models.CharField(_("open or closed"), max_length=6, choices=State, default=State.OPEN)
    to_whom = models.CharField(max_length=120, **FIELDS["ActionPage.to_whom"])
    step_one = models.CharField(_("first step"), max_length=250)
    step_two = models.CharField(_("second step"), max_length=250)
    step_three = models.CharField(_("third step"), max_length=250)
    letter_subject = models.CharField(_("subject of the letter"), max_length=120, blank=True)
    letter = models.TextField(max_length=2000, blank=True, **FIELDS["ActionPage.letter"])
    letter_to = models.EmailField(blank=True, **FIELDS["ActionPage.letter_to"])
    petition_url = models.URLField(blank=True, **FIELDS["ActionPage.petition_url"])
    achieved = models.TextField(max_length=1000, blank=True, **FIELDS["ActionPage.achieved"])

    words_in = ("body", "step_one", "step_two", "step_three", "letter", "achieved")
    base_form_class = ActionForm
    parent_page_types = ["campaign.ActionIndexPage"]
    subpage_types: list[str] = []
    template = "campaign/action_page.html"
    content_panels = [
        *Page.content_panels,
        FieldRowPanel(["ask", "state"]),
        FieldPanel("intro", heading=_("Why now, in a sentence")),
        FieldPanel("body", heading=_("Why now, in more words")),
        MultiFieldPanel(["to_whom", "step_one", "step_two", "step_three"], heading=_("What readers do")),
        MultiFieldPanel(["letter_subject", "letter", "letter_to"], heading=_("Letter to copy")),
        "petition_url",
        "achieved",
        REASON,
    ]

    class Meta:
        verbose_name = _("action")

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_to_a_force(self) -> bool:
        """True where each reader chooses a force to write to."""
        return FORCE in self.letter

    @property
    def steps(self) -> tuple[str, str, str]:
        return self.step_one, self.step_two, self.step_three

    def clean(self) -> None:
        """No action is closed without a word on what it achieved, and none leads elsewhere in the clear."""
        super().clean()
        if self.state == self.State.CLOSED and not self.achieved.strip():
            raise ValidationError({"achieved": _("Say what it achieved, also where that is nothing.")})
        if self.petition_url and not rich_text.is_secure_address(self.petition_url):
            raise ValidationError({"petition_url": _("Begin with https://.")})

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show it; an address that chooses no force of ours, in one spelling, leads to the page without one.

        Made-up addresses could fill the page cache with the same page.
        """
        force = chosen_force(request) if self.is_to_a_force else None
        query = request.META.get("QUERY_STRING", "")
        is_asked_well = not query or (force is not None and query == f"force={force.id}")
        if not getattr(request, "is_preview", False) and not is_asked_well:
            return HttpResponseRedirect(request.path)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if force:
            # Which force somebody writes to is kept nowhere, not for the minute of a page either.
            response["Cache-Control"] = "no-store"
        return response

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        from campaign import share_pictures

        force, forces = chosen_force(request), named_lists.get_named_lists().real_forces if self.is_to_a_force else []
        return super().extra_context(request) | {
            "ask": ask_progress.asks_by_slug().get(self.ask.slug) if self.ask else None,
            "forces": sorted(forces, key=attrgetter("name")),
            "chosen": force,
            "contacts": force_contacts().get(force.id) if force else None,
            "letter": filled_letter(self, force),
            "pictures": share_pictures.page_pictures(self),
        }
