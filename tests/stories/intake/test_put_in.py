"""Only what was chosen is put in, everywhere that wording stands, and what was typed wins."""

import re

import pytest
from django.utils.datastructures import MultiValueDict

from stories.intake import highlights
from stories.intake.highlights import look_once
from stories.pii import MAX_CHARACTERS
from stories.pii.replacements import key_of

TEXT = "My ex Jamie Holt rang me on 07700 900123. Jamie Holt said he would ring again."
TEXTS = {"account": TEXT, "differently": "", "well": "I rang 07700 900123.", "giveaways": "It is 07700 900123."}
NAME, PHONE = key_of("PERSON", "Jamie Holt"), key_of("PHONE", "07700 900123")


def with_choices(texts=TEXTS, **fields):
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


def test_chosen_words_go_in_wherever_it_stands():
    changed, how_many = with_choices(**{f"swap_{PHONE}": "[my number]", f"swap_{NAME}": "[my ex]"})

    assert changed == {
        "account": "[my ex] rang me on [my number]. [my ex] said he would ring again.",
        "differently": "",
        "well": "I rang [my number].",
        "giveaways": "It is 07700 900123.",
    }
    assert how_many == 2


def test_own_words_win_over_the_words_of_the_list_and_over_keeping():
    for chosen in ("[my ex]", "keep", ""):
        text = account(**{f"swap_{NAME}": chosen, f"own_{NAME}": "the man who  did it\n"})

        assert text.casefold().count("the man who did it") == 2
        assert "Jamie" not in text


@pytest.mark.parametrize("own", ["", " ", " \n "])
def test_blank_own_words_are_none(own):
    assert account(**{f"own_{NAME}": own}) == TEXT
    assert "[my ex]" in account(**{f"own_{NAME}": own, f"swap_{NAME}": "[my ex]"})


def test_what_is_taken_out_goes_with_what_belongs_to_it():
    changed, how_many = with_choices(**{f"swap_{PHONE}": "take-out"})

    assert changed["account"] == "My ex Jamie Holt rang me. Jamie Holt said he would ring again."
    assert how_many == 1


def test_own_words_are_cut_where_no_browser_lets_anybody_type_on():
    text = account(**{f"own_{NAME}": "x" * 5000})

    assert max(map(len, re.findall("x+", text))) == highlights.LONGEST_OWN


def test_kept_unknown_and_empty_choices_change_nothing():
    unknown = {f"swap_{'0' * 32}": "[a name]"}
    for fields in ({f"swap_{NAME}": "keep"}, {f"swap_{NAME}": ""}, unknown, {"swap_": "x"}, {}):
        assert with_choices(**fields) == (TEXTS, 0)


def test_choice_still_fits_after_an_edit_around_it():
    edited = TEXTS | {"account": "😀 In the end I can say it. " + TEXT}

    assert "Jamie" not in with_choices(edited, **{f"swap_{NAME}": "[my ex]"})[0]["account"]


def test_listed_words_go_out_even_if_they_are_not_spotted_this_time(blind):
    fields = {f"was_{NAME}": "Jamie Holt", f"swap_{NAME}": "[my ex]", f"was_{PHONE}": "07700 900123"}

    changed, how_many = with_choices(TEXTS | {"well": "JAMIE HOLT, and Jamie Holton."}, **fields)

    assert changed["account"] == "[my ex] rang me on 07700 900123. [my ex] said he would ring again."
    assert changed["well"] == "[my ex], and Jamie Holton."
    assert how_many == 1


def test_words_of_another_key_are_not_replaced(blind):
    assert account(**{f"was_{NAME}": "rang", f"swap_{NAME}": "[x]"}) == TEXT
    assert account(**{f"was_{key_of('PERSON', '')}": "", f"swap_{key_of('PERSON', '')}": "[x]"}) == TEXT


def test_text_too_long_for_a_look_is_left_to_the_form_to_refuse():
    long = "Jamie Holt " * (MAX_CHARACTERS // 10)
    fields = {f"was_{NAME}": "Jamie Holt", f"swap_{NAME}": "[my ex]"}

    assert with_choices(TEXTS | {"account": long}, **fields) == (TEXTS | {"account": long}, 0)


def test_forged_choices_cannot_make_a_text_grow_without_bound(blind):
    fields = {}
    for number in range(500):
        words = f"w{number}"
        key = key_of("PERSON", words)
        fields |= {f"was_{key}": words, f"own_{key}": " ".join([f"w{number + 1}"] * 60)}

    changed, how_many = with_choices(TEXTS | {"account": "w0 w1 w2 " * 100}, **fields)

    assert how_many <= highlights.MOST_LISTED
    assert len(changed["account"]) <= 300 * highlights.LONGEST_OWN + 300
