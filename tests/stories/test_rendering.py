from stories.core import rendering


def test_every_character_of_a_story_is_escaped():
    html = rendering.text_as_html("<script>alert(\"1\")</script> & 'so' on")

    assert html == "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;so&#x27; on</p>"


def test_blank_lines_part_paragraphs_and_a_line_end_stays_a_line_end():
    html = rendering.text_as_html("One.\nStill one.\n \t\n\n\nTwo.\n")

    assert html == "<p>One.<br>\nStill one.</p>\n<p>Two.</p>"


def test_line_ends_of_every_system_are_the_same():
    assert rendering.split_paragraphs("One.\r\n\r\nTwo.\r\rThree.") == ["One.", "Two.", "Three."]


def test_text_of_spaces_alone_has_no_paragraph():
    assert rendering.text_as_html(" \n\n \t\n") == ""


def test_spaces_that_begin_a_paragraph_do_not_stay():
    assert rendering.text_as_html("One.\n\n   Two.") == "<p>One.</p>\n<p>Two.</p>"


def test_short_text_is_its_own_opening_on_one_line():
    assert rendering.text_opening("I rang 101.\n\nNobody came.", length=60) == "I rang 101. Nobody came."


def test_opening_ends_at_the_end_of_a_word():
    assert rendering.text_opening("I rang, and nobody answered", length=9) == "I rang…"
    assert rendering.text_opening("I rang, and nobody answered", length=11) == "I rang, and…"


def test_opening_of_exactly_its_length_is_whole():
    assert rendering.text_opening("I rang 101", length=10) == "I rang 101"


def test_one_endless_word_is_cut_where_it_stands():
    assert rendering.text_opening("A" * 50, length=10) == "A" * 10 + "…"
