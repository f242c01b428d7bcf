"""The sealed tokens in our forms: what a visit has to carry from page to page, without a cookie."""

import time

from django.http import HttpRequest

from stories.telling import public_form, sealed_tokens, token_keys
from stories.telling.errors import StaleToken

# Longer than any token of ours; more isn't worth trying to open.
_LONGEST = 2000
_MINUTE = 60


def issue(purpose: str, **words: str) -> str:
    """Seal `words` for one purpose; good for one to two hours."""
    return sealed_tokens.issue(token_keys.current(), purpose=purpose, at=int(time.time()) // _MINUTE, **words)


def read(request: HttpRequest, *purposes: str) -> dict[str, str]:
    """Return the words of the token in this form, or nothing if it is stale, changed or for something else."""
    token = public_form.given(request).get("token", "")
    if not token or len(token) > _LONGEST:
        return {}
    for purpose in purposes:
        try:
            return sealed_tokens.read(token_keys.still_good(), token, purpose=purpose)
        except StaleToken:
            continue
    return {}
