"""What the name model sees, weighed word by word; the likelihoods here are made up, so no model is needed."""

import pytest

from stories.pii.context import bare_names
from stories.pii.kinds import make_finding
from stories.pii.model.names import Likely
from stories.pii.tokens import Words


def seen(marked, *, likelihood, sort="name"):
    """The words of the text without its braces, each between them seen with this made-up likelihood."""
    text = marked.replace("{", "").replace("}", "")
    start, end = marked.index("{"), marked.index("}") - 1
    words = Words(text)
    pieces = [
        Likely(token.start, token.end, **{name: likelihood if inside and name == sort else 0.0 for name in SORTS})
        for token in words.tokens
        for inside in [start <= token.start < end]
    ]
    bare_names.see_words(words, pieces)
    return words


SORTS = ("name", "place", "street")
# What the model calls a name and is none, each beside a name that the same likelihood makes one.
VETOED = [
    ("a small word", 0.99, "i went {there} alone", "i rang {tamsyn} alone"),
    ("a county", 0.99, "I moved to {Sussex} then", "I wrote to {Suzzanah} then"),
    ("a force", 0.99, "so {Lothbury} Police came", "so {Lothbury} came"),
    ("an abbreviation", 0.99, "the {CAIT} team came", "the {Oyelami} family came"),
    ("a rank", 0.99, "the {sgt} laughed at me", "then {zofka} laughed at me"),
    ("a slip of the pen", 0.95, "he {laguhed} at me", "he told {lagurra} me"),
    ("a word of the dictionary", 0.99, "she read it {aloud} to him", "she read it to {abayla} then"),
    ("a word that is a name, half seen", 0.5, "we dance and {mark} it", "we dance and {Mark} it"),
    ("a virtue", 0.9, "he answered with {mercy} then", "he answered {Mercy} then"),
    ("too little seen", 0.4, "she told {abayla} then", None),
]


def test_no_name_stays_quiet():
    for what, likelihood, vetoed, _real in VETOED:
        assert list(bare_names.find_model_names(seen(vetoed, likelihood=likelihood))) == [], what


def test_real_name_beside_it_is_found_and_one_of_two_words_is_one_finding():
    rows = [(likelihood, real) for _what, likelihood, _vetoed, real in VETOED if real]
    for likelihood, real in [*rows, (0.9, "then {Zofka Abayla} rang")]:
        found = bare_names.find_model_names(seen(real, likelihood=likelihood))

        shown = [(each.start, each.end, each.kind, each.sure) for each in found]
        assert shown == [(real.index("{"), real.index("}") - 1, "PERSON", False)]


@pytest.mark.parametrize(("sort", "kind"), [("place", "PLACE"), ("street", "ADDRESS")])
def test_town_and_street_take_a_word_that_is_odd(sort, kind):
    odd = bare_names.find_model_names(seen("we met in {Nantcwnlle} then", likelihood=0.95, sort=sort))
    ordinary = bare_names.find_model_names(seen("we met in {mine} then", likelihood=0.95, sort=sort))

    assert [each.kind for each in odd] == [kind]
    assert list(ordinary) == []


def test_bare_guess_goes_where_the_model_sees_nothing_and_a_sure_finding_never():
    for marked, likelihood, is_sure, kept in (
        ("I bought it from {Warehouse} then", 0.0, False, False),
        ("I bought it from {Warehouse} then", 0.1, False, True),
        ("I bought it from {Siobhan} then", 0.0, False, True),
        ("I bought it from {Warehouse} then", 0.0, True, True),
    ):
        guess = make_finding((marked.index("{"), marked.index("}") - 1), "PERSON", sure=is_sure)

        left = bare_names.without_the_unlikely(seen(marked, likelihood=likelihood), [guess])
        assert list(left) == ([guess] if kept else []), marked


def test_without_the_model_every_guess_stays_and_nothing_is_added():
    words = Words("I bought it from Warehouse then")
    guess = make_finding((17, 26), "PERSON", sure=False)

    assert list(bare_names.without_the_unlikely(words, [guess])) == [guess]
    assert list(bare_names.find_model_names(words)) == []


def test_word_has_the_highest_likelihood_of_its_pieces():
    words = Words("tunde is")
    bare_names.see_words(words, [Likely(0, 2, 0.1, 0.2, 0.3), Likely(2, 5, 0.9, 0.1, 0.0), Likely(6, 8, 0.4, 0.0, 0.0)])

    assert [token.seen for token in words.tokens] == [Likely(0, 5, 0.9, 0.2, 0.3), Likely(6, 8, 0.4, 0.0, 0.0)]
