/* How far down, in the middle of a page, the bars reach that stick to its top. */
() => {
    scrollTo(0, document.scrollingElement.scrollHeight / 2);
    const bars = [...document.querySelectorAll("body *")].filter(each => {
        const { position, top } = getComputedStyle(each);
        return ["sticky", "fixed"].includes(position) && Math.abs(each.getBoundingClientRect().top - parseFloat(top)) < 2;
    });
    const ends = bars.map(each => each.getBoundingClientRect().bottom);
    scrollTo(0, 0);
    return Math.max(0, ...ends);
}
