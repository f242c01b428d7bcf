"""Reads one JSON string a line and answers each with one JSON list of findings."""

import json
import sys

from stories.pii import IdentifyingError, find_identifying

_SHOWN = ("start", "end", "kind", "why")


def main() -> None:
    """Answer line by line; a bad line gets an empty list and a word on stderr."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        sys.stdout.write(json.dumps(_answer(line, number)) + "\n")
        sys.stdout.flush()


def _answer(line: bytes, number: int) -> list[dict[str, object]]:
    try:
        text = json.loads(line)
        if not isinstance(text, str):
            raise IdentifyingError("not a JSON string")
        return [{name: getattr(found, name) for name in _SHOWN} for found in find_identifying(text)]
    except IdentifyingError as error:
        sys.stderr.write(f"line {number}: {error}\n")
    except Exception as error:
        # Whatever is wrong with one line, the next goes on; its words stay out of the message.
        sys.stderr.write(f"line {number}: {type(error).__name__}\n")
    return []


if __name__ == "__main__":
    main()
