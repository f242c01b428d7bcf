"""Places as a browser counts them."""

from hypothesis import given, settings, strategies as st

from stories.pii import Finding, find_identifying, to_utf16

EMOJI = "😭👩‍👧👍🏽"


def as_a_browser_cuts(text, found):
    units = text.encode("utf-16-le")
    return units[2 * found.start : 2 * found.end].decode("utf-16-le")


def test_findings_after_emoji_are_where_the_browser_looks():
    text = f"{EMOJI} my ex Dave {EMOJI} rang from 07700 900123"

    shown = [as_a_browser_cuts(text, each) for each in to_utf16(text, find_identifying(text))]

    assert shown == ["Dave", "07700 900123"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30), st.data())
def test_any_span_of_any_text_is_the_same_words_in_both(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    (moved,) = to_utf16(text, [Finding(start, end, "PERSON", "", sure=True)])

    assert as_a_browser_cuts(text, moved) == text[start:end]
