"""What readers can do for an ask: a letter with the force that they chose, pictures to share, and nothing to sign."""

import html
import re
from dataclasses import replace
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError

from campaign import share_pictures
from campaign.models import actions
from heard.middleware import page_cache
from stories.core import snapshot
from tests.site.campaign import asking
from tests.site.heard import addresses

ADDRESS = "/actions/teach-them/"
CONTACTS = {
    "contact": "https://kent.example/contact",
    "foi": "https://kent.example/foi",
    "whatdotheyknow": "https://www.whatdotheyknow.com/body/kent_police",
    "oversight": {"name": "Kent Police and Crime Commissioner", "url": "https://oversight.example/"},
}


NO_PETITIONS = ("http://petition.example/", "javascript:steal()")


@pytest.fixture(autouse=True)
def site(laid):
    snapshot.forget_snapshot()


@pytest.fixture
def action():
    page = asking.action()
    addresses.forget()
    return page


def words_at(reader, address):
    return html.unescape(asking.words_at(reader, address))


def test_page_says_why_now_what_is_asked_three_steps_and_in_the_end_its_result(action, reader):
    page = words_at(reader, ADDRESS)

    for words in (action.intro, *action.steps, "We ask every chief constable:", asking.SENTENCE):
        assert words in page, words
    assert page.partition('class="three"')[2].partition("</ol>")[0].count("<li>") == 3
    assert "There is nothing to sign here" in page
    assert 'method="post"' not in page
    for name in share_pictures.PICTURES:
        assert f'src="{ADDRESS}{name}.png"' in page
        assert f'download="heard-{name}.png"' in page
    assert f'alt="In dark letters: We ask every chief constable: {asking.SENTENCE}"' in page
    assert 'alt="A code to scan, which leads to ' in page

    # None is closed without its result, and no petition is in the clear.
    for field, value in (("state", "closed"), *(("petition_url", url) for url in NO_PETITIONS)):
        with mock.patch.object(action, field, value), pytest.raises(ValidationError):
            action.full_clean()
    action.state, action.achieved = "closed", "One force answered in May 2026."
    action.save_revision().publish()
    page = words_at(reader, ADDRESS)
    assert action.achieved in page
    assert action.achieved in words_at(reader, "/asks/")
    for words in ("<textarea", "There is nothing to sign"):
        assert words not in page, words


def letter_on(page):
    return re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)[1]


def test_letter_and_mail_name_the_force_that_a_reader_chose(action, reader):
    page, kents = words_at(reader, f"{ADDRESS}?force=kent"), action.letter.replace("{force}", "Kent Police")
    mail = re.search(r'href="(mailto:[^"]*)"', page)[1]

    assert letter_on(page) == kents
    assert '<option value="kent" selected>' in page
    assert "[the name of your police force]" in letter_on(words_at(reader, ADDRESS))
    said = parse_qs(urlsplit(mail).query)
    assert said["subject"] == ["A question about training at Kent Police"]
    assert said["body"] == [kents.replace("\n", "\r\n")]
    assert "+" not in mail, "a mail program shows it as it is"


def test_a_chosen_force_leads_to_its_own_page_its_overseer_and_whom_else_to_write_to(action, reader, monkeypatch):
    monkeypatch.setattr(actions, "force_contacts", lambda: {"kent": CONTACTS})
    hrefs = {
        force: re.findall(r'href="(https://[^"]*)"', words_at(reader, ADDRESS + force).split('id="send"')[1])
        for force in ("", "?force=kent", "?force=essex")
    }

    kents = ["https://kent.example/contact", "https://oversight.example/", "https://kent.example/foi"]
    everybodys = ["https://www.whatdotheyknow.com/", "https://www.writetothem.com/"]
    assert hrefs[""][:2] == hrefs["?force=essex"][:2] == everybodys
    assert hrefs["?force=kent"][:5] == [*kents, CONTACTS["whatdotheyknow"], everybodys[1]]


def test_their_list_is_with_the_asks_and_the_figures_are_asked_for_from_day_one(action, reader):
    answer = reader.get("/actions/", secure=True)
    page = words_at(reader, "/asks/")

    assert (answer.status_code, answer["Location"]) == (302, "/asks/#act")
    assert "https://heard.example/actions/<" not in words_at(reader, "/sitemap-pages.xml")
    assert f'href="{ADDRESS}">{action.title}</a>' in page
    assert 'href="/actions/ask-for-the-figures/"' in page
    figures = letter_on(words_at(reader, "/actions/ask-for-the-figures/?force=kent"))
    assert "freedom of information team, Kent Police" in figures


MADE_UP = ("force=kint", "force=", "force=kent&force=essex", "force=kent&year=2024", "q=heron", "x=%3Cscript%3E")


def test_choice_or_made_up_address_is_kept_nowhere_and_the_page_without_one_is(action, reader):
    kept = len(caches[page_cache.PAGES]._cache)

    for query in MADE_UP:
        answer = reader.get(f"{ADDRESS}?{query}", secure=True)
        assert (answer.status_code, answer["Location"]) == (302, ADDRESS), query
    assert len(caches[page_cache.PAGES]._cache) == kept

    chosen, plain = (reader.get(f"{ADDRESS}{query}", secure=True) for query in ("?force=kent", ""))
    assert chosen["Cache-Control"] == "no-store"
    assert "Kent Police" in html.unescape(chosen.content.decode())
    assert "constable of Kent Police" not in html.unescape(plain.content.decode())
    assert len(caches[page_cache.PAGES]._cache) == kept + 1


def test_each_is_given_out_once_drawn_for_one_query(action, reader, monkeypatch, django_assert_max_num_queries):
    drawn = []
    once = replace(share_pictures.PICTURES["what-we-ask"], draw=lambda words: drawn.append(words) or b"a picture")
    monkeypatch.setitem(share_pictures.PICTURES, "poster", once)
    snapshot.snapshot_number()

    with django_assert_max_num_queries(2):
        answers = [reader.get(f"{ADDRESS}poster.png", secure=True) for _ in range(2) if not caches["pages"].clear()]

    assert {answer["Content-Type"] for answer in answers} == {"image/png"}
    assert len(drawn) == 1
