"""The colours of tokens.css as a browser would pick them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOKENS = ROOT / "site" / "static" / "css" / "tokens.css"
PALETTES = ("moss", "bark", "slate")
SCHEMES = ("light", "dark")
_RULE = re.compile(r':root(?:\[data-palette="(?P<palette>\w+)"\])?\s*\{(?P<body>[^{}]*)\}')
_MEDIA = re.compile(r"@media\s*(?P<query>[^{]*)\{(?P<rules>(?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")


def of(palette="moss", scheme="light"):
    """{name: "#rrggbb"} of every colour on a screen, for one palette and one scheme."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.S)
    found = _rules(_MEDIA.sub("", css), palette)
    for media in _MEDIA.finditer(css):
        is_dark = "dark" in media["query"]
        if "print" not in media["query"] and (not is_dark or scheme == "dark"):
            found |= _rules(media["rules"], palette)
    return found


def _rules(css, palette):
    found = {}
    for rule in sorted(_RULE.finditer(css), key=lambda rule: bool(rule["palette"])):
        if rule["palette"] in (None, palette):
            found |= dict(_COLOUR.findall(rule["body"]))
    return found
