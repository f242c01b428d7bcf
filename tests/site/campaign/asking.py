"""Asks and actions as the tests name them, public and with a first update unless something else is said; and pages."""

import json
from datetime import date

from django.urls import reverse
from wagtail.models import Page

from campaign import models
from campaign.models import Ask, AskUpdate
from stories.core import snapshot
from stories.models import Demand, Theme
from tests import factories

SENTENCE = "Teach every officer the law of 2024."
SOURCE = {"who_says": "The force, on its website", "source_url": "https://force.example/news"}
LETTER = (
    "To the chief constable of {force}\n\nPlease teach every officer the law of 2024.\nI will be glad of an answer."
)
ACTION = {
    "title": "Ask your force to teach them",
    "slug": "teach-them",
    "intro": "Few officers know the law of 2024.",
    "to_whom": "the chief constable of your force",
    "step_one": "Choose your force.",
    "step_two": "Copy the letter and send it.",
    "step_three": "Tell us nothing: the answer is yours.",
    "letter_subject": "A question about training at {force}",
    "letter": LETTER,
}


def addressee(name="every chief constable", kind="forces", force=None):
    return models.Addressee.objects.get_or_create(name=name, defaults={"kind": kind, "force_id": force})[0]


def words(text):
    return {"type": "text", "value": f"<p>{text}</p>"}


def ask(slug="teach-them-all", *, updates=(), whom=None, why=(), live=True, demands=(), **fields):
    """An ask that was made on 2 March 2026, with further `updates` of (day, state, more)."""
    body = json.dumps(list(why) or [words("Few officers know it.")])
    made = Ask(**{"sentence": SENTENCE, "slug": slug, "addressee": whom or addressee(), "why": body, **fields})
    for day, state, more in (("2026-03-02", "asked", {}), *updates):
        says = {"on": date.fromisoformat(day), "state": state, "words": f"It was {state or 'written of'}."}
        says |= SOURCE if state not in ("", "asked") else {}
        made.updates.add(AskUpdate(**says | more))
    made.live = False
    made.save()
    made.demands = Demand.objects.filter(slug__in=demands)
    made.save()
    if live:
        Ask.objects.get(pk=made.pk).save_revision().publish()
    snapshot.forget_snapshot()
    return Ask.objects.get(pk=made.pk)


def action(pressed=None, **fields):
    """A live action that presses `pressed`."""
    page = models.ActionPage(**{**ACTION, "ask": pressed or ask(), **fields})
    models.ActionIndexPage.objects.get().add_child(instance=page)
    snapshot.invalidate()
    snapshot.forget_snapshot()
    return page


def pattern(slug="nobody-rings", *, passages=(), themes=("waiting",), law=(), **fields):
    """A live pattern of these passages, as blocks of a page."""
    said = {"title": "Nobody rings", "sentence": "They say that they will ring, and nobody does."} | fields
    page = models.PatternPage(slug=slug, passages=json.dumps(list(passages)), **said)
    page.themes = Theme.objects.filter(slug__in=themes)
    page.offences = models.Offence.objects.filter(slug__in=law)
    models.PatternIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    snapshot.forget_snapshot()
    return page


def page_at(slug):
    """The page at that slug, as its own type; of two the one further up."""
    return Page.objects.filter(slug=slug).earliest("depth").specific


def edit_address(page):
    """Where an editor changes it."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def words_at(reader, address):
    """What stands at a public address in the edition now, as HTML."""
    factories.forget()
    return reader.get(address, secure=True).content.decode()
