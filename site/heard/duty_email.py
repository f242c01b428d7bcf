"""The addresses of the duty mail: a slip in one has to be seen at the start, and not on the night that it matters."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

_is_address = EmailValidator()


def addresses(given: Iterable[str], *, mail_leaves: bool) -> list[str]:
    """Return them; or stop the start with one line that says what is wrong."""
    found = [address.strip() for address in given if address.strip()]
    for address in found:
        try:
            _is_address(address)
        except ValidationError:
            raise SystemExit(f"Heard can't start: DUTY_EMAIL: {address} is no e-mail address.") from None
    if found and not mail_leaves:
        raise SystemExit("Heard can't start: DUTY_EMAIL is set and EMAIL_URL isn't, so no mail would leave.")
    return found
