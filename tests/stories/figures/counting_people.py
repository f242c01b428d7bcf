"""Made-up questions, and people who answered them, for tests of tables."""

from collections import Counter

from stories.figures.disclosure_audit import Version
from stories.figures.table_spec import EVERYBODY, Question, Table, shown_numbers


def question(name, *slugs, takes_many=False):
    return Question(name, f"{name}?", tuple((slug, slug.title()) for slug in slugs), takes_many=takes_many)


LAW = question("law", "yes", "some", "no")
KIND = question("kind", "yes", "no", "unsure")
WHY = question("why", "afraid", "slow", "health", takes_many=True)
BY_LAW, BY_KIND, BY_WHY = Table((LAW,)), Table((KIND,)), Table((WHY,))
LAW_BY_KIND, LAW_BY_WHY = Table((LAW, KIND)), Table((LAW, WHY))


def totals(*answers):
    """The totals of (how many people, {question: answer or answers}), as deciding adds them up."""
    found = Counter()
    for many, given in answers:
        ticked = {name: [slug] if isinstance(slug, str) else slug for name, slug in given.items()}
        found.update(dict.fromkeys((EVERYBODY, *ticked), many))
        found.update({f"{name}.{slug}": many for name, slugs in ticked.items() for slug in slugs})
        for first, second in (("law", "kind"), ("law", "why")):
            if first in ticked and second in ticked:
                found[f"{first} {second}"] += many
                for row in ticked[first]:
                    found.update({f"{first}.{row} {second}.{column}": many for column in ticked[second]})
    return found


def versions(tables, added):
    """Each table as every release would show it if none of them waited."""
    so_far, found = Counter(), {table.name: [] for table in tables}
    for step, more in enumerate(added):
        so_far.update(more)
        for table in tables:
            found[table.name].append(Version(step, shown_numbers(table, so_far)))
    return found
