"""What in a force's answer could lead to somebody: in its words, and in its links, where no eye reads a name."""

from collections.abc import Mapping
from functools import cached_property

from moderation.policies import responses as policies
from moderation.redacting import remaining
from moderation.redacting.remaining import Remaining
from stories import agreed_response
from stories.identifying import in_links
from stories.identifying.wordings import Looked, Wording
from stories.looking import Look

# The language that the site asks forces in, and they answer.
_LANGUAGE = "en"


class Seen(Remaining):
    """The same list as the reading room's, of the fields of an answer and by the rule for answers."""

    @cached_property
    def looked(self) -> dict[str, Looked]:
        """Each field with its findings."""
        texts = {name: self.fields[name] for name in agreed_response.WORDS}
        return {name: (text, in_links.with_those(text, self.look(text))) for name, text in texts.items()}

    @cached_property
    def held_back(self) -> list[Wording]:
        return policies.holds_back(self.looked.values())


def through(fields: Mapping[str, str], *, left: Mapping[str, str], look: Look) -> Seen:
    """What remains in these fields, with the reasons written for it by key; looked at when first asked for."""
    return Seen(fields, left, _LANGUAGE, look)


def surely(fields: Mapping[str, str], look: Look) -> Seen:
    """The same for a deed; raises `Refused` where a field can't be looked through."""
    remaining.looked_at(fields, look, names=agreed_response.WORDS)
    return through(fields, left={}, look=look)
