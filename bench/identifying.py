"""How long the finder and the scanner of danger take, and what they hold in memory: what follows `make bench`'s table.

    python bench/identifying.py

Prints the medians for 300 words, what texts of 20,000 characters cost beside them, prose and the worst of the hostile
ones, and the memory gained.
Time is this process's own, so that whatever else runs on the machine counts for nothing.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
EMPTY = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

from stories.danger import scan_for_danger  # noqa: E402
from stories.pii import MAX_CHARACTERS, find_identifying  # noqa: E402
from stories.pii.model import names  # noqa: E402
from tests.stories.pii import scoring  # noqa: E402
from tests.stories.pii.hostile import HOSTILE, filled, made_up  # noqa: E402

STORY = (
    "My ex Dave put the pictures on a site and PC Hussein at Derby said that it was a civil matter. "
    "i rang again on monday and nobody knew about it, they said ring back. my sister Amrita came with me. "
)
IN_DANGER = "He is outside my house and says he will kill me tonight, I have the tablets here. I was 15 when it began. "
WORDS, ROUNDS = 300, 15
MOST_MS, MOST_MEGABYTES = 300, 150
# The longest text takes so many seconds at most, or so many times 300 words, whichever is more.
MOST_SECONDS, MOST_TIMES = 1.5, 8
MOST_DANGER_MS = 20


def main() -> int:
    is_here = names.is_here()
    print(f"The name model is {'here' if is_here else 'not here: rules alone'}.")
    median = _milliseconds(find_identifying, STORY)
    print(f"{WORDS} words: {median:.0f} ms, median of {ROUNDS} (at most {MOST_MS})")
    danger = _milliseconds(scan_for_danger, STORY + IN_DANGER)
    print(f"{WORDS} words for danger: {danger:.0f} ms, median of {ROUNDS} (at most {MOST_DANGER_MS})")
    most = max(MOST_SECONDS, MOST_TIMES * median / 1000)
    taken = [(_seconds(partial(find_identifying, text)), name) for name, text in _long_texts()]
    for seconds, name in [*taken[:3], max(taken)]:
        print(f"{MAX_CHARACTERS:,} characters, {name}: {seconds:.2f} s, {1000 * seconds / median:.1f} × {WORDS} words")
    worst = max(taken)[0]
    print(f"(at most {most:.2f} s, {MOST_TIMES} × {WORDS} words or {MOST_SECONDS} s)")
    danger_worst, shape = max((_seconds(partial(scan_for_danger, text)), name) for name, text in _long_texts())
    print(f"{MAX_CHARACTERS:,} characters for danger: {danger_worst:.2f} s at worst, {shape} (at most {most:.2f} s)")
    gained = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - EMPTY) / 1024
    print(f"Memory gained: {gained:.0f} MB at its highest (at most {MOST_MEGABYTES})")
    is_quick = median <= MOST_MS and danger <= MOST_DANGER_MS and max(worst, danger_worst) <= most
    return 0 if is_quick and gained <= MOST_MEGABYTES else 1


def _milliseconds(read: Callable[[str], object], story: str) -> float:
    text = " ".join((story * 20).split()[:WORDS])
    read(text)
    return 1000 * statistics.median(_seconds(partial(read, text)) for _ in range(ROUNDS))


def _long_texts() -> list[tuple[str, str]]:
    prose = next(scoring.in_prose(scoring.held_out("by_strangers"), "middle")).text
    told = [("prose", prose), ("a story again and again", filled(STORY)), ("a@", filled("a@ "))]
    told.append(("dots and a letter", f"{'.' * (MAX_CHARACTERS - 1)}a"))
    invented = [("words", made_up(4, 9)), ("short words", made_up(2, 3)), ("names", made_up(5, 6).title())]
    return [*told, *invented, *((name, filled(text)) for name, text in HOSTILE.items())]


def _seconds(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
