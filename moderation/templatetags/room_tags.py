"""The keys of the page that is shown, for Wagtail's own list of keys."""

from django import template

from moderation.personal import shortcuts

register = template.Library()


@register.simple_tag(takes_context=True)
def room_shortcuts(context: template.RequestContext) -> tuple[shortcuts.Shortcut, ...]:
    """The keys that work on this page beside Wagtail's own; on most pages none."""
    # An inclusion tag around us passes the request on, but not by name.
    request = getattr(context, "request", None)
    match = getattr(request, "resolver_match", None)
    return shortcuts.on(match.url_name) if match else ()
