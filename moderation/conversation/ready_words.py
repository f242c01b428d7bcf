"""The library of ready words: what coordinators keep for moderators to begin from, and the set that a new site has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moderation.models import ReadyWords
from stories.core import snapshot

Purpose = ReadyWords.Purpose


@dataclass(frozen=True)
class Ready:
    """One text as it is offered to somebody who writes to a contributor."""

    pk: int
    title: str
    text: str


def offered(purpose: str, *, language: str) -> list[Ready]:
    """Every text for `purpose`, in the language of the contributor where there is one."""
    found = ReadyWords.objects.filter(purpose=purpose)
    return [Ready(words.pk, words.title, _in_language(words, language)) for words in found]


def whom_to_call() -> list[str]:
    """Whom a moderator can call here, as coordinators wrote it; nothing until they did."""
    return list(ReadyWords.objects.filter(purpose=Purpose.CARE).values_list("text", flat=True))


@dataclass(frozen=True)
class Contact:
    """Whom to ring when somebody may be in danger, and on which number, until when."""

    name: str
    how: str


def safeguarding() -> list[Contact]:
    """The safeguarding lead, and whoever stands in for them, in the order in which to ring them."""
    found = ReadyWords.objects.filter(purpose=Purpose.SAFEGUARDING)
    return [Contact(words.title, words.text) for words in found]


def create_defaults(using: str = "default", **kwargs: Any) -> None:
    """Give a site that has none the words to begin with; what coordinators wrote is left alone."""
    library = ReadyWords.objects.using(using)
    if not library.exists():
        library.bulk_create(list(_starting()))


def _in_language(words: ReadyWords, language: str) -> str:
    return words.text_cy if language == "cy" and words.text_cy else words.text


def _starting() -> Iterator[ReadyWords]:
    for purpose, texts in _STARTING.items():
        for place, (title, text) in enumerate(texts.items(), start=1):
            yield ReadyWords(purpose=purpose, title=title, text=text, order=place * 10)


# --- The site’s own help lines ----------------------------------------------------------------


def help_lines_in_words(websites: Iterable[str]) -> str:
    """One line of text for each of the site's help lines whose address has one of `websites` in it.

    In the language of the page; empty where the site's editors keep none of them.
    """
    wanted = tuple(websites)
    return "\n".join(_line(line) for line in _all() if any(website in line["url"] for website in wanted))


def _all() -> list[dict[str, Any]]:
    furniture = snapshot.get_built("furniture") or {}
    lines: list[dict[str, Any]] = furniture.get("help_lines", [])
    return lines


def _line(line: dict[str, Any]) -> str:
    welsh = line.get("cy") or {}
    is_welsh = get_language() == "cy" and bool(welsh.get("hours"))
    name, hours = (welsh["name"], welsh["hours"]) if is_welsh else (line["name"], line["hours"])
    if line["audience"] == "under-18":
        name = _("{name}, for under 18s").format(name=name)
    return f"{name}: {_reached(line)} ({hours})"


def _reached(line: dict[str, Any]) -> str:
    """The number if it has one: an address in a list of pages visited can give somebody away."""
    if line["phone"]:
        return str(line["phone"])
    if line["text_number"]:
        return _("text {number}").format(number=line["text_number"])
    return str(line["url"]).removeprefix("https://").removeprefix("www.").rstrip("/")


# --- The words to begin with ----------------------------------------------------------------

_QUESTIONS = {
    "Which force it was": (
        "Thank you for telling us. You left open which police force it was. Would you like to say? If you leave it "
        "open, we show no force, and that is fine too."
    ),
    "What came of it": (
        "Thank you for telling us. We could not tell what came of your report. Would you like to say it in a "
        "sentence? “I do not know” is an answer too."
    ),
    "What came first": (
        "We want to keep what you mean. In one place we could not tell what came first and what came after. Would "
        "you tell us the order, in a few words? There is no hurry."
    ),
    "A detail that could give you away": (
        "One detail in what you wrote is so particular that somebody who knows you might recognise you. We would "
        "write it in a more general way. Is that all right? If something has to stay exactly as it is, tell us."
    ),
    "Whether a case is going on": (
        "Is the police investigation still open, or is there a court date? We ask because publishing while a case "
        "goes on could harm it. Yes, no or “I am not sure” is enough. We need no details."
    ),
    "Whether it is theirs to tell": (
        "You wrote about something that happened to somebody else. Do they know that you told us, and is it all "
        "right with them that we publish it? Take your time. We publish nothing before we hear from you."
    ),
    "Whether they are 18 or over": (
        "We can only publish accounts by people who are 18 or over. Are you? If you are not, you have done nothing "
        "wrong: Childline (0800 1111) is free at any hour, and you can tell them as much or as little as you like."
    ),
    "Whether they still want it published": (
        "Before we go on: would you still like us to publish what you told us? Yes, no and “not yet” are all fine. "
        "Whatever you say now, you can take it back later with your code."
    ),
}
# Its contributor reads a sentence with the reason as well, so these say what that sentence doesn't.
_DECLINES = {
    "Not about how the police dealt with a report": (
        "Thank you for trusting us with this. We collect only how a report to the police was dealt with. That we do "
        "not publish this says nothing about how much it matters. If you want to talk to somebody, the help lines "
        "on this page are there for you."
    ),
    "Nothing was ticked that lets us publish or count it": (
        "Thank you for writing to us. Perhaps you wanted somebody to read it, and somebody has. If you would like "
        "it published or counted after all, tell us again and tick that, whenever you like."
    ),
    "Somebody else’s to tell": (
        "Thank you for caring about the person this happened to. It is their story, so we leave it to them. If they "
        "would like to tell it, they can do that here themselves, whenever they are ready."
    ),
    "Under 18": (
        "Thank you for telling us. You have done nothing wrong. We keep people under 18 out of what we publish, so "
        "that it can never follow them later. Childline (0800 1111) is free at any hour and does not show on a "
        "phone bill. Report Remove, on Childline’s website, helps you get images of you taken down."
    ),
    "Can’t be made safe": (
        "Thank you for telling us. We tried to take out whatever could lead to you, and too little was left of what "
        "you wanted to say. We would rather keep you safe than publish it. You can tell us again in other words, "
        "whenever you like."
    ),
    "It could harm a case": (
        "Thank you for telling us. While a case can still be heard, a published account could be used against it, "
        "and we do not want to take that away from you. Once it is over, you are welcome to tell us again."
    ),
    "Sent twice": (
        "This came to us twice, word for word or nearly. We go on with the other one, under its own code. You need "
        "do nothing."
    ),
    "Too little to read": (
        "Thank you for beginning. There is too little here for a story, and that is all right: it can be hard to "
        "find words. If you want to say more one day, begin again, and save it as you go."
    ),
}
_STARTING = {Purpose.QUESTION: _QUESTIONS, Purpose.DECLINE: _DECLINES}
