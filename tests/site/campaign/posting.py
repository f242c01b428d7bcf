"""What the edit form of a page sends when an editor opens it and changes nothing."""

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from campaign import models, rich_text as marks

_ALL = ("title", "slug", "seo_title", "search_description", "intro", "why_it_stays")
_ACTION = ("state", "to_whom", "step_one", "step_two", "step_three", "letter_subject", "letter", "letter_to")
_LINKS = ("ask",)
_HOME = ("question", "tell_words", "read_words", "learn_words", "voices", *_LINKS)
FIELDS = {
    **dict.fromkeys((models.NewsIndexPage, models.ActionIndexPage, models.LearningIndexPage), _ALL),
    models.PatternIndexPage: _ALL,
    models.HomePage: (*_ALL, *_HOME),
    models.ContentPage: (*_ALL, "language", "body"),
    models.ActionPage: (*_ALL, *_ACTION, "ask", "body", "petition_url", "achieved"),
    models.OfficersCardPage: (*_ALL, "body"),
    models.NewsPage: (*_ALL, "body", "date", "author_role"),
}
_COMMENTS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}


def unchanged(page, **changes):
    """The data of the form for `page`, with `changes` typed into its fields."""
    data = {name: _field(page, name) for name in FIELDS[type(page)]}
    return nested_form_data(data | {"comments": _COMMENTS} | changes)


def _field(page, name):
    if name == "voices":
        return streamfield([])
    if name == "body":
        return streamfield([(child["type"], _block(child["type"], child["value"])) for child in page.body.raw_data])
    value = getattr(page, f"{name}_id" if name in _LINKS else name)
    return "" if value is None else str(value)


def _block(kind, value):
    if kind in ("text", "notice"):
        return rich_text(value, features=marks.FEATURES)
    if kind == "language_read":
        return {name: rich_text(words, features=marks.FEATURES) for name, words in value.items()}
    if kind == "steps":
        texts = [step["value"] if isinstance(step, dict) else step for step in value]
        return _listed([rich_text(text, features=marks.INLINE_FEATURES) for text in texts])
    if kind == "table":
        return _table(value)
    if kind in ("part", "saying"):
        return {name: words if isinstance(words, str) else _listed(words) for name, words in value.items()}
    if kind == "action_button":
        return {name: words or "" for name, words in value.items()}
    # A block with nothing to fill in.
    return "" if value is None else value


def _listed(texts):
    texts = [text["value"] if isinstance(text, dict) else text for text in texts]
    listed = {str(n): {"value": text, "order": str(n), "deleted": ""} for n, text in enumerate(texts)}
    return listed | {"count": str(len(texts))}


def _table(value):
    values = [(row, *cell) for row, each in enumerate(value["rows"]) for cell in enumerate(each["values"])]
    cells = {f"cell-{row}-{column}": words for row, column, words in values}
    columns = {f"column-{n}": {**each, "order": n, "deleted": ""} for n, each in enumerate(value["columns"])}
    rows = {f"row-{n}": {"order": n, "deleted": ""} for n, _row in enumerate(value["rows"])}
    counts = {"column-count": len(columns), "row-count": len(rows)}
    return {"caption": value["caption"], **counts, **columns, **rows, **cells}
