"""What the module hands out: a Finding, and the one error it raises."""

from dataclasses import dataclass, field

MAX_CHARACTERS = 20_000


class IdentifyingError(ValueError):
    """Anything that stops us reading a text; never carries the text itself."""


class TooLong(IdentifyingError):
    """The text has more than MAX_CHARACTERS characters."""

    def __init__(self) -> None:
        super().__init__(f"a text may have at most {MAX_CHARACTERS} characters")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that could identify a person.

    `start` and `end` count Python characters of the unchanged text. `kind` is a key of
    `kinds.KINDS`, `why` is plain words for the contributor. `sure` is False when the
    shape or the words around it leave room for doubt.
    """

    start: int
    end: int
    kind: str
    # Of a combination it names the other words, which no log and no error may show.
    why: str = field(repr=False)
    sure: bool


class InAHurry(list[Finding]):
    """The findings of a text in which names may be missed: for want of time the model was not asked about all of it."""
