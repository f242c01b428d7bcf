"""`make bench`: one table, on SQLite and, where there is a server for it, on PostgreSQL with Redis.

Machines differ, so what counts are ratios: each was measured in turn with what it stands beside, and its row says the
middle, the spread, and what is asked. BENCH_FOLDER names a folder where the invented stories are kept for the next run.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from changing import ASKED, PUBLISH, TAKE_DOWN
from serving import ROOT
from stores import Store
from table import Table, bars

PAGE = ROOT / "docs" / "performance.md"
Found = dict[int, dict[str, list[float]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=100_000, help="the most of them (100,000)")
    parser.add_argument("--memory", action="store_true", help="an hour of changes too")
    parser.add_argument("--rest", action="store_true", help="the moderators' queue and attacks too")
    parser.add_argument("--quick", action="store_true", help="one short round of each, to see that it runs")
    parser.add_argument("--write", action="store_true", help=f"write how it grows to {PAGE.relative_to(ROOT)}")
    given = parser.parse_args()
    os.environ |= {"BENCH_QUICK": "1"} if given.quick else {}
    # The demo's secrets lie there, and its accounts.
    os.umask(0o077)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        kept = os.environ.get("BENCH_FOLDER")
        grown, missed = _measure_all(_stores(Path(kept or folder)), given, is_kept=bool(kept))
    if given.write:
        _write(grown)
    print(f"\nDone in {(time.monotonic() - began) / 60:.0f} minutes." + (" Some rows were missed." if missed else ""))
    return int(missed)


def _measure_all(stores: list[Store], given: argparse.Namespace, *, is_kept: bool) -> tuple[dict[str, Found], bool]:
    """How it grows on each store, and whether anything was missed."""
    grown, missed = {}, False
    try:
        for store in stores:
            grown[store.name], is_missed = _measure(store, given.stories, with_memory=given.memory)
            missed |= is_missed
        missed |= not given.quick and _run("bench/identifying.py", os.environ)
        if given.rest:
            with stores[0].site(given.stories // 100) as site:
                missed |= _run("bench/lanes.py", site)
            missed |= _run("bench/attacks.py", os.environ)
    finally:
        for store in stores if not is_kept else ():
            store.drop_seeded()
    return grown, missed


def _stores(folder: Path) -> list[Store]:
    folder.mkdir(parents=True, exist_ok=True)
    url, redis = (os.environ.get(f"TEST_{name}_URL", "") for name in ("POSTGRESQL", "REDIS"))
    if not url:
        print("Not on PostgreSQL: set TEST_POSTGRESQL_URL to a server where databases can be made.")
    return [Store("SQLite", folder), *([Store("PostgreSQL", folder, url, redis)] if url else [])]


def _measure(store: Store, most: int, *, with_memory: bool) -> tuple[Found, bool]:
    """Print this store's table; returns what was found of each size, and whether something was missed."""
    print(f"\n--- {store.name}{' and Redis' if store.redis else ''}, {most:,} stories", flush=True)
    parts = ["reading.py", "front.py", "sending.py", *(["changing.py --hour"] if with_memory else [])]
    found, missed = {}, False
    for stories in (most // 100, most // 10, most):
        with store.site(stories, beside_yardstick=stories == most) as site:
            # What was seeded by another version is brought up to this one.
            _run("manage.py migrate --verbosity 0", site)
            found[stories] = json.loads(_output("bench/changing.py", site))
            if stories == most:
                missed = sum(_run(f"bench/{part}", site) for part in parts) > 0
    return found, _report(found) or missed


def _run(command: str, environment: Mapping[str, str]) -> bool:
    """True if that missed something, and printed so."""
    return subprocess.call([sys.executable, *command.split()], cwd=ROOT, env=os.environ | {**environment}) != 0


def _output(command: str, environment: Mapping[str, str]) -> str:
    return subprocess.check_output([sys.executable, command], cwd=ROOT, env=os.environ | {**environment}, text=True)


# --- How it grows ---------------------------------------------------------------------------


def _report(found: Found) -> bool:
    table = Table()
    table.heading(f"a change, ms, at {' · '.join(f'{stories:,}' for stories in found)} stories")
    for name, (asked, middles) in _growth(found).items():
        beside = f"{bars(middles, asked or max(middles))} {' · '.join(f'{middle:.0f}' for middle in middles)}"
        table.row(name, found[max(found)][name], most=asked, beside=beside)
    grown = [_growth(found)[name][1] for name in (PUBLISH, TAKE_DOWN)]
    table.row("publish or take down, times that of the fewest", [max(each[-1] / each[0] for each in grown)], most=2)
    return table.missed > 0


def _growth(found: Found) -> dict[str, tuple[float | None, list[float]]]:
    """Of each thing, what is asked of the most stories and the middles of all sizes."""
    return {name: (asked, [statistics.median(each[name]) for each in found.values()]) for name, asked in ASKED.items()}


def _write(grown: dict[str, Found]) -> None:
    tables = [_in_markdown(store, found) for store, found in grown.items()]
    begin, end = "<!-- `python bench/run.py --write` writes this -->\n", "<!-- to here -->\n"
    before, _, rest = PAGE.read_text().partition(begin)
    PAGE.write_text(f"{before}{begin}{chr(10).join(tables)}{end}{rest.partition(end)[2]}")


def _in_markdown(store: str, found: Found) -> str:
    lines = [
        f"| ms, {store} | {' | '.join(f'{stories:,}' for stories in found)} | | asked |",
        f"|{'---|' * (len(found) + 3)}",
    ]
    for name, (asked, middles) in _growth(found).items():
        cells = [*(f"{middle:.0f}" for middle in middles), bars(middles, asked or max(middles)), f"{asked or ''}"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
