"""However a form arrives, the words in it come out; what is unseen goes, and what anybody can see stays."""

import json
import re
import unicodedata
from urllib.parse import quote_plus, urlencode

from hypothesis import given, strategies as st

from stories.intake import public_form, questions
from stories.intake.receive import cleaned_words as clean
from tests import work

NAMES = "account|well|step"
WORDS = "It wasn’t a “domestic”, it was a crime.\nThey said: name=value & 100%"
FORM = "application/x-www-form-urlencoded"
FENCE = "----WebKitFormBoundaryX"
MULTI = f"multipart/form-data; boundary={FENCE}"


def read(body, kind=FORM):
    body = body if isinstance(body, bytes) else body.encode()
    return public_form.posted_in(body, content_type=kind, names=NAMES).values


def parts(*pairs):
    each = [f'--{FENCE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{words}\r\n' for name, words in pairs]
    return "".join(each) + f"--{FENCE}--\r\n"


@given(st.text(alphabet=st.characters(codec="utf-8")).filter(lambda text: FENCE not in text))
def test_any_text_comes_out_of_a_plain_form_and_of_one_in_parts(text):
    assert read(urlencode({"step": "check", "account": text}))["account"] == [clean(text)]
    assert read(parts(("step", "check"), ("account", text)), MULTI)["account"] == [clean(text)]


def test_label_of_the_body_does_not_matter_and_plain_text_or_json_comes_out():
    for kind in ("", FORM, "text/html", "multipart/form-data", "application/octet-stream; charset=nonsense"):
        assert read(urlencode({"account": WORDS}), kind)["account"] == [WORDS], kind
        assert read(parts(("account", WORDS)), kind)["account"] == [WORDS], kind
    found = {"account": [WORDS], "step": ["check"]}
    assert read(f"step=check\r\naccount={WORDS}\r\n", "text/plain") == found
    assert read(json.dumps({"account": WORDS, "other": {"a": 1}, "step": ["check"]}), "application/json") == found


def test_body_that_is_nothing_gives_nothing():
    for body in ("{", "{" * 100_000, '{"account": ', "[]", "null", "--", "--\r\n", "&&&==%%%", "account"):
        assert read(body, "application/json") == {}, body[:20]


def test_no_letter_goes_missing_in_any_charset_or_none_that_there_is():
    for body, charset, words in (
        (b"account=" + quote_plus("Café £5".encode("latin-1")).encode(), "iso-8859-1", "Café £5"),
        ("account=Café".encode("utf-16"), "utf-16", "Café"),
        (b"account=It wasn%92t caf\xe9, " + quote_plus("naïve ☂").encode(), "utf-8", "It wasn’t café, naïve ☂"),
        *((b"account=caf%E9", charset, "café") for charset in ("iso-8859-99", "latin-0", "koi8-x", "punycode", "zlib")),
    ):
        assert read(body, f"{FORM}; charset={charset}")["account"] == [words], charset


def test_file_is_passed_over_and_noticed_however_it_names_itself():
    for named in ('name="account"; filename="me.jpg"', 'filename="me.jpg"; name="account"'):
        file = f"--{FENCE}\r\nContent-Disposition: form-data; {named}\r\n\r\nJFIF\r\n"
        found = public_form.posted_in((file + parts(("account", WORDS))).encode(), content_type=MULTI, names=NAMES)
        assert found.values["account"] == [WORDS], named
        assert found.had_file, named


def test_form_that_was_cut_off_gives_what_came_and_words_like_a_part_stay_words():
    whole = parts(("step", "check"), ("account", WORDS * 40))
    assert read(whole[: len(whole) // 2], MULTI)["account"][0].startswith(WORDS)
    sly = 'She wrote:\r\nContent-Disposition: form-data; name="well"\r\n\r\nhello'
    assert read(parts(("account", sly)), MULTI) == {"account": [clean(sly)]}


def test_hostile_body_is_read_in_bounded_memory():
    for body, kind in [
        (b"content-disposition:" * 100_000, MULTI),
        (b"--x\r\n" + b"content-disposition: form-data;" * 50_000, MULTI),
        (b"account=&" * 200_000, FORM),
        (b"\naccount=" * 200_000, "text/plain"),
        (b"&" * 2_000_000, FORM),
    ]:
        values = read(body, kind)
        assert sum(map(len, values.values())) <= public_form.MOST_VALUES


def test_a_body_made_to_be_slow_takes_no_more_work_than_its_length():
    # Headers in one line and without an end, semicolons, files.
    begins = b"content-disposition:"
    for unit in (begins + b";name=a", begins + b";name=a\r\nx", begins + b"; " * 140, begins + b"; filename"):
        body = b"--x\r\n" + unit * (20_000 // len(unit))

        # Measured at 4,018 for the worst of them.
        made = work.calls_made(public_form.posted_in, body, content_type=MULTI, names="account")
        assert made < len(body) / 4, unit


def test_every_pattern_that_reads_a_body_repeats_a_bounded_number_of_times():
    patterns = [each for each in vars(public_form).values() if isinstance(each, re.Pattern)]
    of_bodies = [each for each in patterns if isinstance(each.pattern, bytes)]

    assert len(of_bodies) >= 4
    assert [each.pattern for each in of_bodies if not work.is_bounded(each)] == []


def test_value_comes_back_whole_up_to_twenty_times_its_limit_and_longer_is_cut():
    most = 20 * max(question.limit for question in questions.TEXTS)
    assert most == public_form.MOST_CHARACTERS
    assert read(b"account=" + quote_plus("é" * most).encode())["account"] == ["é" * most]

    for letter in (b"a", b"\xff", b"%F0%9F%A6%86", b"\xc3\xa9"):
        body = b"account=" + letter * (most + 1) + b"&well=ok"
        form = public_form.posted_in(body, content_type=FORM, names=NAMES)
        assert len(form.values["account"][0]) == most, letter
        assert form.cut == {"account"}, letter
        assert form.values["well"] == ["ok"], letter


def test_unseen_character_goes_line_ends_are_alike_and_what_can_be_seen_stays():
    unseen = "\x00\x07\x1b\x1f\x7f\x80\xad\u034f\u200b\u2060\ufeff\u200e\u200f\u202e\u2066\u2069\u061c\ufffe\ud800"
    for each in unseen + "\u180e\u2062\u206a\ufff9\U000e0001\U000e0041\U000e007f":
        assert clean(f"no{each}body") == "nobody", ascii(each)
    # Letters that nobody sees are no flag.
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "John Smith did it")
    assert clean(f"no\U0001f3f4{hidden}body") == "no\U0001f3f4body"
    # Words stay apart.
    for end in ("\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"):
        assert clean(f"one{end}two") == "one\ntwo", ascii(end)
    assert clean("one\ttwo") == "one two"
    for seen in (
        "Ffôn, ŵyl, naïve, Łódź, 你好, שלום, مرحبا",
        "👩‍👩‍👧 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿 and ❤️",
        "می‌خواهم",
        "  two spaces before\n\n\nand three lines between  ",
        "=1+1, <b>&amp;</b>, 'quoted' \"words\", 100 %",
    ):
        assert clean(seen) == seen


def test_only_controls_and_what_has_no_width_or_turns_a_line_change():
    changed = {chr(code) for code in range(0x110000) if clean(f"a{chr(code)}b") != f"a{chr(code)}b"}

    kinds = {unicodedata.category(each) for each in changed}
    assert kinds == {"Cc", "Cf", "Cs", "Cn", "Mn", "Zl", "Zp"}
    assert {each for each in changed if unicodedata.category(each) == "Mn"} == {"\u034f"}
    assert {each for each in changed if unicodedata.category(each) == "Cn" and ord(each) < 0xE0000} == {*"\ufffe\uffff"}
    assert "\n" not in changed
    assert {clean(f"a{each}b") for each in changed} == {"ab", "a b", "a\nb"}
