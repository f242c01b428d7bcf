"""Which tests run a second time on PostgreSQL: those that another store could answer otherwise.

Chosen by what they lean on: constraints, fences and triggers; locks and races; what a transaction takes back; raw
SQL and search; JSON; the order and the case of words; writing many rows at once. The promises are among them, and
what the public finds, counts and takes away. Each page on which a story stands, and each address of the room, is opened
once, which sends every query of every page; the rest are about rules and words on a page, the same in any store.

A test file that names such a thing and stands neither here nor in ANY_STORE fails a test.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE = (
    "tests/promises",
    "tests/stories/public",
    "tests/site/campaign/earlier_settings",
    "tests/site/campaign/searching",
)
OF_STORIES = ("going_public", "outward", "tallies")
OF_TELLING = (
    *(
        "changing",
        "choices",
        "drafts",
        "erasing",
        "expected",
        "final_text",
        "flood_tray",
        "intake",
        "leaving",
        "retention",
    ),
    *("sent_again", "take_down", "together", "wishes", "withdrawing"),
)
OF_THE_ROOM = (
    *(
        "agreements",
        "asides",
        "batch",
        "bulk",
        "claims",
        "corrections",
        "counting",
        "daily_mail",
        "days_migration",
        "decisions",
        "duty_mail",
    ),
    *("every_admin_address", "fences", "flood", "keeping", "keys", "two_at_once", "two_people_one_text"),
    *(
        "responses/answers",
        "responses/letters",
        "responses/sealed_answers",
    ),
    *(
        "unopened",
        "usual_wait",
        "conversation/asking",
        "conversation/taking_back",
        "invented/seed_stories",
    ),
    *("invented/seed_submissions", "lists/queue", "lists/queue_pages", "log/record", "people/inviting"),
    *("safekeeping/leaving", "safekeeping/rotation", "safekeeping/vault", "safekeeping/vault_command"),
)
# They name such a thing or lie beside what does, and any store answers alike.
ANY_STORE = {
    "tests/promises/test_p5_nothing_leads_straight_to_somebody.py": "what is found in words",
    "tests/stories/public/figures/test_page.py": "the words and tables of a page; test_small_numbers.py counts",
    "tests/stories/public/open_data/test_asking.py": "what an address asks for, and what it is told",
    "tests/stories/public/open_data/test_package.py": "files that were made once, in a zip",
    "tests/stories/public/test_forces.py": "the words of a page; what it lists is found in test_finding.py",
    "tests/stories/public/test_share_card.py": "a picture",
    "tests/stories/public/test_story.py": "the words of a page",
    "tests/stories/public/test_story_list.py": "the words of a page; what it lists is found in test_finding.py",
    "tests/stories/public/test_what_people_say.py": "the words of a page; what it counts is found in test_finding.py",
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
    whole = (path for folder in WHOLE for path in _tests_in(folder) if path not in ANY_STORE)
    return [
        *whole,
        *(_named("tests/stories", name) for name in OF_STORIES),
        *(_named("tests/stories/telling", name) for name in OF_TELLING),
        *(_named("tests/moderation", name) for name in OF_THE_ROOM),
    ]


def named_nowhere() -> list[str]:
    """The test files that lean on the store and stand neither in this round nor among the exceptions."""
    known = {*paths(), *ANY_STORE}
    lean_on_it = (path for folder in _LOOKED_AT for path in _tests_in(folder) if _leans_on_the_store(path))
    return [path for path in lean_on_it if path not in known]


def _leans_on_the_store(path: str) -> bool:
    return bool(_OF_A_STORE.search((ROOT / path).read_text()))


def _tests_in(folder: str) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("test_*.py"))


def _named(folder: str, name: str) -> str:
    inner, _, last = name.rpartition("/")
    return "/".join(part for part in (folder, inner, f"test_{last}.py") if part)
