"""What a reader reads of a value."""

from stories.core import publication_gate
from stories.core.rendering import words_within


def test_words_of_a_value_are_read_without_their_marks():
    stream = [{"type": "quote", "id": "4f1b", "value": {"text": "Sorry.", "rows": [{"values": ["A", "B"]}]}}]
    for value, words in [
        ("Ring back.", ["Ring back."]),
        ("<p>One.</p><p>Two.</p>", ["One. Two."]),
        ("<p>Ring <b>07700</b> 900<i>123</i>.</p>", ["Ring 07700 900123."]),
        ("Jamie <jamie@nettle.example>", ["Jamie <jamie@nettle.example>"]),
        ("<p>&#48;7700&nbsp;900123 &lt;3</p>", ["07700 900123 <3"]),
        (
            '<p>Write <a href="mailto:jamie@nettle.example?a=1&amp;b=2">here</a>.</p>',
            ["Write here.", "mailto:jamie@nettle.example?a=1&b=2"],
        ),
        (stream, ["Sorry.", "A", "B"]),
        *((value, []) for value in ("", None, 5, [], {}, True)),
    ]:
        assert [" ".join(text.split()) for text in words_within(value) if text.strip()] == words


def found_in(value):
    return [(each.found.kind, each.words) for each in publication_gate.held_back(words_within(value))]


def test_mail_address_in_a_link_is_read_as_a_browser_reads_it():
    for address in ("mailto:jane@nettle.example", "mailto:jane%40nettle.example?subject=Hello"):
        assert found_in(f'<p><a href="{address}">Write</a></p>') == [("EMAIL", "jane@nettle.example")]
        assert found_in(address) == [("EMAIL", "jane@nettle.example")]


def test_phone_number_within_an_address_is_read_and_another_number_is_none():
    for address in (
        "tel:+447700900456",
        "tel:%2B447700900456",
        "https://wa.me/447700900456",
        "https://wa.me/+44%207700%20900456?text=Hi",
        "https://words.example/?to=1&amp;q=07700900456",
        "https://words.example/?q=07700+900+456",
        "/search/07700-900-456/",
    ):
        assert "PHONE" in {kind for kind, _ in found_in(f'<p><a href="{address}">Ring</a></p>')}, address
    for address in ("https://wa.me/447700900456", "https://words.example/?q=07700900456"):
        for value in ({"url": address}, f"<p>It is at {address}.</p>"):
            assert "PHONE" in {kind for kind, _ in found_in(value)}, value
    for address in (
        "https://news.example/2024-01-15-165450842/",
        "https://news.example/2024-01-15-123456/",
        "https://words.example/id/9781234567897",
        "https://law.example/ukpga/2015/2/section/33#0440",
        "https://words.example/1048576104857610485761048576",
    ):
        assert found_in(f'<p><a href="{address}">Read it</a></p>') == [], address
