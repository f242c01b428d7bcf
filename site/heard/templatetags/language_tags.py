"""Tags for pages in more than one language: addresses that stay in it, and the way to the others."""

from html import unescape

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from campaign.help_lines import Line
from campaign.site_chrome import PARTS
from heard import translation_credit
from stories.core import addresses
from stories.intake import other_languages

register = template.Library()
register.filter("in_language", addresses.path_in_language)
ENGLISH = "en-GB"
# The views of pages whose own words are written once, in English; of the editors' pages, home and help are not.
_ENGLISH_ONLY = {"asks", "ask", "wagtail_serve"}
_IN_BOTH = {"/", "/get-help/"}


@register.simple_tag
def lang_english() -> SafeString:
    """The attribute for words that are English wherever they stand; nothing on an English page."""
    return SafeString("") if is_english() else mark_safe(f' lang="{ENGLISH}"')  # noqa: S308 — a word of our own


@register.simple_tag
def lang_of(code: str) -> SafeString:
    """The attributes for words in that language, which is English where it has no code."""
    if code in ("", ENGLISH):
        return lang_english()
    return format_html(' lang="{}" dir="{}"', code, "rtl" if code in other_languages.RIGHT_TO_LEFT else "ltr")


@register.simple_tag
def in_readers_language(words: str) -> str:
    """An editor's words in the language of the page where the catalogue knows them, else as English."""
    said = translation.gettext(words) if words else ""
    return said if said != words or is_english() else format_html('<span lang="{}">{}</span>', ENGLISH, words)


@register.simple_tag
def is_english() -> bool:
    return _code() == settings.LANGUAGE_CODE


@register.simple_tag
def is_checked() -> bool:
    """True unless this page's words came from a computer and nobody has checked them."""
    return translation_credit.is_checked(_code())


@register.simple_tag(takes_context=True)
def is_english_only(context: template.Context) -> bool:
    """True where the page's own words are English, with the site around them in another language."""
    request: HttpRequest | None = context.get("request")
    if request is None or request.resolver_match is None:
        return False
    if getattr(context.get("page"), "language", ""):
        return False
    is_english_view = request.resolver_match.url_name in _ENGLISH_ONLY
    return is_english_view and addresses.path_in_english(request.path) not in _IN_BOTH


@register.simple_tag
def parts_by_language(lines: list[Line]) -> dict[str, list[str] | tuple[int, int]]:
    """The titles of what code makes in Welsh, and in English alone; and how many of the help lines are in Welsh."""
    welsh: list[str] = []
    english: list[str] = []
    for path, part in PARTS.items():
        is_english_only = resolve(addresses.path_in_language(path)).url_name in _ENGLISH_ONLY
        (english if is_english_only else welsh).append(translation.gettext(part["title"]))
    return {"welsh": welsh, "english": english, "lines": (sum(not line["lang"] for line in lines), len(lines))}


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, object]]:
    """Every language of the site: its code, its name, where this page stands in it, and whether it's the one here.

    Empty for a page that is rendered without its request: nobody knows where it stands.
    """
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    # With its filters, if it has any; a public form repeats nothing of its address, which may hold a code.
    is_form = getattr(getattr(request.resolver_match, "func", None), "is_public_form", False)
    path = addresses.path_in_english(request.path if is_form else request.get_full_path())
    found: list[dict[str, object]] = []
    for code, name in settings.LANGUAGES:
        url, tag = addresses.path_in_language(path, code), ENGLISH if code == settings.LANGUAGE_CODE else code
        whole = {"tag": tag, "name": str(name), "url": url, "full_url": f"{settings.BASE_URL}{url}"}
        found.append(whole | {"is_here": code == _code()})
    return found


@register.simple_tag(takes_context=True)
def place_in_menu(context: template.Context) -> str:
    """The address in the menu that is this page's; "search" on the page of a search, empty on all others."""
    if context.get("is_search_page"):
        return "search"
    path = context["request"].path if "request" in context else ""
    return path if any(link["url"] == path for link in context["furniture"]["menu"]) else ""


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """The one address of this page in its language: what its view says, or else its path alone."""
    request: HttpRequest | None = context.get("request")
    if said := context.get("canonical_url"):
        return str(said)
    return f"{settings.BASE_URL}{request.path}" if request else ""


@register.simple_tag
def page_facts(title: str, description: str, url: str, kind: str = "") -> dict[str, str]:
    """Facts of a page that code makes, for machines, in the words of schema.org: as text, whatever a tag escaped."""
    facts = {"@context": "https://schema.org", "@type": kind or "WebPage", "url": url}
    facts |= {"name": unescape(title), "description": unescape(description)}
    return facts | {"inLanguage": ENGLISH if is_english() else _code()}


def _code() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE
