"""In Welsh, no page of the contributor's way says a word past the catalogue: the pages themselves are read."""

import re
from html import unescape

import pytest
from django.utils import dates, translation
from django.utils.translation import trans_real

from campaign.models import HelpLine
from deploy import catalogue
from stories.core import snapshot
from stories.models import Force
from tests.stories.intake.visiting import WelshVisitor

pytestmark = pytest.mark.django_db
# What somebody typed: no word of ours, and no letter in it.
SEEN = "101 2026"
SILENT = "exit-to|ask|shows|list-part|own|instead-if"
SPOKEN = re.compile(rf'\s(?:alt|aria-label|title|placeholder|data-(?!{SILENT})[\w-]+)="([^"]*)"')
with translation.override("cy"):
    MONTHS = {str(month) for month in dates.MONTHS.values()}
# The same in every language: the groups of a code, names, addresses.
NAMES = re.compile(
    r"\b[0-9A-Z]{4}\b-?|Heard|English|Cymraeg|StopNCII\.org|Revenge Porn Helpline|[\w.]+\.(?:org|co|gov)[\w./-]*"
    r"|Samaritans|Childline|Report Remove|CEOP|Internet Watch Foundation"
)


@pytest.fixture
def signed(monkeypatch):
    """Welsh in which each string of the catalogue is its English between two signs; what is said past it is bare."""
    welsh = trans_real.translation("cy")._catalog
    monkeypatch.setattr(welsh, "_catalogs", [dict(_signed()), *welsh._catalogs])
    monkeypatch.setattr(welsh, "_plurals", [lambda number: 0, *welsh._plurals])


def _signed():
    for message in catalogue.read("cy"):
        singular, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
        if singular:
            yield singular, f"⟦{singular}⟧"
        if plural:
            yield (singular, 0), f"⟦{plural}⟧"


def test_no_page_of_telling_says_a_word_past_the_catalogue(signed, queue_key):
    # What editors write is in no catalogue.
    HelpLine.objects.update(name="1", name_cy="1", about_cy="1", hours_text_cy="1", url="")
    snapshot.invalidate()
    snapshot.forget_snapshot()

    bare = {name: said_past_the_catalogue(html) for name, html in _pages()}

    assert {name: words for name, words in bare.items() if words} == {}


def test_word_past_the_catalogue_is_found():
    assert said_past_the_catalogue("<p>⟦We have <b>it</b>⟧ Hello</p>") == ["Hello"]
    assert said_past_the_catalogue('<a aria-label="Hello">⟦Go on by ⟦1⟧⟧</a>') == ["Hello"]
    assert said_past_the_catalogue('<p lang="en-GB">Hello</p><p>⟦By⟧ 3 Mawrth</p>') == []


def said_past_the_catalogue(html):
    """The words of a page that are neither between the two signs nor said to be English nor a name."""
    html = re.sub(r"<(head|script|output|textarea)\b.*?</\1>", " ", html, flags=re.S)
    html = re.sub(r'<div [^>]*aria-hidden="true".*?</div>', " ", html, flags=re.S)
    html = re.sub(r'<(\w+)\b[^>]*\slang="en-GB"[^>]*>.*?</\1>', " ", html, flags=re.S)
    spoken = "\n".join(SPOKEN.findall(html))
    text = unescape(re.sub(r"<[^>]*>", "\n", html).replace("\n", " ") + "\n" + spoken)
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = shorter
    names = Force.objects.values_list("name", flat=True)
    # In a list of forces a name goes without the word for what they all are.
    short = [re.sub(r" (?:Police|Constabulary|Police Service)$", "", name) for name in names]
    for name in sorted([*names, *short], key=len, reverse=True):
        text = text.replace(name, " ")
    text = NAMES.sub(" ", text)
    return [word for word in re.findall(r"[^\W\d_][\w’-]+", text) if word not in MONTHS]


def _pages():
    """Each page of the way, as somebody meets it who makes every mistake on it once."""
    visitor = WelshVisitor()
    under_18 = ("tell/under-18", "tell/under-18/helping")
    for path in ("tell", *under_18, "tell/leaving", "tell/somewhere-else", "tell/form", "return", "take-down"):
        yield path, visitor.get(f"/{path}/")
    yield "form, empty", visitor.send("/tell/form/", b"step=check")
    yield "under 18 with words", visitor.post("/tell/form/", step="check", adult="no", account=SEEN)
    yield "check", visitor.check(account=f"{SEEN} 07700 900123", online="yes", consent_publish="on", case="court")
    yield "no such code", visitor.come_back("0000-0000-0000-0000")
    code = visitor.tell(account=SEEN, consent_publish="on", consent_ask_again="on", online="yes")
    yield "code", visitor.page
    yield "where it stands", visitor.come_back(code)
    yield "empty message", visitor.post("/return/", step="message")
    yield "withdraw", visitor.post("/return/", step="withdraw")
    yield "taken back", visitor.post("/return/", step="withdraw-now")
    yield "take down, empty", visitor.post("/take-down/", step="send")
    yield "no page", visitor.get("/tell/nothing/")
    yield "words at no form", visitor.send("/stories/", f"account={SEEN}".encode())
