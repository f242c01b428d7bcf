"""What a zip holds, as a Data Package (datapackage.org) describes it, for programs that read and check tables."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.public.figures import in_words
from stories.public.named_lists import NamedLists
from stories.public.open_data import links, schemas, terms
from stories.public.open_data.fields import FIGURE, IN_FILES
from stories.public.open_data.record_fields import BY_NAME
from stories.public.open_data.terms import Licence

_FIGURES = {
    "answers": gettext_lazy("What people answered, who let us count it"),
    "transparency": gettext_lazy("How the work went"),
}


def of(quarter: str, held: Collection[str], names: NamedLists) -> dict[str, Any]:
    """The description of the zip of a quarter; `held` are the tables in it, by the names of their files."""
    tables = [_table(name, about, FIGURE, names) for name, about in _FIGURES.items() if name in held]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"heard-{quarter.lower()}",
        "title": _("Heard: stories and figures of %(quarter)s") % {"quarter": quarter},
        "description": in_words.caution(),
        "homepage": f"{settings.BASE_URL}{links.PAGE}",
        "version": quarter,
        "licenses": [_licence(terms.FACTS)],
        "resources": [_stories(names), *_records(names), *tables],
    }


def _stories(names: NamedLists) -> dict[str, Any]:
    table = _table("stories", _("The stories that went up in this quarter and are up"), IN_FILES, names)
    table["schema"]["primaryKey"] = ["id"]
    return table | {"licenses": [_licence(terms.FACTS), _licence(terms.words())]}


def _records(names: NamedLists) -> list[dict[str, Any]]:
    tables = [_table(record.name, record.about, record.fields, names) for record in BY_NAME.values()]
    for table, record in zip(tables, BY_NAME.values(), strict=True):
        if record.fields[0].name == "id":
            table["schema"]["primaryKey"] = ["id"]
    return tables


def _table(name: str, about: Any, fields: Any, names: NamedLists) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": str(about),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schemas.as_table(fields, names),
    }


def _licence(licence: Licence) -> dict[str, str]:
    return {
        name: value
        for name, value in (("name", licence.name), ("title", licence.title), ("path", licence.url))
        if value
    }
