"""Write docs/configuration.md from the table of the environment: `.venv/bin/python docs/write_configuration.py`."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "configuration.md"
TABLE = ROOT / "site" / "heard" / "environment.toml"
HEAD = """# Configuration

Made from `site/heard/environment.toml` by `docs/write_configuration.py`: change the table, then run it.

Heard reads these names from its environment and no others. On a machine that `heard setup` made they are in
`/etc/heard/heard.env`, and what differs for the desk in `/etc/heard/desk.env`. Each is checked at the start: a value
that can't be right stops it with one line that says what is wrong, and a name with a slip in it is named.

- One name a line, `NAME=value`. A comment goes on a line of its own: systemd keeps one behind a value as a part of it.
- A **secret** may be in a file whose path is in `NAME_FILE` (`SECRET_KEY_FILE=/run/secrets/secret_key`), or be handed
  over by systemd (`LoadCredential=SECRET_KEY:/etc/heard/SECRET_KEY`). Its value is in no message.
- The desk's process has the same BASE_URL as all others, because letters to forces carry it. Its own is DESK_URL.
"""


def as_markdown():
    """The whole page; a test fails where the file says anything else."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    sections = [_section(name, row, table["kinds"][row["kind"]]) for name, row in table["names"].items()]
    return "\n".join([HEAD, *sections])


def _section(name, row, kind):
    marks = [word for word, key in (("needed", "is_needed"), ("secret", "is_secret")) if row.get(key)]
    wanted = kind.format(among=", ".join(row.get("among", ())), least=row.get("least", 0), most=row.get("most"))
    facts = [f"{wanted[0].upper()}{wanted[1:]}."]
    if not row.get("is_needed"):
        facts.append(f"Without it: {row.get('without') or row.get('default') or 'no'}.")
    facts += [f"For {row['whom']}."] if row.get("whom") else []
    example = row["example"] if "`" in row["example"] else f"`{name}={row['example']}`"
    title = f"## {name}" + (f" ({', '.join(marks)})" if marks else "")
    return f"{title}\n{row['says']}\n{' '.join(facts)}\nExample: {example}\n"


if __name__ == "__main__":
    PAGE.write_text(as_markdown(), encoding="utf-8")
