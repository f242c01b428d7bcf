"""The check of a release finds what can be worked out, names it, and lets pass what can't."""

import random

import pytest

from stories.figures import disclosure_audit, table_spec
from stories.figures.disclosure_audit import Version
from stories.figures.disclosure_control import FEW, UNSHOWN
from stories.figures.table_spec import Table
from tests.stories.figures import counting_people as people
from tests.stories.figures.counting_people import BY_KIND, BY_LAW, LAW, LAW_BY_KIND, question, totals, versions


@pytest.fixture(autouse=True)
def _short_of_patience(monkeypatch):
    """What isn't found soon in tables as small as these isn't there."""
    monkeypatch.setattr(disclosure_audit, "PATIENCE", (1000,))


def law(yes, some, no):
    """And three who answered other questions alone."""
    return totals((yes, {"law": "yes"}), (some, {"law": "some"}), (no, {"law": "no"}), (3, {}))


def names(group, added, shown):
    return {known.name for known in disclosure_audit.find_disclosures(group, added, shown)}


def alone(shown):
    return {"law": [Version(0, shown)]}


@pytest.fixture
def _as_shown(monkeypatch):
    """Each number is what it says, and a hidden one is small or isn't."""
    spans = {FEW: (0, 9), UNSHOWN: (10, None)}
    read = lambda table, shown: {name: spans.get(cell) or (cell, cell) for name, cell in shown.items()}  # noqa: E731
    monkeypatch.setattr(table_spec, "possible_spans", read)


def test_table_made_by_the_rules_tells_nothing_but_new_numbers_after_nine_people():
    for answered in ((9, 9, 9), (41, 22, 3), (13, 13, 13), (120, 12, 60), (10, 0, 0)):
        assert not names([BY_LAW], [law(*answered)], versions([BY_LAW], [law(*answered)])), answered
    for more, told in ((9, {"law"}), (10, set())):
        added = [law(31, 42, 53), law(more, 0, 0)]
        assert names([BY_LAW], added, versions([BY_LAW], added)) == told, more


@pytest.mark.usefixtures("_as_shown")
def test_cell_that_is_hidden_alone_under_an_exact_total_is_named():
    shown = {"law.yes": 40, "law.some": 20, "law.no": FEW, "law": 64}

    assert "law.no" in names([BY_LAW], [law(40, 20, 4)], alone(shown))


def test_naive_rounding_is_named_for_the_small_numbers_that_it_shows(monkeypatch):
    added = [law(41, 22, 3)]
    shown = {name: (added[0][name] + 2) // 5 * 5 for name in (BY_LAW.name, *BY_LAW.cells)}

    nearest = {name: (max(0, cell - 2), cell + 2) for name, cell in shown.items()}
    monkeypatch.setattr(table_spec, "possible_spans", lambda table, shown: nearest)

    assert names([BY_LAW], added, alone(shown)) == {"law.no"}


def test_rounded_numbers_are_named_where_their_total_gives_them_away():
    """Four times thirteen is 15, 15, 15 and 15 under a total of 50: nothing else is."""
    four = Table((question("law", "yes", "some", "no", "unsure"),))
    added = [totals(*((13, {"law": slug}) for slug in four.questions[0].slugs))]
    shown = {name: (added[0][name] + 2) // 5 * 5 for name in (four.name, *four.cells)}

    assert set(four.cells) <= names([four], added, alone(shown))


def test_hidden_cell_is_named_where_the_table_of_one_question_gives_it_away():
    """Of 52 who said no, four times thirteen are shown: that leaves nobody for the answers that are hidden."""
    slugs = ("a", "b", "c", "d", "e", "f")
    kind = question("kind", *slugs)
    by_kind, pair = Table((kind,)), Table((LAW, kind))
    others = [(34, {"law": "yes", "kind": "a"}), (20, {"law": "some", "kind": "a"})]
    added = [totals(*((13, {"law": "no", "kind": slug}) for slug in slugs[:4]), *others)]
    shown = versions([BY_LAW, by_kind, pair], added)
    hidden = {"law.no kind.e", "law.no kind.f"}

    assert not hidden & names([BY_LAW, by_kind, pair], added, {pair.name: shown[pair.name]})
    assert hidden <= names([BY_LAW, by_kind, pair], added, shown)


@pytest.mark.usefixtures("_as_shown")
def test_number_is_named_that_only_two_releases_together_give_away():
    """Sixteen said "some" in the second, so no more did in the first, whose two hidden cells are 25 together."""
    added = [law(20, 16, 9), law(10, 0, 0)]
    first = {"law.yes": 20, "law.some": UNSHOWN, "law.no": FEW, "law": 45}
    second = {"law.yes": UNSHOWN, "law.some": 16, "law.no": FEW, "law": 55}
    both = {"law": [Version(0, first), Version(1, second)]}

    for each in both["law"]:
        assert "law.no" not in names([BY_LAW], added, {"law": [each]})
    assert "law.no" in names([BY_LAW], added, both)


def test_releases_of_three_tables_that_share_a_question_tell_nothing():
    dice = random.Random(5)

    def of_one():
        return {"law": dice.choice(LAW.slugs)} | (
            {"kind": dice.choice(people.KIND.slugs)} if dice.random() < 0.8 else {}
        )

    def of_several():
        return {"law": dice.choice(LAW.slugs), "why": dice.sample(people.WHY.slugs, dice.randint(1, 3))}

    for group, answers in (
        ([BY_LAW, BY_KIND, LAW_BY_KIND], of_one),
        ([BY_LAW, people.BY_WHY, people.LAW_BY_WHY], of_several),
    ):
        added = [totals(*((1, answers()) for _ in range(60))) for _ in range(3)]

        assert not names(group, added, versions(group, added)), answers


def test_totals_that_no_people_could_have_given_are_refused():
    added = [law(20, 20, 20) | {"law kind": 5, "law.yes kind.yes": 5}]

    with pytest.raises(ValueError, match="any people"):
        disclosure_audit.find_disclosures([BY_LAW, BY_KIND, LAW_BY_KIND], added, {})
