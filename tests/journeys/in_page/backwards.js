/* Where the next stop of the Tab key stands higher on the page than the one before. */
() => {
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
    const stops = all.filter(each => each.tabIndex >= 0 && each.checkVisibility() && !each.closest(".visually-hidden, .skip"));
    const top = (each) => Math.round((each.getClientRects()[0] || each.getBoundingClientRect()).bottom);
    const above = stops.slice(1).filter((each, at) => top(each) < top(stops[at]) - 44);
    return above.map(each => each.outerHTML.slice(0, 100));
}
