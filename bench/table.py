"""The rows of the bench's table: what was measured, its spread, what is asked, and whether it was missed."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

BARS = "▁▂▃▄▅▆▇█"


@dataclass
class Table:
    """Prints each row once it is measured; `missed` counts those that are not as asked."""

    missed: int = 0

    def heading(self, title: str) -> None:
        print(f"\n{title:<47} {'middle':>8} {'spread':>17} {'asked':>8}", flush=True)

    def row(
        self,
        name: str,
        values: Sequence[float],
        *,
        least: float | None = None,
        most: float | None = None,
        beside: str = "",
    ) -> None:
        middle = statistics.median(values)
        spread = f"{_short(min(values))} – {_short(max(values))}" if len(values) > 1 else ""
        asked = f"≥ {least:.2f}" if least is not None else f"≤ {most:g}" if most is not None else ""
        is_missed = (least is not None and middle < least) or (most is not None and middle > most)
        self.missed += is_missed
        said = (
            f"{name:<47} {_short(middle):>8} {spread:>17} {asked:>8} {' missed' if is_missed else '       '} {beside}"
        )
        print(said.rstrip(), flush=True)

    def absent(self, name: str, why: str) -> None:
        print(f"{name:<47} {why}", flush=True)


def bars(values: Sequence[float], full: float) -> str:
    """A picture of a line's height; a full one is what is asked, or more."""
    return "".join(BARS[min(int(len(BARS) * value / full), len(BARS) - 1)] for value in values)


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
