inside => {
    const all = [...document.querySelector(inside || "html").querySelectorAll("a[href], button, input, select, textarea, summary")];
    const there = all.filter(each => each.tabIndex >= 0 && !each.disabled && each.type !== "hidden" && each.checkVisibility());
    const ring = each => each && getComputedStyle(each).outlineStyle !== "none"
        && parseFloat(getComputedStyle(each).outlineWidth) >= 2;
    return there.filter(each => {
        each.focus({ preventScroll: true });
        return document.activeElement !== each || !(ring(each) || ring(each.closest("label")));
    }).map(each => each.outerHTML.slice(0, 100));
}
