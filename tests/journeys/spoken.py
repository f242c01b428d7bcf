"""What a screen reader says of a page's controls, asked of Chromium's own accessibility tree."""

# Whatever can be pressed, filled in, chosen or followed, and pictures, which are heard too.
CONTROLS = {
    *("link", "button", "textbox", "searchbox", "checkbox", "radio", "combobox", "listbox", "option", "menuitem"),
    *("spinbutton", "slider", "switch", "tab", "DisclosureTriangle", "image", "img", "graphics-document"),
}
# Read alone, in a list of a page's links, these lead nowhere.
SAY_NOTHING = {
    *("here", "click here", "this", "more", "read more", "read", "link", "this page", "this link", "see more"),
    *("learn more", "details", "go", "continue", "page", "next page", "yma", "darllen", "mwy", "darllen mwy"),
}


def troubles(page):
    """The controls without a name, the links whose name says nothing, and one name for links to two places."""
    controls = _controls(page)
    said = [f"{role} without a name" for role, name, _ in controls if not name]
    said += [f"{role} “{name}” says nothing by itself" for role, name, _ in controls if name.casefold() in SAY_NOTHING]
    places = {name: sorted(each) for name, each in _places(controls).items() if len(each) > 1}
    return said + [f"“{name}” leads to {each}" for name, each in places.items()]


def _controls(page):
    """The role, the name and the address (of a link) of each control that is heard."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    heard = [node for node in tree if not node["ignored"] and _role(node) in CONTROLS]
    return [(_role(node), node.get("name", {}).get("value", "").strip(), _address(node)) for node in heard]


def _places(controls):
    places = {}
    for role, name, address in controls:
        if role == "link" and name:
            places.setdefault(name, set()).add(address)
    return places


def _role(node):
    return node.get("role", {}).get("value", "")


def _address(node):
    told = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    return told.get("url")
