"""Which tests run a second time on PostgreSQL: those that another store could answer otherwise.

Chosen by what they lean on: constraints, fences and triggers; locks and races; what a transaction takes back; raw
SQL and search; JSON; the order and the case of words; writing many rows at once. Every promise is among them, and
all that the public reads. Of the moderators' room each address is opened once, by each kind of person, which sends
every query of every screen; the rest of the room's tests are about rules and words on a page, the same in any store.

A test file that names such a thing and stands neither here nor in ANY_STORE fails a test.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE = ("tests/promises", "tests/stories/public")
OF_STORIES = ("going_public", "outward", "render_stories", "tallies")
OF_TELLING = (
    *("changing", "choices", "drafts", "expected", "final_text", "flood_tray", "intake", "leaving", "retention"),
    *("sent_again", "take_down", "together", "wishes", "withdrawing"),
)
OF_THE_ROOM = (
    *("agreements", "asides", "batch", "bulk", "claims", "corrections", "counting", "daily_mail", "decisions"),
    *("every_admin_address", "fences", "flood", "keeping", "keys", "two_at_once", "two_people_one_text"),
    *("responses/agreeing", "responses/entering", "responses/fences", "responses/keys", "responses/letters"),
    *(
        "objection_fences",
        "unopened",
        "usual_wait",
        "conversation/asking",
        "conversation/taking_back",
        "invented/seed_stories",
    ),
    *("invented/seed_submissions", "lists/queue", "lists/queue_pages", "log/record", "people/inviting"),
    *("safekeeping/leaving", "safekeeping/rotation", "safekeeping/vault", "safekeeping/vault_command"),
)
# They name such a thing, and any store answers alike.
ANY_STORE = {
    "tests/moderation/log/test_record_page.py": "writes many rows at once only to have many",
    "tests/moderation/redacting/test_left.py": "that no table holds words, as test_p2_seize_the_server.py asks of both",
    "tests/moderation/test_second_reading.py": "whether a transaction is open while a text is looked through",
    "tests/moderation/test_reading_page.py": "that no table holds words, as test_p2_seize_the_server.py asks of both",
}
_OF_A_STORE = re.compile(
    r"transaction=True|IntegrityError|on_commit|connection\.\w|\bcursor\b|\.raw\(|select_for_update|bulk_create"
)
_LOOKED_AT = ("tests/moderation", "tests/promises", "tests/stories")


def paths() -> list[str]:
    """What pytest is given, as it is named from the root."""
    return [
        *WHOLE,
        *(_named("tests/stories", name) for name in OF_STORIES),
        *(_named("tests/stories/telling", name) for name in OF_TELLING),
        *(_named("tests/moderation", name) for name in OF_THE_ROOM),
    ]


def named_nowhere() -> list[str]:
    """The test files that lean on the store and stand neither in this round nor among the exceptions."""
    known = {*paths(), *ANY_STORE}
    return [path for path in _that_lean_on_the_store() if path not in known and not path.startswith(WHOLE)]


def _that_lean_on_the_store() -> list[str]:
    files = sorted(path for folder in _LOOKED_AT for path in (ROOT / folder).rglob("test_*.py"))
    return [str(path.relative_to(ROOT)) for path in files if _OF_A_STORE.search(path.read_text())]


def _named(folder: str, name: str) -> str:
    inner, _, last = name.rpartition("/")
    return "/".join(part for part in (folder, inner, f"test_{last}.py") if part)
