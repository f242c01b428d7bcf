"""Every number of stories that the site says is the number that the list, the CSV, the JSON and the feed then hold."""

import csv
import io
import json
import re
from urllib.parse import urlsplit

import pytest

from tests.site.checks import crawling

pytestmark = [pytest.mark.served, pytest.mark.slow, pytest.mark.full]

# A facet narrowed to one thing, as every count on the site links to it.
NARROWED = re.compile(r"/stories/\?(?!after|before|q)\w+=[\w-]+")
FILES = ("/stories.csv", "/stories.json", "/stories.atom")


def test_list_narrowed_in_one_way_counts_as_its_files_do(crawled):
    pages = [page for page in crawled.pages() if NARROWED.fullmatch(page.address)]

    said = {page.address: _said(page) for page in pages}
    held = {page.address: _held(crawled, page) for page in pages}

    assert len(pages) > 20
    assert max(said.values()) > 20, "no list went past its first page"
    assert held == {address: dict.fromkeys(FILES, count) for address, count in said.items()}


def test_number_beside_a_choice_is_what_its_list_says(crawled):
    beside = _beside_choices(crawled.answers["/stories/"].text)
    lists = {
        address.removeprefix("/stories/?"): _said(crawled.answers[address])
        for address in crawled.answers
        if NARROWED.fullmatch(address)
    }

    both = beside.keys() & lists.keys()
    assert len(both) > 15
    assert {each: beside[each] for each in both} == {each: lists[each] for each in both}


def test_number_in_a_link_is_what_its_list_says(crawled):
    told = set()
    for page in crawled.pages():
        told |= set(re.findall(r'href="(/stories/\?[\w=&;-]+)">[^<]*?: (\d+) stor(?:y|ies)</a>', page.text))

    counted = {
        (address, count): _said(crawled.answers[address]) for address, count in told if address in crawled.answers
    }
    assert len(counted) > 10
    assert {each: count for each, count in counted.items() if int(each[1]) != count} == {}


def _said(page):
    """How many stories a list says there are."""
    heading = re.search(r'id="how-many"[^>]*>(.*?)</h2>', page.text, re.S)
    number = re.match(r"\s*([\d,]+)", heading[1]) if heading else None
    return int(number[1].replace(",", "")) if number else 0


def _held(crawled, page):
    """How many stories the files hold that the list offers; a feed and the JSON are read page by page."""
    query = urlsplit(page.address).query
    return {file: _COUNTS[file](crawled, f"{file}?{query}") for file in FILES}


def _in_csv(crawled, address):
    return len(list(csv.DictReader(io.StringIO(_whole(crawled, address).text))))


def _in_json(crawled, address):
    told = json.loads(_whole(crawled, address).body)
    rest = told["links"]["next"]
    assert rest or told["count"] == len(told["stories"]) or told["links"]["prev"]
    return len(told["stories"]) + (_in_json(crawled, _path(rest)) if rest else 0)


def _in_atom(crawled, address):
    text = _whole(crawled, address).text
    rest = re.search(r'<link href="([^"]+)" rel="next"', text)
    return text.count("<entry>") + (_in_atom(crawled, _path(rest[1].replace("&amp;", "&"))) if rest else 0)


def _whole(crawled, address):
    return crawled.answers.get(address) or crawling.ask(crawled.site, address)


def _path(link):
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def _beside_choices(text):
    found = re.findall(r'name="(\w+)" value="([\w-]+)"[^>]*>.*?filters__count">(\d+)<', text)
    forces = re.findall(r'<option value="([\w-]+)">[^<]*\((\d+)\)', text)
    return {f"{name}={value}": int(count) for name, value, count in [*found, *(("force", *each) for each in forces)]}


_COUNTS = {"/stories.csv": _in_csv, "/stories.json": _in_json, "/stories.atom": _in_atom}
