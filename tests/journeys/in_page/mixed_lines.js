() => {
    const isApart = (each) => {
        const { display, unicodeBidi } = getComputedStyle(each);
        return display !== "inline" || ["isolate", "isolate-override", "plaintext"].includes(unicodeBidi);
    };
    const wall = (each) => isApart(each) ? each : wall(each.parentElement);
    const words = document.createTreeWalker(document.querySelector("main, body"), NodeFilter.SHOW_TEXT);
    const lines = new Map();
    while (words.nextNode()) {
        const { data, parentElement, previousSibling } = words.currentNode;
        const within = wall(parentElement);
        const before = previousSibling && previousSibling.nodeName === "BR" ? "\n" : "";
        lines.set(within, `${lines.get(within) || ""}${before}${data}`);
    }
    return [...lines.values()].flatMap(each => each.split("\n")).filter(line => /[\u0590-\u08ff]/.test(line));
}
