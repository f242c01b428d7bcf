"""Where the bench has its invented stories: seeded once for each store and size, and copied for each run.

In BENCH_FOLDER they are kept for the next run, and on a server as databases named `heard_bench_…`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from serving import ROOT


@dataclass(frozen=True)
class Store:
    """SQLite, or the server at `url`, where databases can be made, with the Redis at `redis`."""

    name: str
    folder: Path
    url: str = ""
    redis: str = ""

    @contextmanager
    def site(self, stories: int, *, beside_yardstick: bool = False) -> Iterator[dict[str, str]]:
        """The environment of a site with so many stories, which may be written to and is gone afterwards."""
        kinds = ("heard", "yardstick") if beside_yardstick else ("heard",)
        seeded = {kind: self._seeded(kind, stories) for kind in kinds}
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            try:
                for kind, path in seeded.items():
                    shutil.copytree(path, folder, dirs_exist_ok=True)
                    self._make_database(f"{kind}_run", like=f"{kind}_{stories}")
                self._empty_redis()
                yield self._environment(Path(folder), "run") | {"BENCH_STORIES": str(stories)}
            finally:
                self.drop(*(f"{kind}_run" for kind in kinds))

    def drop(self, *databases: str) -> None:
        for name in databases:
            self._ask(f'DROP DATABASE IF EXISTS "{self._database(name)}" WITH (FORCE)')

    def drop_seeded(self) -> None:
        """Leave nothing on the server of what lies in the folder."""
        self.drop(*(path.name.partition("-")[2] for path in self.folder.glob(f"{self.name.lower()}-*")))

    def _seeded(self, kind: str, stories: int) -> Path:
        path = self.folder / f"{self.name.lower()}-{kind}_{stories}"
        if not path.exists():
            began, part = time.monotonic(), path.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            self._make_database(f"{kind}_{stories}")
            for command in _commands(kind, stories):
                environment = os.environ | self._environment(part, str(stories))
                subprocess.run(
                    [sys.executable, *command], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
                )
            # What was begun and not ended has another name.
            part.rename(path)
            print(f"{kind}: {stories:,} stories on {self.name} in {time.monotonic() - began:.0f} s", flush=True)
        return path

    def _environment(self, folder: Path, database: str) -> dict[str, str]:
        own = {"DEMO": "1", "DATA_DIR": str(folder), "RUN_DIR": f"{folder}/run", "BASE_URL": "http://127.0.0.1:8000"}
        own |= {"PYTHONPATH": os.pathsep.join(("site", ".", "bench")), "DJANGO_SETTINGS_MODULE": "heard.settings"}
        own["YARDSTICK_DATABASE_URL"] = f"sqlite:///{folder}/yardstick.sqlite3"
        if self.url:
            server = self.url.rpartition("/")[0]
            own["DATABASE_URL"] = f"{server}/{self._database(f'heard_{database}')}"
            own["YARDSTICK_DATABASE_URL"] = f"{server}/{self._database(f'yardstick_{database}')}"
        if self.redis:
            own["CACHE_URL"] = self._own_redis()
        return own

    def _own_redis(self) -> str:
        """A database of its own there too."""
        return f"{self.redis.rpartition('/')[0]}/7"

    def _empty_redis(self) -> None:
        """Leave none of the pages of another site."""
        if self.redis:
            import redis

            redis.from_url(self._own_redis()).flushdb()

    def _database(self, name: str) -> str:
        return f"heard_bench_{name}"

    def _make_database(self, name: str, *, like: str = "") -> None:
        # What a run left that was killed.
        self.drop(name)
        template = f' TEMPLATE "{self._database(like)}"' if like else ""
        self._ask(f'CREATE DATABASE "{self._database(name)}"{template}')

    def _ask(self, sql: str) -> None:
        if not self.url:
            return
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as server:
            server.execute(sql)


def _commands(kind: str, stories: int) -> list[list[str]]:
    if kind == "yardstick":
        return [["-m", "yardstick.seeding", str(stories)]]
    made = [["migrate"], ["collectstatic", "--noinput"], ["demo"], ["seed_stories", str(stories), "--yes"]]
    return [["manage.py", *words, "--verbosity", "0"] for words in made]
