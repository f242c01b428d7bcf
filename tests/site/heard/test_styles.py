"""Our styles and scripts: a browser of autumn 2018 (Chrome 70, Firefox 63, Safari 12) reads them, from either side.

It throws away a whole rule whose selector it does not know, a whole block in a layer, and a whole script that it
cannot parse. What is newer is fine where losing it costs only looks; that is said here, once, by name. And no style is
left that nothing wears.
"""

import re
from pathlib import Path

from django.conf import settings

STATIC = Path(settings.ROOT) / "site" / "static"
SHEETS = ("tokens", "base", "reading", "campaign", "card", "figures", "learning", "telling", "open_data")
SHEETS += ("paper_a4", "paper_a5", "wall")
STYLES = [STATIC / "css" / f"{name}.css" for name in SHEETS]
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
AT_RULES = {"media", "supports", "font-face", "page"}
NEW_SELECTORS = re.compile(r":(?:is|where|has|focus-visible|marker|details-content|user-invalid)\b|:not\([^)]*,")
# A ring, a bullet's colour, and a fold that opens by itself: lost without harm, if the rule is theirs alone.
MAY_BE_LOST = re.compile(r":(?:focus-visible|marker|details-content)\b")
NEW_PROPERTIES = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:block|inline)|inset|inset-(?:block|inline)-\w+"
    r"|border-(?:start|end)-(?:start|end)-radius|aspect-ratio|rotate|scale|translate|mask|appearance"
)
NEW_VALUES = re.compile(r"(?<![\w-])(?:min|max|clamp|color-mix|oklch|env)\(|\d(?:cq[iwbhm]\w*|[dsl]v[hwib])\b")
# Where the old browser's own way of doing it is good enough.
FINE_WITHOUT = {".skip { inset-inline-start }", ".quote::before { inset-inline-start }"}
FINE_WITHOUT |= {"a { text-decoration-thickness }", ".exit { margin-inline-end }"}
FINE_WITHOUT |= {".helplines__list { grid-template-columns }", ".doings { grid-template-columns }"}
# Lines of things that have their own distance, or are pushed to the two ends.
NEED_NO_GAP = {".header", ".header__few", ".filters__group .choice__words", ".steps__line", ".exit__lights"}
TOO_NEW = {
    "?.": r"\?\.(?!\d)",
    "??": r"\?\?",
    "an assignment with a condition": r"(?:\|\||&&)=",
    "a private name": r"\bthis\.#|^\s*#\w+\s*[=(;]",
    "a method of later years": r"\.(?:at|replaceAll|replaceChildren|flat|flatMap|matchAll|allSettled|any"
    r"|checkVisibility|showModal|requestSubmit|toSorted|findLast|findLastIndex|trimStart|trimEnd)\(",
    "a name of later years": r"\b(?:structuredClone|queueMicrotask|reportError)\(|\bObject\.fromEntries\b"
    r"|\bAbortSignal\.timeout\b|\bglobalThis\b|\bResizeObserver\b|\.inert\b",
    "a lookbehind": r"\(\?<[=!]",
    "a number with lines": r"\d_\d",
    "a big number": r"\b\d+n\b",
    "an import on the way": r"\bimport\s*\(|\bimport\.meta",
}


# Somebody who trembles touches what they don't mean to press; somebody with one hand, or a switch, has one press.
BEFORE_IT_IS_LET_GO = re.compile(
    r"[\"'\s](?:(?:mouse|pointer)(?:down|enter|over)|touchstart|dblclick|contextmenu|drag\w*)(?:[\"']|->)"
)
# It only takes back a count: Shift that is held while something is marked is no press.
TAKES_BACK = {("exit.js", "mousedown")}


def test_nothing_is_done_before_a_finger_is_lifted_nor_needs_two_presses():
    places = ("moderation/static/**/*.js", "templates/**/*.html")
    ours = [*SCRIPTS, *(path for place in places for path in Path(settings.ROOT).glob(place))]
    found = {(path.name, each) for path in ours for each in BEFORE_IT_IS_LET_GO.findall(path.read_text())}
    assert {(name, event.strip(" \n\"'->")) for name, event in found} == TAKES_BACK


def rules(css, around=()):
    """Each (at-rules around it, selectors, [(property, value)]) of a style sheet, in order."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    at = 0
    while (opening := css.find("{", at)) >= 0:
        head, end = css[at:opening].strip(), closing(css, opening)
        inside = css[opening + 1 : end]
        if head.startswith(("@media", "@supports", "@layer", "@container")):
            yield from rules(inside, (*around, head))
        else:
            pairs = [each.split(":", 1) for each in inside.split(";") if each.strip()]
            yield around, head, [(name.strip(), value.strip()) for name, value in pairs]
        at = end + 1


def closing(css, opening):
    depth = 0
    for place in range(opening, len(css)):
        depth += {"{": 1, "}": -1}.get(css[place], 0)
        if depth == 0:
            return place
    raise AssertionError("a rule without an end")


def troubles(css):
    """What of it a browser of 2018 would lose, and could not do without."""
    found = [f"@{name}" for name in re.findall(r"@([\w-]+)", css) if name not in AT_RULES]
    fallbacks = " ".join(selectors for around, selectors, _ in rules(css) if "@supports not (inset: 0)" in around)
    for around, selectors, declared in rules(css):
        if not any(head.startswith("@supports") for head in around):
            found += lost_selectors(selectors) + lost_declarations(selectors, declared)
            found += lost_gaps(selectors, declared, fallbacks)
    return found


def lost_selectors(selectors):
    each = [selector.strip() for selector in re.split(r",(?![^(]*\))", selectors)]
    newer = [selector for selector in each if NEW_SELECTORS.search(selector)]
    if newer and (len(newer) < len(each) or not all(MAY_BE_LOST.search(selector) for selector in newer)):
        return [selectors]
    return []


def lost_declarations(selectors, declared):
    names, found = [name for name, _ in declared], []
    for name, value in declared:
        is_newer = NEW_PROPERTIES.fullmatch(name) or (NEW_VALUES.search(value) and not name.startswith("--"))
        # A value with a variable in it is found out too late to fall back on the line before.
        has_older = f"-webkit-{name}" in names or (names.count(name) > 1 and "var(" not in value) or value == "auto"
        said = f"{selectors} {{ {name} }}"
        is_variable = name.startswith("--") and NEW_VALUES.search(value)
        is_nested = "{" in name + value
        if is_variable or is_nested or (is_newer and not has_older and said not in FINE_WITHOUT):
            found.append(said)
    return found


def lost_gaps(selectors, declared, fallbacks):
    is_line = ("display", "flex") in declared or ("display", "inline-flex") in declared
    if not is_line or not {"gap", "column-gap"} & {name for name, _ in declared}:
        return []
    return [] if selectors in NEED_NO_GAP or selectors in fallbacks else [f"{selectors} {{ gap }}"]


def test_styles_lose_nothing_that_matters_and_what_would_be_lost_is_found():
    # Together, for the last resort of a gap stands in base.css.
    assert troubles("".join(path.read_text() for path in STYLES)) == []
    later = Path(__file__).with_name("styles_of_later_years.css").read_text().splitlines()
    between = later.index("/* Each of these is read. */")
    assert [css for css in later[1:between] if not troubles(css)] == []
    assert [css for css in later[between + 1 :] if troubles(css)] == []


def too_new(script):
    plain = re.sub(r"/\*.*?\*/|(?:^|\s)//[^\n]*", "", script, flags=re.DOTALL)
    return [what for what, pattern in TOO_NEW.items() if re.search(pattern, plain, flags=re.MULTILINE)]


def test_every_script_is_parsed_finds_what_it_calls_and_waits_for_nothing_at_its_top():
    assert [script for script in NEW if not too_new(script)] == []
    assert [script for script in OF_ITS_TIME if too_new(script)] == []
    for path in SCRIPTS:
        assert too_new(path.read_text()) == [], path.name
        assert not re.search(r"^(?:const .*= )?await\b|^for await", path.read_text(), flags=re.MULTILINE), path.name


NEW = ("a?.b", "a ?? b", "a ||= b", "this.#a = 1;", "list.at(-1)", "text.replaceAll(a, b)", "node.replaceChildren()")
NEW += ("structuredClone(a)", "Object.fromEntries(a)", "/(?<=a)b/", "1_000", "import('./a.js')", "box.inert = true")
OF_ITS_TIME = ("a ? .5 : b", "x.matches('#main') || y", "// a?.b\nc()", "link.hash = '#main';")


PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
    r"|clear:\s*(?:left|right))\s*[:;}]"
)


def test_no_rule_knows_left_from_right():
    for name in ("tokens", "base", "reading", "telling"):
        plain = re.sub(r"/\*.*?\*/", "", (STATIC / "css" / f"{name}.css").read_text(), flags=re.S)
        assert [line for line in plain.splitlines() if PHYSICAL.search(line)] == [], name
    for rule in ("margin-left: 1px;", "left: 0;", "text-align: right;", "a { padding-right: 0 }", "float: left;"):
        assert PHYSICAL.search(rule), rule


def test_every_style_is_worn_by_something():
    for path in (STATIC / "css").glob("*.css"):
        if path.name != "admin_demo.css":
            assert {name for name in classes(path) if not is_worn(name)} == set(), path.name
    assert not is_worn("no-such-style")
    assert is_worn("figure--bars")


def classes(path):
    """The classes that the selectors of a style sheet name."""
    css = re.sub(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", path.read_text(), flags=re.S)
    selectors = re.findall(r"([^{};]+)\{", css)
    return {name for each in selectors if "@" not in each for name in re.findall(r"\.(-?[A-Za-z][\w-]*)", each)}


def is_worn(name):
    stem = name.rpartition("--")[0]
    return name in WORDS or (bool(stem) and f"{stem}--{{{{" in TEXT)


TEXT = "\n".join(
    path.read_text()
    for place, kind in (("templates", "*.html"), ("site/static/js", "*.js"), ("stories", "*.py"), ("site", "*.py"))
    for path in (Path(settings.ROOT) / place).rglob(kind)
)
WORDS = set(re.findall(r"[\w-]+", TEXT))
