"""The styleguide: every part of a page, live, for whoever makes pages. It is there in DEBUG alone."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_safe

from campaign import furniture, headings, law, palettes
from campaign.action_pictures import Shown
from campaign.blocks import Body
from campaign.blocks.card import CardBody
from campaign.letter import Letter
from campaign.models import Ask, Picture
from campaign.pressing import Pressing
from stories import below_the_text
from stories.models import Story
from stories.public import filters, finding, list_page, openings
from stories.public.asks import PublicAsk, Update
from stories.public.figures import page as figures
from stories.public.law_then import LawThen
from stories.telling.forms import PublicForm, WordsField

# A choice, a list, words and something that we don't know: whatever a list of stories can have to say.
LIST = "force=kent&outcome=closed&forse=kent"
_WORDS = {
    "heading": "What helps",
    "table": {
        "columns": [{"type": "text", "heading": "Kind"}, {"type": "text", "heading": "What we need with it"}],
        "rows": [{"values": ["Apology", "Your words"]}, {"values": ["Change made", "A link to evidence"]}],
        "caption": "What an answer can be",
    },
}
_PROMISED = Update(
    on=date(2026, 4, 1),
    words="The force said that it would.",
    state="promised",
    who_says="The force, on its website",
    source_url="https://www.police.uk/",
    due=date(2026, 6, 1),
)
ASKING = {
    "ask": PublicAsk(
        slug="read-the-law",
        sentence="Read the one page on the law before the first call is taken.",
        whom="every chief constable",
        whom_kind="forces",
        force="",
        state="promised",
        since=date(2026, 3, 1),
        due=_PROMISED.due,
        what_it_took="",
        updates=(_PROMISED,),
    ),
    "actions": [Pressing("read-the-law", "Ask your force to read it", "/actions/", True)],
    "letter": Letter("To the chief constable of Kent Police\n\nPlease read it.", 3, "mailto:?subject=The%20law"),
    "forces": [{"id": "kent", "name": "Kent Police"}],
    "pictures": [Shown("code", "Code to scan", "/static/img/favicon-180.png", "code.png", "A code to scan", 180, 180)],
    "petition_url": "https://petition.parliament.uk/",
}
_ENTRIES = {
    "columns": [{"type": "text", "heading": words} for words in ("Offence", "Nation", "From", "Source")],
    "rows": [{"values": ["Threatening to share", "Scotland", "3 July 2017", "Act of 2016, section 2"]}],
    "caption": "A table of four columns reads as entries",
}


def patterns(*, debug: bool) -> list[URLPattern]:
    """Its address, where there is one."""
    return [path("styleguide/", show, name="styleguide")] if debug else []


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every part, as the site looks; `?palette=bark` shows them in another palette."""
    palette = request.GET.get("palette", _of_the_site())
    wanted = filters.StoryFilter.from_query(QueryDict(LIST))
    context = {
        **list_page.context(wanted, finding.find(wanted)),
        "tokens": TOKENS,
        "palettes": [{"slug": slug, "words": words, "is_shown": slug == palette} for slug, words in _palettes()],
        "furniture": _in_palette(palette),
        "page": _page(),
        "card": _card(),
        "nations": [(slug, name, False) for slug, name in law.PLACES.items()],
        "letter": LETTER,
        "response": RESPONSE,
        "asked_letter": {"in_month": "March 2026", "role": "Head of Public Protection"},
        "entry": ENTRY,
        "pieces": [{"words": "He said it was not really a "}, {"words": "crime", "is_marked": True}, {"words": "."}],
        "charts": _charts(),
        "asking": ASKING,
        "samples": openings.worded(list(openings.rows()[:2]), wanted.names),
        "form": _Questions(MultiValueDict({"when": ["2024"], "how": ["101"]})),
        "errors": [{"field": "account", "message": "Tell us a little more."}],
        "newer_url": "?after=40",
        "older_url": "?before=20",
        "code": "7K3M-9QZX-0TVA-W2HE",
        "groups_of_code": ["7K3M", "9QZX", "0TVA", "W2HE"],
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
    shown = figures.context()
    every = [*shown["one_way"], *shown["headlines"], *shown["of_stories"]]
    return list({chart.kind: chart for chart in every}.values())


def _page() -> SimpleNamespace:
    """A page that holds each block once, filled in as the chooser of blocks shows it, or from what the site has."""
    body = Body()
    values = {name: _value(name, block) for name, block in body.child_blocks.items()}
    rows = [{"type": name, "value": value} for name, value in values.items() if value is not _NOTHING]
    stream = body.to_python([*rows, {"type": "table", "value": _ENTRIES}])
    return SimpleNamespace(body=stream, contents=headings.of(stream))


def _card() -> Any:
    """The blocks of an officers' card, each once."""
    body = CardBody()
    previews = {name: getattr(block.meta, "preview_value", None) for name, block in body.child_blocks.items()}
    return body.to_python([{"type": name, "value": value} for name, value in previews.items()])


_NOTHING = object()


def _value(name: str, block: Any) -> Any:
    """What a block of this name is stored as; `_NOTHING` where the site has none of what it shows."""
    if name in _WORDS:
        return _WORDS[name]
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


# Each colour of tokens.css with what it is for.
TOKENS = (
    ("paper", "The page"),
    ("card", "What is typed into"),
    ("ink", "Text"),
    ("soft", "Second text"),
    ("moss", "Links, the main button, the mark"),
    ("moss-deep", "The same under a pointer"),
    ("apricot", "Marked words, and around what has the focus"),
    ("brick", "The exit, and what went wrong"),
    ("sky", "Help lines and notices"),
    ("line", "Hairlines"),
    ("edge", "Edges of what can be typed into or ticked"),
    ("step-few", "Figures: some"),
    ("step-some", "Figures: more"),
    ("step-many", "Figures: most"),
)
LETTER = {
    "title": "He did not want the list",
    "slug": "",
    "body": "<p>I rang 101 on a Sunday because I did not want to waste anyone’s time. The call taker was kind. The "
    "officer who rang back asked me what I had expected to happen when I sent the pictures.</p>"
    "<p>I had a list of the accounts and the dates. He did not want it.</p>",
    "below": below_the_text.parts(
        {"differently": "<p>Look at the list.</p>", "well": "<p>The call taker let me finish.</p>"}
    ),
    "place": {"words": "Kent Police", "url": "/forces/kent/"},
    "year": "2024",
    "outcome": "Looked into, then closed",
    "themes": ["Evidence", "Waiting"],
    "notes": ["Mentions threats"],
    "law": LawThen("These were offences that year.", ("Sharing an intimate image without consent",), "/the-law/"),
    "kinds_said": ["Apology"],
    "force": {"url": "/forces/kent/"},
    "month": "March 2026",
    "edited": "May 2026",
    "permanent_url": "/stories/",
    "related": {
        "near": [{"title": "The second call was different", "get_absolute_url": "/stories/"}],
        "of_force": {"url": "/stories/?force=kent", "count": 12},
        "themes": [{"url": "/stories/?theme=evidence", "name": "Evidence", "count": 9}],
    },
}
RESPONSE = {
    "kind": "Change planned",
    "in_month": "March 2026",
    "owner": "The superintendent for training",
    "due_on": date(2026, 10, 1),
    "evidence_url": "https://www.police.uk/",
    "stories": [{"title": "The second call was different", "url": "/stories/"}],
    "its_ask": ASKING["ask"],
    "about_year": 2024,
    "quote": "<p>Every first-contact team takes the refresher by October. The superintendent for training owns it.</p>",
    "context": "Said after three reports had been closed in one week.",
    "source": "The force’s own website, March 2026",
    "source_url": "https://www.police.uk/",
}
ENTRY = {
    "name": "outcome",
    "kind": "one of 8",
    "about": "What came of it, as the story shows it.",
    "values": {"closed": "Looked into, then closed", "charged": "Someone charged, or it went to court"},
    "is_long": True,
}
