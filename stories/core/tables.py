"""The tables of words, numbers and SQL that stand in TOML beside the modules that use them.

What people read in a table is English, and is put into a language where it is
shown: the catalogue of translations knows by name which tables and which
columns of them the public reads, and takes its sentences from there.

`stories.pii` reads its own, since it stands on nothing of ours.
"""

import tomllib
from pathlib import Path
from typing import Any


def read(module: str, name: str = "") -> dict[str, Any]:
    """Return the table of the given name beside a module, or the one that carries the module's own name.

    A module hands over its `__file__`, once, while it is being imported: a
    table with a fault in it stops the process before it answers anybody, and
    no request waits for the disk. What comes back is the module's own, which
    is why nothing here is kept.
    """
    beside = Path(module)
    table = beside.with_name(name) if name else beside.with_suffix(".toml")
    return tomllib.loads(table.read_text(encoding="utf-8"))
