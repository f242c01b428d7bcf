"""The styleguide: every part of a page, live, for whoever makes pages. It is there in DEBUG alone."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_safe

from campaign import furniture, headings
from campaign.blocks import Body
from campaign.blocks.card import CardBody
from campaign.brand import palettes
from campaign.law import in_force
from campaign.models import Ask, Picture
from heard import styleguide_samples as samples
from stories.danger import Danger
from stories.models import Story
from stories.public import filters, finding, list_page, openings
from stories.public.figures import views
from stories.telling.forms import PublicForm, WordsField


def patterns(*, debug: bool) -> list[URLPattern]:
    """Its address, where there is one."""
    return [path("styleguide/", show, name="styleguide")] if debug else []


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every part, as the site looks; `?palette=bark` shows them in another palette."""
    palette = request.GET.get("palette", _of_the_site())
    wanted = filters.StoryFilter.from_query(QueryDict(samples.LIST))
    context = {
        **list_page.list_context(wanted, finding.find_page(wanted)),
        **samples.SHOWN,
        "palettes": [{"slug": slug, "words": words, "is_shown": slug == palette} for slug, words in _palettes()],
        "furniture": _in_palette(palette),
        "page": _page(),
        "card": _card(),
        "nations": [(slug, name, False) for slug, name in in_force.PLACES.items()],
        "charts": _charts(),
        "samples": openings.make_openings(list(openings.opening_rows()[:2]), wanted.names),
        "danger": Danger("now", child=True, is_near=True),
        "form": _Questions(MultiValueDict({"when": ["2024"], "how": ["101"]})),
    }
    return render(request, "styleguide.html", context)


# In the place of a palette: the colours that a campaign gave itself.
_OWN = "own"


def _of_the_site() -> str:
    brand = furniture.read()["brand"]
    return _OWN if brand["colours"] else brand["palette"] or palettes.DEFAULT


def _palettes() -> list[tuple[str, Any]]:
    own = [(_OWN, "Own colours")] if furniture.read()["brand"]["colours"] else []
    return [*palettes.PALETTES, *own]


def _in_palette(palette: str) -> dict[str, Any]:
    made = furniture.read()
    if palette == _OWN:
        return made
    shown = "" if palette == palettes.DEFAULT else palette
    return {**made, "brand": {**made["brand"], "palette": shown, "colours": None}}


def _charts() -> list[Any]:
    """One chart of each kind that there is something to draw for."""
    shown = views.figures_context()
    every = [*shown["one_way"], *shown["headlines"], *shown["of_stories"]]
    return list({chart.kind: chart for chart in every}.values())


def _page() -> SimpleNamespace:
    """A page that holds each block once, filled in as the chooser of blocks shows it, or from what the site has."""
    body = Body()
    values = {name: _value(name, block) for name, block in body.child_blocks.items()}
    rows = [{"type": name, "value": value} for name, value in values.items() if value is not _NOTHING]
    stream = body.to_python([*rows, {"type": "table", "value": samples.ENTRIES}])
    return SimpleNamespace(body=stream, contents=headings.of(stream))


def _card() -> Any:
    """The blocks of an officers' card, each once."""
    body = CardBody()
    previews = {name: getattr(block.meta, "preview_value", None) for name, block in body.child_blocks.items()}
    return body.to_python([{"type": name, "value": value} for name, value in previews.items()])


_NOTHING = object()


def _value(name: str, block: Any) -> Any:
    """What a block of this name is stored as; `_NOTHING` where the site has none of what it shows."""
    if name in samples.WORDS:
        return samples.WORDS[name]
    of_the_site = {"story_quote": _quoted, "ask": _asked, "image": _pictured}
    return of_the_site[name]() if name in of_the_site else getattr(block.meta, "preview_value", None)


def _quoted() -> Any:
    story = Story.live.filter(may_quote=True).order_by("-sequence").first()
    return {"story": story.slug, "passage": story.text.split("\n")[0].strip()} if story else _NOTHING


def _asked() -> Any:
    ask = Ask.objects.filter(live=True).first()
    return {"ask": ask.pk} if ask else _NOTHING


def _pictured() -> Any:
    picture = Picture.objects.first()
    return {"picture": {"image": picture.pk, "alt_text": "", "decorative": True}} if picture else _NOTHING


class _Questions(PublicForm):
    """One question of each shape; two of them were left out."""

    when = forms.ChoiceField(
        label="Which year did you first tell them?",
        help_text="The law has changed. The year shows what they should have known.",
        choices=[("2026", "2026"), ("2025", "2025"), ("2024", "2024")],
    )
    how = forms.MultipleChoiceField(
        label="How did you tell the police?",
        help_text="So we learn which ways work.",
        choices=[("999", "999"), ("101", "101"), ("station", "Police station"), ("other", "Another way")],
        widget=forms.CheckboxSelectMultiple,
    )
    account = WordsField(
        label="In your own words, how did the police deal with it?",
        help_text="There is no right way to tell it. A few lines is fine. No names needed.",
        error_messages={"required": "Tell us a little more."},
        most=20_000,
    )
    publish = forms.BooleanField(
        label="Publish my story", help_text="With what could identify me taken out.", required=False
    )
