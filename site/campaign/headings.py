"""The headings of a page, and the names by which a link finds them on it."""

from typing import Any

from django.utils.text import slugify

# What stands around every page bears these names already.
_TAKEN = frozenset({"contents-heading", "exit", "help", "help-lines-heading", "main", "menu"})


def anchor(title: str) -> str:
    """The name of a heading within its page; no two headings of a page may share one."""
    name = slugify(title) or "part"
    return f"{name}-part" if name in _TAKEN else name


def of(body: Any) -> list[dict[str, str]]:
    """The headings of a stream of blocks as `{"title", "id"}`."""
    titles = [child.value for child in body if child.block_type == "heading"]
    return [{"title": title, "id": anchor(title)} for title in titles]


def said_twice(body: Any) -> list[int]:
    """The places in the stream of headings whose name an earlier one bears."""
    seen: set[str] = set()
    again = []
    for place, child in enumerate(body):
        if child.block_type == "heading":
            name = anchor(child.value)
            again += [place] if name in seen else []
            seen.add(name)
    return again
