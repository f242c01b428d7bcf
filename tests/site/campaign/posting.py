"""What the edit form of a page sends when an editor opens it and changes nothing."""

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from campaign import rich_text as marks

# What a page can do without.
_LEFT_OUT = {"comment_notifications", "expire_at", "go_live_at"}
_COMMENTS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}


def unchanged(page, **changes):
    """The data of the form for `page`, with `changes` typed into its fields."""
    names = type(page).get_edit_handler().get_form_class().base_fields.keys() - _LEFT_OUT
    data = {name: _field(page, name) for name in names}
    return nested_form_data(data | {"comments": _COMMENTS} | changes)


def _field(page, name):
    if name == "voices":
        return streamfield([])
    if name == "body":
        return streamfield([(child["type"], _block(child["type"], child["value"])) for child in page.body.raw_data])
    value = page._meta.get_field(name).value_from_object(page)
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
    return streamfield([("item", text) for text in texts])


def _table(value):
    values = [(row, *cell) for row, each in enumerate(value["rows"]) for cell in enumerate(each["values"])]
    cells = {f"cell-{row}-{column}": words for row, column, words in values}
    columns = {f"column-{n}": {**each, "order": n, "deleted": ""} for n, each in enumerate(value["columns"])}
    rows = {f"row-{n}": {"order": n, "deleted": ""} for n, _row in enumerate(value["rows"])}
    counts = {"column-count": len(columns), "row-count": len(rows)}
    return {"caption": value["caption"], **counts, **columns, **rows, **cells}
