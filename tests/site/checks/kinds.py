"""Of many pages, as few as hold everything that any of them is made of."""

import html.parser

# What of an element's attributes changes how it looks or is heard.
_TELLING = ("class", "role", "type", "open", "checked", "disabled", "hidden", "scope", "lang", "dir")


def of(pages):
    """Choose, from the shortest address on, whatever adds a piece that none before had."""
    had, chosen = set(), []
    for page in sorted(pages, key=lambda each: (len(each.address), each.address)):
        pieces = _pieces(page.text)
        if not pieces <= had:
            chosen.append(page)
        had |= pieces
    return chosen


def _pieces(text):
    reader = _Reader()
    reader.feed(text)
    return reader.pieces


class _Reader(html.parser.HTMLParser):
    """Gathers each element with what it stands in and what it is told."""

    def __init__(self):
        super().__init__()
        self.pieces, self._around = set(), []

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        shape = tag, *(f"{name}={told[name]}" for name in _TELLING if name in told)
        aria = tuple(sorted(name for name in told if name.startswith("aria-")))
        self.pieces.add((self._around[-1] if self._around else "", shape, aria))
        if tag not in _ALONE:
            self._around.append(tag)

    def handle_endtag(self, tag):
        if tag in self._around:
            while self._around.pop() != tag:
                pass


_ALONE = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "path", "rect", "circle", "line"}
