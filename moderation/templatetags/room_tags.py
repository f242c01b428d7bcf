"""The token of a form with words; and the keys of the page that is shown, for Wagtail's own list of keys.

The words of the keys stand in room_tags.toml. What decides something has no key at all.
"""

from django import template
from django.utils.html import format_html

from moderation.team.permissions import why_not
from moderation.views.decorators import TOKEN, words_token as token_of
from stories.core import addresses, tables

register = template.Library()
register.filter(addresses.public_url)
KEYS: dict[str, str] = tables.read(__file__)
# Which keys work on which page; the second reader changes no word.
_PAGES = {
    **dict.fromkeys(("room_read", "room_save", "room_put_forward", "room_first_look"), tuple(KEYS)),
    **dict.fromkeys(("room_second", "room_unfold", "room_agree", "room_join"), ("n", "p", "o", "a", "c", "1–9", "b")),
}


@register.simple_tag(takes_context=True)
def room_shortcuts(context: template.RequestContext) -> dict[str, str]:
    """The keys that work on this page beside Wagtail's own; on most pages none."""
    # An inclusion tag around us passes the request on, but not by name.
    match = getattr(getattr(context, "request", None), "resolver_match", None)
    return {key: KEYS[key] for key in _PAGES.get(match.url_name, ())} if match else {}


@register.simple_tag(takes_context=True)
def allowed(context: template.RequestContext, permission: str) -> bool:
    """True where whoever is logged in has this permission of the room."""
    return why_not(permission, context["request"].user) is None


@register.simple_tag(takes_context=True)
def words_token(context: template.RequestContext) -> str:
    """The field of a form whose words outlive a log-out, as `csrf_token` is that of the others."""
    return format_html('<input type="hidden" name="{}" value="{}">', TOKEN, token_of(context["request"].user))
