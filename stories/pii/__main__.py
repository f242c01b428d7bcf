"""Reads one JSON string a line and answers each with one JSON list of findings; `--indirect` adds indirect ones."""

import json
import sys

from stories.pii import IdentifyingError, find_identifying
from stories.pii.indirect import find_indirect

_SHOWN = ("start", "end", "kind", "why")


def main() -> None:
    """Answer line by line; a bad line gets an empty list and a word on stderr."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        sys.stdout.write(json.dumps(_answer(line, number, with_indirect="--indirect" in sys.argv[1:])) + "\n")
        sys.stdout.flush()


def _answer(line: bytes, number: int, *, with_indirect: bool) -> list[dict[str, object]]:
    try:
        text = json.loads(line)
        if not isinstance(text, str):
            raise IdentifyingError("not a JSON string")
        found = find_identifying(text)
        told = [*found, *find_indirect(text, found)] if with_indirect else found
        return [{name: getattr(each, name) for name in _SHOWN} for each in told]
    except IdentifyingError as error:
        sys.stderr.write(f"line {number}: {error}\n")
    except Exception as error:
        # Whatever is wrong with one line, the next goes on; its words stay out of the message.
        sys.stderr.write(f"line {number}: {type(error).__name__}\n")
    return []


if __name__ == "__main__":
    main()
