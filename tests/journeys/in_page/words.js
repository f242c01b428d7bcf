() => {
    // What is clipped away is there for screen readers, or until it has the focus; `innerText` has it all the same.
    const words = (text) => (text.match(/\S+/g) || []).length;
    const shown = (within, selector) => [...within.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    const sum = (all, count) => all.reduce((before, each) => before + count(each), 0);
    const isClipped = (each) => getComputedStyle(each).clipPath === "inset(50%)";
    const unseen = (within) => shown(within, "*").filter((each) => isClipped(each) && !isClipped(each.parentElement));
    const drawn = (within) => words(within.innerText) - sum(unseen(within), (each) => words(each.innerText));
    const lines = (list) => words(list.innerText) - words(list.selectedOptions[0].text);
    const demo = sum(shown(document.body, ".banner"), (each) => words(each.innerText));
    const folded = sum(shown(document.body, "select"), lines);
    return [drawn(document.querySelector("main")), drawn(document.body) - folded - demo];
}
