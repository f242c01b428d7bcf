"""Names by where they come from, each put into the same sentences, to see that none is found less often."""

from collections.abc import Callable, Iterator

from stories.pii import Finding
from tests.stories.pii.scoring import DATA, Detail, Marked, Score, score

# First name and surname, the first name alone, the surname alone; as people write them, and in small letters.
FRAMES = (
    "It was {whole} who posted it, I am sure of that.",
    "I told {first} what had happened and we went in together.",
    "My statement was taken by PC {last} on the Sunday.",
    "In the end {first} drove me home.",
    "Everybody at work had seen it by then, even {first} and the boss.",
    "The letter was signed {whole}.",
    "So {first} said just ring them again.",
)


def read() -> dict[str, list[str]]:
    """The names of each origin."""
    lines = (DATA / "names_by_origin.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(": ") for line in lines if not line.startswith("#")]
    return {origin: names.split(", ") for origin, names in pairs}


def scored(find: Callable[[str], list[Finding]]) -> Score:
    """Count what is found of every name, by its origin."""
    return score(_texts(), find)


def _texts() -> Iterator[Marked]:
    for origin, names in read().items():
        for number, name in enumerate(names):
            for frame in FRAMES:
                yield _marked(frame, name, origin, is_lower=number % 2 == 1)


def _marked(frame: str, name: str, origin: str, *, is_lower: bool) -> Marked:
    first, last = name.rsplit(" ", 1)
    shown = {"whole": name, "first": first, "last": last}[frame[frame.index("{") + 1 : frame.index("}")]]
    before, after = frame.partition("{")[0], frame.partition("}")[2]
    text = before + shown + after
    detail = Detail("PERSON", len(before), len(before) + len(shown), origin)
    return Marked(text.lower() if is_lower else text, "lower" if is_lower else "plain", (detail,))
