"""What can't stand in the place of a string: no gap is lost, no mark comes in, nothing that a page could run."""

import json
import re
from html.parser import HTMLParser

import pytest

from campaign.models import SiteWords
from campaign.site_words import catalogued, refusals
from campaign.site_words.catalogued import ENGLISH, WELSH
from tests.site.campaign.site_words.keeping import string

LINK = 'Did you mean <a href="%(url)s">%(words)s</a>?'
# Each would do something in some place where a string is said.
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p><form action=//evil.example>",
    "Words<",
    'x" onmouseover="alert(1)',
    "Words & more",
    "&lt;script&gt;",
    "Words `alert(1)`",
    "\\u003cscript\\u003e",
    "{{ settings.SECRET_KEY }}",
    "{% load x %}",
    "{0.__class__}",
    "%(other)s",
    "%s of them",
    "100% of them",
    "=cmd|'/c calc'!A1",
    "+44",
    "@SUM(1)",
    "Go to evil.example",
    "Go to //evil",
    "Write to us@evil.example",
    "javascript://x",
    "<B>loud</B>",
    "<b>loud</b>",
    "<!-- x -->",
    "<![CDATA[ x ]]>",
]


def why_not(words, *, shipped="What came of it?", original=None, **about):
    return refusals.why_not(refusals.tidied(words, shipped), shipped=shipped, original=original or shipped, **about)


def test_what_has_to_stay_is_named_once_and_a_gap_in_a_mark_with_its_mark():
    assert refusals.to_keep(LINK) == ["%(words)s", '<a href="%(url)s">', "</a>"]


# --- What may never come in -----------------------------------------------------------------


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("language", [ENGLISH, WELSH])
def test_hostile_words_are_refused_in_both_languages(words, language):
    shipped = string("What came of it?").shipped(language)[0]

    # Straight quotation marks are made ours: with them alone nothing is left to refuse.
    said = refusals.tidied(words, shipped)
    assert '"' not in said
    if words.startswith('x"'):
        assert said == "x” onmouseover=”alert(1)"
    else:
        assert refusals.why_not(said, shipped=shipped, original="What came of it?")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_refused_between_marks_that_may_stand(words):
    said = f'Did you mean <a href="%(url)s">%(words)s {words}</a>?'

    if not words.startswith(("x", "=", "+")):
        assert why_not(said, shipped=LINK)


@pytest.mark.parametrize(
    "said",
    [
        '<a href="%(url)s" onclick="x">%(words)s</a>',
        '<a href="https://evil.example/?%(url)s">%(words)s</a>',
        "<a href='%(url)s'>%(words)s</a>",
        '<a href="%(url)s">%(words)s',
        '</a>%(words)s<a href="%(url)s">',
        '<a href="%(url)s">%(words)s</a><a href="%(url)s">%(words)s</a>',
        "%(url)s %(words)s",
    ],
)
def test_mark_that_was_changed_doubled_opened_or_lost_is_refused(said):
    assert why_not(said, shipped=LINK)


def test_mark_and_gap_may_move_and_the_words_around_them_may_change():
    assert why_not('<a href="%(url)s">%(words)s</a>: was that it?', shipped=LINK) is None


def test_nothing_that_passes_holds_what_html_json_or_a_spreadsheet_takes_for_its_own():
    """Of every string and both languages: with its own marks and gaps taken out, only letters and such are left."""
    for each in catalogued.every():
        for language in (ENGLISH, WELSH):
            for shipped in each.shipped(language):
                said = refusals.tidied(f"{shipped} x", shipped)
                bare = refusals._GAP.sub("", refusals._MARK.sub("", said))
                assert not re.search(r"[<>&\"`\\{}%\n\r\t]", bare), shipped
                assert json.loads(f'"{bare}"') == bare


def test_words_that_pass_add_no_element_and_no_attribute_to_a_page():
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.tags = []

        def handle_starttag(self, tag, attrs):
            self.tags.append((tag, attrs))

    said = refusals.tidied("Say \"it\" 'now' (a = b), ’til 5; or: no…", "What came of it?")
    assert why_not(said) is None
    reader = Reader()
    reader.feed(f'<p title="{said}">{said}</p>')
    reader.close()

    assert reader.tags == [("p", [("title", said)])]


# --- What has to stay -----------------------------------------------------------------------


def test_gap_has_to_stay_and_only_the_form_for_one_may_leave_the_number_out():
    assert "%(number)s" in why_not("stories", shipped="%(number)s stories")
    assert why_not("a story", shipped="%(number)s story", may_lose_number=True) is None
    assert why_not("{day} wird es", shipped="We erase it on {day}.") is None
    assert "{day}" in why_not("Soon", shipped="We erase it on {day}.")


def test_sign_of_per_cent_is_written_as_the_catalogue_writes_it():
    assert why_not("over %(number)s%%, roughly", shipped="over %(number)s%%") is None
    assert why_not("over %(number)s%", shipped="over %(number)s%%")


def test_spaces_at_the_ends_are_those_of_the_original():
    assert refusals.tidied("  and so \n on ", " or ") == " and so on "
    assert refusals.tidied("   ", " or ") == ""


def test_signs_that_nobody_sees_are_taken_out_and_straight_quotes_made_ours():
    assert refusals.tidied("It\u200b’s \u202ea\u0000 \"word\" and 'word'", "x") == "It ’s a “word” and ‘word’"
    assert refusals.tidied("don't", "x") == "don’t"


def test_words_much_longer_than_the_original_are_refused_with_both_lengths():
    assert "61" in why_not("x" * 61, shipped="News")
    assert why_not("x" * 60, shipped="News") is None
    assert why_not("x" * 601, shipped="y" * 300)


# --- Against the catalogue ------------------------------------------------------------------


def test_every_string_as_it_ships_is_fit_to_stand_for_itself():
    for each in catalogued.every():
        for language in (ENGLISH, WELSH):
            row = SiteWords(key=each.key, language=language)
            row.words = "\n".join(refusals.tidied(was, was) for was in each.shipped(language))

            assert not any(row.why_not_forms()), each.words


@pytest.mark.django_db
def test_number_that_leads_to_somebody_is_refused_and_that_of_the_original_may_stay():
    line = next(each for each in catalogued.every() if ">028 9024 3133</a>" in each.words[0])
    row = SiteWords(key=line.key, language=ENGLISH)

    assert _asked(row, line.words[0].replace("Northern Ireland:", "In Northern Ireland:")) is None
    assert "phone number" in _asked(row, line.words[0].replace(">028 9024 3133<", ">07700 900123<"))
    assert "phone number" in _asked(row, f"{line.words[0]} Ring 07700 900123.")


def _asked(row, words):
    row.words = words
    return row.why_not_public() or row.why_not_spoken()


@pytest.mark.parametrize("words", ["Lost it? See t.co/abc", "x.com/me", "\u3164", "\u2800 \u115f", "…"])
def test_short_address_and_words_that_nobody_sees_are_refused(words):
    said = refusals.tidied(words, "What came of it?")

    assert not said or why_not(words)


def test_number_to_call_stays_with_its_words_and_no_link_is_left_empty():
    shipped = 'Childline: <a href="tel:08001111">0800 1111</a>, day and night.'

    assert why_not('Day and night: <a href="tel:08001111">0800 1111</a>', shipped=shipped) is None
    assert why_not('Childline: <a href="tel:08001111">101</a>', shipped=shipped)
    assert why_not('%(words)s<a href="%(url)s"></a>', shipped=LINK)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (ENGLISH, "What came of it? We erase it tomorrow."),
        (ENGLISH, "What came of it? Tell us your full name."),
        (WELSH, "Beth ddaeth ohono? Bydd neb yn gwybod."),
    ],
)
def test_string_that_promises_nothing_can_be_made_no_promise(language, said):
    row = SiteWords(key=string("What came of it?").key, language=language, words=said)

    assert "promise" in row.why_not_spoken()


@pytest.mark.parametrize("words", ["Someone to talk to", "There is no page here", "a name"])
def test_nor_can_what_stands_around_the_form(words):
    row = SiteWords(key=string(words).key, language=ENGLISH, words=f"{words}: nobody reads it")

    assert "promise" in row.why_not_spoken()


def test_what_the_original_speaks_of_already_may_be_spoken_of():
    row = SiteWords(key=string("Evidence kept").key, language=ENGLISH, words="Evidence they kept")

    assert row.why_not_spoken() is None
