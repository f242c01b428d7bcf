"""What people write on paper: shown once on a screen that is cleared, and asked back before anything goes on.

It is said and asked at the terminal itself, so that no file and no pipe that `heard` writes to holds any of it.
"""

import contextlib
import hashlib
import io
import os
import secrets
from collections.abc import Iterator, Sequence
from typing import TextIO

from operations.machine import Failed

# Letters and digits that nobody takes for one another, and what they may be typed as.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
_TRIES = 3
# Another screen than the one with the commands before it; clear it and what can be scrolled back to; and back.
_ENTER, _CLEAR, _LEAVE = "\033[?1049h", "\033[2J\033[3J\033[H", "\033[?1049l"


def check_sum(text: str) -> str:
    """Four letters that change with any letter of a secret, however it is spaced."""
    digest = hashlib.blake2b(_plain(text).encode(), digest_size=4, person=b"heard checksum").digest()
    number = int.from_bytes(digest)
    return "".join(_ALPHABET[number >> shift & 31] for shift in (15, 10, 5, 0))


def in_groups(secret: str, *, size: int = 4) -> list[str]:
    """A secret as it is written on paper."""
    return [secret[start : start + size] for start in range(0, len(secret), size)]


@contextlib.contextmanager
def terminal() -> Iterator[TextIO]:
    """The terminal that somebody sits at; raises Failed where nobody does."""
    try:
        line = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        raise Failed("Nobody sits at a terminal here.") from None
    with io.TextIOWrapper(io.FileIO(line, "w+"), encoding="utf-8", errors="replace", write_through=True) as screen:
        yield screen


def has_terminal() -> bool:
    """True where somebody could read what is shown once."""
    with contextlib.suppress(Failed), terminal():
        return True
    return False


def agrees(question: str) -> bool:
    """Ask at the terminal; True for a yes."""
    with terminal() as screen:
        return _asked(screen, f"{question} [y/N] ").strip().lower() in ("y", "yes")


def show_and_ask_back(title: str, groups: Sequence[str], *, words: str) -> None:
    """Show a secret in groups until it is on paper, and ask for parts of it; raises Failed where they aren't right."""
    sum_of_all = check_sum("".join(groups))
    with terminal() as screen:
        for _ in range(_TRIES):
            _show(screen, title, groups, words, sum_of_all)
            if _is_on_paper(screen, groups, sum_of_all):
                return
            _asked(screen, "That isn't what was shown. Press Enter to see it once more: ")
    raise Failed(f"{title} isn't on paper yet. Run `heard setup` again when you can write it down.")


def read_from_paper(what: str, *, letters: int) -> str:
    """Ask for a secret of so many letters and its check sum, until they fit; raises Failed after a few tries."""
    with terminal() as screen:
        for _ in range(_TRIES):
            typed = _asked(screen, f"  {what}: ").translate(str.maketrans("", "", " -"))
            sum_of_all = _asked(screen, "  Its check sum: ")
            screen.write("\033[2A\033[J")
            if len(typed) == letters and check_sum(typed) == _plain(sum_of_all):
                return typed
            screen.write(
                f"  Not quite: {len(typed)} of {letters} letters, and a check sum that doesn't fit. Once more.\n"
            )
    raise Failed(f"{what}: what was typed and its check sum don't fit. Run `heard setup` again.")


def _show(screen: TextIO, title: str, groups: Sequence[str], words: str, sum_of_all: str) -> None:
    screen.write(f"{_ENTER}{_CLEAR}")
    try:
        screen.write(f"\n  {title}\n\n  {words}\n\n")
        for first in range(0, len(groups), 4):
            line = "    ".join(f"{place + 1:2} {groups[place]}" for place in range(first, min(first + 4, len(groups))))
            screen.write(f"      {line}\n")
        screen.write(f"\n      Check sum  {sum_of_all}\n\n")
        _asked(screen, "  Press Enter when it is on paper. It is not shown again: ")
    finally:
        screen.write(f"{_CLEAR}{_LEAVE}")


def _is_on_paper(screen: TextIO, groups: Sequence[str], sum_of_all: str) -> bool:
    chosen = sorted(secrets.SystemRandom().sample(range(len(groups)), 2))
    wanted = {"the check sum": sum_of_all} | {f"group {place + 1}": groups[place] for place in chosen}
    typed = {name: _asked(screen, f"  From your paper, {name}: ") for name in wanted}
    # As a rule one types on a screen that is kept: none of it stays there.
    screen.write(f"\033[{len(wanted)}A\033[J")
    return all(secrets.compare_digest(_plain(typed[name]), _plain(wanted[name])) for name in wanted)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.upper().translate(_LOOK_ALIKES))).encode("ascii", "replace").decode()


def _asked(screen: TextIO, prompt: str) -> str:
    screen.write(prompt)
    screen.flush()
    typed = screen.readline()
    if not typed:
        raise Failed("The terminal closed. The same command goes on from there.")
    return typed.strip()
