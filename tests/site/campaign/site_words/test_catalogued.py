"""The list of strings is the catalogue's, each is found by its words, and none is fixed before a page is made."""

import ast

import pytest
from django.utils.translation import trans_real

from campaign.site_words import catalogued
from campaign.site_words.catalogued import ENGLISH, FORMS, WELSH
from deploy import catalogue
from tests.site.campaign.site_words.keeping import string


def test_list_for_the_running_site_is_that_of_the_catalogue():
    assert catalogue.WORDS.read_text(encoding="utf-8") == catalogue.listed(), "run `make words`"


def test_key_names_one_string():
    assert len(catalogued.by_key()) == len(catalogued.every())


def test_each_place_has_a_name_and_each_name_a_place():
    assert {each.place for each in catalogued.every()} == {slug for slug, _words, _patterns in catalogued.PLACES}


@pytest.mark.parametrize("language", [ENGLISH, WELSH])
def test_each_form_has_a_number_that_takes_it(language):
    plural = trans_real.translation(language)._catalog._plurals[0]

    assert [plural(number) for number, _takes in FORMS[language]] == list(range(len(FORMS[language])))
    assert {plural(number) for number in range(200)} == set(range(len(FORMS[language])))


def test_what_ships_is_the_code_in_english_and_the_catalogue_in_welsh():
    plain, counted = string("What came of it?"), string("%(number)s story")
    welsh = {message.id: message.string for message in catalogue.read(WELSH) if message.id}

    assert plain.shipped(ENGLISH) == plain.words
    assert plain.shipped(WELSH) == (welsh["What came of it?"],)
    assert counted.shipped(ENGLISH) == ("%(number)s story", "%(number)s stories")
    assert counted.shipped(WELSH) == tuple(welsh[counted.words])


# --- Nothing is fixed at import -------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [path for path in catalogue.files() if path.suffix == ".py"], ids=lambda path: path.name
)
def test_no_string_is_put_into_a_language_before_a_page_is_made(path):
    assert fixed_at_import(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("from django.utils.translation import gettext as _\nA = _('x')\n", [2]),
        ("from django.utils.translation import gettext as _\nclass A:\n    b = {1: _('x')}\n", [3]),
        ("from django.utils.translation import gettext as _\ndef a(b=_('x')): ...\n", [2]),
        ("from django.utils.translation import gettext_lazy as _\nA = _('x')\nB = str(_('x'))\n", [3]),
        ("from django.utils.translation import gettext as _\ndef a():\n    return _('x')\n", []),
        ("from django.utils.translation import gettext_lazy as _\nA = _('x')\n", []),
    ],
)
def test_string_that_is_fixed_is_found(source, lines):
    assert fixed_at_import(source) == lines


def fixed_at_import(source):
    """The lines of calls that translate while the module is read."""
    tree = ast.parse(source)
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {each.asname or each.name: each.name for each in node.names}
    at_once = {name for name, real in names.items() if real in ("gettext", "ngettext", "pgettext", "npgettext")}
    later = {name for name, real in names.items() if real.endswith("gettext_lazy")}
    return [call.lineno for call in _at_import(tree) if _fixes(call, at_once, later)]


def _fixes(call, at_once, later):
    name = getattr(call.func, "id", "")
    inside = [getattr(getattr(each, "func", None), "id", "") for each in call.args]
    return name in at_once or (name == "str" and not later.isdisjoint(inside))


def _at_import(node):
    for inside in _run_at_import(node):
        if isinstance(inside, ast.Call):
            yield inside
        yield from _at_import(inside)


def _run_at_import(node):
    """What of a node runs when it is read: of a function only its decorators and what its arguments are by default."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        yield from (each for each in (*node.args.defaults, *node.args.kw_defaults) if each is not None)
        yield from getattr(node, "decorator_list", ())
    else:
        yield from ast.iter_child_nodes(node)
