import pytest
from hypothesis import example, given, settings, strategies as st

from stories.reading.search import terms

pytestmark = pytest.mark.store


def written(search):
    """Terms as short text: `-` leaves out, `+` joins a phrase, `*` ends a beginning."""
    return [
        f"{'-' * term.is_out}{'+'.join(token[1:] for token in term.tokens)}{'*' * term.is_beginning}"
        for term in search.terms
    ]


READ = {
    "": [],
    "police Evidence": ["polic", "evid"],
    "police policing POLICE": ["polic"],
    '"called me back" rang': ["call+me+back", "rang"],
    "“called me back” „rang up«": ["call+me+back", "rang+up"],
    "-police –officers −courts": ["-polic", "-offic", "-court"],
    '-"civil matter"': ["-civil+matter"],
    'police -"': ["polic"],
    "follow-up 101/999": ["follow+up", "101+999"],
    "a - b": ["a", "b"],
    '"not closed': ["not+close"],
    "evid* -évid*": ["evid*", "-evid*"],
    "(evid*)": ["evid*"],
    "title:police AND NEAR(a, b) OR ^c": ["titl+polic", "and", "near+a", "b", "or", "c"],
}
READ_OTHERWISE = {
    "ev*": (["ev"], terms.TOO_SHORT),
    "-e*": (["-e"], terms.TOO_SHORT),
    '"call* back"': (["call+back"], terms.STAR),
    "ev*dence": (["ev+denc"], terms.STAR),
    "follow-up*": (["follow+up"], terms.STAR),
    "*": ([], terms.NOTHING),
    "?! \x00 — “”": ([], terms.NOTHING),
    " ".join(map(str, range(25))): ([str(number) for number in range(20)], terms.TOO_MANY),
    "x" * 300: (["x" * 60], terms.TOO_LONG),
    f"{'police ' * 28}evidence": (["polic"], terms.TOO_LONG),
}


def test_terms_are_read_as_they_are_meant_and_what_was_read_otherwise_is_told():
    for typed, (expected, *notes) in ({typed: (read,) for typed, read in READ.items()} | READ_OTHERWISE).items():
        search = terms.parse_search(typed)

        assert (written(search), list(search.notes)) == (expected, notes), typed


@settings(max_examples=100)
@given(st.text(max_size=300))
@example('"""*** -"" -* ""* NEAR( ) { } ^ : + | & ! <-> \' \\ %s %(x)s')
def test_any_text_is_a_search_within_its_limits(typed):
    search = terms.parse_search(typed)

    assert len(search.terms) <= terms.MOST_TERMS
    assert all(term.tokens and all(term.tokens) for term in search.terms)
    assert bool(search.terms) or not typed.strip() or terms.NOTHING in search.notes
