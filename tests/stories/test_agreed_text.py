import hashlib

from stories.core import agreed_text

FIELDS = dict.fromkeys(agreed_text.FIELDS, "") | {"title": "Nobody rang", "text": "Café ☕", "year": "2024"}


def test_document_is_the_same_for_the_same_fields_alone():
    document = agreed_text.canonical_text(FIELDS)

    assert document == agreed_text.canonical_text(dict(reversed(FIELDS.items())))
    assert document != agreed_text.canonical_text(FIELDS | {"text": "Café ☕ "})
    # Written any other way, the digests of all that was agreed before would name nothing.
    assert document.endswith('"text": "Café ☕", "themes": "", "title": "Nobody rang", "year": "2024"}')


def test_document_of_before_a_field_is_the_one_that_leaves_it_empty():
    for field in agreed_text.LEFT_OUT_WHEN_EMPTY:
        before = {name: words for name, words in FIELDS.items() if name != field}

        assert agreed_text.canonical_text(before) == agreed_text.canonical_text(FIELDS)
        assert field not in agreed_text.canonical_text(FIELDS)
        assert agreed_text.canonical_text(FIELDS | {field: "Ring back."}) != agreed_text.canonical_text(FIELDS)


def test_digest_is_sha256_of_salt_line_feed_and_document_and_salts_differ():
    expected = hashlib.sha256(("ab" * 32 + "\n" + "Café ☕").encode()).hexdigest()

    assert agreed_text.text_digest("Café ☕", salt="ab" * 32) == expected
    assert agreed_text.new_salt() != agreed_text.new_salt()
