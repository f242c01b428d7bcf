"""What a screen reader says of a page, from its top to its end, one line a breath: Chromium's accessibility tree."""

import re
from typing import NamedTuple

from tests.journeys.watching import script

LANDMARKS = {
    **{each: f"{each} landmark" for each in ("banner", "main", "navigation", "search", "form", "region")},
    "contentinfo": "footer landmark",
    "complementary": "aside landmark",
}
FIELDS = {
    **{"textbox": "edit", "searchbox": "search edit", "spinbutton": "number edit", "combobox": "combo box"},
    **{"checkbox": "tick box", "radio": "radio button", "listbox": "list box", "Date": "date edit"},
}
PRESSED = {"link": "link", "button": "button", "DisclosureTriangle": "button", "switch": "switch", "tab": "tab"}
GROUPS = {"group": "group", "radiogroup": "group", "figure": "figure", "dialog": "dialog", "toolbar": "toolbar"}
_PICTURES = {"image": "picture", "img": "picture", "graphics-document": "picture"}
_LIVE = {"status": "", "alert": "alert"}
# Whose text is one breath, with the links in it.
_BLOCKS = {
    *("paragraph", "listitem", "cell", "gridcell", "columnheader", "rowheader", "term", "definition", "note"),
    *("blockquote", "LabelText", "Legend", "Figcaption", "caption", "article", "section", "sectionfooter"),
}
_FORM = {"radiogroup", "group"} | FIELDS.keys()
_CONTROLS = {*FIELDS.values(), *PRESSED.values(), *_PICTURES.values()}
# Read alone, in a list of a page's links, these lead nowhere.
SAY_NOTHING = {
    *("here", "click here", "this", "more", "read more", "read", "link", "this page", "this link", "see more"),
    *("learn more", "details", "go", "continue", "page", "next page", "yma", "darllen", "mwy", "darllen mwy"),
}
_GONE = {"InlineTextBox", "ListMarker", "LineBreak", "MenuListPopup"}


class Said(NamedTuple):
    """One breath: `kind` and `name` tell what it is, `line` is how it is said, `hint` and `is_wrong` what is added."""

    kind: str
    name: str
    line: str
    hint: str = ""
    is_wrong: bool = False
    level: int = 0
    address: str = ""
    node: int = 0
    group: str = ""

    @property
    def words(self):
        return len(re.findall(r"\S*\w\S*", self.line))


def listen(page):
    """All that is said of the page as it stands, what is folded left out as it is for the ear."""
    return _Reader(_tree(page)).read()


def focused(page):
    """What is said of whatever has the focus."""
    tree = _tree(page)
    [at] = [node for node in tree if _state(node, "focused") and _role(node) != "RootWebArea"] or [tree[0]]
    return _Reader(tree).one(at)


def main_part(said):
    """What is said of the page's main part, without what stands around it on every page."""
    first = next((at for at, each in enumerate(said) if each.kind == "main"), 0)
    last = next((at for at, each in enumerate(said) if each.kind == "contentinfo"), len(said))
    return said[first:last]


def troubles(page, part=lambda said: said):
    """What has no name, a link whose name says nothing alone, and names by which two things could be meant."""
    controls = [each for each in part(listen(page)) if each.kind.removeprefix("inline ") in _CONTROLS]
    said = [f"{each.kind} without a name" for each in controls if not each.name]
    said += [f"“{each.name}” says nothing by itself" for each in controls if each.name.casefold() in SAY_NOTHING]
    return said + _clashes(page, [each for each in controls if each.name and each.kind not in _PICTURES.values()])


def _clashes(page, controls):
    """One name for two things that do different things: somebody who speaks to their machine can't choose."""
    called = {}
    for each in controls:
        called.setdefault((each.name.casefold(), each.group), []).append(each)
    session = page.context.new_cdp_session(page)
    session.send("DOM.getDocument", {"depth": 0})
    meant = {each: {_deed(session, one) for one in same} for each, same in called.items() if len(same) > 1}
    session.detach()
    unclear = {each: deeds for each, deeds in meant.items() if len(deeds - {""}) > 1}
    return [f"“{name}” in “{group}”: {sorted(deeds)}" for (name, group), deeds in unclear.items()]


def _deed(session, control):
    found = session.send("DOM.resolveNode", {"backendNodeId": control.node})["object"]["objectId"]
    asked = {"objectId": found, "functionDeclaration": script("what_it_does"), "returnByValue": True}
    return session.send("Runtime.callFunctionOn", asked)["result"]["value"]


def _tree(page):
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return tree


class _Reader:
    def __init__(self, tree):
        self.nodes = {node["nodeId"]: node for node in tree}
        self.root = tree[0]
        self.said, self.breath, self.group = [], [], ""
        named = [node for node in tree if not node["ignored"] and _role(node) in _FORM | LANDMARKS.keys()]
        self.names = {_name(node) for node in named if _role(node) in _FORM}
        # A hint is said with its field, so not once more where it stands; nor is a line that names a group.
        self.hints = {each for node in named for each in _related(node, "describedby")}
        self.hints |= {each for node in named if _role(node) in GROUPS for each in _related(node, "labelledby")}

    def read(self):
        self._walk(self.root, False)
        self._breathe()
        return self.said

    def one(self, node):
        if _role(node) in FIELDS.keys() | PRESSED.keys() | GROUPS.keys():
            return self._line(node)
        self._walk(node, False)
        self._breathe()
        return self.said[0] if self.said else Said("text", "", "")

    def _children(self, node):
        return [self.nodes[each] for each in node.get("childIds", []) if each in self.nodes]

    def _walk(self, node, is_inline):
        role = _role(node)
        if role in _GONE or self._is_said_elsewhere(node, role):
            return
        if node["ignored"] or role in ("generic", "none", "Details", "mark"):
            self._each(node, is_inline)
        elif role == "StaticText":
            self.breath += [_name(node)] if _name(node) else []
        elif role in ("LabelText", "Legend") and _plain(self._text(node)) in self.names:
            self._each(node, False, without_text=True)
        elif role in _BLOCKS:
            self._breathe()
            self.breath += ["bullet:"] if role == "listitem" else []
            self._each(node, True)
            self._breathe()
        elif role == "link" and (is_inline or self.breath):
            self.breath.append(f"link, {_name(node)},")
            self.said.append(self._line(node, is_inline=True))
        else:
            self._announce(node, role)

    def _is_said_elsewhere(self, node, role):
        is_hint = node.get("backendDOMNodeId") in self.hints and role not in {"heading", *PRESSED}
        return is_hint and not self._is_live_inside(node)

    def _announce(self, node, role):
        self._breathe()
        line = self._line(node)
        if line.line:
            self.said.append(line)
        if role == "heading" and self._items(node, "link"):
            self.said += [self._line(link, is_inline=True) for link in self._items(node, "link")]
        if role not in {"heading", *PRESSED, *_PICTURES, *FIELDS}:
            around, self.group = self.group, _plain(_name(node)) if role in GROUPS and _name(node) else self.group
            self._each(node, False)
            self._breathe()
            self.group = around

    def _each(self, node, is_inline, without_text=False):
        for child in self._children(node):
            if without_text and _role(child) in ("generic", "none"):
                self._each(child, is_inline, without_text=True)
            elif not (without_text and _role(child) == "StaticText"):
                self._walk(child, is_inline)

    def _breathe(self):
        text = re.sub(r",? ([.,:;!?)])", r"\1", _plain(" ".join(self.breath))).strip(" ,")
        self.breath = []
        if text and text != "bullet:":
            self.said.append(Said("text", text, text))

    def _text(self, node):
        role = _role(node)
        if role == "StaticText":
            return _name(node)
        return "" if role in FIELDS else " ".join(self._text(child) for child in self._children(node))

    def _is_live_inside(self, node):
        return any(_role(each) in PRESSED or self._is_live_inside(each) for each in self._children(node))

    def _line(self, node, is_inline=False):
        role, name = _role(node), _plain(_name(node))
        hint = _plain(node.get("description", {}).get("value", ""))
        inside = "link" if role == "heading" and self._items(node, "link") else ""
        told = [self._kind(node, role), inside, name, *_states(node, role), hint]
        line = "" if is_inline else ", ".join(each for each in told if each)
        level = _state(node, "level") or 0
        wrong = _state(node, "invalid") not in (None, "false", False)
        address, kind = _state(node, "url") or "", "inline link" if is_inline else _known(role)
        return Said(kind, name, line, hint, wrong, level, address, node.get("backendDOMNodeId", 0), self.group)

    def _kind(self, node, role):
        if role == "RootWebArea":
            return "page"
        if role == "heading":
            return f"heading level {_state(node, 'level')}"
        if role == "list":
            return f"list, {_count(len(self._items(node, 'listitem')), 'item')}"
        if role in ("table", "grid"):
            return f"table, {_count(len(self._items(node, 'row')), 'row')}"
        if role == "textbox" and _state(node, "multiline"):
            return "edit, several lines"
        if role in ("group", "form") and not _name(node) or role == "form":
            return ""
        return {**LANDMARKS, **FIELDS, **PRESSED, **GROUPS, **_PICTURES, **_LIVE}.get(role, "")

    def _items(self, node, role):
        found = []
        for child in self._children(node):
            found += [child] if _role(child) == role else self._items(child, role)
        return found


def _known(role):
    return {**FIELDS, **PRESSED, **GROUPS, **_PICTURES, "RootWebArea": "page"}.get(role, role)


def _states(node, role):
    states = []
    if role in ("checkbox", "radio", "switch"):
        checked = str(_state(node, "checked")).lower()
        states.append({"true": "ticked", "mixed": "half ticked"}.get(checked, "not ticked"))
    if role in ("textbox", "searchbox", "combobox", "spinbutton", "Date"):
        states.append(_plain(str(node.get("value", {}).get("value", ""))))
    if (is_open := _state(node, "expanded")) is not None and role != "combobox":
        states.append("expanded" if is_open else "collapsed")
    if (pressed := _state(node, "pressed")) is not None:
        states.append("pressed" if str(pressed).lower() == "true" else "not pressed")
    words = {"required": "required", "disabled": "unavailable", "readonly": "read only"}
    states += [said for state, said in words.items() if _state(node, state) and role in FIELDS.keys() | PRESSED.keys()]
    return states + (["wrong"] if _state(node, "invalid") not in (None, "false", False) else [])


def _role(node):
    return node.get("role", {}).get("value", "")


def _name(node):
    return (node.get("name", {}).get("value") or "").strip()


def _plain(text):
    return re.sub(r"\s+", " ", text).strip()


def _state(node, name):
    for each in node.get("properties", []):
        if each["name"] == name:
            return each["value"].get("value")
    return None


def _related(node, name):
    found = [each["value"].get("relatedNodes", []) for each in node.get("properties", []) if each["name"] == name]
    return [one["backendDOMNodeId"] for each in found for one in each]


def _count(number, noun):
    return f"{number} {noun}" + ("" if number == 1 else "s")
