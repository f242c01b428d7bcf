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


def contrast_ratio(one: str, other: str) -> float:
    """From 1 to 21, of two colours as "#rrggbb"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in bytes.fromhex(colour[1:]))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
