"""The catalogue holds every string of the public side in Welsh, whole; no template says a word past it."""

import re
from html.parser import HTMLParser

import pytest
from django.template.base import Lexer, TokenType

from deploy import catalogue
from heard import translation_credit

ROOT = catalogue.ROOT
# Names, which are the same in every language, and what no person sees.
FOR_MACHINES = {"viewport", "referrer", "color-scheme", "theme-color", "robots", "twitter:card"}
FOR_MACHINES |= {"og:type", "og:locale", "og:image:type"}
NAMES = {"curl", "pandas", "zip", "Heard", "StopNCII.org", "Revenge Porn Helpline", "Report Remove", "Childline"}
NAMES |= {"Samaritans", "CEOP", "Internet Watch Foundation", "WhatDoTheyKnow", "WriteToThem", "HTML"}
NAMES |= {"stories.csv", "stories.json", "stories.atom", ".csv", ".json"}
UNSEEN = {"Website", "0; url="}
SPOKEN = {"alt", "aria-label", "aria-description", "title", "placeholder", "label", "content"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
TAG = re.compile(r"</?\w+")
ADDRESS = re.compile(r'href="([^"]*)"')
# A template can be nothing but attributes of the tag that it is put into.
DATA = re.compile(r'\bdata-[\w-]+="[^"]*"')


@pytest.fixture(scope="module", params=catalogue.LANGUAGES)
def code(request):
    return request.param


def test_every_string_of_the_public_side_stands_in_the_catalogue_and_no_other(code):
    kept = {(message.id, message.context) for message in catalogue.read(code) if message.id}
    said = {(message_id, context) for message_id, context, _files in catalogue.strings()}

    assert said - kept == set(), "run `make words`, then translate what is new"
    assert kept - said == set(), "run `make words`"


def test_every_string_is_translated_compiled_and_needs_a_check_by_somebody_named(code):
    read = catalogue.read(code)
    made = catalogue.compiled(read)
    is_checked = translation_credit.was_checked(code, translation_credit.digest_of_words(made))

    assert catalogue.po_file(code).with_suffix(".mo").read_bytes() == made
    for message in read:
        assert not message.id or catalogue.is_translated(message), message.id
        assert not message.id or (catalogue.NEEDS_A_CHECK in message.user_comments) != is_checked, message.id


def test_every_placeholder_tag_and_address_comes_through(code):
    for message in catalogue.read(code):
        for number, (english, said) in enumerate(forms(message)):
            marks = [sorted(TAG.findall(each)) + sorted(ADDRESS.findall(each)) for each in (english, said)]
            given, used = (set(PLACEHOLDER.findall(each)) for each in (english, said))

            assert marks[0] == marks[1], english
            # One and two are often said by the word itself, so a plural's first form may leave the number out.
            is_singular = number == 0 and not isinstance(message.id, str)
            assert used <= given if is_singular else used == given, english


def forms(message):
    """Each translation of a message beside the English that it stands for: the singular for the first form alone."""
    if isinstance(message.id, str):
        return [(message.id, message.string)] if message.id and message.string else []
    singular, plural = message.id
    return [(singular if number == 0 else plural, said) for number, said in enumerate(message.string) if said]


def test_every_word_of_a_template_is_marked_for_translation():
    templates = [path for path in catalogue.files() if path.suffix in (".html", ".txt")]
    bare = {path.relative_to(ROOT).as_posix(): bare_words(path.read_text()) for path in templates}

    assert {name: words for name, words in bare.items() if words} == {}
    # Otherwise none would be seen.
    each = '<p title="One {{ x }}">{% if x %}Two{% endif %}</p>{{ x|default:"Three" }}<a aria-label="Four">Five</a>'
    assert bare_words(each) == ["One", "Two", "Three", "Four", "Five"]


def bare_words(source):
    """The words of a template that no tag translates, as a reader would see or hear them."""
    reader = _Reader()
    reader.feed("".join(_plain(source)))
    reader.close()
    return [words for words in reader.found if _says_more_than_names(words)]


def _says_more_than_names(words):
    for name in sorted(NAMES | UNSEEN, key=len, reverse=True):
        words = words.replace(name, "")
    return bool(re.search(r"[^\W\d_]{2}", words))


def _plain(source):
    """The template as HTML: what a tag or a variable says gives way to a sign, and words given to a filter stay."""
    inside = None
    for token in Lexer(source).tokenize():
        if inside:
            if token.token_type == TokenType.BLOCK and token.contents.startswith(f"end{inside}"):
                inside = None
        elif token.token_type == TokenType.BLOCK and token.split_contents()[0] in ("blocktranslate", "comment"):
            inside = token.split_contents()[0]
        elif token.token_type == TokenType.BLOCK and re.match(r"block \w+_class", token.contents):
            inside = "block"
        elif token.token_type == TokenType.TEXT:
            yield token.contents
        elif token.token_type == TokenType.VAR:
            yield from re.findall(r"""\|default:["']([^"']*)["']""", token.contents)


class _Reader(HTMLParser):
    """Collects what stands between tags and in the attributes that are read out."""

    def __init__(self):
        super().__init__()
        self.found, self.in_code = [], 0

    def handle_data(self, data):
        # What somebody types into a machine is the same in every language.
        if not self.in_code:
            self._note(data)

    def handle_endtag(self, tag):
        self.in_code -= tag == "code"

    def handle_starttag(self, tag, attributes):
        self.in_code += tag == "code"
        said = dict(attributes)
        if tag == "meta" and (said.get("name") or said.get("property")) in FOR_MACHINES:
            return
        for name, value in attributes:
            if name in SPOKEN or (name == "value" and tag == "input" and said.get("type") == "submit"):
                self._note(value or "")

    def _note(self, text):
        text = DATA.sub("", text).strip()
        if text:
            self.found.append(text)
