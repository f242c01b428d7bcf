"""The library of ready words: what coordinators keep for moderators to begin from, and the set that a new site has."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, gettext as _

from moderation.models import ReadyWords
from stories.core import snapshot, tables

Purpose = ReadyWords.Purpose


def ready_texts(purpose: str, *, language: str) -> list[ReadyWords]:
    """Every text for `purpose`, in the language of the contributor where there is one; never to be saved."""
    found = list(ReadyWords.objects.filter(purpose=purpose))
    for words in found:
        words.text = (language == "cy" and words.text_cy) or words.text
    return found


def whom_to_call() -> list[str]:
    return list(ReadyWords.objects.filter(purpose=Purpose.CARE).values_list("text", flat=True))


def safeguarding() -> list[dict[str, str]]:
    """The `name` of the safeguarding lead, and of whoever stands in for them, in the order in which to ring them, and
    `how`: on which number, until when.
    """
    found = ReadyWords.objects.filter(purpose=Purpose.SAFEGUARDING)
    return [{"name": words.title, "how": words.text} for words in found]


def create_defaults(using: str = "default", **kwargs: object) -> None:
    """Give a site that has none the words to begin with; what coordinators wrote is left alone."""
    library = ReadyWords.objects.using(using)
    if not library.exists():
        library.bulk_create(
            ReadyWords(purpose=purpose, title=title, text=text, order=place * 10)
            for purpose, texts in tables.read(__file__).items()
            for place, (title, text) in enumerate(texts.items(), start=1)
        )


def help_lines_in_words(websites: Iterable[str]) -> str:
    """One line of text for each of the site's help lines whose address has one of `websites` in it.

    In the language of the page; empty where the site's editors keep none of them.
    """
    wanted = tuple(websites)
    lines = (snapshot.get_built("furniture") or {}).get("help_lines", [])
    return "\n".join(_line(line) for line in lines if any(website in line["url"] for website in wanted))


def _line(line: dict[str, Any]) -> str:
    welsh = line.get("cy") or {}
    is_welsh = get_language() == "cy" and bool(welsh.get("hours"))
    name, hours = (welsh["name"], welsh["hours"]) if is_welsh else (line["name"], line["hours"])
    if line["audience"] == "under-18":
        name = _("{name}, for under 18s").format(name=name)
    # The number if it has one: an address in a list of pages visited can give somebody away.
    text = line["text_number"] and _("text {number}").format(number=line["text_number"])
    address = line["url"].removeprefix("https://").removeprefix("www.").rstrip("/")
    return f"{name}: {line['phone'] or text or address} ({hours})"
