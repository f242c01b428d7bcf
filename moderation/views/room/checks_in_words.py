"""Both readers' anonymity checks side by side, for the second reader who has answered; nothing of them before."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from moderation import policies
from moderation.forms import SendBackForm
from moderation.redacting.anonymity import Answered
from moderation.redacting.two_checks import Checks, Line


def told(both: Checks, user: Any) -> dict[str, Any]:
    """What a screen shows of both. Once two differ it has to go back, so that everybody may see why."""
    second = both.differing or both.of(user)
    if second is None or both.first is None:
        return {"why_not_same": policies.why_not_same(both)}
    lines, names = list(both.lines(second)), _names(both.first, second)
    first_name, second_name = names[both.first.by], names[second.by]
    told: dict[str, Any] = {
        "has_answered": both.of(user) is not None,
        "why_not_same": policies.why_not_same(both),
        "lines": [line for line in lines if not line.is_same or line.first_why or line.second_why],
        "many": both.many(second),
        "first_name": first_name,
        "second_name": second_name,
    }
    if both.differing:
        told["send_back"] = SendBackForm(initial={"note": _note(lines, first_name, second_name)})
    return told


def _names(*readers: Answered) -> dict[int, str]:
    found = get_user_model().objects.in_bulk([each.by for each in readers])
    return {each.by: found[each.by].get_username() for each in readers}


def _note(lines: Iterable[Line], first: str, second: str) -> str:
    """What differs, as a note that the second reader can change before it goes."""
    said = [_("We answered the anonymity check differently:")]
    for line in lines:
        if not line.is_same:
            ours = (_one(second, line.second, line.second_why), _one(first, line.first, line.first_why))
            said.append(f"– {line.label}. {' '.join(ours)}")
    return "\n".join(said)


def _one(name: str, answer: str, why: str) -> str:
    return f"{name}: “{answer}” {why}".strip() + ("" if why.endswith((".", "!", "?")) else ".")
