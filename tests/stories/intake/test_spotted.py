"""What could identify somebody is marked and listed once in groups; what was chosen goes in wherever it stands."""

import re
from html import unescape

import pytest
from django.utils.datastructures import MultiValueDict

from stories.intake import highlights
from stories.intake.highlights import Spotted, look_once
from stories.pii import KINDS, MAX_CHARACTERS, Finding
from stories.pii.kinds import kinds_together, make_finding
from stories.pii.replacements import key_of
from tests.stories.intake.visiting import raising

TEXT = "My ex Jamie Holt rang me on 07700 900123. Jamie Holt said he would ring again."
TEXTS = {"account": TEXT, "differently": "", "well": "", "giveaways": "Call me on 07700 900123"}


def look_at(account, **more):
    return Spotted({**TEXTS, "account": account, **more}, look_once())


def listed(found):
    return [each for group in found.groups for each in group.listed]


def test_what_gives_somebody_away_is_not_looked_at_because_it_is_never_published():
    found = look_at("They listened.", giveaways="Call me on 07700 900123")

    assert (found.groups, set(found.looked)) == ([], {"account"})


def test_wording_that_is_sure_at_one_place_is_marked_as_sure_at_each():
    found = look_at("My ex Jamie Holt rang. I saw the man was called Jamie Holt.")

    assert len(found.groups) == 1
    assert "maybe" not in found.marked("account")


def test_sure_comes_before_unsure_and_combinations_and_quotations_come_last():
    found = look_at(
        'He posted "nobody would ever want you with a face like that you stupid cow" on Facebook. On 3 May 2024 I was '
        "in Bakewell. my daughter ellie rang 07700 900123."
    )

    assert [group.label for group in found.groups] == [
        "a phone number",
        "maybe a place",
        "maybe a child's name",
        "maybe an exact date and a small place",
        "maybe words that could be searched for",
    ]
    assert listed(found)[3].wording.others == "Bakewell"


def test_long_list_is_cut_and_what_is_left_out_is_counted_and_still_marked(monkeypatch):
    names = [first + second for first in "ABCDEF" for second in "abcdef"]
    findings = [make_finding((at, at + 2), "PERSON") for at in range(0, 3 * len(names), 3)]
    monkeypatch.setattr(highlights, "find_identifying", lambda text, **_: findings)

    found = look_at(" ".join(names))

    assert len(listed(found)) == highlights.MOST_LISTED == 30
    assert found.more == 6
    assert found.marked("account").count("<mark") == 36


def test_first_place_of_a_wording_is_counted_as_a_browser_counts():
    text = "😀👩‍👧 PC Sharma, and PC Sharma again."

    (each,) = listed(look_at("", well=text))

    in_utf16 = text.encode("utf-16-le")
    assert in_utf16[2 * each.first.start : 2 * each.first.end].decode("utf-16-le") == "Sharma"
    assert each.first.field == "well"
    assert each.first.start != text.index("Sharma")


def test_mark_says_in_words_what_it_is_and_only_the_first_leads_to_its_choices():
    html = look_at("PC Sharma rang. PC Sharma rang again.").marked("account")

    label = '<span class="visually-hidden"> (an officer&#x27;s name)</span>'
    assert html == (
        f'PC <mark id="mark-1"><a href="#spotted-1">Sharma{label}</a></mark> rang. '
        f"PC <mark>Sharma{label}</mark> rang again."
    )


def test_marked_words_are_all_the_words_and_cannot_become_markup():
    html = re.sub(r"<span.*?</span>", "", look_at(f"😀 {TEXT}\n\nThe end.").marked("account"))

    words = re.sub(r"</?(?:mark|a)\b[^>]*>", "", html).replace("<br>", "\n")
    assert unescape(words) == f"😀 {TEXT}\n\nThe end."
    html = look_at('<script>x</script> "PC Sharma" & <b>').marked("account")
    assert not re.search("<(script|b)>", html)
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_marked_and_listed(kind, monkeypatch):
    each = kinds_together(Finding(0, 4, kind, "", False), "job and place", "Bakewell") if kind == "TOGETHER" else None
    monkeypatch.setattr(highlights, "find_identifying", lambda text, **_: [each or make_finding((0, 4), kind)])

    found = look_at("Some words.")

    assert "<mark" in found.marked("account")
    assert found.groups[0].why.endswith(".")
    assert listed(found)[0].neutral


def test_where_the_model_fails_the_rules_still_look(monkeypatch, caplog):
    monkeypatch.setattr("stories.pii.model.names.likely_names", raising(MemoryError))

    found = look_at(TEXT)

    assert [each.wording.words for each in listed(found)] == ["Jamie Holt", "07700 900123"]
    assert found.hurried
    assert "MemoryError" in caplog.text


def test_text_that_is_too_long_for_a_look_is_shown_as_it_is(caplog):
    text = "PC Sharma. " * (MAX_CHARACTERS // 10)

    found = look_at(text)

    assert found.groups == []
    assert found.missed
    assert found.marked("account") == text
    assert caplog.records == []

    # The form refuses it, and no choice goes in.
    long, fields = "Jamie Holt " * (MAX_CHARACTERS // 10), {f"was_{NAME}": "Jamie Holt", f"swap_{NAME}": "[my ex]"}
    assert with_choices(FORM | {"account": long}, **fields) == (FORM | {"account": long}, 0)


FORM = {"account": TEXT, "differently": "", "well": "I rang 07700 900123.", "giveaways": "It is 07700 900123."}
NAME, PHONE = key_of("PERSON", "Jamie Holt"), key_of("PHONE", "07700 900123")


def with_choices(texts=FORM, **fields):
    """Put in what a form with these fields chose: the texts, and how many wordings gave way."""
    given = MultiValueDict({name.replace("_", "-"): [value] for name, value in fields.items()})
    changed, gone = highlights.put_in(texts, highlights.choice_fields(given), look_once())
    return changed, len(gone)


def account(**fields):
    return with_choices(**fields)[0]["account"]


@pytest.fixture
def blind(monkeypatch):
    """The finder finds nothing."""
    monkeypatch.setattr(highlights, "find_identifying", lambda text, **_: [])


def test_chosen_words_go_in_wherever_it_stands_and_what_is_taken_out_goes_whole():
    changed, how_many = with_choices(**{f"swap_{PHONE}": "[my number]", f"swap_{NAME}": "[my ex]"})

    assert changed == {
        "account": "[my ex] rang me on [my number]. [my ex] said he would ring again.",
        "differently": "",
        "well": "I rang [my number].",
        "giveaways": "It is 07700 900123.",
    }
    assert how_many == 2
    changed, how_many = with_choices(**{f"swap_{PHONE}": "take-out"})
    assert changed["account"] == "My ex Jamie Holt rang me. Jamie Holt said he would ring again."
    assert how_many == 1


def test_own_words_win_over_the_list_blank_ones_are_none_and_endless_ones_are_cut():
    for chosen in ("[my ex]", "keep", ""):
        text = account(**{f"swap_{NAME}": chosen, f"own_{NAME}": "the man who  did it\n"})
        assert text.casefold().count("the man who did it") == 2
        assert "Jamie" not in text
    for own in ("", " ", " \n "):
        assert account(**{f"own_{NAME}": own}) == TEXT
        assert "[my ex]" in account(**{f"own_{NAME}": own, f"swap_{NAME}": "[my ex]"})
    text = account(**{f"own_{NAME}": "x" * 5000})
    assert max(map(len, re.findall("x+", text))) == highlights.LONGEST_OWN
    # Those that are kept, unknown or empty change nothing.
    unknown = {f"swap_{'0' * 32}": "[a name]"}
    for fields in ({f"swap_{NAME}": "keep"}, {f"swap_{NAME}": ""}, unknown, {"swap_": "x"}, {}):
        assert with_choices(**fields) == (FORM, 0)


def test_listed_words_go_out_even_if_not_spotted_this_time_and_of_another_key_none(blind):
    fields = {f"was_{NAME}": "Jamie Holt", f"swap_{NAME}": "[my ex]", f"was_{PHONE}": "07700 900123"}

    changed, how_many = with_choices(FORM | {"well": "JAMIE HOLT, and Jamie Holton."}, **fields)

    assert changed["account"] == "[my ex] rang me on 07700 900123. [my ex] said he would ring again."
    assert changed["well"] == "[my ex], and Jamie Holton."
    assert how_many == 1
    for found, words in ((NAME, "rang"), (key_of("PERSON", ""), "")):
        assert account(**{f"was_{found}": words, f"swap_{found}": "[x]"}) == TEXT


def test_forged_choices_cannot_make_a_text_grow_without_bound(blind):
    fields = {}
    for number in range(500):
        words = f"w{number}"
        key = key_of("PERSON", words)
        fields |= {f"was_{key}": words, f"own_{key}": " ".join([f"w{number + 1}"] * 60)}

    changed, how_many = with_choices(FORM | {"account": "w0 w1 w2 " * 100}, **fields)

    assert how_many <= highlights.MOST_LISTED
    assert len(changed["account"]) <= 300 * highlights.LONGEST_OWN + 300
