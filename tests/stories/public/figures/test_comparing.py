import pytest

from bench.seeding import stories as seeding
from stories.models import Force, Story
from stories.public import edition, named_lists
from stories.public.figures import comparing, wilson

ADDRESS = "/forces/compare/"


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 30, 0.0, 0.1135), (15, 30, 0.3315, 0.6685), (30, 30, 0.8865, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_interval_is_wilsons(part, whole, low, high):
    assert wilson.interval(part, whole) == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (2, 1), (-1, 5)])
def test_no_share_is_of_nobody(part, whole):
    with pytest.raises(ValueError, match="A share"):
        wilson.interval(part, whole)


@pytest.mark.django_db
def test_forces_with_few_stories_are_not_compared_and_the_page_says_why(visitor):
    assert "Choose two police forces." in visitor.words(f"{ADDRESS}?force=kent")
    assert "Choose two" not in visitor.words(ADDRESS)

    words = visitor.words(f"{ADDRESS}?force=kent&force=essex")

    assert "Each force needs 30 published stories" in visitor.words(ADDRESS)
    assert "There are fewer than 30 stories about: Essex Police, Kent Police. What there is about each:" in words
    assert 'href="/forces/kent/"' in visitor.read(f"{ADDRESS}?force=kent&force=essex")
    assert "What came of the reports Essex" not in words


@pytest.mark.django_db
def test_force_with_few_stories_leads_to_no_comparison(visitor, monkeypatch):
    assert ADDRESS not in visitor.read("/forces/kent/")

    monkeypatch.setattr(comparing, "FEWEST", 0)
    edition.bump()
    edition.forget()

    assert f"{ADDRESS}?force=kent" in visitor.read("/forces/kent/")


@pytest.mark.django_db
@pytest.mark.slow
def test_two_forces_stand_in_the_order_of_their_names_whichever_was_asked_for_first(visitor, monkeypatch):
    seeding.seed(300, chance=6)
    edition.forget()
    counts = {each: Story.live.filter(force=each).count() for each in Force.objects.values_list("pk", flat=True)}
    first, second = sorted(counts, key=counts.get)[-2:]
    monkeypatch.setattr(comparing, "FEWEST", min(counts[first], counts[second]))

    there, back = (visitor.words(f"{ADDRESS}?force={a}&force={b}") for a, b in ((first, second), (second, first)))

    assert there == back
    assert "not a sample" in there
    rows = comparing.rows(named_lists.read(), comparing.chosen(named_lists.read(), [first, second]))
    assert len(rows) == 8
    assert all(len(row["sides"]) == 2 for row in rows)
    small = [side for row in rows for side in row["sides"] if side.stories == "fewer than 10"]
    assert small
    assert not any(side.share or side.width for side in small)
