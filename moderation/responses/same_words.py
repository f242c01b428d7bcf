"""Whether a force's words stand on the site already, with another response."""

from uuid import UUID

from stories.models import Response


def elsewhere(words: str, *, but: UUID | None = None) -> list[Response]:
    """Return the responses that say the same, whatever their case, line ends and punctuation at the edges."""
    wanted = _bare(words)
    rows = Response.objects.select_related("force")
    return [row for row in rows if row.pk != but and _bare(row.words) == wanted] if wanted else []


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .,;:!?“”‘’\"'")
