"""When danger is answered, and what a yes has to say of it: rules over facts, without a database."""

from moderation.policies import danger
from moderation.policies.danger import DangerFacts, SealedNo, Statement

CALM = {"life": "no", "under-18": "no"}
SENTENCE = "Her sister is with her since Monday."


def look(by, dangers=0, **answers):
    given = {slug.replace("_", "-"): said for slug, said in answers.items()}
    return {"by": by, "answers": CALM | given, "dangers": dangers}


def no(by, looks=0, dangers=0, place="first"):
    return SealedNo(by=by, place=place, digest="d", looks=looks, dangers=dangers)


ANSWERED = {
    "nothing was ever said of danger": DangerFacts(),
    "nobody doubts in a first look": DangerFacts(looks=[look(1)]),
    "two said no in first looks after a yes": DangerFacts(looks=[look(1, life="yes"), look(1), look(2)]),
    "one said no in a look and one with a yes": DangerFacts(
        looks=[look(1, life="yes"), look(1)], noes=[no(2, looks=2)]
    ),
    "two said no to what the label says": DangerFacts([look(1, 1)], [no(1, 1, 1), no(2, 1, 1)], True, 1),
}
OPEN = {
    "the label speaks of danger": DangerFacts(is_label_urgent=True, dangers=1),
    "a reader says yes": DangerFacts(looks=[look(1, life="yes")]),
    "a reader is not sure": DangerFacts(looks=[look(1, life="not-sure")]),
    "somebody may be under 18": DangerFacts(looks=[look(1, under_18="not-sure")]),
    "one person said no twice": DangerFacts([look(1, 1), look(1, 1)], [no(1, 2, 1)], True, 1),
    "the noes came before a later yes": DangerFacts([look(1), look(2), look(3, life="yes")], [no(1), no(2)]),
    "the noes came before a later doubt": DangerFacts([look(1), look(2), look(3, life="not-sure")], [no(1), no(2)]),
    "they wrote of danger after the noes": DangerFacts([look(1, 1)], [no(1, 1, 1), no(2, 1, 1)], True, 2),
    "a look says no to one of the two alone": DangerFacts(
        [look(1, 1, under_18="not-sure"), look(1, 1), look(2, 1, under_18="not-sure")], (), True, 1
    ),
}


def test_danger_is_answered():
    for name, facts in (ANSWERED | OPEN).items():
        assert danger.is_answered(facts) == (name in ANSWERED), name
        assert (danger.why_not_calm(facts) is None) == (name in ANSWERED), name


def test_yes_goes_with_a_plain_no_and_nothing_else():
    for now in ("", "yes", "not-sure", "No", "maybe"):
        assert danger.why_not_no_danger(Statement(now, SENTENCE), DangerFacts()), now
    assert danger.why_not_no_danger(Statement("no"), DangerFacts(looks=[look(1)])) is None


def test_no_takes_a_sentence_where_something_spoke_of_danger():
    for facts in (OPEN["the label speaks of danger"], OPEN["a reader is not sure"]):
        for text in ("", "   ", "fine now", "."):
            assert "in a sentence" in danger.why_not_no_danger(Statement("no", text), facts), text
        assert danger.why_not_no_danger(Statement("no", SENTENCE), facts) is None


def test_second_no_stands_only_after_a_first_that_is_about_now():
    facts = DangerFacts([look(1, 1)], is_label_urgent=True, dangers=1)

    assert danger.why_not_first_no(no(1, looks=1, dangers=1), facts) is None
    assert danger.why_not_first_no(None, facts)
    assert danger.why_not_first_no(no(1, looks=1, dangers=0), facts)
    assert danger.why_not_first_no(no(1, looks=1), DangerFacts(looks=[look(1), look(2, life="yes")]))
