"""What could identify somebody is marked, listed once, and replaced only where that was chosen."""

from stories.telling import spotted

TEXT = "My ex Jamie Holt rang me on 07700 900123. Jamie Holt said he would ring again."
TEXTS = {"account": TEXT, "differently": "", "well": "", "giveaways": "Call me on 07700 900123"}


def found(words, texts=TEXTS, **chosen):
    return next(each for each in spotted.Look(texts).listed(chosen) if each.words == words)


def test_wording_that_stands_twice_is_listed_once():
    assert found("Jamie Holt").times == 2
    assert [each.words for each in spotted.Look(TEXTS).listed({})].count("Jamie Holt") == 1


def test_what_gives_somebody_away_is_not_looked_at_because_it_is_never_published():
    assert found("07700 900123").times == 1


def test_mark_says_in_words_what_it_is():
    assert '<mark>07700 900123 <span class="mark-label">(a phone number)</span></mark>' in spotted.Look(TEXTS).marked(
        "account"
    )


def test_marked_words_cannot_become_markup():
    texts = TEXTS | {"account": '<script>x</script> "Jamie Holt" & <b>'}

    html = spotted.Look(texts).marked("account")

    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_marked_words_are_all_the_words():
    import re
    from html import unescape

    html = re.sub(r' <span class="mark-label">.*?</span>', "", spotted.Look(TEXTS).marked("account"))

    assert unescape(re.sub(r"</?mark>", "", html)) == TEXT


def test_chosen_words_go_in_wherever_it_stands():
    name = found("Jamie Holt")
    neutral = dict(name.choices)["0"]

    text = spotted.replaced(TEXTS, {name.swap: "0"})["account"]

    assert "Jamie" not in text
    assert text.count(neutral) == 2
    assert "07700 900123" in text


def test_kept_unknown_and_forged_choices_change_nothing():
    swap = found("Jamie Holt").swap

    for choice in ("keep", "", "99", "-1", "x", "²"):
        assert spotted.replaced(TEXTS, {swap: choice}) == TEXTS
    assert spotted.replaced(TEXTS, {"swap-00000000": "0"}) == TEXTS


def test_choice_still_fits_after_an_edit_around_it():
    swap = found("Jamie Holt").swap
    edited = TEXTS | {"account": "In the end I can say it. " + TEXT}

    assert "Jamie" not in spotted.replaced(edited, {swap: "0"})["account"]


def test_neutral_words_are_not_spotted_again():
    chosen = {each.swap: "0" for each in spotted.Look(TEXTS).listed({})}

    assert spotted.Look(spotted.replaced(TEXTS, chosen)).listed({}) == []


def test_fault_in_the_spotting_keeps_nobody_from_sending(monkeypatch):
    def fail(text):
        raise ZeroDivisionError

    monkeypatch.setattr(spotted, "find", fail)

    assert spotted.Look(TEXTS).listed({}) == []
    assert spotted.Look(TEXTS).marked("account").startswith("My ex Jamie")
