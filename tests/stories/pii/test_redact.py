"""Other words in place of what was found: the sentence around them can still be read."""

from stories.pii import replacements
from stories.pii.rule_files import sections_of
from tests.stories.pii import scoring

LINES = {name: lines.splitlines() for name, lines in sections_of(scoring.DATA / "redacted.txt").items()}


def edited(line, neutral=""):
    before, at, after = line.replace("}", "{").split("{")
    text = before + at + after
    done = replacements.Edit(text, len(before), len(before + at), neutral)
    return text[: done.start] + done.words + text[done.end :]


def test_other_words_take_the_noun_title_or_article_with_them():
    for line in LINES["put in"]:
        marked, neutral, wanted = line.split(" -> ")
        assert edited(marked, neutral) == wanted


def test_what_is_taken_out_takes_its_comma_title_and_space_with_it():
    for line in LINES["taken out"]:
        marked, wanted = line.split(" ->")
        assert edited(marked) == wanted.strip()


def test_an_edit_reaches_no_further_back_than_what_stands_before():
    text = "my ex, Kyle, had"
    done = replacements.Edit(text, 7, 11, "[my ex]", floor=3)

    assert done.start >= 3
    assert replacements.Edit(text, 7, 11, "", floor=7).start == 7
