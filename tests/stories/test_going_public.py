"""The gate before everything public, the words of a value as a reader reads them, and one look a text and request."""

import pytest

from stories import pii
from stories.core import scanner
from stories.core.publication_gate import HELD_BACK, held_back, kinds_in_words, sure_ones, why_not
from stories.core.rendering import words_within
from stories.core.scanner import CannotLook, Look
from stories.pii import Finding, IdentifyingError
from stories.pii.kinds import InAHurry
from tests.promises.test_p5_nothing_leads_straight_to_somebody import ONE_OF_EACH


def looked(*texts):
    return [(text, pii.find_identifying(text)) for text in texts]


def test_sure_finding_of_each_kind_is_held_back_until_somebody_writes_why_it_stays():
    assert set(ONE_OF_EACH) == HELD_BACK < set(pii.KINDS)
    for kind in sorted(HELD_BACK):
        found = sure_ones(looked(ONE_OF_EACH[kind]))

        assert [each.found.kind for each in found] == [kind]
        assert why_not(found, left={})
        assert why_not(found, left={found[0].key: "It is the force's own."}) is None, kind


def test_reason_is_what_somebody_can_read_in_any_language_and_speaks_for_no_other():
    found, other = sure_ones(looked(ONE_OF_EACH["PHONE"] + " " + ONE_OF_EACH["EMAIL"]))

    for why in ("", " ", "\n\t", ".", "– …", "\u2800", "\u3164" * 5, "\u200d", "\u00ad", "x", "\u3164a"):
        assert why_not([found], left={found.key: why}), why
    for why in ("Desk", "101", "Eu rhif nhw", "هذا رقم الشرطة", "警察的号码"):
        assert why_not([found], left={found.key: why}) is None, why
    said = why_not([found, other], left={found.key: "It is a charity's."})
    assert "email address" in said
    assert "phone number" not in said


def test_names_places_days_and_unsure_findings_are_left_to_the_people_who_read():
    text, phone = "Officer Quillfeather in Nettlebridge told Jamie Oakes on 3 March 2021.", ONE_OF_EACH["PHONE"]
    unsure = [pii.Finding(each.start, each.end, each.kind, each.why, False) for each in pii.find_identifying(phone)]

    assert any(each.sure for each in pii.find_identifying(text))
    assert sure_ones(looked(text)) == []
    assert unsure
    assert sure_ones([(phone, unsure)]) == []


def test_refusal_names_kinds_and_how_many_and_never_the_words():
    found = sure_ones(looked("Ring 07700 900123 or 07700 900456, or write to jamie.oakes@nettle.example."))

    said = why_not(found, left={})

    assert "2 × phone number" in said
    assert "email address" in said
    assert "07700" not in said
    assert "jamie" not in said.lower()
    assert len(sure_ones(looked(ONE_OF_EACH["PHONE"], "Again: 07700 900123."))) == 1
    assert why_not([], left={}) is None
    assert kinds_in_words([]) == ""


def test_words_of_a_value_are_read_without_their_marks():
    stream = [{"type": "quote", "id": "4f1b", "value": {"text": "Sorry.", "rows": [{"values": ["A", "B"]}]}}]
    for value, words in [
        ("Ring back.", ["Ring back."]),
        ("<p>One.</p><p>Two.</p>", ["One. Two."]),
        ("<p>Ring <b>07700</b> 900<i>123</i>.</p>", ["Ring 07700 900123."]),
        ("Jamie <jamie@nettle.example>", ["Jamie <jamie@nettle.example>"]),
        ("<p>&#48;7700&nbsp;900123 &lt;3</p>", ["07700 900123 <3"]),
        ('<p>Write <a href="mailto:j@n.uk?a=1&amp;b=2">here</a>.</p>', ["Write here.", "mailto:j@n.uk?a=1&b=2"]),
        (stream, ["Sorry.", "A", "B"]),
        *((value, []) for value in ("", None, 5, [], {}, True)),
    ]:
        assert [" ".join(text.split()) for text in words_within(value) if text.strip()] == words


def found_in(value):
    return [(each.found.kind, each.words) for each in held_back(words_within(value))]


def test_mail_address_in_a_link_is_read_as_a_browser_reads_it():
    for address in ("mailto:jane@nettle.example", "mailto:jane%40nettle.example?subject=Hello"):
        for value in (f'<p><a href="{address}">Write</a></p>', address):
            assert found_in(value) == [("EMAIL", "jane@nettle.example")], value


def test_phone_number_within_an_address_is_read_and_another_number_is_none():
    for address in (
        *("tel:+447700900456", "tel:%2B447700900456", "https://wa.me/447700900456", "/search/07700-900-456/"),
        *("https://wa.me/+44%207700%20900456?text=Hi", "https://words.example/?to=1&amp;q=07700900456"),
        "https://words.example/?q=07700+900+456",
    ):
        assert "PHONE" in {kind for kind, _ in found_in(f'<p><a href="{address}">Ring</a></p>')}, address
    for address in ("https://wa.me/447700900456", "https://words.example/?q=07700900456"):
        for value in ({"url": address}, f"<p>It is at {address}.</p>"):
            assert "PHONE" in {kind for kind, _ in found_in(value)}, value
    for address in (
        *("https://news.example/2024-01-15-165450842/", "https://news.example/2024-01-15-123456/"),
        *("https://words.example/id/9781234567897", "https://words.example/1048576104857610485761048576"),
        "https://law.example/ukpga/2015/2/section/33#0440",
    ):
        assert found_in(f'<p><a href="{address}">Read it</a></p>') == [], address


FOUND = [Finding(0, 3, "OFFICER_NAME", "it is a name", sure=True)]
WORDS = "Quillfeather of Nettlebridge"


def failing(text, **options):
    raise KeyError(text)


def test_each_text_is_looked_at_once_in_a_request():
    seen = []
    for _request in range(2):
        look = Look(lambda text, **_: seen.append(text) or [])
        for text in ("one", "two", "one"):
            look(text)

    assert seen == ["one", "two"] * 2


def test_look_says_what_it_could_not_look_for():
    def failing_model(text, *, by_rules_alone=False):
        return FOUND if by_rules_alone else failing(text)

    for find, is_blind, is_without_names, is_in_a_hurry in [
        (lambda text, **_: FOUND, False, False, False),
        (failing_model, False, True, False),
        (lambda text, **_: InAHurry(FOUND), False, True, True),
        (failing, True, True, False),
    ]:
        look = Look(find)

        assert look(WORDS) == ([] if is_blind else FOUND)
        assert (look.is_blind, look.is_without_names, look.is_in_a_hurry) == (is_blind, is_without_names, is_in_a_hurry)
        if not is_blind:
            assert look.surely(WORDS) == FOUND


def test_fault_on_one_text_says_nothing_of_another_and_is_logged_without_a_word(caplog):
    def too_long(text, **options):
        raise IdentifyingError

    assert scanner.scan_fields(WORDS, find=too_long).is_blind
    assert caplog.text == ""

    look = Look(lambda text, **_: failing(text) if text == WORDS else FOUND)
    assert look(WORDS) == []
    assert look.sight(WORDS).is_blind
    with pytest.raises(CannotLook):
        look.surely(WORDS)
    assert look.surely("Other words") == FOUND
    assert not look.sight("Other words").is_blind
    assert "KeyError" in caplog.text
    assert "Quillfeather" not in caplog.text
    assert not any(record.exc_info for record in caplog.records)
